"""The five documents of the worked example: paragraphs, roles and days beside those that were marked by hand."""

from __future__ import annotations

import json
from pathlib import Path

from detente.evidence.reading.document import Role
from detente.evidence.reading.plain import read_plain

WRONG = 1  # of 131: a line that a paywall cut off, which no rule can tell from a line that goes on


def test_paragraphs_roles_and_days_are_those_marked_by_hand(shared: Path) -> None:
    marked = json.loads((shared / "case" / "seeds_coding.json").read_text(encoding="utf-8"))
    wrong, count = [], 0
    days = {}
    for file in marked["files"]:
        found = read_plain((shared / "corpus" / file["id"]).read_bytes())
        assert [(one.start, one.end) for one in found.paragraphs] == [
            (one["start"], one["end"]) for one in file["paragraphs"]
        ]
        for paragraph, by_hand in zip(found.paragraphs, file["paragraphs"], strict=True):
            count += 1
            if (paragraph.role in {Role.BODY, Role.HEADING}) != (by_hand["kind"] == "body"):
                wrong.append((file["id"], paragraph.number))
        days[file["id"][:3]] = None if found.published is None else found.published.when
    assert count == 131
    assert len(wrong) <= WRONG, wrong
    assert days == {"000": None, "001": "2022-03-09", "002": None, "003": "2022-03-01", "004": "2024-11-21"}
