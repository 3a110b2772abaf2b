"""The consent test in every command and in the brief: silence is no yes, and an imported case has nobody to ask."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from detente.cli.main import run

FERRY = Path(__file__).resolve().parents[1] / "interchange" / "data" / "ferry"
OPTIONS = re.compile(r"\b(?:joint|left|shared|split)\b")
"""The texts of the options of the small case; the party is called Left."""
FIRST = "to be coded first: Left, Right on Who controls the water?; Left, Right on Who owns the land?."
TO_CODE = {"water": ["left", "right"], "land": ["left", "right"]}


@pytest.fixture
def out(here: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return a function that runs a command in `here` and returns standard output."""

    def call(*args: str) -> str:
        found = run(args)
        printed = capsys.readouterr()
        assert found == 0, printed.err
        return printed.out

    return call


def verdicts(found: Any) -> Iterator[dict[str, Any]]:
    """Yield every part of a report that the consent test was asked about; "no change" changes nothing."""
    if isinstance(found, dict):
        if "printable" in found and "to_code_first" in found and found.get("changes") != {}:
            yield found
        for part in found.values():
            yield from verdicts(part)
    elif isinstance(found, list):
        for part in found:
            yield from verdicts(part)


@pytest.mark.parametrize(
    "args",
    [
        ("settle",),
        ("compare", "nash", "mine.yaml"),
        ("concessions", "nash"),
        ("concessions", "mine.yaml"),
    ],
)
def test_a_judged_case_in_which_nobody_is_coded_prints_no_package_and_says_who_is_to_be_coded_first(
    here: Path, silent: str, out: Callable[..., str], args: tuple[str, ...]
) -> None:
    (here / "mine.yaml").write_text("choice: {water: o1, land: o2}\n")
    command, *packages = args
    text = out(command, silent, *packages, "--consent", "all")
    assert FIRST in text
    assert "not printed (stopped by uncoded-consent)" in text
    assert OPTIONS.findall(text) == []
    with_record = out(command, "mini", *packages, "--consent", "all")
    assert OPTIONS.findall(with_record)
    assert "coded first" not in with_record


@pytest.mark.parametrize("args", [("settle",), ("compare", "nash", "kalai-smorodinsky"), ("concessions", "nash")])
def test_the_json_of_a_judged_case_in_which_nobody_is_coded_says_who_is_to_be_coded_first(
    silent: str, out: Callable[..., str], args: tuple[str, ...]
) -> None:
    command, *packages = args
    entries = list(verdicts(json.loads(out(command, silent, *packages, "--consent", "all", "--json"))))
    assert entries
    assert not [entry for entry in entries if entry["printable"]]
    assert all(entry["stopped_by"] == ["uncoded-consent"] for entry in entries)
    assert TO_CODE in [entry["to_code_first"] for entry in entries]
    coded = list(verdicts(json.loads(out(command, "mini", *packages, "--consent", "all", "--json"))))
    assert len(coded) == len(entries)
    assert all(entry["printable"] for entry in coded)


def test_a_brief_of_a_judged_case_in_which_nobody_is_coded_says_who_is_to_be_coded_first(
    here: Path, silent: str, out: Callable[..., str]
) -> None:
    first = "To be coded first: Who controls the water?: Left and Right; Who owns the land?: Left and Right."
    out("brief", silent, "--consent", "all", "-o", "silent")
    text = (here / "silent" / "brief.md").read_text()
    assert "No package of this list is printed" in text
    assert first in text
    assert "Benchmarks that presume an enforceable deal" not in text
    out("brief", "mini", "--consent", "all", "-o", "coded")
    text = (here / "coded" / "brief.md").read_text()
    assert "coded first" not in text
    assert "Benchmarks that presume an enforceable deal" in text


def test_an_option_is_not_called_open_before_anybody_is_coded(here: Path, silent: str, out: Callable[..., str]) -> None:
    case = here / silent
    text = case.read_text()
    case.write_text(text[: text.index("- party: right")])
    said = out("settle", silent, "--consent", "all")
    assert "not called open, until a party is coded: joint; left" in said
    ledger = json.loads(out("settle", silent, "--consent", "all", "--json"))["not_computed"]["ledger"]
    assert ledger["open_options"]["land"] == {
        "stated": [],
        "stated_and_inferred": [],
        "stopped": {"o1": ["uncoded-consent"], "o2": ["uncoded-consent"]},
    }


def test_check_says_who_is_not_coded_where_nothing_can_be_printed(silent: str, out: Callable[..., str]) -> None:
    text = out("check", silent)
    for party in ("left", "right"):
        for issue in ("water", "land"):
            assert f"{party} has no coded position on {issue}." in text


def test_an_imported_case_prints_its_packages(here: Path, out: Callable[..., str]) -> None:
    out("import", "genius", str(FERRY), "-o", "ferry")
    entries = list(verdicts(json.loads(out("settle", "ferry", "--json"))))
    assert entries
    assert all(entry["printable"] for entry in entries)
    for command, *packages in (("settle",), ("compare", "nash", "utilitarian"), ("concessions", "nash")):
        text = out(command, "ferry", *packages)
        assert "not printed" not in text
        assert "coded first" not in text
    out("brief", "ferry", "-o", "out")
    text = (here / "out" / "brief.md").read_text()
    assert "Benchmarks that presume an enforceable deal" in text
    assert "coded first" not in text


def test_an_imported_case_that_codes_a_position_is_tested_like_any_other(here: Path, out: Callable[..., str]) -> None:
    case = here / "mini" / "case.yaml"
    text = case.read_text().replace("title: Two issues", "title: Two issues\nscale: {low: 0, high: 1}")
    text = text.replace("consent_lists:", "- {id: tenants, name: the tenants, kind: group}\nconsent_lists:")
    case.write_text(text.replace("owns the land?", "owns the land?\n  consent: {owns: [left, tenants]}"))
    said = out("settle", "mini", "--consent", "all")
    assert "to be coded first: the tenants on Who owns the land?." in said
    assert "Who owns the land?: split" not in said
