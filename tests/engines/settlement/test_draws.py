"""Draws of a model, held to a closed form."""

from __future__ import annotations

import numpy as np
import pytest

from detente.case.load import load_case
from detente.compile.compiled import Compiled
from detente.compile.settlement import compile_settlement
from detente.core.errors import ModelError
from detente.engines.settlement import Completion, Line, Rule
from detente.engines.settlement.draws import Draws, Ties, combinations, zone_exists


def test_a_package_is_acceptable_where_the_chance_of_winning_lies_between_two_bounds() -> None:
    """The record `mini.prob_acceptable` of the theory oracles: A wins with p uniform on [0.3, 0.7], known to both.

    A's war is worth 90 p - 5, B's 90 (1 - p) - 15; the package worth (60, 44) is accepted by both for p in
    [0.344444, 0.722222], that is with probability 8/9.
    """
    case = load_case("two-rivals")
    compiled = compile_settlement(case, ("A", "B"))
    assert isinstance(compiled, Compiled)
    model, grid = compiled.model, compiled.trace.grid
    p = 0.3 + 0.4 * (np.arange(9000) + 0.5) / 9000
    reservation = np.ceil(np.stack([90 * p - 5, 90 * (1 - p) - 15], axis=1) * grid).astype(np.int64)
    same = tuple(np.broadcast_to(table, (len(p), *table.shape)) for table in model.worst)
    draws = Draws(same, same, np.zeros((len(p), 0), np.int64), reservation, np.zeros((len(p), 0)))
    package = next(
        chosen
        for chosen in np.ndindex(*model.sizes)
        if sum(t[:, o] for t, o in zip(model.worst, chosen, strict=True)).tolist() == [60 * grid, 44 * grid]
    )
    exists = zone_exists(
        model,
        combinations(model, fixed=package),
        draws,
        np.zeros((len(p), 1, 0), dtype=np.bool_),
        completion=Completion.WORST,
    )
    assert exists.mean() == pytest.approx(8 / 9, abs=1e-9)


def test_a_contested_line_stands_in_half_of_the_cases() -> None:
    ties = Ties(np.array([0, 0, 1]), np.eye(3, dtype=np.bool_), np.array([False, True, False]))
    probability = np.array([[0.2, 0.6, 0.5]])
    safe = ties.none_binds(probability, [0, 1, 2])[0]
    # one uniform number for the first two: 1 - 0.6 where the contested line stands, else 1 - 0.2; then the third
    assert safe == pytest.approx((0.4 + 0.8) / 2 * 0.5)
    rng = np.random.default_rng(1)
    binding = ties.binding(probability, rng.random((1, 2, 200_000)), rng.random((1, 2, 200_000)) < 0.5)
    assert (~binding.any(axis=2)).mean() == pytest.approx(safe, abs=0.006)  # five standard errors


def test_issues_joined_beyond_the_bound_are_refused() -> None:
    case = load_case("two-rivals")
    compiled = compile_settlement(case, ("A", "B"))
    assert isinstance(compiled, Compiled)
    model = compiled.model
    wide = tuple(np.zeros((2, 2), np.int64) for _ in range(24))
    joined = type(model)(
        worst=wide,
        best=wide,
        bias=model.bias,
        reservation=model.reservation,
        lines=tuple(Line(0, Rule((k, k + 1), np.eye(2, dtype=np.bool_)), 0.5, True) for k in range(23)),
    )
    with pytest.raises(ModelError, match="too many combinations"):
        combinations(joined)
