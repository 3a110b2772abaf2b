"""Reasons under the concepts beside the five, and of parties that move together, in a report and in sentences."""

from __future__ import annotations

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.cli.main import run
from detente.engines.stability import Reply
from detente.registry.stability import stability_report
from detente.wording.stability import report_lines
from detente.wording.stability_reasons import reason_words
from tests.stories.test_graph_model_concepts import CHICKEN, DILEMMA, UNKNOWN_TO_P, case_with


def lines(case: Case, *concepts: str, reply: Reply = Reply.LEGAL) -> list[str]:
    report = stability_report(case, concepts=concepts or None, reply=reply, draws=0, horizon=2)
    return [line.strip() for line in report_lines(case, report)]


def test_a_party_that_looks_two_moves_ahead_leaves_for_where_play_ends() -> None:
    # by hand: from NY P would drive on (YY), where Q with one move left gives way: YN, the best for P
    case = case_with(CHICKEN, today="NY")
    report = stability_report(case, concepts=["limited"], horizon=2, draws=0)
    assert report["further"]["limited"]["NY"] == {
        "P": {"kind": "open", "moves": 2, "move": "YY", "ends": ["YN"]},
        "Q": {"kind": "none", "improvements": 0},
    }
    said = (
        "L2: P could take up ‹drive on›: that is YY; 2 moves ahead play would end in YN, which it ranks higher than NY."
    )
    assert said in lines(case, "limited")


def test_a_party_that_looks_far_ahead_stays_where_play_would_turn_against_it() -> None:
    # by hand: after YN Q would drive on too (YY), P would give way: NY, where Q stays, and which P ranks below NN
    case = case_with(CHICKEN, today="NN")
    found = stability_report(case, concepts=["non-myopic"], draws=0)["further"]["non-myopic"]["NN"]["P"]
    assert (found["kind"], found["move"], found["ends"]) == ("deterred", "YN", ["NY"])
    said = "that is YN, which it ranks higher; play would then end in NY, which it does not."
    assert f"non-myopic: P could take up ‹drive on›: {said}" in lines(case, "non-myopic")


def test_a_state_that_cannot_be_compared_is_named_as_such() -> None:
    case = case_with({"P": UNKNOWN_TO_P, "Q": CHICKEN["Q"]}, today="NY")
    assert "Nash (a): P could take up ‹drive on›: that is YY, which it cannot compare with NY." in lines(case, "nash-a")
    assert not [line for line in lines(case, "nash-b") if line.startswith("Nash (b): P")]  # there it stays
    plain = lines(case)  # asked for nothing: today's state has both kinds of reasons
    assert any(line.startswith("Nash (a): P could") for line in plain)
    assert "No party has a move to a state that it ranks higher." in plain


def test_a_strong_sanction_is_named_as_such() -> None:
    # in the dilemma NN is mutual cooperation and YY defection: P's way to YN is answered by YY
    strong = [{"states": ["NN", "YY"]}]
    case = case_with({one: {"ranking": DILEMMA[one], "strong": strong} for one in "PQ"}, today="NN")
    found = stability_report(case, concepts=["seq-strong"], draws=0)["further"]["seq-strong"]["NN"]["P"]
    assert found["sanction"] == "YY"
    said = (
        "SEQ strong: P could take up ‹drive on›: that is YN, which it ranks higher; Q could then take up ‹drive on›: "
        "that is YY, to which P strongly prefers NN."
    )
    assert said in lines(case, "seq-strong")
    mild = case_with(DILEMMA, today="NN")
    assert any(
        line.endswith("no answer of the others that counts here would undo that.") for line in lines(mild, "strong")
    )


def test_a_party_that_does_not_see_today_has_no_reason_to_move() -> None:
    case = case_with(CHICKEN, today="YY", misperceptions=[{"party": "P", "not_seen": ["p and q"]}])
    found = stability_report(case, concepts=["gmr-a", "limited"], draws=0)["further"]
    assert found["gmr-a"]["YY"]["P"] == found["limited"]["YY"]["P"] == {"kind": "unseen"}


@pytest.mark.parametrize("more", [{"coalitions": [["P", "Q"]]}, {"reply": Reply.ONCE}], ids=["together", "once"])
def test_concepts_that_are_left_out_unasked_are_said(more: dict[str, object]) -> None:
    reply = more.pop("reply", Reply.LEGAL)
    assert isinstance(reply, Reply)
    case = case_with({"P": UNKNOWN_TO_P, "Q": CHICKEN["Q"]}, today="NY", **more)
    said = "The concepts for unknown and strong comparisons are not looked at"
    assert [said in line for line in lines(case, reply=reply)].count(True) == 1
    assert not [line for line in lines(case_with(CHICKEN), reply=reply) if said in line]


def test_looking_ahead_takes_no_kind_of_answer() -> None:
    said = "How others may answer does not matter to parties that look ahead"
    assert any(said in line for line in lines(case_with(CHICKEN), "limited", reply=Reply.SINGLE))
    assert not any(said in line for line in lines(case_with(CHICKEN), "limited"))


def test_of_parties_that_move_together_each_has_to_gain() -> None:
    whole = load_case("elmira")
    section = whole.stability
    assert section is not None
    joined = section.model_copy(update={"coalitions": (("MOE", "UNI"),), "today": "NYNNY"})
    case = whole.model_copy(update={"stability": joined})
    said = lines(case, "smr", "gmr")
    assert any("Uniroyal together have no move to a state that each of them ranks higher." in line for line in said)
    assert any("that is YNYNY, which each of them ranks higher; no answer of the others" in line for line in said)
    reason = {
        "concept": "smr", "kind": "deterred", "improvements": 2, "improvement": "YNYNN", "sanction": "YNYNY",
        "replies": [{"parties": ["LG"], "state": "YNYNY"}],
    }  # fmt: skip
    words = reason_words(case, stability_report(case, draws=0), "MOE+UNI", "NYNNY", reason)
    assert words.endswith(
        "that is YNYNY, which not each of them ranks higher than NYNNY, and no move of theirs leads from there to a "
        "state that each of them ranks higher than NYNNY. The same holds for 1 other move that each of them ranks "
        "higher."
    )


def test_under_smr_the_reason_says_that_there_is_no_way_out() -> None:
    said = lines(load_case("elmira"), "smr")
    assert any(line.endswith("and no move of its own leads from there to anything higher than NYNNN.") for line in said)


def test_answers_of_each_once_are_refused_where_they_cannot_be_followed(capsys: pytest.CaptureFixture[str]) -> None:
    """In the worked example 12 parties play in 2^18 states: 2^11 sets of the others in each."""
    assert run(["stability", "drafts-and-replies-2021-22", "--reply", "once", "--draws", "0"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("--reply once: too many parties and states to follow who has answered, got")
