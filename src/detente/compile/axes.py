"""Issues whose options lie on an axis, and how far apart two parties want them: for words that cost nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from detente.case.case import Case
from detente.case.issue import Issue
from detente.compile.worth import Worth


@dataclass(frozen=True, slots=True)
class Distance:
    """How far apart two parties want one issue, as a share of the range of its axis; `ideals` are on the axis."""

    issue: str
    parties: tuple[str, str]
    ideals: tuple[float, float]
    share: float


def axis_of(issue: Issue) -> tuple[float, ...] | None:
    """Return the places of an issue's options on its axis; None where one has no place, or all have the same.

    A nesting is an order and no axis: it does not say how far its options are apart.
    """
    places = [option.value for option in issue.options if option.value is not None]
    if len(places) < len(issue.options) or len(set(places)) < 2:
        return None
    return tuple(places)


def distances(case: Case) -> Iterator[Distance]:
    """Yield every pair of parties with one ideal each on an issue with an axis, in the order of the case."""
    worths = {one.party: Worth.of(case, one.party) for one in case.preferences}
    for issue in case.issues:
        places = axis_of(issue)
        if places is None:
            continue
        ideals = {}
        for party, worth in worths.items():
            if worth is None or issue.id not in worth.options or worth.utilities.unknown[issue.id]:
                continue
            values = worth.utilities.best[issue.id]
            most = [place for place, value in zip(places, values, strict=True) if value == max(values)]
            if len(most) == 1:
                ideals[party] = most[0]
        span = max(places) - min(places)
        for one, other in combinations(ideals, 2):
            share = abs(ideals[one] - ideals[other]) / span
            yield Distance(issue.id, (one, other), (ideals[one], ideals[other]), share)
