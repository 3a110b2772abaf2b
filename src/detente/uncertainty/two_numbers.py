"""Which two numbers, each on its way to an end, turn a conclusion together.

Every pair is decided where the packages can be listed; elsewhere a limited number is tried.
"""

from __future__ import annotations

from detente.engines.settlement import Completion
from detente.uncertainty.analysis import Analysis, Conclusion
from detente.uncertainty.judgements import judgements_of
from detente.uncertainty.pairs_decided import ListedPackages, decided
from detente.uncertainty.pairs_tried import tried_pairs
from detente.uncertainty.ways import Aim, Together, ends

TRIES = 200
"""Pairs of numbers tried where packages cannot be listed; each is a case compiled anew."""

LISTED = 1 << 16
"""Most packages, whatever rules they break, for which every pair of numbers is decided."""


def two_numbers(
    analysis: Analysis, conclusion: Conclusion, now: bool, *, most: int, tries: int = TRIES, listed: int = LISTED
) -> tuple[list[Together], int | None]:
    """Return the pairs of numbers that turn a conclusion and go least far, and how many were tried if not all.

    First those within judged ranges; where there are none, those on the scales. Given are the `most` that go least far
    and all that equal the last of them.

    Raises
    ------
    ModelError
        If too many partial packages would have to be held.
    """
    assert conclusion.completion is not None
    bound = analysis.readings.bound(conclusion.lines)
    can_list = analysis.model.total <= listed
    packages = ListedPackages(analysis, bound, conclusion.completion) if can_list else None
    tried: int | None = None
    for is_judged in (True, False):
        aims = _aims(analysis, conclusion.completion, is_judged)
        if packages is not None:
            found = decided(packages, aims, now, is_judged, most)
        else:
            found, tried = tried_pairs(analysis, conclusion, now, aims, is_judged, tries)
        if found or tried is not None:
            return found, tried
    return [], None


def _aims(analysis: Analysis, completion: Completion, is_judged: bool) -> dict[str, list[Aim]]:
    return {
        speaker: [
            (judgement, end)
            for judgement in judgements_of(
                analysis.case, speaker, analysis.trace, analysis.weights, analysis.numbers_of(speaker, completion)
            )
            for end in ends(analysis.case, judgement, judged=is_judged)
            if end != judgement.now
        ]
        for speaker in analysis.speakers
    }
