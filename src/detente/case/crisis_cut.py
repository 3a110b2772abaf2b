"""What is left of the `crisis` section when some of its items and numbers are not public."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from detente.case.change import changed
from detente.case.crisis import Crisis
from detente.case.stability import Dated
from detente.core.estimate import Estimate
from detente.core.fields import Part


def cut_crisis(
    given: Crisis,
    stands: Callable[[Dated], bool],
    number: Callable[[Estimate | None], Estimate | None],
    left: Callable[[Iterable[str]], tuple[str, ...]],
) -> Crisis | None:
    """Return the section with the items and numbers that stand, or None if nothing is left.

    An item goes with a number that it cannot be without; what names an item that is gone loses that name.

    Parameters
    ----------
    given : Crisis
        The whole section.
    stands : function
        Whether an item is there, by its grounds and its day.
    number : function
        A number as far as it stands, else None.
    left : function
        The grounds that are left of those given.
    """

    def of(part: Any) -> Any:
        """Return a part with what stands of it, or None where it cannot be without what is gone."""
        if isinstance(part, Estimate):
            return number(part)
        if isinstance(part, Dated) and not stands(part):
            return None
        if not isinstance(part, Part):
            return part
        changes: dict[str, object] = {}
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            if name == "because":
                changes[name] = left(value)
            elif isinstance(value, Mapping):
                kept = {key: of(item) for key, item in value.items()}
                changes[name] = {key: item for key, item in kept.items() if item is not None}
            elif isinstance(value, tuple):
                changes[name] = tuple(item for item in map(of, value) if item is not None)
            else:
                changes[name] = of(value)
                if value is not None and changes[name] is None and field.is_required():
                    return None
        return changed(part, **changes)

    cut: Crisis = of(given)
    heard = {one.id for one in cut.audiences}
    fought = {one.id for one in cut.confrontations}
    ladder = cut.ladder if cut.ladder is not None and cut.ladder.rungs else None
    rungs = set() if ladder is None else {one.rung for one in ladder.rungs}
    before = set() if given.ladder is None else {one.rung for one in given.ladder.rungs}
    cut = changed(
        cut,
        ladder=ladder,
        signals=tuple(
            changed(one, audiences=tuple(name for name in one.audiences if name in heard)) for one in cut.signals
        ),
        safeguards=tuple(
            changed(one, rungs=tuple(at for at in one.rungs if at in rungs or at not in before))
            for one in cut.safeguards
            if not one.rungs or rungs & set(one.rungs)
        ),
        turning_points=tuple(
            changed(one, win_chance={name: value for name, value in one.win_chance.items() if name in fought})
            for one in cut.turning_points
        ),
    )
    return cut if any(getattr(cut, name) for name in Crisis.model_fields if name != "note") else None
