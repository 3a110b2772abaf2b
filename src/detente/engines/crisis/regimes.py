r"""Extended deterrence: which equilibrium of the deterrence game holds in each draw of the judged numbers.

The challenger is the protégé's opponent, the defender the patron. The opponent asks for all that is at stake; if the
patron helps, it gives way, which costs it :math:`g` before its own audiences, or fights. Without help it gets it all if
the protégé would concede all alone, else it fights the protégé alone: :math:`q = 1` or :math:`q = p`. Both costs of
fighting are private, so types are parts of a law: the opponent is hard iff its cost is below :math:`p - a + g`, the
patron iff its cost is below :math:`s (q - p + a) + w`; payoffs of a type are averages over its part. Two cases lie
outside the game and come first: the opponent gains nothing even without help (nothing to deter), or its hard types gain
by fighting even against help (then help cannot deter them, whatever its credibility).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from detente.engines.crisis.deterrence import DeterrenceGame, Regime, Thresholds, solve_deterrence, thresholds
from detente.engines.crisis.private import Law, Parts

TIE = 1e-9
"""By how much fighting is better or worse for a kind whose cost lies exactly on the limit."""


class Outside(StrEnum):
    """What holds where the deterrence game does not apply."""

    NO_GAIN = "no gain without help"
    NOT_DETERRED = "the hard gain even against help"


@dataclass(frozen=True, slots=True)
class Extended:
    """One reading of an extended deterrence situation.

    Attributes
    ----------
    chance : (opponent, protege)
        The chance that the opponent prevails alone, as either believes; the patron believes what its protégé does.
    aid, stake, word : float
        The patron's, as in `Patron`.
    gives_way : float
        What giving way to help costs the opponent, as a share of its stake.
    protege_cost : float
        What fighting costs the protégé.
    """

    chance: tuple[float, float]
    aid: float
    stake: float
    word: float
    gives_way: float
    protege_cost: float


@dataclass(frozen=True, slots=True)
class ExtendedFinding:
    """What holds in one reading; thresholds are absent outside the game, doubt and chances are always there."""

    regime: Regime | Outside
    at: Thresholds | None
    p_hard: tuple[float, float]

    def place(self) -> tuple[float, float] | None:
        """Return where it lies on the map of the game: the patron's chance from 0 to 3, the opponent's from 0 to 2.

        Whole numbers are the borders: 1 and 2 what deters the soft and the hard, 1 the doubt of a soft defender. None
        outside the game.
        """
        if self.at is None:
            return None
        opponent, patron = self.p_hard
        return (
            _between(patron, (0.0, self.at.soft, self.at.hard, 1.0)),
            _between(opponent, (0.0, self.at.doubt, 1.0)),
        )


def _between(value: float, borders: tuple[float, ...]) -> float:
    """Return how many borders lie below a value, and how far it is towards the next."""
    at = max(k for k, border in enumerate(borders[:-1]) if value >= border)
    width = borders[at + 1] - borders[at]
    return at + (value - borders[at]) / width if width > 0.0 else float(at)


def find_extended(one: Extended, opponent_cost: Law, patron_cost: Law) -> ExtendedFinding:
    """Return the equilibrium of an extended deterrence situation under two laws of private costs.

    Examples
    --------
    >>> one = Extended(chance=(0.5, 0.5), aid=0.3, stake=1.0, word=0.2, gives_way=0.1, protege_cost=0.2)
    >>> find_extended(one, Law(0.25, 0.3, 0.35), Law(0.1, 0.2, 0.3)).regime.name
    'CERTAIN'
    """
    chance, chance_with_help = one.chance[0], max(0.0, one.chance[0] - one.aid)
    concedes_alone = one.protege_cost >= 1.0 - one.chance[1]
    unopposed = 1.0 if concedes_alone else chance - opponent_cost.parts(opponent_cost.high).below
    lost_alone = 1.0 if concedes_alone else one.chance[1]
    lost_with_help = max(0.0, one.chance[1] - one.aid)
    concedes = -one.stake * lost_alone - one.word
    opponent = opponent_cost.parts(chance_with_help + one.gives_way)
    patron = patron_cost.parts(one.stake * (lost_alone - lost_with_help) + one.word)
    p_hard = opponent.chance, patron.chance
    if unopposed <= 0.0:
        return ExtendedFinding(Outside.NO_GAIN, None, p_hard)
    if opponent.chance == 0.0:  # whoever resists makes it give way, so the patron resists whatever its cost
        return ExtendedFinding(Regime.CERTAIN, None, p_hard)
    if chance_with_help - opponent.below >= -TIE:
        return ExtendedFinding(Outside.NOT_DETERRED, None, p_hard)
    if concedes >= 0.0:  # neither stake nor word: nothing makes the patron help
        return ExtendedFinding(Regime.CHALLENGE, None, p_hard)
    game = DeterrenceGame(
        status_quo=0.0,
        unopposed=unopposed,
        gives_way=-one.gives_way,
        fights=_kinds(chance_with_help, opponent, -one.gives_way),
        concedes=concedes,
        prevails=0.0,
        resists=_kinds(-one.stake * lost_with_help, patron, concedes),
        p_hard=p_hard,
    )
    return ExtendedFinding(solve_deterrence(game).regime, thresholds(game), p_hard)


def _kinds(before_cost: float, costs: Parts, otherwise: float) -> tuple[float, float]:
    """Return what fighting is worth to the hard and to the soft, on either side of what they do instead.

    That order holds by their costs; where no cost makes a kind, or one ties, it is kept by a hair, as only the order
    counts then.
    """
    hard, soft = before_cost - costs.below, before_cost - costs.above
    return max(hard, otherwise + TIE), min(soft, otherwise - TIE)
