"""What the ledger says of the worked example from its statements, counted by hand from the record's own lines."""

from __future__ import annotations

import datetime
from functools import cache

import pytest

from detente.case.as_of import at
from detente.case.case import Case
from detente.case.ledger import Ledger, ledger
from detente.case.ledger.consistency import Between
from detente.case.load import load_case
from tests.brief.briefs import WORKED, brief_of, words


@cache
def ledger_of(name: str, day: str) -> Ledger:
    return ledger(cut(name, day))


def cut(name: str, day: str) -> Case:
    return at(load_case(name), datetime.date.fromisoformat(day))


@pytest.fixture
def worked() -> Ledger:
    return ledger_of(WORKED, "2022-02-23")


def test_three_claims_are_contested_each_with_its_first_days(worked: Ledger) -> None:
    contested = [
        (
            view.claim,
            {said.who for said in view.asserted},
            {said.who for said in view.denied},
            str(view.contested_since),
        )
        for view in worked.claims
        if view.contested_since is not None
    ]
    assert contested == [
        ("attack-on-ukraine-prepared", {"UKR", "USA"}, {"RUS"}, "2021-11-28"),  # S-T011a, S-T011b
        ("crimea-settled", {"RUS"}, {"UKR"}, "2022-02-17"),  # S-P090 of 27 January, S-P091 of 17 February
        ("attack-on-entities-prepared", {"DL_ENT"}, {"UKR"}, "2022-02-18"),  # S-T096a, S-T096b
    ]


def test_of_the_astana_text_each_side_names_what_the_other_leaves_out(worked: Ledger) -> None:
    uses = {use.party: use for use in worked.text_uses if use.text == "astana-2010"}
    assert {party: [one.principle for one in use.invoked] for party, use in uses.items()} == {
        "RUS": ["not-at-others-expense"],  # S-P006
        "USA": ["free-choice"],  # S-P004
    }
    assert {party: use.left_out for party, use in uses.items()} == {
        "RUS": ("free-choice",),
        "USA": ("not-at-others-expense",),
    }


def test_the_minsk_text_is_invoked_and_then_said_to_be_no_more(worked: Ledger) -> None:
    (use,) = [use for use in worked.text_uses if use.text == "minsk-2015"]
    assert [one.statements for one in use.invoked] == [("S-P084",)]  # 17 February
    assert [one.statements for one in use.disputed] == [("S-T106",)]  # 22 February


def test_no_outcome_of_the_days_after_is_known_at_the_cut_off(worked: Ledger) -> None:
    assert [view.occurred for view in worked.forecasts] == [None] * 4  # S-P015, S-T041, S-T078, 002-02
    assert worked.author_scores
    assert all(score.scores is None for score in worked.author_scores)
    day_after = ledger_of("istanbul-talks-2022", "2022-02-24")  # the same record, in a case with a later cut-off
    known = {view.statement: view.occurred for view in day_after.forecasts if view.occurred is not None}
    assert known == {"S-T041": True, "S-T078": True}


def test_only_a_forecast_whose_outcome_has_a_ground_is_scored() -> None:
    scores = {score.author: score for score in ledger_of("settlement-talks-2024", "2024-11-30").author_scores}
    biden = scores["Biden"].scores
    # likely (0.55 to 0.80, middle 0.675) occurred: 0.325 squared; "in the near term" names no day, so it stays open
    assert biden is not None
    assert (biden.number, biden.base_rate) == (1, 1.0)
    assert biden.brier == pytest.approx(0.325**2, abs=1e-12)
    undecided = scores["author: M K Bhadrakumar"]
    assert (undecided.forecasts, undecided.with_outcome, undecided.scores) == (1, 0, None)


def test_expects_is_likely_in_our_reading_only() -> None:
    views = {view.statement: view for view in ledger_of("settlement-talks-2024", "2024-11-30").forecasts}
    assert {name for name, view in views.items() if view.inferred} == {"001-07", "001-27", "001-35", "001-36", "S-T041"}
    assert [views[name].occurred for name in ("001-07", "001-35", "S-P015")] == [None] * 3


