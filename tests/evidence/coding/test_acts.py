"""Rules fire on their examples, negation turns acts, and every coding names the rule that decided it."""

import pytest

from detente.evidence.coding.acts import (
    NOTHING,
    SPECIFIC,
    clause_string,
    fired_on,
    learnt_weights,
    matchable,
    prior_evidence,
    read,
)
from detente.evidence.coding.clauses import clauses_of
from detente.evidence.coding.rules import general_rules
from detente.evidence.statement import Act

RULES = general_rules()


def _fired(sentence: str) -> dict[str, Act]:
    string = f" ^ {matchable(sentence, 0, len(sentence))}"
    return {one.rule.id: one.act for one in fired_on(string, string, RULES)}


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_a_rule_fires_on_its_examples_for_its_act_and_not_on_its_counter_examples(rule):
    assert rule.examples
    for sentence in rule.examples:
        assert _fired(sentence).get(rule.id) is rule.act, sentence
    for sentence in rule.counter:
        assert rule.id not in _fired(sentence), sentence


def test_every_act_has_rules_and_a_place_in_the_order():
    assert {rule.act for rule in RULES.rules} == set(Act) == set(SPECIFIC)


@pytest.mark.parametrize(
    ("sentence", "rule", "act"),
    [
        ("Lima did not reject the map.", "reject.verb", Act.ACCEPT),
        ("The rebels did not endorse the map.", "accept.verb", Act.REJECT),
    ],
)
def test_a_negation_turns_a_rule_that_says_so_into_another_act(sentence, rule, act):
    assert _fired(sentence)[rule] is act


def test_a_negation_silences_a_rule_that_does_not_say_what_it_means():
    assert "deploy.move" in _fired("Lima moved two brigades.")
    assert "deploy.move" not in _fired("Lima never moved two brigades.")


def test_learnt_weights_name_only_rules_circumstances_words_and_acts_that_exist():
    ids = {rule.id for rule in RULES.rules}
    for name, weights in learnt_weights().items():
        assert name.startswith(("@", "~")) or name.removesuffix(" negated") in ids
        assert set(weights) <= {*map(str, Act), NOTHING}


def test_without_learnt_weights_the_heaviest_rule_decides():
    text = "The strait is not for sale."
    clause = clauses_of(text, 0, len(text))[0]
    string = clause_string(text, clause)
    fired = fired_on(string, string, RULES)
    reading = read(text, clause, string, fired, weights={})
    assert reading.act is fired[0].act is Act.RED_LINE
    assert reading.rule == fired[0].rule.id == "red_line.named"
    evidence = prior_evidence(fired)
    assert max(evidence, key=evidence.get) == Act.RED_LINE


def test_probabilities_of_a_reading_are_ordered_and_at_most_one():
    text = "The delegation will perhaps go home before the talks begin."
    clause = clauses_of(text, 0, len(text))[0]
    string = clause_string(text, clause)
    reading = read(text, clause, string, fired_on(string, string, RULES))
    assert 1 >= reading.p_act >= reading.p_second > 0
    assert reading.p_act + reading.p_second + reading.p_nothing <= 1 + 1e-12  # sums of 19 floats
    assert reading.act is not reading.second
