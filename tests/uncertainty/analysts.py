"""Simulated analysts: they have weights and values of their own, drawn from the start, and answer by them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.compile.elicitation import StartingRanges, start_of
from detente.core.streams import stream
from detente.maths.comparisons import answer_probabilities
from detente.maths.worths import Particles, Start, drawn, log_odds
from detente.uncertainty.elicitation import Answer, Learner, Step, next_question
from detente.uncertainty.elicitation.questions import candidates

WORDS = (Answer.FIRST, Answer.SECOND, Answer.SAME)


def nothing_known(issues: int, options: int) -> StartingRanges:
    """Return the start of a party of which nothing is assumed."""
    return StartingRanges(
        {f"i{issue}": None for issue in range(issues)},
        {f"i{issue}": {f"o{option}": None for option in range(options)} for issue in range(issues)},
    )


@dataclass(frozen=True)
class Analyst:
    """What an analyst holds, and how the answers come about: by chance as the model says, or always the likeliest."""

    start: Start
    holds: Particles
    seed: int
    consistent: bool = False

    def answer(self, learner: Learner, asked, at: int) -> Answer:  # type: ignore[no-untyped-def]
        x = log_odds(self.holds.sizes, self.holds.values, self.start.issue_of, asked, learner.consistency)
        p = answer_probabilities(x, learner.consistency)[:, 0]
        drawn_one = stream(self.seed, 8, at).choice(3, p=p / p.sum())
        return WORDS[int(p.argmax()) if self.consistent else int(drawn_one)]


def analyst(ranges: StartingRanges, seed: int, *, consistent: bool = False) -> Analyst:
    start = start_of(ranges)
    return Analyst(start, drawn(start, 1, stream(seed, 7)), seed, consistent)


def session(
    who: Analyst, *, questions: int = 30, count: int = 400, at_random: bool = False
) -> tuple[Learner, list[Step]]:
    """Return a whole session: the questions that the program asks, or questions picked blindly."""
    learner, steps = Learner(who.start, who.seed, count=count), []
    for at in range(questions):
        if at_random:
            done = {step.asked.key() for step in steps}
            pool = [one for one in candidates(who.start, learner.after(steps)) if one.key() not in done]
            asked = pool[int(stream(who.seed, 9, at).integers(len(pool)))] if pool else None
        else:
            asked = next_question(learner, steps)
        if asked is None:
            break
        steps.append(Step(asked, who.answer(learner, asked, at)))
    return learner, steps


def error(who: Analyst, known: Particles) -> tuple[float, float, float]:
    """Return root mean squared errors of the means: of weights, of values, of weight times value."""
    weights, values, issue_of = known.weights(), known.values, who.start.issue_of
    true_weights, true_values = who.holds.weights()[0], who.holds.values[0]
    pairs = (
        (weights.mean(axis=0), true_weights),
        (values.mean(axis=0), true_values),
        ((weights[:, issue_of] * values).mean(axis=0), true_weights[issue_of] * true_values),
    )
    first, second, third = (float(np.sqrt(np.mean((one - other) ** 2))) for one, other in pairs)
    return first, second, third


def covered(who: Analyst, known: Particles) -> tuple[list[bool], list[bool]]:
    """Return whether each weight, and each value strictly between worst and best, lies in its 5% to 95% range."""
    found = []
    for draws, truth in ((known.weights(), who.holds.weights()[0]), (known.values, who.holds.values[0])):
        low, high = np.quantile(draws, [0.05, 0.95], axis=0)
        inner = (truth > 0) & (truth < 1)
        found.append(((low <= truth) & (truth <= high))[inner].tolist())
    return found[0], found[1]
