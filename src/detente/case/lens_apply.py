"""Reading a case through a lens: its overrides applied to the estimates they name.

An override whose path leads to no number of the case on its day (the grounds of that number may not be public yet) is
listed, never dropped silently.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from detente.case.case import Case
from detente.case.lens import Lens, Operation, Override
from detente.case.lens_path import Target, lens_target
from detente.case.preference import Preference
from detente.case.red_lines import standing_lines
from detente.core.errors import CaseError
from detente.core.estimate import Estimate
from detente.core.names import nearest


@dataclass(frozen=True, slots=True)
class Lensed:
    """A case read through a lens, with the overrides that found no number in it."""

    case: Case
    lens: Lens
    unresolved: tuple[Override, ...]


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
    unresolved = []
    for pair in chosen.pairs:
        for override in pair.overrides:
            target = lens_target(case, override.party, override.path)
            changed = None if target is None else _CHANGES[target.kind](case, override, target.ids)
            if changed is None:
                unresolved.append(override)
            else:
                case = changed
    return Lensed(case, chosen, tuple(unresolved))


def apply_lens(case: Case, lens: str) -> Case:
    """Return the case with a lens applied; see `read_through` for what it could not change."""
    return read_through(case, lens).case


def _shifted(estimate: Estimate, override: Override, *, most: float | None = 1.0) -> Estimate:
    """Return an estimate after an override, kept within [0, most]."""
    by, op = override.value, override.op
    low, mode, high = (
        {Operation.SET: b, Operation.SCALE: a * b, Operation.ADD: a + b}[op]
        for a, b in ((estimate.low, by.low), (estimate.mode, by.mode), (estimate.high, by.high))
    )
    low, mode, high = (max(0.0, bound if most is None else min(bound, most)) for bound in (low, mode, high))
    return estimate.model_copy(update={"low": low, "mode": mode, "high": high})


def _with_preference(case: Case, preference: Preference, **update: object) -> Case:
    changed = preference.model_copy(update=update)
    return case.model_copy(update={"preferences": tuple(changed if p is preference else p for p in case.preferences)})


def _weight(case: Case, override: Override, ids: tuple[str, ...]) -> Case | None:
    preference, issue = case.preference.get(override.party), ids[0]
    if preference is None or issue not in preference.weights:
        return None
    shifted = _shifted(preference.weights[issue], override, most=None)
    return _with_preference(case, preference, weights={**preference.weights, issue: shifted})


def _value(case: Case, override: Override, ids: tuple[str, ...]) -> Case | None:
    preference, (issue, option) = case.preference.get(override.party), ids
    if preference is None or option not in preference.values.get(issue, {}):
        return None
    most = 1.0 if case.scale is None else case.scale.high
    series = tuple(_shifted(estimate, override, most=most) for estimate in preference.values[issue][option])
    return _with_preference(
        case, preference, values={**preference.values, issue: {**preference.values[issue], option: series}}
    )


def _line(case: Case, override: Override, ids: tuple[str, ...]) -> Case | None:
    preference = case.preference.get(override.party)
    standing = {line.id: line for line in standing_lines(case, override.party) if (line.issue, line.option) == ids}
    if preference is None or not any(line.id in standing for line in preference.red_lines):
        return None
    lines = tuple(
        line.model_copy(update={"p_binding": _shifted(standing[line.id].probability, override)})
        if line.id in standing
        else line
        for line in preference.red_lines
    )
    return _with_preference(case, preference, red_lines=lines)


def _belief(case: Case, override: Override, ids: tuple[str, ...]) -> Case | None:
    return _outlook(case, override, "beliefs", ids[0])


def _payoff(case: Case, override: Override, ids: tuple[str, ...]) -> Case | None:
    return _outlook(case, override, "payoffs", ids[0])


def _outlook(case: Case, override: Override, field: str, scenario: str) -> Case | None:
    outlook = next((entry for entry in case.no_agreement.outlooks if entry.party == override.party), None)
    if outlook is None or scenario not in getattr(outlook, field):
        return None
    numbers = dict(getattr(outlook, field))
    numbers[scenario] = _shifted(numbers[scenario], override)
    changed = outlook.model_copy(update={field: numbers})
    outlooks = tuple(changed if entry is outlook else entry for entry in case.no_agreement.outlooks)
    return case.model_copy(update={"no_agreement": case.no_agreement.model_copy(update={"outlooks": outlooks})})


def _reservation(case: Case, override: Override, ids: tuple[str, ...]) -> Case | None:
    preference = case.preference.get(override.party)
    if preference is None or preference.reservation is None:
        return None
    return _with_preference(case, preference, reservation=_shifted(preference.reservation, override, most=None))


def _trust(case: Case, override: Override, ids: tuple[str, ...]) -> Case | None:
    """Return the case with one party's trust changed: that of the overriding party in the other of the pair."""
    other = ids[1] if override.party == ids[0] else ids[0]
    classes = {entry.id: entry.value for entry in case.trust_classes}
    for index, dyad in enumerate(case.dyads):
        if {dyad.of, dyad.towards} == set(ids):
            value = _shifted(dyad.value or classes[dyad.trust], override)
            own = dyad.model_copy(update={"of": override.party, "towards": other, "value": value})
            kept = () if dyad.of == override.party else (dyad,)
            return case.model_copy(update={"dyads": (*case.dyads[:index], *kept, own, *case.dyads[index + 1 :])})
    return None


_CHANGES: Mapping[Target, Callable[[Case, Override, tuple[str, ...]], Case | None]] = MappingProxyType(
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
