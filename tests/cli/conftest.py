"""A small case with numbers, positions and a document, in an empty working folder."""

from __future__ import annotations

from pathlib import Path

import pytest

MINI = """\
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
