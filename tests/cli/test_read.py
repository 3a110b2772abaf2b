"""`detente read`: the table, the refusals, JSON, exit codes, and that what is wrong is said in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.cli.main import run
from tests.evidence.reading import samples


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    (made / "a.txt").write_text(samples.TEXT, encoding="utf-8")
    (made / "b.docx").write_bytes(samples.word())
    return made


def test_all_read_ends_with_0_and_tells_dates_and_how_they_are_known(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", str(folder), "-o", str(tmp_path / "corpus")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert " ".join(lines[2].split()) == "a.txt text 2 of 12 en 2022-03-01 date line above the text"
    assert lines[-1] == "2 read; 0 refused; no other files."


def test_some_refused_ends_with_1_and_none_read_with_2(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "c.pdf").write_bytes(samples.picture_pdf())
    corpus = tmp_path / "corpus"
    assert run(["read", str(folder), "-o", str(corpus)]) == 1
    assert "Refused: c.pdf: the PDF has no text layer (2 pages of pictures). Recognise" in capsys.readouterr().out
    assert [json.loads(line)["name"] for line in (corpus / "refused.jsonl").read_text().splitlines()] == ["c.pdf"]
    assert run(["read", str(folder / "c.pdf"), "-o", str(tmp_path / "other")]) == 2
    assert capsys.readouterr().err.endswith(
        'c.pdf: no document could be read, got "1 refused". See the reasons above, or in refused.jsonl of the corpus.\n'
    )


def test_json_says_the_same(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "c.pdf").write_bytes(samples.picture_pdf())
    (folder / "d.png").write_bytes(b"x")
    assert run(["read", str(folder), "-o", str(tmp_path / "corpus"), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert [(one["file"], one["state"], one["body"]) for one in said["read"]] == [
        ("a.txt", "read", 2),
        ("b.docx", "read", 3),
    ]
    assert said["read"][0]["author"] == {"value": "Ana Vega", "how": "line that names the author"}
    assert [one["file"] for one in said["refused"]] == ["c.pdf"]
    assert (said["passed_over"], said["kept"]) == (["d.png"], [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["missing"], "missing: there is no such file or folder"),
        (["empty"], "empty: there are no documents in it"),
        (["documents", "--largest", "0"], "--largest: this is not a whole number of at least 1"),
        (["documents", "-o", "documents/a.txt"], "there is a file where a folder is to be written"),
        (["documents", "-o", "documents"], "the folder is not empty, and is no corpus"),
        ([], "detente read: DOCS… is missing"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    words: list[str],
    said: str,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    output = [] if "-o" in words else ["-o", "corpus"]
    assert run(["read", *words, *output]) == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert said in line
