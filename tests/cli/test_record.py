"""`detente record`: what it prints, and what it says of wrong words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.cli.main import run

BASIN = ("record", "river-basin")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--pair", "TAR", "TAR"), "a pair is two parties"),
        (("--pair", "TAR", "MELL"), "no such party or actor"),
        (("--pair", "TAR"), "--pair"),
        (("--by", "year"), "--by"),
        (("--within", "0"), "--within: nothing can follow within so many days, got 0"),
        (("--within", "-3"), "--within"),
        (("--within", "99999"), "1 to 3,650 days are allowed"),
        (("--within", "two"), "--within"),
        (("--since", "spring"), "--since: this is not a day"),
        (("--since", "2020-01-01"), "--since: nothing is covered from that day on"),
        (("--draws", "-1"), "--draws"),
        (("--seed", "x"), "--seed"),
        (("--picture", "map.gif"), "--picture"),
        (("--as-of", "2022-02"), "--as-of: this is not a day"),
    ],
)
def test_wrong_words_get_one_line(
    words: tuple[str, ...], part: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*BASIN, *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert part in said.err


def test_five_acts_say_nothing_of_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(BASIN) == 0
    said = capsys.readouterr().out
    assert "Too few acts to say" in said
    assert "followed by" not in said
    assert "Tarvia: says that the gauge was tampered with" in said
    assert "Melune: says that it failed by itself. It names no author." in said


def test_a_pair_is_told_act_by_act_whichever_is_named_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*BASIN, "--pair", "TAR", "MEL"]) == 0
    one = capsys.readouterr().out
    assert run([*BASIN, "--pair", "MEL", "TAR"]) == 0
    assert capsys.readouterr().out == one
    assert one.index("2018-11-05 Tarvia") < one.index("2019-03-01 Tarvia") < one.index("2019-04-10 Melune")


def test_a_pair_without_acts_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*BASIN, "--pair", "OST", "MEL"]) == 0
    assert "0 acts" in capsys.readouterr().out


def test_a_case_without_events_is_answered(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["record", "two-rivals", "--picture", "none.svg"]) == 0
    assert "Nothing is counted." in capsys.readouterr().out
    assert (here / "none.svg").is_file()


def test_before_anything_was_public_nothing_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*BASIN, "--as-of", "2010-01-01"]) == 0
    assert "Nothing is counted." in capsys.readouterr().out


def test_the_json_depends_on_the_seed_only_in_its_intervals(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("record", "drafts-and-replies-2021-22", "--pair", "USA", "RUS", "--draws", "100", "--json")
    found = []
    for seed in ("1", "1", "2"):
        assert run([*asked, "--seed", seed]) == 0
        found.append(json.loads(capsys.readouterr().out))
    assert found[0] == found[1]
    intervals = [[one.pop("gain_interval", None) for one in each["pairs"][0]["answers"]] for each in found]
    assert intervals[0] != intervals[2]
    assert found[0]["pairs"][0]["answers"] == found[2]["pairs"][0]["answers"]


def test_without_draws_there_is_no_interval(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("record", "drafts-and-replies-2021-22", "--pair", "USA", "RUS", "--draws", "0")
    assert run(asked) == 0
    said = capsys.readouterr().out
    assert "The difference is +30 points; placed elsewhere" in said
    assert run(["record", "settlement-talks-2024", "--since", "2021-12-01", "--draws", "0"]) == 0
    assert "Weekly model, points" in capsys.readouterr().out
