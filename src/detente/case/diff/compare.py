"""Two sets of records compared: what was added, what was removed, and which fields of the others changed.

The comparison reads from A to B, and its mirror image is that from B to A. Records are matched by kind and id. Where
several share an id (the revisions of a number, two answers on one article), equal ones are matched first, then those
that have most in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from detente.case.diff.record import Leaf, Path, Record, plain


class How(StrEnum):
    """What became of a record on the way from A to B."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose value differs; None where a side does not give it."""

    field: str
    a: Leaf | None
    b: Leaf | None

    @property
    def only_a(self) -> frozenset[str]:
        """The members that only A's set has; empty where the field is no set."""
        return _set(self.a) - _set(self.b)

    @property
    def only_b(self) -> frozenset[str]:
        """The members that only B's set has; empty where the field is no set."""
        return _set(self.b) - _set(self.a)

    @property
    def is_set(self) -> bool:
        """Whether the field holds a list in which order says nothing."""
        return isinstance(self.a, frozenset) or isinstance(self.b, frozenset)


@dataclass(frozen=True, slots=True)
class Change:
    """A record that differs.

    `a` and `b` are all its fields on either side, None where it is not there; `fields` those that differ, for a record
    that both sides have.
    """

    kind: str
    id: Path
    how: How
    a: Mapping[str, Leaf] | None
    b: Mapping[str, Leaf] | None
    fields: tuple[FieldChange, ...] = field(default=())


def compare(a: Iterable[Record], b: Iterable[Record], kinds: tuple[str, ...]) -> tuple[Change, ...]:
    """Return the records that differ, by kind in the given order, then by id.

    Examples
    --------
    >>> one, other = Record("issues", ("x",), {"title": "Water"}), Record("issues", ("x",), {"title": "River"})
    >>> [change] = compare([one], [other], ("issues",))
    >>> change.how.value, [(field.field, field.a, field.b) for field in change.fields]
    ('changed', [('title', 'Water', 'River')])
    """
    groups: dict[tuple[int, Path], tuple[list[Record], list[Record]]] = {}
    for side, found in enumerate((a, b)):
        for record in found:
            groups.setdefault((kinds.index(record.kind), record.id), ([], []))[side].append(record)
    return tuple(change for _, (one, other) in sorted(groups.items()) for change in _of_one_id(one, other))


def _of_one_id(a: list[Record], b: list[Record]) -> list[Change]:
    """Return what differs among records of one kind and id."""
    if len(a) == len(b) == 1:
        return [_changed(a[0], b[0])] if a[0].fields != b[0].fields else []
    left = list(b)
    rest = []
    for record in a:
        if record in left:
            left.remove(record)
        else:
            rest.append(record)
    # ties are broken by what the records say, not by their place: the order of the two sides must not matter
    pairs = sorted(
        (-_alike(rest[at], left[place]), sorted((_text(rest[at]), _text(left[place]))), (at, place))
        for at in range(len(rest))
        for place in range(len(left))
    )
    matched: dict[int, int] = {}
    for _, _, (at, place) in pairs:
        if at not in matched and place not in matched.values():
            matched[at] = place
    return [
        *(_changed(rest[at], left[place]) for at, place in sorted(matched.items())),
        *(Change(one.kind, one.id, How.REMOVED, one.fields, None) for at, one in enumerate(rest) if at not in matched),
        *(
            Change(one.kind, one.id, How.ADDED, None, one.fields)
            for place, one in enumerate(left)
            if place not in matched.values()
        ),
    ]


def _alike(one: Record, other: Record) -> int:
    return sum(name in other.fields and value == other.fields[name] for name, value in one.fields.items())


def _text(record: Record) -> str:
    return repr(sorted((name, plain(value)) for name, value in record.fields.items()))


def _changed(one: Record, other: Record) -> Change:
    names = dict.fromkeys((*one.fields, *other.fields))
    return Change(
        kind=one.kind,
        id=one.id,
        how=How.CHANGED,
        a=one.fields,
        b=other.fields,
        fields=tuple(
            FieldChange(name, one.fields.get(name), other.fields.get(name))
            for name in sorted(names)
            if one.fields.get(name) != other.fields.get(name)
        ),
    )


def _set(leaf: Leaf | None) -> frozenset[str]:
    return leaf if isinstance(leaf, frozenset) else frozenset()
