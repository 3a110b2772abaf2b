"""Whole cases, from what stands in the file to the report, against plain enumeration in fractions.

The enumeration reads the raw case and shares no code with the compile layer or the engine: it lists every package,
adds decimals as fractions, and applies the definitions of `docs/theory/settlement.md` word by word. Numbers are few and
round, so that ties and packages exactly at the value of no agreement are common.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest

from detente.case.case import Case
from detente.core.condition import parse_condition
from detente.registry.settlement import settlement_report

Raw = dict[str, Any]
Package = dict[str, str]
SEEDS = range(150)


class Draw:
    """One random case: parties, issues, links, lines, joint values, unknown and uncoded cells, no agreement."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        some = self.random
        self.parties = [f"p{k}" for k in range(some.choice([1, 2, 2, 3]))]
        self.options = {
            f"i{k}": [f"o{n}" for n in range(some.choice([1, 2, 3, 4]))] for k in range(some.choice([1, 2, 3, 4]))
        }
        self.scale = some.choice([None, None, {"low": -10, "high": 10}])
        self.steps = some.choice([2, 3, 4, 5, 10])

    def number(self) -> float:
        """Return one of few values on the scale."""
        low, high = (0, 1) if self.scale is None else (self.scale["low"], self.scale["high"])
        return low + (high - low) * self.random.randint(0, self.steps) / self.steps

    def condition(self, issues: list[str], depth: int = 0) -> str:
        """Return a random condition over some issues."""
        kind = "in" if depth == 2 else self.random.choice(["in", "in", "not", "and", "or", "if"])
        if kind == "in":
            issue = self.random.choice(issues)
            some = self.random.sample(self.options[issue], self.random.randint(1, len(self.options[issue])))
            return f"{issue} in [{', '.join(some)}]"
        first, second = (self.condition(issues, depth + 1) for _ in range(2))
        return {
            "not": f"(not {first})",
            "and": f"({first} and {second})",
            "or": f"({first} or {second})",
            "if": f"(if {first} then {second})",
        }[kind]

    def preference(self, party: str) -> Raw:
        """Return a party's numbers and lines."""
        some = self.random
        coded = [issue for issue in self.options if some.random() < 0.92]
        values = {issue: {o: self.number() for o in self.options[issue] if some.random() < 0.85} for issue in coded}
        pairs = [some.sample(list(self.options), min(2, len(self.options))) for _ in range(some.choice([0, 0, 1, 2]))]
        given: Raw = {
            "party": party,
            "weights": {issue: some.choice([1, 1, 2, 3, 0.5]) for issue in coded},
            "values": {issue: series for issue, series in values.items() if series},
            "interactions": [{"when": self.condition(pair), "value": some.choice([0.1, 0.25, -0.5])} for pair in pairs],
            "red_lines": [
                {
                    "id": f"{party}-{k}",
                    "never": self.condition(list(self.options)),
                    "basis": some.choice(["stated", "stated", "inferred"]),
                    "p_binding": some.choice([0.2, 0.5, 0.9]),
                }
                for k in range(some.randint(0, 3))
            ],
        }
        if some.random() < 0.7:
            given["reservation"] = self.number() if some.random() < 0.8 else 0.5
        return given

    def case(self) -> Raw:
        """Return the case as it would stand in a file."""
        return {
            "schema_version": "1",
            "id": "drawn",
            "version": "1",
            "title": "A drawn case",
            "authors": ["tests"],
            "licence": "CC0-1.0",
            **({} if self.scale is None else {"scale": self.scale}),
            "parties": [{"id": party, "name": party, "kind": "state"} for party in self.parties],
            "consent_lists": [{"id": "all", "name": "all", "parties": self.parties}],
            "issues": [
                {"id": issue, "title": issue, "options": [{"id": o, "text": o} for o in options]}
                for issue, options in self.options.items()
            ],
            "links": [
                {"id": f"k{k}", "condition": self.condition(list(self.options))}
                for k in range(self.random.choice([0, 0, 1, 2]))
            ],
            "preferences": [self.preference(party) for party in self.parties],
        }


