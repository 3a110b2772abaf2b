"""A graph model compiled from a case: conditions, rankings, bans, cuts by date, and the assumed model."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.case import Case
from detente.case.load import load_case
from detente.case.references import reference_problems
from detente.case.stability import Stability
from detente.case.stability_cut import reduced
from detente.compile.stability import SwitchTable, compile_stability, state_code, state_word
from detente.compile.stability_assumed import assumed_stability
from detente.core.condition import Among, Condition, Every, Implies, Not, Some, parse_condition
from detente.engines.stability import Direction

NAMES = ("a", "b", "c")
ATOMS = st.builds(Among, st.sampled_from(NAMES), st.sampled_from([("Y",), ("N",), ("N", "Y")]))
RULES: st.SearchStrategy[Condition] = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(Every, st.lists(inner, min_size=2, max_size=3).map(tuple))
        | st.builds(Some, st.lists(inner, min_size=2, max_size=3).map(tuple))
        | st.builds(Implies, inner, inner)
    ),
    max_leaves=6,
)


def case_with(**section: Any) -> Case:
    """Return a case of two parties with one switch each, and a third switch of the first."""
    switches = [{"id": name, "party": party, "text": name} for name, party in (("a", "P"), ("b", "Q"), ("c", "P"))]
    return Case.model_validate(
        {
            "schema_version": "1",
            "id": "small",
            "version": "1",
            "title": "small",
            "authors": ["a test"],
            "licence": "CC0-1.0",
            "parties": [{"id": one, "name": one, "kind": "state"} for one in ("P", "Q")],
            "issues": [{"id": "i", "title": "i", "options": [{"id": "o", "text": "o"}, {"id": "p", "text": "p"}]}],
            "stability": {"switches": switches, **section},
        }
    )


@given(RULES)
def test_a_condition_over_all_states_at_once_holds_where_it_holds_one_by_one(rule: Condition) -> None:
    held = SwitchTable(NAMES).holds(rule)
    for code in range(8):
        assert held[code] == rule.holds(dict(zip(NAMES, state_word(code, 3), strict=True)))


@given(RULES, st.sampled_from(NAMES))
def test_a_condition_without_a_switch_is_the_condition_with_that_switch_not_taken(rule: Condition, gone: str) -> None:
    left = reduced(rule, {gone: "N"})
    for code in range(8):
        state = dict(zip(NAMES, state_word(code, 3), strict=True)) | {gone: "N"}
        value = left if isinstance(left, bool) else left.holds({k: v for k, v in state.items() if k != gone})
        assert value == rule.holds(state)


def test_a_bare_name_is_a_switch_that_is_taken() -> None:
    assert parse_condition("a and not b", switches=True) == parse_condition("a in [Y] and not b in [Y]")
    with pytest.raises(ValueError, match='"in" is expected'):
        parse_condition("a and not b")


def test_ranked_conditions_rank_by_the_first_on_which_states_differ() -> None:
    # by hand: a first, then not b; c does not matter
    case = case_with(preferences=[{"party": "P", "ranked_conditions": ["a", "not b"]}])
    ranks = compile_stability(case).model.ranks[0]
    by_hand = {"YN": 3, "YY": 2, "NN": 1, "NY": 0}
    assert [ranks[code] for code in range(8)] == [by_hand[state_word(code, 3)[:2]] for code in range(8)]


def test_a_hundred_ranked_conditions_are_no_difficulty() -> None:
    rules = ["a", *["b or not b"] * 98, "c"]
    ranks = compile_stability(case_with(preferences=[{"party": "P", "ranked_conditions": rules}])).model.ranks[0]
    assert ranks[state_code("YNN")] > ranks[state_code("NNY")] > ranks[state_code("NYN")] == ranks[0]


def test_weights_add_up_and_ties_stay_ties() -> None:
    weights = {"a": 0.1, "b": 0.2, "c": 0.3}
    ranks = compile_stability(case_with(preferences=[{"party": "P", "weights": weights}])).model.ranks[0]
    assert ranks[state_code("YYN")] == ranks[state_code("NNY")]  # 0.1 + 0.2 and 0.3, exactly
    assert ranks[state_code("YYY")] == ranks.max()
    assert ranks[0] == ranks.min()


def test_directions_and_bans_hold_a_switch_fast() -> None:
    case = case_with(bans=[{"switch": "a", "direction": "take", "when": "b"}])
    model = compile_stability(case).model
    assert model.banned is not None
    assert [bool(model.banned[state_code(word)] & 1) for word in ("NYN", "YYN", "NNN")] == [True, False, False]
    assert model.allowed == (Direction.BOTH,) * 3


def test_outcomes_are_valued_with_the_numbers_of_the_case() -> None:
    rivals = load_case("two-rivals")
    section = Stability.model_validate(
        {
            "switches": [{"id": "sign", "party": "A", "text": "sign"}],
            "preferences": [
                {"party": one, "outcomes": [{"when": "sign", "package": "all-for-a"}]} for one in ("A", "B")
            ],
        }
    )
    package = {"id": "all-for-a", "title": "all for A", "choice": {issue.id: "o1" for issue in rivals.issues}}
    case = Case.model_validate({**rivals.model_dump(mode="json", exclude_unset=True), "packages": [package]})
    ranks = compile_stability(case, section).model.ranks
    # A: 30 + 15 + 0 + 25 = 70 above its 40 of no agreement; B: 0 below its 30
    assert ranks.tolist() == [[0, 1], [1, 0]]


def test_the_order_of_switches_does_not_change_ranks() -> None:
    rules = ["a and not b", "b or c"]
    one = compile_stability(case_with(preferences=[{"party": "P", "ranked_conditions": rules}]))
    case = case_with(preferences=[{"party": "P", "ranked_conditions": rules}])
    assert case.stability is not None
    turned = case.stability.model_copy(update={"switches": tuple(reversed(case.stability.switches))})
    other = compile_stability(case, turned)
    for code in range(8):
        word = one.trace.state(code)
        assert one.model.ranks[0, code] == other.model.ranks[0, other.trace.code(word[::-1])]


def test_a_misperceived_state_is_missing_from_the_view_only() -> None:
    case = case_with(misperceptions=[{"party": "Q", "not_seen": ["a and b"], "switches": ["c"]}])
    compiled = compile_stability(case)
    seen = compiled.trace.views["Q"].occurring()
    assert [state_word(int(code), 3) for code in np.flatnonzero(seen)] == ["NNN", "YNN", "NYN"]
    assert compiled.model.feasible is None


DAY = datetime.date(2020, 1, 1)


def test_a_switch_that_is_not_public_yet_leaves_states_and_conditions() -> None:
    case = case_with(
        today="NNN",
        infeasible=[{"when": "a and c"}, {"when": "b and not c"}],
        preferences=[{"party": "P", "ranking": ["NNN", ["YNN", "NYY"], "NNY"]}, {"party": "Q", "weights": {"c": 1}}],
    )
    assert not list(reference_problems(case))
    assert case.stability is not None
    a, b, c = case.stability.switches
    later = case.stability.model_copy(update={"switches": (a, b, c.model_copy(update={"public_since": DAY}))})
    whole = case.model_copy(update={"stability": later})
    assert whole.at(DAY).stability == later
    cut = whole.at(DAY - datetime.timedelta(days=1)).stability
    assert cut is not None
    assert [one.id for one in cut.switches] == ["a", "b"]
    assert [str(one.when) for one in cut.infeasible] == ["b in [Y]"]
    assert cut.preferences[0].ranking == (("NN",), ("YN",))
    assert cut.today == "NN"
    again = whole.at(DAY - datetime.timedelta(days=1))
    assert again.at(DAY).stability == cut


def test_the_assumed_model_follows_from_the_numbers_and_depends_on_no_order() -> None:
    case = load_case("two-rivals")
    text = ("the text", {issue.id: "o2" for issue in case.issues})  # 48 above 40 for A, 54 above 30 for B
    found = assumed_stability(case, text)
    assert found is not None
    compiled = compile_stability(case, found.section)
    both = state_code("YY")
    assert all(compiled.model.ranks[:, both] > compiled.model.ranks[:, 0])
    turned = case.model_copy(update={"parties": tuple(reversed(case.parties))})
    other = assumed_stability(turned, text)
    assert other is not None
    assert {one.id for one in other.section.switches} == {one.id for one in found.section.switches}
    assert assumed_stability(case, None) is None  # nobody has a move, and nothing is on the table


MANY = [{"id": name, "party": "P", "text": name} for name in "abcdefghijklmnop"]  # too many to list their states
WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"infeasible": [{"when": "d"}]}, "there is no such switch"),
    ({"infeasible": [{"when": "a in [maybe]"}]}, "has no such option"),
    ({"infeasible": [{"when": "a or not a"}]}, "every state is ruled out"),
    ({"today": "NN"}, "wrong length"),
    ({"today": "YNN", "infeasible": [{"when": "a"}]}, "excludes this state"),
    ({"preferences": [{"party": "X", "weights": {"a": 1}}]}, "there is no such party"),
    ({"preferences": [{"party": "P", "weights": {"d": 1}}]}, "there is no such switch"),
    ({"preferences": [{"party": "P", "ranking": ["NNN"]}]}, "7 of 8 states are not ranked"),
    ({"preferences": [{"party": "P", "ranking": ["NNN", "NNN"]}]}, "stands here twice"),
    ({"preferences": [{"party": "P", "outcomes": [{"when": "a", "package": "x"}]}]}, "no such text or package"),
    ({"bans": [{"switch": "d", "direction": "both", "when": "a"}]}, "there is no such switch"),
    ({"coalitions": [["P", "Q"], ["P"]]}, "a party stands here twice"),
    ({"misperceptions": [{"party": "P", "switches": ["d"]}]}, "there is no such switch"),
    ({"misperceptions": [{"party": "P", "not_seen": ["a", "not a"]}]}, "the party would see no state at all"),
    ({"today": "Y" * 16, "infeasible": [{"when": "a"}], "switches": MANY}, "excludes this state"),
)


@pytest.mark.parametrize(("section", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_wrong_section_is_refused_with_its_place(section: dict[str, Any], said: str) -> None:
    found = reference_problems(case_with(**section))
    assert found
    assert said in found[0].what
    assert found[0].path[0] == "stability"


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"today": "NXN"}, "this is not a state"),
        ({"preferences": [{"party": "P", "ranking": ["NNN"], "weights": {"a": 1}}]}, "ranks the states in one way"),
        ({"infeasible": [{"when": "a and"}]}, "a switch is expected"),
        ({"switches": []}, "at least 1"),
    ],
)
def test_a_malformed_section_does_not_become_a_case(section: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        case_with(**section)
