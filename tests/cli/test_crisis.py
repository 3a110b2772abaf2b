"""`detente crisis` as a user meets it: text, JSON, pictures, wrong input, and words that are never printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.cli.main import group, run
from detente.wording.never_print import violations

CASES = ("two-rivals", "river-basin", "drafts-and-replies-2021-22")


def call(*words: str) -> Result:
    return CliRunner().invoke(group, ["crisis", *words], standalone_mode=False)


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_said_that_is_never_printed(case: str) -> None:
    done = call(case)
    assert done.exit_code == 0
    assert violations(done.stdout) == ()


def test_the_json_is_the_report() -> None:
    found = json.loads(call("river-basin", "--pair", "MEL", "TAR", "--json").stdout)
    assert found["pair"] == ["MEL", "TAR"]
    assert [one["id"] for one in found["confrontations"]] == ["TAR-MEL"]


@pytest.mark.parametrize("chart", ["range", "risk", "shift"])
def test_each_chart_is_written(chart: str, tmp_path: Path) -> None:
    picture = tmp_path / "drawn.svg"
    assert call("two-rivals", "--picture", str(picture), "--chart", chart).exit_code == 0
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_a_case_without_confrontations_is_an_answer() -> None:
    done = call("elmira")
    assert done.exit_code == 0
    assert "Add one under crisis.confrontations." in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("river-basin", "--pair", "TAR", "NOBODY"), '--pair: the case has no such party, got "NOBODY"'),
        (("river-basin", "--pair", "TAR"), "--pair"),
        (("river-basin", "--chart", "pie"), "Allowed: range, offers, patron, deterrence, risk, shift"),
        (("river-basin", "--picture", "x.pdf"), "--picture"),
        (("istanbul-talks-2022", "--picture", "x.svg"), "there is nothing to draw"),
        (("river-basin", "--lens", "nobody"), "--lens"),
        (("no-such-case",), "no-such-case"),
        ((), "CASE is missing"),
    ],
)
def test_wrong_input_is_one_line(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["crisis", *words]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
