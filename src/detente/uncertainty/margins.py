"""How far packages leave a speaker above its value of no agreement when some of its numbers are set elsewhere.

Many settings and packages are answered at once in floating point; where a margin is too close to zero for its sign to
be sure, it is computed again in fractions. So no answer rests on rounding.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from detente.case.case import Case
from detente.compile.no_agreement import ReservationBasis
from detente.compile.settlement import SettlementTrace, Weights
from detente.compile.utilities import exact, rescaled
from detente.engines.settlement import Rule
from detente.maths.compiled import BoolArray, Int64Array
from detente.uncertainty.joint_values import joint_rule
from detente.uncertainty.judgements import Judged, Judgement, Numbers

Floats = NDArray[np.float64]
Setting = Mapping[Judgement, Fraction]
"""Numbers of one speaker and where they are set; all others stay."""

UNSURE = 1e-9
"""Margins are decided in floating point only beyond this part of the largest sum that enters them."""

NARROW = 1e-5
"""An issue whose values lie closer together is rescaled in fractions."""

HELD = 1 << 22
"""Margins held at a time."""


@dataclass(frozen=True, slots=True)
class Exact:
    """A speaker's numbers at one setting, in fractions: what each option counts, and what no agreement is worth.

    `needed` is None where every package reaches it. `rest` is by how much the weights of issues are scaled that stay
    as they are, compared with now. `joint` is by how much each joint value is more than now, and on which condition.
    """

    utility: tuple[tuple[Fraction, ...], ...]
    needed: Fraction | None
    rest: Fraction
    joint: tuple[tuple[Rule, Fraction], ...]


def met(condition: Rule, chosen: Int64Array) -> BoolArray:
    """Return per package, given its options, whether it meets a condition."""
    found: BoolArray = condition.allowed[tuple(chosen[:, issue] for issue in condition.issues)]
    return found


class Margins:
    """The numbers of one speaker in one analysis, and which packages reach its value of no agreement.

    Parameters
    ----------
    case, speaker, trace, weights
        Whose numbers, and of which analysis.
    numbers : Numbers
        Unknown options at their worst or at their best.
    slack : Fraction
        How far the compiled model lowered the value of no agreement because utilities are rounded.
    """

    def __init__(
        self, case: Case, speaker: str, trace: SettlementTrace, weights: Weights, numbers: Numbers, slack: Fraction
    ) -> None:
        self.trace, self.numbers, self.slack = trace, numbers, slack
        self.is_judged = case.scale is None
        self.is_scaled = self.is_judged and weights is Weights.ANALYST
        preference = case.preference[speaker]
        analyst = weights is Weights.ANALYST
        self.weights = tuple(exact(preference.weights[i].mode) if analyst else numbers.weights[i] for i in trace.issues)
        self.reservation, basis = trace.reservations[trace.speakers.index(speaker)]
        self.conditions = {term: joint_rule(case, speaker, trace, term) for term in numbers.joint}
        self.beliefs: dict[str, Fraction] = {}
        self.payoffs: dict[str, Fraction] = {}
        if basis is ReservationBasis.OUTLOOK:
            outlook = next(entry for entry in case.no_agreement.outlooks if entry.party == speaker)
            self.beliefs = {scenario: exact(belief.mode) for scenario, belief in outlook.beliefs.items()}
            self.payoffs = {scenario: exact(outlook.payoffs[scenario].mode) for scenario in self.beliefs}

    def exactly(self, setting: Setting) -> Exact:
        """Return the speaker's numbers at a setting."""
        weights = self._weights_at(setting)
        before, after = sum(self.weights, Fraction(0)), sum(weights, Fraction(0))
        scaled = self.is_scaled and after > 0
        utility = tuple(
            tuple((weight / after if scaled else weight) * value for value in self._values_at(setting, issue))
            for issue, weight in zip(self.trace.issues, weights, strict=True)
        )
        needed = self._needed_at(setting)
        return Exact(
            utility,
            None if needed is None else needed - self.slack,
            before / after if scaled else Fraction(1),
            self._joint_at(setting),
        )

    def _joint_at(self, setting: Setting) -> tuple[tuple[Rule, Fraction], ...]:
        return tuple((self.conditions[one.term], to - one.now) for one, to in setting.items() if one.term is not None)

    def _weights_at(self, setting: Setting) -> list[Fraction]:
        moved = {one.issue: to for one, to in setting.items() if one.kind is Judged.WEIGHT}
        return [moved.get(issue, now) for issue, now in zip(self.trace.issues, self.weights, strict=True)]

    def _values_at(self, setting: Setting, issue: str) -> Sequence[Fraction]:
        moved = {one.option: to for one, to in setting.items() if one.kind is Judged.VALUE and one.issue == issue}
        if not moved:
            return self.numbers.counted[issue]
        options = self.trace.options[self.trace.issues.index(issue)]
        values = {o: moved.get(o, now) for o, now in zip(options, self.numbers.values[issue], strict=True)}
        if self.is_judged and all(option in moved for option in self.numbers.unknown[issue]):
            values = rescaled(values)
        return tuple(values.values())

    def _needed_at(self, setting: Setting) -> Fraction | None:
        beliefs, payoffs, needed = dict(self.beliefs), dict(self.payoffs), self.reservation
        for one, to in setting.items():
            if one.kind is Judged.RESERVATION:
                needed = to
            elif one.kind is Judged.PAYOFF:
                payoffs[str(one.scenario)] = to
            elif one.kind is Judged.BELIEF:  # the others share what is left
                others = sum(beliefs.values()) - beliefs[str(one.scenario)]
                factor = (1 - to) / others if others > 0 else Fraction(0)
                beliefs = {scenario: belief * factor for scenario, belief in beliefs.items()}
                beliefs[str(one.scenario)] = to
        if not beliefs:
            return needed
        total = sum(beliefs.values(), Fraction(0))
        if total == 0:
            return None
        return sum((belief * payoffs[scenario] for scenario, belief in beliefs.items()), Fraction(0)) / total

    def reached(self, settings: Sequence[Setting], chosen: Int64Array, joint: Int64Array) -> BoolArray:
        """Return per setting and package whether the package leaves the speaker as well off as no agreement.

        Parameters
        ----------
        settings : sequence
            Numbers set elsewhere, each setting by itself.
        chosen : (packages, issues) int64
            Options of the packages.
        joint : (packages,) int64
            What joint values give as they are now, in steps of the grid.

        Returns
        -------
        (settings, packages) bool
        """
        held = max(1, HELD // max(1, len(chosen)))
        parts = [self._some_reached(settings[at : at + held], chosen, joint) for at in range(0, len(settings), held)]
        return np.concatenate(parts) if parts else np.zeros((0, len(chosen)), np.bool_)

    def _some_reached(self, settings: Sequence[Setting], chosen: Int64Array, joint: Int64Array) -> BoolArray:
        utility, narrow = self._utilities(settings)
        needed = np.array([self._float_needed(setting) for setting in settings])
        extra = joint / self.trace.grid
        margin = np.subtract.outer(-np.where(np.isfinite(needed), needed, 0.0), -extra)
        largest = np.where(np.isfinite(needed), np.abs(needed), 0.0) + np.abs(extra).max(initial=0.0) + 1.0
        for issue, counts in enumerate(utility):
            margin += counts[:, chosen[:, issue]]
            largest += np.abs(counts).max(axis=1)
        for row, setting in enumerate(settings):
            for condition, more in self._joint_at(setting):
                margin[row, met(condition, chosen)] += float(more)
                largest[row] += abs(float(more))
        margin[~np.isfinite(needed)] = np.inf  # every package reaches it
        found: BoolArray = margin > 0
        unsure = (np.abs(margin) <= UNSURE * largest[:, None]) | narrow[:, None]
        for at in np.flatnonzero(unsure.any(axis=1)).tolist():
            which = np.flatnonzero(unsure[at])
            found[at, which] = self.exactly_reached(settings[at], chosen[which], joint[which])
        return found

    def exactly_reached(self, setting: Setting, chosen: Int64Array, joint: Int64Array) -> BoolArray:
        """Return per package whether it reaches the value of no agreement, in whole numbers of any size."""
        at = self.exactly(setting)
        if at.needed is None:
            return np.ones(len(chosen), np.bool_)
        parts = [at.needed, *(one for row in at.utility for one in row), *(more for _, more in at.joint)]
        unit = math.lcm(self.trace.grid, *(part.denominator for part in parts))
        margin = joint.astype(object) * (unit // self.trace.grid) - int(at.needed * unit)
        for issue, row in enumerate(at.utility):
            margin = margin + np.array([int(one * unit) for one in row], dtype=object)[chosen[:, issue]]
        for condition, more in at.joint:
            margin = margin + met(condition, chosen).astype(object) * int(more * unit)
        return np.asarray(margin >= 0, dtype=np.bool_)

    def _float_needed(self, setting: Setting) -> float:
        needed = self._needed_at(setting)
        return -math.inf if needed is None else float(needed - self.slack)

    def _utilities(self, settings: Sequence[Setting]) -> tuple[list[Floats], BoolArray]:
        """Return per issue what its options count at each setting, and which settings floating point leaves unsure."""
        weights = np.tile(np.array([float(one) for one in self.weights]), (len(settings), 1))
        values = [
            np.tile(np.array([float(v) for v in self.numbers.values[issue]]), (len(settings), 1))
            for issue in self.trace.issues
        ]
        known = [np.full(len(settings), len(self.numbers.unknown[issue])) for issue in self.trace.issues]
        touched = [np.zeros(len(settings), np.bool_) for _ in self.trace.issues]
        for row, setting in enumerate(settings):
            for one, to in setting.items():
                if one.issue is None:  # it enters through no agreement or a joint value alone
                    continue
                at = self.trace.issues.index(one.issue)
                if one.kind is Judged.WEIGHT:
                    weights[row, at] = float(to)
                else:
                    values[at][row, self.trace.options[at].index(str(one.option))] = float(to)
                    known[at][row] -= one.is_unknown
                    touched[at][row] = True
        if self.is_scaled:
            total = weights.sum(axis=1, keepdims=True)
            weights = np.divide(weights, total, out=weights, where=total > 0)
        narrow = np.zeros(len(settings), np.bool_)
        utility = []
        for at, issue in enumerate(self.trace.issues):
            counted = np.tile(np.array([float(v) for v in self.numbers.counted[issue]]), (len(settings), 1))
            low, high = values[at].min(axis=1, keepdims=True), values[at].max(axis=1, keepdims=True)
            scaled = (touched[at] & (known[at] == 0) & self.is_judged)[:, None]
            narrow |= (scaled & (high - low < NARROW))[:, 0]
            wide = np.where(high > low, high - low, 1.0)
            counted = np.where(touched[at][:, None], values[at], counted)
            counted = np.where(scaled, (values[at] - low) / wide, counted)
            utility.append(counted * weights[:, [at]])
        return utility, narrow
