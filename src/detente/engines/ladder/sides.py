r"""What each party could gain from an act if the others then gave way, rung by rung, and who could answer it.

A party that acts on rung :math:`m` and is not answered gets :math:`h_i(m) = (1 - q_m) P_i + q_m D_i - c_{im}`: it
prevails unless events run out of control. It rather acts than gives way where :math:`h_i(m) > L_i`; the chance at which
both are worth the same is its critical risk :math:`(P_i - L_i) / (P_i - D_i)` [Ellsberg1959]_.

References
----------
.. [Ellsberg1959] Ellsberg (1959). The Theory and Practice of Blackmail. Lecture, reprinted as RAND P-3883 (1968).
"""

from __future__ import annotations

import numpy as np

from detente.engines.ladder.model import LadderModel
from detente.maths.compiled import BoolArray, FloatArray


def hopes(model: LadderModel) -> FloatArray:
    """Return what an unanswered act on each rung is worth to each party, of shape (draws, parties, rungs).

    Where a party has no move it is minus infinity.
    """
    prevails = np.diagonal(model.end, axis1=1, axis2=2)[:, :, None]
    chance = model.accident[:, None, :]
    worth = (1.0 - chance) * prevails + chance * model.uncontrolled[:, :, None] - model.cost
    return np.where(model.moves[None], worth, -np.inf)


def unanswered(model: LadderModel) -> BoolArray:
    """Tell where one party has an act that it prefers to giving way, and another no answer that it prefers.

    Returns
    -------
    (draws, rungs + 1, parties, parties) bool
        `[d, k, a, b]`: standing on rung k, a has a move on a higher rung m whose hope is above what giving way to b is
        worth to a, while b has no move on m or above whose hope is above what giving way to a is worth to b. False
        where a and b are no opponents.

    Notes
    -----
    It compares hopes, not plays: neither the turns nor what others would do enter, and an answer in kind, on the same
    rung, counts as one.

    Examples
    --------
    Both have a move on the only rung; B's critical risk is 0.1, less than the chance of an accident, and A's is 4/9:

    >>> one = LadderModel(
    ...     moves=np.ones((2, 1), dtype=bool),
    ...     opposed=~np.eye(2, dtype=bool),
    ...     accident=np.array([[0.2]]),
    ...     cost=np.zeros((1, 2, 1)),
    ...     end=np.array([[[30.0, -10.0], [0.0, 10.0]]]),
    ...     uncontrolled=np.array([[-60.0, -90.0]]),
    ...     order=np.array([[0, 1]]),
    ... )
    >>> unanswered(one)[0, 0].tolist()
    [[False, True], [False, False]]
    """
    hope = hopes(model)
    draws, parties, rungs = hope.shape
    found = np.zeros((draws, rungs + 1, parties, parties), dtype=np.bool_)
    for a in range(parties):
        for b in range(parties):
            if not model.opposed[a, b]:
                continue
            goes = hope[:, a, :] > model.end[:, a, b, None]
            answers = hope[:, b, :] > model.end[:, b, a, None]
            some = np.zeros(draws, dtype=np.bool_)
            above = np.zeros(draws, dtype=np.bool_)
            for rung in range(rungs - 1, -1, -1):
                above |= answers[:, rung]
                some |= goes[:, rung] & ~above
                found[:, rung, a, b] = some
    return found


def critical_risk(prevails: FloatArray, gives_way: FloatArray, uncontrolled: FloatArray) -> FloatArray:
    """Return the chance of events out of control at which an unanswered act is worth as much as giving way.

    It is 0 where prevailing is worth no more than giving way, and 1 where events out of control are worth no less.

    Examples
    --------
    >>> critical_risk(np.array([30.0, 10.0]), np.array([-10.0, 0.0]), np.array([-60.0, -90.0])).round(6).tolist()
    [0.444444, 0.1]
    """
    stake = prevails - gives_way
    fall = prevails - uncontrolled
    with np.errstate(divide="ignore", invalid="ignore"):
        risk = np.where(fall > 0, stake / np.where(fall > 0, fall, 1.0), np.where(stake > 0, 1.0, 0.0))
    return np.clip(risk, 0.0, 1.0)
