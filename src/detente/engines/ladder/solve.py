r"""Backward induction on an escalation ladder, exactly and for many draws of its numbers.

Parties take turns in a fixed order that goes round. Whose turn it is either gives way and leaves, or acts on a higher
rung than the last act. While an act stands, events run out of control with the chance :math:`q_k` of its rung, which
nobody decides [Schelling1966]_. It ends when no two opponents are left in it: who remains prevails, and giving way is
final, whatever others do later. With :math:`D` for events out of control, :math:`c_k` for
the cost of the rung and :math:`V'` for the value after the act,

.. math:: V = \max\{ V_{\text{gives way}},\; (1 - q_k) V' + q_k D - c_k \} ;

a party that is indifferent gives way. A party without a move on a higher rung gives way.

Everything is known to everybody. Such ladders turn on who happens to have the last move, so one play means nothing:
results are for every first party, every rung to begin from and every draw, to be read together.

References
----------
.. [Schelling1966] Schelling (1966). Arms and Influence. Yale University Press, chapter 3.
.. [Powell1990] Powell (1990). Nuclear Deterrence Theory: The Search for Credibility. Cambridge University Press.
"""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from detente.core.findings import Findings
from detente.core.progress import Progress, silent
from detente.engines.ladder.model import Climb, LadderModel, LadderPlay
from detente.maths.compiled import BoolArray, FloatArray, Int64Array, compiled

ASSUMPTIONS = (
    "Parties act in turn; each act is on a higher rung than the last, or the party gives way and leaves.",
    "It ends when no opponents are left in it; who remains prevails, and giving way is final.",
    "A party without a move on a higher rung gives way; so does one that is indifferent.",
    "Within a draw everybody knows all numbers of all parties.",
)


def solve(model: LadderModel, *, progress: Progress | None = None) -> Findings[LadderPlay]:
    """Return how the contest would go in each draw, from each rung and with each party first.

    Parameters
    ----------
    model : LadderModel
        Who has a move where, and the numbers of each draw.

    Returns
    -------
    Findings of LadderPlay
        One solution.

    Notes
    -----
    The work grows with draws × rungs × parties × 2^parties; with 12 rungs, three parties and 10^4 draws it is a matter
    of a tenth of a second.

    Examples
    --------
    The other's critical risk, 0.1, is soon passed, and it gives way after the first act:

    >>> one = LadderModel(
    ...     moves=np.ones((2, 6), dtype=bool),
    ...     opposed=~np.eye(2, dtype=bool),
    ...     accident=np.array([[0.02, 0.04, 0.06, 0.08, 0.12, 0.2]]),
    ...     cost=np.zeros((1, 2, 6)),
    ...     end=np.array([[[30.0, -10.0], [0.0, 10.0]]]),
    ...     uncontrolled=np.array([[-60.0, -90.0]]),
    ...     order=np.array([[0, 1]]),
    ... )
    >>> found = solve(one).solutions[0]
    >>> found.value[0, 0, 0].round(6).tolist(), int(found.last[0, 0, 0]), int(found.remains[0, 0, 0])
    ([28.2, -1.8], 1, 1)
    """
    told = progress or silent
    told(0.0, "the ladder")
    parties, rungs = model.moves.shape
    draws = len(model.accident)
    shape = (draws, rungs + 1, parties)
    play = LadderPlay(
        act=np.zeros(shape, dtype=np.int64),
        last=np.zeros(shape, dtype=np.int64),
        remains=np.zeros(shape, dtype=np.int64),
        accident=np.zeros(shape),
        value=np.zeros((*shape, parties)),
    )
    _play(
        np.ascontiguousarray(model.moves, dtype=np.bool_),
        np.ascontiguousarray(model.opposed, dtype=np.bool_),
        np.ascontiguousarray(model.accident, dtype=np.float64),
        np.ascontiguousarray(model.cost, dtype=np.float64),
        np.ascontiguousarray(model.end, dtype=np.float64),
        np.ascontiguousarray(model.uncontrolled, dtype=np.float64),
        np.ascontiguousarray(model.order, dtype=np.int64),
        1 if model.climb is Climb.NEXT else rungs,
        play.act,
        play.last,
        play.remains,
        play.accident,
        play.value,
    )
    told(1.0, "the ladder")
    return Findings(
        "ladder",
        (play,),
        ASSUMPTIONS,
        parameters=MappingProxyType({"draws": draws, "climb": str(model.climb)}),
    )


