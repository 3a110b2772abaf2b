r"""Tying hands and sinking costs: how a side shows that it would fight, and what that does to the risk of a fight.

A defender values what it holds at v, its own secret, drawn from F. A challenger may challenge; then the defender
fights, worth :math:`p v - c`, or gives way, worth 0. A share q of challengers challenges even if it is certain of a
fight; the others do not. Before that the defender may send a signal of any size,

* one that ties its hands: giving way afterwards costs it a;
* one that sinks costs: it costs m whatever follows.

In the equilibria that survive the usual test of beliefs off the path, a signal is sent whole or not at all, and nobody
who sent it gives way:

================ ========================================= =====================================
                 size                                      sent by those with a value of at least
================ ========================================= =====================================
tying hands      :math:`a^* = c (1-q) / (1-q+pq)`          :math:`q c / (1-q+pq)`
sinking costs    :math:`m^* = (1-q) c / p`                 :math:`c / p`
================ ========================================= =====================================

Neither depends on F; what each is worth beforehand and how likely a fight is do:
:math:`E_a = \int_{\hat v} (1-q+pq) v - qc\,dF`, the same less :math:`m^*` from :math:`c/p` on for sunk costs, and
:math:`q (1 - F(\hat v))`. Since tied hands cost nothing if they hold, more types send them: they are worth more
beforehand, and end in a fight more often, for every F.

References
----------
.. [Fearon1997] Fearon, J. D. (1997). Signaling foreign policy interests: tying hands versus sinking costs. Journal of
   Conflict Resolution 41(1), 68-90.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.core.errors import ModelError
from detente.engines.signals.laws import Law, mean_above


@dataclass(frozen=True, slots=True)
class Defence:
    """What a fight is to a defender: its chance to prevail, what it costs, and who challenges it all the same.

    `win` and `determined` are probabilities; `cost` is on the scale of the value of what is defended.
    """

    win: float
    cost: float
    determined: float

    def __post_init__(self) -> None:
        """Refuse numbers with which nobody would ever fight, or challenge."""
        for name, number, fits in (
            ("win", self.win, 0 < self.win <= 1),
            ("cost", self.cost, self.cost >= 0),
            ("determined", self.determined, 0 <= self.determined <= 1),
        ):
            if not fits:
                raise ModelError(
                    where=f"signals.hands: {name}",
                    what="this is out of range",
                    got=number,
                    allowed="win lies above 0 and up to 1, cost is at least 0, determined lies between 0 and 1",
                    hint="Correct it",
                )

    @property
    def _kept(self) -> float:
        return 1.0 - self.determined + self.win * self.determined

    @property
    def tied(self) -> float:
        """How much going back must cost for a signal that ties hands to be believed."""
        return self.cost * (1.0 - self.determined) / self._kept

    @property
    def tied_from(self) -> float:
        """From which value on a defender ties its hands."""
        return self.determined * self.cost / self._kept

    @property
    def sunk(self) -> float:
        """How much a signal that sinks costs must cost to be believed."""
        return (1.0 - self.determined) * self.cost / self.win

    @property
    def sunk_from(self) -> float:
        """From which value on a defender sinks costs; the same from which it would fight without any signal."""
        return self.cost / self.win

    def gain(self, value: float, signal: float = 0.0) -> float:
        """Return what a defender of some value expects after a signal that is believed, of which `signal` is sunk."""
        return self._kept * value - self.determined * self.cost - signal


@dataclass(frozen=True, slots=True)
class Challengers:
    r"""Those who might challenge: the law of what the prize is worth to them, and what a fight costs them.

    One with value x that expects a fight with probability r, and the defender to come out on top with chance p,
    challenges if :math:`(1 - r) x + r ((1 - p) x - k) \ge 0`.
    """

    value: Law
    cost: float

    def tried(self, fights: float, win: float) -> float:
        """Return the share that challenges, given the chance that the defender fights and that it then prevails.

        Examples
        --------
        >>> from detente.engines.signals.laws import Uniform
        >>> some = Challengers(Uniform(0.0, 1.0), cost=0.2)
        >>> some.tried(0.0, 0.5), some.tried(1.0, 0.5)
        (1.0, 0.6)
        """
        kept = 1.0 - fights * win
        return 1.0 - self.value.below(fights * self.cost / kept) if kept > 0 else 0.0

    def determined(self, win: float) -> float:
        """Return the share that challenges even if it is certain of a fight: `determined` of a `Defence`."""
        return self.tried(1.0, win)


@dataclass(frozen=True, slots=True)
class Hands:
    """What each kind of signal is worth before the defender knows its value, and the probability of a fight."""

    worth_tied: float
    worth_sunk: float
    worth_silent: float
    fights_tied: float
    fights_sunk: float


def hands(defence: Defence, value: Law, tried_silent: float = 1.0) -> Hands:
    """Return what tying hands, sinking costs and neither are worth beforehand, and how often each ends in a fight.

    Parameters
    ----------
    defence : Defence
        What a fight is to the defender, and who challenges it all the same.
    value : Law
        Of what it holds.
    tried_silent : float
        Share of challengers that tries where no signal can be sent; whoever stays silent where one can is tried by all.

    References
    ----------
    [Fearon1997]_; the form with a general law of the defender's value.

    Examples
    --------
    >>> from detente.engines.signals.laws import Uniform
    >>> found = hands(Defence(win=0.5, cost=0.2, determined=0.2), Uniform(0.0, 1.0))
    >>> round(found.worth_tied, 6), round(found.worth_sunk, 6), round(found.fights_tied, 6), round(found.fights_sunk, 6)
    (0.410889, 0.162, 0.191111, 0.12)
    """

    def worth(slope: float, constant: float, start: float) -> float:
        return slope * mean_above(value, start) - constant * (1.0 - value.below(start))

    kept, lost = defence.gain(1.0) - defence.gain(0.0), defence.determined * defence.cost
    return Hands(
        worth_tied=worth(kept, lost, defence.tied_from),
        worth_sunk=worth(kept, lost + defence.sunk, defence.sunk_from),
        worth_silent=(1.0 - tried_silent) * mean_above(value, value.low)
        + tried_silent * worth(defence.win, defence.cost, defence.sunk_from),
        fights_tied=defence.determined * (1.0 - value.below(defence.tied_from)),
        fights_sunk=defence.determined * (1.0 - value.below(defence.sunk_from)),
    )
