"""Stories of the graph model: Elmira from the library, and a case that is read otherwise by one of its parties."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.case.save import dump_case
from detente.charts import stability_graph
from detente.cli.main import run
from detente.registry.stability import stability_report
from detente.wording.stability import report_lines

NEVER = ("should", "must ", "bluff", "optimal", "concede", "win over")


@pytest.fixture(scope="module")
def elmira() -> dict[str, Any]:
    return stability_report(load_case("elmira"), target="YNYNY", coalitions=True, draws=20)


def test_elmira_has_the_published_equilibria(elmira: dict[str, Any]) -> None:
    # the strong equilibria of the literature: impasse with insistence, the compromise, and the plant given up
    strong = {"NYNNY", "YNYNY", "NNNYN", "YNNYN", "NNNYY", "YNNYY"}
    assert set(elmira["equilibria"]["nash"]) == set(elmira["equilibria"]["seq"]) == strong
    assert set(elmira["equilibria"]["gmr"]) == strong | {"NYNNN", "YNYNN"}
    assert len(elmira["states"]) == 12
    bits = {party: elmira["stability"]["nash"][party] for party in elmira["parties"]}
    stable = [s for at, s in enumerate(elmira["states"]) if all(row[at] == "1" for row in bits.values())]
    assert stable == elmira["equilibria"]["nash"]


def test_the_compromise_is_out_of_reach_alone_and_within_reach_together(elmira: dict[str, Any]) -> None:
    assert elmira["path"]["by_improvements"]["steps"] is None
    assert elmira["path"]["by_any_moves"]["steps"] == 3
    leaving = elmira["coalitions"]["leaving"]["states"]["NYNNY"]
    assert {"parties": ["MOE", "UNI"], "to": "YNYNY"} in leaving


def test_what_is_said_is_neutral_and_names_everybody(elmira: dict[str, Any]) -> None:
    text = "\n".join(report_lines(load_case("elmira"), elmira))
    assert not [word for word in NEVER if word in text.lower()]
    assert "Local governments could take up ‹insist on the original order›" in text
    assert "no higher than NYNNN in the ranking of Local governments" in text


def test_the_picture_says_what_the_report_says(elmira: dict[str, Any]) -> None:
    chart = stability_graph(load_case("elmira"), elmira)
    under = {row[0]: row[2] for row in chart.table.rows}
    assert {state for state, said in under.items() if "NASH" in said} == set(elmira["equilibria"]["nash"])
    better = sum(move["improvement"] for move in elmira["graph"]["moves"])
    assert sum(len(row[3].split("; ")) for row in chart.table.rows if row[3] != "none") == better
    assert "elmira" in chart.source
    assert chart.alt.startswith("12 states")


def test_another_order_of_parties_and_switches_gives_the_same_answer(elmira: dict[str, Any]) -> None:
    data = load_case("elmira").model_dump(mode="json", exclude_unset=True)
    section = data["stability"]
    data["parties"].reverse()
    section["switches"].reverse()
    section["today"] = section["today"][::-1]
    for one in section["preferences"]:
        one["ranking"] = [w[::-1] if isinstance(w, str) else [s[::-1] for s in w] for w in one["ranking"]]
    turned = stability_report(Case.model_validate(data), target="YNYNY"[::-1], draws=20)
    for concept, states in elmira["equilibria"].items():
        assert {state[::-1] for state in turned["equilibria"][concept]} == set(states)
    for concept, shares in elmira["robustness"].items():
        assert {state[::-1]: share for state, share in turned["robustness"][concept].items()} == shares
    assert turned["path"]["by_any_moves"]["count"] == elmira["path"]["by_any_moves"]["count"]


def test_a_party_that_does_not_see_a_state_is_surprised_where_it_lasts() -> None:
    data = load_case("elmira").model_dump(mode="json", exclude_unset=True)
    data["stability"]["misperceptions"] = [{"party": "LG", "not_seen": ["modify and accept"]}]
    report = stability_report(Case.model_validate(data), draws=0)
    view = report["views"]["LG"]
    assert view["count"] == 10
    assert {"state": "YNYNY", "seen": False, "expected_to_move": []} in view["surprised"]["nash"]
    # it knows of no way on from YNYNN, so that it stays where by its ranking it would not
    assert "YNYNN" in report["equilibria"]["nash"]


def test_a_party_that_takes_others_to_rank_otherwise_expects_moves_that_do_not_come() -> None:
    data = load_case("elmira").model_dump(mode="json", exclude_unset=True)
    preferences = [{"party": "MOE", "ranked_conditions": ["modify"]}]
    data["stability"]["misperceptions"] = [{"party": "LG", "preferences": preferences}]
    report = stability_report(Case.model_validate(data), draws=0)
    assert {"state": "NYNNY", "seen": True, "expected_to_move": ["MOE"]} in report["views"]["LG"]["surprised"]["nash"]
    assert "expected" not in json.dumps(report["equilibria"])


@pytest.mark.parametrize("name", ["two-rivals", "river-basin", "drafts-and-replies-2021-22", "istanbul-talks-2022"])
def test_the_command_answers_on_a_case_without_a_model_and_says_what_it_assumed(name: str) -> None:
    report = stability_report(load_case(name).at(load_case(name).cut_off or "2100-01-01"), draws=0)
    assert report["assumed_model"]
    assert report["assumptions"][0].startswith("The case writes no graph model.")
    assert report["count"] == 2 ** len(report["switches"])
    assert any(group["today"] for group in report["groups"])  # nobody moving is an equilibrium of some kind


WRONG = (
    (["--from", "NYN"], "this is not a state"),
    (["--to", "NYYNN"], "excludes this state"),
    (["--to", "ABCDE"], "this is not a state"),
    (["--concept", "nsh"], "nsh"),
    (["--reply", "twice"], "twice"),
    (["--package", "nash"], "writes its own graph model"),
    (["--draws", "-1"], "-1"),
    (["--seed", "x"], "x"),
    (["--picture", "graph.gif"], "which kind of picture"),
    (["--lens", "none"], "no such lens"),
)


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_a_wrong_word_is_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stability", "elmira", *words]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert len(printed.err.splitlines()) == 1


def test_json_and_picture_come_from_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["stability", "elmira", "--json", "--draws", "0", "--picture", "graph.svg"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["equilibria"]["nash"][0] == "NNNYN"
    assert Path("graph.svg").read_text(encoding="utf-8").startswith("<svg")


def test_the_brief_says_where_the_two_models_point_different_ways(tmp_path: Path) -> None:
    data = load_case("two-rivals").model_dump(mode="json", exclude_unset=True)
    data["stability"] = {
        "today": "NN",
        "switches": [{"id": one, "party": one, "text": "open talks"} for one in ("A", "B")],
        "preferences": [{"party": one, "ranked_conditions": ["A and B", f"not {one}"]} for one in ("A", "B")],
    }
    dump_case(Case.model_validate(data), tmp_path / "case")
    assert run(["brief", str(tmp_path / "case"), "-o", str(tmp_path / "out")]) == 0
    text = next((tmp_path / "out").glob("*.md")).read_text(encoding="utf-8")
    assert "The models point different ways under" in text
    assert "The graph model asks which states would last" in text
