"""A profile: for each issue of the domain a weight and the values of its options, and a reservation.

As in Genius, a profile's issue belongs to the domain's issue with the same index. Where none has that index, the one
with the same name is read instead, and noted.

A utility is the sum of weight × evaluation over the issues; weights are taken as they stand in the file and those of
nested objectives are not multiplied in (`AdditiveUtilitySpace.getUtility`). Genius caps a sum above 1 at 1; a case does
not, and says so. A discount is noted, not applied; a profile that is not additive is refused.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.interchange.genius.domain import Topic, issues_within
from detente.interchange.genius.evaluation import option_values
from detente.interchange.xml_tree import Element

WEIGHT_SLACK = 1e-6  # sums of weights nearer to 1 than this are rounding in the file
NOT_ADDITIVE = frozenset({"ufun", "utility_function", "hyperrectangle", "rule", "constraint"})


@dataclass(frozen=True, slots=True)
class Profile:
    """What one profile says: by the domain's issues in order, a weight and a value for each option."""

    path: Path
    weights: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]
    reservation: float | None
    notes: tuple[str, ...]

    def extremes(self) -> tuple[float, float]:
        """Return the lowest and the highest number on the profile's scale: of a package, a value, the reservation."""
        worth = [[weight * value for value in row] for weight, row in zip(self.weights, self.values, strict=True)]
        numbers = [math.fsum(map(min, worth)), math.fsum(map(max, worth)), *itertools.chain(*self.values)]
        if self.reservation is not None:
            numbers.append(self.reservation)
        return min(numbers), max(numbers)


def read_profile(root: Element, topics: Sequence[Topic]) -> Profile:
    """Return the profile of a <utility_space>, in the order of the domain's issues.

    Raises
    ------
    ImportFileError
        If the profile is not additive, lacks an issue of the domain, its weight or an evaluation, or a number is none.
    """
    _refuse_other_forms(root)
    notes: list[str] = []
    found = list(issues_within(root))
    weights: list[float] = []
    values: list[tuple[float, ...]] = []
    for topic in topics:
        element, objective = _belonging(root, found, topic, notes)
        weights.append(_weight(element, objective, topic))
        values.append(option_values(element, topic, notes))
    if len(found) > len(topics):
        notes.append(f"the profile has {len(found)} issues and the domain {len(topics)}; the others are not read.")
    if any(objective.first("weight") for objective in root.walk() if objective.first("objective")):
        notes.append("weights of nested objectives are not multiplied in, as in Genius.")
    total = math.fsum(weights)
    if abs(total - 1) > WEIGHT_SLACK:
        capped = " (Genius caps a utility above 1 at 1; the case does not)" if total > 1 else ""
        notes.append(f"weights sum to {total:.12g} and stay as they are{capped}.")
    discount = _number_of(root, "discount_factor")
    if discount is not None and discount != 1:
        notes.append(f"the discount factor {discount:g} is not applied: utilities are those at the start.")
    return Profile(root.path, tuple(weights), tuple(values), _number_of(root, "reservation"), tuple(notes))


def _refuse_other_forms(root: Element) -> None:
    for element in root.walk():
        if element.tag.lower() in NOT_ADDITIVE:
            raise element.error(
                "the profile is not additive",
                got=f"<{element.tag}>",
                allowed="Profiles with a weight for each issue and an evaluation for each value are read",
                hint="Export an additive profile",
            )


def _belonging(
    root: Element, found: Sequence[tuple[Element, Element]], topic: Topic, notes: list[str]
) -> tuple[Element, Element]:
    """Return the profile's issue for an issue of the domain, with its objective: by index, else by name."""
    by_index = [pair for pair in found if pair[0].whole("index") == topic.index]
    by_name = [pair for pair in found if _same(pair[0].get("name"), topic.name)]
    if len(by_index) > 1:
        raise by_index[1][0].error(
            "two issues of the profile have the same index",
            got=topic.index,
            allowed="Indices of issues are unique within a profile",
            hint="Give each the index that the issue has in the domain",
        )
    if by_index:
        name = by_index[0][0].get("name")
        if by_name and not _same(name, topic.name):
            raise by_index[0][0].error(
                f'issue {topic.index} is "{topic.name}" in the domain, and another issue here',
                got=name,
                allowed="An issue has the same index and name in the domain and in its profiles",
                hint="Exchange the indices in the profile, in its weights too",
            )
        if name and not by_name:
            notes.append(f'issue {topic.index} is called "{name}" here and "{topic.name}" in the domain.')
        return by_index[0]
    if len(by_name) == 1:
        notes.append(f'issue "{topic.name}" has another index than in the domain and is read by its name.')
        return by_name[0]
    raise root.error(
        f'issue {topic.index}, "{topic.name}", of the domain is missing',
        allowed="A profile holds every issue of its domain",
        hint="Add it, or choose a profile of this domain",
    )


def _weight(element: Element, objective: Element, topic: Topic) -> float:
    index = element.whole("index")
    weights = [weight for weight in objective.every("weight") if weight.whole("index") == index]
    if not weights:
        raise element.error(
            f'issue "{topic.name}" has no weight',
            allowed=f'A weight is written <weight index="{index}" value="0.25"/> beside the issue',
            hint="Add it; an issue that does not matter has the weight 0",
        )
    weight = weights[-1].decimal("value")
    if weight < 0:
        raise weights[-1].error(
            f'the weight of issue "{topic.name}" is negative',
            got=weight,
            allowed="Weights are 0 or more",
            hint="Turn the evaluations of the issue around instead",
        )
    return weight


def _number_of(root: Element, tag: str) -> float | None:
    element = root.first(tag)
    return None if element is None or element.get("value") is None else element.decimal("value")


def _same(one: str | None, other: str) -> bool:
    return one is not None and one.strip().casefold() == other.strip().casefold()
