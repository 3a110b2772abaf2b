"""Spans in a changed document: edits, insertions, deletions, duplicates, and the laws of finding again."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.core.errors import EvidenceError
from detente.evidence.anchoring import CLOSE_ENOUGH, Found, reanchor, relocate
from detente.evidence.verify import span_hash

OLD = (
    "Arland tabled a draft in March.\n\n"
    "Borland will not accept inspectors on its soil before the guns are silent.\n\n"
    "Both say that they want talks. Both say that they want talks.\n\n"
    "The mediator asked for patience.\n"
)


def span(words: str, text: str = OLD, nth: int = 0) -> tuple[int, int]:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return at, at + len(words)


def one(new: str, old_span: tuple[int, int]):
    return reanchor(OLD, new, [old_span])[0]


def test_text_put_in_moves_what_comes_after_and_leaves_what_comes_before() -> None:
    new = OLD.replace("Borland will", "On 3 April a reply came. Borland will")
    before, after = one(new, span("tabled a draft")), one(new, span("asked for patience"))
    assert (before.found, before.new) == (Found.SAME, span("tabled a draft"))
    assert (after.found, after.new) == (Found.MOVED, span("asked for patience", new))


def test_a_paragraph_that_was_put_elsewhere_is_found_there() -> None:
    parts = OLD.split("\n\n")
    new = "\n\n".join([parts[1], parts[0], *parts[2:]])
    found = one(new, span("Borland will not accept inspectors"))
    assert (found.found, found.new) == (Found.MOVED, span("Borland will not accept inspectors", new))


def test_changed_words_are_offered_for_review_as_whole_words() -> None:
    new = OLD.replace("will not accept inspectors on its soil", "will not accept any inspectors on its own soil")
    found = one(new, span("Borland will not accept inspectors on its soil"))
    assert found.found is Found.CHANGED
    assert new[slice(*found.new)] == "Borland will not accept any inspectors on its own soil"
    assert CLOSE_ENOUGH <= found.similarity < 1


def test_what_was_taken_out_has_vanished() -> None:
    new = OLD.replace("The mediator asked for patience.\n", "")
    found = one(new, span("The mediator asked for patience."))
    assert (found.found, found.new) == (Found.VANISHED, None)
    assert found.similarity < CLOSE_ENOUGH


def test_of_two_places_with_the_same_words_the_one_with_the_same_surroundings_is_meant() -> None:
    new = OLD.replace("Both say that they want talks. Both", "Both say that they want talks. Yet both", 1)
    new = "Note. " + new.replace("for patience", "for calm")
    first = one(new, span("that they want talks", nth=0))
    second = one(new, span("that they want talks", nth=1))
    assert (first.found, first.new) == (Found.MOVED, span("that they want talks", new, 0))
    assert (second.found, second.new) == (Found.MOVED, span("that they want talks", new, 1))
    assert (first.places, second.places) == (2, 2)


def test_where_two_places_are_equally_good_a_person_has_to_say() -> None:
    old, new = "x. We agree. y", "a. We agree. b. We agree. c"
    (found,) = reanchor(old, new, [(3, 12)])
    assert (found.found, found.places, found.similarity) == (Found.CHANGED, 2, 1.0)


def test_an_empty_new_text_has_nothing_left() -> None:
    assert one("", span("Arland")).found is Found.VANISHED
    assert one("\n \n", span("Arland")).found is Found.VANISHED


@pytest.mark.parametrize("bad", [(5, 5), (7, 3), (-1, 4), (0, 10_000)])
def test_a_span_outside_the_old_text_is_refused(bad: tuple[int, int]) -> None:
    with pytest.raises(EvidenceError, match="does not lie in the old text"):
        reanchor(OLD, OLD, [bad])


def test_words_are_found_again_by_their_hash_alone() -> None:
    start, end = span("will not accept")
    assert relocate(OLD, end - start, span_hash("will not accept")) == (start,)
    twice = span("Both say")
    assert len(relocate(OLD, twice[1] - twice[0], span_hash("Both say"))) == 2
    assert relocate(OLD, 5, span_hash("other")) == ()
    assert relocate("ab", 5, span_hash("other")) == ()


TEXTS = st.text("ab c.\n", min_size=1, max_size=60)


@st.composite
def texts_and_spans(draw: st.DrawFn) -> tuple[str, tuple[int, int]]:
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    return text, (start, draw(st.integers(start + 1, len(text))))


@given(texts_and_spans())
def test_against_the_same_text_every_span_is_the_same(given_: tuple[str, tuple[int, int]]) -> None:
    text, place = given_
    (found,) = reanchor(text, text, [place])
    assert (found.found, found.new, found.similarity) == (Found.SAME, place, 1.0)


@given(texts_and_spans(), st.text("xyz", min_size=1, max_size=10))
def test_new_words_in_front_move_every_span_by_their_length(given_: tuple[str, tuple[int, int]], front: str) -> None:
    text, (start, end) = given_
    (found,) = reanchor(text, front + text, [(start, end)])
    assert (found.found, found.new) == (Found.MOVED, (start + len(front), end + len(front)))


@given(texts_and_spans(), st.text("xyz", min_size=1, max_size=10), st.integers(0, 60))
def test_words_that_nobody_touched_are_never_lost(given_: tuple[str, tuple[int, int]], put_in: str, at: int) -> None:
    text, (start, end) = given_
    assume(not start < min(at, len(text)) < end)
    at = min(at, len(text))
    new = text[:at] + put_in + text[at:]
    (found,) = reanchor(text, new, [(start, end)])
    assert found.found in {Found.SAME, Found.MOVED}
    assert new[slice(*found.new)] == text[start:end]


@given(texts_and_spans(), TEXTS)
def test_the_new_place_lies_in_the_new_text_and_says_what_is_claimed(
    given_: tuple[str, tuple[int, int]], new: str
) -> None:
    text, (start, end) = given_
    (found,) = reanchor(text, new, [(start, end)])
    if found.new is None:
        assert found.found is Found.VANISHED
        return
    begin, stop = found.new
    assert 0 <= begin < stop <= len(new)
    same = new[begin:stop] == text[start:end]
    assert same is (found.similarity == 1.0 and found.places > 0)
    assert same or found.found is Found.CHANGED
