"""Minimal sets that meet every set of a family (minimal transversals, minimal covers).

Sets are bit masks. Berge's method adds one set of the family at a time and keeps
the minimal covers of those seen [Berge1989]_. A cover is minimal if each of its
elements is the only one in some set of the family; that is cheaper to see than to
compare covers with each other.

References
----------
.. [Berge1989] Berge (1989). Hypergraphs: Combinatorics of Finite Sets, section 2.1.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from detente.maths.compiled import compiled

Masks = NDArray[np.uint64]  # (sets, words), least significant word first

_WORD = (1 << 64) - 1


def bits(mask: int) -> Iterator[int]:
    """Yield the elements of a set."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


@compiled("Tuple((uint64[:,::1], int64))(uint64[:,::1], uint64[:,::1], uint64[:,::1], int64)")
def _one_more(covers: Masks, family: Masks, known: Masks, limit: int) -> tuple[Masks, int]:
    """Return minimal covers of `family` that hold no set of `known`, given those without its last set.

    The second result is 1 if there are more than the `limit` returned.
    """
    words = family.shape[1]
    new = family.shape[0] - 1
    out = np.empty((limit, words), dtype=np.uint64)
    found = 0
    larger = np.empty(words, dtype=np.uint64)
    alone = np.empty(words, dtype=np.uint64)
    for row in range(covers.shape[0]):
        meets = False
        for w in range(words):
            if covers[row, w] & family[new, w]:
                meets = True
        for bit in range(1 if meets else 64 * words):
            for w in range(words):
                larger[w] = covers[row, w]
            if not meets:
                one = np.uint64(1) << np.uint64(bit % 64)
                if not family[new, bit // 64] & one:
                    continue
                larger[bit // 64] |= one
                alone[:] = 0
                for member in range(new + 1):
                    single = True
                    at = -1
                    for w in range(words):
                        common = family[member, w] & larger[w]
                        if common:
                            if at >= 0 or common & (common - np.uint64(1)):
                                single = False
                                break
                            at = w
                    if single and at >= 0:
                        alone[at] |= family[member, at] & larger[at]
                minimal = True
                for w in range(words):
                    if alone[w] != larger[w]:
                        minimal = False
                if not minimal:
                    continue
                for other in range(known.shape[0]):
                    inside = True
                    for w in range(words):
                        if known[other, w] & ~larger[w]:
                            inside = False
                    if inside:
                        minimal = False
                        break
                if not minimal:
                    continue
            if found == limit:
                return out, 1
            for w in range(words):
                out[found, w] = larger[w]
            found += 1
    return out[:found], 0


def _masks(sets: Sequence[int], words: int) -> Masks:
    rows = [[(mask >> (64 * w)) & _WORD for w in range(words)] for mask in sets]
    return np.array(rows, np.uint64).reshape(len(sets), words)


class Covers:
    """The minimal covers of a family that grows one set at a time.

    Parameters
    ----------
    elements : int
        Sets hold elements below this number.
    limit : int
        Largest number of covers; beyond it some are left out and `complete` is False.
        Those that remain are minimal covers all the same.
    known : sequence of int
        Covers that hold one of these are of no interest and left out.
    """

    def __init__(self, elements: int, limit: int, known: Sequence[int] = ()) -> None:
        self._words = max(1, -(-elements // 64))
        self._limit = limit
        self._family: list[int] = []
        self._known = list(known)
        self._covers = [0] if 0 not in self._known else []
        self.complete = True

    def add(self, new: int) -> None:
        """Add a set to the family."""
        self._family.append(new)
        covers, full = _one_more(
            _masks(self._covers, self._words),
            _masks(self._family, self._words),
            _masks(self._known, self._words),
            self._limit,
        )
        self.complete = self.complete and not full
        self._covers = [sum(word << (64 * w) for w, word in enumerate(row)) for row in covers.tolist()]

    def take(self) -> int | None:
        """Return a cover, or None if none is left."""
        return self._covers[-1] if self._covers else None

    def settle(self, cover: int) -> None:
        """Count the last cover among the known ones."""
        self._known.append(cover)
        self._covers.remove(cover)

    @property
    def known(self) -> tuple[int, ...]:
        """Return the known covers."""
        return tuple(self._known)

    def __iter__(self) -> Iterator[int]:
        """Yield the minimal covers as bit masks."""
        return iter(self._covers)

    def __len__(self) -> int:
        """Return the number of minimal covers."""
        return len(self._covers)


def minimal_sets(sets: Iterable[int]) -> list[int]:
    """Return the sets that contain no other one, smallest first."""
    kept: list[int] = []
    for mask in sorted(set(sets), key=lambda m: (m.bit_count(), m)):
        if not any(other & ~mask == 0 for other in kept):
            kept.append(mask)
    return kept


def minimal_covers(family: Iterable[int], *, limit: int = 1 << 20) -> list[int]:
    """Return the minimal sets that meet every set of `family`; if there are more than `limit`, some of them.

    Examples
    --------
    >>> sorted(minimal_covers([0b011, 0b110]))
    [2, 5]
    """
    members = minimal_sets(family)
    covers = Covers(max((m.bit_length() for m in members), default=0), limit)
    for member in members:
        covers.add(member)
    return list(covers)
