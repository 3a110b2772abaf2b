"""Groups of issues settled one by one beside one package for all of them, in the case's own names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from detente.case.case import Case
from detente.compile.compiled import Compiled
from detente.compile.settlement import SettlementTrace
from detente.core.errors import ModelError
from detente.engines.settlement import Completion, Group, GroupPoint, SettlementModel, solve_groups
from detente.registry.entries import consent_entry

Report = dict[str, Any]


def issue_groups_report(
    case: Case,
    compiled: Compiled[SettlementModel, SettlementTrace],
    stated: Sequence[int],
    zones: tuple[Report, Report | None],
) -> Report:
    """Return the case's clusters of issues solved one by one, and what each party gets from that and from one package.

    Parameters
    ----------
    case : Case
        Whose issues name their clusters; an issue without one is a group of its own.
    compiled : Compiled
        The model of a consent list, with its trace.
    stated : sequence of int
        The stated lines, which bind at the top level; all lines bind under `with_inferred`.
    zones : pair of reports
        The zone with stated lines binding, and that with all, if there are others.
    """
    named = _Named(case, compiled)
    top = named.reading(stated, zones[0])
    every = range(len(compiled.model.lines))
    return {**top, "with_inferred": None if zones[1] is None else named.reading(every, zones[1])}


class _Named:
    """Solves the groups under one reading after another and names the results."""

    def __init__(self, case: Case, compiled: Compiled[SettlementModel, SettlementTrace]) -> None:
        self.case, self.model, self.trace = case, compiled.model, compiled.trace
        clusters = {issue.id: issue.cluster for issue in case.issues}
        groups: dict[tuple[str | None, str], list[int]] = {}
        for number, issue in enumerate(self.trace.issues):
            cluster = clusters[issue]
            groups.setdefault((cluster, issue if cluster is None else ""), []).append(number)
        self.clusters = [cluster for cluster, _ in groups]
        self.groups = list(groups.values())

    def reading(self, binding: Sequence[int], zone: Mapping[str, Any]) -> Report:
        """Return the groups with unknown options at their worst; at their best under `possible`."""
        try:
            certain = self._solved(binding, Completion.WORST, zone)
            best = zone["possible"]
            return {**certain, "possible": None if best is None else self._solved(binding, Completion.BEST, best)}
        except ModelError as error:
            return {"not_computed": str(error)}

    def _solved(self, binding: Sequence[int], completion: Completion, zone: Mapping[str, Any]) -> Report:
        found = solve_groups(self.model, groups=self.groups, binding=binding, completion=completion)
        package = [solution["utility"] for solution in zone["solutions"]["nash"]]
        return {
            "groups": [self._group(group) for group in found.groups],
            "one_by_one": {
                party: [self._units(low), self._units(high)]
                for party, low, high in zip(self.trace.parties, found.low, found.high, strict=True)
            },
            "package_deal": {
                party: [min(utility[party] for utility in package), max(utility[party] for utility in package)]
                for party in self.trace.parties
            }
            if package
            else None,
        }

    def _group(self, group: Group) -> Report:
        names = self.trace
        clusters = [self.clusters[k] for k in group.of]
        issues = [names.issues[i] for i in group.issues]
        return {
            "clusters": [cluster for cluster in clusters if cluster is not None],
            "issues": issues,
            "joined_by": {
                "links": [names.links[k] for k in group.links],
                "lines": [names.lines[k].id for k in group.lines],
                "joint_values": list(
                    dict.fromkeys(names.parties[self.model.interactions[k].party] for k in group.interactions)
                ),
            },
            "no_agreement": self._utility(group.no_agreement),
            "solutions": [
                {
                    "package": package,
                    "utility": self._utility(point.utilities),
                    **consent_entry(self.case, package, names.parties),
                }
                for point in group.points
                for package in (self._package(group, point),)
            ],
            "conflicts": [
                {
                    "lines": [names.lines[k].id for k in conflict.lines],
                    "reservations": [names.parties[k] for k in conflict.parties],
                }
                for conflict in group.conflicts
            ],
        }

    def _package(self, group: Group, point: GroupPoint) -> dict[str, str]:
        names = self.trace
        return {names.issues[i]: names.options[i][o] for i, o in zip(group.issues, point.options, strict=True)}

    def _utility(self, values: Sequence[Fraction]) -> dict[str, float]:
        return {party: self._units(value) for party, value in zip(self.trace.parties, values, strict=True)}

    def _units(self, steps: Fraction) -> float:
        return float(steps / self.trace.grid)