@dataclass
class Enumeration:
    """Every package of the shared issues, with what it is worth and which rules it breaks."""

    raw: Raw

    def __post_init__(self) -> None:
        self.parties = [entry["id"] for entry in self.raw["parties"]]
        self.every = {issue["id"]: [o["id"] for o in issue["options"]] for issue in self.raw["issues"]}
        self.given = {entry["party"]: entry for entry in self.raw["preferences"]}
        self.shared = [i for i in self.every if all(self.given[p]["values"].get(i) for p in self.parties)]
        self.hidden = [issue for issue in self.every if issue not in self.shared]
        self.packages = list(combinations(self.every, self.shared))
        self.unseen = list(combinations(self.every, self.hidden))
        self.lines = {line["id"]: line for party in self.parties for line in self.given[party]["red_lines"]}
        self.feasible = [k for k, package in enumerate(self.packages) if self.keeps_links(package)]
        worst = [self.worth(package, high=False) for package in self.packages]
        best = [self.worth(package, high=True) for package in self.packages]
        self.worths = {"certain": worst, "possible": best}
        self.needed = [
            exactly(self.given[party]["reservation"])
            if "reservation" in self.given[party]
            else min(vector[n] for vector in worst)
            for n, party in enumerate(self.parties)
        ]

    def keeps_links(self, package: Package) -> bool:
        """Return whether some choice on the issues left out keeps all links."""
        conditions = [parse_condition(link["condition"]) for link in self.raw["links"]]
        return any(all(c.holds({**package, **rest}) for c in conditions) for rest in self.unseen)

    def crosses(self, package: Package, line: str) -> bool:
        """Return whether a package crosses a line whatever the issues left out turn out to be."""
        condition = parse_condition(self.lines[line]["never"])
        return all(bool(condition.holds({**package, **rest})) for rest in self.unseen)

    def worth(self, package: Package, *, high: bool) -> tuple[Fraction, ...]:
        """Return the utility vector of a package, unknown options at their best or at their worst."""
        return tuple(self.worth_to(party, package, high=high) for party in self.parties)

    def worth_to(self, party: str, package: Package, *, high: bool) -> Fraction:
        """Return what a package is worth to one party."""
        given, scale = self.given[party], self.raw.get("scale")
        ends = (0, 1) if scale is None else (scale["low"], scale["high"])
        weights = {issue: exactly(given["weights"][issue]) for issue in self.shared}
        if scale is None:
            total = sum(weights.values())
            weights = {issue: weight / total for issue, weight in weights.items()}
        utility = Fraction(0)
        for issue in self.shared:
            values = {option: exactly(value) for option, value in given["values"][issue].items()}
            low, top = min(values.values()), max(values.values())
            if scale is None and len(values) == len(self.every[issue]) and low < top:
                values = {option: (value - low) / (top - low) for option, value in values.items()}
            utility += weights[issue] * values.get(package[issue], Fraction(ends[high]))
        for term in given["interactions"]:
            condition = parse_condition(term["when"])
            if all(issue in self.shared for issue in condition.issues()) and condition.holds(package):
                utility += exactly(term["value"])
        return utility

    def zone(self, binding: list[str], reading: str) -> list[int]:
        """Return the packages of the agreement zone."""
        return [
            k
            for k in self.feasible
            if not any(self.crosses(self.packages[k], line) for line in binding)
            and all(u >= d for u, d in zip(self.worths[reading][k], self.needed, strict=True))
        ]


def exactly(number: float) -> Fraction:
    """Return the decimal or simple fraction that was written."""
    return Fraction(number).limit_denominator(10**6)


def combinations(options: dict[str, list[str]], issues: list[str]) -> list[Package]:
    """Return every choice on some issues."""
    return [
        dict(zip(issues, chosen, strict=True)) for chosen in itertools.product(*(options[issue] for issue in issues))
    ]


