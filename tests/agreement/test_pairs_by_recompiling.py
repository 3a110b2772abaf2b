"""Pairs decided on listed packages against every pair tried in a case that is really changed and compiled anew."""

from __future__ import annotations

from typing import Any

import pytest

from detente.case.case import Case
from detente.compile.compiled import Missing
from detente.compile.settlement import Weights, compile_settlement
from detente.uncertainty.analysis import Analysis
from detente.uncertainty.judgements import Judged
from detente.uncertainty.two_numbers import LISTED, two_numbers
from detente.uncertainty.ways import Together
from tests.agreement.test_breakpoints_brute_force import DrawWithOutlook
from tests.agreement.test_case_brute_force import Draw
from tests.agreement.test_joint_breakpoints_brute_force import DrawWithJointValues

EVERY = 10**9


class DrawWithBoth(DrawWithJointValues, DrawWithOutlook):
    """A drawn case with three joint values to a party, in which some parties expect scenarios."""


@pytest.mark.parametrize("draw", [DrawWithOutlook, DrawWithBoth])
def test_both_ways_find_the_same_pairs_of_numbers(draw: type[Draw]) -> None:
    """Of drawn cases with one to three speakers, joint values, unknown options, and weights judged or equal."""
    found, within, beside = 0, set(), set()
    for seed in range(4000, 4030):
        case = Case.model_validate(with_ranges(draw(seed).case()))
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
            for pair in listed:
                (one, _), (other, _) = pair.first, pair.second
                place = (pair.is_judged, one.party == other.party)
                within.add(place)
                beside |= {(b.kind, place) for a, b in ((one, other), (other, one)) if a.kind is Judged.JOINT_VALUE}
    assert found > 200
    assert within == {(False, False), (False, True), (True, False), (True, True)}
    if draw is DrawWithBoth:  # joint values beside every kind of number, and all four ways beside values and each other
        assert {kind for kind, _ in beside} == set(Judged) - {Judged.LINE}
        assert {(kind, place) for kind in (Judged.VALUE, Judged.JOINT_VALUE) for place in within} <= beside


def with_ranges(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a drawn case in which values of no agreement and joint values are judged with a range."""
    for given in raw["preferences"]:
        for term in given["interactions"]:
            at = term["value"]
            term["value"] = {"low": at - 0.3, "mode": at, "high": at + 0.3}
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


ALONE: dict[str, Any] = {
    "schema_version": "1",
    "id": "alone",
    "version": "1",
    "title": "One party",
    "authors": ["a test"],
    "licence": "CC0-1.0",
    "scale": {"low": 0, "high": 1},
    "parties": [{"id": "A", "name": "Aland", "kind": "state"}],
    "consent_lists": [{"id": "all", "name": "all", "parties": ["A"]}],
    "issues": [
        {"id": issue, "title": issue, "options": [{"id": "o1", "text": "one"}, {"id": "o2", "text": "two"}]}
        for issue in "wxyz"
    ],
}


@pytest.mark.parametrize(
    ("conditions", "paths"),
    [
        (["x in [o1] and y in [o1]"], {"interactions.x in [o1] and y in [o1]", "values.z.o1"}),
        (
            ["w in [o1] and x in [o1]", "y in [o1] and z in [o1]"],
            {"interactions.w in [o1] and x in [o1]", "interactions.y in [o1] and z in [o1]"},
        ),
    ],
)
def test_two_numbers_make_a_package_count_that_is_worst_by_all_others(conditions: list[str], paths: set[str]) -> None:
    """Every o1 is worth 0 and every o2 1/10, and joint values count 0 yet: the package of all o1 is worth least.

    With both numbers at 1 the party gets 2 by it, or 21/10 where w is free, with either alone at most 13/10: of the
    19/10 that it wants, 2 p (+ 1/10) are had at p = 19/20 (9/10) of the way.
    """
    values = {issue: {"o1": 0, "o2": 0.1} for issue in "wxyz"}
    given = {
        "party": "A",
        "weights": dict.fromkeys("wxyz", 1),
        "values": values,
        "interactions": [{"when": when, "value": 0} for when in conditions],
        "reservation": 1.9,
    }
    case = Case.model_validate({**ALONE, "preferences": [given]})
    compiled = compile_settlement(case, ["A"])
    assert not isinstance(compiled, Missing)
    analysis = Analysis(case, compiled, Weights.ANALYST)
    conclusion = next(one for one in analysis.conclusions() if one.completion is not None)
    assert not analysis.holds(conclusion)
    for listed in (LISTED, 0):
        pairs, _ = two_numbers(analysis, conclusion, False, most=EVERY, listed=listed, tries=EVERY)
        parts = [float(pair.part) for pair in pairs if {pair.first[0].path, pair.second[0].path} == paths]
        assert parts == pytest.approx([0.9 if len(conditions) == 1 else 0.95], abs=2**-19)
