"""What the ledger says from statements, on a case whose answers can be read off by hand."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from detente.case.as_of import at, export_public
from detente.case.case import Case
from detente.case.diff.record import records
from detente.case.digest import case_hash
from detente.case.ledger import ledger
from detente.case.ledger.consistency import Between
from detente.case.ledger.said import said_by
from detente.case.load import load_case
from detente.case.references import reference_problems
from detente.case.save import dump_case
from detente.maths.scoring import scores
from tests.ledger.small_case import position, statement
from tests.ledger.statements_case import CLAIMS, OUTCOMES, TEXTS, spoken_case, statements

DAY = datetime.date


def faultless(case: Case) -> Case:
    assert reference_problems(case) == ()
    return case


def test_a_claim_is_contested_once_another_party_has_denied_it() -> None:
    views = {view.claim: view for view in ledger(faultless(spoken_case())).claims}
    buildup = views["buildup"]
    assert [(said.who, said.statement) for said in buildup.asserted] == [("B", "C1")]
    assert [(said.who, said.statement) for said in buildup.denied] == [("A", "C2")]
    assert (buildup.since, buildup.contested_since, buildup.latest) == (DAY(2020, 1, 10), DAY(2020, 1, 12), "C2")


def test_contested_claims_come_first_and_the_word_of_an_author_is_marked_as_such() -> None:
    views = ledger(spoken_case()).claims
    assert [view.claim for view in views] == ["buildup", "calm"]
    assert [(said.statement, said.own_word) for said in views[1].asserted] == [("C3", True), ("W1", False)]


def test_two_voices_of_one_party_do_not_make_a_claim_contested() -> None:
    case = spoken_case(statements=[one for one in statements() if one["id"] != "W1"])
    calm = next(view for view in ledger(case).claims if view.claim == "calm")
    assert calm.asserted
    assert calm.denied
    assert calm.contested_since is None


def test_saying_both_in_two_channels_without_an_answer_is_a_contradiction() -> None:
    found = ledger(spoken_case()).contradictions
    assert [(one.party, one.claim, one.first, one.second, one.between) for one in found] == [
        ("A", "calm", "C3", "C4", Between.CHANNELS)
    ]


def test_a_change_after_an_answer_is_movement() -> None:
    answered = [*statements(), statement("C3b", "B", "2020-03-11", "reply-b", denies=["calm"])]
    found = ledger(spoken_case(statements=answered))
    assert found.contradictions == ()
    assert [(one.first, one.second, one.answers) for one in found.revisions] == [("C3", "C4", ("C3b",))]


@pytest.mark.parametrize(
    ("day", "channel", "between"),
    [
        ("2020-03-10", "public", Between.ONE_DAY),
        ("2020-03-12", "public", Between.TIME),
        ("2020-03-12", "private", Between.CHANNELS),
    ],
)
def test_what_lies_between_two_words_is_told(day: str, channel: str, between: Between) -> None:
    both = [
        statement("C3", "A", "2020-03-10", "later", asserts=["calm"]),
        statement("C4", "A", day, "later", denies=["calm"], channel=channel),
    ]
    others = [one for one in statements() if one["id"] not in {"C3", "C4", "W1"}]
    assert [one.between for one in ledger(spoken_case(statements=[*others, *both])).contradictions] == [between]


def test_an_option_refused_in_public_and_asked_for_otherwise_is_a_contradiction_and_on_two_days_in_public_is_not() -> (
    None
):
    def case(channel: str) -> Case:
        leaked = statement("S-P7", "A", "2020-03-05", "later", channel=channel, issue="bases")
        return spoken_case(
            statements=[*statements(), leaked],
            positions=[
                position("P4", "A", "bases", {"o3": "rules_out"}),
                position("P7", "A", "bases", {"o3": "would_accept"}),
            ],
        )

    found = [one for one in ledger(case("leaked")).contradictions if one.option]
    assert [(one.party, one.option, one.first, one.second) for one in found] == [("A", "o3", "S-P4", "S-P7")]
    assert [one for one in ledger(case("public")).contradictions if one.option] == []


def test_recognition_names_who_takes_up_whose_fear_since_when() -> None:
    found = ledger(spoken_case()).recognitions
    assert [(one.by, one.of, one.concern, one.of_fear, one.since) for one in found] == [
        ("B", "A", "S-P1", True, DAY(2020, 2, 1))
    ]


def test_use_of_a_text_tells_what_is_invoked_left_out_and_taken_both_ways() -> None:
    uses = {use.party: use for use in ledger(spoken_case()).text_uses}
    assert [entry.principle for entry in uses["A"].invoked] == ["no-harm"]
    assert uses["A"].left_out == ("choice",)
    assert uses["A"].both_ways == ()
    assert uses["B"].left_out == ("no-harm",)
    assert uses["B"].both_ways == ("choice",)  # invoked on bases (R1), disputed on visits (R2)
    assert uses["B"].disputed[0].issues == ("visits",)


def test_a_ground_of_a_claim_is_the_text_that_its_statement_relies_on() -> None:
    said = statement("C9", "B", "2020-01-20", "reply-b", denies=["calm"], relies_on=[{"text": "accord"}])
    found = ledger(spoken_case(statements=[*statements(), said])).claim_grounds
    assert [(one.claim, one.asserts, one.who, one.text) for one in found] == [("calm", False, ("B",), "accord")]


def test_forecasts_are_scored_by_what_they_state_and_silence_is_not_scored() -> None:
    found = ledger(spoken_case())
    assert [(one.statement, one.low, one.probability, one.high, one.occurred) for one in found.forecasts] == [
        ("F1", 0.8, 0.8, 0.8, True),
        ("F2", 0.55, 0.675, 0.8, False),
        ("F3", None, None, None, None),
    ]
    (score,) = found.author_scores
    assert (score.author, score.forecasts, score.with_outcome) == ("B", 3, 2)
    assert score.scores == scores([0.8, 0.675], [True, False])
    assert score.scores is not None
    assert score.scores.brier == pytest.approx((0.2**2 + 0.675**2) / 2, abs=1e-12)
    assert score.brier_best == pytest.approx((0.2**2 + 0.55**2) / 2, abs=1e-12)
    assert score.brier_worst == pytest.approx((0.2**2 + 0.8**2) / 2, abs=1e-12)


def test_no_outcome_is_known_before_it_was_public() -> None:
    case = spoken_case()
    known = {day: [one.occurred for one in ledger(at(case, DAY.fromisoformat(day))).forecasts] for day in
             ("2020-05-19", "2020-05-20", "2020-07-01")}  # fmt: skip
    assert known == {
        "2020-05-19": [None, None, None],
        "2020-05-20": [True, None, None],
        "2020-07-01": [True, False, None],
    }


def test_a_forecast_whose_day_is_past_without_an_outcome_is_overdue() -> None:
    case = at(spoken_case(forecast_outcomes=[]), DAY(2020, 6, 2))
    assert [one.overdue for one in ledger(case).forecasts] == [True, False, False]


def test_a_pledge_closes_options_and_a_later_word_may_open_them() -> None:
    (pledge,) = ledger(spoken_case()).pledges
    assert (pledge.party, pledge.closed, pledge.left) == ("A", ("o3",), ("o1", "o2"))
    assert pledge.packages == ("reply-b",)  # the text in which B demands o3
    assert pledge.reopened == ()
    later = [*statements(), statement("S-P8", "A", "2020-05-01", "later")]
    moved = [position("P4", "A", "bases", {"o3": "rules_out"}), position("P8", "A", "bases", {"o3": "would_discuss"})]
    (pledge,) = ledger(spoken_case(statements=later, positions=moved)).pledges
    assert pledge.reopened == ("P8",)


def test_acts_are_counted_once_in_public_otherwise_or_as_told() -> None:
    counts = {(one.party, one.act.value, one.month): one for one in ledger(spoken_case()).act_counts}
    march = counts["A", "demand", "2020-03"]  # C3 leaked, C4 public
    assert (march.public, march.otherwise, march.told, march.statements) == (1, 1, 0, ("C3", "C4"))
    assert counts["B", "demand", "2020-04"].told == 1  # W1
    assert sum(one.public + one.otherwise + one.told for one in counts.values()) == len(statements())


def test_what_another_party_says_of_a_party_is_its_word_and_not_the_partys() -> None:
    """ "B says that A moved troops" is A's act, told by B; B asserts it, and A has pledged and recognised nothing."""
    told = statement(
        "T1", "A", "2020-04-02", "later", voice="B", attribution="reported_speech", act="deploy", fear=True,
        asserts=["calm"], acknowledges=["S-P2"], closes=[{"issue": "bases", "options": ["o2"]}],
        relies_on=[{"text": "accord", "principle": "choice"}],
    )  # fmt: skip
    case = faultless(spoken_case(statements=[*statements(), told]))
    before, after = ledger(spoken_case()), ledger(case)
    calm = next(one for one in after.claims if one.claim == "calm")
    assert [(one.who, one.own_word) for one in calm.asserted if one.statement == "T1"] == [("B", True)]
    assert [(one.party, one.told) for one in after.act_counts if "T1" in one.statements] == [("A", 1)]
    assert (after.pledges, after.recognitions) == (before.pledges, before.recognitions)
    assert "T1" in {
        name for use in after.text_uses if use.party == "B" for one in use.invoked for name in one.statements
    }
    assert "T1" not in {one.second for one in (*after.contradictions, *after.revisions) if one.party == "A"}


