"""What two cases list in another order. Between equals the first option and issue is shown, so order is told apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.case.diff.record import Path, Record, plain


@dataclass(frozen=True, slots=True)
class Reordered:
    """A list whose common entries stand in another order.

    Attributes
    ----------
    kind : str
        What is listed; `estimates` are the revisions of one number, of which the last counts.
    holder : tuple of str
        The record whose list it is (an issue for its options); empty at the top of a case.
    a, b : tuple of str
        The ids that both sides have, in either order; for revisions the most likely values.
    """

    kind: str
    holder: Path
    a: tuple[str, ...]
    b: tuple[str, ...]


def reordered(a: Iterable[Record], b: Iterable[Record]) -> tuple[Reordered, ...]:
    """Return the lists of two cases in which what both have stands in another order, by kind and holder."""
    one, other = _lists(a), _lists(b)
    found = []
    for key in sorted(one.keys() & other.keys()):
        common = set(one[key]) & set(other[key])
        first, second = ([entry for entry in side[key] if entry in common] for side in (one, other))
        if first != second:
            found.append(Reordered(key[0], key[1], _named(first), _named(second)))
    return tuple(found)


def _lists(records: Iterable[Record]) -> dict[tuple[str, Path], list[tuple[str, ...]]]:
    """Return the entries of each list in order, each once; the revisions of a number by what they say."""
    lists: dict[tuple[str, Path], dict[tuple[str, ...], None]] = {}
    for record in records:
        if record.kind in {"case", "actors"}:
            continue
        if record.kind == "estimates":
            said = repr(sorted((name, plain(leaf)) for name, leaf in record.fields.items()))
            lists.setdefault((record.kind, record.id), {})[f"{record.fields['mode']}", said] = None
        else:
            lists.setdefault((record.kind, record.holder), {})[record.id[len(record.holder) :]] = None
    return {key: list(entries) for key, entries in lists.items()}


def _named(entries: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple("/".join(part for part in entry if part) for entry in entries)
