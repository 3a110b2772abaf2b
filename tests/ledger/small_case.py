"""A small dispute in Python, with one of everything the ledger looks at."""

from __future__ import annotations

from typing import Any

from detente.case.case import Case


def statement(name: str, actor: str, day: str, source: str, **more: Any) -> dict[str, Any]:
    """Return a statement of an actor in one of its own texts."""
    return {
        "id": name,
        "cites": [{"source": source, "locator": "Art. 1"}],
        "voice": actor,
        "attribution": "own_document",
        "actors": [actor],
        "act": "demand",
        "says": f"{actor} says something",
        "happened": day,
        "public_since": day,
        "grade": "news_agency",
        "text_class": "public_written_statement",
        **more,
    }


def position(name: str, party: str, issue: str, stances: dict[str, Any]) -> dict[str, Any]:
    """Return a position taken in the statement of the same number."""
    return {"id": name, "party": party, "issue": issue, "because": [f"S-{name}"], "stances": stances}


def small_case(**more: Any) -> Case:
    """Return the case of two rivals, an alliance with a member, and an absent host."""
    return Case.model_validate(
        {
            "schema_version": "1",
            "id": "small",
            "version": "1",
            "title": "A small dispute",
            "authors": ["tests"],
            "licence": "CC0-1.0",
            "parties": [
                {"id": "A", "name": "Aland", "kind": "state"},
                {"id": "B", "name": "Boria", "kind": "state"},
                {"id": "U", "name": "Union", "kind": "organisation", "members": ["B"], "member_rule": "consensus"},
                {"id": "ALL_U", "name": "each member of the Union", "kind": "group", "represented_by": "U"},
                {"id": "H", "name": "Hostland", "kind": "state"},
            ],
            "consent_lists": [
                {"id": "two", "name": "the two", "parties": ["A", "B"]},
                {"id": "three", "name": "with the Union", "parties": ["A", "B", "ALL_U"]},
                {"id": "four", "name": "with the host", "parties": ["A", "B", "ALL_U", "H"]},
                {"id": "each", "name": "issue by issue", "issue_by_issue": True},
            ],
            "issues": [
                {
                    "id": "bases",
                    "title": "Bases",
                    "options": [
                        {"id": "o1", "text": "none"},
                        {"id": "o2", "text": "some"},
                        {"id": "o3", "text": "all"},
                    ],
                    "consent": {"owns": ["B"], "must_consent": ["A", "B", "H"], "bound_but_absent": ["H"]},
                },
                {
                    "id": "visits",
                    "title": "Visits",
                    "options": [
                        {"id": "o1", "text": "no"},
                        {"id": "o2", "text": "yes", "consent": {"owns": ["A"], "must_consent": ["A", "B"]}},
                    ],
                    "consent": {"owns": ["A", "B"], "must_consent": ["A", "B"]},
                },
                {
                    "id": "form",
                    "title": "Form",
                    "options": [{"id": "o1", "text": "treaty"}, {"id": "o2", "text": "statement"}],
                    "consent": {"must_consent": ["A", "B"]},
                },
            ],
            "sources": [
                {"id": "draft", "title": "Draft", "grade": "excerpt_of_primary"},
                {"id": "reply-b", "title": "Reply of Boria", "grade": "news_agency"},
                {"id": "reply-u", "title": "Reply of the Union", "grade": "news_agency"},
                {"id": "later", "title": "Later remark", "grade": "news_agency"},
            ],
            "statements": [
                statement("S-P1", "A", "2020-01-01", "draft", fear=True),
                statement("S-P2", "B", "2020-02-01", "reply-b", acknowledges=["S-P1"]),
                statement("S-P3", "U", "2020-02-01", "reply-u"),
                statement("S-P4", "A", "2020-03-01", "later"),
                statement("S-P5", "A", "2020-01-01", "draft"),
                statement("S-P6", "B", "2020-02-01", "reply-b"),
            ],
            "positions": [
                position("P1", "A", "bases", {"o1": "demands", "o3": "rules_out", "o2": inferred("rules_out")}),
                position("P2", "B", "bases", {"o3": "demands", "o1": "rules_out"}),
                position("P3", "U", "bases", {"o3": "demands", "o1": inferred("rules_out"), "o2": "would_discuss"}),
                position("P4", "A", "bases", {"o1": "demands", "o2": "would_discuss"}),
                position("P5", "A", "visits", {"o2": "demands"}),
                position("P6", "B", "visits", {"o2": inferred("would_discuss")}),
            ],
            "texts": [
                text("draft", ["A"], "2020-01-01", articles=[{"id": "1", "says": "No bases", "issues": ["bases"]}]),
                text("reply-b", ["B"], "2020-02-01", replies_to=["draft"]),
                text("reply-u", ["U"], "2020-02-01", replies_to=["draft"]),
            ],
            "answers": [
                answer("draft", "B", "bases", "answered", article="1"),
                answer("draft", "B", "visits", "no_answer", article="2"),
                answer("draft", "U", "visits", "no_answer", article="2"),
                answer("reply-b", "A", "form", "no_answer", item="a statement instead"),
            ],
            **more,
        }
    )


def inferred(stance: str) -> dict[str, str]:
    """Return a stance that the coder infers."""
    return {"stance": stance, "basis": "inferred"}


def text(name: str, authors: list[str], day: str, **more: Any) -> dict[str, Any]:
    """Return a tabled text of one source."""
    return {
        "id": name,
        "title": name,
        "sources": [name],
        "authors": authors,
        "happened": day,
        "public_since": day,
        **more,
    }


def answer(text_id: str, addressee: str, issue: str, status: str, **more: Any) -> dict[str, Any]:
    """Return what an addressee said to an article or item."""
    return {
        "text": text_id,
        "addressee": addressee,
        "issue": issue,
        "status": status,
        "public_since": "2020-04-01",
        **more,
    }
