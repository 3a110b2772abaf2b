r"""To settle now or to wait for a date on which something may change, and who loses less by waiting.

Values are averages over time: what lasts for :math:`t` years from now counts :math:`1 - e^{-\rho t}`, what follows
counts :math:`e^{-\rho t}`, with :math:`\rho` the party's rate per year. With :math:`x` the worth of the terms,
:math:`r` that of no agreement, :math:`\kappa` the cost of a year without agreement, and a change :math:`\Delta` of
:math:`r` that comes with chance :math:`\pi`,

.. math:: W = (1 - e^{-\rho t})(r - \kappa) + e^{-\rho t}\,[\pi \max(x, r + \Delta) + (1 - \pi) \max(x, r)] .

The same terms are taken to be on offer after the date, so :math:`W` is the most that waiting can be worth; where even
that is below :math:`x`, the party does better to settle now. Bargaining without a date, by offers in turn, divides what
there is to gain as :math:`\rho_2 / (\rho_1 + \rho_2)` for the first [BinmoreEtAl1986]_, the limit of
:math:`(1 - \delta_2) / (1 - \delta_1 \delta_2)` [Rubinstein1982]_.

References
----------
.. [Rubinstein1982] Rubinstein (1982). Perfect equilibrium in a bargaining model. Econometrica 50(1), 97-109.
.. [BinmoreEtAl1986] Binmore, Rubinstein & Wolinsky (1986). The Nash bargaining solution in economic modelling. RAND
   Journal of Economics 17(2), 176-188.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.maths.compiled import FloatArray


@dataclass(frozen=True, slots=True)
class Waiting:
    """Draws of one party's numbers: terms, no agreement, its change, chance, cost and rate per year; and the years."""

    terms: FloatArray
    reservation: FloatArray
    change: FloatArray
    chance: FloatArray
    cost: FloatArray
    rate: FloatArray
    years: float


def waiting_value(one: Waiting) -> FloatArray:
    """Return the most that waiting for the date can be worth, draw by draw.

    Examples
    --------
    A certain gain of 0.3 in a year, at no cost and no discount:

    >>> values = (np.array([x]) for x in (0.5, 0.4, 0.3, 1.0, 0.0, 0.0))
    >>> waiting_value(Waiting(*values, years=1.0)).round(6).tolist()
    [0.7]
    """
    later = np.exp(-one.rate * one.years)
    best = one.chance * np.maximum(one.terms, one.reservation + one.change)
    best = best + (1.0 - one.chance) * np.maximum(one.terms, one.reservation)
    return np.asarray((1.0 - later) * (one.reservation - one.cost) + later * best)


def least_terms(one: Waiting) -> FloatArray:
    r"""Return the worth of terms from which a party does better to settle now, draw by draw; `terms` is not used.

    Terms that beat no agreement before and after the change are never worth waiting with. Below, the two are even at

    .. math:: x^* = r + \frac{e^{-\rho t} \pi \Delta - (1 - e^{-\rho t}) \kappa}{1 - e^{-\rho t} (1 - \pi)} ,

    and never below :math:`r`, where the party prefers no agreement.
    """
    later = np.exp(-one.rate * one.years)
    total = 1.0 - later * (1.0 - one.chance)
    gained = later * one.chance * np.maximum(one.change, 0.0) - (1.0 - later) * one.cost
    return np.asarray(
        one.reservation + np.maximum(np.where(total > 0, gained / np.where(total > 0, total, 1.0), 0.0), 0.0)
    )


def chance_to_wait(one: Waiting) -> FloatArray:
    """Return the chance of the change at which waiting is worth as much as settling; infinite where none is enough.

    It is 0 where waiting is worth as much or more even if the change never comes.
    """
    later = np.exp(-one.rate * one.years)
    without = np.maximum(one.terms, one.reservation)
    gained = np.maximum(one.terms, one.reservation + one.change) - without
    lacking = (one.terms - (1.0 - later) * (one.reservation - one.cost)) / later - without
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = np.where(gained > 0, lacking / np.where(gained > 0, gained, 1.0), np.inf)
    return np.asarray(np.where(lacking <= 0, 0.0, chance))


def patience_share(rate: float, other_rate: float) -> float:
    """Return the share of what there is to gain that goes to a party by offers in quick turn; half if neither minds.

    Examples
    --------
    >>> round(patience_share(0.1, 0.3), 6), patience_share(0.0, 0.0)
    (0.75, 0.5)
    """
    total = rate + other_rate
    return 0.5 if total == 0 else other_rate / total
