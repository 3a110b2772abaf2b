"""Stories of the question asked backwards: what would make a state last, and in whose game."""

from __future__ import annotations

import json
from math import factorial
from pathlib import Path
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.case.save import dump_case
from detente.cli.main import run
from detente.registry.stability import stability_report
from detente.registry.stability_text import text_states
from detente.wording.never_print import violations
from detente.wording.stability_inverse import inverse_lines

SYRIA = ["NNN", "NYN", "NYY", "YNN", "NNY", "YNY"]
IRAQ = ["YNN", "NNY", "NYY", "NNN", "YNY", "NYN"]


def euphrates(**changes: Any) -> Case:
    """Return the conflict over the Euphrates, 1975, with the rankings in the handout of GMCR+ (2014), table 3."""
    data = load_case("two-rivals").model_dump(mode="json", exclude_unset=True)
    owners = {"release": "A", "escalate": "A", "attack": "B"}
    data["stability"] = {
        "today": "NNN",
        "switches": [{"id": one, "party": party, "text": one} for one, party in owners.items()],
        "infeasible": [{"when": "release and escalate"}],
        "preferences": [{"party": "A", "ranking": SYRIA}, {"party": "B", "ranking": IRAQ}],
    } | changes
    return Case.model_validate(data)


def asked(case: Case, state: str) -> Any:
    return stability_report(case, draws=0, inverse=state)["inverse"]


def test_the_published_counts_come_out_and_the_misprinted_one_is_put_right() -> None:
    """The handout says 240 under Nash, which holds, and 420 under SEQ, where the definition gives 384."""
    found = asked(euphrates(), "YNN")["concepts"]
    counts = {concept: found[concept]["parties"]["A"]["rankings"]["count"] for concept in ("nash", "seq")}
    assert counts == {"nash": 240, "seq": 384}
    assert found["seq"]["parties"]["A"]["rankings"]["share"] == "8/15"
    assert found["nash"]["together"]["share"]["of"] == factorial(6) ** 2


def test_one_comparison_and_one_edit_lead_to_the_release_of_water() -> None:
    case = euphrates()
    seq = asked(case, "YNN")["concepts"]["seq"]["parties"]["A"]
    assert seq["changes"] == {"fewest": 1, "turns": [{"up": "YNN", "down": "NYY", "level": False}]}
    turned = ["NNN", "NYN", "YNN", "NYY", "NNY", "YNY"]  # Syria's ranking with this comparison turned
    again = euphrates(preferences=[{"party": "A", "ranking": turned}, {"party": "B", "ranking": IRAQ}])
    assert "YNN" in stability_report(again, draws=0)["equilibria"]["seq"]


def test_each_commitment_that_is_told_makes_the_state_last_in_a_case_that_writes_it() -> None:
    found = asked(euphrates(), "YNN")
    assert found["commitments"]
    for one in found["commitments"]:
        way = "drop" if one["stays"] == "Y" else "take"
        if one["kind"] == "removal":
            ruled_out = {"when": f"{one['switch']} in [{'N' if one['stays'] == 'Y' else 'Y'}]"}
            infeasible = [{"when": "release and escalate"}, ruled_out]
            left = [s for s in SYRIA if s[["release", "escalate", "attack"].index(one["switch"])] == one["stays"]]
            rankings = [{"party": "A", "ranking": left}, {"party": "B", "ranking": [s for s in IRAQ if s in left]}]
            case = euphrates(today=None, infeasible=infeasible, preferences=rankings)
        else:
            when = "attack or not attack"
            if one["while"] is not None:
                when = f"{one['while']['switch']} in [{one['while']['is']}]"
            case = euphrates(bans=[{"switch": one["switch"], "direction": way, "when": when}])
        lasting = stability_report(case, draws=0)["equilibria"]
        assert {concept for concept in one["concepts"] if "YNN" in lasting[concept]} == set(one["concepts"])


def test_a_party_with_a_game_of_its_own_is_asked_in_it() -> None:
    """Iraq does not see escalation: of six states it ranks four, and its count is of the rankings of these."""
    case = euphrates(misperceptions=[{"party": "B", "not_seen": ["escalate"]}])
    nash = asked(case, "YNN")["concepts"]["nash"]
    assert nash["parties"]["B"]["own_game"]
    assert nash["parties"]["B"]["rankings"]["of"] == factorial(4)
    assert nash["together"]["share"]["of"] == factorial(6) * factorial(4)
    unseen = asked(case, "NYY")["concepts"]["seq"]
    assert not unseen["parties"]["B"]["seen"]
    assert unseen["parties"]["B"]["stable"]
    assert unseen["together"]["refused"]
    assert "does not see this state" in "\n".join(lines(case, "NYY"))


