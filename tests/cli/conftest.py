"""A small case with numbers, positions and a document, in an empty working folder."""

from __future__ import annotations

from pathlib import Path

import pytest

RECORD = """\
sources:
- {id: d1, title: Two letters, published: 2022-01-01, grade: primary_text_read}
statements:
- {id: s1, cites: [{source: d1, locator: p. 1}], voice: Left, attribution: own_document, actors: [left], act: demand,
   says: Left asks for the water and for shared land., public_since: 2022-01-01, grade: primary_text_read}
- {id: s2, cites: [{source: d1, locator: p. 2}], voice: Right, attribution: own_document, actors: [right], act: demand,
   says: Right asks for joint control and for its part of the land., public_since: 2022-01-01, grade: primary_text_read}
positions:
- {id: p1, party: left, issue: water, because: [s1], stances: {o2: demands}}
- {id: p2, party: left, issue: land, because: [s1], stances: {o1: demands}}
- {id: p3, party: right, issue: water, because: [s2], stances: {o1: demands}}
- {id: p4, party: right, issue: land, because: [s2], stances: {o2: demands}}
"""
"""Who said what on which issue: without it no package of the case is printed."""

MINI = (
    """\
schema_version: "1"
id: mini
version: "1"
title: Two issues
authors: [test]
licence: CC0-1.0
parties:
- {id: left, name: Left, kind: state}
- {id: right, name: Right, kind: state}
consent_lists:
- {id: all, name: Both, parties: [left, right]}
- {id: one, name: Left alone, parties: [left]}
"""
    + RECORD
    + """\
issues:
- id: water
  title: Who controls the water?
  options: [{id: o1, text: joint}, {id: o2, text: left}]
- id: land
  title: Who owns the land?
  options: [{id: o1, text: shared}, {id: o2, text: split}]
preferences:
- party: left
  weights: {water: 0.6, land: 0.4}
  values: {water: {o1: 0.2, o2: 1.0}, land: {o1: 1.0, o2: 0.0}}
  reservation: 0.3
- party: right
  weights: {water: 0.5, land: 0.5}
  values: {water: {o1: 1.0, o2: 0.0}, land: {o1: 0.0, o2: 1.0}}
  reservation: 0.3
"""
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working folder with a small case, a file and a folder that is not empty."""
    (tmp_path / "mini").mkdir()
    (tmp_path / "mini" / "case.yaml").write_text(MINI)
    (tmp_path / "file").write_text("precious")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "work.txt").write_text("precious")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def silent(here: Path) -> str:
    """Return the small case without its record, in the working folder: numbers, and no position of anybody."""
    (here / "silent.yaml").write_text(MINI.replace(RECORD, "").replace("id: mini", "id: silent"))
    return "silent.yaml"
