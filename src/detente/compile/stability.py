"""From the graph model of a case, or from an assumed one, to the stability model.

Conditions become truth values over all states at once, rankings become whole numbers of which only the order counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from detente.case.case import Case
from detente.case.stability import Comparison, Misperception, Stability, StatePreference
from detente.case.stability import Direction as Written
from detente.compile.compiled import Compiled
from detente.compile.package_value import package_choice, package_value
from detente.compile.utilities import exact
from detente.core.condition import NOT_TAKEN, TAKEN, Among, Condition, Every, Implies, Not, Some
from detente.core.errors import CaseError
from detente.core.fields import text_of
from detente.engines.stability import Direction, StabilityModel

Bools = NDArray[np.bool_]
Ranks = NDArray[np.int32]

_DIRECTIONS: Mapping[Written, Direction] = {
    Written.BOTH: Direction.BOTH,
    Written.TAKE: Direction.TAKE_ONLY,
    Written.DROP: Direction.DROP_ONLY,
}


@dataclass(frozen=True, slots=True)
class Compared:
    """Comparisons of one party: per entry the two sets of states between which they hold, as truth values by code."""

    unknown: tuple[tuple[Bools, Bools], ...] = ()
    strong: tuple[tuple[Bools, Bools], ...] = ()


@dataclass(frozen=True, slots=True)
class StabilityTrace:
    """What each index of a stability model stands for.

    Attributes
    ----------
    section : Stability
        The graph model that was compiled: the case's own, or an assumed one.
    parties, switches : tuple of str
        Ids, in the order of the model.
    today : int, optional
        The code of the state that the case calls today's.
    unranked : tuple of str
        Parties for which no ranking is coded; all states tie for them.
    views : mapping of party to StabilityModel
        The game as a party with misperceptions sees it.
    compared : mapping of party to Compared
        What is unknown or strong in a party's preferences; absent where nothing is.
    view_compared : mapping of party to mapping of party to Compared
        The same in the game as a party with misperceptions sees it.
    """

    section: Stability
    parties: tuple[str, ...]
    switches: tuple[str, ...]
    today: int | None
    unranked: tuple[str, ...]
    views: Mapping[str, StabilityModel] = field(default_factory=dict)
    compared: Mapping[str, Compared] = field(default_factory=dict)
    view_compared: Mapping[str, Mapping[str, Compared]] = field(default_factory=dict)

    def state(self, code: int) -> str:
        """Return a state as a Y or N per switch."""
        return state_word(code, len(self.switches))

    def code(self, state: str) -> int:
        """Return the code of a state."""
        return state_code(state)


def state_word(code: int, switches: int) -> str:
    """Return the letters of a code: letter j is Y where bit j is set.

    Examples
    --------
    >>> state_word(2, 3), state_code("NYN")
    ('NYN', 2)
    """
    return "".join(TAKEN if code >> at & 1 else NOT_TAKEN for at in range(switches))


def state_code(state: str) -> int:
    """Return the code of a state: bit j is set where letter j is Y."""
    return sum(1 << at for at, letter in enumerate(state) if letter == TAKEN)


def compile_stability(case: Case, section: Stability | None = None) -> Compiled[StabilityModel, StabilityTrace]:
    """Return the stability model of a case.

    Parameters
    ----------
    case : Case
        As of its day.
    section : Stability, optional
        A graph model to use in place of the case's own, such as the one of `assumed_stability`.

    Raises
    ------
    CaseError
        If there is no graph model, or no state can be.
    """
    given = case.stability if section is None else section
    if given is None:
        raise CaseError(
            where="stability",
            what="the case has no graph model",
            allowed="A model is the key stability in context.yaml",
            hint="Write one, or use the assumed model",
        )
    mentioned = frozenset(given.parties())
    parties = tuple(party.id for party in case.parties if party.id in mentioned)
    names = tuple(one.id for one in given.switches)
    table = SwitchTable(names)
    feasible = _feasible(given, table)
    ranked = {one.party: one for one in given.preferences}
    assumed: list[str] = []
    ranks = np.stack([_ranks(case, ranked.get(party), table, feasible, assumed) for party in parties])
    model = StabilityModel(
        parties=len(parties),
        owner=tuple(parties.index(one.party) for one in given.switches),
        allowed=tuple(_DIRECTIONS[one.direction] for one in given.switches),
        ranks=ranks,
        feasible=None if feasible.all() else feasible,
        banned=_banned(given, table),
    )
    unranked = tuple(party for party in parties if not given.ranks(party))
    compared = {party: _compared(one, table) for party, one in ranked.items() if one.unknown or one.strong}
    assumed += [f"{_name(case, party)}: no ranking is coded, so all states are alike to it." for party in unranked]
    trace = StabilityTrace(
        section=given,
        parties=parties,
        switches=names,
        today=None if given.today is None else state_code(given.today),
        unranked=unranked,
        views={one.party: _seen(case, model, one, parties, table, assumed) for one in given.misperceptions},
        compared=compared,
        view_compared={
            one.party: {**compared, **{other.party: _compared(other, table) for other in one.preferences}}
            for one in given.misperceptions
        },
    )
    return Compiled(model, trace, tuple(dict.fromkeys(assumed)))


class SwitchTable:
    """The truth values of conditions over the states of some switches.

    Parameters
    ----------
    names : sequence of str
        The switches; bit j of a code belongs to switch j.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._at = {name: place for place, name in enumerate(names)}
        self.codes = np.arange(1 << len(names), dtype=np.int64)

    def taken(self, name: str) -> Bools:
        """Return in which states a switch is taken."""
        found: Bools = (self.codes >> self._at[name] & 1).astype(np.bool_)
        return found

    def holds(self, rule: Condition) -> Bools:
        """Return in which states a condition holds."""
        match rule:
            case Among(issue=name, options=options):
                taken = self.taken(name)
                if TAKEN in options:
                    return np.ones_like(taken) if NOT_TAKEN in options else taken
                return ~taken
            case Not(rule=denied):
                return ~self.holds(denied)
            case Every(rules=rules):
                every: Bools = np.logical_and.reduce([self.holds(one) for one in rules])
                return every
            case Some(rules=rules):
                some: Bools = np.logical_or.reduce([self.holds(one) for one in rules])
                return some
            case Implies(given=given, then=then):
                return ~self.holds(given) | self.holds(then)
        raise TypeError(f"no condition: {rule!r}")


