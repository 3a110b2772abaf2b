"""The one grammar for rules over issues, and its three values."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.core.condition import Among, Condition, Every, Implies, Not, Some, condition_words, parse_condition

OPTIONS = ("o1", "o2", "o3")
NAMES = st.sampled_from(["A", "B-1", "c.d", "if", "in", "two words", "não", "1"])
ATOMS = st.builds(Among, NAMES, st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=3, unique=True).map(tuple))


def _grown(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return (
        st.builds(Not, inner) | st.builds(Every, several) | st.builds(Some, several) | st.builds(Implies, inner, inner)
    )


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(ATOMS, _grown, max_leaves=8)
PACKAGES = st.dictionaries(NAMES, st.sampled_from(OPTIONS))


@given(CONDITIONS, PACKAGES)
def test_what_is_printed_is_read_back_with_the_same_meaning(rule: Condition, package: dict[str, str]) -> None:
    again = parse_condition(str(rule))
    assert again.holds(package) is rule.holds(package)
    assert again.issues() == rule.issues()
    assert str(parse_condition(str(again))) == str(again)


@given(CONDITIONS, PACKAGES)
def test_what_is_decided_stays_so_however_the_rest_is_set(rule: Condition, package: dict[str, str]) -> None:
    value = rule.holds(package)
    unset = [issue for issue in rule.issues() if issue not in package][:3]
    completions = [
        {**package, **dict(zip(unset, choice, strict=True))} for choice in itertools.product(OPTIONS, repeat=len(unset))
    ]
    if value is not None:
        assert {rule.holds(completion) for completion in completions} == {value}


@given(CONDITIONS, PACKAGES)
def test_not_turns_true_and_false_and_leaves_open_what_is_open(rule: Condition, package: dict[str, str]) -> None:
    value = rule.holds(package)
    assert Not(rule).holds(package) is (None if value is None else not value)
    assert Implies(rule, rule).holds(package) is not False


@pytest.mark.parametrize(
    ("text", "package", "value"),
    [
        ("A in [x]", {"A": "x"}, True),
        ("A in [x]", {"A": "y"}, False),
        ("A in [x]", {}, None),
        ("A in [x] and B in [y]", {"B": "z"}, False),
        ("A in [x] or B in [y]", {"B": "y"}, True),
        ("not A in [x] and B in [y]", {"A": "z", "B": "y"}, True),  # `not` binds closest
        ("A in [x] or B in [y] and C in [z]", {"A": "x", "C": "q"}, True),  # then `and`, then `or`
        ("if A in [x] then B in [y]", {"A": "q"}, True),
        ("if A in [x] then B in [y]", {"A": "x"}, None),
        ("if A in [x] then B in [y]", {"A": "x", "B": "q"}, False),
        ('"two words" in ["an option", x]', {"two words": "an option"}, True),
    ],
)
def test_meaning(text: str, package: dict[str, str], value: bool | None) -> None:
    assert parse_condition(text).holds(package) is value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "column 1: an issue is expected"),
        ("A", 'column 2: "in" is expected'),
        ("A in x", 'column 6: "\\[" is expected'),
        ("A in []", "column 7: an option is expected"),
        ("A in [x", 'column 8: "]" is expected'),
        ("A in [x] B", 'column 10: "B" is not expected here'),
        ("A in [x] and", "column 13: an issue is expected"),
        ("if A in [x]", 'column 12: "then" is expected'),
        ("(A in [x]", 'column 10: "\\)" is expected'),
        ("A in [x] & B in [y]", 'column 10: "&" is not expected here'),
        ("not", "column 4: an issue is expected"),
    ],
)
def test_a_mistake_is_named_with_its_column(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_condition(text)


@pytest.mark.parametrize("text", ["(" * 100 + "A in [x]" + ")" * 100, "not " * 100 + "A in [x]"])
def test_nesting_has_a_limit(text: str) -> None:
    with pytest.raises(ValueError, match="nested deeper than 60"):
        parse_condition(text)


def test_an_option_that_is_repeated_counts_once() -> None:
    assert parse_condition("A in [x, y, x]") == Among("A", ("x", "y"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A in [x] or B in [y]", "A x, or B y"),
        ("not (A in [x] and B in [y])", "anything but (A x together with B y)"),
        ("not not A in [x]", "A x"),
        ("A in [x] and (B in [y] or C in [z])", "A x together with (B y, or C z)"),
        ("if A in [x] then not B in [y]", "if A x, then anything but B y"),
    ],
)
def test_a_condition_in_words_keeps_its_negations_and_brackets(text: str, words: str) -> None:
    assert condition_words(parse_condition(text), lambda atom: f"{atom.issue} {atom.options[0]}") == words
