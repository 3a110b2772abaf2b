"""Why nothing can be agreed: the smallest sets of demands that cannot hold together.

A *demand* is a binding red line or a reservation value; links are never given up.
Each package leaves some demands unmet, and a set of demands conflicts if it meets
every such set. So the minimal conflicts are the minimal covers of the sets of
unmet demands. These sets are not listed: starting from none, each minimal cover of
those known so far is tried; either no package meets it and it is a conflict, or a
package does, and what that package leaves unmet, made as small as possible, is a
new set to cover [GunopulosEtAl2003]_.

Where that grows too large, conflicts are sought by size instead, the smallest
first, until the effort is spent; conflicts among the lines on one group of joined
issues are then still found whatever their size. The result says up to which size
it is complete.

References
----------
.. [GunopulosEtAl2003] Gunopulos et al. (2003). Discovering all most specific
   sentences. ACM Transactions on Database Systems 28(2), 140-174.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.core.progress import Progress, silent
from detente.engines.settlement.feasibility import Demands, demands
from detente.engines.settlement.model import Completion, SettlementModel
from detente.maths.covers import Covers, bits, minimal_covers

CONFLICTS = 10_000
"""Largest number of conflicts by default."""

TRIES = 10_000
"""Searches for a package by default; one that needs integer programming counts as several."""


NODES = 20
"""Sets looked at without a search cost about as much as one search."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Red lines and reservation values that no package meets together; without any one of them some does."""

    lines: tuple[int, ...]  # indices into model.lines
    parties: tuple[int, ...]  # whose value of no agreement takes part


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The minimal conflicts, smallest first.

    `complete_to` is the number of demands up to which all are listed; None if all are.
    """

    sets: tuple[Conflict, ...]
    complete_to: int | None
    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Return whether every minimal conflict is listed."""
        return self.complete_to is None


def find_conflicts(
    model: SettlementModel,
    *,
    binding: Sequence[int],
    completion: Completion,
    limit: int = CONFLICTS,
    tries: int = TRIES,
    progress: Progress = silent,
) -> Conflicts:
    """Return every minimal set of binding lines and reservation values that cannot hold together.

    No set is returned if the zone is not empty. One set without lines and parties
    says that the links alone cannot all be kept.

    Parameters
    ----------
    binding : sequence of int
        Indices of the red lines that bind.
    limit : int
        Largest number of sets.
    tries : int
        Largest number of searches for a package. If this or the limit is reached,
        the sets returned are minimal conflicts, but larger ones may be missing.

    Raises
    ------
    ModelError
        If an index names no line, or joined issues have too many combinations.
    """
    asked = demands(model, lines=tuple(sorted(set(binding))), completion=completion)
    search = _Search(asked, NODES * tries)
    lines_only = [mask for family in asked.families() for mask in minimal_covers(family, limit=limit)]
    if 0 in lines_only:
        return Conflicts((Conflict((), ()),), None, ("The links alone cannot all be kept.",))
    complete_to: int | None = 0
    if len(lines_only) >= limit:
        found = lines_only
    else:
        found, complete = _by_covers(search, lines_only, limit, progress)
        complete_to = None
        if not complete:
            search.left = NODES * tries
            found, complete_to = _by_size(search, found, limit, progress)
    sets = tuple(sorted((_named(asked, mask) for mask in found), key=_rank))[:limit]
    notes: tuple[str, ...] = ()
    if complete_to is not None:
        among = f", among them all with at most {complete_to} demands" if complete_to else ""
        notes = (f"There may be more minimal conflicts than the {len(sets)} that are listed{among}.",)
    return Conflicts(sets, complete_to, notes)


def _rank(conflict: Conflict) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    return len(conflict.lines) + len(conflict.parties), conflict.lines, conflict.parties


def _named(asked: Demands, mask: int) -> Conflict:
    lines = len(asked.lines)
    members = list(bits(mask))
    return Conflict(
        tuple(asked.lines[k] for k in members if k < lines), tuple(k - lines for k in members if k >= lines)
    )


class _Search:
    """Questions to the demands, with what was learnt: each answer is a set that every conflict meets."""

    def __init__(self, asked: Demands, tries: int) -> None:
        self.asked = asked
        self.left = tries
        self.every = (1 << asked.number) - 1
        self.unmet: list[int] = []  # minimal sets left unmet by some package
        self._seen: dict[int, int | None] = {}

    def ask(self, wanted: int) -> int | None:
        """Return what a package that meets `wanted` leaves unmet; None if there is none."""
        if wanted not in self._seen:
            answer = self.asked.ask(wanted)
            self.left -= NODES * answer.cost
            self._seen[wanted] = answer.unmet
        return self._seen[wanted]

    def learn(self, unmet: int) -> int:
        """Make a set of unmet demands minimal, and remember it."""
        given_up = 0
        while rest := unmet & ~given_up:
            demand = rest & -rest
            better = self.ask((self.every & ~unmet) | demand)
            if better is None:
                given_up |= demand
            else:
                unmet = better
        self.unmet.append(unmet)
        return unmet


def _by_covers(search: _Search, known: Sequence[int], limit: int, progress: Progress) -> tuple[list[int], bool]:
    """Return minimal conflicts, and whether these are all, given some that are known."""
    covers = Covers(search.asked.number, limit, known)
    while search.left > 0 and covers.complete and len(covers.known) <= limit:
        cover = covers.take()
        if cover is None:
            return list(covers.known), True
        unmet = search.ask(cover)
        if unmet is None:
            covers.settle(cover)
            progress(len(covers.known) / (len(covers.known) + len(covers)), f"{len(covers.known)} conflicts")
            continue
        unmet = search.learn(unmet)
        if unmet == 0:
            return [], True
        covers.add(unmet)
        search.left -= len(covers)
    return list(covers.known), False


def _by_size(search: _Search, known: Sequence[int], limit: int, progress: Progress) -> tuple[list[int], int | None]:
    """Return conflicts, and the size up to which they are all; None if that is every size."""
    found = list(known)
    size = 0
    start = search.left
    while search.left > 0 and len(found) < limit:
        cut = [False]
        for conflict in _conflicts_of(search, size, 0, search.every, found, cut):
            found.append(conflict)
            if len(found) >= limit:
                return found, max(0, size - 1)
        if search.left > 0:
            if not cut[0]:
                return found, None
            size += 1
            progress(1.0 - search.left / start, f"{len(found)} conflicts")
    return found, max(0, size - 1)


def _conflicts_of(
    search: _Search, size: int, chosen: int, open_to: int, known: list[int], cut: list[bool]
) -> Iterator[int]:
    """Yield new conflicts of `size` demands that hold `chosen` and otherwise only `open_to`.

    All conflicts of fewer demands are known, so a set that holds none of them and
    that no package meets is minimal.
    """
    search.left -= 1
    if search.left <= 0 or any(conflict & ~chosen == 0 for conflict in known):
        return
    missed = [unmet for unmet in search.unmet if not unmet & chosen]
    if not missed:
        answer = search.ask(chosen)
        if answer is None:
            if chosen.bit_count() == size:
                yield chosen
            return
        missed = [search.learn(answer)]
    if chosen.bit_count() == size:
        cut[0] = True
        return
    branch = min((unmet & open_to for unmet in missed), key=int.bit_count)
    open_to &= ~branch
    for k in bits(branch):
        yield from _conflicts_of(search, size, chosen | 1 << k, open_to, known, cut)
        open_to |= 1 << k
