r"""Deterrence of one side by another with doubts on both sides: Zagare and Kilgour's Unilateral Deterrence Game.

A challenger leaves things as they are or challenges; the defender then concedes or resists; if it resists, the
challenger gives way or fights. Either is *hard* (prefers to fight rather than to give way, to resist rather than to
concede) or *soft*, which the other does not know. With the challenger's payoffs :math:`a` and the defender's :math:`b`
(C gives way, D does not; first letter the challenger's) three numbers decide, all between 0 and 1:

.. math:: c_+ = \frac{a_{DC} - a_{SQ}}{a_{DC} - a_{DD+}}, \quad c_- = \frac{a_{DC} - a_{SQ}}{a_{DC} - a_{CD}}, \quad
          d = \frac{b_{CD} - b_{DC}}{b_{CD} - b_{DD-}} .

A hard challenger is deterred by a chance of resistance of at least :math:`c_+`, a soft one by :math:`c_- < c_+`; a soft
defender resists only if it believes the challenger to be hard with a chance of at most :math:`d`. With the chances
:math:`p_C, p_D` that the two are hard, there are four perfect Bayesian equilibria that do not rest on what is believed
after a challenge that never comes [ZagareKilgour2000]_. A fifth kind does (`silence_needs`).

In the *rudimentary* game the challenger has no last move, so it has one kind: it challenges unless the chance that the
defender is hard reaches :math:`(a_{DC} - a_{SQ}) / (a_{DC} - a_{DD})`, and only a hard defender resists (appendix 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from detente.core.errors import ModelError


class Regime(StrEnum):
    """The equilibria of the game, by who challenges."""

    CERTAIN = "nobody challenges"
    SEPARATING = "only the hard challenge"
    MIXED = "the hard challenge, the soft sometimes"
    CHALLENGE = "all challenge"


@dataclass(frozen=True, slots=True)
class DeterrenceGame:
    """Payoffs and doubts.

    Attributes
    ----------
    status_quo, unopposed, gives_way : float
        What is worth to the challenger: not to challenge, that the defender concedes, to give way to resistance.
    fights : (hard, soft)
        What fighting is worth to a challenger of either kind.
    concedes, prevails : float
        What it is worth to the defender to concede, and that the challenger gives way.
    resists : (hard, soft)
        What fighting is worth to a defender of either kind.
    p_hard : (challenger, defender)
        The chance that either is hard, as the other believes.

    Raises
    ------
    ModelError
        If the payoffs are not in the order of the game, or a chance is no chance.
    """

    status_quo: float
    unopposed: float
    gives_way: float
    fights: tuple[float, float]
    concedes: float
    prevails: float
    resists: tuple[float, float]
    p_hard: tuple[float, float]

    def __post_init__(self) -> None:
        """Refuse what is another game."""
        challenger = (self.fights[1], self.gives_way, self.fights[0], self.status_quo, self.unopposed)
        defender = (self.resists[1], self.concedes, min(self.resists[0], self.prevails))
        for who, payoffs, order in (
            ("challenger", challenger, "fights if soft < gives way < fights if hard < status quo < unopposed"),
            ("defender", defender, "resists if soft < concedes < resists if hard and prevails"),
        ):
            if any(low >= high for low, high in pairwise(payoffs)):
                raise ModelError(
                    where=f"deterrence game, {who}",
                    what="payoffs are in another order",
                    got=payoffs,
                    allowed=f"The game has {order}",
                    hint="Another order is another game",
                )
        if not all(0.0 <= chance <= 1.0 for chance in self.p_hard):
            raise ModelError(
                where="deterrence game",
                what="p_hard is no chance",
                got=self.p_hard,
                allowed="Each lies between 0 and 1",
                hint="Give chances",
            )


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The chances of resistance that deter a hard and a soft challenger, and what a soft defender dares (`doubt`)."""

    hard: float
    soft: float
    doubt: float


