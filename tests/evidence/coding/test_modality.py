"""Negation, hedging and kind of a clause."""

from __future__ import annotations

import pytest

from detente.evidence.coding.coding import Kind
from detente.evidence.coding.modality import is_hedged, is_negated, kind_of
from detente.evidence.statement import Act, Attribution


@pytest.mark.parametrize(
    "clause", ["it did not sign", "it never signed", "they didn’t sign", "refused to sign", "no text"]
)
def test_a_denied_verb_is_negated(clause: str) -> None:
    assert is_negated(clause)


@pytest.mark.parametrize("clause", ["not only in Vienna", "no later than Monday", "it signed", "notable gains"])
def test_words_like_a_negation_deny_nothing(clause: str) -> None:
    assert not is_negated(clause)


@pytest.mark.parametrize(
    "clause", ["it could sign", "Reportedly it signed", "it seems ready", "it is said to have signed"]
)
def test_what_may_be_otherwise_is_hedged(clause: str) -> None:
    assert is_hedged(clause)


@pytest.mark.parametrize("clause", ["in May it signed", "it signed"])
def test_what_is_said_flatly_is_not_hedged(clause: str) -> None:
    assert not is_hedged(clause)


@pytest.mark.parametrize(
    ("act", "attribution", "clause", "kind"),
    [
        (Act.PREDICT, Attribution.AUTHOR_ASSERTION, "the truce will not last", Kind.FORECAST),
        (Act.ASSESS_PERCEPTION, Attribution.AUTHOR_ASSERTION, "nobody here trusts the other", Kind.PERCEPTION),
        (Act.ASSESS_PERCEPTION, Attribution.AUTHOR_ASSERTION, "it would cost neither side a thing", Kind.CLAIM),
        (Act.ACCUSE, Attribution.DIRECT_QUOTE, "they broke the truce", Kind.CLAIM),
        (Act.REJECT, Attribution.REPORTED_EVENT, "it turned the offer down", Kind.FACT),
        (Act.REASSURE, Attribution.OWN_DOCUMENT, "the exercise is aimed at nobody", Kind.CLAIM),
    ],
)
def test_a_position_taken_is_a_fact_and_what_is_said_of_others_a_claim(
    act: Act, attribution: Attribution, clause: str, kind: Kind
) -> None:
    assert kind_of(act, attribution, clause) is kind
