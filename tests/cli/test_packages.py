"""`detente concessions` and `detente compare`: what they print, what they keep back, and how they end on bad input."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.case.load import load_case
from detente.cli.main import run
from detente.cli.names import option_name
from detente.cli.standing import number, standing
from detente.cli.tables import table_lines
from detente.wording.never_print import rules, violations

WIDEST = 100


@pytest.fixture
def out(here: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return a function that runs a command in `here`, expects an exit code and returns all that it printed."""

    def call(*args: str, code: int = 0) -> str:
        found = run(args)
        printed = capsys.readouterr()
        assert found == code, printed.err
        return printed.out + printed.err

    return call


def test_a_map_has_a_row_for_each_issue_and_adds_up(out: Callable[..., str]) -> None:
    text = out("concessions", "two-rivals", "nash")
    assert re.search(r"^ +Expansion of B's alliance +-12 +-18$", text, re.M)
    assert re.search(r"^ +put off +\+2\.384 +\+8\.667$", text, re.M)
    assert re.search(r"^ +sum: margin over no agreement +\+20 +\+14$", text, re.M)
    assert "A: utility 60; the package is above no agreement by 20." in text
    assert "none needed: it holds for every party." in text


def test_a_solution_that_may_not_be_printed_is_shown_by_its_values_only(out: Callable[..., str]) -> None:
    case = load_case("river-basin")
    text = out("concessions", "river-basin", "nash", "--consent", "cl_upper")
    report = json.loads(out("concessions", "river-basin", "nash", "--consent", "cl_upper", "--json"))
    assert report["map"]["printable"] is False
    assert "The package is not printed (stopped by " in text
    assert "to be coded first: the communities of the delta on Flow at the border" in text
    assert "Tarvia: utility 0.96; the package is above no agreement by 0.52." in text
    words = [option_name(case, issue, option) for issue, option in report["map"]["choice"].items()]
    assert not [word for word in words if word in text]
    compared = out("compare", "river-basin", "nash", "no-agreement", "--consent", "cl_upper")
    assert not [word for word in words if word in compared]
    assert "not printed" in compared


def test_a_comparison_does_not_tell_where_a_hidden_package_differs(out: Callable[..., str]) -> None:
    alone = out("compare", "river-basin", "proposal", "no-agreement", "--consent", "cl_upper")
    hidden = out("compare", "river-basin", "proposal", "nash", "--consent", "cl_upper")
    assert "≠ " not in alone
    assert "≠ " not in hidden
    report = json.loads(out("compare", "river-basin", "proposal", "nash", "--consent", "cl_upper", "--json"))
    assert report["differ"]


def test_a_text_on_public_record_shows_its_own_options_and_not_its_completion(out: Callable[..., str]) -> None:
    text = out("concessions", "river-basin", "commission-idea", "--consent", "cl_upper")
    assert "at least 70 m³/s" in text
    assert "Tarvia: 1 change; not printed, see below." in text
    assert "To be coded first, before the changes that are not printed may be: the communities of the delta" in text
    assert "at least 40 m³/s" not in text


def test_a_change_is_printed_where_everybody_concerned_is_coded(out: Callable[..., str]) -> None:
    text = out("concessions", "drafts-and-replies-2021-22", "ru-reply", "--consent", "cl_A6")
    assert "NATO member states: 1 change: NATO enlargement: open door, Bucharest wording unchanged." in text


def test_packages_stand_side_by_side_with_what_differs(out: Callable[..., str]) -> None:
    text = out("compare", "two-rivals", "nash", "utilitarian", "no-agreement")
    assert re.search(r"^ +nash +utilitarian +no-agreement$", text, re.M)
    assert re.search(r"^ +≠ The disputed district +under A +shared +–$", text, re.M)
    assert re.search(r"^ +Inspections +at any time +at any time +–$", text, re.M)
    assert re.search(r"^ +A +60 +49 +40\n +\+20 +\+9 +0$", text, re.M)


@pytest.mark.parametrize("consent", ["cl_A1", "cl_A2", "cl_A3", "cl_A6"])
def test_tables_fit_and_words_stay_whole(out: Callable[..., str], consent: str) -> None:
    words = ["us-ru-draft", "nato-ru-draft", "us-reply", "nato-reply", "ru-reply", "status-quo"]
    text = out("compare", "drafts-and-replies-2021-22", *words, "--consent", consent)
    rules = [line for line in text.splitlines() if set(line.strip()) == {"─"}]
    assert rules
    assert max(map(len, rules)) <= WIDEST
    heads = " ".join(text.splitlines()[:60])
    assert all(word in heads for word in words)


