"""Laws of the coder: spans lie inside the text, the same text gives the same codings, swapped names swapped codings."""

import itertools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.evidence.coding.clauses import clauses_of
from detente.evidence.coding.coder import code_document
from detente.evidence.coding.names import general_lexicon
from detente.evidence.reading import document_of_text

LEXICON = general_lexicon()
_PLAIN = """Peru Chile said that will not reject talks and withdrew its troops if unless , . ; : “ ” " ' — ( ) which who
he she they accused of the a war envoy never accept offered to mediate may 3 May Monday told reporters ? ! Mr. U.S."""
WORDS = (*_PLAIN.split(), "\n", "\n\n", "--")
texts = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=40).map(" ".join)

TEMPLATES = (
    "{a} rejected the map and withdrew its envoy from {b}.",
    "{a} accused {b} of bad faith.",
    "{a} will talk only if {b} leaves the mill.",
    "{a} warned that {b} would pay a heavy price.",
    "The minister said that {a} had no intention of attacking {b}.",
    "{b} was told by {a} to release the fishermen.",
    "Trust between {a} and {b} is thin.",
)
stories = st.lists(st.sampled_from(TEMPLATES), min_size=1, max_size=5)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_spans_are_inside_the_text_and_the_same_text_gives_the_same_codings(text):
    document = document_of_text(text)
    found = code_document(document, LEXICON)
    assert found == code_document(document, LEXICON)
    for one in found:
        assert 0 <= one.start < one.end <= len(document.text)
        assert document.text[one.start : one.end].strip() == document.text[one.start : one.end]
        assert 0 <= one.confidence <= 1
        assert one.second_act is not one.act


@given(texts)
@settings(max_examples=60, deadline=None)
def test_clauses_come_in_order_and_do_not_overlap(text):
    found = clauses_of(text, 0, len(text))
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@given(stories)
@settings(max_examples=40, deadline=None)
def test_swapping_two_parties_swaps_their_codings(story):
    # the two names are of one length, so that the spans stay where they are

    def coded(a, b):
        return code_document(document_of_text(" ".join(one.format(a=a, b=b) for one in story)), LEXICON)

    def swapped(actors):
        return tuple({"IRN": "IRQ", "IRQ": "IRN"}.get(actor, actor) for actor in actors)

    there = coded("Iran", "Iraq")
    back = [
        replace(one, actors=swapped(one.actors), targets=swapped(one.targets), voices=swapped(one.voices))
        for one in coded("Iraq", "Iran")
    ]
    assert list(there) == back
