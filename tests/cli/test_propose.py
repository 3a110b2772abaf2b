"""Proposals from reviewed statements: what they add, what they never touch, and what is only listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.case.load import load_case
from detente.case.red_lines import standing_lines
from tests.cli.review_sessions import Call, basin, coding, detente, own_words, write

HELD = len(load_case("river-basin").statements)
"""Statements of the bundled case before any is added."""

__all__ = ["basin", "detente"]


@pytest.fixture
def reviewed(detente: Call) -> Call:
    """Return the command line over a case with eight reviewed statements."""
    rows = [
        coding(
            "Tarvia wants its new reservoir filled within three years",
            **{"act": "demand", "attribution": "reported_event", "voice": "author", "voices": ["author"]},
            **{"actor": ["TAR"], "issue": "R2_reservoir_filling", "option": "o2"},
        ),
        own_words("three dry years would finish the delta", "R5_navigation", "o1", "red_line", "MEL"),
        own_words("Engineers on both banks", "R6_disputes", "o3", "accept", "OST"),
        own_words("We fear salt", "R6_disputes", "o1", "accept", "MEL"),
        own_words(
            "nobody upstream has ever opened the gauges",
            "R5_navigation",
            "o3",
            "engage",
            "TAR",
            voices=["author", "MEL"],
        ),
        own_words("Real-time readings would cost little", "R5_navigation", None, "demand", "MEL"),
        own_words("every low summer", "R5_navigation", "o3", "accept", "TAR", negated=True),
        own_words("told this paper", "R5_navigation", None, "convene_forum", "MEL", target=["TAR", "OST"]),
    ]
    detente("review", "basin", "--add", write(rows), "--text-class", "official_remark")
    code, _, err = detente("review", "basin", "--reviewer", "Lee", typed="a\n\n" * len(rows) + "yes\n")
    assert code == 0, err
    assert len(load_case("basin").statements) == HELD + len(rows)
    return detente


def test_positions_lines_and_forums_are_proposed_and_the_rest_is_listed(reviewed: Call) -> None:
    code, out, _ = reviewed("propose", "basin", "--json")
    assert code == 0
    found = json.loads(out)
    added = [(one["path"][0], one["value"].get("party", one["value"].get("never"))) for one in found["additions"]]
    assert sorted(added, key=str) == [
        ("forums", None),
        ("positions", "MEL"),
        ("positions", "OST"),
        ("preferences", "R5_navigation in [o1]"),
    ]
    positions = {one["value"]["party"]: one["value"] for one in found["additions"] if one["path"] == ["positions"]}
    assert positions["MEL"]["stances"] == {"o1": "rules_out"}
    assert positions["OST"]["stances"] == {"o3": "would_accept"}
    assert found["additions"][-1]["value"]["members"] == ["MEL", "TAR", "OST"]
    assert [one["why"] for one in found["conflicts"]] == [
        "MEL on R6_disputes o1: would_accept, but position Q17 says rules_out"
    ]
    assert sorted(one["why"] for one in found["claims"]) == ["Melune says it of TAR", "a commentator reports it of TAR"]
    assert sorted(one["why"] for one in found["others"]) == [
        "demand on R5_navigation, without an option of it",
        "it is negated: what follows from it is for a person to say",
    ]
    assert "by the prior of official_remark it binds with 0.25 / 0.5 / 0.75" in found["notes"][0]["why"]


def test_the_diff_only_adds_lines_and_applying_it_loads(reviewed: Call, basin: Path) -> None:
    before = {path: path.read_text() for path in basin.rglob("*.yaml")}
    _, diff, err = reviewed("propose", "basin")
    body = [line for line in diff.splitlines() if not line.startswith(("+++", "---"))]
    assert [line for line in body if line.startswith("-")] == []
    assert {line for line in diff.splitlines() if line.startswith("+++")} == {
        *("+++ b/positions.yaml", "+++ b/preferences.yaml", "+++ b/context.yaml")
    }
    assert "4 additions. --apply makes them." in err
    assert before == {path: path.read_text() for path in basin.rglob("*.yaml")}
    assert reviewed("propose", "basin", "--apply")[0] == 0
    for path, text in before.items():
        kept = iter(path.read_text().splitlines())
        assert all(line in kept for line in text.splitlines()), path  # every old line, in its order
    case = load_case("basin")
    line = next(one for one in standing_lines(case, "MEL") if one.id == "MEL-R5_navigation-o1")
    assert (line.basis, line.text_class, line.assumed, line.probability.mode) == (
        "stated",
        "official_remark",
        False,
        0.5,
    )
    assert case.forums[-1].publicity == "proposed"


def test_applying_twice_changes_nothing(reviewed: Call, basin: Path) -> None:
    reviewed("propose", "basin", "--apply")
    before = {path: path.read_bytes() for path in basin.rglob("*") if path.is_file()}
    code, out, err = reviewed("propose", "basin", "--apply")
    assert (code, out) == (0, "")
    assert "No statement proposes anything that is not coded yet." in err
    assert before == {path: path.read_bytes() for path in basin.rglob("*") if path.is_file()}


def test_only_statements_since_a_day(reviewed: Call) -> None:
    assert json.loads(reviewed("propose", "basin", "--since", "2019-05-05", "--json")[1])["additions"] == []
    assert len(json.loads(reviewed("propose", "basin", "--since", "2019-05-04", "--json")[1])["additions"]) == 4


def test_a_bundled_case_is_looked_at_and_not_changed(detente: Call) -> None:
    code, out, err = detente("propose", "river-basin")
    assert (code, out) == (0, "")
    assert "No statement proposes anything" in err
    code, _, err = detente("propose", "river-basin", "--apply")
    assert code == 2
    assert "`detente new my-river-basin --from river-basin`" in err


def test_statements_of_one_day_that_contradict_each_other_propose_nothing(detente: Call) -> None:
    rows = [
        own_words("We fear salt", "R5_navigation", "o2", "accept", "MEL"),
        own_words("three dry years", "R5_navigation", "o2", "reject", "MEL"),
    ]
    detente("review", "basin", "--add", write(rows))
    detente("review", "basin", "--reviewer", "Lee", typed="a\n\na\n\nyes\n")
    found = json.loads(detente("propose", "basin", "--json")[1])
    assert found["additions"] == []
    assert len(found["conflicts"]) == 2


def test_an_unreviewed_statement_proposes_nothing(detente: Call) -> None:
    assert json.loads(detente("propose", "basin", "--json")[1])["additions"] == []


def test_the_whole_story_from_documents_to_a_brief(reviewed: Call, basin: Path) -> None:
    reviewed("propose", "basin", "--apply")
    assert reviewed("check", "basin")[0] == 0
    assert reviewed("verify", "basin", "--corpus", "basin/record/corpus")[0] == 0
    assert reviewed("brief", "basin", "-o", "out", "--draws", "0")[0] == 0
    assert "arbitration" in Path("out/brief.md").read_text()
    assert reviewed("ledger", "basin")[0] == 0


def test_what_the_coder_prints_is_what_the_queue_takes(detente: Call, basin: Path) -> None:
    assert detente("read", "basin/record/corpus", "-o", "corpus")[0] == 0
    code, printed, err = detente("code", "corpus", "--case", "basin", "--json")
    assert code == 0, err
    number = len(json.loads(printed))
    assert number > 5
    code, out, err = detente("review", "basin", "--add", "-", "--corpus", "corpus", typed=printed)
    assert code == 0, err
    assert out.startswith(f"{number} codings added to basin/review, 0 there already.")
    _, out, err = detente("review", "basin", "--reviewer", "Lee", "--corpus", "corpus", typed="r\nno act\n" * number)
    assert out.startswith(f"{number} codings: {number} rejected.")
    assert "cannot be shown" not in err


# documents that change


def test_citations_follow_a_document_that_changed(reviewed: Call, basin: Path) -> None:
    corpus = basin / "record" / "corpus"
    Path("before").mkdir()
    (Path("before") / "column.txt").write_text((corpus / "column.txt").read_text())
    text = (corpus / "column.txt").read_text()
    text = text.replace("By a columnist", "By one columnist").replace("We fear salt more", "We fear the salt more")
    (corpus / "column.txt").write_text(text)
    assert reviewed("verify", "basin", "--corpus", str(corpus))[0] == 1
    args = ("verify", "basin", "--corpus", str(corpus), "--reanchor")
    code, out, _ = reviewed(*args, "--json")
    kinds = [one["found"] for one in json.loads(out)["citations"]]
    assert (code, set(kinds), kinds.count("vanished")) == (1, {"moved", "vanished"}, 2)
    code, out, err = reviewed(*args, "--before", "before", "--apply")
    assert (code, out.count(": changed, ")) == (1, 2)
    assert "What changed waits in the review" in err
    _, out, _ = reviewed("verify", "basin", "--corpus", str(corpus))
    assert "2 spans (" in out
    assert "(column-04" in out
    listed = json.loads(reviewed("review", "basin", "--list", "--json")[1])
    assert [one["rule"] for one in listed["items"] if one["state"] == "open"] == ["reanchored"] * 2
    _, _, err = reviewed("review", "basin", "--reviewer", "Lee", typed="s\ns\n")
    assert "cannot be shown" in err  # the accepted coding whose words changed
    assert "⟦We fear the salt⟧" in err
    assert "nothing to add" in reviewed("review", "basin", "--apply")[1]


def test_documents_that_did_not_change_need_nothing(detente: Call) -> None:
    code, out, _ = detente("verify", "basin", "--corpus", "basin/record/corpus", "--reanchor")
    assert (code, out) == (0, "No document that the case cites by span has changed.\n")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--before", "x"), "--before: this says how citations are found again"),
        (("--apply",), "--apply: this says how citations are found again"),
        (("--reanchor", "--before", "absent"), "absent: there is no such folder of documents"),
    ],
)
def test_options_of_finding_again_are_refused_alone(detente: Call, args: tuple[str, ...], says: str) -> None:
    code, _, err = detente("verify", "basin", "--corpus", "basin/record/corpus", *args)
    assert (code, len(err.splitlines())) == (2, 1)
    assert says in err


def test_a_copy_of_a_case_stands_alone_and_is_not_written_over(detente: Call, basin: Path) -> None:
    assert load_case(basin).record == "record"
    assert load_case(basin).statements == load_case("river-basin").statements
    code, _, err = detente("new", "basin", "--from", "river-basin")
    assert code == 2
    assert "not empty" in err