@pytest.mark.parametrize(
    ("reviewed", "told"), [(None, 0), ({"by": "L", "on": "2020-05-01", "decision": "accepted"}, 1)]
)
def test_who_speaks_for_nobody_in_a_reviewed_coding_is_no_voice_of_the_party(reviewed: Any, told: int) -> None:
    one = statement("T1", "A", "2020-04-02", "later", voice="diplomats", attribution="reported_speech", act="accept")
    one |= {} if reviewed is None else {"reviewed": reviewed}
    counts = ledger(faultless(spoken_case(statements=[*statements(), one]))).act_counts
    assert [count.told for count in counts if "T1" in count.statements] == [told]


# laws


def everything(case: Case) -> dict[str, Any]:
    found = ledger(case)
    names = ("claims", "claim_grounds", "disputed_events", "contradictions", "revisions", "recognitions", "text_uses",
             "forecasts", "author_scores", "pledges", "act_counts")  # fmt: skip
    return {name: getattr(found, name) for name in names}


def test_the_order_of_the_file_does_not_matter() -> None:
    case = spoken_case()
    turned = spoken_case(
        statements=statements()[::-1], claims=CLAIMS[::-1], agreed_texts=TEXTS[::-1], forecast_outcomes=OUTCOMES[::-1]
    )
    assert everything(turned) == everything(case)


