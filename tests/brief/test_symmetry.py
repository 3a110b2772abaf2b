"""Swapping the labels of two parties swaps them in the brief and changes nothing else."""

from __future__ import annotations

import json
import re

from detente.brief.compose import compose
from detente.brief.markdown import to_markdown
from detente.case.case import Case
from tests.brief.briefs import RIVER, case_named

SWAPS = {
    "TAR": "MEL",
    "Tarvia": "Melune",
    "Tarrow": "Port Melune",
}
BOTH = {**SWAPS, **{after: before for before, after in SWAPS.items()}}
_WORDS = re.compile("|".join(re.escape(word) for word in sorted(BOTH, key=len, reverse=True)))


def swapped(text: str) -> str:
    return _WORDS.sub(lambda match: BOTH[match.group()], text)


def without_hash(text: str) -> str:
    return re.sub(r"\b[0-9a-f]{12}(?:[0-9a-f]{52})?\b", "HASH", text)


def test_relabelling_two_parties_relabels_the_brief_and_changes_nothing_else() -> None:
    case = case_named(RIVER)
    data = json.dumps(case.model_dump(mode="json", exclude_unset=True), ensure_ascii=False)
    other = Case.model_validate(json.loads(swapped(data)))
    assert other.parties[0].name == "Melune"
    before = without_hash(to_markdown(compose(case)))
    after = without_hash(to_markdown(compose(other)))
    assert swapped(before) == after
