"""Each draw against the case with the drawn numbers written into it and compiled anew.

The arrays of `compile.draws` are made without building a case; here a case is built for every draw, with each estimate
replaced by the drawn number, and goes through the compile layer that the settlement uses.
"""

from __future__ import annotations

import numpy as np
import pytest

from detente.case.case import Case
from detente.case.lens_apply import read_through
from detente.case.load import load_case
from detente.compile.compiled import Compiled
from detente.compile.draws import Chance, Columns, columns_of, plan_draws
from detente.compile.settlement import Weights, compile_settlement
from detente.core.estimate import Estimate

CASES = ("drafts-and-replies-2021-22", "istanbul-talks-2022", "settlement-talks-2024", "river-basin", "two-rivals")
DRAWS = 3
#: Utilities are rounded to steps of about 2**-40 on both sides; a few of these and of floating point add up.
STEPS = 1e-9


def with_numbers(case: Case, columns: Columns, row: np.ndarray) -> Case:
    """Return a case in which every estimate is exactly what was drawn for it."""

    def drawn(*key: str) -> Estimate:
        number = float(row[columns.place[key]])
        return Estimate(low=number, mode=number, high=number)

    preferences = tuple(
        one.model_copy(
            update={
                "weights": {issue: drawn("weight", one.party, issue) for issue in one.weights},
                "values": {
                    issue: {o: (*series[:-1], drawn("value", one.party, issue, o)) for o, series in options.items()}
                    for issue, options in one.values.items()
                },
                "interactions": tuple(
                    term.model_copy(update={"value": drawn("joint", one.party, str(k))})
                    for k, term in enumerate(one.interactions)
                ),
                "reservation": None if one.reservation is None else drawn("reservation", one.party),
            }
        )
        for one in case.preferences
    )
    outlooks = tuple(
        one.model_copy(
            update={
                "beliefs": {scenario: drawn("belief", one.party, scenario) for scenario in one.beliefs},
                "payoffs": {scenario: drawn("payoff", one.party, scenario) for scenario in one.payoffs},
            }
        )
        for one in case.no_agreement.outlooks
    )
    without = case.no_agreement.model_copy(update={"outlooks": outlooks})
    return case.model_copy(update={"preferences": preferences, "no_agreement": without})


def readings(name: str) -> list[Case]:
    case = load_case(name)
    case = case if case.cut_off is None else case.at(case.cut_off)
    return [case, *(read_through(case, lens.id).case for lens in case.lenses)]


@pytest.mark.parametrize("weights", list(Weights))
@pytest.mark.parametrize("name", CASES)
def test_a_draw_is_the_model_of_the_case_with_the_drawn_numbers(name: str, weights: Weights) -> None:
    looked_at = 0
    for case in readings(name):
        columns = columns_of(case)
        numbers = columns.drawn(Chance.of(3, 0, columns, 2).first(DRAWS))
        assert (columns.low <= numbers).all()
        assert (numbers <= columns.high).all()
        for entry in case.consent_lists:
            compiled = compile_settlement(case, entry.parties, weights=weights)
            if not isinstance(compiled, Compiled):
                continue
            plan = plan_draws(case, compiled, columns, weights=weights)
            draws = plan.outer(numbers)
            for row in range(DRAWS):
                again = compile_settlement(with_numbers(case, columns, numbers[row]), entry.parties, weights=weights)
                assert isinstance(again, Compiled)
                grid = again.trace.grid
                for worst, best, low, high in zip(
                    draws.worst, draws.best, again.model.worst, again.model.best, strict=True
                ):
                    assert np.allclose(worst[row] / plan.grid, low / grid, rtol=0, atol=STEPS)
                    assert np.allclose(best[row] / plan.grid, high / grid, rtol=0, atol=STEPS)
                asked = draws.reservation[row] > -(1 << 60)
                need = draws.reservation[row][asked] / plan.grid
                assert np.allclose(need, again.model.reservation[asked] / grid, rtol=0, atol=STEPS)
                looked_at += 1
    assert looked_at > 0
