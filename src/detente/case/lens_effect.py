"""What a lens does to a case on its day, in sentences and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.case.case import Case
from detente.case.lens import Override
from detente.case.lens_apply import Lensed, read_through
from detente.core.estimate import Estimate
from detente.core.fields import text_of


def effect_lines(lensed: Lensed) -> Iterator[str]:
    """Yield what a lens changes in a case, and each of its overrides that changes nothing, with the reason."""
    yield effect_summary(lensed)
    for one in lensed.unresolved:
        yield f"  Changes nothing: {place(one.override)}: {one.reason}."


def effect_summary(lensed: Lensed) -> str:
    """Return in one sentence how many overrides of a lens change a number, or that it has no effect."""
    name, changes, all_of_them = lensed.lens.id, len(lensed.applied), len(lensed.applied) + len(lensed.unresolved)
    if not all_of_them:
        return f"Lens {name} has no effect in this case: it overrides no number here."
    if not changes:
        return (
            f"Lens {name} has no effect in this case on this day: none of its {all_of_them} overrides finds a number."
        )
    return f"Lens {name}: {changes} of its {all_of_them} overrides change a number."


def without_effect(case: Case) -> tuple[str, ...]:
    """Return the lenses of a case that change none of its numbers on its day."""
    return tuple(lens.id for lens in case.lenses if not read_through(case, lens.id).has_effect)


def place(override: Override) -> str:
    """Return the party and the path of an override, and what it would do there."""
    return f"{override.party} {override.path} ({override.op.value} {override.value.mode:g})"


def effect_values(lensed: Lensed) -> dict[str, Any]:
    """Return the effect of a lens as plain values: what was applied, before and after, and what was not, and why."""
    return {
        "id": lensed.lens.id,
        "viewpoint": text_of(lensed.lens.viewpoint),
        "has_effect": lensed.has_effect,
        "applied": [
            {
                **_named(one.override),
                "before": [_range(number) for number in one.before],
                "after": [_range(number) for number in one.after],
            }
            for one in lensed.applied
        ],
        "unresolved": [{**_named(one.override), "reason": one.reason} for one in lensed.unresolved],
    }


def _named(override: Override) -> dict[str, Any]:
    return {
        "party": override.party,
        "path": override.path,
        "op": override.op.value,
        "value": _range(override.value),
        "because": list(override.because),
    }


def _range(number: Estimate) -> dict[str, float]:
    return {"low": number.low, "mode": number.mode, "high": number.high}
