"""Sides, names and interruptions change nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.compile.elicitation import StartingRanges, start_of
from detente.core.canonical import to_json
from detente.maths.worths import Comparison
from detente.uncertainty.elicitation import Answer, Learner, Step, elicitation_report, next_question
from detente.uncertainty.elicitation.inconsistency import circles
from tests.uncertainty.analysts import analyst, nothing_known, session

COUNT = 120
FEW = settings(max_examples=12)
answers = st.lists(st.sampled_from(list(Answer)), min_size=1, max_size=6)
MIRRORED = {Answer.FIRST: Answer.SECOND, Answer.SECOND: Answer.FIRST}


def asked(learner: Learner, words: list[Answer]) -> list[Step]:
    steps: list[Step] = []
    for word in words:
        question = next_question(learner, steps)
        assert question is not None
        steps.append(Step(question, word))
    return steps


def report(ranges: StartingRanges, learner: Learner, steps: list[Step]) -> str:
    return to_json(elicitation_report("case", "party", ranges, learner, steps))


@FEW
@given(answers, st.integers(0, 5))
def test_swapping_the_sides_together_with_the_answer_changes_nothing(words: list[Answer], seed: int) -> None:
    learner = Learner(start_of(nothing_known(3, 3)), seed, count=COUNT)
    steps = asked(learner, words)
    swapped = [
        Step(Comparison(step.asked.second[::-1], step.asked.first), MIRRORED.get(step.answer, step.answer))
        for step in steps
    ]
    mirror = Learner(start_of(nothing_known(3, 3)), seed, count=COUNT)
    for one, other in zip(_bytes(learner, steps), _bytes(mirror, swapped), strict=True):
        assert one == other
    assert next_question(learner, steps) == next_question(mirror, swapped)


@FEW
@given(answers, st.integers(0, 5))
def test_a_session_that_was_interrupted_ends_with_the_same_bytes(words: list[Answer], seed: int) -> None:
    ranges = nothing_known(3, 3)
    whole = Learner(start_of(ranges), seed, count=COUNT)
    steps = asked(whole, words)
    resumed = Learner(start_of(ranges), seed, count=COUNT)  # it has seen none of the questions asked
    assert report(ranges, whole, steps) == report(ranges, resumed, steps)
    assert next_question(whole, steps) == next_question(resumed, steps)
    wandering = Learner(start_of(ranges), seed, count=COUNT)
    wandering.after([*steps[:-1], Step(steps[-1].asked, Answer.SAME)])
    assert report(ranges, wandering, steps) == report(ranges, whole, steps)


@FEW
@given(answers, st.permutations(["n0", "n1", "n2"]))
def test_other_names_change_names_and_nothing_else(words: list[Answer], names: list[str]) -> None:
    plain = nothing_known(3, 3)
    new = dict(zip(plain.weights, names, strict=True))
    renamed = StartingRanges(
        {new[issue]: weight for issue, weight in plain.weights.items()},
        {new[issue]: options for issue, options in plain.values.items()},
    )
    one, other = (Learner(start_of(ranges), 0, count=COUNT) for ranges in (plain, renamed))
    steps, again = asked(one, words), asked(other, words)
    assert steps == again
    text = report(plain, one, steps)
    for old, name in new.items():
        text = text.replace(f'"{old}"', f'"{name}"')
    assert text == report(renamed, other, again)


@FEW
@given(st.integers(0, 10_000))
def test_whoever_answers_by_one_order_is_never_told_of_a_circle(seed: int) -> None:
    _, steps = session(analyst(nothing_known(3, 3), seed, consistent=True), questions=20, count=60)
    assert circles(steps) == ()


def _bytes(learner: Learner, steps: list[Step]) -> tuple[bytes, bytes, bytes]:
    known = learner.after(steps)
    return known.sizes.tobytes(), known.levels.tobytes(), known.values.tobytes()