def non_dominated(vectors: list[tuple[Fraction, ...]]) -> set[tuple[Fraction, ...]]:
    """Return the vectors that no other dominates."""
    distinct = set(vectors)
    return {v for v in distinct if not any(w != v and all(a >= b for a, b in zip(w, v, strict=True)) for w in distinct)}


def rounded(vectors: set[tuple[Fraction, ...]]) -> set[tuple[float, ...]]:
    """Return vectors to nine digits, for comparison with printed numbers."""
    return {tuple(round(float(u), 9) for u in vector) for vector in vectors}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_report_of_a_drawn_case_is_that_of_plain_enumeration(seed: int) -> None:
    raw = Draw(seed).case()
    plain = Enumeration(raw)
    report = settlement_report(Case.model_validate(raw))
    if not plain.shared:
        assert report["not_computed"]["no_shared_issue"]
        return
    stated = [name for name, line in plain.lines.items() if line["basis"] == "stated"]
    readings = [(report, stated)]
    if report["with_inferred"] is not None:
        readings.append((report["with_inferred"], list(plain.lines)))
    assert report["issues"] == plain.shared
    assert report["packages"]["total"] == str(len(plain.packages))
    for found, binding in readings:
        compare(found, plain, binding, "certain")
        if found["possible"] is not None:
            compare(found["possible"], plain, binding, "possible")
        if not plain.zone(binding, "certain"):
            compare_conflicts(found, plain, binding)


def compare(found: Raw, plain: Enumeration, binding: list[str], reading: str) -> None:
    """Hold counts, frontiers and the additive solution of one reading against the enumeration."""
    kept = [k for k in plain.feasible if not any(plain.crosses(plain.packages[k], line) for line in binding)]
    assert found["packages"]["no_red_line"] == str(len(kept))
    zone = plain.zone(binding, reading)
    count = found["packages"]["in_zone"]
    if isinstance(count, str):
        assert count == str(len(zone))
    else:
        assert int(count["low"]) <= len(zone) <= int(count["high"])
    worths = plain.worths[reading]
    frontier = non_dominated([worths[k] for k in zone])
    points = {tuple(round(point["utility"][p], 9) for p in plain.parties): point for point in found["frontier"]}
    assert set(points) == rounded(frontier)
    for vector in frontier:
        point = points[tuple(round(float(u), 9) for u in vector)]
        assert point["count"] == str(sum(worths[k] == vector for k in zone))
        assert worths[plain.packages.index(point["package"])] == vector
    everywhere = {tuple(round(p["utility"][q], 9) for q in plain.parties) for p in found["frontier_unconstrained"]}
    assert everywhere == rounded(non_dominated([worths[k] for k in plain.feasible]))
    if zone:
        most = max(sum(worths[k]) for k in zone)
        best = {tuple(round(p["utility"][q], 9) for q in plain.parties) for p in found["solutions"]["utilitarian"]}
        assert best == rounded({worths[k] for k in zone if sum(worths[k]) == most})


def compare_conflicts(found: Raw, plain: Enumeration, binding: list[str]) -> None:
    """Hold the minimal conflicts of an empty zone against all subsets of its demands."""
    surely = found["possible"] is None or not plain.zone(binding, "possible")
    worths = plain.worths["possible" if surely else "certain"]
    demands = [("line", line) for line in binding] + [("party", party) for party in plain.parties]
    met = []
    for k in plain.feasible:
        crossed = {("line", line) for line in binding if plain.crosses(plain.packages[k], line)}
        short = {("party", party) for n, party in enumerate(plain.parties) if worths[k][n] < plain.needed[n]}
        met.append(set(demands) - crossed - short)
    minimal: list[set[tuple[str, str]]] = []
    for size in range(len(demands) + 1):
        for chosen in map(set, itertools.combinations(demands, size)):
            if not any(smaller <= chosen for smaller in minimal) and not any(chosen <= kept for kept in met):
                minimal.append(chosen)
    ours = [
        {("line", line) for line in conflict["lines"]} | {("party", party) for party in conflict["reservations"]}
        for conflict in found["red_line_conflicts"]
    ]
    assert sorted(map(sorted, ours)) == sorted(map(sorted, minimal))
