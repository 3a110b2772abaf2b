"""Answers to pairwise comparisons: how probable each is, what a question can teach, and answers that contradict.

A comparison has two sides with one log-odds `x` between them; it is answered "first", "second" or "same". Two scales
of log-odds serve. Magnitudes that have a zero (how much a change counts for) are compared by their ratio, as in the
choice axiom and the Bradley-Terry model; levels without a zero (what an option is worth on its issue) by their
difference. Ties follow Rao and Kupper: "same" takes a band of log-odds around 0. A small share of answers is a slip of
the hand, equally likely to be any of the three, so that no single answer can rule anything out.

What this leaves out: answers are independent of each other once the worths are given, and a person is as consistent on
the last question as on the first.

References
----------
[BradleyTerry1952]_: the probability of a preference as a ratio of worths. [Luce1959]_: the ratio scale from the
choice axiom. [RaoKupper1967]_: the threshold of ties. [Lindley1956]_: the expected information of an experiment.
[DeGroot1962]_: information as the expected fall of any measure of uncertainty, variance among them.
[GelfandEtAl1992]_: the ordinate of one answer given all others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.maths.compiled import FloatArray

SMALLEST = 1e-9
"""A magnitude below this counts as this, so that its logarithm exists."""


@dataclass(frozen=True, slots=True)
class Consistency:
    """How firmly answers follow the worths; all dimensionless.

    Attributes
    ----------
    ratio : float
        Log-odds per unit of the logarithm of a ratio of magnitudes. With 4, a change that counts twice as much is
        named as the larger one, or the smaller, with odds of 16 to 1 (ties aside).
    difference : float
        Log-odds per unit of difference in value. With 10, options half an issue's range apart have odds of 150 to 1.
    tie : float
        Half the width, in log-odds, of the band in which "same" is the likely answer.
    slip : float
        The share of answers that have nothing to do with the worths.
    """

    ratio: float = 4.0
    difference: float = 10.0
    tie: float = 1.0
    slip: float = 0.03


def log_odds_of_ratio(first: FloatArray, second: FloatArray, consistency: Consistency) -> FloatArray:
    """Return the log-odds between two magnitudes, elementwise; swapping the sides changes only the sign."""
    logs = np.log(np.maximum(first, SMALLEST)) - np.log(np.maximum(second, SMALLEST))
    return np.asarray(consistency.ratio * logs)


def log_odds_of_difference(first: FloatArray, second: FloatArray, consistency: Consistency) -> FloatArray:
    """Return the log-odds between two levels, elementwise; swapping the sides changes only the sign."""
    return np.asarray(consistency.difference * (first - second))


def answer_probabilities(x: FloatArray, consistency: Consistency) -> FloatArray:
    r"""Return the probabilities of "first", "second" and "same" at given log-odds.

    .. math:: P(\text{first}) = \tfrac{s}{3} + (1 - s)\,\sigma(x - t), \qquad
              P(\text{second}) = \tfrac{s}{3} + (1 - s)\,\sigma(-x - t)

    with tie band :math:`t` and slips :math:`s`; "same" takes what is left.

    Returns
    -------
    array of shape (3, *x.shape)
        They sum to 1 along the first axis.

    Examples
    --------
    >>> answer_probabilities(np.array([0.0, 50.0]), Consistency(tie=0.0, slip=0.0)).round(3).tolist()
    [[0.5, 1.0], [0.5, 0.0], [0.0, 0.0]]
    """
    heard = 1.0 - consistency.slip
    first = consistency.slip / 3 + heard * _logistic(x - consistency.tie)
    second = consistency.slip / 3 + heard * _logistic(-x - consistency.tie)
    return np.stack([first, second, np.maximum(1.0 - (first + second), consistency.slip / 3)])


def answer_probability(x: FloatArray, answer: int, consistency: Consistency) -> FloatArray:
    """Return the probability of one answer (0 first, 1 second, 2 same): a row of `answer_probabilities`, alone."""
    heard = 1.0 - consistency.slip
    if answer == 2:
        return np.asarray(answer_probabilities(x, consistency)[2])
    towards = x if answer == 0 else -x
    return np.asarray(consistency.slip / 3 + heard * _logistic(towards - consistency.tie))


def expected_information(probabilities: FloatArray) -> FloatArray:
    r"""Return what each question is expected to tell about the worths, in bits.

    .. math:: I = H\bigl(\tfrac1N \sum_k p_k\bigr) - \tfrac1N \sum_k H(p_k)

    the entropy of the answer as it is expected now, less what would remain if the worths were known.

    Parameters
    ----------
    probabilities : array of shape (answers, questions, particles)

    Returns
    -------
    array of shape (questions,)
        Never negative, and at most the logarithm of the number of answers.

    Examples
    --------
    Two equally probable states of the world that answer differently: one bit.

    >>> expected_information(np.array([[[1.0, 0.0]], [[0.0, 1.0]]])).tolist()
    [1.0]
    """
    now = _entropy(probabilities.mean(axis=2))
    known = _entropy(probabilities).mean(axis=1)
    return np.asarray(np.maximum(now - known, 0.0))


def expected_narrowing(probabilities: FloatArray, quantities: FloatArray) -> FloatArray:
    r"""Return by how much each question is expected to lower the summed variance of some quantities.

    .. math:: G = \sum_y P(y) \, \lVert \operatorname{E}[q \mid y] - \operatorname{E}[q] \rVert^2

    the variance of the means that the answers would leave, which is the expected fall of the variance itself. Rounded
    to nine digits, for sums of products may differ in the last ones from one number of threads to another.

    Parameters
    ----------
    probabilities : array of shape (answers, questions, particles)
    quantities : array of shape (particles, quantities)

    Returns
    -------
    array of shape (questions,)
        In squared units of the quantities.

    Examples
    --------
    An answer that tells 0 from 1 leaves nothing of a variance of a quarter.

    >>> expected_narrowing(np.array([[[1.0, 0.0]], [[0.0, 1.0]]]), np.array([[0.0], [1.0]])).tolist()
    [0.25]
    """
    particles = probabilities.shape[2]
    centred = quantities - quantities.mean(axis=0)
    total = probabilities.sum(axis=2)
    moments = probabilities.reshape(-1, particles) @ centred
    squares = np.sum(moments**2, axis=1).reshape(total.shape)
    gain = np.sum(squares / np.where(total > 0, total, 1.0), axis=0) / particles
    return np.asarray([float(f"{one:.9g}") for one in gain])


def predictive_ordinate(probabilities: FloatArray) -> float:
    r"""Return how probable an answer was given all other answers, from particles that know it too.

    .. math:: P(y_k \mid y_{-k}) = \Bigl( \tfrac1N \sum_j \tfrac{1}{p_j(y_k)} \Bigr)^{-1}

    Slips keep every probability away from 0, so the mean exists and is stable.

    Parameters
    ----------
    probabilities : array of shape (particles,)
        Of the answer that was given.
    """
    return float(1.0 / np.mean(1.0 / probabilities))


def cycles(more: Sequence[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Return the shortest cycle through each edge that lies on one; edges say that their first node counts for more.

    Parameters
    ----------
    more : sequence of pairs of nodes
        Two edges between the same nodes, one each way, are a cycle of two.

    Returns
    -------
    tuple of tuples of edge numbers
        Each cycle once, beginning with its lowest edge, in the order of these; following an edge leads to the next.

    Examples
    --------
    >>> cycles([(0, 1), (1, 2), (2, 0), (0, 3)])
    ((0, 1, 2),)
    """
    out: dict[int, list[int]] = {}
    for edge, (node, _) in enumerate(more):
        out.setdefault(node, []).append(edge)
    found: dict[frozenset[int], tuple[int, ...]] = {}
    for edge, (start, after) in enumerate(more):
        back = _shortest(more, out, after, start)
        if back is None:
            continue
        cycle = (edge, *back)
        least = cycle.index(min(cycle))
        found.setdefault(frozenset(cycle), cycle[least:] + cycle[:least])
    return tuple(sorted(found.values()))


def _shortest(
    more: Sequence[tuple[int, int]], out: Mapping[int, Iterable[int]], start: int, goal: int
) -> tuple[int, ...] | None:
    """Return the edges of a shortest path, breadth first; None if there is none."""
    reached: dict[int, tuple[int, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        if node == goal:
            return reached[node]
        for edge in out.get(node, ()):
            after = more[edge][1]
            if after not in reached:
                reached[after] = (*reached[node], edge)
                waiting.append(after)
    return None


def _logistic(x: FloatArray) -> FloatArray:
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * x)))


def _entropy(p: FloatArray) -> FloatArray:
    """Return entropies in bits along the first axis; 0 log 0 is 0."""
    return np.asarray(-np.sum(p * np.log2(np.where(p > 0, p, 1.0)), axis=0))
