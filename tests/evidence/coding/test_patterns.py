"""The pattern language: what each sign means, and what cannot be read."""

import pytest

from detente.evidence.coding.acts import matchable
from detente.evidence.coding.inflection import inflections
from detente.evidence.coding.patterns import PatternError, compiled

LISTS = {"boats": "ship+ | gunboat+", "loop": "<loop>"}


def _finds(pattern: str, text: str) -> bool:
    return compiled(pattern, LISTS).regex.search(f" ^ {matchable(text, 0, len(text))}") is not None


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("reject", "They REJECT it", True),
        ("reject", "They rejected it", False),
        ("reject+", "They rejected it", True),
        ("withdraw+", "They withdrew", True),
        ("medi*", "a mediator", True),
        ("not sign", "They can't sign", True),
        ("will not sign", "They won’t sign", True),
        ("iran 's fleet", "Iran's fleet", True),
        ("<boats>", "two gunboats", True),
        ("pull+ ... back", "they pulled all of them back", True),
        ("pull+ ..1 back", "they pulled all of them back", False),
        ("(a | two) ship+", "two ships", True),
        ("no [more] ship+", "no ships", True),
        ("agree+ !(to | with)", "they agree to it", False),
        ("agree+ !(to | with)", "they agree on it", True),
        ("^ let", "Let them go", True),
        ("^ let", "They let go", False),
        ("say+ _ thing+", "say no thing", True),
        ("what ?", "what?", True),
    ],
)
def test_a_pattern_means_what_the_page_says(pattern, text, found):
    assert _finds(pattern, text) is found


@pytest.mark.parametrize("pattern", ["(a", "a)", "a | ", "<nothing>", "<loop>", "!", "a $ b", "x" * 30_000])
def test_a_pattern_that_cannot_be_read_is_refused(pattern):
    with pytest.raises(PatternError):
        compiled(pattern, LISTS)


@pytest.mark.parametrize(
    ("pattern", "anchors"),
    [
        ("the (mill | bridge)", {"mill", "bridge"}),
        ("[not] mill", {"mill"}),
        ("^ ...", None),
        ("medi*", {"medi*"}),
    ],
)
def test_anchors_are_words_without_which_nothing_can_match(pattern, anchors):
    assert compiled(pattern, LISTS).anchors == (None if anchors is None else frozenset(anchors))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("deny", "denied"),
        ("stop", "stopping"),
        ("freeze", "froze"),
        ("push", "pushes"),
        ("agree", "agreeing"),
        ("go", "went"),
    ],
)
def test_inflections_hold_the_forms_that_are_written(word, form):
    assert form in inflections(word)
