"""Reading a case through a lens: its overrides applied to the estimates they name.

An override that finds no number in the case on its day (the grounds of that number may not be public yet) is listed
with the reason, never dropped silently; so is one that leaves the number as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from detente.case.case import Case
from detente.case.lens import Lens, Operation, Override
from detente.case.lens_numbers import dyad_of, numbers_at, trust_in, why_none
from detente.case.lens_path import Target, lens_target
from detente.case.preference import Preference
from detente.case.ranges import LARGEST
from detente.case.red_lines import standing_lines
from detente.core.errors import CaseError
from detente.core.estimate import Estimate
from detente.core.names import nearest


@dataclass(frozen=True, slots=True)
class Applied:
    """An override that found its numbers (the revisions of a value, the lines that refuse an option): before and after.

    An override of a belief shifts the party's other beliefs as well, which share what is left.
    """

    override: Override
    before: tuple[Estimate, ...]
    after: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """An override that changes nothing, and why."""

    override: Override
    reason: str


@dataclass(frozen=True, slots=True)
class Lensed:
    """A case read through a lens: what that changed, and the overrides that changed nothing."""

    case: Case
    lens: Lens
    applied: tuple[Applied, ...]
    unresolved: tuple[Unresolved, ...]

    @property
    def has_effect(self) -> bool:
        """Whether any number of the case differs from what its authors give."""
        return bool(self.applied)


def read_through(case: Case, lens: str) -> Lensed:
    """Return the case with a lens applied.

    Raises
    ------
    CaseError
        If the case has no such lens on its day.
    """
    chosen = next((entry for entry in case.lenses if entry.id == lens), None)
    if chosen is None:
        known = [entry.id for entry in case.lenses]
        raise CaseError(
            where=f"case {case.id}",
            what="there is no such lens on this date",
            got=lens,
            allowed=f"Lenses: {', '.join(known) or 'none'}",
            hint=nearest(lens, known),
        )
    applied: list[Applied] = []
    unresolved: list[Unresolved] = []
    for pair in chosen.pairs:
        for override in pair.overrides:
            target = lens_target(case, override.path)
            before = () if target is None else numbers_at(case, override.party, target)
            if target is None or not before:
                unresolved.append(Unresolved(override, why_none(case, override.party, target)))
                continue
            changed = _CHANGES[target.kind](case, override, chosen, target.ids)
            after = numbers_at(changed, override.party, target)
            if list(map(_bounds, after)) == list(map(_bounds, before)):
                unresolved.append(Unresolved(override, "the number stays as it was"))
            else:
                applied.append(Applied(override, before, after))
                case = changed
    return Lensed(case, chosen, tuple(applied), tuple(unresolved))


def _bounds(estimate: Estimate) -> tuple[float, float, float]:
    return estimate.low, estimate.mode, estimate.high


def apply_lens(case: Case, lens: str) -> Case:
    """Return the case with a lens applied; see `read_through` for what it could not change."""
    return read_through(case, lens).case


@dataclass(frozen=True, slots=True)
class _Range:
    """Where a number must stay."""

    low: float
    high: float

    def held(self, number: float) -> float:
        return min(self.high, max(self.low, number))


_SHARE = _Range(0.0, 1.0)
_WEIGHT = _Range(0.0, LARGEST)
_ANY = _Range(-LARGEST, LARGEST)


def _shifted(estimate: Estimate, override: Override, lens: Lens, within: _Range) -> Estimate:
    """Return an estimate after an override, with the lens's grounds: it is no number of the estimate's author."""
    by, op = override.value, override.op
    low, mode, high = (
        within.held({Operation.SET: b, Operation.SCALE: a * b, Operation.ADD: a + b}[op])
        for a, b in ((estimate.low, by.low), (estimate.mode, by.mode), (estimate.high, by.high))
    )
    return Estimate(
        low=low,
        mode=mode,
        high=high,
        because=override.because,
        by=f"lens {lens.id}",
        since=lens.public_since,
        note=override.note,
    )


def _with_preference(case: Case, preference: Preference, **update: object) -> Case:
    changed = preference.model_copy(update=update)
    return case.model_copy(update={"preferences": tuple(changed if p is preference else p for p in case.preferences)})


# Each change is asked for only where `numbers_at` found a number.


def _weight(case: Case, override: Override, lens: Lens, ids: tuple[str, ...]) -> Case:
    preference, issue = case.preference[override.party], ids[0]
    shifted = _shifted(preference.weights[issue], override, lens, _WEIGHT)
    return _with_preference(case, preference, weights={**preference.weights, issue: shifted})


def _value(case: Case, override: Override, lens: Lens, ids: tuple[str, ...]) -> Case:
    preference, (issue, option) = case.preference[override.party], ids
    within = _SHARE if case.scale is None else _Range(case.scale.low, case.scale.high)
    series = tuple(_shifted(estimate, override, lens, within) for estimate in preference.values[issue][option])
    return _with_preference(
        case, preference, values={**preference.values, issue: {**preference.values[issue], option: series}}
    )


def _line(case: Case, override: Override, lens: Lens, ids: tuple[str, ...]) -> Case:
    preference = case.preference[override.party]
    standing = {line.id: line for line in standing_lines(case, override.party) if (line.issue, line.option) == ids}
    lines = tuple(
        line.model_copy(update={"p_binding": _shifted(standing[line.id].probability, override, lens, _SHARE)})
        if line.id in standing
        else line
        for line in preference.red_lines
    )
    return _with_preference(case, preference, red_lines=lines)


def _belief(case: Case, override: Override, lens: Lens, ids: tuple[str, ...]) -> Case:
    return _outlook(case, override, lens, "beliefs", ids[0], _SHARE)


def _payoff(case: Case, override: Override, lens: Lens, ids: tuple[str, ...]) -> Case:
    return _outlook(case, override, lens, "payoffs", ids[0], _ANY)


def _outlook(case: Case, override: Override, lens: Lens, field: str, scenario: str, within: _Range) -> Case:
    """Return the case with a belief or a payoff changed; the other beliefs share what is left, as they did before."""
    outlook = next(entry for entry in case.no_agreement.outlooks if entry.party == override.party)
    numbers = dict(getattr(outlook, field))
    numbers[scenario] = _shifted(numbers[scenario], override, lens, within)
    if field == "beliefs":
        numbers = summing_to_one(numbers, scenario)
    changed = outlook.model_copy(update={field: numbers})
    outlooks = tuple(changed if entry is outlook else entry for entry in case.no_agreement.outlooks)
    return case.model_copy(update={"no_agreement": case.no_agreement.model_copy(update={"outlooks": outlooks})})


def summing_to_one(beliefs: Mapping[str, Estimate], kept: str) -> dict[str, Estimate]:
    """Return beliefs whose modes sum to 1, by scaling all but one of them."""
    others = sum(belief.mode for scenario, belief in beliefs.items() if scenario != kept)
    factor = (1 - beliefs[kept].mode) / others if others > 0 else 0.0
    return {
        scenario: belief
        if scenario == kept
        else belief.model_copy(
            update={
                "low": min(belief.low, belief.mode * factor),
                "mode": belief.mode * factor,
                "high": max(belief.high, belief.mode * factor),
            }
        )
        for scenario, belief in beliefs.items()
    }


def _reservation(case: Case, override: Override, lens: Lens, ids: tuple[str, ...]) -> Case:
    preference = case.preference[override.party]
    assert preference.reservation is not None
    return _with_preference(case, preference, reservation=_shifted(preference.reservation, override, lens, _ANY))


def _trust(case: Case, override: Override, lens: Lens, ids: tuple[str, ...]) -> Case:
    """Return the case with one party's trust changed: that of the overriding party in the other of the pair."""
    dyad = dyad_of(case, override.party, ids)
    assert dyad is not None
    other = ids[1] if override.party == ids[0] else ids[0]
    value = _shifted(trust_in(case, override.party, dyad), override, lens, _SHARE)
    own = dyad.model_copy(update={"of": override.party, "towards": other, "value": value})
    if dyad.of == override.party:
        return case.model_copy(update={"dyads": tuple(own if one is dyad else one for one in case.dyads)})
    return case.model_copy(update={"dyads": (*case.dyads, own)})


_CHANGES: Mapping[Target, Callable[[Case, Override, Lens, tuple[str, ...]], Case]] = MappingProxyType(
    {
        Target.WEIGHT: _weight,
        Target.VALUE: _value,
        Target.RED_LINE: _line,
        Target.BELIEF: _belief,
        Target.PAYOFF: _payoff,
        Target.RESERVATION: _reservation,
        Target.TRUST: _trust,
    }
)
