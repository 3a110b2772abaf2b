"""Stability with states that cannot occur, one-way switches, bans, coalitions and shorter replies.

For a player, the *value* of a state is what deters it there: its rank under GMR and SEQ,
and under SMR the best rank that the player could still reach from it. An improvement to s1
is deterred for s when a reply leads from s1 to a state of value at most the rank of s; so
only the least value among the replies to s1 matters, and it is found for all s1 at once.
Legal replies are searched backwards from states of ascending value over pairs (state, who
moves there), each visited once: nobody moves twice in a row, which matters as soon as a
ban keeps two moves from being one. Moves are found from bits and never stored.

A coalition is deterred where not all of its members end strictly better. Under GMR and
SEQ that is one search per member; under SMR escapes are compared member by member at once,
and each improvement is searched forwards.
"""

import numpy as np

from detente.engines.stability.model import Concept, Int32Array, Players, Reply, StabilityModel, check_once
from detente.maths.compiled import BoolArray, Int8Array, Int64Array, compiled

NEVER = np.int32(np.iinfo(np.int32).max)
"""Value of no reply at all: it deters nobody."""


@compiled("boolean(int32[:,::1], int64[::1], int64, int64, int64)")
def all_better(ranks: Int32Array, members: Int64Array, player: int, here: int, there: int) -> bool:
    """Return whether every member of a player strictly prefers `there`; `members` holds a bit mask per player."""
    left = members[player]
    party = 0
    while left:
        if left & 1 and ranks[party, there] <= ranks[party, here]:
            return False
        left >>= 1
        party += 1
    return True


@compiled("int32[::1](int32[::1], int64[::1], boolean[::1], int64)")
def best_within_reach(ranks: Int32Array, frozen: Int64Array, feasible: BoolArray, mask: int) -> Int32Array:
    """Return for each state the best rank there or after one move of the owner of `mask`."""
    best = ranks.copy()
    for s in range(ranks.size):
        if feasible[s]:
            free = mask & ~frozen[s]
            sub = free
            while sub:
                t = s ^ sub
                if feasible[t] and ranks[t] > best[s]:
                    best[s] = ranks[t]
                sub = (sub - 1) & free
    return best


@compiled(
    "int32[::1](int32[::1], int64[::1], int64[::1], boolean[::1], int64[::1], int64[::1], int32[:,::1], int64, boolean)"
)
def least_after_legal_replies(
    values: Int32Array,
    order: Int64Array,
    frozen: Int64Array,
    feasible: BoolArray,
    masks: Int64Array,
    members: Int64Array,
    ranks: Int32Array,
    focal: int,
    improving: bool,
) -> Int32Array:
    """Return for each state the least value at the end of a legal sequence of the others, NEVER if there is none."""
    states, players = values.size, masks.size
    least = np.full(states, NEVER, dtype=np.int32)
    spread = np.zeros((players, states), dtype=np.bool_)  # who has been asked for its moves into this state
    known = np.zeros((players, states), dtype=np.bool_)  # sequences that begin here with this player's move
    stack = np.empty(states * players + 1, dtype=np.int64)
    for position in range(order.size):
        t = order[position]
        if not feasible[t]:
            continue
        value = values[t]
        # nobody has moved after the end of a sequence, so anybody may have made its last move
        stack[0] = t * (players + 1) + players
        top = 1
        while top > 0:
            top -= 1
            s = stack[top] // (players + 1)
            mover = stack[top] % (players + 1)
            for k in range(players):
                if k in (focal, mover) or spread[k, s]:
                    continue
                spread[k, s] = True
                sub = masks[k]
                while sub:
                    x = s ^ sub
                    untried = feasible[x] and not known[k, x] and not (sub & frozen[x])
                    if untried and (not improving or all_better(ranks, members, k, x, s)):
                        known[k, x] = True
                        least[x] = min(least[x], value)
                        stack[top] = x * (players + 1) + k
                        top += 1
                    sub = (sub - 1) & masks[k]
    return least


@compiled(
    "int32[::1](int32[::1], int64[::1], boolean[::1], int64[::1], int64[::1], int32[:,::1], int64, boolean, boolean)"
)
def least_after_short_replies(
    values: Int32Array,
    frozen: Int64Array,
    feasible: BoolArray,
    masks: Int64Array,
    members: Int64Array,
    ranks: Int32Array,
    focal: int,
    improving: bool,
    once: bool,
) -> Int32Array:
    """Return the least value after one move of each other player at most (`once`), or after one move of one."""
    states, players = values.size, masks.size
    others = np.empty(players, dtype=np.int64)
    count = 0
    for k in range(players):
        if k != focal:
            others[count] = k
            count += 1
    sets = (np.int64(1) << count) if once else np.int64(2)
    least = np.full((sets, states), NEVER, dtype=np.int32)  # by the set of those who may still move
    for remaining in range(1, sets):
        for s in range(states):
            if not feasible[s]:
                continue
            lowest = least[remaining, s]
            for n in range(count):
                if once and not (remaining >> n) & 1:
                    continue
                k = others[n]
                after = (remaining & ~(np.int64(1) << n)) if once else np.int64(0)
                free = masks[k] & ~frozen[s]
                sub = free
                while sub:
                    t = s ^ sub
                    if feasible[t] and (not improving or all_better(ranks, members, k, s, t)):
                        lowest = min(lowest, values[t], least[after, t])
                    sub = (sub - 1) & free
            least[remaining, s] = lowest
    result: Int32Array = least[sets - 1].copy()
    return result


