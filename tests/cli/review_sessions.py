"""A case of one's own, codings as `detente code --json` prints them, and sessions by standard input."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from detente.case.copying import copy_case
from detente.cli.main import run

Call = Callable[..., tuple[int, str, str]]
CORPUS = Path("basin") / "record" / "corpus"


def coding(words: str, file: str = "column.txt", **changes: Any) -> dict[str, Any]:
    """Return one coding of words of a document of the river-basin record."""
    text = (CORPUS / file).read_text(encoding="utf-8")
    start = text.index(words)
    return {
        "file": file,
        "start": start,
        "end": start + len(words),
        "act": "reject",
        "second_act": None,
        "voice": "MEL",
        "voices": ["author", "MEL"],
        "attribution": "direct_quote",
        "actor": ["MEL"],
        "target": ["TAR"],
        "topic": None,
        "issue": None,
        "option": None,
        "date": None,
        "kind": "claim",
        "confidence": 0.8,
        "rule": "reject.refuse",
        "negated": False,
        "hedged": False,
        "review": None,
        **changes,
    }


def own_words(words: str, issue: str, option: str | None, act: str, party: str, **changes: Any) -> dict[str, Any]:
    """Return a coding in which a party itself says something of an option."""
    about = {
        "issue": issue,
        "option": option,
        "act": act,
        "actor": [party],
        "voice": party,
        "voices": ["author", party],
    }
    return coding(words, **{**about, **changes})


def four_codings() -> list[dict[str, Any]]:
    """Return the demand, the refusal, the fear and the column's own claim, in the order of the text."""
    return [
        coding(
            "Tarvia wants its new reservoir filled within three years",
            **{"act": "demand", "attribution": "reported_event", "voice": "author", "voices": ["author"]},
            **{"actor": ["TAR"], "target": [], "issue": "R2_reservoir_filling", "option": "o2"},
            review="two rules disagree",
        ),
        own_words("three dry years would finish the delta", "R5_navigation", "o1", "red_line", "MEL"),
        coding("We fear salt more than we fear drought", act="assess_perception", rule="perception.fear"),
        coding(
            "Real-time readings would cost little and calm much",
            **{"act": "assess_perception", "attribution": "author_assertion", "voice": "author"},
            **{"voices": ["author"], "actor": ["AUTHOR"], "target": []},
        ),
    ]


def write(rows: Sequence[dict[str, Any]], name: str = "codings.json") -> str:
    """Write codings to a file and return its name."""
    Path(name).write_text(json.dumps(list(rows)), encoding="utf-8")
    return name


@pytest.fixture
def basin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the river-basin case in an empty working folder."""
    monkeypatch.chdir(tmp_path)
    copy_case("river-basin", tmp_path / "basin")
    return tmp_path / "basin"


@pytest.fixture
def detente(basin: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs a command line with typed lines and returns code, output and errors."""

    def call(*args: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = run(list(args))
        out, err = capfd.readouterr()
        return code, out, err

    return call


@pytest.fixture
def queued(detente: Call) -> Call:
    """Return the same with four codings in the queue."""
    code, _, err = detente("review", "basin", "--add", write(four_codings()), "--text-class", "official_remark")
    assert code == 0, err
    return detente