def _feasible(given: Stability, table: SwitchTable) -> Bools:
    feasible = np.ones(table.codes.size, dtype=np.bool_)
    for rule in given.infeasible:
        feasible &= ~table.holds(rule.when)
    if not feasible.any():
        raise CaseError(
            where="stability, infeasible",
            what="every state is ruled out",
            allowed="At least one state can be",
            hint="Remove a rule",
        )
    return feasible


def _banned(given: Stability, table: SwitchTable) -> NDArray[np.int64] | None:
    """Return for each state the bits of the switches that a ban holds fast."""
    if not given.bans:
        return None
    banned = np.zeros(table.codes.size, dtype=np.int64)
    places = {one.id: at for at, one in enumerate(given.switches)}
    for ban in given.bans:
        held = table.holds(ban.when)
        taken = table.taken(ban.switch)
        if ban.direction is not Written.BOTH:
            held = held & (~taken if ban.direction is Written.TAKE else taken)
        banned[held] |= 1 << places[ban.switch]
    return banned


def _ranks(case: Case, given: StatePreference | None, table: SwitchTable, feasible: Bools, assumed: list[str]) -> Ranks:
    """Return one party's ranks: 0 for the worst states, ties alike."""
    if given is None:
        return np.zeros(table.codes.size, dtype=np.int32)
    if given.ranking:
        ranks = np.zeros(table.codes.size, dtype=np.int32)
        for place, tie in enumerate(reversed(given.ranking)):
            ranks[[state_code(word) for word in tie]] = place
        return ranks
    if given.ranked_conditions:
        return condition_ranks([table.holds(rule) for rule in given.ranked_conditions], table.codes.size)
    if given.weights:
        steps = _whole([exact(weight) for weight in given.weights.values()])
        total = np.zeros(table.codes.size, dtype=object)
        for name, step in zip(given.weights, steps, strict=True):
            total = total + table.taken(name).astype(object) * step
        return _dense(total)
    if given.outcomes:
        return _outcome_ranks(case, given, table, feasible, assumed)
    return np.zeros(table.codes.size, dtype=np.int32)


