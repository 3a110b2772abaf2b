"""From a case and a consent list to the settlement model.

Only what every member has numbers for goes in. An issue that a member has not coded is left out of the package in
that analysis, and named. An unknown option of a coded issue counts with its whole range, never with its middle.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from detente.case.case import Case
from detente.case.red_lines import StandingLine
from detente.compile.compiled import Compiled, Missing
from detente.compile.no_agreement import ReservationBasis, no_agreement_value
from detente.compile.rules import compiled_lines, compiled_links, truth_table
from detente.compile.utilities import PartyUtilities, Weights, common_grid, party_utilities
from detente.core.fields import text_of
from detente.engines.settlement import Interaction, SettlementModel, evaluate

__all__ = ["ReservationBasis", "SettlementTrace", "Weights", "compile_settlement"]

Table = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SettlementTrace:
    """What each index of a settlement model stands for.

    `speakers` are the parties whose text and numbers stand for the members (itself, unless represented).
    `unknown` lists, per member and issue, the options of unknown value. `grid` is the number of steps per unit of
    utility, `reservations` the exact values of no agreement with where they come from.
    """

    parties: tuple[str, ...]
    speakers: tuple[str, ...]
    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    lines: tuple[StandingLine, ...]
    links: tuple[str, ...]
    left_out: tuple[str, ...]
    uncoded: Mapping[str, tuple[str, ...]]
    unknown: Mapping[str, Mapping[str, tuple[str, ...]]]
    reservations: tuple[tuple[Fraction, ReservationBasis], ...]
    grid: int

    @property
    def sides(self) -> tuple[tuple[int, ...], ...]:
        """Return the indices of the members that each speaker stands for."""
        members: dict[str, list[int]] = {}
        for member, speaker in enumerate(self.speakers):
            members.setdefault(speaker, []).append(member)
        return tuple(map(tuple, members.values()))

    def package(self, chosen: Sequence[int]) -> dict[str, str]:
        """Return a package of option indices as issue → option."""
        return {issue: self.options[i][chosen[i]] for i, issue in enumerate(self.issues)}

    def chosen(self, package: Mapping[str, str]) -> tuple[int | None, ...]:
        """Return a package as option indices; None where an issue is open."""
        return tuple(
            self.options[i].index(package[issue]) if issue in package else None for i, issue in enumerate(self.issues)
        )


def compile_settlement(
    case: Case, members: Sequence[str], *, weights: Weights = Weights.ANALYST, issues: Sequence[str] | None = None
) -> Compiled[SettlementModel, SettlementTrace] | Missing:
    """Return the settlement model for the members of a consent list, or what is missing for it.

    Parameters
    ----------
    case : Case
        As of its day.
    members : sequence of str
        Party ids, in the order of the consent list.
    weights : Weights
        The case's judged weights, or equal ones.
    issues : sequence of str, optional
        Restrict the analysis to these issues.

    Raises
    ------
    ModelError
        If a condition joins too many issues.
    """
    speakers = tuple(case.stand_in(member) for member in members)
    considered = [issue.id for issue in case.issues if issues is None or issue.id in issues]
    uncoded = {
        member: tuple(issue for issue in considered if not _is_coded(case, speaker, issue))
        for member, speaker in zip(members, speakers, strict=True)
    }
    missing = tuple(member for member in members if len(uncoded[member]) == len(considered))
    shared = tuple(issue for issue in considered if not any(issue in left for left in uncoded.values()))
    if missing or not shared or not members:
        return Missing(missing, no_shared_issue=not shared)

    every = {issue.id: tuple(option.id for option in issue.options) for issue in case.issues}
    options = {issue: every[issue] for issue in shared}
    hidden = {issue: names for issue, names in every.items() if issue not in options}
    sides = [party_utilities(case, speaker, options, weights) for speaker in speakers]
    stated = [no_agreement_value(case, speaker) for speaker in speakers]
    grid, whole = common_grid(sides, (value for value, _ in stated))
    assumed: list[str] = []
    lines, line_traces = compiled_lines(case, members, speakers, options, hidden, assumed)
    links, link_ids = compiled_links(case, options, hidden, assumed)
    draft = SettlementModel(
        worst=tuple(np.stack([_steps(side.worst[issue], grid) for side in sides]) for issue in shared),
        best=tuple(np.stack([_steps(side.best[issue], grid) for side in sides]) for issue in shared),
        bias=np.zeros(len(members), dtype=np.int64),
        reservation=np.zeros(len(members), dtype=np.int64),
        interactions=tuple(
            table for party, side in enumerate(sides) for table in _interactions(side, party, options, grid)
        ),
        links=links,
        lines=lines,
    )
    worst = evaluate(draft, [None] * len(shared)).low
    reservations = tuple(
        (Fraction(worst[party], grid) if value is None else value, basis) for party, (value, basis) in enumerate(stated)
    )
    slack = Fraction(0) if whole else Fraction(len(shared), 2)
    needed = [math.ceil(value * grid - slack) for value, _ in reservations]
    assumed += _assumptions(case, members, speakers, sides, [basis for _, basis in stated], shared)
    return Compiled(
        model=replace(draft, reservation=np.array(needed, dtype=np.int64)),
        trace=SettlementTrace(
            parties=tuple(members),
            speakers=speakers,
            issues=shared,
            options=tuple(options.values()),
            lines=line_traces,
            links=link_ids,
            left_out=tuple(issue for issue in considered if issue not in shared),
            uncoded=uncoded,
            unknown={
                member: {issue: left for issue, left in side.unknown.items() if left}
                for member, side in zip(members, sides, strict=True)
            },
            reservations=reservations,
            grid=grid,
        ),
        assumed=tuple(dict.fromkeys(assumed)),
    )


def _is_coded(case: Case, speaker: str, issue: str) -> bool:
    """Return whether a party has numbers on an issue and, in a case that codes positions, a position."""
    preference = case.preference.get(speaker)
    has_numbers = preference is not None and issue in preference.weights and bool(preference.values.get(issue))
    return has_numbers and (not case.positions or case.is_coded(speaker, issue))


def _steps(values: Sequence[Fraction], grid: int) -> Table:
    return np.array([round(value * grid) for value in values], dtype=np.int64)


def _interactions(
    side: PartyUtilities, party: int, options: Mapping[str, Sequence[str]], grid: int
) -> list[Interaction]:
    """Return a party's joint values as tables over pairs of issues."""
    order = list(options)
    tables = []
    for term in side.joint:
        issues, holds = truth_table(term.when, options, {}, whatever=True)
        first, second = (order.index(issue) for issue in issues)
        tables.append(Interaction(party, (first, second), holds.astype(np.int64) * round(term.value * grid)))
    return tables


def _assumptions(
    case: Case,
    members: Sequence[str],
    speakers: Sequence[str],
    sides: Sequence[PartyUtilities],
    bases: Sequence[ReservationBasis],
    shared: Sequence[str],
) -> list[str]:
    sentences = []
    for member, speaker, side, basis in zip(members, speakers, sides, bases, strict=True):
        name = _name(case, member)
        if member != speaker:
            sentences.append(f"{name}: represented by the coded text of {_name(case, speaker)}, an assumption.")
        if side.weightless:
            sentences.append(f"{name}: every weight on these issues is zero, so all packages are worth the same to it.")
        sentences += [
            f"{name}: a joint value ({when}) is left out, since one of its issues is." for when in side.dropped
        ]
        if basis is ReservationBasis.ASSUMED:
            sentences.append(f"{name}: no value of no agreement is coded; its worst package is assumed.")
        elif len(shared) < len(case.issues):
            sentences.append(
                "The value of no agreement was judged on the scale of all issues and is used unchanged on "
                f"{'this one' if len(shared) == 1 else 'those in the analysis'}."
            )
    return sentences


def _name(case: Case, party: str) -> str:
    return text_of(case.party[party].name)
