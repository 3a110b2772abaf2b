"""The coder on paragraphs that its rules were not made on, beside what anybody could do with a list of words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.coding_quality import (
    SCORED,
    Codings,
    Text,
    attributions,
    by_clause,
    coded_by,
    coded_by_rules,
    majority,
    plain_or_majority,
    plain_words,
    scores,
    texts_in,
    total,
)
from detente.evidence.coding.matching import same_span
from detente.evidence.coding.names import general_lexicon

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "coding-quality.md"


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return texts_in(SCORED)


@pytest.fixture(scope="module")
def true() -> Codings:
    return coded_by(SCORED / "coder_a.jsonl")


@pytest.fixture(scope="module")
def ours(texts: list[Text]) -> Codings:
    return coded_by_rules(texts, general_lexicon())


def test_the_scored_set_is_large_enough_and_every_act_is_in_it(texts: list[Text], true: Codings) -> None:
    statements = [one for listed in true.values() for one in listed]
    assert (len(texts) >= 60, len(statements) >= 400, len({one.act for one in statements})) == (True, True, 18)
    for text in texts:
        assert all(0 <= one.start < one.end <= len(text.text) for one in true[text.name])


def test_the_coder_is_better_than_every_baseline_by_fifteen_points(
    texts: list[Text], true: Codings, ours: Codings
) -> None:
    baselines = [by_clause(texts, act) for act in (majority, plain_words(), plain_or_majority())]
    best = max(total(scores(texts, found, true)).f1 for found in baselines)
    assert total(scores(texts, ours, true)).f1 >= best + 0.15


def test_the_page_gives_the_scores_that_are_measured(texts: list[Text], true: Codings, ours: Codings) -> None:
    page = PAGE.read_text(encoding="utf-8")
    f1 = total(scores(texts, ours, true)).f1
    spans = total(scores(texts, ours, true, same_span)).f1
    said = attributions(texts, ours, true)
    assert f"**{f1:.3f}**" in page
    assert f"F1 {spans:.3f}" in page
    shares = [f"{part / said.spans:.3f}" for part in (said.voice, said.actor, said.target)]
    rows = re.findall(r"^\| (?:the voice|the first actor|a target).*?\| (0\.\d{3}) \|", page, flags=re.MULTILINE)
    assert rows == shares
