"""The general lists: dates, disputed names, nothing contradictory."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from itertools import combinations

import pytest

from detente.evidence.coding.lexicon import Lexicon, Name, NameKind
from detente.evidence.coding.mentions import mentions
from detente.evidence.coding.names import general_lexicon, state_ids, word_lists

DAY = datetime.date(2016, 6, 1)


def actors(text: str, on: datetime.date | None = DAY, lexicon: Lexicon | None = None) -> list[str]:
    return [one.actor for one in mentions(text, lexicon or general_lexicon(), on) if one.kind is not NameKind.DOCUMENT]


def test_every_member_of_the_united_nations_is_there():
    codes = [code for code in state_ids() if re.fullmatch("[A-Z]{3}", code)]
    # 193 members, the observers Holy See and Palestine, Taiwan, and the former CSK, DDR, VDR, YMD and YUG
    assert len(codes) == 193 + 2 + 1 + 5


def test_no_list_calls_anybody_a_terrorist_or_a_regime():
    words = re.compile("terror|regime|rogue|junta|occup", re.IGNORECASE)
    assert [name.text for name in general_lexicon().names if words.search(name.text)] == []


def test_no_name_ends_before_it_begins():
    wrong = [name for name in general_lexicon().names if name.since and name.until and name.until < name.since]
    assert wrong == []


def test_a_name_of_a_state_means_one_state_on_any_day():
    kinds = (NameKind.STATE, NameKind.ORGANISATION)
    by_text: dict[str, list[Name]] = {}
    for name in general_lexicon().names:
        if name.kind in kinds:
            by_text.setdefault(name.text, []).append(name)
    overlapping = [
        (one, other)
        for names in by_text.values()
        for one, other in combinations(names, 2)
        if one.actor != other.actor
        and (one.since or datetime.date.min) <= (other.until or datetime.date.max)
        and (other.since or datetime.date.min) <= (one.until or datetime.date.max)
    ]
    assert overlapping == []


def test_surnames_that_are_words_need_a_title():
    surnames = word_lists()["surnames"]
    alone = Counter(name.text for name in general_lexicon().names if name.kind is NameKind.PERSON)
    named_so_on_purpose = {
        "Ban",
        "Barak",
        "Cameron",
        "Castro",
        "Johnson",
        "Lee",
        "Murad",
        "Marcos",
        "Moon",
        "Park",
        "Wang",
    }
    assert {name for name in surnames if alone[name]} <= named_so_on_purpose


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("Moscow refused.", "1985-03-01", ["USSR"]),
        ("Moscow refused.", "1995-03-01", ["RUS"]),
        ("Assad answered.", "1999-01-01", ["SYR"]),
        ("Assad answered.", "2025-06-01", []),
        ("Kofi Annan wrote.", "2003-01-01", ["UN"]),
        ("Kofi Annan wrote.", "2009-01-01", []),
        ("The Palestinians agreed.", "1995-01-01", ["PLO"]),
        ("The Palestinians agreed.", "2015-01-01", ["PSE"]),
        ("The OAU and the AU met.", "2001-01-01", ["OAU"]),
        ("Bush replied.", "1991-01-01", ["USA"]),
        ("Bush replied.", "2012-01-01", []),
    ],
)
def test_a_name_means_who_bore_it_on_the_day(text, on, expected):
    assert actors(text, datetime.date.fromisoformat(on)) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Türkiye", "Turkey"),
        ("Myanmar", "Burma"),
        ("Timor-Leste", "East Timor"),
        ("Viet Nam", "Vietnam"),
        ("Kyiv", "Kiev"),
        ("Côte d’Ivoire", "Ivory Coast"),
        ("North Macedonia", "The former Yugoslav Republic of Macedonia"),
        ("Nagorny Karabakh", "Artsakh"),
        ("Sukhumi", "Sukhum"),
    ],
)
def test_both_names_in_use_mean_the_same_actor(one, other):
    assert actors(f"{one} rejected it.") == actors(f"{other} rejected it.")
    assert len(actors(f"{one} rejected it.")) == 1


def test_without_a_day_a_surname_of_two_actors_means_nobody():
    lexicon = Lexicon(
        names=(Name("Doe", "A", NameKind.PERSON), Name("Doe", "B", NameKind.PERSON), Name("Roe", "C", NameKind.PERSON))
    )
    assert actors("Doe and Roe spoke.", None, lexicon) == ["C"]


def test_of_one_text_the_later_name_holds_so_that_a_case_overrides():
    case = Lexicon(names=(Name("Kenya", "kenya-team", NameKind.GROUP),))
    assert actors("Kenya objects.", DAY, general_lexicon().joined(case)) == ["kenya-team"]
