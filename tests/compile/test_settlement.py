"""What the settlement model holds of a case, and what it leaves out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from detente.case.case import Case
from detente.case.lens_apply import apply_lens
from detente.case.preference import RedLine
from detente.compile.compiled import Compiled, Missing
from detente.compile.rules import truth_table
from detente.compile.settlement import ReservationBasis, SettlementTrace, Weights, compile_settlement
from detente.core.condition import parse_condition
from detente.core.errors import ModelError
from detente.core.estimate import Estimate
from detente.engines.settlement import GRID, Completion, SettlementModel, solve


def judged_case(**more: Any) -> Case:
    """Return a case of two parties, three issues of three options, with numbers."""
    return Case.model_validate(
        {
            "schema_version": "1",
            "id": "judged",
            "version": "1",
            "title": "A judged case",
            "authors": ["tests"],
            "licence": "CC0-1.0",
            "parties": [
                {"id": "A", "name": "Aland", "kind": "state"},
                {"id": "B", "name": "Boria", "kind": "state"},
                {"id": "G", "name": "members of B", "kind": "group", "represented_by": "B"},
                {"id": "N", "name": "Nowhere", "kind": "state"},
            ],
            "consent_lists": [{"id": "two", "name": "two", "parties": ["A", "B"]}],
            "issues": [
                {"id": issue, "title": issue, "options": [{"id": f"o{k}", "text": f"{issue} {k}"} for k in (1, 2, 3)]}
                for issue in ("x", "y", "z")
            ],
            "preferences": [
                {
                    "party": "A",
                    "weights": {"x": 3, "y": 1, "z": 4},
                    "values": {
                        "x": {"o1": 0.2, "o2": 0.4, "o3": 1.0},
                        "y": {"o1": 0.9, "o2": 0.5},
                        "z": {"o1": 1, "o2": 0.5, "o3": 0},
                    },
                    "red_lines": [
                        {"id": "A-y", "never": "y in [o2]", "basis": "stated", "p_binding": 0.6},
                        {"id": "A-xz", "never": "x in [o1] and z in [o1]", "basis": "inferred", "p_binding": 0.3},
                    ],
                },
                {
                    "party": "B",
                    "weights": {"x": 1, "y": 1},
                    "values": {"x": {"o1": 1, "o2": 0.5, "o3": 0}, "y": {"o1": 0, "o2": 0.5, "o3": 1}},
                    "reservation": 0.25,
                },
            ],
            **more,
        }
    )


def compiled(case: Case, *members: str, **options: Any) -> Compiled[SettlementModel, SettlementTrace]:
    """Return the compiled model, which must exist."""
    result = compile_settlement(case, members or ("A", "B"), **options)
    assert isinstance(result, Compiled)
    return result


def values(result: Compiled[SettlementModel, SettlementTrace], issue: int, party: int) -> list[float]:
    """Return a party's option utilities on an issue, unknown options at their worst."""
    return [float(v) / result.trace.grid for v in result.model.worst[issue][party]]


def test_an_issue_that_a_member_has_not_coded_is_left_out_and_named() -> None:
    trace = compiled(judged_case()).trace
    assert trace.issues == ("x", "y")
    assert trace.left_out == ("z",)
    assert trace.uncoded == {"A": (), "B": ("z",)}


def test_weights_sum_to_one_over_the_issues_of_the_analysis() -> None:
    model = compiled(judged_case())
    assert values(model, 0, 0) == pytest.approx([0, 0.75 * 0.25, 0.75], abs=1e-9)  # x: 3 of 4, rescaled 0 to 1
    assert values(model, 0, 1) == pytest.approx([0.5, 0.25, 0], abs=1e-9)


def test_weights_sum_to_one_again_under_a_lens() -> None:
    doubled = {"path": "weights.x", "op": "scale", "value": 2}
    pairs = [{"overrides": [{"party": party, **doubled} for party in "AB"]}]
    lens = {"id": "l", "document": "d", "viewpoint": "v", "public_since": "2020-01-01", "pairs": pairs}
    model = compiled(apply_lens(judged_case(lenses=[lens]), "l"))
    assert values(model, 0, 0) == pytest.approx([0, 6 / 7 * 0.25, 6 / 7], abs=1e-9)  # 3 and 1 become 6 and 1
    assert values(model, 1, 0) == pytest.approx([0.9 / 7, 0.5 / 7, 0], abs=1e-9)
    assert values(model, 0, 1) == pytest.approx([2 / 3, 1 / 3, 0], abs=1e-9)  # 1 and 1 become 2 and 1
    equal = compiled(apply_lens(judged_case(lenses=[lens]), "l"), weights=Weights.EQUAL)
    assert max(values(equal, 0, 0)) == pytest.approx(0.5)  # equal weights stay blind, to a lens too


