"""Breakpoints of joint values against plain enumeration of a file in which the joint value is written otherwise.

Neither compile layer nor engine has a part in the second method: `Enumeration` lists packages in fractions.
"""

from __future__ import annotations

import copy
import functools
from fractions import Fraction
from typing import Any

import pytest

from detente.case.case import Case
from detente.core.condition import parse_condition
from detente.uncertainty.breakpoints import breakpoint_report
from tests.agreement.test_case_brute_force import Draw, Enumeration, exactly

Raw = dict[str, Any]
STEP = 1e-5
"""Above the rounding of a printed threshold; drawn numbers and their sums lie much further apart."""

GRID = [-30, -1.75, -0.7, -0.2, 0, 0.2, 0.7, 1.75, 30]
SEEDS = range(3000, 3060)


class DrawWithJointValues(Draw):
    """A drawn case in which every party has three joint values, few lines, and a value of no agreement."""

    def preference(self, party: str) -> Raw:
        given = super().preference(party)
        issues = list(self.options)
        pairs = [self.random.sample(issues, min(2, len(issues))) for _ in range(3)]
        values = [0.1, 0.25, 0.5, -0.25, -0.5]
        joint = [{"when": self.condition(pair), "value": self.random.choice(values)} for pair in pairs]
        return {
            **given,
            "interactions": joint,
            "red_lines": given["red_lines"][:1],
            "reservation": self.random.choice([0.5, 0.75, 1.0]),
        }


def with_joint_value(raw: Raw, party: str, place: int, value: float) -> Raw:
    """Return the file with one joint value written otherwise."""
    other = copy.deepcopy(raw)
    given = next(one for one in other["preferences"] if one["party"] == party)
    given["interactions"][place]["value"] = value
    return other


def is_in_zone(counted: Enumeration, conclusion: Raw) -> bool:
    """Return whether some package is in the zone under the lines and the reading of a conclusion."""
    every = conclusion["lines"] == "stated_and_inferred"
    binding = [name for name, line in counted.lines.items() if every or line["basis"] == "stated"]
    return bool(counted.zone(binding, conclusion["reading"]))


def paths(given: Raw) -> list[str]:
    """Return by which path the report calls each joint value of a party."""
    seen: list[str] = []
    for term in given["interactions"]:
        path = f"interactions.{parse_condition(term['when'])}"
        again = sum(one == path or one.startswith(f"{path} (") for one in seen)
        seen.append(f"{path} ({again + 1})" if again else path)
    return seen


@pytest.mark.parametrize("chunk", range(3))
def test_a_joint_value_turns_a_zone_where_the_report_says_and_nowhere_else(chunk: int) -> None:
    listed = 0
    for seed in SEEDS[chunk::3]:
        raw = DrawWithJointValues(seed).case()

        @functools.cache
        def counted(party: str, place: int, value: float, raw: Raw = raw) -> Enumeration:
            return Enumeration(with_joint_value(raw, party, place, value))

        now_counted = Enumeration(raw)
        part = breakpoint_report(Case.model_validate(raw))["by_consent"]["all"]
        for entry in part.get("conclusions", []):
            conclusion, now = entry["conclusion"], entry["now"]
            if conclusion["what"] == "package":
                continue
            assert is_in_zone(now_counted, conclusion) is now
            joint = [single for single in entry["singles"] if single["kind"] == "joint_value"]
            flips = {(single["party"], single["path"]): single for single in joint}
            assert len(flips) == len(joint), "a joint value turns a zone one way only"
            for given in raw["preferences"]:
                for place, (path, term) in enumerate(zip(paths(given), given["interactions"], strict=True)):
                    single = flips.pop((given["party"], path), None)
                    values = [*GRID]
                    if single is not None:
                        listed += 1
                        exact = float(Fraction(single["exact"]))
                        assert single["when"] == str(parse_condition(term["when"]))
                        values += [exact - STEP, exact + STEP, single["threshold"]]
                    for value in values:
                        truth = is_in_zone(counted(given["party"], place, value), conclusion)
                        assert truth is (now is not turned(single, value)), (seed, given["party"], path, value)
            assert not flips
    assert listed > 20


def turned(single: Raw | None, value: float) -> bool:
    """Return whether a report says that a zone is as it is not now when the joint value is this."""
    if single is None:
        return False
    at, exact = exactly(value), Fraction(single["exact"])
    if at == exact:
        return bool(single["reached"])
    return at > exact if single["flips"] == "above" else at < exact
