"""What the record says of who acted after whom, in the case's own names.

The report is a plain JSON-ready dict; `docs/reference/record-report.md` lists its keys. No number in it belongs to
more than one ordered pair of parties, or to more than one party's own steps: there is no index of blame to read off.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from detente.case.case import Case
from detente.compile.record import Every, Model, NoRecord, Step, acts_of, compile_record, rows_of
from detente.core.fields import text_of
from detente.core.progress import Progress, silent, within
from detente.engines.record import (
    STEP,
    Answers,
    Autoregression,
    Bounds,
    BuildUp,
    EventRecord,
    Pair,
    Series,
    Sign,
    Waiting,
    solve,
)
from detente.engines.record.answers import DRAWS, MINIMUM
from detente.engines.record.solve import WITHIN
from detente.engines.record.waiting import NONE, next_answers
from detente.evidence.event import Event

Report = dict[str, Any]
SIGNS = {Sign.CONFLICT: "conflict", Sign.COOPERATION: "cooperation"}


def record_report(
    case: Case,
    pair: tuple[str, str] | None = None,
    *,
    by: str | Every = Every.WEEK,
    since: datetime.date | None = None,
    days: int = WITHIN,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Progress = silent,
) -> Report:
    """Return the report on the record of events.

    Parameters
    ----------
    case : Case
        As of its day.
    pair : (str, str), optional
        Two parties; without it every pair between which an act is on record.
    by : Every
        Periods of the series.
    since : date, optional
        First day covered; without it that of the case's period.
    days : int
        An act counts as answered if the next act in kind comes within so many days.
    draws, seed : int
        Of the resampling behind the intervals.
    """
    compiled = compile_record(case, by=Every(by), since=since)
    if isinstance(compiled, NoRecord):
        return {"pairs": [], "build_up": [], "disputed": [], "not_computed": compiled.reason}
    return _Reporter(case, compiled, days, draws, seed).report(pair, progress)


class _Reporter:
    def __init__(self, case: Case, compiled: Model, days: int, draws: int, seed: int) -> None:
        self.case, self.trace, self.model = case, compiled.trace, compiled.model
        self.assumed = compiled.assumed
        self.options: dict[str, Any] = {"within": days, "draws": draws, "seed": seed}

    def report(self, pair: tuple[str, str] | None, progress: Progress) -> Report:
        trace = self.trace
        chosen = None
        absent = [party for party in pair or () if party not in trace.parties]
        if pair is not None and not absent:
            first, second = sorted(trace.number(party) for party in pair)
            chosen = [(first, second)]
        findings = solve(
            self.model.acts,
            edges=self.model.edges,
            moves=self.model.moves,
            pairs=[] if absent else chosen,
            progress=within(progress, 0.0, 0.7),
            **self.options,
        )
        (found,) = findings.solutions
        report: Report = {
            "first": trace.first,
            "last": trace.last,
            "parties": list(trace.parties),
            "periods": [{"first": first, "last": last} for first, last in trace.periods],
            "within_days": self.options["within"],
            "minimum": MINIMUM,
            "pairs": [self._pair(one) for one in found.pairs],
            "build_up": [self._build_up(one) for one in found.build_ups if self._is_asked(one, pair)],
            "disputed": [self._disputed(event, pair) for event in self._disputes(pair)],
            "left_out": {why.value: list(ids) for why, ids in trace.left_out.items()},
            "tests": sum(one.too_few is None for each in found.pairs for _, _, one in each.answers),
            "assumptions": [*self.assumed, *findings.assumptions],
            "notes": list(findings.notes),
            "seed": self.options["seed"],
            "draws": self.options["draws"],
        }
        progress(1.0, "disputed events")
        return report

    def _is_asked(self, one: BuildUp, pair: tuple[str, str] | None) -> bool:
        return pair is None or self.trace.parties[one.actor] in pair

    def _pair(self, pair: Pair) -> Report:
        names = (self.trace.parties[pair.first], self.trace.parties[pair.second])
        forth, back = self.model.acts.between(pair.first, pair.second), self.model.acts.between(pair.second, pair.first)
        return {
            "parties": list(names),
            "acts": [
                {"of": names[0], "towards": names[1], **_totals(forth), "series": _series(pair.forth)},
                {"of": names[1], "towards": names[0], **_totals(back), "series": _series(pair.back)},
            ],
            "answers": [
                {
                    "acts_of": names[0] if is_forth else names[1],
                    "answered_by": names[1] if is_forth else names[0],
                    "sign": SIGNS[sign],
                    **_answers(found),
                }
                for sign, is_forth, found in pair.answers
            ],
            "weekly": _weekly(pair.weekly, names),
            "sequence": list(self._sequence(forth, back)),
        }

    def _sequence(self, forth: EventRecord, back: EventRecord) -> Iterator[Report]:
        """Yield the acts between two parties in order of time, each with the days to the other's next act in kind."""
        found: list[tuple[tuple[int, int, int], Report]] = []
        for acts, others in ((forth, back), (back, forth)):
            for sign in (-1, 0, 1):
                own, replies = acts.those(np.sign(acts.value) == sign), others.those(np.sign(others.value) == sign)
                early, late = next_answers(own, replies)
                for at in range(len(own.first)):
                    event = self.trace.events[int(own.row[at])]
                    entry = {
                        "id": event.id,
                        "first": datetime.date.fromordinal(int(own.first[at])),
                        "last": datetime.date.fromordinal(int(own.last[at])),
                        "of": self.trace.parties[int(own.actor[at])],
                        "towards": self.trace.parties[int(own.target[at])],
                        "value": float(own.value[at]) / STEP,
                        "says": text_of(event.says),
                        "next_in_kind_days": _bounds_of(_day_of(early[at]), _day_of(late[at])),
                    }
                    found.append(((int(own.first[at]), int(own.last[at]), int(own.row[at])), entry))
        yield from (entry for _, entry in sorted(found, key=lambda pair: pair[0]))

    def _build_up(self, one: BuildUp) -> Report:
        return {
            "party": self.trace.parties[one.actor],
            "kind": list(Step)[one.kind].value,
            "steps": [
                {
                    "id": event.id,
                    "first": event.happened.first,
                    "last": event.happened.last,
                    "says": text_of(event.says),
                }
                for event in (self.trace.events[int(row)] for row in one.row)
            ],
            "counts": [
                {"by": datetime.date.fromordinal(int(day)), "low": int(low), "high": int(high)}
                for day, low, high in zip(one.day, one.sure, one.possible, strict=True)
            ],
        }

    def _disputes(self, pair: tuple[str, str] | None) -> Iterator[Event]:
        for event in self.trace.disputed:
            named = {name for claim in event.claims for name in (*claim.names, claim.who)} | set(event.targets)
            if pair is None or named & set(pair):
                yield event

    def _disputed(self, event: Event, pair: tuple[str, str] | None) -> Report:
        return {
            "id": event.id,
            "first": event.happened.first,
            "last": event.happened.last,
            "says": text_of(event.says),
            "targets": list(event.targets),
            "claims": [
                {
                    "who": claim.who,
                    "says": text_of(claim.says),
                    "public_since": claim.public_since,
                    "names": list(claim.names),
                    "if_it_held": list(self._if_it_held(event, claim.names, pair)),
                }
                for claim in event.claims
            ],
        }

    def _if_it_held(self, event: Event, names: Sequence[str], pair: tuple[str, str] | None) -> Iterator[Report]:
        """Yield what each pair would have, were these the authors: acts, sum, and how often acts are followed."""
        trace, acts = self.trace, self.model.acts
        at = next(place for place, one in enumerate(trace.events) if one.id == event.id)
        number = {party: place for place, party in enumerate(trace.parties)}
        extra = list(rows_of(event, at, number, names))
        for _, _, actor, target, value, _ in extra:
            if pair is not None and {trace.parties[actor], trace.parties[target]} != set(pair):
                continue
            own = [row for row in extra if row[2:4] == (actor, target)]
            columns = [*_rows(acts.those(_are_between(acts, actor, target))), *own]
            more = acts_of(columns, acts.parties, acts.start, acts.end)
            first, second = min(actor, target), max(actor, target)
            before, after = (
                solve(one, edges=self.model.edges, pairs=[(first, second)], **self.options).solutions[0].pairs[0]
                for one in (acts.those(_are_between(acts, actor, target)), more)
            )
            yield {
                "of": trace.parties[actor],
                "towards": trace.parties[target],
                "value": value / STEP,
                "before": self._held(acts, before, actor, target),
                "after": self._held(more, after, actor, target),
            }

    def _held(self, acts: EventRecord, pair: Pair, actor: int, target: int) -> Report:
        return {
            **_totals(acts.between(actor, target)),
            "gain": {
                f"{SIGNS[sign]} of {self.trace.parties[pair.first if is_forth else pair.second]}": _bounds(found.gain)
                for sign, is_forth, found in pair.answers
                if found.gain is not None
            },
        }