def test_an_unknown_option_has_the_whole_range_and_its_issue_is_not_rescaled() -> None:
    result = compiled(judged_case())
    assert values(result, 1, 0) == pytest.approx([0.25 * 0.9, 0.25 * 0.5, 0.0], abs=1e-9)
    assert float(result.model.best[1][0][2]) / result.trace.grid == pytest.approx(0.25)
    assert result.trace.unknown == {"A": {"y": ("o3",)}, "B": {}}


def test_equal_weights_are_blind_to_parties() -> None:
    model = compiled(judged_case(), weights=Weights.EQUAL)
    assert max(values(model, 0, 0)) == pytest.approx(0.5)
    assert max(values(model, 0, 1)) == pytest.approx(0.5)


def test_a_reservation_is_stated_or_from_scenarios_or_the_worst_package() -> None:
    plain = compiled(judged_case())
    assert [basis for _, basis in plain.trace.reservations] == [ReservationBasis.ASSUMED, ReservationBasis.STATED]
    assert plain.model.reservation[0] == sum(plain.model.worst[i][0].min() for i in (0, 1))
    assert plain.model.reservation[1] * 4 == plain.trace.grid
    outlook = {
        "scenarios": [{"id": "s1", "text": "stand-off"}, {"id": "s2", "text": "worse"}],
        "outlooks": [
            {
                "party": "A",
                "beliefs": {"s1": {"low": 0.5, "mode": 0.6, "high": 0.9}, "s2": {"low": 0, "mode": 0.4, "high": 0.5}},
                "payoffs": {"s1": 0.5, "s2": 0.1},
            }
        ],
    }
    told = compiled(judged_case(no_agreement=outlook))
    assert told.trace.reservations[0] == (Fraction(34, 100), ReservationBasis.OUTLOOK)
    assert float(told.model.reservation[0]) / told.trace.grid == pytest.approx(0.6 * 0.5 + 0.4 * 0.1)


def test_a_line_over_an_issue_that_is_left_out_does_not_bind() -> None:
    trace = compiled(judged_case()).trace
    assert [line.id for line in trace.lines] == ["A-y"]
    assert [line.id for line in compiled(judged_case(), "A").trace.lines] == ["A-y", "A-xz"]


def test_a_represented_group_takes_the_numbers_of_its_speaker_and_says_so() -> None:
    result = compiled(judged_case(), "A", "G")
    assert result.trace.parties == ("A", "G")
    assert result.trace.speakers == ("A", "B")
    assert any("represented by" in sentence for sentence in result.assumed)


def test_a_member_without_numbers_is_missing_and_nothing_is_computed() -> None:
    result = compile_settlement(judged_case(), ("A", "N"))
    assert result == Missing(("N",), no_shared_issue=True)


def test_links_and_joint_values_become_tables() -> None:
    case = judged_case(links=[{"id": "L", "condition": "if x in [o1] then y in [o1]"}])
    preference = case.preferences[0].model_dump()
    preference["interactions"] = [
        {"when": "x in [o1] and y in [o1]", "value": 0.1},
        {"when": "x in [o2]", "value": 0.2},
    ]
    with_values = judged_case(links=case.links, preferences=[preference, case.preferences[1]])
    result = compiled(with_values)
    model = result.model
    assert model.links[0].allowed.sum() == 7
    [pair] = model.interactions
    assert pair.table[0, 0] == result.trace.grid // 10
    assert values(result, 0, 0)[1] == pytest.approx(0.75 * 0.25 + 0.2, abs=1e-9)


def test_a_joint_value_of_three_issues_is_refused_in_one_line() -> None:
    case = judged_case()
    preference = case.preferences[0].model_dump()
    preference["interactions"] = [{"when": "x in [o1] and y in [o1] and z in [o1]", "value": 0.1}]
    with pytest.raises(ModelError, match="two issues"):
        compile_settlement(judged_case(preferences=[preference]), ("A",))


def test_an_imported_scale_is_kept() -> None:
    model = compiled(judged_case(scale={"low": 0, "high": 10}))
    assert values(model, 0, 0) == pytest.approx([0.6, 1.2, 3.0], abs=1e-9)


def test_a_condition_over_too_many_issues_is_refused() -> None:
    options = {f"i{k}": ("a", "b", "c", "d") for k in range(11)}
    rule = parse_condition(" and ".join(f"{issue} in [a]" for issue in options))
    with pytest.raises(ModelError, match="too many issues"):
        truth_table(rule, options, {}, whatever=True)


