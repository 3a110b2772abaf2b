"""Every part that an engine's row names is there."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from detente.registry.rows import ENGINES, EngineRow

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("row", ENGINES, ids=lambda row: row.name)
def test_an_engine_is_whole(row: EngineRow) -> None:
    for where in (row.compile, row.solve, row.report):
        module, function = where.split(":")
        assert callable(getattr(importlib.import_module(module), function))
    importlib.import_module(row.wording)
    charts = importlib.import_module("detente.charts")
    assert all(callable(getattr(charts, name)) for name in row.charts)
    assert all((ROOT / "docs" / page).is_file() for page in (row.how_to, row.theory))
    assert all((ROOT / test).is_file() for test in row.published)
    theory = (ROOT / "docs" / row.theory).read_text(encoding="utf-8")
    assert all(key in theory for key in row.references)
    assert (ROOT / "src" / "detente" / "engines" / row.name / "model.py").is_file()


def test_every_engine_on_disk_has_a_row() -> None:
    on_disk = {p.name for p in (ROOT / "src" / "detente" / "engines").iterdir() if (p / "model.py").is_file()}
    assert on_disk == {row.name for row in ENGINES}
