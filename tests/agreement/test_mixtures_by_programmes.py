"""Mixtures of packages, by linear and concave programming over shares of options: a second method.

The programme has one share per option and shares no code with the walk along the hull. It is first held to the
computed results for three parties, which the walk does not treat.
"""

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

from detente.engines.settlement import Completion, Concept, SettlementModel, solve_randomised

FOLDER = Path(__file__).parents[1] / "published"
MIXED: dict[str, Any] = tomllib.loads((FOLDER / "mixtures.toml").read_text(encoding="utf-8"))["mixed"]
CASES = {c["record"]: c for c in tomllib.loads((FOLDER / "o1_package.toml").read_text(encoding="utf-8"))["case"]}
PROGRAMME = 1e-7  # feasibility tolerance of HiGHS
GRADIENT = 1e-4  # relative error of the sequential quadratic programme on utilities

Matrix = np.ndarray


def shares_of(tables: list[Matrix]) -> tuple[Matrix, Matrix]:
    """Return utilities per share (party, option of any issue), and which options belong to which issue."""
    utilities = np.concatenate(tables, axis=1).astype(float)
    belongs = np.zeros((len(tables), utilities.shape[1]))
    start = 0
    for row, table in enumerate(tables):
        belongs[row, start : start + table.shape[1]] = 1
        start += table.shape[1]
    return utilities, belongs


def most(tables: list[Matrix], need: Matrix, weights: Matrix) -> tuple[float, Matrix]:
    """Return the most t with u_j >= need_j + t * weights_j for all parties, and the utilities there."""
    utilities, belongs = shares_of(tables)
    parties, width = utilities.shape
    found = linprog(
        np.append(np.zeros(width), -1.0),
        A_ub=np.concatenate((-utilities, weights[:, None]), axis=1),
        b_ub=-need,
        A_eq=np.concatenate((belongs, np.zeros((len(tables), 1))), axis=1),
        b_eq=np.ones(len(tables)),
        bounds=[(0, None)] * width + [(None, None)],
        method="highs-ds",
    )
    assert found.status == 0, found.message
    fractional = {int(np.argmax(belongs[:, k])) for k, x in enumerate(found.x[:-1]) if 1e-9 < x < 1 - 1e-9}
    assert len(fractional) < parties  # a vertex has at most n - 1 mixed issues
    return float(found.x[-1]), utilities @ found.x[:-1]


def best_for(tables: list[Matrix], need: Matrix, party: int) -> float | None:
    """Return the most a party can get while all keep their need; None if that is not possible."""
    utilities, belongs = shares_of(tables)
    found = linprog(
        -utilities[party],
        A_ub=-utilities,
        b_ub=-need,
        A_eq=belongs,
        b_eq=np.ones(len(tables)),
        bounds=(0, None),
        method="highs-ds",
    )
    return float(-found.fun) if found.status == 0 else None


def nash(tables: list[Matrix], need: Matrix, start: Matrix) -> Matrix:
    """Return the utilities with the largest sum of logarithms of gains, from a start with gains."""
    utilities, belongs = shares_of(tables)
    found = minimize(
        lambda x: -np.log(np.maximum(utilities @ x - need, 1e-12)).sum(),
        start,
        jac=lambda x: -(utilities / np.maximum(utilities @ x - need, 1e-12)[:, None]).sum(axis=0),
        bounds=[(0.0, 1.0)] * len(start),
        constraints={"type": "eq", "fun": lambda x: belongs @ x - 1, "jac": lambda x: belongs},
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-12},
    )
    return np.asarray(utilities @ found.x)


def inside(tables: list[Matrix], need: Matrix) -> Matrix:
    """Return shares that give every party some gain: those of the largest smallest gain."""
    utilities, belongs = shares_of(tables)
    width = utilities.shape[1]
    found = linprog(
        np.append(np.zeros(width), -1.0),
        A_ub=np.concatenate((-utilities, np.ones((len(need), 1))), axis=1),
        b_ub=-need,
        A_eq=np.concatenate((belongs, np.zeros((len(tables), 1))), axis=1),
        b_eq=np.ones(len(tables)),
        bounds=[(0, None)] * width + [(None, None)],
        method="highs-ds",
    )
    return np.asarray(found.x[:-1])


def test_the_programmes_reproduce_the_computed_results_for_three_parties() -> None:
    case, expected = CASES[MIXED["tri"]["of"]], MIXED["tri"]
    tables = [np.array(issue) for issue in case["utilities"]]
    need = np.array(case["no_agreement"], float)
    gain, _ = most(tables, need, np.ones(3))
    assert gain == pytest.approx(expected["egalitarian_gain"], rel=PROGRAMME)
    assert nash(tables, need, inside(tables, need)) == pytest.approx(expected["nash"], rel=GRADIENT)


@st.composite
def additive(draw: st.DrawFn) -> SettlementModel:
    """Draw a two-party model with some spread in its utilities."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=4))
    number = st.integers(0, 20)
    tables = tuple(
        np.array(draw(st.lists(number, min_size=2 * k, max_size=2 * k)), np.int64).reshape(2, k) for k in sizes
    )
    need = np.array([draw(st.integers(0, 25)), draw(st.integers(0, 25))], np.int64)
    return SettlementModel(tables, tables, np.zeros(2, np.int64), need)


@settings(max_examples=80)
@given(additive())
def test_the_walk_along_the_hull_agrees_with_the_programmes(model: SettlementModel) -> None:
    tables, need = list(model.worst), model.reservation.astype(float)
    found = solve_randomised(model, binding=(), completion=Completion.WORST)
    ideal = [best_for(tables, need, party) for party in (0, 1)]
    if found.ideal is None:
        assert ideal == [None, None]
        return
    reach = np.array([float(u) for u in found.ideal])
    assert ideal == pytest.approx(reach.tolist(), abs=1e-6)
    ours = {s.concept: np.array([float(u) for u in s.mixtures[0].utilities]) for s in found.solutions}
    gain, _ = most(tables, need, np.ones(2))
    assert (ours[Concept.EGALITARIAN] - need).min() == pytest.approx(gain, abs=1e-6)
    utilities, belongs = shares_of(tables)
    total = linprog(
        -utilities.sum(axis=0),
        A_ub=-utilities,
        b_ub=-need,
        A_eq=belongs,
        b_eq=np.ones(len(tables)),
        bounds=(0, None),
        method="highs-ds",
    )
    assert ours[Concept.UTILITARIAN].sum() == pytest.approx(-total.fun, abs=1e-6)
    if (reach > need).all():
        share, there = most(tables, need, reach - need)
        assert ours[Concept.KALAI_SMORODINSKY] - need == pytest.approx(share * (reach - need), abs=1e-6)
        assert there == pytest.approx(ours[Concept.KALAI_SMORODINSKY], abs=1e-5)
        log = np.log(ours[Concept.NASH] - need).sum()
        other = np.log(np.maximum(nash(tables, need, inside(tables, need)) - need, 1e-12)).sum()
        assert log >= other - GRADIENT
        assert log == pytest.approx(other, abs=1e-3)