def test_before_any_statement_there_is_nothing() -> None:
    found = everything(at(spoken_case(), DAY(2019, 12, 31)))
    assert {name: value for name, value in found.items() if value} == {}


def test_swapping_two_parties_swaps_what_is_said_of_them() -> None:
    swap = {"A": "B", "B": "A"}
    turned = [
        {
            **one,
            "actors": [swap.get(name, name) for name in one["actors"]],
            "voice": swap.get(one["voice"], one["voice"]),
        }
        for one in statements()
    ]
    case, other = spoken_case(), spoken_case(statements=turned, positions=[])
    before = {(s.who, s.statement) for one in case.statements for s in said_by(case, one)}
    after = {(s.who, s.statement) for one in other.statements for s in said_by(other, one)}
    assert after == {(swap.get(who, who), name) for who, name in before}
    first, second = ledger(spoken_case(positions=[])), ledger(spoken_case(statements=turned, positions=[]))
    assert [swap[one.party] for one in first.contradictions] == [one.party for one in second.contradictions]
    assert {swap[one.party]: one.left_out for one in first.text_uses} == {
        one.party: one.left_out for one in second.text_uses
    }
    assert {(swap[one.party], one.act, one.month, one.public) for one in first.act_counts} == {
        (one.party, one.act, one.month, one.public) for one in second.act_counts
    }


def test_a_claim_that_only_restricted_statements_make_does_not_leave() -> None:
    hidden = [{**one, "visibility": "restricted"} if "buildup" in str(one) else one for one in statements()]
    exported = export_public(spoken_case(statements=hidden))
    assert [claim.id for claim in exported.claims] == ["calm"]
    assert faultless(exported)


