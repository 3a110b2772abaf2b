"""The shortest reply that deters an improvement, in large models too.

Breadth first over pairs of a state and who moved there last, or, where each of the others moves
once at most, who has moved; in the order of players and codes, so that the first sanction found
has the fewest moves. A pair from which a whole search found no
sanction leads to none from any other improvement either, and is not looked at again: what all
the improvements of a player in a state cost is one search of the graph, and the ways to sanctions.
"""

import numpy as np

from detente.engines.stability.general import all_better, escapes_better
from detente.engines.stability.model import Concept, Int32Array, Players, Reply, StabilityModel
from detente.maths.compiled import BoolArray, Int8Array, Int64Array, compiled

NONE = -1
START = -2


@compiled(
    "int64(int64, int64, int64, int64[::1], boolean[::1], int64[::1], int64[::1], int32[:,::1], "
    "boolean, boolean, boolean, boolean, int32, int32[::1], int32[::1], int32[::1], int8[::1])"
)
def _nearest(
    here: int,
    improvement: int,
    focal: int,
    frozen: Int64Array,
    feasible: BoolArray,
    masks: Int64Array,
    members: Int64Array,
    ranks: Int32Array,
    improving: bool,
    escaping: bool,
    single: bool,
    once: bool,
    search: int,
    seen: Int32Array,
    came_from: Int32Array,
    waiting: Int32Array,
    memory: Int8Array,
) -> int:
    """Return the pair at which the first sanction is found, NONE if there is none.

    A pair is (state x tags + tag). The tag is who moved there last or, with `once`, the set of those who have moved,
    the focal player among them. `seen` holds the number of the last search that came to it, NONE
    where a search has found that it leads nowhere; `came_from` the pair before it, START for the improvement.
    """
    players = masks.size
    tags = 1 << players if once else players
    first: int = 1 << focal if once else focal
    count = 0
    at = -1
    while at < count:
        u: int = improvement if at < 0 else int(waiting[at]) // tags
        tag: int = first if at < 0 else int(waiting[at]) % tags
        for k in range(players):
            if k == focal or ((tag >> k) & 1 if once else k == tag):
                continue
            then: int = tag | (1 << k) if once else k
            free = masks[k] & ~frozen[u]
            base = u & ~free
            setting = 0
            while True:
                t: int = base | setting
                pair: int = t * tags + then
                new = t != u and feasible[t] and seen[pair] != search and seen[pair] != NONE
                if new and (not improving or all_better(ranks, members, k, u, t)):
                    seen[pair] = search
                    came_from[pair] = START if at < 0 else waiting[at]
                    if escaping:
                        gets_out = escapes_better(here, t, frozen, feasible, masks, members, ranks, focal, memory)
                    else:
                        gets_out = all_better(ranks, members, focal, here, t)
                    if not gets_out:
                        return pair
                    if not single:
                        waiting[count] = pair
                        count += 1
                if setting == free:
                    break
                setting = (setting - free) & free
        at += 1
    if not single:
        for place in range(count):
            seen[waiting[place]] = NONE
    return NONE


class Sanctions:
    """Searches for what deters the improvements of one player in one state.

    Parameters
    ----------
    model : StabilityModel
        The game.
    players : tuple of tuples of int
        Who plays in it.
    state, player : int
        Where who thinks of leaving.
    concept : Concept
        GMR, SMR or SEQ.
    reply : Reply
        How the others may answer.
    """

    def __init__(
        self, model: StabilityModel, players: Players, *, state: int, player: int, concept: Concept, reply: Reply
    ) -> None:
        self._state, self._player, self._players = state, player, players
        self._frozen = model.frozen()
        self._feasible = np.ascontiguousarray(model.occurring())
        self._ranks = np.ascontiguousarray(model.ranks)
        self._masks = np.array([model.mask(part) for part in players], dtype=np.int64)
        self._members = np.array([sum(1 << party for party in part) for part in players], dtype=np.int64)
        self._tags = 1 << len(players) if reply is Reply.ONCE else len(players)
        pairs = model.states * self._tags
        self._seen = np.zeros(pairs, dtype=np.int32)
        self._came_from, self._waiting = np.empty(pairs, dtype=np.int32), np.empty(pairs, dtype=np.int32)
        self._memory = np.zeros(model.states, dtype=np.int8)
        self._concept, self._reply = concept, reply
        self._search = 0

    def nearest(self, improvement: int) -> tuple[tuple[int, int], ...]:
        """Return the shortest reply to an improvement that deters, (player, state) per move; empty if there is none."""
        self._search += 1
        pair = _nearest(
            self._state, improvement, self._player, self._frozen, self._feasible, self._masks, self._members,
            self._ranks, self._concept is Concept.SEQ, self._concept is Concept.SMR, self._reply is Reply.SINGLE,
            self._reply is Reply.ONCE, self._search, self._seen, self._came_from, self._waiting, self._memory,
        )  # fmt: skip
        steps = []
        while pair >= 0:
            before = int(self._came_from[pair])
            steps.append((self._mover(pair, before), pair // self._tags))
            pair = before
        return tuple(reversed(steps))

    def _mover(self, pair: int, before: int) -> int:
        """Return who moved to the state of a pair."""
        tag = pair % self._tags
        if self._reply is not Reply.ONCE:
            return tag
        earlier = 1 << self._player if before < 0 else before % self._tags
        return (tag ^ earlier).bit_length() - 1
