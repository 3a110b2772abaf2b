"""What one package is worth to one party, between its worst and its best case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from detente.case.case import Case
from detente.case.ledger.tabled import tabled_packages
from detente.case.stability import NO_AGREEMENT
from detente.compile.no_agreement import no_agreement_value
from detente.compile.utilities import Weights, party_utilities

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Worth:
    """The least and the most that something can be worth, on the scale of the case."""

    low: Fraction
    high: Fraction


def package_choice(case: Case, package: str) -> Mapping[str, str] | None:
    """Return the options of a text or package; None for no agreement, nothing where a text demands none."""
    if package == NO_AGREEMENT:
        return None
    return next((one.choice for one in tabled_packages(case) if one.id == package), {})


def package_value(case: Case, party: str, choice: Mapping[str, str] | None) -> Worth:
    """Return what a package is worth to a party; without a package, what no agreement is.

    Only issues on which the party has numbers count. An issue that the package leaves open, and an option without a
    value, count from their worst to their best. No agreement without a coded value is worth the party's worst package.
    """
    speaker = case.stand_in(party)
    if choice is None:
        value, _ = no_agreement_value(case, speaker)
        if value is not None:
            return Worth(value, value)
    preference = case.preference[speaker]
    options = {
        issue.id: tuple(option.id for option in issue.options)
        for issue in case.issues
        if issue.id in preference.weights and preference.values.get(issue.id)
    }
    utilities = party_utilities(case, speaker, options, Weights.ANALYST)
    fixed = {issue: option for issue, option in (choice or {}).items() if issue in options}
    low, high = NOTHING, NOTHING
    for issue, names in options.items():
        places = [names.index(fixed[issue])] if issue in fixed else range(len(names))
        low += min(utilities.worst[issue][place] for place in places)
        high += max(utilities.best[issue][place] for place in places)
    for term in utilities.joint:
        holds = term.when.holds(fixed)
        least, most = min(NOTHING, term.value), max(NOTHING, term.value)
        low += least if holds is None else term.value if holds else NOTHING
        high += most if holds is None else term.value if holds else NOTHING
    return Worth(low, low) if choice is None else Worth(low, high)
