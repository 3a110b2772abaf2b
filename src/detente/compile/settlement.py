"""From a case and a consent list to the settlement model.

Only what every member has numbers for goes in. An issue that a member has not coded is left out of the package in
that analysis, and named. An unknown option of a coded issue counts with its whole range, 0 to 1, never with its middle.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from detente.case.case import Case
from detente.case.position import Basis
from detente.case.preference import Interaction as JointValue
from detente.case.red_lines import StandingLine, standing_lines
from detente.compile.compiled import Compiled, Missing
from detente.compile.truth_table import truth_table
from detente.core.errors import ModelError
from detente.core.estimate import Estimate
from detente.core.fields import text_of
from detente.engines.settlement.evaluate import evaluate
from detente.engines.settlement.model import GRID, Interaction, Line, Rule, SettlementModel

Table = NDArray[np.int64]

NEARLY = Fraction(1, 1000)
"""A value this close to a whole step, in steps, is that step."""

LARGEST_DENOMINATOR = 10**6
"""A judged or imported number with at most this denominator is taken as the fraction that it stands for."""


class Weights(StrEnum):
    """Whose weights an analysis uses; the value is the CLI word."""

    ANALYST = "analyst"  # the case's judged weights
    EQUAL = "equal"  # the same weight on every issue, blind to parties


class ReservationBasis(StrEnum):
    """Where the value of no agreement comes from."""

    STATED = "reservation in the case"
    OUTLOOK = "scenarios without agreement"
    ASSUMED = "assumed: its worst package"


@dataclass(frozen=True, slots=True)
class SettlementTrace:
    """What each index of a settlement model stands for.

    `speakers` are the parties whose text and numbers stand for the members (itself, unless represented).
    `unknown` lists, per member and issue, the options of unknown value. `grid` is the number of steps per unit of
    utility.
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
    reservations: tuple[ReservationBasis, ...]
    grid: int

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
    """
    speakers = tuple(case.stand_in(member) for member in members)
    considered = [issue.id for issue in case.issues if issues is None or issue.id in issues]
    uncoded = {
        member: tuple(issue for issue in considered if not _has_numbers(case, speaker, issue))
        for member, speaker in zip(members, speakers, strict=True)
    }
    missing = tuple(member for member in members if len(uncoded[member]) == len(considered))
    shared = tuple(issue for issue in considered if not any(issue in left for left in uncoded.values()))
    if missing or not shared or not members:
        return Missing(missing, no_shared_issue=not shared)

    options = {issue: tuple(option.id for option in case.issue[issue].options) for issue in shared}
    assumed: list[str] = []
    sides = [_Side(case, speaker, shared, options, weights) for speaker in speakers]
    lines, line_traces = _lines(case, members, speakers, options)
    links, link_ids = _links(case, options)
    grid = _grid_for(sides)
    interactions = [term for party, side in enumerate(sides) for term in _interactions(side, party, grid, assumed)]
    draft = SettlementModel(
        worst=tuple(np.stack([_on_grid(side.worst[issue], grid) for side in sides]) for issue in shared),
        best=tuple(np.stack([_on_grid(side.best[issue], grid) for side in sides]) for issue in shared),
        bias=np.zeros(len(members), dtype=np.int64),
        reservation=np.zeros(len(members), dtype=np.int64),
        interactions=tuple(interactions),
        links=links,
        lines=lines,
    )
    reservation, bases = _reservations(case, speakers, draft, grid)
    assumed += _assumptions(case, members, speakers, uncoded, bases)
    return Compiled(
        model=replace(draft, reservation=reservation),
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
            reservations=bases,
            grid=grid,
        ),
        assumed=tuple(dict.fromkeys(assumed)),
    )


class _Side:
    """One party's option utilities as exact fractions, with unknown options at their worst and at their best."""

    def __init__(
        self, case: Case, speaker: str, issues: Sequence[str], options: Mapping[str, Sequence[str]], weights: Weights
    ) -> None:
        self.preference = case.preference[speaker]
        self.options = options
        self.worst: dict[str, list[Fraction]] = {}
        self.best: dict[str, list[Fraction]] = {}
        self.unknown: dict[str, tuple[str, ...]] = {}
        weight = _weights(case, speaker, issues, weights)
        low, high = (Fraction(0), Fraction(1)) if case.scale is None else map(exact, (case.scale.low, case.scale.high))
        for issue in issues:
            known = {option: exact(series[-1].mode) for option, series in self.preference.values[issue].items()}
            self.unknown[issue] = tuple(option for option in options[issue] if option not in known)
            if case.scale is None and not self.unknown[issue]:
                known = _rescaled(known)
            self.worst[issue] = [weight[issue] * known.get(option, low) for option in options[issue]]
            self.best[issue] = [weight[issue] * known.get(option, high) for option in options[issue]]
        for term in self.preference.interactions:
            _add_single(self, term)


