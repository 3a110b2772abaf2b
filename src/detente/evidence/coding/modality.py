"""How firmly a clause says what it says: negated, hedged, and whether it is fact, claim, perception or forecast."""

from __future__ import annotations

import re

from detente.evidence.coding.coding import Kind
from detente.evidence.statement import Act, Attribution

NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|hardly|scarcely|fail(?:s|ed)? to|refus\w+ to|"
    r"unable to|unwilling to|declin\w+ to)\b|n['’]t\b",
    re.I,
)
NO_NEGATION = re.compile(r"\b(?:not only|no longer than|no later than|not later than|no doubt|whether or not)\b", re.I)
"""Words that look like a negation and deny nothing."""

HEDGE = re.compile(
    r"\b(?:may|might|could|perhaps|possibly|probably|likely|unlikely|reportedly|allegedly|apparently|seemingly|seems?|"
    r"seemed|appears?|appeared|suggests?|suggested|believed to|said to|understood to|thought to|expected to|"
    r"in principle|presumably|arguably|maybe|some say|it is unclear|conceivabl[ey]|ostensibly|purportedly|as if|"
    r"tentative(?:ly)?|potential(?:ly)?|roughly|so far as|to some extent)\b",
    re.I,
)

FORWARD = re.compile(
    r"\b(?:will|shall|would|going to|is bound to|are bound to|may|might|could|expects?|expected to|risks?)\b", re.I
)
JUDGING = re.compile(r"\b(?:would|could|can|cannot|cost|more than|less|wrong|right|matters?)\b", re.I)
"""Words by which an assessment argues, rather than says how something is seen."""


def is_negated(clause: str) -> bool:
    """Return whether a clause denies its verb: `not`, `never`, `refused to`; `not only` and the like deny nothing.

    Examples
    --------
    >>> is_negated("it did not sign"), is_negated("not only in Vienna")
    (True, False)
    """
    return NEGATION.search(NO_NEGATION.sub(" ", clause)) is not None


def is_hedged(clause: str) -> bool:
    """Return whether a clause says that it may be otherwise: `reportedly`, `seems`, `could`; the month May is no hedge.

    Examples
    --------
    >>> is_hedged("it could sign"), is_hedged("in May it signed")
    (True, False)
    """
    return any(match.group() != "May" or match.start() == 0 for match in HEDGE.finditer(clause))


def kind_of(act: Act, attribution: Attribution, clause: str) -> Kind:
    """Return what a clause is: a forecast, a perception, a claim that another could dispute, or a fact to check.

    A position taken is a fact: that it was taken can be looked up. What is said of others or of the world is a claim.
    """
    if act is Act.PREDICT:
        return Kind.FORECAST
    if act is Act.ASSESS_PERCEPTION:
        return Kind.CLAIM if JUDGING.search(clause) else Kind.PERCEPTION
    if act is Act.ACCUSE:
        return Kind.CLAIM
    if act is Act.REASSURE and not FORWARD.search(clause):
        return Kind.CLAIM
    if attribution is Attribution.AUTHOR_ASSERTION and act in (Act.PROPOSE, Act.DEMAND, Act.REJECT, Act.REASSURE):
        return Kind.CLAIM
    return Kind.FACT
