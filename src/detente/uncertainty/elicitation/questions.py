"""Which comparison to ask next: the one from which most is expected to be learned.

Three kinds of question are on offer: which of two options of an issue is worth more; which of two steps between options
of an issue is the larger; and which change counts for more, one on this issue or one on that. A change is named by two
options, without saying from which to which, so that no question presumes what is to be found out. Of each issue the
change across issues is the pair of options expected to lie furthest apart, so that weights are those of swings over the
options of the case.

Expected information has two yardsticks, and a question is rated by the sum of its shares of the best on offer in each.
One is information about all weights and values, in bits; it alone would spend as much on issues of little weight as on
the heavy ones. The other is the expected fall in the variance of what options contribute to a package's utility, weight
times value; it alone would leave the values of light issues as they were.

References
----------
[Lindley1956]_; [DeGroot1962]_; [EdwardsBarron1994]_, for swings.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from detente.core.streams import stream
from detente.maths.comparisons import answer_probabilities, expected_information, expected_narrowing
from detente.maths.compiled import FloatArray
from detente.maths.worths import Comparison, Particles, Start, log_odds
from detente.uncertainty.elicitation.learner import SIDES, Learner, Step

RATED_WITH = 400
"""How many particles rate the questions; that a neighbour of the best question is asked costs almost nothing."""


def next_question(learner: Learner, steps: Sequence[Step]) -> Comparison | None:
    """Return the question to ask after some answers, its sides in an order drawn from the seed; None if all were asked.

    No question is asked twice, whatever was answered.
    """
    particles = learner.after(steps)
    asked = {step.asked.key() for step in steps}
    open_ones = [one for one in candidates(learner.start, particles) if one.key() not in asked]
    if not open_ones:
        return None
    chosen = open_ones[int(np.argmax(ratings(learner, particles, open_ones)))]
    return _shuffled(chosen, stream(learner.seed, SIDES, len(steps)))


def candidates(start: Start, particles: Particles) -> list[Comparison]:
    """Return every question that may be asked, each once."""
    found, widest = [], []
    for issue in range(len(start.sizes.mode)):
        options = start.options(issue)
        pairs = list(combinations(options, 2))
        if len(options) > 1:
            found += [Comparison((one,), (other,)) for one, other in pairs]
        for middle in options:
            rest = [option for option in options if option != middle]
            found += [Comparison((middle, one), (middle, other)) for one, other in combinations(rest, 2)]
        apart = [np.abs(particles.values[:, one] - particles.values[:, other]).mean() for one, other in pairs]
        widest.append(pairs[int(np.argmax(apart))])
    found += [Comparison(here, there) for here, there in combinations(widest, 2)]
    return found


def ratings(learner: Learner, particles: Particles, questions: Sequence[Comparison]) -> FloatArray:
    """Return what each question is expected to teach: the sum of two shares of the best, from 0 to 2."""
    every = max(1, len(particles.sizes) // RATED_WITH)
    sizes, values = particles.sizes[::every], particles.values[::every]
    issue_of = learner.start.issue_of
    x = np.stack([log_odds(sizes, values, issue_of, one, learner.consistency) for one in questions])
    probabilities = answer_probabilities(x, learner.consistency)
    utilities = particles.weights()[::every][:, issue_of] * values
    information = expected_information(probabilities)
    narrowing = expected_narrowing(probabilities, utilities)
    return _share(information) + _share(narrowing)


def _share(amount: FloatArray) -> FloatArray:
    most = float(amount.max())
    return amount / most if most > 0 else amount


def _shuffled(question: Comparison, rng: np.random.Generator) -> Comparison:
    """Return a question with its sides, and the options of each side, in an order that means nothing."""
    turned = rng.random(3) < 0.5
    first = question.first[::-1] if turned[0] else question.first
    second = question.second[::-1] if turned[1] else question.second
    return Comparison(second, first) if turned[2] else Comparison(first, second)
