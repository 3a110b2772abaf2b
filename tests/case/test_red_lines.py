"""How a red line is known, how probably it binds, and what it implies."""

from __future__ import annotations

from typing import Any

from detente.case.case import Case
from detente.case.position import Basis
from detente.case.preference import Sense
from detente.case.red_lines import StandingLine, falls_with, implied_options, standing_lines
from detente.evidence.statement import TextClass
from tests.case.builders import small


def lines(party: str, *red_lines: dict[str, Any], **changes: Any) -> dict[str, StandingLine]:
    values = small(**changes)
    owner = next(one for one in values["preferences"] if one["party"] == party)
    if red_lines:
        owner["red_lines"] = list(red_lines)
    return {line.id: line for line in standing_lines(Case.model_validate(values), party)}


def test_a_stated_refusal_has_the_prior_of_its_text() -> None:
    line = lines("B")["rb"]
    assert (line.basis, line.text_class, line.probability.mode) == (Basis.STATED, TextClass.OFFICIAL_REMARK, 0.5)
    assert (line.issue, line.option, line.group) == ("water", "w2", ("B", "water", "too_much"))
    assert (line.because, line.statements, line.assumed) == (("p2",), ("s2",), False)


def test_an_inferred_refusal_is_of_the_class_inferred() -> None:
    line = lines("A")["ra"]
    assert (line.basis, line.text_class, line.probability.mode) == (Basis.INFERRED, TextClass.INFERRED, 0.3)
    assert line.group == ("A", "ra", "")


def test_who_refuses_as_too_much_refuses_all_that_hold_more() -> None:
    found = lines("B")
    assert list(found) == ["rb", "rb+w3"]
    implied = found["rb+w3"]
    assert (implied.implied_by, implied.basis, implied.p_nested.mode) == (("rb",), Basis.INFERRED, 0.5)
    assert implied.group == found["rb"].group
    assert str(implied.condition) == "water in [w3]"


def test_a_listed_line_is_at_least_as_probable_as_what_implies_it() -> None:
    stronger = {"id": "rb", "never": "water in [w2]", "because": ["p2"], "sense": "too_much"}
    weaker = {
        "id": "rc",
        "never": "water in [w3]",
        "sense": "too_much",
        "p_binding": {"low": 0.1, "mode": 0.2, "high": 0.9},
    }
    found = lines("B", stronger, weaker)
    assert list(found) == ["rb", "rc"]
    assert found["rc"].probability.mode == 0.2
    nested = found["rc"].p_nested
    assert (nested.low, nested.mode, nested.high) == (0.5, 0.5, 0.9)
    assert found["rb"].p_nested == found["rb"].probability


def test_without_priors_the_probability_is_unknown_and_says_so() -> None:
    found = lines("B", text_class_priors={})
    assert found["rb"].assumed
    assert (found["rb"].probability.low, found["rb"].probability.mode, found["rb"].probability.high) == (0, 1, 1)
    inferred = lines("A", text_class_priors={})["ra"]
    assert (inferred.assumed, inferred.probability.mode) == (True, 0.5)


def test_what_is_given_goes_before_what_follows() -> None:
    given = {"id": "rb", "never": "water in [w2]", "basis": "inferred", "text_class": "legal_act", "p_binding": 0.8}
    line = lines("B", given)["rb"]
    assert (line.basis, line.text_class, line.probability.mode) == (Basis.INFERRED, TextClass.LEGAL_ACT, 0.8)


def test_a_relaxed_line_is_marked_and_implies_nothing() -> None:
    given = {"id": "rb", "never": "water in [w2]", "because": ["p2"], "sense": "too_much", "relaxed_by": ["p1"]}
    found = lines("B", given)
    assert list(found) == ["rb"]
    assert found["rb"].relaxed


def test_a_contested_line_is_marked() -> None:
    given = {"id": "rb", "never": "water in [w2]", "because": ["p2"], "contested_by": ["p1"]}
    assert lines("B", given)["rb"].contested


def test_a_line_over_two_issues_nests_with_none() -> None:
    given = {"id": "rb", "never": "water in [w2] and bridge in [b1]", "because": ["p2"]}
    line = lines("B", given)["rb"]
    assert (line.issue, line.option, line.options, line.group) == (None, None, (), ("B", "rb", ""))
    assert line.basis is Basis.STATED


def test_a_line_over_several_options_implies_what_each_does() -> None:
    given = {"id": "rb", "never": "water in [w2, w3]", "because": ["p2"], "sense": "too_little"}
    found = lines("B", given)
    assert list(found) == ["rb", "rb+w1"]
    assert (found["rb"].option, found["rb"].options) == (None, ("w2", "w3"))


