"""Small cases for tests: as plain values that a test changes, and as files on disk."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from detente.case.case import Case
from detente.case.save import to_yaml

STATEMENT: dict[str, Any] = {
    "id": "s1",
    "cites": [{"source": "draft", "locator": "Art. 1"}],
    "voice": "Aland",
    "attribution": "own_document",
    "actors": ["A"],
    "targets": ["B"],
    "act": "demand",
    "issue": "water",
    "says": "Aland asks for half of the water.",
    "happened": "2022-01-10",
    "public_since": "2022-01-10",
    "text_class": "draft_treaty_demand",
    "grade": "news_agency",
}

SMALL: dict[str, Any] = {
    "schema_version": "1",
    "id": "small",
    "version": "1",
    "title": "A small case",
    "authors": ["a test"],
    "licence": "CC0-1.0",
    "period": {"first": "2022-01-01", "last": "2022-03-31"},
    "parties": [
        {"id": "A", "name": "Aland", "kind": "state"},
        {"id": "B", "name": "Bland", "kind": "state"},
        {"id": "AB", "name": "Both", "kind": "group", "members": ["A", "B"], "represented_by": "B"},
    ],
    "consent_lists": [{"id": "two", "name": "The two", "parties": ["A", "B"]}],
    "issues": [
        {
            "id": "water",
            "title": "Water",
            "options": [
                {"id": "w1", "text": "none"},
                {"id": "w2", "text": "half"},
                {"id": "w3", "text": "all"},
            ],
            "nesting": {"attribute": "how much", "chain": ["w1", "w2", "w3"]},
        },
        {
            "id": "bridge",
            "title": "Bridge",
            "options": [{"id": "b1", "text": "yes"}, {"id": "b2", "text": "no", "status_quo": True}],
        },
    ],
    "links": [{"id": "l1", "condition": "if bridge in [b1] then water in [w2, w3]"}],
    "positions": [
        {"id": "p1", "party": "A", "issue": "water", "because": ["s1"], "stances": {"w2": "demands"}},
        {
            "id": "p2",
            "party": "B",
            "issue": "water",
            "because": ["s2"],
            "see": ["s3"],
            "stances": {"w2": "rules_out", "w1": "would_accept"},
        },
        {
            "id": "p3",
            "party": "A",
            "issue": "bridge",
            "because": ["s3"],
            "stances": {"b2": {"stance": "rules_out", "basis": "inferred"}},
        },
    ],
    "texts": [
        {
            "id": "draft-text",
            "title": "Draft",
            "sources": ["draft"],
            "authors": ["A"],
            "addressees": ["B"],
            "happened": "2022-01-10",
            "public_since": "2022-01-10",
            "articles": [{"id": "1", "says": "half", "issues": ["water"]}],
        }
    ],
    "answers": [
        {
            "text": "draft-text",
            "article": "1",
            "addressee": "B",
            "issue": "water",
            "status": "answered",
            "because": ["p2"],
            "public_since": "2022-02-10",
        }
    ],
    "packages": [{"id": "k1", "title": "Tried", "choice": {"water": "w2", "bridge": "b1"}}],
    "text_class_priors": {"draft_treaty_demand": 0.6, "official_remark": 0.5, "inferred": 0.3},
    "preferences": [
        {
            "party": "A",
            "weights": {"water": {"low": 0.2, "mode": 0.5, "high": 0.8, "because": ["p1"]}, "bridge": 0.5},
            "values": {
                "water": {
                    "w1": 0,
                    "w2": [{"low": 0.5, "mode": 0.6, "high": 0.7, "because": ["s1"]}, {"mode": 1, "because": ["s3"]}],
                    "w3": 1,
                },
                "bridge": {"b1": 1, "b2": 0},
            },
            "red_lines": [{"id": "ra", "never": "bridge in [b2]", "because": ["p3"]}],
        },
        {
            "party": "B",
            "weights": {"water": 1},
            "values": {"water": {"w1": 1, "w2": {"low": 0, "mode": 0.2, "high": 1}}},
            "reservation": {"mode": 0.3, "because": ["e1"], "judged_on": "2022-05-01"},
            "red_lines": [{"id": "rb", "never": "water in [w2]", "because": ["p2"], "sense": "too_much"}],
        },
    ],
    "no_agreement": {
        "scenarios": [{"id": "quiet", "text": "nothing"}, {"id": "fight", "text": "fighting"}],
        "outlooks": [
            {
                "party": "A",
                "beliefs": {"quiet": 0.7, "fight": {"low": 0.1, "mode": 0.3, "high": 0.5}},
                "payoffs": {"quiet": 0.4, "fight": 0.1},
            }
        ],
    },
    "sources": [
        {"id": "draft", "title": "Draft of Aland", "published": "2022-01-10", "grade": "news_agency"},
        {"id": "talk", "title": "A talk", "published": "2022-02-10", "grade": "news_agency"},
    ],
    "statements": [
        STATEMENT,
        {
            **STATEMENT,
            "id": "s2",
            "cites": [{"source": "talk", "locator": "p. 2"}],
            "actors": ["B"],
            "targets": ["A"],
            "act": "reject",
            "says": "Bland will not have it.",
            "happened": "2022-02-10",
            "public_since": "2022-02-10",
            "text_class": "official_remark",
        },
        {
            **STATEMENT,
            "id": "s3",
            "says": "Aland wants the bridge.",
            "happened": "2022-03-01",
            "public_since": "2022-03-01",
            "acknowledges": ["s2"],
        },
    ],
    "events": [
        {
            "id": "e1",
            "happened": "2022-02-20",
            "public_since": "2022-02-21",
            "actors": ["B"],
            "says": "Bland moves.",
            "grade": "news_agency",
            "claims": [
                {"who": "Aland", "says": "a threat", "public_since": "2022-02-22"},
                {"who": "Bland", "says": "a drill", "public_since": "2022-03-05"},
            ],
        }
    ],
}


def small(**changes: Any) -> dict[str, Any]:
    """Return the small case as plain values that may be changed; `changes` replace top-level keys."""
    return {**copy.deepcopy(SMALL), **changes}


def small_case(**changes: Any) -> Case:
    """Return the small case."""
    return Case.model_validate(small(**changes))


def write(path: Path, values: dict[str, Any]) -> Path:
    """Write plain values as a case in one file, each key's values indented under it."""
    path.write_text(to_yaml(values), encoding="utf-8")
    return path


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write objects as JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
