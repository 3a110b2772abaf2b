"""`--picture FILE`: charts beside the answers of two commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.cli.main import run

ASKED = (("concessions", "two-rivals", "nash"), ("breakpoints", "two-rivals"))


@pytest.mark.parametrize("words", ASKED, ids=lambda words: words[0])
def test_the_answer_is_drawn_and_printed_as_without_the_picture(
    words: tuple[str, ...], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 0
    plain = capsys.readouterr().out
    assert run([*words, "--picture", "map.svg"]) == 0
    assert capsys.readouterr().out == plain
    assert (here / "map.svg").read_text(encoding="utf-8").startswith("<svg")
    assert run([*words, "--picture", "deep/er/map.PNG"]) == 0
    assert (here / "deep" / "er" / "map.PNG").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("words", ASKED, ids=lambda words: words[0])
@pytest.mark.parametrize("name", ["map.gif", "map", "full"])
def test_a_file_that_is_no_picture_is_refused_before_anything_is_computed(
    words: tuple[str, ...], name: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "--picture", name]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "--picture" in said.err


def test_a_picture_shows_one_consent_list(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["concessions", "river-basin", "proposal", "--picture", "map.svg"]) == 2
    assert "Choose one with --consent" in capsys.readouterr().err
    assert run(["breakpoints", "river-basin", "--picture", "map.svg"]) == 2
    assert "cl_upper" in capsys.readouterr().err
    assert not (here / "map.svg").exists()


def test_a_package_that_must_not_be_printed_is_not_drawn(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["concessions", "river-basin", "nash", "--consent", "cl_upper", "--picture", "map.svg"]) == 0
    said = capsys.readouterr()
    assert "to be coded first" in said.out
    assert "map.svg: not drawn" in said.err
    assert not (here / "map.svg").exists()