def test_the_invented_forecasts_are_scored_once_their_outcome_is_public() -> None:
    late = {score.author: score for score in ledger_of("river-basin", "2019-06-30").author_scores}
    assert late["Ivo Maren"].scores is not None
    assert late["Ivo Maren"].scores.brier == pytest.approx(0.2**2, abs=1e-12)  # 0.8, occurred
    assert late["Lena Varga"].scores is not None
    # likely (middle 0.675) occurred, 0.5 did not
    assert late["Lena Varga"].scores.brier == pytest.approx((0.325**2 + 0.5**2) / 2, abs=1e-12)
    assert all(one.scores is None for one in ledger_of("river-basin", "2019-01-19").author_scores)


def test_pledges_close_what_their_words_rule_out(worked: Ledger) -> None:
    on_enlargement = [
        (one.party, one.statement, one.closed) for one in worked.pledges if one.issue == "A04_nato_enlargement"
    ]
    assert on_enlargement == [
        ("RUS", "S-P012", ("o3",)),
        ("RUS", "S-P014", ("o4",)),
        ("UKR", "S-P019", ("o1",)),
        ("NATO", "S-P017", ("o1",)),
        ("USA", "S-P018", ("o1",)),
        ("FRA", "S-P020", ("o1",)),
    ]
    recognition = next(one for one in worked.pledges if one.statement == "S-P085")
    assert recognition.left == ("o2",)  # recognition closes o1, o3 and o4 of the Minsk file


def test_two_voices_for_russia_differ_on_one_day_in_2024() -> None:
    found = ledger_of("settlement-talks-2024", "2024-11-30").contradictions
    assert [(one.party, one.claim, one.first, one.second, one.between) for one in found] == [
        ("RUS", "line-of-contact-open", "S-P148", "S-P149", Between.ONE_DAY)
    ]


def test_fears_are_taken_up_by_two_parties_and_linked_to_the_texts_that_say_so(worked: Ledger) -> None:
    assert [(one.by, one.of, one.statement) for one in worked.recognitions] == [
        ("CHN", "RUS", "S-P005"),
        ("USA", "RUS", "S-P004"),
    ]


def test_acts_by_party_and_month_add_up(worked: Ledger) -> None:
    case = cut(WORKED, "2022-02-23")
    own = [one for one in worked.act_counts if one.party == "NATO"]
    # the eight leaked statements of the written reply, S-P017 to S-P067, and Stoltenberg's seven of 26 January
    assert (sum(one.public for one in own), sum(one.otherwise for one in own)) == (7, 8)
    assert {one.month for one in own if one.public + one.otherwise} == {"2022-01"}
    listed = [name for one in worked.act_counts for name in one.statements]
    assert len(listed) == sum(one.public + one.otherwise + one.told for one in worked.act_counts)
    assert set(listed) <= set(case.statement)


def test_the_brief_prints_the_contested_claims_and_says_that_it_does_not_know() -> None:
    ground = words(brief_of(WORKED).section("ground"))
    assert "Russia is preparing an attack on Ukraine" in ground
    record = words(brief_of(WORKED).section("record"))
    assert "Ukraine is preparing an attack on the entities" not in ground  # both sides of it are from memory
    assert "Ukraine is preparing an attack on the entities" in record
    assert "entities in Donetsk and Luhansk regions (18 Feb 2022; memory)" in record  # S-T096a is graded memory
    assert "What we do not know: which of these claims holds" in ground
    paper = words(brief_of(WORKED).section("paper"))
    assert "Acts in each side's own words" in paper
    assert "Of one agreed text" in paper
    assert "of 1999 [its principles from memory]" in paper or "of 2010 [its principles from memory]" in paper
    assert "[its principles from memory]" in words(brief_of(WORKED).section("record"))


def test_each_line_on_a_claim_leads_to_dated_statements() -> None:
    brief = brief_of(WORKED)
    noted = {note.statement for note in brief.notes}
    assert {"S-T011a", "S-T011b", "S-T080", "S-P072", "S-P090", "S-P091", "S-T096a", "S-T096b"} <= noted
