r"""Polynomials with whole coefficients, and their exact integral from 0 to 1; for counting rankings.

A polynomial is a mapping from exponent to coefficient without zeros, since few exponents occur.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

Polynomial = Mapping[int, int]

ONE: Polynomial = {0: 1}
X: Polynomial = {1: 1}


def plus(first: Polynomial, second: Polynomial, *, times: int = 1) -> Polynomial:
    """Return the first plus `times` the second."""
    total = dict(first)
    for power, number in second.items():
        total[power] = total.get(power, 0) + times * number
    return {power: number for power, number in total.items() if number}


def product(first: Polynomial, second: Polynomial) -> Polynomial:
    """Return the product of two polynomials."""
    total: dict[int, int] = {}
    for one, number in first.items():
        for other, factor in second.items():
            total[one + other] = total.get(one + other, 0) + number * factor
    return {power: number for power, number in total.items() if number}


def power(base: Polynomial, times: int) -> Polynomial:
    """Return a polynomial to a whole power, by repeated squaring."""
    result, square = ONE, base
    while times:
        if times & 1:
            result = product(result, square)
        times >>= 1
        square = product(square, square) if times else square
    return result


def one_minus_power(exponent: int) -> Polynomial:
    r"""Return :math:`1 - x^e`; zero for e = 0."""
    return {0: 1, exponent: -1} if exponent else {}


def integral(one: Polynomial) -> Fraction:
    r"""Return :math:`\int_0^1 p(x) \, dx`.

    Examples
    --------
    >>> integral(power(one_minus_power(2), 2))
    Fraction(8, 15)
    """
    common = lcm(*(exponent + 1 for exponent in one))
    return Fraction(sum(number * (common // (exponent + 1)) for exponent, number in one.items()), common)
