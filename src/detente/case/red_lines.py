"""The red lines of a party that stand in a case: how each is known, and how probably it binds.

A line's basis, text class and probability follow from its grounds. Refusals nest: who refuses an option as too much
refuses all that hold more of the same, who refuses it as too little, all that hold less. Lines of one party, issue and
sense share a draw, so that refusals nest in every draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from detente.case.case import Case
from detente.case.issue import Nesting
from detente.case.position import Basis, Position, Stance
from detente.case.preference import RedLine, Sense
from detente.case.refusal import Answer, is_said, refused_options
from detente.core.condition import Among, Condition
from detente.core.estimate import Estimate
from detente.evidence.statement import TextClass

Group = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A red line of a party as it stands in a case.

    Attributes
    ----------
    id, party : str
        Its id (`LINE+OPTION` for one that follows from others), and whose line it is.
    condition : Condition
        What the party will not have.
    issue, option : str, optional
        What it refuses, if it is a line over one issue, and over one option of it.
    options : tuple of str
        The refused options of that issue, however the condition is written; empty for a line over several issues.
    sense : Sense, optional
        Whether the option is refused as too much or as too little.
    basis : Basis
        Stated if the grounds rule out in words all that the line refuses; inferred otherwise, or unknown without
        grounds.
    text_class : TextClass, optional
        The class of text that sets the prior.
    probability : Estimate
        That the line binds, taken alone.
    p_nested : Estimate
        That it binds, given the lines that imply it; equal to `probability` if none does.
    assumed : bool
        Whether the probability is no judgement: neither given nor set by a prior. It then ranges from 0 to 1.
    group : tuple of str
        Lines with the same (party, issue, sense) share one draw.
    because : tuple of str
        The positions that ground it.
    statements : tuple of str
        The statements in which those positions were taken.
    contested : bool
        Whether another voice of the party said otherwise; it is to be drawn both ways.
    relaxed : bool
        Whether a public position takes it back: it is listed, and binds no more.
    implied_by : tuple of str
        The lines that it follows from, if it is not one of the case's own.
    stronger : tuple of str
        The case's own lines that refuse its options too: where one of them binds, so does this one.
    """

    id: str
    party: str
    condition: Condition
    issue: str | None
    option: str | None
    options: tuple[str, ...]
    sense: Sense | None
    basis: Basis
    text_class: TextClass | None
    probability: Estimate
    p_nested: Estimate
    assumed: bool
    group: Group
    because: tuple[str, ...]
    statements: tuple[str, ...]
    contested: bool
    relaxed: bool = False
    implied_by: tuple[str, ...] = ()
    stronger: tuple[str, ...] = ()


def standing_lines(case: Case, party: str) -> tuple[StandingLine, ...]:
    """Return a party's red lines in the order of the case, then those that follow from them.

    A line that a public position relaxes is marked so and implies nothing; what it refused is implied by no other.

    Parameters
    ----------
    case : Case
        The case, cut at the day in question.
    party : str
        The party whose own lines are wanted (a represented party has those of its stand-in: pass that one).
    """
    given = case.preference.get(party)
    if given is None:
        return ()
    every = [_own(case, party, line) for line in given.red_lines]
    lines = [line for line in every if not line.relaxed]
    given_up = {one for line in every if line.relaxed for one in refused_options(case, line.condition)}
    nested = [line if line.relaxed else _nested(case, line, lines) for line in every]
    return (*nested, *_implied(case, party, lines, given_up))


def shared_draws(lines: Sequence[StandingLine]) -> tuple[int, ...]:
    """Return for each line the number of the draw that decides whether it binds.

    Lines share a draw if they refuse more and less of the same (`StandingLine.group`), or if they rest on a common
    position of their party: one sentence is meant or is not, whatever it refuses. Draws are numbered in the order of
    their first line.
    """
    draws: list[set[object]] = []
    for line in lines:
        marks: set[object] = {line.group, *line.because}
        joined = [one for one in draws if one & marks]
        kept = [one for one in draws if not one & marks]
        draws = [*kept, set[object]().union(marks, *joined)]
    found = [next(k for k, one in enumerate(draws) if line.group in one) for line in lines]
    order = list(dict.fromkeys(found))
    return tuple(order.index(one) for one in found)


