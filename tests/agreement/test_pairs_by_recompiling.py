"""Pairs decided on listed packages against every pair tried in a case that is really changed and compiled anew."""

from __future__ import annotations

from typing import Any

from detente.case.case import Case
from detente.compile.compiled import Missing
from detente.compile.settlement import Weights, compile_settlement
from detente.uncertainty.analysis import Analysis
from detente.uncertainty.two_numbers import two_numbers
from detente.uncertainty.ways import Together
from tests.agreement.test_breakpoints_brute_force import DrawWithOutlook

EVERY = 10**9


def test_both_ways_find_the_same_pairs_of_numbers() -> None:
    """Of drawn cases with one to three speakers, joint values, unknown options, and weights judged or equal."""
    found, within = 0, set()
    for seed in range(4000, 4030):
        case = Case.model_validate(with_ranges(DrawWithOutlook(seed).case()))
        weights = Weights.EQUAL if seed % 5 == 0 else Weights.ANALYST
        compiled = compile_settlement(case, [party.id for party in case.parties], weights=weights)
        if isinstance(compiled, Missing):
            continue
        analysis = Analysis(case, compiled, weights)
        for conclusion in analysis.conclusions():
            if conclusion.completion is None:
                continue
            now = analysis.holds(conclusion)
            listed, left_out = two_numbers(analysis, conclusion, now, most=EVERY)
            tried, _ = two_numbers(analysis, conclusion, now, most=EVERY, listed=0, tries=EVERY)
            assert left_out is None
            assert sorted(map(described, listed)) == sorted(map(described, tried)), seed
            found += len(listed)
            within |= {(pair.is_judged, pair.first[0].party == pair.second[0].party) for pair in listed}
    assert found > 200
    assert within == {(False, False), (False, True), (True, False), (True, True)}


def with_ranges(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a drawn case in which values of no agreement are judged with a range."""
    for given in raw["preferences"]:
        if "reservation" in given:
            at = given["reservation"]
            given["reservation"] = {"low": at - 0.4, "mode": at, "high": at + 0.4}
    for outlook in raw["no_agreement"]["outlooks"]:
        outlook["payoffs"] = {
            k: {"low": at - 0.4, "mode": at, "high": at + 0.4} for k, at in outlook["payoffs"].items()
        }
    return raw


def described(pair: Together) -> tuple[object, ...]:
    """Return a pair without the order of its halves."""
    halves = sorted((one.party, one.path, str(end)) for one, end in (pair.first, pair.second))
    return (*halves, pair.part, pair.is_judged)