@pytest.mark.parametrize(
    "args",
    [
        ("concessions", "river-basin", "reply"),
        ("concessions", "drafts-and-replies-2021-22", "us-ru-draft"),
        ("compare", "river-basin", "proposal", "nash", "no-agreement"),
    ],
)
def test_nothing_is_said_that_a_brief_would_not_say(out: Callable[..., str], args: tuple[str, ...]) -> None:
    """But for the reasons of the rules themselves, which name what they stop."""
    reasons = {f"{rule.id}: {rule.reason}" for rule in rules()}
    said = [line for line in out(*args).splitlines() if line.strip() not in reasons]
    assert [found for line in said for found in violations(line)] == []


def test_json_is_the_report(out: Callable[..., str]) -> None:
    found = json.loads(out("concessions", "mini", "nash", "--consent", "all", "--json"))
    assert found["map"]["package"] == "nash"
    assert found["map"]["choice"] == {"water": "o2", "land": "o2"}
    assert found["map"]["parties"]["left"]["issues"]["land"]["concession"] == [-0.4, -0.4]


def test_a_package_from_a_file(here: Path, out: Callable[..., str]) -> None:
    (here / "mine.yaml").write_text("choice: {water: o1}\n")
    (here / "mine.json").write_text('{"choice": {"water": "o1", "land": "o2"}}')
    text = out("compare", "mini", "mine.yaml", "mine.json", "--consent", "all")
    assert re.search(r"^ +≠ Who owns the land\? +open +split$", text, re.M)
    assert "Trades" in out("concessions", "mini", "mine.json", "--consent", "all")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("choice: {watr: o1}", 'x.yaml:1: the case has no such issue, got "watr"'),
        ("choice:\n  water: o1\n  land: o9", 'x.yaml:3: the case has no such option of issue "land", got "o9"'),
        ("chosen: {water: o1}", 'x.yaml:1: this is no package, got "chosen"'),
        ("[water, o1]", 'x.yaml:1: this is no package, got "list"'),
        ("choice: {}", "x.yaml:1: the choice is empty"),
        ("choice: water", "x.yaml:1: the choice is no list of issues"),
        ("choice: {water: [o1]}", 'x.yaml:1: issue "water" has no single option'),
        ("choice: {water: 1}", 'x.yaml:1: issue "water" has no single option'),
        ("", "x.yaml:1: the file is empty"),
        ("choice: {water: o1, water: o2}", "x.yaml:1: this key stands here twice"),
    ],
)
def test_a_file_that_is_no_package_is_refused_in_one_line(
    here: Path, out: Callable[..., str], written: str, says: str
) -> None:
    (here / "x.yaml").write_text(written)
    line = out("concessions", "mini", "x.yaml", code=2)
    assert says in line
    assert line.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("concessions", "mini"), "PACKAGE is missing"),
        (("concessions", "mini", "nsh"), 'Did you mean "nash"?'),
        (("concessions", "mini", "absent.yaml"), "there is no such file"),
        (("concessions", "mini", "no-agreement"), "no agreement is no package"),
        (("concessions", "mini", "nash", "--consent", "al"), 'Did you mean "all"?'),
        (("compare", "mini", "nash"), "From 2 to 6 packages"),
        (("compare", "mini", "nash", "nash"), "named twice"),
        (("compare", "mini"), "is missing"),
    ],
)
def test_bad_input_is_one_line(out: Callable[..., str], args: tuple[str, ...], says: str) -> None:
    line = out(*args, code=2)
    assert says in line
    assert line.count("\n") == 1


def test_how_a_package_stands_is_said_without_blame() -> None:
    case = load_case("river-basin")
    assert standing(case, [0.1, 0.2]) == "is above no agreement by 0.10 to 0.20"
    assert standing(case, [-0.2, -0.1]) == "falls short of no agreement by 0.10 to 0.20"
    assert standing(case, [-0.2, 0.1]) == "lies between 0.20 below and 0.10 above no agreement"
    assert standing(case, [0, 0]) == "is exactly at no agreement"
    assert standing(case, [-0.001, -0.001]) == "falls short of no agreement by less than 0.01"
    assert number(case, -0.001) == number(case, 0.001, sign=True) == "0.00"


def test_columns_that_do_not_fit_become_several_tables() -> None:
    heads = ["", *(f"column{k}" for k in range(6))]
    lines = list(table_lines(heads, [["row", *("x" * 30 for _ in range(6))]], label=20, indent=0, unbroken=True))
    assert max(map(len, lines)) <= WIDEST
    assert sum("x" * 30 in line for line in lines) == 2
    assert sum("row" in line for line in lines) == 2