def _are_between(acts: EventRecord, one: int, other: int) -> Any:
    forth = (acts.actor == one) & (acts.target == other)
    return forth | ((acts.actor == other) & (acts.target == one))


def _rows(acts: EventRecord) -> Iterator[tuple[int, int, int, int, int, int]]:
    columns = (acts.first, acts.last, acts.actor, acts.target, acts.value, acts.row)
    yield from zip(*(column.tolist() for column in columns), strict=True)


def _totals(acts: EventRecord) -> Report:
    conflict, cooperation = acts.of_sign(Sign.CONFLICT), acts.of_sign(Sign.COOPERATION)
    return {
        "total": len(acts.first),
        "conflict": {"acts": len(conflict.first), "sum": int(-conflict.value.sum()) / STEP},
        "cooperation": {"acts": len(cooperation.first), "sum": int(cooperation.value.sum()) / STEP},
        "neutral": len(acts.first) - len(conflict.first) - len(cooperation.first),
    }


def _series(series: Series) -> Report:
    """Return the columns of a series; what has bounds as the list of lower and of upper ones."""
    return {
        "conflict_acts": series.conflict_acts.tolist(),
        "cooperation_acts": series.cooperation_acts.tolist(),
        "neutral_acts": series.neutral_acts.tolist(),
        "conflict": (series.conflict / STEP).tolist(),
        "cooperation": (series.cooperation / STEP).tolist(),
        "net": (series.net / STEP).tolist(),
    }


