"""The difference of two cases: data record by record, order, and the red lines as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.diff.compare import Change, compare
from detente.case.diff.order import Reordered, reordered
from detente.case.diff.record import KINDS, Record, fields_of, records
from detente.case.red_lines import standing_lines

_LINE = ("condition", "sense", "basis", "text_class", "assumed", "contested", "relaxed", "statements", "implied_by")


@dataclass(frozen=True, slots=True)
class CaseDiff:
    """What differs between two cases, read from the first (A) to the second (B).

    Attributes
    ----------
    data : tuple of Change
        Every record that was added, removed or changed.
    order : tuple of Reordered
        Lists whose common entries stand in another order.
    standing_lines : tuple of Change
        Red lines whose standing differs: how each is known, how probably it binds, whether it is contested or taken
        back. It follows from positions, priors and the lines themselves, so an edit of one number can change many.
    """

    data: tuple[Change, ...]
    order: tuple[Reordered, ...]
    standing_lines: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two hold the same, in the same order."""
        return not (self.data or self.order or self.standing_lines)


def diff(a: Case, b: Case) -> CaseDiff:
    """Return what differs between two cases, or between two readings of one (days, lenses).

    Records are found by their ids, so moving them about in the files is no change of data; an id that was renamed is
    one record removed and one added. `diff(a, a)` is empty, and `diff(b, a)` is the mirror image of `diff(a, b)`.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> case = load_case("river-basin")
    >>> found = diff(case.at("2019-04-05"), case.at("2019-04-20"))
    >>> sorted({change.kind for change in found.data if change.how == "removed"})
    []
    """
    one, other = tuple(records(a)), tuple(records(b))
    return CaseDiff(
        data=compare(one, other, KINDS),
        order=reordered(one, other),
        standing_lines=compare(_standing(a), _standing(b), ("standing_lines",)),
    )


def _standing(case: Case) -> Iterator[Record]:
    for preference in case.preferences:
        for line in standing_lines(case, preference.party):
            numbers = {"probability": line.probability, "p_nested": line.p_nested}
            bounds = {
                f"{name}.{bound}": leaf
                for name, number in numbers.items()
                for bound, leaf in fields_of(number, ("low", "mode", "high")).items()
            }
            yield Record("standing_lines", (line.party, line.id), {**fields_of(line, _LINE), **bounds})