def stated(never: str, *stances: dict[str, Any], **more: Any) -> StandingLine:
    """Return a line of Bland on one position for each of these stances on water, and on a refusal of bridge b1."""
    values = small()
    values["positions"] = [
        {"id": f"g{at}", "party": "B", "issue": "water", "because": [f"s{at + 1}"], "stances": stance}
        for at, stance in enumerate(stances)
    ]
    grounds = [f"g{at}" for at in range(len(stances))]
    return lines(
        "B",
        {"id": "rb", "never": never, "because": grounds, **more},
        **{"positions": values["positions"], "answers": []},
    )["rb"]


W1, W2, W3 = ({name: "rules_out"} for name in ("w1", "w2", "w3"))


def test_a_line_is_stated_only_if_all_of_it_is_refused_in_words() -> None:
    assert stated("water in [w2]", W2).basis is Basis.STATED
    wider = stated("water in [w1, w2, w3]", W2)
    assert (wider.basis, wider.text_class) == (Basis.INFERRED, TextClass.INFERRED)
    assert stated("water in [w1, w2]", W1, W2).basis is Basis.STATED
    assert stated("water in [w1, w2]", W1, {"w2": {"stance": "rules_out", "basis": "inferred"}}).basis is Basis.INFERRED
    assert stated("not water in [w1]", W2).basis is Basis.INFERRED
    assert stated("not water in [w1]", W2, W3).basis is Basis.STATED
    assert stated("water in [w2] and not water in [w2]", W2).basis is Basis.INFERRED


def test_a_line_over_several_issues_is_stated_if_no_package_meets_it_without_what_was_refused() -> None:
    assert stated("water in [w2] and bridge in [b1]", W2).basis is Basis.STATED
    assert stated("water in [w2, w3] and bridge in [b1]", W2).basis is Basis.INFERRED
    assert stated("water in [w2] or bridge in [b1]", W2).basis is Basis.INFERRED
    assert stated("not (water in [w1] or bridge in [b1])", W2, W3).basis is Basis.STATED
    assert stated("not (if water in [w2] then bridge in [b1])", W2).basis is Basis.STATED


def test_the_class_is_the_largest_at_which_all_of_the_line_was_said() -> None:
    assert stated("water in [w2]", W2, W2).text_class is TextClass.DRAFT_TREATY_DEMAND  # s1 and s2 alone would do
    line = stated("water in [w1, w2]", W1, W2)  # w1 in a draft (0.6), w2 in a remark (0.5)
    assert (line.text_class, line.probability.mode) == (TextClass.OFFICIAL_REMARK, 0.5)


def test_a_condition_over_one_issue_nests_however_it_is_written() -> None:
    values = {"id": "rb", "never": "not water in [w1, w3]", "because": ["p2"], "sense": "too_much"}
    found = lines("B", values, {"id": "rc", "never": "water in [w3] or water in [w3]", "sense": "too_much"})
    assert (found["rb"].option, found["rb"].options) == ("w2", ("w2",))
    assert found["rb"].group == found["rc"].group == ("B", "water", "too_much")
    assert found["rc"].p_nested.mode == 0.5


def test_a_party_without_numbers_has_no_lines() -> None:
    assert standing_lines(Case.model_validate(small()), "AB") == ()


def test_nothing_is_implied_without_a_chain_or_a_sense() -> None:
    nesting = Case.model_validate(small()).issue["water"].nesting
    assert implied_options(nesting, "w2", Sense.TOO_LITTLE) == ("w1",)
    assert implied_options(nesting, "w2", None) == ()
    assert implied_options(None, "w2", Sense.TOO_MUCH) == ()
    assert implied_options(nesting, "w9", Sense.TOO_MUCH) == ()


def test_a_line_that_does_not_bind_takes_those_with_it_that_imply_it() -> None:
    chain = {"attribute": "how much", "chain": ["w1", "w2", "w3"]}
    lines = [{"id": f"r{n}", "never": f"water in [w{n}]", "sense": "too_little", "p_binding": 0.5} for n in (1, 2)]
    raw = small()
    raw["issues"][0]["nesting"] = chain
    raw["preferences"][0]["red_lines"] = lines
    case = Case.model_validate(raw)
    first, second = standing_lines(case, "A")
    # who would take none (w1) would take half (w2) too; who would take half may still refuse none
    assert falls_with(case, "A", first) == ("r1", "r2")
    assert falls_with(case, "A", second) == ("r2",)
