"""A small dispute with claims, agreed texts, forecasts and pledges whose ledger can be read off by hand."""

from __future__ import annotations

from typing import Any

from detente.case.case import Case
from tests.ledger.small_case import position, small_case, statement

CLAIMS = [
    {"id": "buildup", "says": "A is building up forces", "issue": "bases"},
    {"id": "calm", "says": "the border is calm", "topic": "border"},
]
TEXTS = [
    {
        "id": "accord",
        "title": "Accord of the lakes",
        "date": "1990-05-01",
        "parties": ["A", "B"],
        "principles": [
            {"id": "choice", "says": "each chooses its allies"},
            {"id": "no-harm", "says": "nobody gains at the other's expense"},
        ],
    }
]


def statements() -> list[dict[str, Any]]:
    """Return the statements: who asserts and denies what, in public and otherwise."""
    return [
        statement("S-P1", "A", "2020-01-01", "draft", fear=True,
                  relies_on=[{"text": "accord", "principle": "no-harm"}]),
        statement("S-P2", "B", "2020-02-01", "reply-b", acknowledges=["S-P1"], act="reject"),
        statement("S-P4", "A", "2020-03-01", "later", closes=[{"issue": "bases", "options": ["o3"]}], act="commit"),
        statement("C1", "B", "2020-01-10", "reply-b", asserts=["buildup"], act="accuse", issue="bases"),
        statement("C2", "A", "2020-01-12", "later", denies=["buildup"], act="reject", issue="bases"),
        statement("C3", "A", "2020-03-10", "later", asserts=["calm"], channel="leaked"),
        statement("C4", "A", "2020-03-12", "later", denies=["calm"]),
        statement("F1", "B", "2020-01-05", "reply-b", kind="forecast", act="predict",
                  forecast={"what": "a treaty is signed", "by": "2020-06-01", "probability": 0.8}),
        statement("F2", "B", "2020-01-06", "reply-b", kind="forecast", act="predict",
                  forecast={"what": "A closes its bases", "likelihood": "likely"}),
        statement("F3", "B", "2020-01-07", "reply-b", kind="forecast", act="predict",
                  forecast={"what": "talks go on"}),
        statement("R1", "B", "2020-02-02", "reply-b", issue="bases",
                  relies_on=[{"text": "accord", "principle": "choice"}]),
        statement("R2", "B", "2020-02-03", "reply-b", issue="visits",
                  relies_on=[{"text": "accord", "principle": "choice", "use": "disputes"}]),
        statement("W1", "B", "2020-04-01", "later", asserts=["calm"], attribution="author_assertion"),
    ]  # fmt: skip


OUTCOMES = [
    {"statement": "F1", "occurred": True, "public_since": "2020-05-20", "because": ["S-P4"]},
    {"statement": "F2", "occurred": False, "public_since": "2020-07-01", "because": ["S-P4"]},
]


def spoken_case(**more: Any) -> Case:
    """Return the case; `more` replaces parts of it."""
    parts = {
        "claims": CLAIMS,
        "agreed_texts": TEXTS,
        "forecast_outcomes": OUTCOMES,
        "statements": statements(),
        "positions": [
            position("P1", "A", "bases", {"o1": "demands"}),
            position("P2", "B", "bases", {"o3": "demands"}),
            position("P4", "A", "bases", {"o3": "rules_out"}),
        ],
        "answers": [],
    }
    return small_case(**{**parts, **more})
