"""The reference records of offers, by the first word of their id."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).resolve().parents[2] / "published" / "crisis-offers.toml"
RECORDS: dict[str, Any] = {one["id"]: one for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["record"]}


def records(kind: str) -> list[Any]:
    return [pytest.param(one, id=name) for name, one in RECORDS.items() if name.startswith(f"{kind}.")]