# wrong inputs


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"asserts": ["nothing"]}, "there is no such claim"),
    ({"denies": ["calm", "calm"]}, "this id stands here twice"),
    ({"asserts": ["calm"], "denies": ["calm"]}, "the statement asserts this claim too"),
    ({"relies_on": [{"text": "acord"}]}, "there is no such agreed text"),
    ({"relies_on": [{"text": "accord", "principle": "noharm"}]}, 'there is no such principle of agreed text "accord"'),
    (
        {"public_since": "1989-01-01", "happened": "1989-01-01", "relies_on": [{"text": "accord"}]},
        "agreed on 1990-05-01",
    ),
    ({"kind": "fact", "forecast": {"what": "rain"}}, "this statement holds a forecast"),
    ({"forecast": {"what": "rain", "by": "2019-01-01"}}, "the forecast ends before it was made"),
    ({"closes": [{"issue": "harbour", "options": ["o1"]}]}, "there is no such issue"),
    ({"closes": [{"issue": "bases", "options": ["o9"]}]}, 'there is no such option of issue "bases"'),
]


@pytest.mark.parametrize(("fields", "what"), WRONG)
def test_a_wrong_statement_is_one_sentence(fields: dict[str, Any], what: str) -> None:
    wrong = {**statement("X1", "A", "2020-06-01", "later"), **fields}
    problems = reference_problems(spoken_case(statements=[*statements(), wrong]))
    assert len(problems) == 1
    assert what in problems[0].what


@pytest.mark.parametrize(
    ("outcome", "what"),
    [
        ({"statement": "F9"}, "there is no such statement"),
        ({"statement": "C1"}, "this statement foretells nothing"),
        ({"statement": "F1"}, "this forecast has an outcome already"),
        ({"statement": "F3", "because": ["nobody"]}, "there is no such statement, position or event"),
        ({"statement": "F3", "public_since": "2020-01-01"}, "this outcome is public too early"),
        ({"statement": "F3", "public_since": "2020-02-01"}, "this outcome is public too early"),
    ],
)
def test_a_wrong_outcome_is_one_sentence(outcome: dict[str, Any], what: str) -> None:
    wrong = {"statement": "F3", "occurred": True, "public_since": "2020-08-01", "because": ["S-P4"], **outcome}
    problems = reference_problems(spoken_case(forecast_outcomes=[*OUTCOMES, wrong]))
    assert len(problems) == 1
    assert what in problems[0].what


def test_a_forecast_has_a_probability_or_a_word() -> None:
    wrong = statement(
        "X1", "A", "2020-06-01", "later", forecast={"what": "x", "probability": 1, "likelihood": "likely"}
    )
    with pytest.raises(ValueError, match="a probability and a word of likelihood"):
        spoken_case(statements=[*statements(), wrong])


# carried through


def test_saved_and_loaded_again_nothing_is_lost(tmp_path: Path) -> None:
    case = spoken_case()
    written = {path.name for path in dump_case(case, tmp_path)}
    assert "claims.yaml" in written
    assert case_hash(load_case(tmp_path)) == case_hash(case)
    assert everything(load_case(tmp_path)) == everything(case)


@pytest.mark.parametrize("day", ["2019-12-31", "2020-01-10", "2020-03-10", "2020-05-20", "2021-01-01"])
def test_a_cut_keeps_every_name_and_cutting_twice_changes_nothing(day: str) -> None:
    once = faultless(at(spoken_case(), DAY.fromisoformat(day)))
    assert at(once, DAY.fromisoformat(day)) == once


def test_a_claim_a_text_and_an_outcome_that_differ_are_told_by_diff() -> None:
    other = spoken_case(
        claims=[{**CLAIMS[0], "says": "A is moving forces"}, CLAIMS[1]],
        agreed_texts=[{**TEXTS[0], "date": "1990-05-02"}],
        forecast_outcomes=OUTCOMES[:1],
    )
    before, after = ({(one.kind, one.id): one for one in records(case)} for case in (spoken_case(), other))
    differing = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert differing == {("claims", ("buildup",)), ("agreed_texts", ("accord",)), ("forecast_outcomes", ("F2",))}
