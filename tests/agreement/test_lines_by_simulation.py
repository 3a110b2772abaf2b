"""How often lines bind, alone and together, against a simulation that reads the red lines of a case by themselves."""

from __future__ import annotations

import numpy as np
import pytest

from detente.case.load import load_case
from detente.case.red_lines import StandingLine, standing_lines
from detente.compile.compiled import Compiled
from detente.compile.draws import Chance, columns_of, plan_draws
from detente.compile.settlement import Weights, compile_settlement
from detente.core.estimate import Estimate

LISTS = (
    ("settlement-talks-2024", "cl_C1"),  # contested lines
    ("drafts-and-replies-2021-22", "cl_A2"),  # nested ones, common grounds, a member for whom another speaks
    ("river-basin", "cl_basin"),
    ("istanbul-talks-2022", "cl_B1"),
)
BLOCKS, INNER = 16, 40
DRAWS = BLOCKS * 256
#: Draws of a shared prior are few: four standard errors of a share over 4,096 of them, on either side, at the most.
ERROR = 2 * 4 * 0.5 / DRAWS**0.5


def pert(rng: np.random.Generator, number: Estimate) -> np.ndarray:
    width = number.high - number.low
    if width == 0:
        return np.full(DRAWS, number.low)
    shape = 1 + 4 * (number.mode - number.low) / width
    return number.low + width * rng.beta(shape, 6 - shape, DRAWS)


@pytest.mark.parametrize(("name", "consent"), LISTS)
def test_lines_bind_alone_and_in_pairs_as_often_as_in_a_simulation(name: str, consent: str) -> None:
    case = load_case(name)
    case = case.at(case.cut_off)
    compiled = compile_settlement(case, case.consent_list[consent].parties)
    assert isinstance(compiled, Compiled)
    lines = compiled.trace.lines
    columns = columns_of(case)
    plan = plan_draws(case, compiled, columns, weights=Weights.ANALYST)
    drawn = []
    for block in range(BLOCKS):
        chance = Chance.of(5, block, columns, INNER)
        drawn.append(plan.inner(chance, plan.outer(columns.drawn(chance))).reshape(-1, len(lines)))
    ours = np.concatenate(drawn).astype(np.float64)

    rng = np.random.default_rng(9)
    speaker = dict(zip(compiled.trace.parties, compiled.trace.speakers, strict=True))
    prior = {text_class: pert(rng, number) for text_class, number in case.text_class_priors.items()}
    standing = {(who, line.id): line for who in set(speaker.values()) for line in standing_lines(case, who)}
    given = {(one.party, line.id): line for one in case.preferences for line in one.red_lines}

    def probability(key: tuple[str, str], line: StandingLine) -> np.ndarray:
        own = given[key].p_binding
        if own is None and line.text_class in prior:
            return prior[line.text_class]
        return pert(rng, line.probability)

    chances = {key: probability(key, line) for key, line in standing.items() if not line.implied_by}
    uniform: dict[int, np.ndarray] = {}
    stands: dict[int, np.ndarray] = {}
    marks: list[set[object]] = []
    for line in lines:  # lines that share a kind of refusal or a ground, joined step by step
        own: set[object] = {line.group, *line.because}
        joined = [one for one in marks if one & own]
        marks = [one for one in marks if not one & own]
        marks.append(own.union(*joined))

    def binds(key: tuple[str, str], tie: int) -> np.ndarray:
        if tie not in uniform:
            uniform[tie] = rng.random((DRAWS, INNER))
            stands[tie] = rng.random((DRAWS, INNER)) < 0.5
        alone = uniform[tie] < chances[key][:, None]
        return alone & stands[tie] if standing[key].contested else alone

    theirs = np.zeros((DRAWS, INNER, len(lines)), dtype=np.bool_)
    for at, line in enumerate(lines):
        who = speaker[line.party]
        tie = next(k for k, one in enumerate(marks) if line.group in one)
        if not line.implied_by:
            theirs[:, :, at] |= binds((who, line.id), tie)
        for other in line.stronger:
            theirs[:, :, at] |= binds((who, other), tie)
    flat = theirs.reshape(-1, len(lines)).astype(np.float64)
    assert np.abs(ours.T @ ours / len(ours) - flat.T @ flat / len(flat)).max() < ERROR
