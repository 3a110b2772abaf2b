"""Counting packages by hand, as a second method beside the settlement engine."""

from __future__ import annotations

from itertools import product

from detente.case.case import Case
from detente.case.position import Basis
from detente.case.red_lines import StandingLine, standing_lines


def zone(case: Case, members: tuple[str, ...], *, stated_only: bool) -> int:
    """Count by hand the packages that break no line and leave every member at least as well off, at the modes.

    An unknown option counts at its worst, and issues that a member has not coded are left out, as the settlement
    engine does it; nothing of the engine is used here.
    """
    issues = [issue for issue in case.issues if all(issue.id in case.preference[m].weights for m in members)]
    lines = {
        party: [
            line
            for line in standing_lines(case, party)
            if not line.relaxed and (line.basis is Basis.STATED or not stated_only)
        ]
        for party in members
    }
    allowed = 0
    for chosen in product(*[[option.id for option in issue.options] for issue in issues]):
        package = dict(zip([issue.id for issue in issues], chosen, strict=True))
        kept = all(link.condition.holds(package) is not False for link in case.links)
        allowed += kept and all(_content(case, m, package, lines[m]) for m in members)
    return allowed


def _content(case: Case, party: str, package: dict[str, str], lines: list[StandingLine]) -> bool:
    preference = case.preference[party]
    if any(line.condition.holds(package) for line in lines):
        return False
    total = sum(preference.weights[issue].mode for issue in package) if case.scale is None else 1
    utility = 0.0
    for issue, option in package.items():
        known = {name: series[-1].mode for name, series in preference.values[issue].items()}
        low, high = min(known.values()), max(known.values())
        if case.scale is None and len(known) == len(case.issue[issue].options):
            known = {name: (value - low) / (high - low) for name, value in known.items()}
        utility += preference.weights[issue].mode / total * known.get(option, 0.0)
    utility += sum(term.value.mode for term in preference.interactions if term.when.holds(package))
    outlook = next(one for one in case.no_agreement.outlooks if one.party == party)
    without = sum(belief.mode * outlook.payoffs[name].mode for name, belief in outlook.beliefs.items())
    return utility >= without - 1e-12
