"""A lens changes the estimates it names, both sides of the dispute, and lists what it could not change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from detente.case.case import Case
from detente.case.lens_apply import apply_lens, read_through
from detente.case.lens_effect import effect_lines
from detente.case.load import load_case
from detente.case.red_lines import standing_lines
from detente.core.errors import CaseError
from tests.case.builders import small, small_case

WORKED = "drafts-and-replies-2021-22"


@pytest.fixture(scope="module")
def worked() -> Case:
    return load_case(WORKED)


def test_a_weight_is_scaled(worked: Case) -> None:
    plain = worked.preference["RUS"].weights["A09_inf_missiles"]
    lensed = apply_lens(worked, "lens_001").preference["RUS"].weights["A09_inf_missiles"]
    assert lensed.mode == pytest.approx(1.4 * plain.mode)
    assert (lensed.low, lensed.high) == pytest.approx((1.19 * plain.low, 1.61 * plain.high))


def test_a_line_becomes_more_or_less_binding_within_bounds(worked: Case) -> None:
    plain = {line.id: line for line in standing_lines(worked, "USA")}["USA-A04-o1"]
    lensed = {line.id: line for line in standing_lines(apply_lens(worked, "lens_000"), "USA")}["USA-A04-o1"]
    assert lensed.probability.mode == pytest.approx(min(1.0, 1.3 * plain.probability.mode))
    assert lensed.probability.high <= 1.0


def test_a_payoff_without_agreement_is_shifted(worked: Case) -> None:
    def payoff(case: Case) -> float:
        return next(o for o in case.no_agreement.outlooks if o.party == "RUS").payoffs["A1"].mode

    assert payoff(apply_lens(worked, "lens_000")) == pytest.approx(payoff(worked) + 0.1)


def test_trust_changes_for_the_party_that_the_lens_names(worked: Case) -> None:
    dyads = {(d.of, d.towards): d for d in apply_lens(worked, "lens_002").dyads}
    assert dyads["RUS", "USA"].value is not None
    assert dyads["USA", "RUS"].value is not None
    # each by itself: 0.15 is the class of declared opponents, and one party's change is no ground of the other's
    assert dyads["RUS", "USA"].value.mode == pytest.approx(1.5 * 0.15)
    assert dyads["USA", "RUS"].value.mode == pytest.approx(1.5 * 0.15)


def test_an_override_without_a_number_is_listed_and_never_dropped(worked: Case) -> None:
    """Lens 003 also raises the value to the US, Russia and Ukraine of an option that one of them never spoke of."""
    lensed = read_through(worked, "lens_003")
    assert [(one.override.party, one.override.path, one.reason) for one in lensed.unresolved] == [
        ("RUS", "values.A04_nato_enlargement.o5", "the party has no such number here")
    ]


def test_every_override_is_applied_or_listed(worked: Case) -> None:
    for lens in worked.lenses:
        lensed = read_through(worked, lens.id)
        told = Counter(one.override for one in (*lensed.applied, *lensed.unresolved))
        assert told == Counter(override for pair in lens.pairs for override in pair.overrides)
        assert lensed.has_effect == (lensed.case != worked) == bool(lens.pairs)


def test_a_lens_from_after_the_day_does_not_exist(worked: Case) -> None:
    assert worked.cut_off is not None
    early = worked.at(worked.cut_off)
    assert [lens.id for lens in early.lenses] == ["lens_000", "lens_002"]
    with pytest.raises(CaseError, match="no such lens on this date"):
        apply_lens(early, "lens_003")


def test_a_misspelt_lens_is_refused_with_a_suggestion(worked: Case) -> None:
    with pytest.raises(CaseError, match="Did you mean"):
        apply_lens(worked, "lense_000")


def test_what_changed_is_told_before_and_after(worked: Case) -> None:
    lensed = read_through(worked, "lens_000")
    line = next(one for one in lensed.applied if one.override.party == "USA" and "p_binding" in one.override.path)
    # the prior of a confidential reply, 0.35 · 0.6 · 0.85, scaled by 1.105 · 1.3 · 1.495 and held at 1
    assert [(number.low, number.mode, number.high) for number in line.before] == [(0.35, 0.6, 0.85)]
    assert (line.after[0].low, line.after[0].mode) == pytest.approx((0.35 * 1.105, 0.78))
    assert line.after[0].high == 1.0


def test_a_lens_that_is_silent_on_a_case_has_no_effect_and_says_so(worked: Case) -> None:
    lensed = read_through(worked, "lens_004")
    assert lensed.case == worked
    assert not lensed.has_effect
    assert list(effect_lines(lensed)) == ["Lens lens_004 has no effect in this case: it overrides no number here."]


def test_a_line_is_found_by_the_option_that_it_refuses_however_it_is_written() -> None:
    values = small()
    values["preferences"][0]["red_lines"] = [{"id": "ra", "never": "not bridge in [b1]"}]
    line = {"path": "red_lines.bridge.b2.p_binding", "op": "set", "value": 0.2}
    case = small_case(preferences=values["preferences"], lenses=[lens({"party": p, **line} for p in "AB")])
    lensed = read_through(case, "reading")
    assert [one.override.party for one in lensed.applied] == ["A"]
    assert lensed.case.preference["A"].red_lines[0].p_binding is not None
    assert [one.reason for one in lensed.unresolved] == ["the party has no red line that refuses just this option"]


def test_an_override_that_leaves_its_number_as_it_was_is_listed() -> None:
    still = {"path": "weights.water", "op": "scale", "value": 1}
    lensed = read_through(small_case(lenses=[lens({"party": p, **still} for p in "AB")]), "reading")
    assert {one.reason for one in lensed.unresolved} == {"the number stays as it was"}
    assert not lensed.has_effect
    assert next(effect_lines(lensed)).startswith("Lens reading has no effect in this case on this day: none of its 2")


def test_patience_is_no_partys_own() -> None:
    patience = {"path": "time.patience_6m", "op": "add", "value": 0.1}
    lensed = read_through(small_case(lenses=[lens({"party": p, **patience} for p in "AB")]), "reading")
    assert {one.reason for one in lensed.unresolved} == {"patience is one number for all parties and no party's own"}


def test_trust_in_a_third_party_is_not_that_of_the_pair() -> None:
    trust = {"path": "trust.A-B", "op": "set", "value": 0.5}
    case = small_case(
        trust_classes=[{"id": "low", "value": 0.2}],
        dyads=[{"of": "A", "towards": "B", "trust": "low"}, {"of": "B", "towards": "A", "trust": "low", "value": 0.3}],
        lenses=[lens({"party": p, **trust} for p in ("A", "B", "AB"))],
    )
    lensed = read_through(case, "reading")
    assert [one.before[0].mode for one in lensed.applied] == [0.2, 0.3]
    assert [(one.override.party, one.reason) for one in lensed.unresolved] == [("AB", "the party is none of the pair")]
    assert [(d.of, d.towards) for d in lensed.case.dyads] == [("A", "B"), ("B", "A")]


def lens(overrides: Iterable[dict[str, object]]) -> dict[str, object]:
    """Return a lens of one pair."""
    pairs = [{"overrides": list(overrides)}]
    return {"id": "reading", "document": "d", "viewpoint": "v", "public_since": "2020-01-01", "pairs": pairs}


def rivals(*overrides: dict[str, object]) -> Case:
    """Return the two rivals, whose payoffs lie outside the scale, with one lens."""
    lens = {
        "id": "reading",
        "document": "d",
        "viewpoint": "v",
        "public_since": "2020-01-01",
        "pairs": [{"overrides": list(overrides)}],
    }
    case = load_case("two-rivals")
    return Case.model_validate({**case.model_dump(exclude_unset=True), "lenses": [lens]})


def payoff(party: str, scenario: str, op: str, value: float) -> dict[str, object]:
    """Return an override of a payoff without agreement."""
    return {"party": party, "path": f"no_agreement.payoffs.{scenario}", "op": op, "value": value}


def test_a_payoff_may_lie_outside_the_scale() -> None:
    """Adding nothing changes nothing, not even a payoff below 0 or above 1."""
    case = load_case("two-rivals")
    scenario = case.no_agreement.scenarios[0].id
    lensed = apply_lens(rivals(payoff("A", scenario, "add", 0), payoff("B", scenario, "add", 0)), "reading")
    for before, after in zip(case.no_agreement.outlooks, lensed.no_agreement.outlooks, strict=True):
        assert before.payoffs[scenario].mode == after.payoffs[scenario].mode


def test_a_lensed_number_is_the_lenss_and_not_the_authors(worked: Case) -> None:
    lensed = apply_lens(worked, "lens_001").preference["RUS"].weights["A09_inf_missiles"]
    assert lensed.by == "lens lens_001"
    assert lensed.because == ("001-09",)


def test_beliefs_still_sum_to_one() -> None:
    first = load_case("two-rivals").no_agreement.scenarios[0].id
    wanted = {"path": f"no_agreement.beliefs.{first}", "op": "set", "value": 0.9}
    lensed = apply_lens(rivals({"party": "A", **wanted}, {"party": "B", **wanted}), "reading")
    for outlook in lensed.no_agreement.outlooks:
        assert outlook.beliefs[first].mode == 0.9
        assert sum(belief.mode for belief in outlook.beliefs.values()) == pytest.approx(1)