@compiled("boolean[::1](int32[:,::1], int64[::1], boolean[::1], int64[::1], int64[::1], int32[:,::1], int64)")
def deterred_everywhere(
    least: Int32Array,
    frozen: Int64Array,
    feasible: BoolArray,
    masks: Int64Array,
    members: Int64Array,
    ranks: Int32Array,
    focal: int,
) -> BoolArray:
    """Return where every improvement is deterred; row n of `least` belongs to the n-th member of the focal player."""
    stable = np.zeros(feasible.size, dtype=np.bool_)
    for s in range(feasible.size):
        if not feasible[s]:
            continue
        free = masks[focal] & ~frozen[s]
        sub = free
        holds = True
        while sub and holds:
            t = s ^ sub
            if feasible[t] and all_better(ranks, members, focal, s, t):
                holds = False
                left = members[focal]
                party = 0
                row = 0
                while left:
                    if left & 1:
                        if least[row, t] <= ranks[party, s]:
                            holds = True
                        row += 1
                    left >>= 1
                    party += 1
            sub = (sub - 1) & free
        stable[s] = holds
    return stable


@compiled("boolean(int64, int64, int64[::1], boolean[::1], int64[::1], int64[::1], int32[:,::1], int64, int8[::1])")
def escapes_better(
    s: int,
    t: int,
    frozen: Int64Array,
    feasible: BoolArray,
    masks: Int64Array,
    members: Int64Array,
    ranks: Int32Array,
    focal: int,
    memory: Int8Array,
) -> bool:
    """Return whether at t, or one move of the focal player further, all its members are better off than in s."""
    if memory[t] != 0:
        return bool(memory[t] == 1)
    found = all_better(ranks, members, focal, s, t)
    free = masks[focal] & ~frozen[t]
    sub = free
    while sub and not found:
        x = t ^ sub
        found = feasible[x] and all_better(ranks, members, focal, s, x)
        sub = (sub - 1) & free
    memory[t] = 1 if found else 2
    return found


@compiled("boolean[::1](int64[::1], boolean[::1], int64[::1], int64[::1], int32[:,::1], int64, int64)")
def coalition_smr(
    frozen: Int64Array,
    feasible: BoolArray,
    masks: Int64Array,
    members: Int64Array,
    ranks: Int32Array,
    focal: int,
    mode: int,
) -> BoolArray:
    """Return SMR stability of a coalition; mode 0 legal replies, 1 once each, 2 one single reply."""
    states, players = feasible.size, masks.size
    stable = np.zeros(states, dtype=np.bool_)
    sets = (np.int64(1) << players) if mode == 1 else np.int64(players + 1)  # what is known of those who moved
    seen = np.full(states * sets, -1, dtype=np.int64)
    stack = np.empty(states * sets, dtype=np.int64)
    memory = np.empty(states, dtype=np.int8)
    search = np.int64(-1)
    for s in range(states):
        if not feasible[s]:
            continue
        memory[:] = 0
        free = masks[focal] & ~frozen[s]
        first = free
        holds = True
        while first and holds:
            s1 = s ^ first
            if feasible[s1] and all_better(ranks, members, focal, s, s1):
                holds = False
                search += 1
                stack[0] = s1 * sets + (0 if mode == 1 else players)
                seen[stack[0]] = search
                top = 1
                while top > 0 and not holds:
                    top -= 1
                    u = stack[top] // sets
                    moved = stack[top] % sets
                    for k in range(players):
                        if k == focal or holds:
                            continue
                        if (mode == 1 and (moved >> k) & 1) or (mode == 0 and moved == k):
                            continue
                        after = (moved | (np.int64(1) << k)) if mode == 1 else np.int64(k)
                        open_bits = masks[k] & ~frozen[u]
                        sub = open_bits
                        while sub and not holds:
                            t = u ^ sub
                            if feasible[t] and seen[t * sets + after] != search:
                                seen[t * sets + after] = search
                                holds = not escapes_better(s, t, frozen, feasible, masks, members, ranks, focal, memory)
                                if mode != 2:
                                    stack[top] = t * sets + after
                                    top += 1
                            sub = (sub - 1) & open_bits
            first = (first - 1) & free
        stable[s] = holds
    return stable


