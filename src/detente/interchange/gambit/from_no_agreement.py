"""No agreement as a game in strategic form: who starts which scenario, at the most likely numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from detente.engines.crisis.game import NOTHING, NoAgreementGame
from detente.interchange.gambit.game import StrategicGame

WAIT = "nothing"


def no_agreement_game(
    game: NoAgreementGame, parties: Sequence[str], scenarios: Sequence[str], title: str
) -> StrategicGame:
    """Return the strategic form; a strategy is a scenario that the party starts, or `nothing`.

    Its equilibria in pure strategies are those of `engines.crisis.game.find_equilibria`, as long as no two payoffs lie
    closer together than its tolerance without being the same.
    """
    choices = [game.strategies(party) for party in range(game.parties)]
    names = tuple(tuple(WAIT if one == NOTHING else scenarios[one] for one in own) for own in choices)
    payoffs = tuple(
        tuple(Fraction(repr(float(value))) for value in game.result(tuple(reversed(turned))))
        for turned in product(*reversed(choices))
    )
    return StrategicGame(title, tuple(parties), names, payoffs)
