"""Concepts beside the five, from a case and from the command: further looks, unknown and strong comparisons."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.case.references import reference_problems
from detente.cli.main import run
from detente.engines.stability import Concept, Reply
from detente.interchange.gmcr.write import to_gmcr
from detente.registry.stability import stability_report
from detente.registry.stability_concepts import HYBRID, PLAIN, STRONG, UNKNOWN
from detente.wording.stability import report_lines

CHICKEN = {"P": ["YN", "NN", "NY", "YY"], "Q": ["NY", "NN", "YN", "YY"]}
"""A switch is to drive on; each would rather the other gave way, and both driving on is worst for both."""


def case_with(rankings: dict[str, Any], **more: Any) -> Case:
    """Return a case of two parties with a switch each, or what `more` says of the section."""
    section = {
        "switches": [{"id": "p", "party": "P", "text": "drive on"}, {"id": "q", "party": "Q", "text": "drive on"}],
        "preferences": [
            {"party": party, **(given if isinstance(given, dict) else {"ranking": given})}
            for party, given in rankings.items()
        ],
    }
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
            "stability": section | more,
        }
    )


DILEMMA = {"P": ["YN", "NN", "YY", "NY"], "Q": ["NY", "NN", "YY", "YN"]}


def test_parties_that_look_far_ahead_keep_the_middle_in_chicken() -> None:
    # one move ahead is Nash. Two by hand: from NY, P would drive on (YY), where Q with one move left gives way: YN.
    # far ahead: the cooperative state alone, as Brams and Wittman (1981) have it for chicken
    found = [
        stability_report(case_with(CHICKEN), concepts=["limited", "non-myopic"], horizon=h, draws=0) for h in (1, 2)
    ]
    assert [one["equilibria"]["limited"] for one in found] == [["YN", "NY"], []]
    assert [one["horizon"] for one in found] == [1, 2]
    assert found[1]["stability"]["limited"] == {"P": "0100", "Q": "0010"}
    assert found[1]["equilibria"]["non-myopic"] == ["NN"]


def test_parties_that_look_far_ahead_keep_both_states_of_the_dilemma() -> None:
    # Brams and Wittman (1981), Brams and Ismail (2021): defection and cooperation are both non-myopic equilibria
    report = stability_report(case_with(DILEMMA), concepts=["non-myopic"], draws=0)
    assert report["equilibria"] == {"non-myopic": ["NN", "YY"]}
    assert report["horizon"] is None
    assert report["why"] == {}


UNKNOWN_TO_P = {"ranking": CHICKEN["P"], "unknown": [{"states": ["NY", "YY"]}]}


def test_an_unknown_comparison_is_counted_at_its_worst_and_at_its_best() -> None:
    # whether P would rather give way or have both drive on is unknown; by hand from the definitions of Nash
    report = stability_report(case_with({"P": UNKNOWN_TO_P, "Q": CHICKEN["Q"]}), draws=0)
    assert set(report["stability"]) == {*PLAIN, *(word for word in UNKNOWN if word[-1] in "ad")}
    assert report["equilibria"]["nash"] == ["YN", "NY"]  # as ranked
    assert report["equilibria"]["nash-a"] == ["YN"]  # P may leave NY
    assert report["equilibria"]["nash-d"] == ["YN", "NY"]  # P stays at YY too, which Q leaves
    assert report["stability"]["nash-d"]["P"] == "0111"
    assert any("unknown" in said for said in report["assumptions"])


def test_a_reason_that_rests_on_an_unknown_comparison_says_so() -> None:
    case = case_with({"P": UNKNOWN_TO_P, "Q": CHICKEN["Q"]}, today="YY")
    report = stability_report(case, draws=0)
    assert report["why"]["YY"]["P"]["improvement"] == "NY"
    assert report["why"]["YY"]["P"]["unknown"] is True
    assert report["why"]["YY"]["Q"]["unknown"] is False
    text = "\n".join(report_lines(case, report))
    assert "which it ranks higher as the ranking has it, though how the two compare is unknown" in text
    assert "unknown" not in stability_report(case_with(CHICKEN), draws=0)["why"]["YN"]["P"]


def test_conditions_and_pairs_of_states_say_the_same() -> None:
    by_condition = {"ranking": CHICKEN["P"], "unknown": [{"when": "q and p", "against": "q and not p"}]}
    one, other = (
        stability_report(case_with({"P": given, "Q": CHICKEN["Q"]}), concepts=["unknown"], draws=0)["stability"]
        for given in (UNKNOWN_TO_P, by_condition)
    )
    assert one == other
    assert set(one) == set(UNKNOWN)


def test_a_case_with_comparisons_is_saved_and_read_as_it_is_and_gmcr_files_say_what_they_leave_out() -> None:
    by_condition = {"ranking": CHICKEN["P"], "unknown": [{"when": "q and p", "against": "q and not p"}]}
    case = case_with({"P": by_condition, "Q": {"ranking": CHICKEN["Q"], "strong": [{"states": ["NN", "YY"]}]}})
    again = Case.model_validate(case.model_dump(mode="json", exclude_unset=True))
    assert again == case
    text, left_out = to_gmcr(case)
    assert any("comparisons that are unknown or strong" in said for said in left_out)
    plain, without = to_gmcr(case_with(CHICKEN))
    assert text == plain  # the rankings are the same
    assert not any("unknown" in said for said in without)


def test_a_strong_preference_deters_strongly() -> None:
    # in the dilemma, at NN, Q would answer YN by YY, from where P could go to NY: strong sanctions if NN is far better
    strong = {"ranking": DILEMMA["P"], "strong": [{"when": "not p and not q", "against": "q"}]}
    mild, far = (
        stability_report(case_with({"P": given, "Q": DILEMMA["Q"]}), concepts=["strong"], draws=0)
        for given in (DILEMMA["P"], strong)
    )
    assert set(far["stability"]) == set(STRONG)
    at = far["states"].index("NN")
    for word in STRONG:
        assert (mild["stability"][word]["P"][at], far["stability"][word]["P"][at]) == ("0", "1")
        assert far["stability"][word]["Q"][at] == "0"  # nothing is strong for Q
    assert "No comparison is written as strong, so that no sanction is a strong one." in mild["assumptions"]


def test_both_together_have_strong_variants() -> None:
    both = UNKNOWN_TO_P | {"strong": [{"states": ["NN", "YY"]}]}
    case = case_with({"P": both, "Q": CHICKEN["Q"]})
    assert set(stability_report(case, concepts=["strong"], draws=0)["stability"]) == set(HYBRID)
    words = set(stability_report(case, draws=0)["stability"])
    assert words == {*PLAIN, *(word for word in (*UNKNOWN, *HYBRID) if word[-1] in "ad")}
    text = "\n".join(report_lines(case, stability_report(case, draws=0)))
    assert "a: a party leaves for states that it cannot compare, and is not deterred by one: Nash 1" in text
    assert "Nash (a, d)" in text


def test_the_order_of_parties_switches_and_sides_does_not_matter() -> None:
    both = UNKNOWN_TO_P | {"strong": [{"states": ["NN", "YY"]}]}
    case = case_with({"P": both, "Q": CHICKEN["Q"]})
    data = case.model_dump(mode="json", exclude_unset=True)
    data["parties"].reverse()
    data["stability"]["switches"].reverse()
    for one in data["stability"]["preferences"]:
        one["ranking"] = [word[::-1] for word in one["ranking"]]
        for kind in ("unknown", "strong"):
            for pair in one.get(kind, ()):
                pair["states"] = [word[::-1] for word in reversed(pair["states"])]
    words = [*PLAIN, *UNKNOWN, *HYBRID, "limited", "non-myopic"]
    one, other = (
        stability_report(each, concepts=words, draws=0)["equilibria"] for each in (case, Case.model_validate(data))
    )
    assert one.keys() == other.keys()
    for word, states in one.items():
        assert {state[::-1] for state in states} == set(other[word]), word


def test_comparisons_of_a_switch_that_is_not_public_yet() -> None:
    ranking = ["YN", "NN", "NY", "YY"]
    unknown = [
        {"states": ["NN", "YN"]},
        {"states": ["NN", "NY"]},
        {"when": "q", "against": "not q"},
        {"when": "p and not q", "against": "not p or q"},
    ]
    switches = [
        {"id": "p", "party": "P", "text": "drive on"},
        {"id": "q", "party": "Q", "text": "drive on", "public_since": "2020-01-02"},
    ]
    case = case_with({"P": {"ranking": ranking, "unknown": unknown}, "Q": CHICKEN["Q"]}, switches=switches)
    cut = case.at(datetime.date(2020, 1, 1)).stability
    assert cut is not None
    first = next(one for one in cut.preferences if one.party == "P")
    assert [one.states for one in first.unknown] == [("N", "Y"), None]
    assert (str(first.unknown[1].when), str(first.unknown[1].against)) == ("p in [Y]", "not p in [Y]")
    assert case.at(datetime.date(2020, 1, 2)).stability == case.stability


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"unknown": [{"states": ["NN"]}]}, "unknown.0.states"),
    ({"unknown": [{"states": ["NN", "NN"]}]}, "compared with itself"),
    ({"unknown": [{"when": "p"}]}, "Either states, or when and against"),
    ({"strong": [{"when": "p", "against": "q", "states": ["NN", "YY"]}]}, "Either states, or when and against"),
    ({"strong": [{"states": ["NN", "XY"]}]}, "this is not a state"),
)


@pytest.mark.parametrize(("more", "said"), WRONG)
def test_a_malformed_comparison_does_not_become_a_case(more: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        case_with({"P": {"ranking": CHICKEN["P"], **more}, "Q": CHICKEN["Q"]})


@pytest.mark.parametrize(
    ("more", "said", "path"),
    [
        ({"unknown": [{"states": ["NNN", "YNN"]}]}, "wrong length", ("unknown", 0, "states", 0)),
        ({"strong": [{"when": "p", "against": "r"}]}, "there is no such switch", ("strong", 0, "against")),
        ({"strong": [{"when": "p in [maybe]", "against": "q"}]}, "has no such option", ("strong", 0, "when")),
    ],
)
def test_a_wrong_comparison_is_refused_with_its_place(
    more: dict[str, Any], said: str, path: tuple[str | int, ...]
) -> None:
    found = reference_problems(case_with({"P": {"ranking": CHICKEN["P"], **more}, "Q": CHICKEN["Q"]}))
    assert said in found[0].what
    assert found[0].path[:3] == ("stability", "preferences", 0)
    assert found[0].path[3 : 3 + len(path)] == path


ELMIRA_REFUSALS = (
    (["--concept", "limited"], "defined for two parties"),
    (["--concept", "non-myopic"], "defined for two parties"),
    (["--concept", "gmr-a", "--reply", "once"], "any legal sequence under this concept"),
    (["--concept", "gmr-e"], "not known"),
    (["--horizon", "2"], "Add --concept limited"),
    (["--concept", "limited", "--horizon", "0"], "from 1 to 1000"),
    (["--concept", "limited", "--horizon", "x"], "from 1 to 1000"),
)


@pytest.mark.parametrize(("words", "said"), ELMIRA_REFUSALS, ids=[" ".join(words) for words, _ in ELMIRA_REFUSALS])
def test_a_concept_that_is_not_defined_is_refused_in_one_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["stability", "elmira", *words]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert len(printed.err.splitlines()) == 1


def test_what_is_refused_names_why() -> None:
    tied = case_with({"P": ["YN", ["NN", "NY"], "YY"], "Q": CHICKEN["Q"]})
    with pytest.raises(Exception, match='P ranks two states alike, got "NN and NY"'):
        stability_report(tied, concepts=["limited"])
    together = case_with(CHICKEN, coalitions=[["P", "Q"]])
    with pytest.raises(Exception, match="parties of the case move together"):
        stability_report(together, concepts=["nash-a"])
    unknown = case_with({"P": UNKNOWN_TO_P, "Q": CHICKEN["Q"]})
    with pytest.raises(Exception, match="Use gmr-strong-a, gmr-strong-b, gmr-strong-c or gmr-strong-d"):
        stability_report(unknown, concepts=["gmr-strong"])
    seen = case_with(CHICKEN, misperceptions=[{"party": "Q", "preferences": [{"party": "P"}]}])
    with pytest.raises(Exception, match="P ranks two states alike, as Q sees it"):
        stability_report(seen, concepts=["non-myopic"])


def test_the_plain_concepts_stay_whatever_else_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stability", "elmira", "--concept", "nash", "--concept", "seq-c", "--draws", "0", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    plain = stability_report(load_case("elmira"), concepts=[Concept.NASH, Concept.SEQ], draws=0)
    assert report["stability"]["nash"] == plain["stability"]["nash"]
    assert report["stability"]["seq-c"] == plain["stability"]["seq"]  # nothing is unknown there
    assert list(report["equilibria"]) == ["nash", "seq-c"]


def test_default_words_follow_from_the_case() -> None:
    case = case_with({"P": UNKNOWN_TO_P, "Q": CHICKEN["Q"]})
    assert list(stability_report(case, reply=Reply.ONCE, draws=0)["stability"]) == list(PLAIN)
    assert list(stability_report(case_with(CHICKEN), draws=0)["stability"]) == list(PLAIN)


def test_a_view_takes_comparisons_of_others_as_they_are_said_in_it() -> None:
    # Q takes P for a party of which it is unknown whether it would give way; only Q's own game changes
    plain = case_with(CHICKEN)
    seen = case_with(CHICKEN, misperceptions=[{"party": "Q", "preferences": [{"party": "P", **UNKNOWN_TO_P}]}])
    words = [*UNKNOWN]
    one, other = (stability_report(case, concepts=words, draws=0) for case in (plain, seen))
    for word, by_party in one["stability"].items():
        assert other["stability"][word]["P"] == by_party["P"]
    nash = other["views"]["Q"]["equilibria"]
    assert (nash["nash-a"], nash["nash-d"]) == (["YN"], ["YN", "NY"])
    expected = {"state": "NY", "seen": True, "expected_to_move": ["P"]}
    assert expected in other["views"]["Q"]["surprised"]["nash-a"]
