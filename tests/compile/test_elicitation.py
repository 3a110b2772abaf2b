"""What an elicitation starts from: the case's own ranges, bands of stances, nothing."""

from __future__ import annotations

import numpy as np
import pytest

from detente.case.case import Case
from detente.compile.elicitation import Side, start_of, starting_ranges
from detente.core.errors import ModelError
from detente.maths.worths import Comparison
from tests.case.builders import STATEMENT


def case(**changes: object) -> Case:
    """Return two parties on three issues, with values, positions and silence."""
    statements = [{**STATEMENT, "id": "s1", "issue": "i"}, {**STATEMENT, "id": "s2", "issue": "j", "actors": ["B"]}]
    data: dict[str, object] = {
        "schema_version": "1", "id": "c", "version": "1", "title": "t", "authors": ["x"], "licence": "CC0-1.0",
        "parties": [{"id": "A", "name": "A", "kind": "state"}, {"id": "B", "name": "B", "kind": "state"}],
        "issues": [
            {"id": i, "title": i, "options": [{"id": o, "text": o} for o in ("o1", "o2", "o3")]} for i in "ijk"
        ],
        "positions": [
            {"id": "p1", "party": "A", "issue": "i", "because": ["s1"],
             "stances": {"o1": "demands", "o2": "rules_out"}},
            {"id": "p2", "party": "B", "issue": "j", "because": ["s2"],
             "stances": {"o1": "demands", "o2": "rules_out", "o3": "would_discuss"}},
        ],
        "preferences": [
            {"party": "A", "weights": {"i": {"low": 0.2, "mode": 0.4, "high": 0.6}, "k": 0.2},
             "values": {"i": {"o1": {"low": 0.8, "mode": 1, "high": 1}, "o2": {"low": 0, "mode": 0, "high": 0.1}},
                        "k": {"o1": 1, "o3": 0.5}}},
        ],
        "sources": [{"id": "draft", "title": "D", "published": "2020-01-01", "grade": "news_agency"}],
        "statements": statements,
    }  # fmt: skip
    return Case.model_validate({**data, **changes})


def test_numbers_of_the_case_give_their_own_ranges_and_bare_ones_a_range_around_them() -> None:
    ranges = starting_ranges(case(), "A")
    assert ranges.weights == {"i": (0.2, 0.4, 0.6), "k": (0.1, 0.2, 0.4)}
    assert ranges.values == {
        "i": {"o1": (0.8, 1, 1), "o2": (0, 0, 0.1)},
        "k": {"o1": (0.75, 1, 1), "o3": (0.25, 0.5, 0.75)},
    }


def test_a_position_without_a_number_starts_from_what_the_case_gives_to_such_positions_of_anybody() -> None:
    ranges = starting_ranges(case(), "B")
    assert ranges.weights == {"j": None}
    assert ranges.values == {"j": {"o1": (0.8, 1, 1), "o2": (0, 0, 0.1), "o3": None}}


def test_options_of_which_the_record_says_nothing_are_asked_about_on_demand_only() -> None:
    assert set(starting_ranges(case(), "B", every_option=True).values) == {"i", "j", "k"}
    with pytest.raises(ModelError, match="no issue with two options"):
        starting_ranges(case(), "B", issues=["i"])


def test_an_imported_scale_is_refused() -> None:
    with pytest.raises(ModelError, match="keeps the scale"):
        starting_ranges(case(scale={"low": 0, "high": 100}), "A")


def test_arrays_stand_in_the_order_of_issues_and_options() -> None:
    ranges = starting_ranges(case(), "A")
    start = start_of(ranges)
    assert start.issue_of.tolist() == [0, 0, 1, 1]
    assert start.levels.mode.tolist() == [1, 0, 1, 0.5]
    assert start.mean_size == pytest.approx(0.3)
    assert ranges.total == pytest.approx(0.6)
    assert ranges.sides(Comparison((1, 0), (2, 3))) == (Side("i", ("o2", "o1")), Side("k", ("o1", "o3")))
    nothing = start_of(starting_ranges(case(), "B"))
    assert nothing.sizes.known.tolist() == [False]
    assert nothing.levels.known.tolist() == [True, True, False]
    assert np.all(nothing.levels.low <= nothing.levels.high)