def _compared(given: StatePreference, table: SwitchTable) -> Compared:
    """Return a party's comparisons as sets of states."""
    return Compared(*(tuple(_sides(one, table) for one in some) for some in (given.unknown, given.strong)))


def _sides(one: Comparison, table: SwitchTable) -> tuple[Bools, Bools]:
    if one.states is not None:
        first, second = (table.codes == state_code(word) for word in one.states)
        return first, second
    assert one.when is not None
    assert one.against is not None
    return table.holds(one.when), table.holds(one.against)


def condition_ranks(held: Sequence[Bools], states: int) -> Ranks:
    """Return ranks by ranked conditions: the first on which two states differ decides.

    However many conditions there are, numbers stay small: ranks are made dense after each.
    """
    ranks = np.zeros(states, dtype=np.int64)
    for one in held:
        ranks = _dense(2 * ranks + one).astype(np.int64)
    return ranks.astype(np.int32)


def _outcome_ranks(
    case: Case, given: StatePreference, table: SwitchTable, feasible: Bools, assumed: list[str]
) -> Ranks:
    name = _name(case, given.party)
    values = [package_value(case, given.party, package_choice(case, one.package)) for one in given.outcomes]
    nothing = package_value(case, given.party, None)
    if any(one.low != one.high for one in (*values, nothing)):
        assumed.append(f"{name}: where an option is open or not coded, a state counts at its worst.")
    steps = _whole([*(one.low for one in values), nothing.low])
    found = np.full(table.codes.size, steps[-1], dtype=object)
    open_states = np.ones(table.codes.size, dtype=np.bool_)
    for one, step in zip(given.outcomes, steps[:-1], strict=True):
        here = table.holds(one.when) & open_states
        found[here] = step
        open_states &= ~here
    if (open_states & feasible).any():
        assumed.append(f"{name}: a state that no outcome covers is worth what no agreement is.")
    return _dense(found)


def _whole(numbers: Sequence[Fraction]) -> list[int]:
    """Return fractions times their common denominator."""
    common = int(np.lcm.reduce([1, *(int(number.denominator) for number in numbers)], dtype=object))
    return [int(number * common) for number in numbers]


def _dense(values: NDArray[np.object_] | NDArray[np.int64]) -> Ranks:
    _, places = np.unique(values, return_inverse=True)
    return places.reshape(-1).astype(np.int32)


def _seen(
    case: Case,
    whole: StabilityModel,
    given: Misperception,
    parties: tuple[str, ...],
    table: SwitchTable,
    assumed: list[str],
) -> StabilityModel:
    """Return the game as a party sees it: fewer states, and others' rankings as it takes them to be."""
    seen = whole.occurring().copy()
    for rule in given.not_seen:
        seen &= ~table.holds(rule)
    for switch in given.switches:
        seen &= ~table.taken(switch)
    if not seen.any():
        raise CaseError(
            where=f'stability, misperception "{given.party}"',
            what="the party would see no state at all",
            allowed="At least one state is seen",
            hint="Remove one of its conditions",
        )
    ranks = whole.ranks.copy()
    for one in given.preferences:
        if one.party in parties:
            ranks[parties.index(one.party)] = _ranks(case, one, table, seen, assumed)
    return StabilityModel(whole.parties, whole.owner, whole.allowed, ranks, seen, whole.banned)


def tie_groups(ranks: Ranks, states: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the states from the best to the worst, those of one rank together."""
    groups: dict[int, list[int]] = {}
    for code in states:
        groups.setdefault(int(ranks[code]), []).append(code)
    for rank in sorted(groups, reverse=True):
        yield tuple(groups[rank])


def _name(case: Case, party: str) -> str:
    return text_of(case.party[party].name)