@dataclass(frozen=True, slots=True)
class Deterrence:
    """The equilibrium of a deterrence game.

    Attributes
    ----------
    regime : Regime
        Which of the four it is.
    challenges : (hard, soft)
        With what chance a challenger of either kind challenges.
    resists : (hard, soft)
        With what chance a defender of either kind resists a challenge.
    p_challenge : float
        The chance of a challenge.
    p_resist : float, optional
        The chance that a challenge is resisted; None where none comes.
    silence_needs : float
        With what chance soft defenders would have to resist, believing that a challenge comes from the soft, for
        nobody to challenge. Such an equilibrium always exists; it rests on a belief about what never happens, and
        falls with the one that a challenge comes from whom it would cost less (the hard).
    """

    regime: Regime
    challenges: tuple[float, float]
    resists: tuple[float, float]
    p_challenge: float
    p_resist: float | None
    silence_needs: float


def thresholds(game: DeterrenceGame) -> Thresholds:
    """Return the three numbers that decide a deterrence game.

    Examples
    --------
    >>> thresholds(DeterrenceGame(2, 4, 0, (1, -3), 1, 3, (2, -3), (0.1, 0.3)))
    Thresholds(hard=0.6666666666666666, soft=0.5, doubt=0.3333333333333333)
    """
    gain = game.unopposed - game.status_quo
    return Thresholds(
        hard=gain / (game.unopposed - game.fights[0]),
        soft=gain / (game.unopposed - game.gives_way),
        doubt=(game.prevails - game.concedes) / (game.prevails - game.resists[1]),
    )


def solve_deterrence(game: DeterrenceGame) -> Deterrence:
    """Return the equilibrium of a deterrence game; on a border, the one with fewer challenges.

    Examples
    --------
    >>> found = solve_deterrence(DeterrenceGame(2, 4, 0, (1, -3), 1, 3, (2, -3), (0.1, 0.3)))
    >>> found.regime.name, round(found.p_challenge, 6), round(found.p_resist, 6)
    ('MIXED', 0.3, 0.5)
    """
    at = thresholds(game)
    challenger, defender = game.p_hard
    soft_resists = 0.0
    if defender >= at.hard:
        regime, challenges = Regime.CERTAIN, (0.0, 0.0)
    elif defender >= at.soft:
        regime, challenges = Regime.SEPARATING, (1.0, 0.0)
    elif challenger < at.doubt:
        regime = Regime.MIXED
        challenges = (1.0, challenger * (1.0 - at.doubt) / (at.doubt * (1.0 - challenger)))
        soft_resists = (at.soft - defender) / (1.0 - defender)
    else:
        regime, challenges = Regime.CHALLENGE, (1.0, 1.0)
    return Deterrence(
        regime=regime,
        challenges=challenges,
        resists=(1.0, soft_resists),
        p_challenge=challenger * challenges[0] + (1.0 - challenger) * challenges[1],
        p_resist=None if regime is Regime.CERTAIN else defender + (1.0 - defender) * soft_resists,
        silence_needs=max(0.0, at.hard - defender) / (1.0 - defender) if defender < 1.0 else 0.0,
    )


def rudimentary_threshold(*, status_quo: float, unopposed: float, fights: float) -> float:
    """Return the chance of a hard defender from which a challenger without a last move leaves things as they are.

    Raises
    ------
    ModelError
        If the payoffs are not fights < status quo < unopposed.

    Examples
    --------
    >>> rudimentary_threshold(status_quo=2.0, unopposed=4.0, fights=0.0)
    0.5
    """
    if not fights < status_quo < unopposed:
        raise ModelError(
            where="rudimentary deterrence game",
            what="payoffs are in another order",
            got=(fights, status_quo, unopposed),
            allowed="The game has fights < status quo < unopposed",
            hint="Another order is another game",
        )
    return (unopposed - status_quo) / (unopposed - fights)