def _has_numbers(case: Case, speaker: str, issue: str) -> bool:
    preference = case.preference.get(speaker)
    return preference is not None and issue in preference.weights and bool(preference.values.get(issue))


def exact(number: float) -> Fraction:
    """Return the fraction with a small denominator that a float stands for, else the float's own value.

    Decimals of an analyst and thirds of an imported file keep the ties they were meant to have.

    Examples
    --------
    >>> exact(0.1), exact(1 / 3)
    (Fraction(1, 10), Fraction(1, 3))
    """
    simple = Fraction(number).limit_denominator(LARGEST_DENOMINATOR)
    return simple if float(simple) == number else Fraction(number)


def _grid_for(sides: Sequence[_Side]) -> int:
    """Return how many steps a unit of utility has, the same for all parties.

    It is the largest multiple of the utilities' common denominator up to 2**40, so that equal utilities stay
    equal; where that denominator is larger than 2**40, it is 2**40 and utilities are rounded.
    """
    common = 1
    for side in sides:
        for utilities in (*side.worst.values(), *side.best.values()):
            for utility in utilities:
                common = math.lcm(common, utility.denominator)
                if common > GRID:
                    return GRID
    return GRID // common * common


def _weights(case: Case, speaker: str, issues: Sequence[str], weights: Weights) -> dict[str, Fraction]:
    """Return the weights of the issues of an analysis: to sum 1 in a judged case, as they are on an imported scale."""
    judged: dict[str, Estimate] = case.preference[speaker].weights
    modes = {issue: Fraction(1) if weights is Weights.EQUAL else exact(judged[issue].mode) for issue in issues}
    if case.scale is not None and weights is Weights.ANALYST:
        return modes
    total = sum(modes.values())
    return {issue: (mode / total if total else Fraction(1, len(modes))) for issue, mode in modes.items()}


