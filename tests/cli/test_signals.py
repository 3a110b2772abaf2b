"""`detente signals`: what it prints, what it never prints, and what it says of wrong words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.case.load import load_case
from detente.cli.main import run
from detente.registry.signals import signals_report
from detente.wording.never_print import violations
from detente.wording.signals import annex_sentences, report_lines, turning_sentences

CASES = ("two-rivals", "river-basin", "istanbul-talks-2022", "settlement-talks-2024", "drafts-and-replies-2021-22")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("nowhere",), "nowhere"),
        ((), "CASE"),
        (("river-basin", "--picture", "map.gif"), "--picture: this name does not say which kind of picture is meant"),
        (("river-basin", "--as-of", "soon"), "--as-of: this is not a day"),
        (("river-basin", "--lens", "none"), "no such lens"),
        (("river-basin", "extra"), "extra"),
        (("river-basin", "--draws", "3"), "--draws"),
        (("river-basin", "--party", "TAR"), "--party"),
        (("--json",), "CASE"),
        (("river-basin", "--chart", "bars"), "--chart"),
        (("river-basin", "--picture", "map"), "Pictures are written as .svg or .png"),
    ],
)
def test_wrong_words_get_one_line(
    words: tuple[str, ...], part: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["signals", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert part in said.err


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_printed_that_a_brief_never_prints(name: str) -> None:
    case = load_case(name)
    report = signals_report(case)
    own = [*report_lines(case, report)]
    own += [one.text for one in (*annex_sentences(case, report), *turning_sentences(case, report))]
    for line in own:
        assert violations(line) == (), line


def test_the_report_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["signals", "drafts-and-replies-2021-22", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert next(one["id"] for one in found["signals"]) == "RUS-drafts-published"
    assert found["contests"][0]["nerves"]["curves"][0]["at"] == 0


def test_a_contest_without_audiences_on_both_sides_is_not_drawn(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["signals", "two-rivals", "--picture", "nerves.svg", "--chart", "nerves"]) == 0
    assert run(["signals", "two-rivals", "--picture", "costs.svg"]) == 0
    said = capsys.readouterr().err
    assert "not drawn, no contest has audience costs on both sides" in said
    assert "not drawn, the case lists no signals" in said
    assert list(here.glob("*.svg")) == []


def test_both_charts_are_drawn(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for chart in ("costs", "nerves"):
        assert run(["signals", "river-basin", "--picture", f"{chart}.svg", "--chart", chart]) == 0
        assert "<svg" in (here / f"{chart}.svg").read_text(encoding="utf-8")
    assert capsys.readouterr().err == ""
