"""A party's utilities as exact fractions, and the grid on which they become whole steps."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from detente.case.case import Case
from detente.core.condition import Condition
from detente.core.errors import ModelError
from detente.engines.settlement.model import GRID

LARGEST_DENOMINATOR = 10**6
"""A judged or imported number with at most this denominator is taken as the fraction that it stands for."""


LAST_DIGITS = 1e-14
"""Relative error of a few floating-point operations, far below a step of the grid."""


class Weights(StrEnum):
    """Whose weights an analysis uses; the value is the CLI word."""

    ANALYST = "analyst"  # the case's judged weights
    EQUAL = "equal"  # the same weight on every issue, blind to parties


@dataclass(frozen=True, slots=True)
class JointValue:
    """Utility added when a condition over two issues of the analysis holds."""

    when: Condition
    value: Fraction


@dataclass(frozen=True, slots=True)
class PartyUtilities:
    """One party's utility of each option, weight included, with unknown options at their worst and at their best.

    Attributes
    ----------
    worst, best : mapping of issue to fractions, one per option
        On the scale of the case.
    unknown : mapping of issue to options
        Those without a value.
    joint : tuple of JointValue
        Joint values whose issues are all in the analysis.
    weightless : bool
        Whether every weight is zero, so that all packages are worth the same.
    dropped : tuple of Condition
        Joint values that read an issue left out.
    """

    worst: Mapping[str, Sequence[Fraction]]
    best: Mapping[str, Sequence[Fraction]]
    unknown: Mapping[str, tuple[str, ...]]
    joint: tuple[JointValue, ...]
    weightless: bool
    dropped: tuple[Condition, ...]

    def numbers(self) -> Iterable[Fraction]:
        """Yield every fraction that a utility is a sum of."""
        for utilities in (*self.worst.values(), *self.best.values()):
            yield from utilities
        for term in self.joint:
            yield term.value


def exact(number: float) -> Fraction:
    """Return the fraction with a small denominator that a float stands for, else the float's own value.

    Decimals of an analyst and thirds of an imported file keep the ties they were meant to have, also where floating
    point has already blurred their last digits.

    Examples
    --------
    >>> exact(0.1), exact(1 / 3)
    (Fraction(1, 10), Fraction(1, 3))
    """
    simple = Fraction(number).limit_denominator(LARGEST_DENOMINATOR)
    return simple if math.isclose(simple, number, rel_tol=LAST_DIGITS) else Fraction(number)


def party_utilities(case: Case, speaker: str, options: Mapping[str, Sequence[str]], weights: Weights) -> PartyUtilities:
    """Return a party's utilities over the issues of an analysis.

    In a judged case weights are scaled to sum to 1 over these issues, and an issue whose options are all valued is
    rescaled to worst 0 and best 1. An unknown option ranges over the whole scale. On an imported scale weights and
    values stand as they are.
    """
    preference = case.preference[speaker]
    weight = issue_weights(case, speaker, options, weights)
    low, high = (Fraction(0), Fraction(1)) if case.scale is None else (exact(case.scale.low), exact(case.scale.high))
    worst: dict[str, list[Fraction]] = {}
    best: dict[str, list[Fraction]] = {}
    unknown: dict[str, tuple[str, ...]] = {}
    for issue, names in options.items():
        known = {option: exact(series[-1].mode) for option, series in preference.values[issue].items()}
        unknown[issue] = tuple(option for option in names if option not in known)
        if case.scale is None and not unknown[issue]:
            known = rescaled(known)
        worst[issue] = [weight[issue] * known.get(option, low) for option in names]
        best[issue] = [weight[issue] * known.get(option, high) for option in names]
    joint, dropped = [], []
    for term in preference.interactions:
        read = term.when.issues()
        if len(read) > 2:
            raise ModelError(
                where=f'preferences, party "{speaker}", interaction "{term.when}"',
                what="a joint value reads too many issues",
                got=len(read),
                allowed="A joint value is for the options of two issues",
                hint="Split it into pairs",
            )
        if any(issue not in options for issue in read):
            dropped.append(term.when)
        elif len(read) == 2:
            joint.append(JointValue(term.when, exact(term.value.mode)))
        else:
            extra = [exact(term.value.mode) * bool(term.when.holds({read[0]: option})) for option in options[read[0]]]
            for table in (worst, best):
                table[read[0]] = [utility + more for utility, more in zip(table[read[0]], extra, strict=True)]
    return PartyUtilities(worst, best, unknown, tuple(joint), not any(weight.values()), tuple(dropped))


def common_grid(sides: Sequence[PartyUtilities], reservations: Iterable[Fraction | None]) -> tuple[int, bool]:
    """Return how many steps a unit of utility has, the same for all parties, and whether utilities are whole steps.

    It is the largest multiple up to 2**40 of the common denominator of all utilities, so that packages that are worth
    the same on paper stay so; reservations join as long as there is room. Where that denominator is larger than
    2**40, it is 2**40, and utilities are rounded.
    """
    common = 1
    for side in sides:
        for number in side.numbers():
            common = math.lcm(common, number.denominator)
            if common > GRID:
                return GRID, False
    for reservation in reservations:
        wider = common if reservation is None else math.lcm(common, reservation.denominator)
        common = wider if wider <= GRID else common
    return GRID // common * common, True


def issue_weights(case: Case, speaker: str, issues: Iterable[str], weights: Weights) -> dict[str, Fraction]:
    """Return the weights of the issues of an analysis: to sum 1 in a judged case, as they are on an imported scale.

    Equal ones add up to the same as the judged ones, so that values of no agreement on that scale keep their meaning.
    """
    judged = case.preference[speaker].weights
    modes = {issue: exact(judged[issue].mode) for issue in issues}
    total = sum(modes.values(), Fraction(0))
    if weights is Weights.EQUAL:
        whole = Fraction(1) if case.scale is None else total
        return dict.fromkeys(modes, whole / len(modes))
    if total == 0 or case.scale is not None:
        return modes
    return {issue: mode / total for issue, mode in modes.items()}


def rescaled(values: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return values with the worst option at 0 and the best at 1 (unchanged where all are equal)."""
    low, high = min(values.values()), max(values.values())
    if low == high:
        return dict(values)
    return {option: (value - low) / (high - low) for option, value in values.items()}
