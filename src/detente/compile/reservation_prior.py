"""What is held of a party's reservation before its answers: the case's own range, the analyst's, or the whole scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from detente.case.case import Case
from detente.compile.no_agreement import no_agreement_value
from detente.core.estimate import Estimate
from detente.engines.inference import Prior


class PriorBasis(StrEnum):
    """Where a prior comes from."""

    RESERVATION = "the case's range of the reservation"
    OUTLOOK = "the case's scenarios without agreement"
    ANALYST = "given by the analyst"
    UNIFORM = "uniform on the scale"


@dataclass(frozen=True, slots=True)
class ReservationPrior:
    """A prior, where it comes from, and the grounds that it has used already: items of the case."""

    prior: Prior
    basis: PriorBasis
    because: tuple[str, ...]


def case_prior(case: Case, party: str) -> ReservationPrior | None:
    """Return the prior that a case gives: its reservation, else its scenarios; None if it gives neither."""
    preference = case.preference.get(party)
    if preference is not None and preference.reservation is not None:
        given = preference.reservation
        return ReservationPrior(Prior(given.low, given.mode, given.high), PriorBasis.RESERVATION, given.because)
    value, _ = no_agreement_value(case, party)
    outlook = next((one for one in case.no_agreement.outlooks if one.party == party), None)
    if value is None or outlook is None:
        return None
    mode = float(value)
    numbers = (*outlook.beliefs.values(), *outlook.payoffs.values())
    because = tuple(dict.fromkeys(ground for number in numbers for ground in number.because))
    low = _least(outlook.beliefs, {name: outlook.payoffs[name].low for name in outlook.beliefs})
    high = -_least(outlook.beliefs, {name: -outlook.payoffs[name].high for name in outlook.beliefs})
    prior = Prior(min(low, mode), mode, max(high, mode))
    return ReservationPrior(prior, PriorBasis.OUTLOOK, because)


def uniform_prior(scale: tuple[float, float]) -> ReservationPrior:
    """Return the prior that holds nothing but the scale."""
    low, high = scale
    return ReservationPrior(Prior(low, None, high), PriorBasis.UNIFORM, ())


def analysts_prior(numbers: Sequence[float]) -> ReservationPrior:
    """Return the prior that an analyst gives as low, mode and high."""
    low, mode, high = numbers
    return ReservationPrior(Prior(low, mode, high), PriorBasis.ANALYST, ())


def _least(beliefs: Mapping[str, Estimate], payoffs: Mapping[str, float]) -> float:
    """Return the least expected payoff, beliefs within their ranges and summing to 1.

    What the low bounds leave goes to the scenarios with the least payoff first. Where the ranges cannot sum to 1 they
    are scaled.
    """
    held = {name: belief.low for name, belief in beliefs.items()}
    left = 1.0 - sum(held.values())
    for name in sorted(payoffs, key=lambda name: (payoffs[name], name)):
        more = min(max(left, 0.0), beliefs[name].high - beliefs[name].low)
        held[name] += more
        left -= more
    total = sum(held.values())
    return sum(held[name] * payoffs[name] for name in held) / total