def _rescaled(values: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return values with the worst option at 0 and the best at 1 (unchanged where all are equal)."""
    low, high = min(values.values()), max(values.values())
    if low == high:
        return dict(values)
    return {option: (value - low) / (high - low) for option, value in values.items()}


def _on_grid(values: Sequence[Fraction], grid: int) -> Table:
    return np.array([round(value * grid) for value in values], dtype=np.int64)


def _rule(issues: Sequence[str], order: Sequence[str], allowed: NDArray[np.bool_]) -> Rule:
    return Rule(tuple(order.index(issue) for issue in issues), allowed)


def _lines(
    case: Case, members: Sequence[str], speakers: Sequence[str], options: Mapping[str, Sequence[str]]
) -> tuple[tuple[Line, ...], tuple[StandingLine, ...]]:
    order = list(options)
    lines, traces = [], []
    for party, speaker in enumerate(speakers):
        for line in standing_lines(case, speaker):
            if line.relaxed:
                continue
            issues, crossed = truth_table(line.condition, options, undecided=False)
            if crossed.any():
                probability = line.p_nested.mode
                lines.append(
                    Line(party, _rule(issues, order, ~crossed), probability, stated=line.basis is Basis.STATED)
                )
                traces.append(replace(line, party=members[party]))
    return tuple(lines), tuple(traces)


def _links(case: Case, options: Mapping[str, Sequence[str]]) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    order = list(options)
    links, ids = [], []
    for link in case.links:
        issues, kept = truth_table(link.condition, options, undecided=True)
        if not kept.all():
            links.append(_rule(issues, order, kept))
            ids.append(link.id)
    return tuple(links), tuple(ids)


def _add_single(side: _Side, term: JointValue) -> None:
    """Add the value of a condition over one issue to the issue's own options."""
    issues, holds = truth_table(term.when, side.options, undecided=False)
    if len(term.when.issues()) == 1 and issues:
        extra = exact(term.value.mode)
        for table in (side.worst, side.best):
            table[issues[0]] = [u + extra * int(h) for u, h in zip(table[issues[0]], holds.tolist(), strict=True)]


def _interactions(side: _Side, party: int, grid: int, assumed: list[str]) -> list[Interaction]:
    """Return the tables of a party's conditions over two issues."""
    order = list(side.options)
    tables = []
    for term in side.preference.interactions:
        read = term.when.issues()
        if len(read) > 2:
            raise ModelError(
                where=f'preferences, party "{side.preference.party}", interaction "{term.when}"',
                what="a joint value reads too many issues",
                got=len(read),
                allowed="A joint value is for the options of two issues",
                hint="Split it into pairs",
            )
        if any(issue not in side.options for issue in read):
            assumed.append(f"A joint value ({term.when}) is left out: one of its issues is.")
        elif len(read) == 2:
            issues, holds = truth_table(term.when, side.options, undecided=False)
            first, second = (order.index(issue) for issue in issues)
            extra = holds.astype(np.int64) * round(exact(term.value.mode) * grid)
            tables.append(Interaction(party, (first, second), extra))
    return tables


def _reservations(
    case: Case, speakers: Sequence[str], model: SettlementModel, grid: int
) -> tuple[NDArray[np.int64], tuple[ReservationBasis, ...]]:
    worst = evaluate(model, [None] * len(model.sizes)).low
    values, bases = [], []
    for party, speaker in enumerate(speakers):
        value, basis = no_agreement_value(case, speaker)
        values.append(worst[party] if value is None else _least_step(value, grid))
        bases.append(basis)
    return np.array(values, dtype=np.int64), tuple(bases)


def _least_step(value: Fraction, grid: int) -> int:
    """Return the least step that is no worse than a value; nearly whole steps (a float's last bits) count as whole."""
    steps = value * grid
    nearest = round(steps)
    return nearest if abs(steps - nearest) < NEARLY else math.ceil(steps)


def no_agreement_value(case: Case, party: str) -> tuple[Fraction | None, ReservationBasis]:
    """Return a party's value of no agreement at the most likely numbers, and where it comes from.

    With scenarios it is the sum of payoff times belief, beliefs scaled to sum to 1. None means that nothing is
    coded: the party's worst package is assumed.
    """
    preference = case.preference.get(party)
    if preference is not None and preference.reservation is not None:
        return exact(preference.reservation.mode), ReservationBasis.STATED
    for outlook in case.no_agreement.outlooks:
        if outlook.party != party:
            continue
        beliefs = {scenario: exact(belief.mode) for scenario, belief in outlook.beliefs.items()}
        total = sum(beliefs.values())
        if total > 0 and set(beliefs) <= set(outlook.payoffs):
            payoffs = (belief * exact(outlook.payoffs[scenario].mode) for scenario, belief in beliefs.items())
            return sum(payoffs, Fraction(0)) / total, ReservationBasis.OUTLOOK
    return None, ReservationBasis.ASSUMED


def _assumptions(
    case: Case,
    members: Sequence[str],
    speakers: Sequence[str],
    uncoded: Mapping[str, tuple[str, ...]],
    bases: Sequence[ReservationBasis],
) -> list[str]:
    sentences = []
    for member, speaker in zip(members, speakers, strict=True):
        if member != speaker:
            sentences.append(
                f"{_name(case, member)}: represented by the coded text of {_name(case, speaker)}, an assumption."
            )
    for member, basis in zip(members, bases, strict=True):
        if basis is ReservationBasis.ASSUMED:
            sentences.append(f"{_name(case, member)}: no value of no agreement is coded; its worst package is assumed.")
        elif basis is ReservationBasis.OUTLOOK and any(uncoded.values()):
            sentences.append(
                "The value of no agreement was judged on the scale of all issues and is used unchanged on those shared."
            )
    return sentences


def _name(case: Case, party: str) -> str:
    return text_of(case.party[party].name)
