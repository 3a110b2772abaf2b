r"""Chicken and critical risk: how much risk of a disaster each side can bear before it would rather give way.

Two sides stand firm or yield. Side i gets :math:`T_i` if only the other yields, :math:`R_i` if both do, :math:`S_i` if
only it does, and :math:`P_i` if neither does, with :math:`T > R` and :math:`S > P`. In the mixed equilibrium side j
stands firm with the probability that leaves *i* indifferent,

.. math:: q_j = \frac{T_i - R_i}{(T_i - R_i) + (S_i - P_i)},

and the disaster has probability :math:`q_1 q_2`. The critical risk is the probability of disaster up to which a side
would rather hold to its own text than take the other's [Ellsberg1959]_, [Zeuthen1930]_:

.. math:: r_i = \frac{u_i(\text{own}) - u_i(\text{the other's})}{u_i(\text{own}) - u_i(\text{disaster})} .

References
----------
.. [Ellsberg1959] Ellsberg, D. (1959). The theory and practice of blackmail. Lowell lecture; RAND P-3883, 1968.
.. [Zeuthen1930] Zeuthen, F. (1930). Problems of Monopoly and Economic Warfare. Routledge.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.core.errors import ModelError


@dataclass(frozen=True, slots=True)
class Stand:
    """What a side gets: it alone stands firm, both yield, it alone yields, neither does."""

    prevails: float
    both_yield: float
    yields: float
    disaster: float

    def __post_init__(self) -> None:
        """Refuse payoffs that are no game of chicken."""
        if not (self.prevails > self.both_yield and self.yields > self.disaster):
            raise ModelError(
                where="signals.chicken",
                what="these payoffs are no game of chicken",
                got=(self.prevails, self.both_yield, self.yields, self.disaster),
                allowed="To prevail is better than that both yield, and to yield is better than disaster",
                hint="Correct them",
            )

    @property
    def indifferent_at(self) -> float:
        """The probability of the other side's standing firm at which this side does not care what it does."""
        gain, loss = self.prevails - self.both_yield, self.yields - self.disaster
        return gain / (gain + loss)


def mixed_chicken(first: Stand, second: Stand) -> tuple[tuple[float, float], float]:
    """Return with which probability each side stands firm in the mixed equilibrium, and that of disaster.

    Examples
    --------
    >>> side = Stand(4.0, 3.0, 2.0, 0.0)
    >>> firm, disaster = mixed_chicken(side, side)
    >>> round(firm[0], 6), round(disaster, 6)
    (0.333333, 0.111111)
    """
    firm = (second.indifferent_at, first.indifferent_at)
    return firm, firm[0] * firm[1]


def critical_risk(own: float, other: float, disaster: float) -> float | None:
    """Return up to which probability of disaster a side would rather hold to its own text than take the other's.

    None where its own text is worth no more to it than disaster. Above 1 it prefers disaster to the other's text.

    Examples
    --------
    >>> critical_risk(10, 4, -20)
    0.2
    """
    return (own - other) / (own - disaster) if own > disaster else None
