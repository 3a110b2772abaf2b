"""A judged number or a range of worth, where it comes from, and its draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from detente.core.estimate import Estimate
from detente.core.rounding import two_digits
from detente.maths.compiled import FloatArray
from detente.maths.pert import pert_quantile


class Under(StrEnum):
    """Under which of the numbers in their ranges something holds."""

    ALL = "all"
    SOME = "some"
    NO = "no"


def under(least: float, most: float) -> Under:
    """Return under which numbers a margin is above zero, from the least and the most that it can be.

    Examples
    --------
    >>> str(under(0.1, 0.2)), str(under(-0.1, 0.2)), str(under(-0.1, 0.0))
    ('all', 'some', 'no')
    """
    return Under.ALL if least > 0 else Under.NO if most <= 0 else Under.SOME


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds.

    Attributes
    ----------
    low, high : float
        The bounds.
    mode : float or None
        The most likely value; None where nothing between the bounds is likelier than another.
    basis : str
        The field of the case, or what it is worked out from.
    from_texts : bool
        Whether it is the worth of texts on the table, not a judged number of its own.
    is_field : bool
        Whether it is a number of the case, named by `basis`.
    grounds : tuple of str
        Statements and positions it rests on.
    """

    low: float
    mode: float | None
    high: float
    basis: str
    from_texts: bool = False
    is_field: bool = False
    grounds: tuple[str, ...] = ()

    @classmethod
    def fixed(cls, value: float, basis: str) -> Number:
        """Return a number without a range."""
        return cls(value, value, value, basis)

    def words(self) -> str:
        """Return it in words, to two digits.

        Examples
        --------
        >>> Number(0.1, 0.25, 0.4, "crisis").words(), Number(0.1, None, 0.4, "a text").words()
        ('0.25 (0.1 to 0.4)', '0.1 to 0.4')
        """
        low, high = two_digits(self.low), two_digits(self.high)
        if self.mode is None:
            return low if low == high else f"{low} to {high}"
        return two_digits(self.mode) if low == high else f"{two_digits(self.mode)} ({low} to {high})"

    def entry(self) -> dict[str, object]:
        """Return it as plain data for a report."""
        return {
            "low": self.low,
            "mode": self.mode,
            "high": self.high,
            "basis": self.basis,
            "grounds": list(self.grounds),
        }


def of_estimate(estimate: Estimate, basis: str) -> Number:
    """Return an estimate of the case as a number with the field that it stands in."""
    return Number(estimate.low, estimate.mode, estimate.high, basis, is_field=True, grounds=estimate.because)


def drawn(numbers: Sequence[Number], places: FloatArray) -> FloatArray:
    """Return draws of numbers at places in [0, 1]: PERT where there is a most likely value, else evenly.

    Parameters
    ----------
    numbers : sequence of Number
    places : (draws, len(numbers)) float
        The same place in two readings of a number differs by its bounds and not by chance.

    Examples
    --------
    >>> two = [Number(0, None, 2, "a text"), Number(0, 1, 2, "crisis")]
    >>> drawn(two, np.array([[0.5, 0.5]])).round(12).tolist()
    [[1.0, 1.0]]
    """
    low = np.array([one.low for one in numbers], dtype=np.float64)
    high = np.array([one.high for one in numbers], dtype=np.float64)
    even = np.array([one.mode is None for one in numbers], dtype=np.bool_)
    mode = np.array([(one.low + one.high) / 2 if one.mode is None else one.mode for one in numbers], dtype=np.float64)
    judged = pert_quantile(places, low, np.clip(mode, low, high), high)
    return np.asarray(np.where(even, low + (high - low) * places, judged))
