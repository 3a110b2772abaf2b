"""The coder on paragraphs that its rules were not made on, beside what anybody could do with a list of words."""

from __future__ import annotations

import json
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
    guesses,
    judged,
    majority,
    plain_or_majority,
    plain_words,
    scores,
    texts_in,
    total,
)
from benchmarks.fit_coding_weights import CALIBRATION, DEVELOPMENT, cross_calibrated, held_out
from detente.evidence.coding.matching import same_span
from detente.evidence.coding.names import general_lexicon
from detente.maths.calibration import Pairs, calibration_error, platt, reliability

SUMS = 0.02
"""Weights are rounded and sums differ between machines: a coding may fall on another side of a bin's edge."""

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


@pytest.fixture(scope="module")
def folds() -> list[list[tuple[float, bool]]]:
    return held_out()


def printed(page: str, first: int) -> list[list[float]]:
    """Return stated, right and number of each row of the page's table of confidence, from a column on."""
    rows = re.findall(r"^\| 0\.\d to \d\.\d \|(.*)\|$", page, flags=re.MULTILINE)
    return [[float(cell) for cell in row.split("|")[first : first + 3]] for row in rows]


def same_table(shown: list[list[float]], pairs: Pairs) -> None:
    found = reliability(pairs)
    assert sum(row[2] for row in shown) == len(pairs)
    assert [row[2] for row in shown] == pytest.approx([one.number for one in found], abs=len(pairs) * SUMS)
    busy = [(row, one) for row, one in zip(shown, found, strict=True) if one.number >= 50]
    assert len(busy) >= 5
    for row, one in busy:
        assert row[:2] == pytest.approx([one.stated, one.right], abs=SUMS)


def test_the_page_gives_the_reliability_that_is_measured(texts: list[Text], true: Codings, ours: Codings) -> None:
    page = PAGE.read_text(encoding="utf-8")
    pairs = judged(texts, ours, true)
    same_table(printed(page, 3), pairs)
    assert f"on the scored set it is **{calibration_error(pairs):.3f}**" in page


def test_the_page_gives_the_reliability_of_the_development_set_cross_validated(
    folds: list[list[tuple[float, bool]]],
) -> None:
    page = PAGE.read_text(encoding="utf-8")
    same_table(printed(page, 0), cross_calibrated(folds))
    before, after = re.search(r"was (0\.\d+) before the curve and is \*\*(0\.\d+)\*\*", page).groups()
    everything = [pair for fold in folds for pair in fold]
    assert float(before) == pytest.approx(calibration_error(everything), abs=SUMS)
    assert float(after) == pytest.approx(calibration_error(cross_calibrated(folds)), abs=SUMS)


def test_the_page_says_how_often_guesses_are_right(texts: list[Text], true: Codings, ours: Codings) -> None:
    found = guesses(texts, ours, true)
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    for word, one in found.items():
        assert f"guessed {word}s" in page
        assert f"in {one.right} of {one.guessed}" in page


def test_the_page_says_how_often_guesses_are_right_on_the_development_set() -> None:
    folder = DEVELOPMENT
    texts = texts_in(folder)
    found = guesses(texts, coded_by_rules(texts, general_lexicon()), coded_by(folder / "coder_a.jsonl"))
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    for word, one in found.items():
        assert f"{word}s that are guessed are right in {one.right} of {one.guessed}" in page
        assert f"{word}s that are said in {one.said_right} of {one.said}" in page


def test_the_curve_in_use_is_the_one_fitted_on_the_development_set(folds: list[list[tuple[float, bool]]]) -> None:
    read = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    slope, shift = platt([pair for fold in folds for pair in fold])
    assert (read["slope"], read["shift"]) == pytest.approx((slope, shift), abs=SUMS)


def test_calibration_brings_confidence_nearer_to_what_is_right(folds: list[list[tuple[float, bool]]]) -> None:
    everything = [pair for fold in folds for pair in fold]
    assert calibration_error(cross_calibrated(folds)) < calibration_error(everything) / 2
