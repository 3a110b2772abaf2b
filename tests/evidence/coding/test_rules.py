"""Rule files: a user's own rules, and what is wrong with a bad file in one line that names file and line."""

import pytest

from detente.core.errors import EvidenceError
from detente.evidence.coding.acts import fired_on, matchable
from detente.evidence.coding.own_rules import rules_with
from detente.evidence.coding.rules import general_rules
from detente.evidence.statement import Act

GOOD = """act: reject
lists:
  snubs: huff+ | puff+
rules:
  - id: own.huff
    any: <snubs> at
    weight: 9
    examples: ["The palace huffed at the map."]
"""


def _folder(tmp_path, text, name="own.yaml"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_users_rule_stands_beside_those_of_the_program(tmp_path):
    rules = rules_with(_folder(tmp_path, GOOD))
    assert len(rules.rules) == len(general_rules().rules) + 1
    string = f" ^ {matchable('The palace huffed at the map.', 0, 29)}"
    assert "own.huff" in {one.rule.id for one in fired_on(string, string, rules)}


def test_a_users_rule_with_a_known_id_stands_in_its_place(tmp_path):
    rules = rules_with(_folder(tmp_path, GOOD.replace("own.huff", "reject.verb")))
    assert len(rules.rules) == len(general_rules().rules)
    (rule,) = [rule for rule in rules.rules if rule.id == "reject.verb"]
    assert rule.weight == 9


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("act: [", "own.yaml", "not YAML"),
        ("- a\n- b\n", "own.yaml", "not a file of rules"),
        ("act: reject\nrules:\n  - any: huff\n", "own.yaml:3", "no id"),
        ("act: reject\nrules:\n  - id: a\n    any: huff\n  - id: b\n    any: (huff\n", "own.yaml:5", "missing"),
        ("act: reject\nrules:\n  - id: a\n", "own.yaml:3", "has no pattern"),
        ("act: snub\nrules:\n  - id: a\n    any: huff\n", "own.yaml:1", "not an act"),
        ("lists: {a: huff}\nact: snub\n", "own.yaml:2", 'act is not an act, got "snub"'),
        ("act: reject\nrules:\n  - id: a\n    act: snub\n    any: huff\n", "own.yaml:3", "not an act"),
        ("act: [reject]\nrules: []\n", "own.yaml:1", "not an act"),
        ("act: reject\nrules:\n  - id: a\n    any: huff\n    wieght: 3\n", "own.yaml:3", "not known"),
        ("act: reject\nrules:\n  - id: a\n    any: huff\n    weight: 30\n", "own.yaml:3", "weight"),
        ("act: reject\nrules:\n  - id: a\n    any: huff\n    confidence: 2\n", "own.yaml:3", "confidence"),
        ("act: reject\nrules:\n  - id: a\n    any: <nobody>\n", "own.yaml:3", "no list"),
        ("act: reject\nrules:\n  - {id: a, any: huff}\n  - {id: a, any: huff}\n", "own.yaml:4", "same id"),
        ("act: reject\nrules: huff\n", "own.yaml", "not a list"),
        ("act: reject\nlists: {a: [b]}\nrules: []\n", "own.yaml", "not text"),
    ],
)
def test_a_bad_file_gives_one_line_with_file_and_line(tmp_path, text, place, said):
    with pytest.raises(EvidenceError) as error:
        rules_with(_folder(tmp_path, text))
    line = error.value.line()
    assert line.startswith(place)
    assert said in line
    assert "\n" not in line


def test_bytes_that_are_no_text_are_said_to_be_so(tmp_path):
    (tmp_path / "own.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EvidenceError, match="UTF-8"):
        rules_with(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(EvidenceError, match="not a folder of rules"):
        rules_with(tmp_path / "none")


def test_an_unknown_act_is_answered_with_the_eighteen_there_are(tmp_path):
    with pytest.raises(EvidenceError) as error:
        rules_with(_folder(tmp_path, "act: snub\n"))
    assert ", ".join(Act) in error.value.line()
    assert len(Act) == 18


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("any: <snubs> at", "any: wheeze+", "The rule does not fire, and no other does"),
        ("The palace huffed at the map.", "The palace rejected the map.", "others do: reject"),
        ("The palace huffed at the map.", "The palace did not huff at the map.", "The rule does not fire"),
        ("    weight: 9\n    ", "    negated: accept\n    unless: palace\n    ", "The rule does not fire"),
    ],
)
def test_an_example_that_its_rule_does_not_see_refuses_the_file(tmp_path, old, new, said):
    with pytest.raises(EvidenceError) as error:
        rules_with(_folder(tmp_path, GOOD.replace(old, new)))
    line = error.value.line()
    sentence = new if new.startswith("The") else "The palace huffed at the map."
    assert line.startswith('own.yaml:5, rule "own.huff": an example is not coded reject by its rule')
    assert sentence in line
    assert said in line
    assert "Mend the rule" in line


def test_an_example_that_a_negation_turns_says_what_it_became(tmp_path):
    turned = GOOD.replace("    weight: 9", "    negated: accept").replace(
        "The palace huffed", "The palace did not huff"
    )
    with pytest.raises(EvidenceError, match="After a negation the rule says accept"):
        rules_with(_folder(tmp_path, turned))


def test_a_counter_example_on_which_the_rule_fires_refuses_the_file(tmp_path):
    with pytest.raises(EvidenceError, match="fires on a counter-example"):
        rules_with(_folder(tmp_path, f"{GOOD}    counter: [The wind huffed at the door.]\n"))