def falls_with(case: Case, party: str, line: StandingLine) -> tuple[str, ...]:
    """Return which of a party's own lines do not bind if one of its lines does not: itself, and all that imply it.

    Who does not refuse an option as too much refuses none of those as too much that hold less, and so for too little.

    Parameters
    ----------
    line : StandingLine
        A line of the party, its own or one that follows from others.
    """
    every = (_own(case, party, own) for own in case.preference[party].red_lines)
    return tuple(
        own.id
        for own in every
        if own.id == line.id
        or (own.sense is not None and own.group == line.group and _refused(case, own) & set(line.options))
    )


def is_relaxed(case: Case, line: RedLine) -> bool:
    """Return whether a position in the case takes a line back."""
    return any(position in case.position for position in line.relaxed_by)


def implied_options(nesting: Nesting | None, option: str, sense: Sense | None) -> tuple[str, ...]:
    """Return the options refused along with one: all that hold more, or all that hold less, of the nested attribute.

    Examples
    --------
    >>> chain = Nesting(attribute="number of inspectors", chain=("none", "ten", "hundred"))
    >>> implied_options(chain, "ten", Sense.TOO_MUCH)
    ('hundred',)
    """
    if nesting is None or sense is None or option not in nesting.chain:
        return ()
    place = nesting.chain.index(option)
    return nesting.chain[place + 1 :] if sense is Sense.TOO_MUCH else nesting.chain[:place]


def said_by(positions: Iterable[Position]) -> frozenset[Answer]:
    """Return the options that positions rule out in words."""
    return frozenset(
        (position.issue, option)
        for position in positions
        for option, said in position.stances.items()
        if said.stance is Stance.RULES_OUT and said.basis is Basis.STATED
    )


def derived_basis(case: Case, line: RedLine) -> Basis:
    """Return how a line is known by its grounds: stated only if they rule out in words all that it refuses."""
    grounds = _grounds(case, line)
    if not grounds:
        return Basis.UNKNOWN
    return Basis.STATED if is_said(case, line.never, said_by(grounds)) else Basis.INFERRED


def _grounds(case: Case, line: RedLine) -> list[Position]:
    return [case.position[name] for name in line.because if name in case.position]


def _own(case: Case, party: str, line: RedLine) -> StandingLine:
    grounds, derived = _grounds(case, line), derived_basis(case, line)
    basis = line.basis if line.basis is not None else derived
    text_class = line.text_class if line.text_class is not None else _class(case, line, grounds, derived)
    prior = None if text_class is None else case.text_class_priors.get(text_class)
    given = line.p_binding if line.p_binding is not None else prior
    probability = given if given is not None else Estimate(low=0, mode=1 if basis is Basis.STATED else 0.5, high=1)
    issues = line.never.issues()
    issue = issues[0] if len(issues) == 1 else None
    options = () if issue is None else tuple(option for _, option in refused_options(case, line.never))
    return StandingLine(
        id=line.id,
        party=party,
        condition=line.never,
        issue=issue,
        option=options[0] if len(options) == 1 else None,
        options=options,
        sense=line.sense,
        basis=basis,
        text_class=text_class,
        probability=probability,
        p_nested=probability,
        assumed=given is None,
        # a line that nests with no other has a draw of its own
        group=(party, issue, line.sense.value) if issue is not None and line.sense else (party, line.id, ""),
        because=tuple(ground.id for ground in grounds),
        statements=tuple(dict.fromkeys(ground.because[0] for ground in grounds)),
        contested=any(name in case.position for name in line.contested_by),
        relaxed=is_relaxed(case, line),
    )


