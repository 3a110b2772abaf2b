"""Several prints of one case say what they claim of each other."""

from __future__ import annotations

import re

import pytest

from detente.brief.compose import compose, stances
from detente.brief.document import Brief
from tests.brief.briefs import WORKED, brief_of, case_named, words


def bottom(brief: Brief) -> tuple[str, ...]:
    """Return the words of section 0 in alphabetical order, without the sentence about the other prints."""
    text = re.split(r"This print is led by", words(brief.sections[0]))[0]
    return tuple(sorted(re.findall(r"[^\s,;.]+", text.casefold())))


def test_every_member_of_a_consent_list_leads_a_print() -> None:
    case = case_named(WORKED)
    members = {case.stand_in(party) for entry in case.consent_lists for party in entry.parties}
    assert set(stances(case)) == members


def test_prints_that_claim_to_say_the_same_do() -> None:
    parties = ("RUS", "USA", "UKR", "NATO")
    prints = {party: brief_of(WORKED, party) for party in parties}
    claims = {party: "say the same here, in another order" in words(one.sections[0]) for party, one in prints.items()}
    assert all(claims.values())
    assert len({bottom(one) for one in prints.values()}) == 1


@pytest.mark.parametrize("consent", ["cl_A1", "cl_A2", "cl_A3"])
def test_what_is_said_of_several_lists_is_what_each_list_alone_says(consent: str) -> None:
    """Files down to one variant are named with the lists under which they are."""
    case = case_named(WORKED)
    number = next(n for n, entry in enumerate(case.consent_lists, 1) if entry.id == consent)
    alone = words(compose(case, consent=consent).sections[0])
    together = words(brief_of(WORKED).sections[0])
    for variant, lists in re.findall(r"on ‹([^›]+)› \(lists? ([^)]+)\)", together.partition("Also down to one")[2]):
        under = {int(digit) for digit in re.findall(r"\d+", lists)}
        if number in under:
            assert variant in alone.partition("Also down to one")[2]
