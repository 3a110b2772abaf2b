"""`detente diff`: what it prints for two versions, two days, two lenses, two disputes, and how it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.case.digest import case_hash
from detente.case.load import load_case
from detente.cli.diff_text import MOST, WIDTH
from detente.cli.diff_words import parted
from detente.cli.main import run
from tests.cli.conftest import MINI

BASIN = "river-basin"
WORKED = "drafts-and-replies-2021-22"


@pytest.fixture
def out(here: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return a function that compares, expects an exit code and returns what is printed."""

    def call(*args: str, code: int = 0) -> str:
        found = run(["diff", *args])
        printed = capsys.readouterr()
        assert found == code, printed.err
        return printed.out if code == 0 else printed.err

    return call


def version(name: str, *edits: tuple[str, str]) -> str:
    """Write the small case with some words replaced, and return its path."""
    text = MINI
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    Path(name).write_text(text)
    return name


def test_the_same_case_differs_in_nothing(out: Callable[..., str]) -> None:
    text = out("mini", "mini")
    assert "Data: no difference." in text
    assert "Conclusions: no conclusion changed." in text
    assert len(text.splitlines()) == 5


def test_an_edit_that_changes_a_number_and_no_conclusion_is_said_plainly(out: Callable[..., str]) -> None:
    text = out("mini", version("new.yaml", ("reservation: 0.3", "reservation: 0.55")))
    assert "Data: 0 only in B, 0 only in A, 1 changed." in text
    assert "Conclusions: no conclusion changed." in text
    assert "~ preferences/left/reservation, number: 0.3 → 0.55" in text
    assert "reservation of left: 0.3 → 0.55" in text
    assert "4 in all, 4 cross no red line, 2 in the zone → 4 in all, 4 cross no red line, 1 in the zone" in re.sub(
        r"\s+", " ", text
    )


def test_a_conclusion_that_changed_comes_first(out: Callable[..., str]) -> None:
    text = out("mini", version("new.yaml", ("reservation: 0.3", "reservation: 0.7")))
    assert "Conclusions: 2 conclusions changed, under all." in text
    assert "any package in the agreement zone, stated red lines binding: yes → no" in text
    assert "+ (reservation of left, reservation of right)" in re.sub(r"\s+", " ", text)
    assert text.index("agreement zone") < text.index("preferences/left")


def test_no_package_is_printed(out: Callable[..., str]) -> None:
    """Utilities stand for the packages of the solutions; of a tabled package only the issues on which it differs."""
    packages = "packages:\n- {id: k, title: Tried, choice: {water: o1, land: o1}}\n"
    one = version("one.yaml", ("preferences:\n", f"{packages}preferences:\n"))
    other = version(
        "other.yaml",
        ("preferences:\n", f"{packages.replace('water: o1', 'water: o2')}preferences:\n"),
        ("reservation: 0.3", "reservation: 0.55"),
    )
    text = out(one, other)
    assert "~ k, choice: differs on water" in text
    assert not re.search(r"water: o\d|land: o\d|Who controls the water\?: ", text)


def test_without_effects_only_the_data_are_told(out: Callable[..., str]) -> None:
    new = version("new.yaml", ("reservation: 0.3", "reservation: 0.7"))
    text = out("mini", new, "--data-only")
    assert "Conclusions: not compared; only the data were asked for." in text
    assert "Numbers of the settlement" not in text
    found = json.loads(out("mini", new, "--data-only", "--json"))
    assert (found["conclusions"], found["ledger"], found["settlement"]) == (None, None, None)
    assert found["data"]["estimates"][0]["id"] == "preferences/left/reservation"


def test_another_order_is_told_with_what_follows_from_it(out: Callable[..., str]) -> None:
    turned = version(
        "new.yaml", ("[{id: o1, text: joint}, {id: o2, text: left}]", "[{id: o2, text: left}, {id: o1, text: joint}]")
    )
    text = out("mini", turned)
    assert "Data: no difference in what is said, only in the order in which it is listed." in text
    assert "Options of water: o1, o2 → o2, o1" in text
    assert "Between equals the first is shown" in text
    assert "Conclusions: no conclusion changed." in text
    [entry] = json.loads(out("mini", turned, "--json"))["order"]
    assert entry == {"kind": "options", "of": "water", "a": ["o1", "o2"], "b": ["o2", "o1"]}


def test_a_default_written_out_is_said_to_change_the_hash_alone(out: Callable[..., str]) -> None:
    text = out("mini", version("new.yaml", ("title: Two issues", "title: Two issues\nillustrative: false")))
    assert "Data: no difference." in text
    assert "The hashes differ because" in text


def test_two_days_of_one_case(out: Callable[..., str]) -> None:
    text = out(BASIN, BASIN, "--as-of-a", "2019-04-05", "--as-of-b", "2019-05-01")
    assert "as of 2019-04-05" in text.splitlines()[0]
    assert "as of 2019-05-01" in text.splitlines()[1]
    assert "computed: no → yes" in text
    assert "Statements: +5" in text


def test_two_lenses_of_one_case(out: Callable[..., str]) -> None:
    found = json.loads(out(BASIN, BASIN, "--lens-a", "lens_column", "--lens-b", "lens_bulletin", "--json"))
    assert (found["a"]["lens"], found["b"]["lens"]) == ("lens_column", "lens_bulletin")
    assert set(found["data"]) == {"estimates"}
    assert "lens lens_bulletin" in json.dumps(found["data"])


