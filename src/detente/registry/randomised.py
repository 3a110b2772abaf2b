"""What two parties can settle on if packages may be mixed, in the case's own names."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from detente.case.case import Case
from detente.compile.compiled import Compiled
from detente.compile.settlement import SettlementTrace
from detente.core.errors import ModelError
from detente.engines.settlement import (
    Completion,
    Concept,
    Mixture,
    Randomised,
    SettlementModel,
    solve_randomised,
)
from detente.registry.entries import consent_entry

Report = dict[str, Any]

CONCEPT_KEYS = {
    Concept.NASH: "nash",
    Concept.KALAI_SMORODINSKY: "kalai_smorodinsky",
    Concept.EGALITARIAN: "egalitarian",
    Concept.UTILITARIAN: "utilitarian",
}


def randomised_report(
    case: Case, compiled: Compiled[SettlementModel, SettlementTrace], stated: Sequence[int], every: Sequence[int]
) -> Report:
    """Return the solutions over mixtures, under each reading of lines and unknown options.

    A list of more than two sides is not computed, and says so in one sentence.

    Parameters
    ----------
    case : Case
        For the consent test of each outcome.
    compiled : Compiled
        The model of a consent list, with its trace.
    stated, every : sequence of int
        The stated lines, which bind at the top level, and all of them, which bind under `with_inferred`.
    """
    named = _Named(case, compiled)
    top = named.reading(stated)
    if "not_computed" in top:
        return top
    return {**top, "with_inferred": None if list(stated) == list(every) else named.reading(every)}


class _Named:
    """Solves a model under one reading after another and names the results."""

    def __init__(self, case: Case, compiled: Compiled[SettlementModel, SettlementTrace]) -> None:
        self.case, self.model, self.trace = case, compiled.model, compiled.trace

    def reading(self, binding: Sequence[int]) -> Report:
        """Return the solutions with unknown options at their worst; at their best under `possible`."""
        try:
            certain = self._solved(binding, Completion.WORST)
            unknown = any(self.trace.unknown.values())
            return {**certain, "possible": self._solved(binding, Completion.BEST) if unknown else None}
        except ModelError as error:
            return {"not_computed": f"{error.what[0].upper()}{error.what[1:]}, got {error.got}."}

    def _solved(self, binding: Sequence[int], completion: Completion) -> Report:
        found = solve_randomised(self.model, binding=binding, completion=completion)
        return {
            "ideal": None if found.ideal is None else self._utility(found.ideal),
            "hull": [self._utility(corner) for corner in found.corners],
            "solutions": self._solutions(found),
            "left_out": [
                party
                for k, party in enumerate(self.trace.parties)
                if any(k in solution.left_out for solution in found.solutions)
            ],
        }

    def _solutions(self, found: Randomised) -> Report:
        answer: Report = {key: [] for key in CONCEPT_KEYS.values()}
        for solution in found.solutions:
            answer[CONCEPT_KEYS[solution.concept]] = [self._mixture(mixture) for mixture in solution.mixtures]
        return answer

    def _mixture(self, mixture: Mixture) -> Report:
        issues = self.trace.issues
        return {
            "utility": self._utility(mixture.utilities),
            "split": [issues[i] for i in mixture.split],
            "instead": [[issues[i] for i in group] for group in mixture.instead],
            "outcomes": [
                {
                    "share": float(share),
                    "package": self.trace.package(package),
                    "below_no_agreement": [self.trace.parties[k] for k in below],
                    **consent_entry(self.case, self.trace.package(package), self.trace.parties),
                }
                for share, package, below in zip(mixture.shares, mixture.packages, mixture.below, strict=True)
            ],
        }

    def _utility(self, values: Sequence[Fraction | int]) -> dict[str, float]:
        return {
            party: float(Fraction(value) / self.trace.grid)
            for party, value in zip(self.trace.parties, values, strict=True)
        }
