r"""Agreement of two coders beyond chance: Cohen's kappa with its large-sample interval.

Two coders put the same items into categories. With :math:`p_{ij}` the share of items that the first puts into i and the
second into j, :math:`p_o = \sum_i p_{ii}` is how often they agree and :math:`p_e = \sum_i p_{i\cdot} p_{\cdot i}` how
often they would if each kept to his own shares and neither looked at the item.
[Cohen1960]_ sets the one against the other. It is 1 where they always agree, 0 where they agree as often as chance
would, and negative below. It says nothing of who is right.

References
----------
.. [Cohen1960] Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
   Measurement 20(1), 37-46.
.. [FleissCohenEveritt1969] Fleiss, J. L., Cohen, J. & Everitt, B. S. (1969). Large sample standard errors of kappa and
   weighted kappa. Psychological Bulletin 72(5), 323-327.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

TWO_SIDED_95 = 1.959963984540054
"""The 97.5 % quantile of the standard normal law."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """How far two coders agree.

    Attributes
    ----------
    items : int
        How many items both put into a category.
    observed, expected : float or None
        The share of items on which they agree, and the share expected by chance; None without items.
    value : float or None
        Kappa, from -1 to 1; None without items, or where both used one and the same category throughout: then chance
        alone agrees always, and nothing can be told.
    standard_error, low, high : float or None
        Large-sample standard error, and the 95 % interval by it, cut at -1 and 1; None where `value` is. The error is 0
        where the coders agree on every item, whatever their number: an interval without width is then no certainty.
    """

    items: int
    observed: float | None = None
    expected: float | None = None
    value: float | None = None
    standard_error: float | None = None
    low: float | None = None
    high: float | None = None


def cohens_kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> Kappa:
    r"""Return Cohen's kappa of two coders, with its standard error and 95 % interval.

    .. math::

       \kappa = \frac{p_o - p_e}{1 - p_e}, \qquad
       \widehat{\mathrm{se}}^2 = \frac{\sum_i p_{ii} \left[1 - (p_{i\cdot} + p_{\cdot i})(1 - \kappa)\right]^2
       + (1 - \kappa)^2 \sum_{i \ne j} p_{ij} (p_{\cdot i} + p_{j\cdot})^2
       - \left[\kappa - p_e (1 - \kappa)\right]^2}{n (1 - p_e)^2}

    Assumes that items are independent of each other and that the categories have no order. The interval is good for a
    few dozen items and more; with fewer it is too narrow.

    Parameters
    ----------
    pairs : iterable of (first, second)
        For each item the category that each coder chose. Exchanging coders or renaming categories changes nothing.

    References
    ----------
    [Cohen1960]_ for the coefficient, [FleissCohenEveritt1969]_, eq. 13, for the standard error when kappa is not zero.

    Examples
    --------
    >>> both = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    >>> found = cohens_kappa(both)
    >>> round(found.value, 3), round(found.standard_error, 3)
    (0.4, 0.127)
    """
    counts = Counter(pairs)
    items = counts.total()
    if not items:
        return Kappa(0)
    first: Counter[Hashable] = Counter()
    second: Counter[Hashable] = Counter()
    for (one, other), count in counts.items():
        first[one] += count
        second[other] += count
    observed = sum(count for (one, other), count in counts.items() if one == other) / items
    chance = sum(first[one] * second[one] for one in first)
    expected = chance / items**2
    if chance == items**2:
        return Kappa(items, observed, expected)
    value = (observed - expected) / (1 - expected)
    variance = _variance(counts, first, second, expected, value)
    error = math.sqrt(max(variance, 0.0))
    reach = TWO_SIDED_95 * error
    return Kappa(items, observed, expected, value, error, max(-1.0, value - reach), min(1.0, value + reach))


def _variance(
    counts: Counter[tuple[Hashable, Hashable]],
    first: Counter[Hashable],
    second: Counter[Hashable],
    expected: float,
    value: float,
) -> float:
    items = counts.total()
    apart = 1 - value
    # in a fixed order of addends, so that who is first and how categories are called leaves no trace in the last digit
    agreeing = math.fsum(
        count / items * (1 - (first[one] + second[one]) / items * apart) ** 2
        for (one, other), count in counts.items()
        if one == other
    )
    differing = math.fsum(
        count / items * ((second[one] + first[other]) / items) ** 2
        for (one, other), count in counts.items()
        if one != other
    )
    return (agreeing + apart**2 * differing - (value - expected * apart) ** 2) / (items * (1 - expected) ** 2)