@compiled("boolean[::1](int64[::1], boolean[::1], int64[::1], int64[::1], int32[:,::1], int64)")
def simultaneous(
    frozen: Int64Array,
    feasible: BoolArray,
    masks: Int64Array,
    members: Int64Array,
    ranks: Int32Array,
    focal: int,
) -> BoolArray:
    """Return SIM stability: each other player stays or improves from s, and the changes add up."""
    players = masks.size
    stable = np.zeros(feasible.size, dtype=np.bool_)
    room = np.int64(0)
    start = np.zeros(players + 1, dtype=np.int64)
    for k in range(players):
        bits = masks[k]
        options = np.int64(1)
        while bits:
            options <<= bits & 1
            bits >>= 1
        start[k] = room
        room += options
    changes = np.zeros(room, dtype=np.int64)  # what each other player may do in s; the first is to stay
    count = np.zeros(players, dtype=np.int64)
    at = np.zeros(players, dtype=np.int64)
    for s in range(feasible.size):
        if not feasible[s]:
            continue
        for k in range(players):
            count[k] = 1
            if k != focal:
                free = masks[k] & ~frozen[s]
                sub = free
                while sub:
                    if feasible[s ^ sub] and all_better(ranks, members, k, s, s ^ sub):
                        changes[start[k] + count[k]] = sub
                        count[k] += 1
                    sub = (sub - 1) & free
        free = masks[focal] & ~frozen[s]
        first = free
        holds = True
        while first and holds:
            s1 = s ^ first
            if feasible[s1] and all_better(ranks, members, focal, s, s1):
                holds = False
                at[:] = 0
                while not holds:
                    k = 0
                    while k < players and at[k] + 1 == count[k]:
                        at[k] = 0
                        k += 1
                    if k == players:
                        break
                    at[k] += 1
                    t = s1
                    for j in range(players):
                        t ^= changes[start[j] + at[j]]
                    holds = feasible[t] and not all_better(ranks, members, focal, s, t)
            first = (first - 1) & free
        stable[s] = holds
    return stable


def solve_general(
    model: StabilityModel,
    concepts: tuple[Concept, ...],
    reply: Reply,
    players: Players,
    *,
    only: tuple[int, ...] | None = None,
) -> dict[Concept, BoolArray]:
    """Return stability under any of the five concepts, a row for each player or for those in `only`.

    Raises
    ------
    ModelError
        If replies of each once are asked for and there are too many players and states.
    """
    if not {Concept.NASH, Concept.SIM}.issuperset(concepts):
        check_once(model, players, reply, "stability.solve")
    wanted = tuple(range(len(players))) if only is None else only
    frozen, feasible = model.frozen(), np.ascontiguousarray(model.occurring())
    ranks = np.ascontiguousarray(model.ranks)
    masks = np.array([model.mask(part) for part in players], dtype=np.int64)
    members = np.array([sum(1 << party for party in part) for part in players], dtype=np.int64)
    stable = {concept: np.empty((len(wanted), model.states), dtype=np.bool_) for concept in concepts}
    modes = {Reply.LEGAL: 0, Reply.ONCE: 1, Reply.SINGLE: 2}

    def least(values: Int32Array, focal: int, improving: bool) -> Int32Array:
        if reply is Reply.LEGAL:
            order = np.argsort(values, kind="stable")
            return least_after_legal_replies(values, order, frozen, feasible, masks, members, ranks, focal, improving)
        once = reply is Reply.ONCE
        return least_after_short_replies(values, frozen, feasible, masks, members, ranks, focal, improving, once)

    for row, focal in enumerate(wanted):
        part = players[focal]
        for concept in concepts:
            if concept is Concept.SIM:
                kept = simultaneous(frozen, feasible, masks, members, ranks, focal)
            elif concept is Concept.SMR and len(part) > 1:
                kept = coalition_smr(frozen, feasible, masks, members, ranks, focal, modes[reply])
            else:
                if concept is Concept.NASH:
                    rows = np.full((len(part), model.states), NEVER, dtype=np.int32)
                elif concept is Concept.SMR:
                    values = best_within_reach(ranks[part[0]].copy(), frozen, feasible, masks[focal])
                    rows = least(values, focal, False)[np.newaxis]
                else:
                    improving = concept is Concept.SEQ
                    rows = np.stack([least(ranks[party].copy(), focal, improving) for party in sorted(part)])
                kept = deterred_everywhere(rows, frozen, feasible, masks, members, ranks, focal)
            stable[concept][row] = kept
    return stable
