"""`detente elicit`: the dialogue, the session, the result, and what is refused."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.case.library import library_folder
from detente.case.load import load_case
from detente.case.yamlfile import parse_yaml
from detente.cli.main import run

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def elicit(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs the command in `here` with answers on standard input."""

    def call(*args: str, answers: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in answers.split(","))) if answers
                            else io.StringIO())  # fmt: skip
        code = run(["elicit", *args])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


NO_QUESTION = "{first: {issue: water, options: [o1]}, second: {issue: land, options: [o1]}, answer: first}"


def kept(path: Path) -> Any:
    return parse_yaml(path.read_text(), str(path)).data


def test_it_asks_keeps_and_tells(elicit: Call, here: Path) -> None:
    code, out, err = elicit("mini", "left", "--questions", "3", answers="same,d,d")
    assert code == 0
    assert "You judge, from public material only, what Left is taken to want." in err
    assert err.count("taken to") >= 4
    assert out.startswith("What Left is taken to want, after 3 comparisons\n")
    assert "No answer contradicts the others." in out
    assert "range for the case      5% to 95%         before  narrowed\n" in out
    session = kept(here / "elicit-mini-left.yaml")
    assert [one["answer"] for one in session["answers"]] == ["same", "unknown", "unknown"]


def test_the_end_of_the_input_ends_the_session_and_the_next_run_goes_on(elicit: Call, here: Path) -> None:
    assert elicit("mini", "left", "--session", "parts.yaml", answers="1")[0] == 0
    _, out, err = elicit("mini", "left", "--session", "parts.yaml", "--questions", "3", "--json", answers="2,d")
    assert "The session goes on after 1 answer." in err
    _, whole, _ = elicit("mini", "left", "--session", "whole.yaml", "--questions", "3", "--json", answers="1,2,d")
    assert out == whole
    assert (here / "parts.yaml").read_bytes() == (here / "whole.yaml").read_bytes()


def test_json_is_the_whole_result(elicit: Call) -> None:
    report = json.loads(elicit("mini", "left", "--questions", "3", "--json", answers="1,1,d")[1])
    assert set(report) == {
        "case", "party", "seed", "asked", "without_an_answer", "weights", "values", "inconsistencies", "answers"
    }  # fmt: skip
    assert (report["case"], report["party"], report["asked"], report["without_an_answer"]) == ("mini", "left", 3, 1)
    assert set(report["weights"]) == {"water", "land"}
    water = report["weights"]["water"]
    assert set(water) == {"low", "mode", "high", "from_5", "median", "to_95", "before", "comparisons"}
    assert set(water["before"]) == {"from_5", "median", "to_95"}
    assert water["low"] < water["from_5"] < water["mode"] == water["median"] < water["to_95"] < water["high"]
    assert [one["answer"] for one in report["answers"]] == ["first", "first", "unknown"]


def test_undo_redo_list_and_what_is_not_understood(elicit: Call, here: Path) -> None:
    _, _, err = elicit("mini", "left", "--questions", "3", answers="1,perhaps,2,undo,redo 1,same,redo 7,list,quit")
    assert 'This was not understood, got "perhaps".' in err
    assert "Answer 2 is taken back." in err
    assert "Answer 1 is replaced." in err
    assert "There is no answer 7; so far there are 1." in err
    assert "\n1. " in err
    assert [one["answer"] for one in kept(here / "elicit-mini-left.yaml")["answers"]] == ["same"]


def test_an_answer_that_is_taken_back_and_given_again_leaves_no_trace(elicit: Call, here: Path) -> None:
    elicit("mini", "left", "--session", "a.yaml", "--questions", "3", answers="1,2,undo,2,redo 1,2,redo 1,1,1")
    elicit("mini", "left", "--session", "b.yaml", "--questions", "3", answers="1,2,1")
    assert (here / "a.yaml").read_bytes() == (here / "b.yaml").read_bytes()


def test_a_redo_that_is_not_answered_keeps_what_was_said(elicit: Call, here: Path) -> None:
    _, _, err = elicit("mini", "left", "--questions", "2", answers="1,2,redo 1,,")
    assert "Answer 1 stays as it was." in err
    assert [one["answer"] for one in kept(here / "elicit-mini-left.yaml")["answers"]] == ["first", "second"]


