"""Why a state is stable for a party, or not, where comparisons are unknown or preferences strong.

As in `certificates`, for one state and party at a time: the states for which the party would
leave, and for each the shortest legal reply that ends where it is deterred, or that there is
none. What it leaves for and what deters it is that of the variant, see `related`.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from detente.core.errors import ModelError
from detente.engines.stability.certificates import Certificate, Deterrent, Step
from detente.engines.stability.model import Concept, StabilityModel
from detente.engines.stability.related import (
    DEFINED,
    SANCTIONED,
    Variant,
    deterring,
    leaving,
    reach_by_party,
)
from detente.engines.stability.relations import Relations
from detente.maths.compiled import BoolArray


@dataclass(frozen=True)
class RelatedReasons:
    """Certificates in one game; moves are found once for all of them."""

    model: StabilityModel
    preferences: Relations

    def certify(
        self, *, state: int, party: int, concept: Concept, variant: Variant = Variant.A, strongly: bool = False
    ) -> Certificate:
        """Return for what a party would leave a state and what deters it each time.

        Parameters
        ----------
        state, party : int
            The code of a state that can occur, and the party.
        concept : Concept
            Nash, GMR, SMR or SEQ.
        variant : Variant
            How unknown comparisons count.
        strongly : bool
            Whether only a strong sanction counts, as in strong stability.

        Raises
        ------
        ModelError
            If the concept is not defined there, or the state cannot occur.
        """
        defined = SANCTIONED if strongly else DEFINED
        where = "stability.RelatedReasons.certify"
        if concept not in defined:
            raise ModelError(where=where, what="concept is not defined there", got=concept, allowed=", ".join(defined))
        codes = self.preferences.states
        at = int(np.searchsorted(codes, state))
        if at == codes.size or codes[at] != state:
            raise ModelError(where=where, what="no such state", got=state, allowed="The code of a state that can occur")
        leaves = self._reach[party, at] & leaving(self.preferences, party, variant)[at]
        deters = deterring(self.preferences, party, variant, strongly=strongly)[at]
        if concept is Concept.SMR:
            deters = deters & ~(self._reach[party] & ~deters).any(axis=1)
        steps = self._hopeful if concept is Concept.SEQ else self._reach
        deterred, undeterred = [], []
        for first in np.flatnonzero(leaves).tolist():
            replies = () if concept is Concept.NASH else _shortest(steps, party, first, deters)
            if replies:
                moves = tuple(Step(mover, int(codes[end])) for mover, end in replies)
                escapes = self._reach[party, replies[-1][1]] if concept is Concept.SMR else np.zeros(codes.size, bool)
                deterred.append(Deterrent(int(codes[first]), moves, moves[-1].state, tuple(codes[escapes].tolist())))
            else:
                undeterred.append(int(codes[first]))
        undeterred.sort(key=lambda code: (-int(self.model.ranks[party, code]), code))
        return Certificate(party, state, concept, tuple(deterred), tuple(undeterred))

    @cached_property
    def _reach(self) -> BoolArray:
        return reach_by_party(self.model, self.preferences.states)

    @cached_property
    def _hopeful(self) -> BoolArray:
        found: BoolArray = self._reach & (self.preferences.better | self.preferences.unknown)
        return found


def _shortest(steps: BoolArray, focal: int, first: int, deters: BoolArray) -> tuple[tuple[int, int], ...]:
    """Return the fewest moves of the others, nobody twice in a row, from a state to one that deters; () if none do.

    Layer by layer: per mover, the states at which a sequence of so many moves may end with a move of that party and no
    shorter one did.
    """
    others = [party for party in range(steps.shape[0]) if party != focal]
    layer = {party: steps[party, first].copy() for party in others}
    seen = {party: ends.copy() for party, ends in layer.items()}
    layers = [layer]
    while any(ends.any() for ends in layer.values()):
        for party in others:
            hits = np.flatnonzero(layer[party] & deters)
            if hits.size:
                return _traced(steps, layers, party, int(hits[0]))
        longer = {}
        for party in others:
            before = np.logical_or.reduce([np.zeros_like(deters), *(layer[one] for one in others if one != party)])
            longer[party] = steps[party][before].any(axis=0) & ~seen[party]
            seen[party] = seen[party] | longer[party]
        layer = longer
        layers.append(layer)
    return ()


def _traced(steps: BoolArray, layers: list[dict[int, BoolArray]], mover: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the moves that lead to an end in the last layer."""
    found = [(mover, end)]
    for layer in reversed(layers[:-1]):
        mover, end = next(
            (party, int(np.flatnonzero(before)[0]))
            for party, ends in layer.items()
            if party != mover and (before := ends & steps[mover][:, end]).any()
        )
        found.append((mover, end))
    return tuple(reversed(found))