def test_a_truth_table_reads_only_its_issues() -> None:
    issues, table = truth_table(
        parse_condition("if b in [y] then a in [x]"), {"a": ("x", "z"), "b": ("y", "n"), "c": ("q",)}, {}, whatever=True
    )
    assert issues == ("a", "b")
    assert np.array_equal(table, [[True, True], [False, True]])


def test_equal_utilities_stay_equal_on_the_grid() -> None:
    """One third of one issue and two sixths of another are the same, whatever the binary floats say."""
    case = judged_case(
        preferences=[
            {
                "party": "A",
                "weights": {"x": 0.1, "y": 0.2},
                "values": {"x": {"o1": 1, "o2": 2 / 3, "o3": 0}, "y": {"o1": 1 / 3, "o2": 1, "o3": 0}},
            }
        ],
    )
    result = compiled(case, "A")
    assert result.trace.grid % 9 == 0
    x, y = (result.model.worst[issue][0] for issue in (0, 1))
    assert x[1] == y[0]


def test_numbers_without_a_common_denominator_are_rounded_to_two_to_the_minus_forty() -> None:
    case = judged_case()
    odd = case.preferences[0].model_copy(update={"weights": {"x": _exact(0.1234567891), "y": _exact(0.7654321987)}})
    result = compiled(judged_case(preferences=[odd, case.preferences[1]]), "A", "B")
    assert result.trace.grid == GRID


def _exact(number: float) -> Estimate:
    return Estimate(low=number, mode=number, high=number)


def test_a_line_that_an_issue_left_out_cannot_change_still_binds() -> None:
    """Whatever z turns out to be, x in [o1] crosses the line."""
    line = {"id": "A-z", "never": "(x in [o1] and z in [o1]) or (x in [o1] and not z in [o1])", "basis": "stated"}
    case = judged_case()
    preference = case.preferences[0].model_copy(update={"red_lines": (RedLine.model_validate(line),)})
    result = compiled(judged_case(preferences=[preference, case.preferences[1]]))
    [rule] = [line.rule for line in result.model.lines]
    assert (result.trace.issues, rule.allowed.tolist()) == (("x", "y"), [False, True, True])
    assert any("A-z also reads issues that are left out" in sentence for sentence in result.assumed)


def test_links_tied_by_an_issue_left_out_count_together() -> None:
    links = [{"id": "L1", "condition": "z in [o1]"}, {"id": "L2", "condition": "if z in [o1] then x in [o3]"}]
    result = compiled(judged_case(links=links))
    assert result.trace.links == ("L1+L2",)
    assert result.model.links[0].allowed.tolist() == [False, False, True]


def test_a_package_exactly_at_the_reservation_reaches_it() -> None:
    """0.2 and a joint 0.3 are 0.5, not a hair less."""
    case = judged_case(
        scale={"low": 0, "high": 1},
        preferences=[
            {
                "party": "A",
                "weights": {"x": 1, "y": 1},
                "values": {"x": {"o1": 0.2, "o2": 0, "o3": 0}, "y": {"o1": 0, "o2": 0, "o3": 0}},
                "interactions": [{"when": "x in [o1] and y in [o1]", "value": 0.3}],
                "reservation": 0.5,
            }
        ],
    )
    model = compiled(case, "A").model
    assert solve(model, binding=(), completion=Completion.WORST).solutions[0].counts.in_zone.low == 1


def test_an_issue_without_a_position_is_not_traded_in_a_case_that_codes_positions() -> None:
    case = judged_case(
        sources=[{"id": "s", "title": "S", "grade": "news_agency"}],
        statements=[
            {
                "id": f"S-{party}",
                "cites": [{"source": "s", "locator": "p. 1"}],
                "voice": party,
                "attribution": "own_document",
                "actors": [party],
                "act": "demand",
                "says": "something",
                "public_since": "2020-01-01",
                "grade": "news_agency",
            }
            for party in "AB"
        ],
        positions=[
            {"id": f"P-{party}", "party": party, "issue": "x", "because": [f"S-{party}"], "stances": {"o1": "demands"}}
            for party in "AB"
        ],
    )
    assert compiled(case).trace.issues == ("x",)


def test_zero_weights_stay_zero_and_are_said() -> None:
    case = judged_case()
    nothing = case.preferences[1].model_copy(update={"weights": {"x": _exact(0), "y": _exact(0)}})
    result = compiled(judged_case(preferences=[case.preferences[0], nothing]))
    assert not any(table[1].any() for table in result.model.best)
    assert any("every weight on these issues is zero" in sentence for sentence in result.assumed)


def test_a_reservation_judged_on_all_issues_is_said_wherever_some_are_left_out() -> None:
    assert any("judged on the scale of all issues" in sentence for sentence in compiled(judged_case()).assumed)
