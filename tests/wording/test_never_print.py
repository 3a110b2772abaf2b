"""The never-print rules are data; each stops its own example and lets the other pass."""

from __future__ import annotations

import pytest

from detente.case.case import Case
from detente.wording.never_print import Rule, RuleKind, howlers, rules, term_violations, violations

WORDS = [rule for rule in rules() if rule.kind is RuleKind.WORD]
NUMBERS = [rule for rule in rules() if rule.kind is RuleKind.NUMBER]
PACKAGES = [rule for rule in rules() if rule.kind is RuleKind.PACKAGE]


def named(rule: Rule) -> str:
    return rule.id


def test_there_are_at_least_thirty_rules_each_with_its_own_id_and_reason() -> None:
    assert len(rules()) >= 30
    assert len({rule.id for rule in rules()}) == len(rules())
    assert all(len(rule.reason) > 10 for rule in rules())


@pytest.mark.parametrize("rule", WORDS, ids=named)
def test_a_word_rule_stops_its_example_and_lets_the_other_pass(rule: Rule) -> None:
    assert rule.id in {v.rule for v in violations(str(rule.stopped))}
    assert violations(str(rule.passes)) == ()


@pytest.mark.parametrize("rule", NUMBERS, ids=named)
def test_a_number_rule_holds_in_its_sections_only(rule: Rule) -> None:
    section = rule.where[0] if rule.where else "paper"
    assert rule.id in {v.rule for v in violations(str(rule.stopped), section=section)}
    assert violations(str(rule.passes), section=section) == ()
    assert rule.id not in {v.rule for v in violations(str(rule.stopped))}


@pytest.mark.parametrize(
    "text", ["a bluff", "the BATNA", "an optimal deal", "P(prevail)", "the cheapest way out", "win over X"]
)
def test_the_words_that_the_design_names_are_stopped(text: str) -> None:
    assert violations(text)


def example_case(example: dict[str, object]) -> tuple[Case, tuple[str, ...]]:
    """Return a case with one issue whose changed option has the consent and the stances of an example."""
    members = tuple(str(party) for party in example["members"])  # type: ignore[attr-defined]
    roles = {role: example[role] for role in ("owns", "signs", "must_consent", "bound_but_absent") if role in example}
    everyone = dict.fromkeys((*members, *(party for parties in roles.values() for party in parties)))  # type: ignore[attr-defined]
    stances = {}
    for word, stance in (("open", "would_discuss"), ("stated", "would_discuss"), ("refused", "rules_out")):
        for party in example.get(word, ()):  # type: ignore[attr-defined]
            basis = "inferred" if word == "open" and "stated" in example else "stated"
            stances[party] = {"changed": {"stance": stance, "basis": basis}}
    if "stated" not in example and example.get("open"):
        for party in example["open"]:  # type: ignore[attr-defined]
            stances[party] = {"changed": {"stance": "would_discuss", "basis": "inferred"}}
    for party in example.get("coded", ()):  # type: ignore[attr-defined]
        stances.setdefault(party, {"kept": {"stance": "would_discuss", "basis": "stated"}})
    source = {"id": "src", "title": "A text", "grade": "primary_text_read"}
    statements = [
        {
            "id": f"s-{party}",
            "cites": [{"source": "src", "locator": "p. 1"}],
            "voice": party,
            "attribution": "own_document",
            "actors": [party],
            "act": "propose",
            "says": f"{party} says so.",
            "public_since": "2020-01-01",
            "grade": "primary_text_read",
        }
        for party in stances
    ]
    positions = [
        {"id": f"p-{party}", "party": party, "issue": "i", "because": [f"s-{party}"], "stances": held}
        for party, held in stances.items()
    ]
    return (
        Case.model_validate(
            {
                "schema_version": "1",
                "id": "example",
                "version": "1",
                "title": "An example",
                "authors": ["A"],
                "licence": "CC0",
                "parties": [{"id": party, "name": party, "kind": "state"} for party in everyone],
                "consent_lists": [{"id": "l", "name": "list", "parties": list(members)}],
                "issues": [
                    {
                        "id": "i",
                        "title": "A file",
                        "options": [
                            {"id": "kept", "text": "as it is", "status_quo": True},
                            {"id": "changed", "text": example["option"]},
                        ],
                        "consent": roles,
                    }
                ],
                "sources": [source],
                "statements": statements,
                "positions": positions,
            }
        ),
        members,
    )


@pytest.mark.parametrize("rule", PACKAGES, ids=named)
def test_a_package_rule_stops_its_example_and_lets_the_other_pass(rule: Rule) -> None:
    assert isinstance(rule.stopped, dict)
    assert isinstance(rule.passes, dict)
    case, members = example_case(rule.stopped)
    assert rule.id in {v.rule for v in howlers(case, {"i": "changed"}, members)}
    case, members = example_case(rule.passes)
    assert rule.id not in {v.rule for v in howlers(case, {"i": "changed"}, members)}


@pytest.mark.parametrize("rule", PACKAGES, ids=named)
def test_the_status_quo_needs_nobodys_new_consent(rule: Rule) -> None:
    assert isinstance(rule.stopped, dict)
    case, members = example_case(rule.stopped)
    assert howlers(case, {"i": "kept"}, members) == ()


def test_a_contested_wording_is_stopped_and_the_agreed_one_passes() -> None:
    case, _ = example_case({"option": "x", "members": ["A"]})
    sheet = {
        "id": "river",
        "topic": "the river",
        "uses": [{"who": "A", "wording": "sacred stream (in speeches); Mother River", "since": "2019-01-01"}],
        "prints": "the river Ilvane",
    }
    case = Case.model_validate({**case.model_dump(mode="json", exclude_unset=True), "terms": [sheet]})
    assert [v.rule for v in term_violations(case, "Along the Mother River talks go on.")] == ["term-river"]
    assert term_violations(case, "Along the river Ilvane talks go on.") == ()
