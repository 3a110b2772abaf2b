"""From the estimates of a case to draws of a settlement model, as arrays; no case is built on the way.

Every judged number of the case has a column, numbered by its place in the file. A column is drawn as one uniform
number per draw, and the number is the PERT quantile there. So the draws do not depend on names, on the consent list,
or on how many workers share them, and a lens changes numbers and not chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.case.case import Case
from detente.case.red_lines import StandingLine, shared_draws, standing_lines
from detente.compile.compiled import Compiled
from detente.compile.no_agreement import ReservationBasis
from detente.compile.rules import truth_table
from detente.compile.settlement import SettlementTrace
from detente.compile.utilities import Weights
from detente.core.condition import Condition
from detente.core.estimate import Estimate
from detente.core.streams import Purpose, stream
from detente.engines.settlement import Interaction, SettlementModel
from detente.engines.settlement.draws import NEVER_PRESSED, Draws, Ties
from detente.maths.compiled import BoolArray, FloatArray, Int64Array
from detente.maths.pert import pert_quantile

BLOCK = 256
"""Outer draws made from one stream; the unit in which work is split."""

CONTESTED = 0.5
"""How often a contested line stands: another voice of its party said otherwise, and neither is preferred."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chance:
    """The random part of one block of draws: the same for every reading and every consent list of a case.

    Attributes
    ----------
    estimates : (BLOCK, columns) float
        Where in its range each judged number lies, as a probability.
    binding : (BLOCK, lines, inner) float
        Uniform numbers that decide on lines. Within an outer draw those of a line are spread evenly over [0, 1)
        (Latin hypercube) in each half of the inner draws, so few suffice, and the two halves tell how much is left to
        chance.
    stands : (BLOCK, lines, inner) bool
        Whether a contested line stands.
    """

    estimates: FloatArray
    binding: FloatArray
    stands: BoolArray

    def first(self, draws: int) -> Chance:
        """Return the chance of the first draws of the block."""
        return Chance(self.estimates[:draws], self.binding[:draws], self.stands[:draws])

    @classmethod
    def of(cls, seed: int, block: int, columns: Columns, inner: int) -> Chance:
        """Return the chance of a block under a seed; `inner` is even."""
        shape = (BLOCK, columns.lines, 2, inner // 2)
        whole = (BLOCK, columns.lines, inner)
        source = stream(seed, Purpose.BINDING, block)
        stratum = np.argsort(source.random(shape), axis=3)
        return cls(
            estimates=stream(seed, Purpose.ESTIMATES, block).random((BLOCK, len(columns.low))),
            binding=((stratum + source.random(shape)) / (inner // 2)).reshape(whole),
            stands=source.random(whole) < CONTESTED,
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """The judged numbers of a case by what they are, in the order of the file.

    Keys are ("prior", text class), ("weight", party, issue), ("value", party, issue, option), ("joint", party, place),
    ("reservation", party), ("line", party, line), ("belief" or "payoff", party, scenario). `line_place` gives each
    (party, line) its place among all lines, and `lines` is their number.
    """

    place: Mapping[Key, int]
    low: FloatArray
    mode: FloatArray
    high: FloatArray
    line_place: Mapping[tuple[str, str], int]

    @property
    def lines(self) -> int:
        """Return the number of red lines that the case gives."""
        return len(self.line_place)

    def differing(self, other: Columns) -> Int64Array:
        """Return the columns whose numbers differ from those of another reading of the same case."""
        unlike = (self.low != other.low) | (self.mode != other.mode) | (self.high != other.high)
        return np.flatnonzero(unlike)

    def drawn(self, chance: Chance, like: tuple[Columns, FloatArray] | None = None) -> FloatArray:
        """Return every judged number in each draw of a block; shape (draws, columns).

        Parameters
        ----------
        like : tuple, optional
            Columns of another reading of the same case and what was drawn for them: only numbers that differ are
            drawn anew.
        """
        if like is None:
            return pert_quantile(chance.estimates, self.low, self.mode, self.high)
        other, numbers = like
        differs = self.differing(other)
        found = numbers.copy()
        found[:, differs] = pert_quantile(
            chance.estimates[:, differs], self.low[differs], self.mode[differs], self.high[differs]
        )
        return found


def columns_of(case: Case) -> Columns:
    """Return the columns of a case.

    A red line has a column of its own even where its probability is that of its text class, so that a lens that gives
    it one moves no other column.
    """
    found: dict[Key, Estimate | None] = {}
    lines: dict[tuple[str, str], int] = {}
    for text_class, prior in case.text_class_priors.items():
        found["prior", text_class.value] = prior
    for preference in case.preferences:
        party = preference.party
        for issue, weight in preference.weights.items():
            found["weight", party, issue] = weight
        for issue, options in preference.values.items():
            for option, series in options.items():
                found["value", party, issue, option] = series[-1]
        for place, term in enumerate(preference.interactions):
            found["joint", party, str(place)] = term.value
        found["reservation", party] = preference.reservation
        standing = {line.id: line for line in standing_lines(case, party)}
        for line in preference.red_lines:
            found["line", party, line.id] = standing[line.id].probability
            lines[party, line.id] = len(lines)
    for outlook in case.no_agreement.outlooks:
        for scenario, belief in outlook.beliefs.items():
            found["belief", outlook.party, scenario] = belief
        for scenario, payoff in outlook.payoffs.items():
            found["payoff", outlook.party, scenario] = payoff
    bounds = [(0.0, 0.0, 0.0) if one is None else (one.low, one.mode, one.high) for one in found.values()]
    low, mode, high = np.array(bounds, dtype=np.float64).reshape(-1, 3).T
    return Columns({key: place for place, key in enumerate(found)}, low, mode, high, lines)


@dataclass(frozen=True, slots=True)
class DrawPlan:
    """All that is needed to draw models for one consent list: what belongs where, and how lines hang together.

    Attributes
    ----------
    model : SettlementModel
        Issues, links and lines; its interactions are truth tables of 0 and 1, since their values are drawn.
    speakers, speaker_of : tuple
        Where each speaker's numbers stand, and which speaker each member has.
    ties, tie_places : Ties and (ties,) int64
        How lines hang together, and the place among all lines whose uniform numbers decide on a tie.
    probabilities : (lines,) int64
        Column of each line's probability, taken alone.
    """

    model: SettlementModel
    grid: int
    speakers: tuple[_Speaker, ...]
    speaker_of: tuple[int, ...]
    ties: Ties
    tie_places: Int64Array
    probabilities: Int64Array

    def outer(self, numbers: FloatArray) -> Draws:
        """Return the outer draws for drawn numbers of the case, (draws, columns)."""
        drawn = [speaker.drawn(numbers, self.grid) for speaker in self.speakers]
        members = [drawn[k] for k in self.speaker_of]
        return Draws(
            worst=tuple(np.stack(tables, axis=1) for tables in zip(*(one.worst for one in members), strict=True)),
            best=tuple(np.stack(tables, axis=1) for tables in zip(*(one.best for one in members), strict=True)),
            joint=np.concatenate([one.joint for one in members], axis=1),
            reservation=np.stack([one.reservation for one in members], axis=1),
            probability=numbers[:, self.probabilities],
        )

    def inner(self, chance: Chance, draws: Draws) -> BoolArray:
        """Return which lines bind in the inner draws of a block; shape (draws, inner, lines)."""
        return self.ties.binding(
            draws.probability, chance.binding[:, self.tie_places], chance.stands[:, self.tie_places]
        )


def plan_draws(
    case: Case, compiled: Compiled[SettlementModel, SettlementTrace], columns: Columns, *, weights: Weights
) -> DrawPlan:
    """Return how to draw models like a compiled one.

    Members for whom the same party speaks get the same draws: they are one judgement.

    Parameters
    ----------
    case : Case
        The case from which the model was compiled, with the same weights.
    columns : Columns
        Those of the case.
    """
    trace = compiled.trace
    names = tuple(dict.fromkeys(trace.speakers))
    ties, places, probabilities = _ties(case, trace, columns)
    return DrawPlan(
        model=replace(compiled.model, interactions=_truths(case, trace)),
        grid=trace.grid,
        speakers=tuple(_speaker(case, compiled, columns, name, weights) for name in names),
        speaker_of=tuple(names.index(speaker) for speaker in trace.speakers),
        ties=ties,
        tie_places=np.array(places, dtype=np.int64),
        probabilities=np.array(probabilities, dtype=np.int64),
    )


def _truths(case: Case, trace: SettlementTrace) -> tuple[Interaction, ...]:
    """Return the joint values of two issues as truth tables, in the order of the compiled model's."""
    options = dict(zip(trace.issues, trace.options, strict=True))
    found = []
    for member, speaker in enumerate(trace.speakers):
        for term in case.preference[speaker].interactions:
            read = term.when.issues()
            if len(read) == 2 and all(issue in options for issue in read):
                issues, holds = truth_table(term.when, options, {}, whatever=True)
                first, second = (trace.issues.index(issue) for issue in issues)
                found.append(Interaction(member, (first, second), holds.astype(np.int64)))
    return tuple(found)


def _ties(case: Case, trace: SettlementTrace, columns: Columns) -> tuple[Ties, list[int], list[int]]:
    """Return how the lines of an analysis hang together, the place of each tie's uniform numbers, and line columns.

    A line of a party that speaks for several members is one line, with one draw.
    """
    speaker_of = dict(zip(trace.parties, trace.speakers, strict=True))
    standing = {(speaker, one.id): one for speaker in trace.speakers for one in standing_lines(case, speaker)}
    at = {(line.party, line.id): place for place, line in enumerate(trace.lines)}
    draw = shared_draws(trace.lines)
    binds_with = np.zeros((len(at), len(at)), dtype=np.bool_)
    found: list[int] = []
    first = [columns.lines] * (max(draw, default=-1) + 1)
    for place, line in enumerate(trace.lines):
        speaker = speaker_of[line.party]
        own = line.implied_by[0] if line.implied_by else line.id
        binds_with[place, place] = not line.implied_by  # what follows from others binds with them and not by itself
        for name in line.stronger:
            binds_with[place, at[line.party, name]] = True
        found.append(columns.place[_line_key(case, speaker, standing[speaker, own])])
        first[draw[place]] = min(first[draw[place]], columns.line_place[speaker, own])
    contested = np.array([line.contested for line in trace.lines], dtype=np.bool_)
    return Ties(np.array(draw, dtype=np.int64), binds_with, contested), first, found


def _line_key(case: Case, speaker: str, line: StandingLine) -> Key:
    """Return the column of a line's probability, taken alone: that of its text class where the prior gives it."""
    given = next(one for one in case.preference[speaker].red_lines if one.id == line.id)
    if given.p_binding is None and line.text_class is not None and not line.assumed:
        return ("prior", line.text_class.value)
    return ("line", speaker, line.id)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One speaker's numbers in each draw, in steps of the grid."""

    worst: tuple[Int64Array, ...]  # per issue (draws, K_i)
    best: tuple[Int64Array, ...]
    joint: Int64Array  # (draws, joint values of two issues)
    reservation: Int64Array  # (draws,)


@dataclass(frozen=True, slots=True)
class _Speaker:
    """In which columns one speaker's numbers stand, and how they make a utility.

    Attributes
    ----------
    weights : list of int
        Columns of the weights, one per issue.
    equal_weights, weights_scaled : bool
        Whether every issue gets the same share of their sum; whether weights are scaled to sum to 1.
    values : tuple of tuples, one per issue
        Per option its column, None where it is unknown.
    ends : pair of float
        Where an unknown option lies at its worst and at its best.
    rescaled : bool
        Whether an issue whose options are all known is rescaled to worst 0 and best 1.
    single : tuple of (column, issue, (K_i,) bool)
        Joint values that read one issue, and for which of its options they hold.
    joint : list of int
        Columns of the joint values of two issues, in the order of the model's interactions.
    reservation, beliefs, payoffs : list of int
        The column of a reservation, or the columns of beliefs and payoffs of the same scenarios; all empty if the
        worst package is assumed.
    """

    weights: list[int]
    equal_weights: bool
    weights_scaled: bool
    values: tuple[tuple[int | None, ...], ...]
    ends: tuple[float, float]
    rescaled: bool
    single: tuple[tuple[int, int, BoolArray], ...]
    joint: list[int]
    reservation: list[int]
    beliefs: list[int]
    payoffs: list[int]

    def drawn(self, numbers: FloatArray, grid: int) -> _Drawn:
        """Return this speaker's utilities in each draw."""
        share = self._shares(numbers)
        worst: list[FloatArray] = []
        best: list[FloatArray] = []
        for issue, columns in enumerate(self.values):
            known = [place for place, column in enumerate(columns) if column is not None]
            table = numbers[:, [column for column in columns if column is not None]]
            if self.rescaled and len(known) == len(columns):
                table = _rescaled(table)
            for end, tables in zip(self.ends, (worst, best), strict=True):
                whole = np.full((len(numbers), len(columns)), end)
                whole[:, known] = table
                tables.append(share[:, issue, None] * whole)
        for column, issue, holds in self.single:
            extra = numbers[:, column, None] * holds
            worst[issue] += extra
            best[issue] += extra
        return _Drawn(
            worst=tuple(_steps(table, grid) for table in worst),
            best=tuple(_steps(table, grid) for table in best),
            joint=_steps(numbers[:, self.joint], grid),
            reservation=self._no_agreement(numbers, grid),
        )

    def _shares(self, numbers: FloatArray) -> FloatArray:
        drawn = numbers[:, self.weights]
        if self.equal_weights:
            whole = 1.0 if self.weights_scaled else drawn.sum(axis=1, keepdims=True)
            drawn = np.broadcast_to(whole / drawn.shape[1], drawn.shape)
        return _over_sum(drawn) if self.weights_scaled and not self.equal_weights else drawn

    def _no_agreement(self, numbers: FloatArray, grid: int) -> Int64Array:
        if self.reservation:
            value = numbers[:, self.reservation[0]]
        elif self.beliefs:
            value = (_over_sum(numbers[:, self.beliefs]) * numbers[:, self.payoffs]).sum(axis=1)
        else:
            return np.full(len(numbers), NEVER_PRESSED, np.int64)
        # options are rounded by half a step each at most: a package that just reaches must not fall short by that
        found: Int64Array = np.ceil(value * grid - len(self.values) / 2).astype(np.int64)
        return found


def _speaker(
    case: Case,
    compiled: Compiled[SettlementModel, SettlementTrace],
    columns: Columns,
    party: str,
    weights: Weights,
) -> _Speaker:
    trace, place = compiled.trace, columns.place
    preference = case.preference[party]
    judged = case.scale is None
    single: list[tuple[int, int, BoolArray]] = []
    joint: list[int] = []
    for number, term in enumerate(preference.interactions):
        read = term.when.issues()
        if any(issue not in trace.issues for issue in read):
            continue
        column = place["joint", party, str(number)]
        if len(read) == 2:
            joint.append(column)
        else:
            issue = trace.issues.index(read[0])
            single.append((column, issue, _holds(term.when, read[0], trace.options[issue])))
    basis = trace.reservations[trace.speakers.index(party)][1]
    outlook = next((one for one in case.no_agreement.outlooks if one.party == party), None)
    scenarios = [] if outlook is None or basis is not ReservationBasis.OUTLOOK else list(outlook.beliefs)
    return _Speaker(
        weights=[place["weight", party, issue] for issue in trace.issues],
        equal_weights=weights is Weights.EQUAL,
        weights_scaled=judged,
        values=tuple(
            tuple(place.get(("value", party, issue, option)) for option in options)
            for issue, options in zip(trace.issues, trace.options, strict=True)
        ),
        ends=(0.0, 1.0) if case.scale is None else (case.scale.low, case.scale.high),
        rescaled=judged,
        single=tuple(single),
        joint=joint,
        reservation=[place["reservation", party]] if basis is ReservationBasis.STATED else [],
        beliefs=[place["belief", party, scenario] for scenario in scenarios],
        payoffs=[place["payoff", party, scenario] for scenario in scenarios],
    )


def _over_sum(drawn: FloatArray) -> FloatArray:
    """Return rows divided by their sums; a row of zeros stays so."""
    total = drawn.sum(axis=1, keepdims=True)
    found: FloatArray = np.divide(drawn, total, out=np.zeros_like(drawn), where=total > 0)
    return found


def _holds(rule: Condition, issue: str, options: Sequence[str]) -> BoolArray:
    return np.array([bool(rule.holds({issue: option})) for option in options], dtype=np.bool_)


def _rescaled(values: FloatArray) -> FloatArray:
    """Return values with each draw's worst at 0 and best at 1 (unchanged where all are equal)."""
    low = values.min(axis=1, keepdims=True)
    span = values.max(axis=1, keepdims=True) - low
    return np.where(span > 0, (values - low) / np.where(span > 0, span, 1.0), values)


def _steps(values: FloatArray, grid: int) -> Int64Array:
    found: Int64Array = np.rint(values * grid).astype(np.int64)
    return found
