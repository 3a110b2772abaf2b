"""Draws against sums over every set of binding lines and every package.

The cases of `test_case_brute_force` have exact numbers, so only the lines are left to chance, each by itself: the
probability of a zone is a sum over all sets of binding lines, computed here in fractions from the raw case.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from detente.case.case import Case
from detente.uncertainty.answer import settlement_answer
from tests.agreement.test_case_brute_force import Draw, Enumeration

DRAWS = 256
SEEDS = range(60)
#: Six standard errors of 256 x 50 independent draws, at most; those of one outer draw are even closer.
ERROR = 6 * 0.5 / (DRAWS * 50) ** 0.5
#: The noise of drawing lines is taken out of a range but for the error with which 256 draws know its variance.
LEFT_OVER = 0.08


def subsets(items: list[str]) -> itertools.chain[tuple[str, ...]]:
    return itertools.chain.from_iterable(itertools.combinations(items, n) for n in range(len(items) + 1))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_probability_of_a_zone_is_the_sum_over_all_sets_of_binding_lines(seed: int) -> None:
    raw = Draw(seed).case()
    report = settlement_answer(Case.model_validate(raw), draws=DRAWS, seed=seed)
    if "not_computed" in report:
        return
    listed = Enumeration(raw)
    own = report["draws"]["readings"][0]["zone"]
    for name in ("certain", "possible"):
        good = [
            {line for line in listed.lines if listed.crosses(listed.packages[k], line)}
            for k in listed.feasible
            if all(u >= d for u, d in zip(listed.worths[name][k], listed.needed, strict=True))
        ]
        expected = Fraction(0)
        for binding in subsets(list(listed.lines)):
            if any(not crossed & set(binding) for crossed in good):
                probability = Fraction(1)
                for line, entry in listed.lines.items():
                    p = Fraction(str(entry["p_binding"]))
                    probability *= p if line in binding else 1 - p
                expected += probability
        assert abs(own[name]["probability"] - float(expected)) <= ERROR, name
        assert own[name]["high"] - own[name]["low"] <= LEFT_OVER, "no number of these cases has a range"
    drawn = report["draws"]["readings"][0]["curve"]
    for step, share in zip(report["zone_curve"], drawn, strict=True):
        assert share["lines"] == step["lines"]
        assert (share["certain"], share["possible"]) == (step["certain"]["exists"], step["possible"]["exists"])


@pytest.mark.parametrize("seed", SEEDS)
def test_who_accepts_a_benchmark_is_a_product_over_the_lines_it_crosses(seed: int) -> None:
    raw = Draw(seed).case()
    report = settlement_answer(Case.model_validate(raw), draws=3, seed=seed)
    if "not_computed" in report:
        return
    listed = Enumeration(raw)
    for entry in report["draws"]["readings"][0]["packages"]:
        whole = entry["choice"]
        k = listed.packages.index(whole)
        for n, party in enumerate(listed.parties):
            expected = Fraction(int(listed.worths["certain"][k][n] >= listed.needed[n]))
            for line in listed.given[party]["red_lines"]:
                if listed.crosses(whole, line["id"]):
                    expected *= 1 - Fraction(str(line["p_binding"]))
            assert entry["parties"][party]["certain"]["probability"] == pytest.approx(float(expected), abs=1e-12)
