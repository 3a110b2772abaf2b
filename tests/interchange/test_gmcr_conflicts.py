"""Conflicts with known answers keep them on the way through a `.gmcr` file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.case.save import dump_case
from detente.compile.stability import compile_stability, state_word
from detente.interchange.gmcr import import_gmcr, to_gmcr
from detente.registry.stability import stability_report
from tests.conftest import shared_folder

FILE = Path(__file__).parents[1] / "published" / "graph-models.toml"
PUBLISHED: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
MODELS = {entry["name"]: entry for entry in PUBLISHED["model"]}
WAYS = {"both": "both", "take-only": "take", "drop-only": "drop"}
NAMED = ("battle_of_sexes", "chicken", "cuban", "deadlock", "elmira", "elmira_coalition_all", "matching_pennies",
         "milk_river", "prisoners", "prisoners_coalition", "stag_hunt", "syria_iraq")  # fmt: skip


def literal(switch: str, letter: str) -> str:
    return switch if letter == "Y" else f"not {switch}"


def case_of(
    names: Sequence[str],
    switches: Sequence[tuple[str, int, str]],
    rankings: Sequence[Sequence[Sequence[str]]],
    players: Sequence[Sequence[int]] = (),
) -> Case:
    """Return a case of switches (text, owner, direction) and rankings; a state that no ranking names cannot be."""
    parties = [f"p{at}" for at in range(len(names))]
    ids = [f"s{at}" for at in range(len(switches))]
    able = {state for group in rankings[0] for state in group}
    missing = (state_word(code, len(ids)) for code in range(1 << len(ids)))
    return Case.model_validate(
        {
            "schema_version": "1", "id": "c", "version": "1", "title": "C", "authors": ["c"], "licence": "CC0-1.0",
            "parties": [{"id": one, "name": name, "kind": "group"} for one, name in zip(parties, names, strict=True)],
            "issues": [{"id": "i", "title": "i", "options": [{"id": "a", "text": "a"}, {"id": "b", "text": "b"}]}],
            "stability": {
                "switches": [
                    {"id": one, "party": parties[owner], "text": text, "direction": way}
                    for one, (text, owner, way) in zip(ids, switches, strict=True)
                ],
                "infeasible": [
                    {"when": " and ".join(map(literal, ids, word))} for word in missing if word not in able
                ],
                "preferences": [
                    {"party": one, "ranking": [list(group) for group in ranking]}
                    for one, ranking in zip(parties, rankings, strict=True)
                ],
                "coalitions": [[parties[member] for member in part] for part in players if len(part) > 1],
            },
        }
    )  # fmt: skip


def through_a_file(case: Case, folder: Path) -> Case:
    """Write a case as a .gmcr file, read that, save the case that comes of it, and load it."""
    path = folder / "conflict.gmcr"
    path.write_text(to_gmcr(case)[0], encoding="utf-8")
    dump_case(import_gmcr(path).case, folder / "case")
    return load_case(folder / "case")


def published(entry: Any, players: Sequence[Sequence[int]] = ()) -> Case:
    switches = [(one["name"], one["owner"], WAYS[one["allowed"]]) for one in entry["switches"]]
    return case_of(entry["parties"], switches, entry["rankings"], players)


@pytest.mark.parametrize("name", MODELS)
def test_a_published_conflict_keeps_its_equilibria(name: str, tmp_path: Path) -> None:
    report = stability_report(through_a_file(published(MODELS[name]), tmp_path), draws=0)
    for concept, states in MODELS[name]["expected"].items():
        assert sorted(report["equilibria"][concept]) == sorted(states), concept


def test_a_published_coalition_keeps_its_equilibria(tmp_path: Path) -> None:
    entry = PUBLISHED["coalition"]
    case = through_a_file(published(MODELS[entry["model"]], entry["players"]), tmp_path)
    report = stability_report(case, draws=0)
    assert [len(player) for player in report["players"]] == [len(part) for part in entry["players"]]
    for concept, states in entry["expected"].items():
        assert sorted(report["equilibria"][concept]) == sorted(states), concept


def oracle(name: str) -> Any:
    return json.loads((shared_folder() / "oracles" / "gmcr" / f"{name}.json").read_text(encoding="utf-8"))


def assert_reference(report: dict[str, Any], words: Sequence[str], stability: dict[str, list[str]]) -> None:
    for concept, rows in stability.items():
        found = list(report["stability"][concept.lower()].values())
        for row, bits in zip(found, rows, strict=True):
            at = dict(zip(report["states"], row, strict=True))
            assert "".join(at[word] for word in words) == bits, concept


@pytest.mark.shared
@pytest.mark.parametrize("name", NAMED)
def test_a_named_conflict_from_a_file_of_ours_equals_the_reference(name: str, tmp_path: Path) -> None:
    data = oracle(name)
    words = [state["yn"] for state in data["feasible_states"]]
    way = {"Y<->N": "both", "N->Y": "take", "Y->N": "drop"}
    switches = [(one["name"], one["owner"], way[one["allowed"]]) for one in data["options"]]
    rankings = [[[words[n - 1] for n in group] for group in one["ranking"]] for one in data["decision_makers"]]
    case = case_of([one["name"] for one in data["decision_makers"]], switches, rankings, data["players"])
    report = stability_report(through_a_file(case, tmp_path), draws=0)
    assert_reference(report, words, data["results"]["reference_legal"]["stability"])


@pytest.mark.shared
@pytest.mark.parametrize("name", ["cuban", "milk_river", "prisoners", "syria_iraq"])
def test_a_named_conflict_from_its_ranked_conditions_equals_the_reference(name: str, tmp_path: Path) -> None:
    """These are written as the program itself saves them: patterns of what cannot be, and conditions by importance."""
    data = oracle(name)
    way = {"Y<->N": "both", "N->Y": "fwd", "Y->N": "back"}
    file = {
        "decisionMakers": [
            {
                "name": one["name"],
                "options": one["options"],
                "preferences": [
                    rows["dnf"][0] if len(rows["dnf"]) == 1 else {"compound": True, "members": rows["dnf"]}
                    for rows in one["statements"]
                ],
            }
            for one in data["decision_makers"]
        ],
        "options": [{"name": one["name"], "permittedDirection": way[one["allowed"]]} for one in data["options"]],
        "infeasibles": [
            [[at, letter] for at, letter in enumerate(one["pattern"]) if letter != "-"] for one in data["infeasible"]
        ],
        "useManualPreferenceRanking": False,
    }
    path = tmp_path / "saved.gmcr"
    path.write_text(json.dumps(file), encoding="utf-8")
    report = stability_report(import_gmcr(path).case, draws=0)
    words = [state["yn"] for state in data["feasible_states"]]
    assert_reference(report, words, data["results"]["reference_legal"]["stability"])


@pytest.mark.shared
@pytest.mark.parametrize("number", range(0, 150, 10))
def test_a_random_conflict_keeps_states_ways_and_rankings(number: int, tmp_path: Path) -> None:
    """Whose switches stand where is drawn, so the file's own order of the options matters here."""
    data = oracle("fuzz_150")["cases"][number]
    size = data["n_options"]
    owner = {option: party for party, (_, options) in enumerate(data["dms"]) for option in options}
    way = {"Y<->N": "both", "N->Y": "take", "Y->N": "drop"}
    switches = [("same", owner[at], way[data["allowed"].get(str(at), "Y<->N")]) for at in range(size)]
    words = [state_word(code, size) for code in data["state_codes"]]
    rankings = [[[words[n - 1] for n in group] for group in ranking] for ranking in data["rankings"]]
    case = case_of([name for name, _ in data["dms"]], switches, rankings)
    again = through_a_file(case, tmp_path)
    before, after = compile_stability(case).model, compile_stability(again).model
    assert (after.owner, after.allowed) == (before.owner, before.allowed)
    assert (after.occurring() == before.occurring()).all()
    report = stability_report(again, draws=0)
    assert_reference(report, words, data["results"]["reference_legal"])
