"""The numbers to which an override of a lens leads, and why there may be none."""

from __future__ import annotations

from detente.case.case import Case
from detente.case.context import Dyad
from detente.case.lens_path import LensTarget, Target
from detente.case.red_lines import standing_lines
from detente.core.estimate import Estimate


def numbers_at(case: Case, party: str, target: LensTarget) -> tuple[Estimate, ...]:
    """Return the estimates of a party that a path leads to: several for a value with revisions, none if there is none.

    A line counts if it refuses the named option and no other, however it is written; what it implies does not.
    """
    ids = target.ids
    preference = case.preference.get(party)
    if target.kind in {Target.BELIEF, Target.PAYOFF}:
        outlook = next((entry for entry in case.no_agreement.outlooks if entry.party == party), None)
        if outlook is None:
            return ()
        return _one((outlook.beliefs if target.kind is Target.BELIEF else outlook.payoffs).get(ids[0]))
    if target.kind is Target.TRUST:
        dyad = dyad_of(case, party, ids)
        return () if dyad is None else (trust_in(case, party, dyad),)
    if preference is None:
        return ()
    if target.kind is Target.WEIGHT:
        return _one(preference.weights.get(ids[0]))
    if target.kind is Target.VALUE:
        return preference.values.get(ids[0], {}).get(ids[1], ())
    if target.kind is Target.RED_LINE:
        own = {line.id for line in preference.red_lines}
        lines = (line for line in standing_lines(case, party) if line.id in own)
        return tuple(line.probability for line in lines if (line.issue, line.option) == ids)
    return _one(preference.reservation) if target.kind is Target.RESERVATION else ()


def why_none(case: Case, party: str, target: LensTarget | None) -> str:
    """Return why a path leads to no number of a party."""
    if target is None:
        return "the case has no such number here"
    if target.kind is Target.PATIENCE:
        return "patience is one number for all parties and no party's own"
    if target.kind is Target.RED_LINE and party in case.preference:
        return "the party has no red line that refuses just this option"
    if target.kind is Target.TRUST:
        return "the party is none of the pair"
    return "the party has no such number here"


def _one(number: Estimate | None) -> tuple[Estimate, ...]:
    return () if number is None else (number,)


def dyad_of(case: Case, party: str, pair: tuple[str, ...]) -> Dyad | None:
    """Return the dyad that says how far a party trusts the other of a pair, else the one the other way round."""
    dyads = [dyad for dyad in case.dyads if {dyad.of, dyad.towards} == set(pair)] if party in pair else []
    return next((dyad for dyad in dyads if dyad.of == party), dyads[0] if dyads else None)


def trust_in(case: Case, party: str, dyad: Dyad) -> Estimate:
    """Return a party's trust by a dyad: its own number where that is given, else the range of the dyad's class."""
    if dyad.of == party and dyad.value is not None:
        return dyad.value
    return next(entry.value for entry in case.trust_classes if entry.id == dyad.trust)