def test_a_circle_is_shown_in_words_with_the_offer_to_answer_again(elicit: Call, here: Path) -> None:
    """Three answers over three issues, written into a session by hand."""
    case = here / "mini" / "case.yaml"
    text = case.read_text().replace(
        "preferences:",
        "- id: sea\n  title: Who fishes?\n  options: [{id: o1, text: both}, {id: o2, text: none}]\npreferences:",
    )
    case.write_text(text)
    elicit("mini", "left", "--every-option", answers="1")
    session = here / "elicit-mini-left.yaml"
    head = session.read_text().split("answers:")[0]

    def side(issue: str) -> str:
        return f"{{issue: {issue}, options: [o1, o2]}}"

    order = (("water", "land"), ("land", "sea"), ("sea", "water"))
    session.write_text(
        head
        + "answers:\n"
        + "".join(f"- {{first: {side(one)}, second: {side(other)}, answer: first}}\n" for one, other in order)
    )
    code, out, _ = elicit("mini", "left", "--json")
    assert code == 0
    found = json.loads(out)["inconsistencies"]
    assert found[0] == {"kind": "circle", "answers": [1, 2, 3], "probability": None}
    _, out, err = elicit("mini", "left")
    for text in (out, err):
        assert "! Answers 1, 2 and 3 go round in a circle" in text
        assert "`redo 1` or `redo 2` or `redo 3`" in text


def test_write_shows_asks_and_changes_what_was_asked_about_alone(elicit: Call, here: Path) -> None:
    shutil.copytree(library_folder().parent, here / "copy")
    folder = here / "copy" / "cases" / "river-basin"
    before = load_case(folder)
    file = folder / "preferences.yaml"
    old = file.read_text()
    args = (str(folder), "TAR", "--questions", "4", "--by", "Lee", "--on", "2019-07-01", "--because", "Q01", "--write")
    _, _, err = elicit(*args, answers="1,2,1,2,,no")
    assert "This would change in the case:" in err
    assert "The case is left as it was." in err
    assert file.read_text() == old
    code, out, _ = elicit(*args, answers=",yes")
    assert code == 0
    assert out.rstrip().endswith(str(file))
    new = file.read_text()
    kept_comments = [line for line in old.splitlines() if line.startswith("#")]
    assert [line for line in new.splitlines() if line.startswith("#")] == kept_comments
    after = load_case(folder)
    assert after.preferences[1:] == before.preferences[1:]
    report = json.loads(elicit(str(folder), "TAR", "--questions", "4", "--json")[1])
    was, now = before.preference["TAR"], after.preference["TAR"]
    assert any(one["comparisons"] for one in report["weights"].values())
    for issue, one in report["weights"].items():
        if one["comparisons"]:
            written = now.weights[issue]
            assert (written.low, written.mode, written.high) == (one["low"], one["mode"], one["high"])
            assert (now.weights[issue].by, str(now.weights[issue].judged_on)) == ("Lee", "2019-07-01")
            assert now.weights[issue].because == ("Q01",)
        else:
            assert now.weights[issue] == was.weights[issue]
    for issue, options in report["values"].items():
        for option, one in options.items():
            assert (now.values[issue][option] == was.values[issue][option]) is (one["comparisons"] == 0)
    assert (now.red_lines, now.interactions) == (was.red_lines, was.interactions)


def test_a_session_goes_on_after_the_case_changed_and_says_so(elicit: Call, here: Path) -> None:
    elicit("mini", "left", answers="1")
    case = here / "mini" / "case.yaml"
    case.write_text(case.read_text().replace("water: 0.6", "water: 0.5"))
    code, _, err = elicit("mini", "left", "--questions", "1")
    assert code == 0
    assert "the case has changed since this session was begun" in err


def test_a_party_without_numbers_gets_an_entry_of_its_own(elicit: Call, here: Path) -> None:
    case = here / "mini" / "case.yaml"
    text = case.read_text()
    case.write_text(text[: text.index("- party: right")])
    code, _, err = elicit(
        "mini", "right", "--every-option", "--questions", "3", "--by", "Lee", "--write", answers="1,1,1,,yes"
    )
    assert code == 0, err
    assert load_case("mini").preference["right"].weights


def test_a_snippet_can_be_pasted(elicit: Call, here: Path) -> None:
    code, out, _ = elicit("mini", "left", "--questions", "3", "--by", "Lee", "-o", "s.yaml", answers="1,2,1")
    assert code == 0
    assert out.rstrip().endswith("s.yaml")
    case = here / "mini" / "case.yaml"
    text = case.read_text()
    case.write_text(text[: text.index("preferences:")] + (here / "s.yaml").read_text())
    assert load_case("mini").preference["left"].weights
    assert elicit("mini", "left", "--questions", "3", "--by", "Lee", "-o", "s.yaml")[0] == 0


def test_the_same_seed_asks_the_same_and_another_seed_may_not(elicit: Call) -> None:
    one = elicit("river-basin", "TAR", "--session", "1.yaml", "--json", answers="1,2")[1]
    assert elicit("river-basin", "TAR", "--session", "2.yaml", "--json", answers="1,2")[1] == one
    assert elicit("river-basin", "TAR", "--session", "3.yaml", "--seed", "5", "--json", answers="1,2")[1] != one