def _answers(found: Answers) -> Report:
    report: Report = {
        "acts": found.acts,
        "whole_window": found.whole,
        "replies": found.replies,
        "same_time": found.same_time,
        "too_few": None if found.too_few is None else found.too_few.value,
    }
    if found.too_few is not None:
        return report
    assert found.earliest is not None
    assert found.latest is not None
    return report | {
        "answered": _bounds(found.answered),
        "share": _bounds(found.share),
        "share_at_any_time": _bounds(found.base),
        "gain": _bounds(found.gain),
        "gain_interval": _bounds(found.interval),
        "chance": _bounds(found.chance),
        "share_before": _bounds(found.before),
        "resampled": found.kept,
        "waiting": {"earliest": _waiting(found.earliest), "latest": _waiting(found.latest)},
    }


def _waiting(found: Waiting) -> Report:
    return {
        "median_days": found.median,
        "median_interval": [found.median_low, found.median_high],
        "lags": found.lag.tolist(),
        "waiting": found.waiting.tolist(),
        "interval": [[_number(low), _number(high)] for low, high in zip(found.low, found.high, strict=True)],
    }


def _weekly(found: Autoregression, names: tuple[str, str]) -> Report:
    report: Report = {
        "weeks": found.weeks,
        "active_weeks": dict(zip(names, found.active, strict=True)),
        "too_few": None if found.too_few is None else found.too_few.value,
    }
    if found.coefficients is None or found.low is None or found.high is None or found.answer is None:
        return report
    return report | {
        "answer": [
            {"of": names[k], "to": names[1 - k], "gain": row[0], "interval": [_number(limit) for limit in row[1:]]}
            for k, row in enumerate(found.answer.tolist())
        ],
        "coefficients": {
            names[k]: {
                "value": found.coefficients[k].tolist(),
                "interval": [[_number(limit) for limit in side[k]] for side in (found.low, found.high)],
            }
            for k in (0, 1)
        },
        "same_week": found.same_week,
        "resampled": found.kept,
    }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _day_of(lag: int) -> int | None:
    return None if lag == NONE else int(lag)


def _bounds_of(low: Any, high: Any) -> Report:
    return {"low": low, "high": high}


def _bounds(found: Bounds | None) -> Report | None:
    return None if found is None else _bounds_of(found.low, found.high)
