"""Frontiers, counts and solutions of real and random domains, computed independently."""

import json
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.engines.settlement import GRID, Completion, Concept, Settlement, SettlementModel, solve

HERE = Path(__file__).parent / "data"
GENIUS = (
    "anac2010-ItexvsCypress",
    "anac2010-Travel",
    "anac2011-Energy",
    "anac2012-NiceOrDieA",
    "anac2013-Wholesaler",
    "anac2015-Politics",
    "anac2016-EnergyLarge",
    "other-Jobs",
    "other-pie",
)
LOCAL = sorted(path.stem for path in HERE.glob("*-*.json"))

PRINTED = 1e-9
"""Utilities of the real domains are printed as 64-bit floats of fractions and summed in them."""

FALSE_POINTS = {"anac2011-Energy": 4}
"""Listed points that are dominated by a clear margin in exact arithmetic, for instance (98240, 7222) by
(98240, 8792) in steps of 1/100480: two float sums that should be equal differ in the last digit."""

FLOAT_NOISE = 1e-12
LARGEST_DENOMINATOR = 5000


def read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def exact_scale(numbers: list[float]) -> int:
    """Return the steps per unit in which all numbers are whole, or those of the grid.

    Real domains have utilities like 3/785, whose sums tie exactly; rounded to the grid
    such ties would be broken. The engine takes any scale, so the test uses theirs.
    """
    scale = 1
    for number in numbers:
        fraction = Fraction(number).limit_denominator(LARGEST_DENOMINATOR)
        if abs(float(fraction) - number) > FLOAT_NOISE:
            return GRID
        scale = lcm(scale, fraction.denominator)
    return scale if scale < GRID else GRID


def model_of(domain: dict[str, Any]) -> tuple[SettlementModel, int]:
    """Return the model and its steps per unit; a party without a reserved value accepts its worst package."""
    parties = domain["parties"]
    numbers = [term for party in parties for issue in party["utility"]["terms"] for term in issue]
    numbers += [party["reserved"] for party in parties if party["reserved"] is not None]
    scale = (1 << 20) if all((x * (1 << 20)).is_integer() for x in numbers) else exact_scale(numbers)
    tables = []
    for issue in range(len(domain["issues"])):
        rows = [[round(term * scale) for term in party["utility"]["terms"][issue]] for party in parties]
        tables.append(np.array(rows, np.int64))
    bias = np.array([round(party["utility"].get("bias", 0.0) * scale) for party in parties], np.int64)
    worst = np.sum([table.min(axis=1) for table in tables], axis=0) + bias
    reserved = [
        int(low) if party["reserved"] is None else round(party["reserved"] * scale)
        for party, low in zip(parties, worst, strict=True)
    ]
    return SettlementModel(tuple(tables), tuple(tables), bias, np.array(reserved, np.int64)), scale


def check(domain: dict[str, Any]) -> None:
    oracle = domain["oracle"]
    model, scale = model_of(domain)
    found: Settlement = solve(model, binding=(), completion=Completion.WORST).solutions[0]
    assert found.counts.total == domain["n_outcomes"]
    assert found.counts.in_zone.exact
    assert found.counts.in_zone.low == oracle["n_rational"]
    false = FALSE_POINTS.get(domain["name"], 0)
    frontier = found.zone_frontier
    assert len(frontier) == oracle["frontier_size"] - false
    if false == 0:
        assert sum(frontier.counts) == oracle["frontier_outcomes_incl_ties"]
    if oracle.get("frontier") is not None:
        listed = {tuple(round(u * scale) for u in point) for point in oracle["frontier"]}
        ours = {point.utilities for point in frontier}
        if scale != GRID:
            assert ours <= listed
            for extra in listed - ours:
                assert any(all(a >= b for a, b in zip(better, extra, strict=True)) for better in ours)
        else:
            apart = frontier.values / scale - np.array(sorted(oracle["frontier"], reverse=True))
            assert np.abs(apart).max() < PRINTED
    truth = oracle["independent"]
    solutions = {s.concept: s for s in found.solutions}
    for concept, key in (
        (Concept.NASH, "nash"),
        (Concept.KALAI_SMORODINSKY, "ks_leximin_ir_ideal"),
        (Concept.EGALITARIAN, "egalitarian_leximin"),
    ):
        vectors = np.array([p.utilities for p in solutions[concept].points]) / scale
        assert (np.abs(vectors - np.array(truth[key]["utils"])).max(axis=1) < PRINTED).any(), key
    best = sum(solutions[Concept.UTILITARIAN].points[0].utilities) / scale
    assert best == pytest.approx(truth["utilitarian"]["sum"], abs=PRINTED)


@pytest.mark.parametrize("name", LOCAL)
def test_random_domains_agree_with_the_independent_results(name: str) -> None:
    check(read(HERE / f"{name}.json"))


@pytest.mark.shared
@pytest.mark.parametrize("name", GENIUS)
def test_published_domains_agree_with_the_independent_results(name: str, shared: Path) -> None:
    check(read(shared / "oracles" / "packages" / "genius" / f"{name}.json"))


@pytest.mark.shared
def test_every_random_domain_agrees(shared: Path) -> None:
    files = sorted((shared / "oracles" / "packages" / "random").glob("*.json"))
    domains = [path for path in files if not path.name.startswith("tab-")]
    assert domains
    for path in domains:
        check(read(path))


@pytest.mark.shared
def test_the_other_kalai_smorodinsky_differs_as_often_as_the_benchmarks_page_says(shared: Path) -> None:
    differs = {}
    for kind in ("random", "genius"):
        oracles = [read(path)["oracle"] for path in sorted((shared / "oracles" / "packages" / kind).glob("*.json"))]
        differs[kind] = (
            sum(
                all(
                    np.abs(np.subtract(p["utils"], o["independent"]["ks_leximin_ir_ideal"]["utils"])).max() > PRINTED
                    for p in o["ks"]
                )
                for o in oracles
            ),
            len(oracles),
        )
    page = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    (random, generated), (real, published) = differs["random"], differs["genius"]
    assert f"on {random} of {generated} generated and {real} of {published} published domains" in page
