"""Cases from folders, files, records and the library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.digest import case_hash
from detente.case.library import library_cases
from detente.case.load import FILE_OF_KEY, find_case, load_case, problems
from tests.case.builders import small, small_case, write, write_lines


def in_folder(folder: Path, values: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in dict.fromkeys(FILE_OF_KEY[key] for key in values):
        part = {key: value for key, value in values.items() if FILE_OF_KEY[key] == name}
        if name.endswith(".jsonl"):
            write_lines(folder / name, part["statements"])
        else:
            write(folder / name, part)
    return folder


def test_every_key_of_a_case_has_a_file() -> None:
    assert set(FILE_OF_KEY) == set(Case.model_fields)


def test_one_file_and_a_folder_are_the_same_case(tmp_path: Path) -> None:
    one = load_case(write(tmp_path / "c.yaml", small()))
    assert load_case(in_folder(tmp_path / "f", small())) == one == small_case()
    assert load_case(str(tmp_path / "f")) == one


def test_a_folder_may_hold_all_in_one_file(tmp_path: Path) -> None:
    write(tmp_path / "case.yaml", small())
    assert load_case(tmp_path) == small_case()


def test_a_record_may_be_shared(tmp_path: Path) -> None:
    record = {key: small()[key] for key in ("sources", "statements", "events")}
    record["statements"][0]["issue"] = "an-issue-of-another-case"
    in_folder(tmp_path / "record", record)
    values = {key: value for key, value in small(record="../record").items() if key not in record}
    case = load_case(in_folder(tmp_path / "case", values))
    assert len(case.statements) == 3
    values["record"] = "record"
    assert load_case(write(tmp_path / "case.yaml", values)).statements == case.statements


def test_a_library_name_is_a_case() -> None:
    assert library_cases()
    for name in library_cases():
        assert problems(name) == ()
        assert load_case(name).title
        assert find_case(name).exists()


def test_words_that_look_like_something_else_stay_text(tmp_path: Path) -> None:
    text = """
schema_version: "1"
id: c
version: "1"
title: NO
authors: [on]
licence: 22:30
parties: [{id: NO, name: on, kind: state}]
issues: [{id: yes, title: off, options: [{id: n, text: 12:00}, {id: y, text: NO}]}]
packages: [{id: k, title: t, choice: {yes: n}}]
"""
    (tmp_path / "c.yaml").write_text(text)
    case = load_case(tmp_path / "c.yaml")
    assert (case.title, case.authors, case.licence, case.parties[0].id) == ("NO", ("on",), "22:30", "NO")
    assert case.packages[0].choice == {"yes": "n"}


def test_the_hash_depends_on_content_only(tmp_path: Path) -> None:
    one = case_hash(small_case())
    path = write(tmp_path / "c.yaml", small())
    path.write_text("# a comment\n" + path.read_text())
    assert case_hash(load_case(path)) == one
    backwards = tmp_path / "b.yaml"
    backwards.write_text(json.dumps(dict(reversed(small().items()))))
    assert case_hash(load_case(backwards)) == one
    assert case_hash(load_case(in_folder(tmp_path / "f", small()))) == one
    assert case_hash(small_case(title="Another")) != one


def test_a_folder_that_is_no_case_does_not_hide_the_bundled_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "river-basin").mkdir()
    (tmp_path / "river-basin" / "brief.md").write_text("a brief")
    assert load_case("river-basin").id == "river-basin"
    write(tmp_path / "river-basin" / "case.yaml", small())
    assert load_case("river-basin").id == small()["id"]
