"""Stories of parties that see another game: who would be surprised, by what, alone and in coalitions."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.registry.stability import stability_report
from detente.wording.stability import report_lines

UNSEEN = {"party": "LG", "not_seen": ["modify and accept"]}
MISTAKEN = {"party": "LG", "preferences": [{"party": "UNI", "ranked_conditions": ["delay", "abandon"]}]}


def elmira_seen(*misperceptions: dict[str, Any]) -> Case:
    data = load_case("elmira").model_dump(mode="json", exclude_unset=True)
    data["stability"]["misperceptions"] = list(misperceptions)
    return Case.model_validate(data)


def test_moves_from_a_state_that_would_last_in_ones_own_game_surprise_too() -> None:
    # LG takes Uniroyal for a firm that would delay first of all; in truth it ranks YYNNY last and would leave it
    case = elmira_seen(MISTAKEN)
    report = stability_report(case, draws=0)
    view = report["views"]["LG"]
    assert view["takes_otherwise"] == ["UNI"]
    assert view["count"] == report["count"]
    assert {"state": "YYNNY", "leaving": ["UNI"]} in view["lasts_only_there"]["nash"]
    assert "YYNNY" in view["equilibria"]["nash"]
    assert "YYNNY" not in report["equilibria"]["nash"]
    text = "\n".join(report_lines(case, report))
    assert "Local governments takes the ranking of Uniroyal for another than it is. What would last" in text
    assert "YYNNY would last there, and Uniroyal would leave it (Nash, GMR, SMR, SEQ, SIM)." in text


def test_robustness_is_there_where_parties_see_other_games() -> None:
    plain, seen = (stability_report(one, draws=20) for one in (load_case("elmira"), elmira_seen(UNSEEN)))
    assert seen["draws"] == plain["draws"] == 20
    assert set(seen["robustness"]["nash"]) == set(seen["equilibria"]["nash"])
    # LG, which alone could leave these two, does not see them, so that nothing but the others' rankings counts
    assert seen["robustness"]["nash"]["YNYNY"] >= plain["robustness"]["nash"]["YNYNY"]


def test_an_order_of_parties_and_switches_does_not_change_what_views_say() -> None:
    one = elmira_seen(UNSEEN, {"party": "MOE", "preferences": [{"party": "UNI", "ranked_conditions": ["accept"]}]})
    data = one.model_dump(mode="json", exclude_unset=True)
    section = data["stability"]
    data["parties"].reverse()
    section["switches"].reverse()
    section["misperceptions"].reverse()
    section["today"] = section["today"][::-1]
    for given in section["preferences"]:
        given["ranking"] = [w[::-1] if isinstance(w, str) else [s[::-1] for s in w] for w in given["ranking"]]
    first, second = (stability_report(c, draws=10, coalitions=True) for c in (one, Case.model_validate(data)))
    for concept, shares in first["robustness"].items():
        assert {state[::-1]: share for state, share in second["robustness"][concept].items()} == shares
    for concept, states in first["coalitions"]["equilibria"].items():
        assert {state[::-1] for state in second["coalitions"]["equilibria"][concept]} == set(states)
    for party, view in first["views"].items():
        for concept, entries in view["surprised"].items():
            turned = {entry["state"][::-1] for entry in second["views"][party]["surprised"][concept]}
            assert {entry["state"] for entry in entries} == turned


def test_a_coalition_of_one_judges_as_the_party_does() -> None:
    report = stability_report(elmira_seen(UNSEEN, MISTAKEN | {"party": "MOE"}), draws=0, coalitions=True)
    for concept, by_party in report["stability"].items():
        for party, bits in by_party.items():
            assert report["coalitions"]["stability"][concept][party] == bits


def test_coalitions_of_all_five_concepts_have_stability_for_every_set() -> None:
    report = stability_report(load_case("elmira"), draws=0, coalitions=True)
    names = {"+".join(part) for size in (1, 2, 3) for part in combinations(report["parties"], size)}
    for concept in ("nash", "gmr", "smr", "seq", "sim"):
        rows = report["coalitions"]["stability"][concept]
        assert set(rows) == names
        lasting = [s for at, s in enumerate(report["states"]) if all(row[at] == "1" for row in rows.values())]
        assert lasting == report["coalitions"]["equilibria"][concept]
    # published: only Ministry and Uniroyal together leave the impasse, for the compromise
    impasse = report["states"].index("NYNNY")
    assert {name for name, row in report["coalitions"]["stability"]["nash"].items() if row[impasse] == "0"} == {
        "MOE+UNI"
    }


def test_a_coalition_that_cannot_see_the_way_out_does_not_take_it() -> None:
    # neither of the two sees the compromise: together they know of nothing better than the impasse
    blind = [{"party": party, "not_seen": ["modify and accept"]} for party in ("MOE", "UNI")]
    report = stability_report(elmira_seen(*blind), draws=0, coalitions=True)
    impasse = report["states"].index("NYNNY")
    assert report["coalitions"]["stability"]["nash"]["MOE+UNI"][impasse] == "1"
    assert "NYNNY" not in report["coalitions"]["leaving"]["states"]
    # one of them sees it, and tells the other
    report = stability_report(elmira_seen(blind[0]), draws=0, coalitions=True)
    assert report["coalitions"]["stability"]["nash"]["MOE+UNI"][impasse] == "0"
    assert {"parties": ["MOE", "UNI"], "to": "YNYNY"} in report["coalitions"]["leaving"]["states"]["NYNNY"]


def test_members_who_take_an_outsider_alike_judge_by_that_together() -> None:
    # under SEQ, LG's answer to a joint move depends on its ranking; both taking it for ready to insist changes nothing
    # for Nash, and what each takes it for shows in neither's own ranking
    alike = [{"party": party, "preferences": [{"party": "LG", "weights": {"insist": 1}}]} for party in ("MOE", "UNI")]
    differ = [alike[0], {"party": "UNI", "preferences": [{"party": "LG", "weights": {"insist": -1}}]}]
    plain, one, other = (
        stability_report(case, draws=0, coalitions=True)["coalitions"]["stability"]
        for case in (load_case("elmira"), elmira_seen(*alike), elmira_seen(*differ))
    )
    for concept, rows in plain.items():
        assert other[concept]["MOE+UNI"] == rows["MOE+UNI"]  # they differ, so the ranking as it is counts
    whole = load_case("elmira").model_dump(mode="json", exclude_unset=True)
    whole["stability"]["preferences"][2] = {"party": "LG", "weights": {"insist": 1}}
    as_taken = stability_report(Case.model_validate(whole), draws=0, coalitions=True)["coalitions"]["stability"]
    for concept, rows in as_taken.items():
        assert one[concept]["MOE+UNI"] == rows["MOE+UNI"]


def test_coalitions_need_a_concept_that_is_defined_for_them() -> None:
    with pytest.raises(Exception, match="none of the concepts is defined for coalitions"):
        stability_report(load_case("elmira"), concepts=["gmr-a"], draws=0, coalitions=True)
