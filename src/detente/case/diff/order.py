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
        common = one[key].keys() & other[key].keys()
        first, second = ([entry for entry in side[key] if entry in common] for side in (one, other))
        if first != second:
            named = (tuple(one[key][entry] for entry in entries) for entries in (first, second))
            found.append(Reordered(*key, *named))
    return tuple(found)


def _lists(records: Iterable[Record]) -> dict[tuple[str, Path], dict[str, str]]:
    """Return the entries of each list in order, each once, with their names; revisions are told by what they say."""
    lists: dict[tuple[str, Path], dict[str, str]] = {}
    for record in records:
        if record.kind == "estimates":
            said = repr(sorted((name, plain(leaf)) for name, leaf in record.fields.items()))
            lists.setdefault((record.kind, record.id), {})[said] = str(record.fields["mode"])
        elif record.kind not in {"case", "actors"}:
            name = "/".join(part for part in record.id[len(record.holder) :] if part)
            lists.setdefault((record.kind, record.holder), {})[name] = name
    return lists
