"""What no agreement is worth to a party, and where that comes from."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from detente.case.case import Case
from detente.compile.utilities import exact


class ReservationBasis(StrEnum):
    """Where the value of no agreement comes from."""

    STATED = "reservation in the case"
    OUTLOOK = "scenarios without agreement"
    ASSUMED = "assumed: its worst package"


def no_agreement_value(case: Case, party: str) -> tuple[Fraction | None, ReservationBasis]:
    """Return a party's value of no agreement at the most likely numbers, and where it comes from.

    With scenarios it is the sum of payoff times belief, beliefs scaled to sum to 1. None means that nothing is
    coded: the party's worst package is assumed.
    """
    preference = case.preference.get(party)
    if preference is not None and preference.reservation is not None:
        return exact(preference.reservation.mode), ReservationBasis.STATED
    for outlook in case.no_agreement.outlooks:
        if outlook.party != party:
            continue
        beliefs = {scenario: exact(belief.mode) for scenario, belief in outlook.beliefs.items()}
        total = sum(beliefs.values())
        if total > 0 and set(beliefs) <= set(outlook.payoffs):
            payoffs = (belief * exact(outlook.payoffs[scenario].mode) for scenario, belief in beliefs.items())
            return sum(payoffs, Fraction(0)) / total, ReservationBasis.OUTLOOK
    return None, ReservationBasis.ASSUMED