def test_parties_that_move_together_are_not_counted_and_the_report_says_so() -> None:
    found = asked(euphrates(coalitions=[["A", "B"]]), "YNY")
    assert found["concepts"]["nash"]["parties"]["A+B"]["refused"]
    assert found["concepts"]["nash"]["parties"]["A+B"]["rankings"] is None
    assert found["commitments_tried"] > 0


def lines(case: Case, state: str) -> list[str]:
    return list(inverse_lines(case, stability_report(case, draws=0, inverse=state)))


@pytest.mark.parametrize("state", ["YNN", "NNN", "NYY", "YNY"])
def test_what_is_said_recommends_nothing(state: str) -> None:
    for line in lines(euphrates(), state):
        assert not violations(line)
        assert not [word for word in ("should", "must ", "ought") if word in line]


def test_turned_labels_turn_the_answer() -> None:
    """With parties and switches written the other way round every count and number stays."""
    data = euphrates().model_dump(mode="json", exclude_unset=True)
    section = data["stability"]
    data["parties"].reverse()
    section["switches"].reverse()
    for one in section["preferences"]:
        one["ranking"] = [word[::-1] for word in one["ranking"]]
    turned, plain = asked(Case.model_validate(data), "NNY"), asked(euphrates(), "YNN")
    for concept, entry in plain["concepts"].items():
        other = turned["concepts"][concept]
        assert entry["together"]["share"] == other["together"]["share"]
        for party, one in entry["parties"].items():
            assert one["rankings"] == other["parties"][party]["rankings"]
            assert one["changes"]["fewest"] == other["parties"][party]["changes"]["fewest"]
    names = ("kind", "switch", "stays", "while", "concepts")
    told = [{json.dumps([one[key] for key in names]) for one in found["commitments"]} for found in (plain, turned)]
    assert told[0] == told[1]


def treaty(**preferences: Any) -> Case:
    """Return the river basin with a graph model in which three parties may sign the proposal."""
    data = load_case("river-basin").model_dump(mode="json", exclude_unset=True)
    parties = ("TAR", "OST", "MEL")
    agreed = [{"when": "TAR and OST and MEL", "package": "proposal"}]
    data["stability"] = {
        "today": "NNN",
        "switches": [{"id": one, "party": one, "text": "sign"} for one in parties],
        "preferences": [{"party": one} | preferences.get(one, {"outcomes": agreed}) for one in parties],
    }
    return Case.model_validate(data)


def test_a_text_to_which_a_state_belongs_says_what_it_would_take_to_last() -> None:
    (found,) = text_states(treaty(TAR={"ranked_conditions": ["not TAR"]}))
    assert (found["package"], found["state"], found["states"]) == ("proposal", "YYY", 1)
    assert found["ranked_higher"]["TAR"] == ["NYY"]


def test_where_parties_mean_different_texts_by_a_state_nothing_is_said() -> None:
    other = [{"when": "TAR and OST and MEL", "package": "no-agreement"}]
    assert text_states(treaty(MEL={"outcomes": other})) == ()
    assert text_states(euphrates()) == ()


def test_section_8_of_a_brief_names_the_comparisons(tmp_path: Path) -> None:
    dump_case(treaty(TAR={"ranked_conditions": ["not TAR"]}), tmp_path / "case")
    assert run(["brief", str(tmp_path / "case"), "-o", str(tmp_path / "out")]) == 0
    text = next((tmp_path / "out").glob("*.md")).read_text(encoding="utf-8")
    assert "Tarvia ranked it at least as high as (Ostrel: sign; Melune: sign)" in text


WRONG = (
    ("NYN", "this is not a state"),
    ("", "this is not a state"),
    ("YNYNYN", "this is not a state"),
    ("ABCDE", "this is not a state"),
    ("NYYNN", "excludes this state"),
)


@pytest.mark.parametrize(("state", "said"), WRONG)
def test_a_wrong_state_is_one_line(state: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stability", "elmira", "--draws", "0", "--inverse", state]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("--inverse: ")
    assert said in printed.err
    assert len(printed.err.splitlines()) == 1
    assert not printed.out


@pytest.mark.parametrize("name", ["two-rivals", "river-basin", "drafts-and-replies-2021-22"])
def test_the_command_answers_on_a_case_without_a_model(name: str) -> None:
    case = load_case(name)
    report = stability_report(case, draws=0)
    state = "Y" * len(report["switches"])
    said = lines(case, state)
    assert said[0].startswith(f"What would make {state} last")
    assert not [line for line in said if violations(line)]
    if report["count"] > 4096:
        assert any("too many states that can occur" in line for line in said)