def _class(case: Case, line: RedLine, grounds: list[Position], derived: Basis) -> TextClass | None:
    """Return the class of the texts that state a line; a line that they do not state is of the class `inferred`.

    That is the class with the largest prior or, where the line's options were refused in several texts, the largest
    at which the texts of this class and of larger ones refuse all of them.
    """
    if derived is not Basis.STATED:
        return TextClass.INFERRED if grounds else None

    def own(ground: Position) -> TextClass | None:
        said_in = case.statement.get(ground.because[0])
        return None if said_in is None else said_in.text_class

    def prior(ground: Position) -> tuple[bool, float]:
        known = own(ground)
        return known is not None, case.text_class_priors[known].mode if known in case.text_class_priors else -1.0

    heard: list[Position] = []
    for ground in sorted(grounds, key=prior, reverse=True):
        heard.append(ground)
        if is_said(case, line.never, said_by(heard)):
            return own(ground)
    return None  # pragma: no cover - all grounds together state the line


def _refused(case: Case, line: StandingLine) -> frozenset[str]:
    """Return the options that a line refuses, by itself or by what it implies."""
    if line.issue is None:
        return frozenset(line.options)
    nesting = case.issue[line.issue].nesting
    more = (option for one in line.options for option in implied_options(nesting, one, line.sense))
    return frozenset((*line.options, *more))


def _nested(case: Case, line: StandingLine, lines: list[StandingLine]) -> StandingLine:
    if line.sense is None or not line.options:
        return line
    implying = [other for other in lines if other.group == line.group and set(line.options) <= _refused(case, other)]
    stronger = tuple(other.id for other in implying if other.id != line.id)
    return replace(line, p_nested=_largest([line, *implying]), stronger=stronger)


def _implied(
    case: Case, party: str, lines: list[StandingLine], given_up: set[tuple[str, str]]
) -> tuple[StandingLine, ...]:
    found: dict[tuple[str, Sense, str], list[StandingLine]] = {}
    listed = {(line.issue, line.sense, option) for line in lines for option in line.options}
    for line in lines:
        if line.issue is None or line.sense is None:
            continue
        for option in sorted(_refused(case, line), key=_place(case, line.issue).__getitem__):
            key = (line.issue, line.sense, option)
            if key not in listed and (line.issue, option) not in given_up:
                found.setdefault(key, []).append(line)
    return tuple(_follows(party, *key, sources) for key, sources in found.items())


def _follows(party: str, issue: str, sense: Sense, option: str, sources: list[StandingLine]) -> StandingLine:
    strongest = max(sources, key=lambda line: line.probability.mode)
    probability = _largest(sources)
    return StandingLine(
        id=f"{sources[0].id}+{option}",
        party=party,
        condition=Among(issue, (option,)),
        issue=issue,
        option=option,
        options=(option,),
        sense=sense,
        basis=Basis.INFERRED,
        text_class=strongest.text_class,
        probability=probability,
        p_nested=probability,
        assumed=any(line.assumed for line in sources),
        group=(party, issue, sense.value),
        because=tuple(dict.fromkeys(name for line in sources for name in line.because)),
        statements=tuple(dict.fromkeys(name for line in sources for name in line.statements)),
        contested=all(line.contested for line in sources),
        implied_by=tuple(line.id for line in sources),
        stronger=tuple(line.id for line in sources),
    )


def _place(case: Case, issue: str) -> dict[str, int]:
    return {option.id: place for place, option in enumerate(case.issue[issue].options)}


def _largest(lines: list[StandingLine]) -> Estimate:
    """Return the bound-by-bound maximum of the lines' probabilities, which keeps draws by one quantile in order."""
    numbers = [line.probability for line in lines]
    strongest = max(numbers, key=lambda number: number.mode)
    low, mode, high = (max(getattr(number, bound) for number in numbers) for bound in ("low", "mode", "high"))
    if (low, mode, high) == (strongest.low, strongest.mode, strongest.high):
        return strongest
    grounds = tuple(dict.fromkeys(name for number in numbers for name in number.because))
    return Estimate(low=low, mode=mode, high=high, because=grounds)
