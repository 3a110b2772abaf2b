"""A lens changes the estimates it names, both sides of the dispute, and lists what it could not change."""

from __future__ import annotations

import pytest

from detente.case.case import Case
from detente.case.lens_apply import apply_lens, read_through
from detente.case.load import load_case
from detente.case.red_lines import standing_lines
from detente.core.errors import CaseError

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
    assert dyads["RUS", "USA"].value.mode == pytest.approx(1.5 * 0.15)


def test_an_override_without_a_number_is_listed_and_never_dropped(worked: Case) -> None:
    """Lens 003 also raises the value to the US, Russia and Ukraine of an option that one of them never spoke of."""
    lensed = read_through(worked, "lens_003")
    assert {(o.party, o.path) for o in lensed.unresolved} == {("RUS", "values.A04_nato_enlargement.o5")}


def test_every_override_is_applied_or_listed(worked: Case) -> None:
    for lens in worked.lenses:
        lensed = read_through(worked, lens.id)
        wanted = sum(len(pair.overrides) for pair in lens.pairs)
        assert len(lensed.unresolved) < wanted
        assert lensed.case != worked


def test_a_lens_from_after_the_day_does_not_exist(worked: Case) -> None:
    assert worked.cut_off is not None
    early = worked.at(worked.cut_off)
    assert [lens.id for lens in early.lenses] == ["lens_000", "lens_002"]
    with pytest.raises(CaseError, match="no such lens on this date"):
        apply_lens(early, "lens_003")


def test_a_misspelt_lens_is_refused_with_a_suggestion(worked: Case) -> None:
    with pytest.raises(CaseError, match="Did you mean"):
        apply_lens(worked, "lense_000")


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
