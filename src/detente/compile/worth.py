"""What a package is worth to a party, as far as its coded numbers say: a range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from detente.case.case import Case
from detente.compile.utilities import PartyUtilities, Weights, party_utilities


@dataclass(frozen=True, slots=True)
class Worth:
    """A party's utilities over the issues on which it has weights and values.

    `options` are the options of those issues, in the order of the case; `judged` tells that the scale is 0 to 1.
    """

    options: Mapping[str, tuple[str, ...]]
    utilities: PartyUtilities
    judged: bool

    @classmethod
    def of(cls, case: Case, party: str) -> Worth | None:
        """Return the worth of packages to a party, or None if it has numbers on no issue."""
        preference = case.preference.get(party)
        if preference is None:
            return None
        options = {
            issue.id: tuple(option.id for option in issue.options)
            for issue in case.issues
            if issue.id in preference.weights and preference.values.get(issue.id)
        }
        if not options:
            return None
        return cls(options, party_utilities(case, party, options, Weights.ANALYST), case.scale is None)

    def range_of(self, allowed: Mapping[str, Sequence[str]]) -> tuple[float, float]:
        """Return the least and the most that a package can be worth.

        Parameters
        ----------
        allowed : mapping
            Issue → the options that it may hold; an issue that is not named is open. Issues without numbers are
            ignored.

        Notes
        -----
        Joint values are added at their least and at their most, each by itself; where they share an issue the range may
        be wider than need be, never narrower.
        """
        low = high = 0.0
        held = {issue: tuple(allowed.get(issue, names)) for issue, names in self.options.items()}
        for issue, names in self.options.items():
            places = [names.index(option) for option in held[issue]]
            low += float(min(self.utilities.worst[issue][place] for place in places))
            high += float(max(self.utilities.best[issue][place] for place in places))
        for term in self.utilities.joint:
            issues = term.when.issues()
            some = [
                float(term.value) * bool(term.when.holds(dict(zip(issues, chosen, strict=True))))
                for chosen in product(*(held[issue] for issue in issues))
            ]
            low, high = low + min(some), high + max(some)
        return low, high

    def scale(self) -> tuple[float, float]:
        """Return the ends of the scale: 0 and 1 in a judged case, else what packages can be worth."""
        return (0.0, 1.0) if self.judged else self.range_of({})