@compiled(
    "void(b1[:,::1], b1[:,::1], f8[:,::1], f8[:,:,::1], f8[:,:,::1], f8[:,::1], i8[:,::1], i8, "
    "i8[:,:,::1], i8[:,:,::1], i8[:,:,::1], f8[:,:,::1], f8[:,:,:,::1])"
)
def _play(
    moves: BoolArray,
    opposed: BoolArray,
    accident: FloatArray,
    cost: FloatArray,
    end: FloatArray,
    uncontrolled: FloatArray,
    order: Int64Array,
    choices: int,
    act: Int64Array,
    last: Int64Array,
    remains: Int64Array,
    risk: FloatArray,
    value: FloatArray,
) -> None:
    """Fill the results draw by draw: sets of parties still in as bits of places in the order, rungs from the top."""
    parties, rungs = moves.shape
    everybody = (1 << parties) - 1
    v = np.empty((everybody + 1, parties, rungs + 1, parties))
    top = np.empty((everybody + 1, parties, rungs + 1), dtype=np.int64)
    who = np.empty((everybody + 1, parties, rungs + 1), dtype=np.int64)
    lost = np.empty((everybody + 1, parties, rungs + 1))
    over = np.empty(everybody + 1, dtype=np.bool_)
    named = np.empty(everybody + 1, dtype=np.int64)
    ended = np.empty((everybody + 1, parties))
    for d in range(accident.shape[0]):
        for held in range(1, everybody + 1):
            over[held], named[held] = True, 0
            for place in range(parties):
                if held >> place & 1:
                    named[held] |= 1 << order[d, place]
            for i in range(parties):
                for j in range(parties):
                    if opposed[i, j] and named[held] >> i & 1 and named[held] >> j & 1:
                        over[held] = False
            for i in range(parties):
                if named[held] >> i & 1:
                    ended[held, i] = end[d, i, i]
                    continue
                to_left, to_any = np.inf, np.inf
                for j in range(parties):
                    if opposed[i, j]:
                        to_any = min(to_any, end[d, i, j])
                        if named[held] >> j & 1:
                            to_left = min(to_left, end[d, i, j])
                ended[held, i] = to_any if to_left == np.inf else to_left
        for held in range(1, everybody + 1):
            for rung in range(rungs, -1, -1):
                for place in range(parties):
                    if not held >> place & 1:
                        continue
                    me = order[d, place]
                    if over[held]:
                        for j in range(parties):
                            v[held, place, rung, j] = ended[held, j]
                        top[held, place, rung], who[held, place, rung], lost[held, place, rung] = rung, named[held], 0.0
                        continue
                    after = (place + 1) % parties
                    while not held >> after & 1:
                        after = (after + 1) % parties
                    left = held ^ 1 << place
                    best, goes, tried = v[left, after, rung, me], 0, 0
                    for k in range(rung, rungs):
                        if tried == choices:
                            break
                        if moves[me, k]:
                            tried += 1
                            q = accident[d, k]
                            worth = (1.0 - q) * v[held, after, k + 1, me] + q * uncontrolled[d, me] - cost[d, me, k]
                            if worth > best:
                                best, goes = worth, k + 1
                    if held == everybody:
                        act[d, rung, me] = goes
                    if goes == 0:
                        for j in range(parties):
                            v[held, place, rung, j] = v[left, after, rung, j]
                        top[held, place, rung] = top[left, after, rung]
                        who[held, place, rung] = who[left, after, rung]
                        lost[held, place, rung] = lost[left, after, rung]
                        continue
                    q = accident[d, goes - 1]
                    for j in range(parties):
                        worth = (1.0 - q) * v[held, after, goes, j] + q * uncontrolled[d, j]
                        v[held, place, rung, j] = worth
                    for seat in range(parties):
                        if held >> seat & 1:
                            j = order[d, seat]
                            v[held, place, rung, j] -= cost[d, j, goes - 1]
                    top[held, place, rung] = top[held, after, goes]
                    who[held, place, rung] = who[held, after, goes]
                    lost[held, place, rung] = q + (1.0 - q) * lost[held, after, goes]
        for rung in range(rungs + 1):
            for place in range(parties):
                me = order[d, place]
                last[d, rung, me] = top[everybody, place, rung]
                remains[d, rung, me] = who[everybody, place, rung]
                risk[d, rung, me] = lost[everybody, place, rung]
                for j in range(parties):
                    value[d, rung, me, j] = v[everybody, place, rung, j]