def test_two_disputes_get_a_short_answer(out: Callable[..., str]) -> None:
    text = out(BASIN, WORKED)
    assert "The two have no issue in common. Parties in both: none." in text
    assert "Conclusions: not compared; the two have no issue in common." in text
    assert len(text.splitlines()) < 20
    assert len(json.loads(out(BASIN, WORKED, "--json"))["data"]["statements"]) > 200


def test_two_cases_that_share_some_ids_say_which(out: Callable[..., str]) -> None:
    other = version("new.yaml", ("id: mini", "id: other"), ("id: all,", "id: both,"), ("id: one,", "id: alone,"))
    text = out("mini", other)
    assert "Parties in both: left, right." in text
    assert "Issues in both: water, land." in text
    assert "Consent lists in both: none." in text
    assert "Conclusions: not compared; the two have no consent list in common." in text
    found = json.loads(out("mini", other, "--json"))
    assert found["conclusions"] is None
    assert found["not_compared"] == "the two have no consent list in common"


def test_long_lists_are_cut_and_every_line_fits(out: Callable[..., str]) -> None:
    text = out(WORKED, WORKED, "--as-of-a", "2022-01-27")
    statements = text[text.index("Statements: +") :]
    assert len(re.findall(r"^    \+ 002-", statements[: statements.index("more; --json")], re.M)) <= MOST
    assert all(len(line) <= WIDTH for line in text.splitlines())
    assert len(text.splitlines()) < 400


def test_json_holds_everything_with_the_documented_keys(out: Callable[..., str]) -> None:
    found = json.loads(out(BASIN, BASIN, "--as-of-a", "2019-04-05", "--json"))
    page = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "diff-report.md").read_text(encoding="utf-8")
    assert all(f"`{key}`" in page for key in keys_of(found))
    case = load_case(BASIN)
    assert case.cut_off is not None
    assert found["b"]["hash"] == case_hash(case.at(case.cut_off))
    for kind, number in found["counts"].items():
        told = found["data"].get(kind, [])
        for word in ("added", "removed", "changed"):
            assert number[word] == sum(entry["change"] == word for entry in told)
        assert number["b"] - number["a"] == number["added"] - number["removed"]


def keys_of(report: dict[str, Any]) -> set[str]:
    """Return the keys of a report's fixed parts: those that are no ids, no kinds and no fields of records."""
    keys = {*report, *report["a"], *report["common"], *report["counts"]["case"]}
    changes = [entry for entries in report["data"].values() for entry in entries]
    for entry in [*changes, *report["settlement"], *report["standing_lines"]]:
        keys |= {*entry, *(key for field in entry["fields"] for key in field)}
    for entry in [*report["order"], *report["conclusions"]]:
        keys |= set(entry)
    return keys


def test_a_difference_beyond_the_digits_shown_is_shown(out: Callable[..., str]) -> None:
    text = out("mini", version("new.yaml", ("reservation: 0.3", "reservation: 0.30000001")))
    assert "number: 0.3 → 0.30000001" in text


def test_a_text_of_several_lines_stays_on_its_line(out: Callable[..., str]) -> None:
    text = out("mini", version("new.yaml", ("title: Two issues", 'title: "Two\\n\\n  issues"')))
    assert "~ case, title: “Two issues” → “Two issues”" in text


def test_one_consent_list_can_be_asked_for(out: Callable[..., str]) -> None:
    new = version("new.yaml", ("reservation: 0.3", "reservation: 0.9"))
    found = json.loads(out("mini", new, "--consent", "one", "--json"))
    assert {entry["id"] for entry in found["settlement"]} == {"one"}


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (("nowhere", "mini"), "CASE_A, nowhere: there is no such folder, file or bundled case."),
        (("mini", "nowhere"), "CASE_B, nowhere: there is no such folder, file or bundled case."),
        (("mini",), "CASE_B is missing."),
        (("mini", "mini", "--as-of-b", "soon"), '--as-of-b: this is not a day, got "soon".'),
        (("mini", "mini", "--lens-a", "x"), '--lens-a: the case has no such lens, got "x".'),
        ((BASIN, BASIN, "--as-of-b", "2019-03-05", "--lens-b", "lens_column"), "Choose a later --as-of-b"),
        (
            (BASIN, "mini", "--consent", "cl_basin"),
            '--consent, CASE_B: the case has no such consent list, got "cl_basin".',
        ),
        (("mini", "file"), "CASE_B, file:1: this is not a mapping of keys"),
        (("mini", "mini", "mini"), 'there is a word too many, got "mini".'),
        (("mini", "mini", "--as-of", "2020-01-01"), "there is no such option"),
    ],
)
def test_bad_input_is_one_line_that_names_the_side(out: Callable[..., str], args: tuple[str, ...], line: str) -> None:
    printed = out(*args, code=2)
    assert line in printed
    assert printed.count("\n") == 1


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("rules_out", "demands", ("rules_out", "demands")),
        ("a b", "a c", ("“a b”", "“a c”")),
        ("x " * 40 + "end", "x " * 40 + "stop", ("“… x x end”", "“… x x stop”")),
        ("word " * 30, "word " * 31, ("“… word word”", "“… word word word”")),
        ("a" * 90 + "b", "a" * 90 + "c", ("“… aaaaaaaaaaab”", "“… aaaaaaaaaaac”")),
        ("one " * 30, "two " * 30, (f"“{'one ' * 10}one…”", f"“{'two ' * 10}two…”")),
    ],
)
def test_long_texts_are_shown_from_where_they_part(one: str, other: str, shown: tuple[str, str]) -> None:
    assert parted(one, other) == shown
