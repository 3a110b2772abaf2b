"""From a case to its escalation ladder: who has which move on which rung, and from where each number comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from detente.case.case import Case
from detente.case.context import Move
from detente.case.crisis import Ladder, Rung
from detente.case.ledger.tabled import tabled_packages
from detente.case.package import Package
from detente.compile.compiled import Compiled
from detente.compile.judged import Number, of_estimate
from detente.compile.ladder_draws import ladder_model
from detente.compile.worth import Worth
from detente.core.fields import text_of
from detente.core.streams import DRAWS
from detente.engines.ladder import Climb, LadderModel


@dataclass(frozen=True, slots=True)
class LadderChoices:
    """An analyst's choices.

    `climb` is how far one act may go, `months` how long an act stands before it is answered, `horizontal` whether moves
    in another theatre are answers too.
    """

    climb: Climb = Climb.NEXT
    months: float = 1.0
    horizontal: bool = False
    draws: int = DRAWS
    seed: int = 0


class NotCounted(StrEnum):
    """Why a move of a party is no act on the ladder."""

    ELSEWHERE = "elsewhere"  # in another theatre: a horizontal option
    UNAVAILABLE = "unavailable"  # its condition does not hold as things stand
    OTHERS = "others"  # aimed at nobody on the ladder


WHY = {
    NotCounted.ELSEWHERE: "theatre",
    NotCounted.UNAVAILABLE: "available_if",
    NotCounted.OTHERS: "against",
}
"""The field of a move that keeps it from being an act."""


@dataclass(frozen=True, slots=True)
class MoveTrace:
    """A move with a rung: the place of its party and of its rung, and why it does not count, if it does not.

    `assumed` tells that its condition can be neither shown to hold nor to fail as things stand.
    """

    move: Move
    party: int
    rung: int
    elsewhere: bool
    not_counted: NotCounted | None
    assumed: bool


@dataclass(frozen=True, slots=True)
class LadderTrace:
    """What the indices of a ladder model stand for, and its numbers before they are drawn.

    Attributes
    ----------
    parties : tuple of str
        In the order of the case's ladder.
    rungs : tuple of Rung
        From the lowest to the highest.
    moves : tuple of MoveTrace
        Every move of these parties that names a rung of the ladder.
    opponents : tuple of tuple of int
        Per party the places of those at whom a move of one of the two is aimed.
    prevails : tuple of Number
        Per party.
    gives_way : tuple of tuple of Number
        `[i][w]`: of party i, if w remains; on the diagonal what prevailing is worth.
    uncontrolled : tuple of Number
        Per party.
    accident : tuple of Number
        Per rung and month.
    cost : tuple of tuple of Number
        `[party][rung]`, per month.
    """

    parties: tuple[str, ...]
    rungs: tuple[Rung, ...]
    moves: tuple[MoveTrace, ...]
    opponents: tuple[tuple[int, ...], ...]
    prevails: tuple[Number, ...]
    gives_way: tuple[tuple[Number, ...], ...]
    uncontrolled: tuple[Number, ...]
    accident: tuple[Number, ...]
    cost: tuple[tuple[Number, ...], ...]
    choices: LadderChoices


def compile_ladder(case: Case, choices: LadderChoices | None = None) -> Compiled[LadderModel, LadderTrace] | str:
    """Return the ladder of a case with its drawn numbers, or one sentence that says which input is missing.

    Parameters
    ----------
    case : Case
        As of its day.
    choices : LadderChoices, optional
        How acts go on, and how often numbers are drawn.

    Notes
    -----
    What prevailing is worth to a party is the case's number, else the worth of its own text on the table to it; what
    giving way is worth, the case's number, else the worth to it of the text of the opponent, or, if that one has
    none, of the texts of the other parties. A worth is a range where options are open or unknown, or where several
    texts are on the table; it is drawn evenly.
    """
    chosen = choices or LadderChoices()
    ladder = None if case.crisis is None else case.crisis.ladder
    if ladder is None:
        return "The case has no ladder (crisis.ladder)."
    if ladder.uncontrolled is None:
        return "The case does not say what follows if events run out of control (crisis.ladder.uncontrolled)."
    rungs = tuple(sorted(ladder.rungs, key=lambda one: one.rung))
    moves = ladder_moves(case, ladder, rungs, horizontal=chosen.horizontal)
    if not moves:
        return "No party of the ladder has a move that names one of its rungs (moves: rung)."
    if all(one.not_counted is not None for one in moves):
        reasons = ", ".join(f"{one.move.id} ({WHY[one.not_counted]})" for one in moves if one.not_counted)
        return f"No move on a rung counts as an act: {reasons}."
    opponents = _opponents(case, ladder, moves)
    for party, others in zip(ladder.parties, opponents, strict=True):
        if not others:
            name = text_of(case.party[party].name)
            return f"No move on a rung is aimed at {name}, or by it at another party of the ladder (moves: against)."
    ends = _ends(case, ladder, opponents)
    if isinstance(ends, str):
        return ends
    uncontrolled = _uncontrolled(case, ladder, ladder.uncontrolled)
    if isinstance(uncontrolled, str):
        return uncontrolled
    prevails, gives_way = ends
    nothing = Number.fixed(0.0, "no cost is coded")
    trace = LadderTrace(
        parties=ladder.parties,
        rungs=rungs,
        moves=moves,
        opponents=opponents,
        prevails=prevails,
        gives_way=gives_way,
        uncontrolled=uncontrolled,
        accident=tuple(of_estimate(one.accident, f"crisis.ladder.rungs.{one.rung}.accident") for one in rungs),
        cost=tuple(
            tuple(
                of_estimate(one.cost[party], f"crisis.ladder.rungs.{one.rung}.cost.{party}")
                if party in one.cost
                else nothing
                for one in rungs
            )
            for party in ladder.parties
        ),
        choices=chosen,
    )
    return Compiled(ladder_model(trace), trace, tuple(_assumed(case, trace)))


def ladder_moves(case: Case, ladder: Ladder, rungs: Sequence[Rung], *, horizontal: bool) -> tuple[MoveTrace, ...]:
    """Return the moves of the parties on the rungs, in the order of the case, and whether each counts as an act."""
    numbers = [one.rung for one in rungs]
    listed = [one for one in case.moves if one.party in ladder.parties and one.rung in numbers]
    main = _main_theatre(listed)
    today = {issue.id: option.id for issue in case.issues for option in issue.options if option.status_quo}
    traces = []
    for move in listed:
        others = _with_alliances(case, [party for party in ladder.parties if party != move.party])
        holds = True if move.available_if is None else move.available_if.holds(today)
        elsewhere = move.theatre is not None and text_of(move.theatre) != main
        reason = None
        if move.against and not others & set(move.against):
            reason = NotCounted.OTHERS
        elif holds is False:
            reason = NotCounted.UNAVAILABLE
        elif elsewhere and not horizontal:
            reason = NotCounted.ELSEWHERE
        assert move.rung is not None
        traces.append(
            MoveTrace(
                move,
                ladder.parties.index(move.party),
                numbers.index(move.rung),
                elsewhere,
                reason,
                holds is None,
            )
        )
    return tuple(traces)


def _opponents(case: Case, ladder: Ladder, moves: Sequence[MoveTrace]) -> tuple[tuple[int, ...], ...]:
    """Return whom each party is opposed to: a move is aimed at those it names, or at all others if it names nobody."""
    aimed: set[frozenset[int]] = set()
    for one in moves:
        for place, party in enumerate(ladder.parties):
            if place != one.party and (not one.move.against or _with_alliances(case, [party]) & set(one.move.against)):
                aimed.add(frozenset((place, one.party)))
    places = range(len(ladder.parties))
    return tuple(tuple(j for j in places if frozenset((i, j)) in aimed and i != j) for i in places)


def _main_theatre(moves: Sequence[Move]) -> str | None:
    """Return the theatre that most moves name or leave unnamed; of as many, the unnamed one."""
    counted = Counter(None if one.theatre is None else text_of(one.theatre) for one in moves)
    if not counted:
        return None
    most = max(counted.values())
    return None if counted[None] == most else next(name for name, times in counted.items() if times == most)


def _with_alliances(case: Case, parties: Iterable[str]) -> set[str]:
    """Return parties with those that have one of them as a member: what is aimed at an alliance is aimed at it."""
    named = set(parties)
    return named | {one.id for one in case.parties if named & set(one.members)}


def own_texts(case: Case, party: str) -> tuple[Package, ...]:
    """Return the packages that a party, or the one that speaks for it, has put on the table."""
    return tuple(one for one in tabled_packages(case) if {party, case.stand_in(party)} & set(one.authors))


def _ends(
    case: Case, ladder: Ladder, opponents: Sequence[Sequence[int]]
) -> tuple[tuple[Number, ...], tuple[tuple[Number, ...], ...]] | str:
    texts = {party: own_texts(case, party) for party in ladder.parties}
    worths = {party: Worth.of(case, case.stand_in(party)) for party in ladder.parties}
    rows = []
    for place, party in enumerate(ladder.parties):
        row = []
        for at, winner in enumerate(ladder.parties):
            if at != place and at not in opponents[place]:
                row.append(Number.fixed(0.0, "no opponents"))
                continue
            field = "prevails" if winner == party else "gives_way"
            given: Mapping[str, object] = getattr(ladder, field)
            if party in given:
                row.append(of_estimate(getattr(ladder, field)[party], f"crisis.ladder.{field}.{party}"))
                continue
            own = texts[winner] or (() if at == place else _of_others(texts, party))
            number = _worth_of_texts(worths[party], own)
            if number is None:
                name, other = (text_of(case.party[one].name) for one in (party, winner))
                return (
                    f"What it is worth to {name} that {'it' if winner == party else other} prevails is not coded "
                    f"(crisis.ladder.{field}.{party}), and it follows from no text on the table: that takes a text of "
                    f"{'its own' if winner == party else other} and weights and values of {name} (preferences)."
                )
            row.append(number)
        rows.append(tuple(row))
    return tuple(row[place] for place, row in enumerate(rows)), tuple(rows)


def _of_others(texts: Mapping[str, tuple[Package, ...]], party: str) -> tuple[Package, ...]:
    """Return the texts of all parties but one: what stands for giving way to a party without a text of its own."""
    found = {text.id: text for author, own in texts.items() if author != party for text in own}
    return tuple(text for text in found.values() if all(text.id != own.id for own in texts[party]))


def _worth_of_texts(worth: Worth | None, texts: Sequence[Package]) -> Number | None:
    if worth is None or not texts:
        return None
    ranges = [worth.range_of({issue: (option,) for issue, option in one.choice.items()}) for one in texts]
    names = ", ".join(one.id for one in texts)
    return Number(min(low for low, _ in ranges), None, max(high for _, high in ranges), names, True)


def _uncontrolled(case: Case, ladder: Ladder, scenario: str) -> tuple[Number, ...] | str:
    outlooks = {one.party: one for one in case.no_agreement.outlooks}
    found = []
    for party in ladder.parties:
        outlook = outlooks.get(party) or outlooks.get(case.stand_in(party))
        if outlook is None or scenario not in outlook.payoffs:
            name = text_of(case.party[party].name)
            return f"What scenario {scenario} is worth to {name} is not coded (no_agreement.outlooks.{party}.payoffs)."
        found.append(
            of_estimate(outlook.payoffs[scenario], f"no_agreement.outlooks.{outlook.party}.payoffs.{scenario}")
        )
    return tuple(found)


def _assumed(case: Case, trace: LadderTrace) -> Iterable[str]:
    chosen = trace.choices
    yield (
        f"An act stands for {chosen.months:g} month{'' if chosen.months == 1 else 's'} before it is answered; the "
        "chance that events run out of control meanwhile follows from that per month, each month like the last."
    )
    yield "Which party acts first, and the order of turns, are drawn evenly; so is the rung from which one begins."
    for place, party in enumerate(trace.parties):
        name = text_of(case.party[party].name)
        number = trace.prevails[place]
        if number.from_texts:
            yield (
                f"What prevailing is worth to {name} is the worth of its own text to it ({number.basis}): "
                f"{number.words()}."
            )
        others = [(trace.parties[at], trace.gives_way[place][at]) for at in trace.opponents[place]]
        for winner, other in others:
            if other.from_texts:
                of = text_of(case.party[winner].name)
                whose = "that party's text" if own_texts(case, winner) else f"as {of} has no text, those of the others"
                yield (
                    f"What giving way to {of} is worth to {name} is, by its numbers, {whose} ({other.basis}): "
                    f"{other.words()}."
                )
    for one in trace.moves:
        if one.assumed and one.not_counted is None:
            yield f"Whether {one.move.id} is available now is not coded ({one.move.available_if}); it counts as so."
    yield (
        "A cost of a rung that is not coded (crisis.ladder.rungs.cost) counts for nothing."
        if any(number.basis == "no cost is coded" for row in trace.cost for number in row)
        else "Costs of rungs are those of the case."
    )
    if (ungrounded := sum(not number.grounds for number in _numbers(trace))) > 0:
        yield f"{ungrounded} numbers of the ladder name no grounds: they are judged, and stand as assumed."


def _numbers(trace: LadderTrace) -> Iterable[Number]:
    """Yield the case's own numbers, each once."""
    seen: dict[str, Number] = {}
    rows = (*trace.gives_way, *trace.cost)
    for number in (*trace.accident, *trace.uncontrolled, *(one for row in rows for one in row)):
        if number.is_field:
            seen[number.basis] = number
    return seen.values()
