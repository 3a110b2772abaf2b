"""Which stretches of a text are quoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.evidence.coding.quotations import quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said “no deal”.", [("no deal", 1)]),
        ('She said "no deal".', [("no deal", 1)]),
        ("Er sagte „nein“.", [("nein", 1)]),
        ("Elle dit « non » hier.", [("non", 1)]),
        ("She said 'we won't go' today.", [("we won't go", 1)]),
        ("They don't; the men's boats, the boats' crews.", []),
        ("The spring of '68 and the '90s", []),
        ("“He told me ‘never’, twice.”", [("He told me ‘never’, twice.", 1), ("never", 2)]),
        ("“We stay. We fight. We don’t go.”", [("We stay. We fight. We don’t go.", 1)]),
        ("“It never ends\n\nA new paragraph.", [("It never ends", 1)]),
        ("“One paragraph.\n\n“And its sequel.”", [("One paragraph.", 1), ("And its sequel.", 1)]),
        ("", []),
    ],
)
def test_quoted_words_are_found_with_their_depth(text, expected):
    assert [(text[one.start : one.end], one.depth) for one in quotations(text)] == expected


def test_an_unclosed_quotation_says_so():
    assert [one.closed for one in quotations("“a\n\n“b”")] == [False, True]


@given(st.text(alphabet="ab \n.“”\"'’‘«»", max_size=60))
def test_quotations_nest_or_stand_apart(text):
    found = quotations(text)
    assert all(0 <= one.start <= one.end <= len(text) for one in found)
    for one in found:
        for other in found:
            apart = one.end <= other.start or other.end <= one.start
            nested = (one.start <= other.start and other.end <= one.end) or (
                other.start <= one.start and one.end <= other.end
            )
            assert apart or nested