def test_ctrl_c_keeps_what_was_answered(elicit: Call, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Impatient(io.StringIO):
        def readline(self, *_: int) -> str:  # type: ignore[override]
            line = super().readline()
            if not line:
                raise KeyboardInterrupt
            return line

    monkeypatch.setattr("sys.stdin", Impatient("1\n2\n"))
    assert run(["elicit", "mini", "left"]) == 130
    assert len(kept(here / "elicit-mini-left.yaml")["answers"]) == 2


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("mini", "nobody"), 'PARTY: the case has no such party, got "nobody".'),
        (("nowhere", "left"), "nowhere: there is no such folder"),
        (("mini", "left", "--questions", "0"), 'this is not a whole number from 1 to 30, got "0"'),
        (("mini", "left", "--questions", "31"), 'this is not a whole number from 1 to 30, got "31"'),
        (("mini", "left", "--issue", "air"), 'the case has no such issue, got "air"'),
        (("mini", "left", "--on", "May"), '--on: this is not a day, got "May"'),
        (("mini", "left", "--write"), "--by: it is not said who judges"),
        (("mini", "left", "--by", "L", "--because", "s9", "-o", "s.yaml"), "no such statement, position or event"),
        (("river-basin", "TAR", "--by", "L", "--write"), "a case that comes with the program is not changed"),
        (("mini", "left", "--by", "L", "-o", "file"), "there is something else already"),
        (("mini", "left", "--by", "L", "-o", "full"), "there is something else already"),
        (("mini", "left", "--by", "L", "-o", "elicit-mini-left.yaml"), "this is the session file"),
        (("mini", "left", "--session", "file"), "this is no session of `detente elicit`"),
        (("mini", "left", "--session", "full"), "this is a folder"),
        (("mini", "left", "--session", "file/x"), "Name another file with --session"),
    ],
)
def test_what_is_refused_before_anything_is_asked(elicit: Call, here: Path, args: tuple[str, ...], says: str) -> None:
    code, out, err = elicit(*args, answers="1")
    assert (code, out) == (2, "")
    assert says in err
    assert len(err.splitlines()) == 1
    assert (here / "file").read_text() == "precious"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("mini", "right"), "this session is about another party"),
        (("river-basin", "TAR"), "this session is about another case"),
        (("mini", "left", "--seed", "4"), "was begun with seed 0, got 4"),
        (("mini", "left", "--issue", "water"), "asks about other options"),
    ],
)
def test_a_session_is_not_taken_for_another(elicit: Call, here: Path, args: tuple[str, ...], says: str) -> None:
    elicit("mini", "left", "--session", "s.yaml", answers="1")
    before = (here / "s.yaml").read_bytes()
    code, _, err = elicit(*args, "--session", "s.yaml", answers="1")
    assert (code, len(err.splitlines())) == (2, 1)
    assert says in err
    assert (here / "s.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("answer: first", "answer: third", "answers.0.answer"),
        ("seed: 0", "seed: -1", "seed"),
        ("seed: 0", "seeds: 0", "seed"),
        ("[0.3, 0.6, 1.2]", "[0.9, 0.6, 1.2]", "is no range"),
        ("elicitation: '1'", "elicitation: '2'", "elicitation"),
        ("options: [o", "options: [x", "the session did not start from this option"),
        ("answers:", f"answers:\n- {NO_QUESTION}", "belongs to no question"),
    ],
)
def test_a_session_that_was_edited_is_refused_with_its_line(
    elicit: Call, here: Path, old: str, new: str, says: str
) -> None:
    elicit("mini", "left", "--session", "s.yaml", answers="1")
    path = here / "s.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    code, _, err = elicit("mini", "left", "--session", "s.yaml", answers="1")
    assert (code, len(err.splitlines())) == (2, 1)
    assert says in err
    assert err.startswith("s.yaml:")


def test_a_session_whose_option_left_the_case_is_refused(elicit: Call, here: Path, silent: str) -> None:
    elicit(silent, "left", "--session", "s.yaml", answers="1")
    case = here / silent
    text = case.read_text().replace("{id: o2, text: split}", "{id: o9, text: split}")
    case.write_text(text.replace("o1: 1.0, o2: 0.0}}", "o1: 1.0}}").replace("o1: 0.0, o2: 1.0}}", "o1: 0.0}}"))
    code, _, err = elicit(silent, "left", "--session", "s.yaml", answers="1")
    assert code == 2
    assert 'the session asks about an option that the case no longer has, got "land, o2"' in err


def test_a_represented_party_is_sent_to_the_one_that_speaks(elicit: Call, here: Path) -> None:
    case = here / "mini" / "case.yaml"
    case.write_text(
        case.read_text().replace("name: Right, kind: state", "name: Right, represented_by: left, kind: state")
    )
    code, _, err = elicit("mini", "right", answers="1")
    assert code == 2
    assert "Ask for left" in err
