"""From the events of a case to acts between parties, steps of a build-up, and what is left out and why.

An act counts for exactly the parties that the record names. An alliance has not acted because a member has, nor a
member because its alliance has: what a member says binds its group or not by the group's rule, but what it does it
does itself. An act of several parties, or towards several, is one act in each of their pairs.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from detente.case.case import Case
from detente.compile.compiled import Compiled
from detente.core.errors import CaseError
from detente.engines.record import STEP, EventRecord, Moves
from detente.engines.record.model import Ints
from detente.evidence.event import Event

Day = datetime.date


class Every(StrEnum):
    """How long the periods of the series are."""

    DAY = "day"
    WEEK = "week"  # Monday to Sunday
    MONTH = "month"


class Left(StrEnum):
    """Why an event enters no pair of parties."""

    DISPUTED = "disputed"
    NOT_CODED = "not_coded"  # no code, or no value on the conflict-cooperation scale
    ONE_SIDED = "one_sided"  # no actor, no target, or nobody but the actor itself
    BEFORE = "before"  # begins before the days covered
    AHEAD = "ahead"  # had not happened by the last of them


class Step(StrEnum):
    """Kinds of steps of a build-up, by the CAMEO codes of `STEP_OF_CODE`."""

    SHOWN = "forces shown"
    ALERT = "alert raised"
    MORE = "forces mobilised or increased"
    FEWER = "forces withdrawn or demobilised"
    AID = "military aid given"
    THREAT = "force threatened"
    USED = "force used"


STEP_OF_CODE: Mapping[str, Step] = {
    "072": Step.AID,
    "0873": Step.FEWER,
    "0874": Step.FEWER,
    "138": Step.THREAT,
    "150": Step.SHOWN,
    "151": Step.ALERT,
    "152": Step.ALERT,
    "153": Step.MORE,
    "154": Step.MORE,
    "155": Step.MORE,
    "19": Step.USED,
}
"""CAMEO codes, or how they begin (Schrodt 2012, chapter 2): 150 is a show of force, exercises and patrols included;
151 and 152 raise an alert; 153 to 155 mobilise or increase; 0873 and 0874 demobilise or withdraw; 19 is combat."""


@dataclass(frozen=True, slots=True)
class RecordModel:
    """The acts between parties, first days of the periods with the day after the last, and the build-up's steps."""

    acts: EventRecord
    edges: Ints
    moves: Moves


@dataclass(frozen=True, slots=True)
class RecordTrace:
    """What the numbers of a record model stand for.

    Attributes
    ----------
    parties : tuple of str
        Parties of the case in its order, then actors of the record that are none, as far as they act or are acted on.
    events : tuple of Event
        The event of each `row` of acts and moves.
    first, last : date
        The days covered.
    periods : tuple of (date, date)
        The periods of the series.
    left_out : mapping of Left to tuple of str
        Events that enter no pair, and why.
    disputed : tuple of Event
        Those that are disputed, of the days covered.
    """

    parties: tuple[str, ...]
    events: tuple[Event, ...]
    first: Day
    last: Day
    periods: tuple[tuple[Day, Day], ...]
    left_out: Mapping[Left, tuple[str, ...]]
    disputed: tuple[Event, ...]

    def number(self, party: str) -> int:
        """Return the number of a party."""
        return self.parties.index(party)


@dataclass(frozen=True, slots=True)
class NoRecord:
    """Why there is nothing to count, in a sentence."""

    reason: str


Model = Compiled[RecordModel, RecordTrace]


def compile_record(case: Case, *, by: Every = Every.WEEK, since: Day | None = None) -> Model | NoRecord:
    """Return the acts between parties on the days that a case covers, or why there are none.

    Parameters
    ----------
    case : Case
        As of its day; what became public later is not in it.
    by : Every
        How long the periods of the series are.
    since : date, optional
        First day covered; without it that of the case's period, else of the first event.

    Raises
    ------
    CaseError
        If `since` is later than the last day covered.
    """
    last = _last_day(case)
    if not case.events or last is None:
        return NoRecord("`events` holds no event that was public by then.")
    first = since or (case.period.first if case.period else min(event.happened.first for event in case.events))
    if first > last:
        if since is None:
            return NoRecord(f"The case's `period` begins on {first}, after the last day used, {last}.")
        raise CaseError(
            where="--since",
            what="nothing is covered from that day on",
            got=since.isoformat(),
            allowed=f"The last day used is {last}",
            hint="Name an earlier day",
        )
    reasons = {event.id: _why_left_out(event, first, last) for event in case.events}
    listed = tuple(enumerate(case.events))
    inside = tuple((at, event) for at, event in listed if reasons[event.id] not in (Left.BEFORE, Left.AHEAD))
    parties = _parties(case, (event for _, event in inside))
    number = {party: at for at, party in enumerate(parties)}
    rows = [
        row for at, event in inside if reasons[event.id] is None for row in rows_of(event, at, number, event.actors)
    ]
    steps = [row for at, event in inside for row in _steps_of(event, at, number)]
    edges = _edges(first, last, by)
    model = RecordModel(
        acts=acts_of(rows, len(parties), first.toordinal(), last.toordinal()),
        edges=np.array([edge.toordinal() for edge in edges], dtype=np.int64),
        moves=Moves(*np.array(steps, dtype=np.int64).reshape(-1, 5).T),
    )
    trace = RecordTrace(
        parties=parties,
        events=case.events,
        first=first,
        last=last,
        periods=tuple((a, b - datetime.timedelta(days=1)) for a, b in itertools.pairwise(edges)),
        left_out={why: tuple(id_ for id_, one in reasons.items() if one is why) for why in Left},
        disputed=tuple(event for _, event in inside if event.disputed),
    )
    return Compiled(model, trace, _assumed(case, since))


Row = tuple[int, int, int, int, int, int]


def rows_of(event: Event, at: int, number: Mapping[str, int], actors: Iterable[str]) -> Iterator[Row]:
    """Yield an event as acts of some actors towards its targets, one for each pair."""
    if event.code is None or event.code.goldstein is None:
        return
    first, last = _days(event)
    value = round(float(event.code.goldstein) * STEP)
    for actor in dict.fromkeys(actors):
        for target in dict.fromkeys(event.targets):
            if actor != target and actor in number and target in number:
                yield first.toordinal(), last.toordinal(), number[actor], number[target], value, at


def acts_of(rows: Iterable[Row], parties: int, start: int, end: int) -> EventRecord:
    """Return rows as a record."""
    first, last, actor, target, value, row = np.array(list(rows), dtype=np.int64).reshape(-1, 6).T
    return EventRecord(first, last, actor, target, value, row, parties, start, end)


def step_of(event: Event) -> Step | None:
    """Return the kind of step of a build-up that an event is; None if it is none."""
    if event.code is None:
        return None
    found = [code for code in STEP_OF_CODE if event.code.cameo.startswith(code)]
    return STEP_OF_CODE[max(found, key=len)] if found else None


def _steps_of(event: Event, at: int, number: Mapping[str, int]) -> Iterator[tuple[int, int, int, int, int]]:
    kind = step_of(event)
    if kind is None or event.disputed:
        return
    first, last = _days(event)
    for actor in dict.fromkeys(event.actors):
        yield first.toordinal(), last.toordinal(), number[actor], list(Step).index(kind), at


def _days(event: Event) -> tuple[Day, Day]:
    """Return the days between which an event happened; what was public on a day had happened by then."""
    first, last = event.happened.first, event.happened.last
    return first, max(first, min(last, event.public_since))


def _why_outside(event: Event, first: Day, last: Day) -> Left | None:
    begins, ends = _days(event)
    if begins < first:
        return Left.BEFORE
    return Left.AHEAD if ends > last else None


def _why_left_out(event: Event, first: Day, last: Day) -> Left | None:
    if (outside := _why_outside(event, first, last)) is not None:
        return outside
    if event.disputed:
        return Left.DISPUTED
    if event.code is None or event.code.goldstein is None:
        return Left.NOT_CODED
    pairs = [(actor, target) for actor in event.actors for target in event.targets if actor != target]
    return None if pairs else Left.ONE_SIDED


def _parties(case: Case, events: Iterable[Event]) -> tuple[str, ...]:
    named: dict[str, None] = {}
    for event in events:
        claimed = (name for claim in event.claims for name in claim.names)
        named |= dict.fromkeys((*event.actors, *event.targets, *claimed))
    own = tuple(party.id for party in case.parties if party.id in named)
    return (*own, *sorted(set(named) - set(own)))


def _last_day(case: Case) -> Day | None:
    if case.cut_off is not None:
        return case.cut_off
    if case.period is not None:
        return case.period.last
    return max((event.public_since for event in case.events), default=None)


def _edges(first: Day, last: Day, by: Every) -> tuple[Day, ...]:
    """Return the first day of each period and the day after the last; the first and last may be cut short."""
    edges = [first]
    while True:
        at = edges[-1]
        if by is Every.DAY:
            following = at + datetime.timedelta(days=1)
        elif by is Every.WEEK:
            following = at + datetime.timedelta(days=7 - at.weekday())
        else:
            following = Day(at.year + at.month // 12, at.month % 12 + 1, 1)
        edges.append(min(following, last + datetime.timedelta(days=1)))
        if following > last:
            return tuple(edges)


def _assumed(case: Case, since: Day | None) -> tuple[str, ...]:
    said = ["An act counts for exactly the parties that the record names, not for their alliance or their members."]
    if since is None and case.period is not None:
        said.append("The days covered are those of the case's period; what is on record from before is thinner.")
    if any(event.happened.last > event.public_since for event in case.events):
        said.append("What was public on a day had happened by then.")
    return tuple(said)
