"""From a case and a party to what an elicitation starts from: a range, or nothing, for every weight and value.

Asked about are the options of which the record says something: the case has a value for them, or the party has a
position. Of the rest nobody knows what the party holds, and a guess that is entered cannot be told from knowledge
later; they are asked about only on demand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from detente.case.case import Case
from detente.case.ledger.stances import held_stances
from detente.case.position import Stance
from detente.core.errors import ModelError
from detente.core.estimate import Estimate
from detente.maths.worths import Comparison, Ranges, Start

Range = tuple[float, float, float]
"""Low, mode, high."""

EXACT_VALUE = 0.25
"""How far from a bare value the range reaches that it starts from: a bare number does not say how sure it is."""

EXACT_WEIGHT = 2.0
"""By which factor a bare weight may be wrong at the start, up or down."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison by its ids: an option of an issue, or two options and what lies between them."""

    issue: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StartingRanges:
    """What is assumed before the first answer; None where nothing is, and every value is as likely as any other.

    Attributes
    ----------
    weights : mapping of issue to range
        On the scale of the case's weights; the issues that are asked about, in the order of the case.
    values : mapping of issue to mapping of option to range
        From 0 to 1, at least two options for each issue.
    """

    weights: Mapping[str, Range | None]
    values: Mapping[str, Mapping[str, Range | None]]

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Issue and option of every option that is asked about, in the order of the arrays."""
        return tuple((issue, option) for issue, options in self.values.items() for option in options)

    def sides(self, asked: Comparison) -> tuple[Side, Side]:
        """Return the sides of a comparison by their ids."""
        names = self.options
        first, second = (
            Side(names[side[0]][0], tuple(names[one][1] for one in side)) for side in (asked.first, asked.second)
        )
        return first, second

    @property
    def mean_weight(self) -> float:
        """The weight of an issue of which nothing is assumed: the mean of the others, else an equal share of 1."""
        modes = [weight[1] for weight in self.weights.values() if weight is not None]
        return sum(modes) / len(modes) if sum(modes) > 0 else 1 / len(self.weights)

    @property
    def total(self) -> float:
        """What the weights add up to, on the scale of the case."""
        return sum(self.mean_weight if weight is None else weight[1] for weight in self.weights.values())


def starting_ranges(
    case: Case, party: str, *, issues: Sequence[str] | None = None, every_option: bool = False
) -> StartingRanges:
    """Return what an elicitation of a party's weights and values starts from.

    A number of the case gives its own range. An option without one, of which the party has a position, starts from the
    medians of the ranges that the case gives to options held so, over all parties: the same for each of them. A bare
    number starts from a range around it.

    Parameters
    ----------
    case : Case
        As of its day.
    party : str
        Id of a party.
    issues : sequence of str, optional
        Only these issues.
    every_option : bool
        Whether options are asked about, too, of which the record says nothing.

    Raises
    ------
    ModelError
        If nothing can be compared: no issue has two options that are asked about, or the case keeps the scale of an
        imported file.
    """
    if case.scale is not None:
        raise ModelError(
            where=f'party "{party}"',
            what="this case keeps the scale of the file that it was imported from",
            got=f"{case.scale.low:g} to {case.scale.high:g}",
            allowed="Comparisons give values from 0 to 1",
            hint="Use a case whose numbers were judged",
        )
    bands = _bands(case)
    preference = case.preference.get(party)
    judged = {} if preference is None else preference.weights
    known = {} if preference is None else preference.values
    mean = sum(weight.mode for weight in judged.values()) / len(judged) if judged else 0.0
    weights: dict[str, Range | None] = {}
    values: dict[str, dict[str, Range | None]] = {}
    for issue in case.issues:
        if issues is not None and issue.id not in issues:
            continue
        held = held_stances(case, party, issue.id)
        series = known.get(issue.id, {})
        options: dict[str, Range | None] = {}
        for option in issue.options:
            if option.id in series:
                options[option.id] = _value(series[option.id][-1])
            elif option.id in held:
                options[option.id] = bands.get(held[option.id].stance)
            elif every_option:
                options[option.id] = None
        if len(options) > 1:
            values[issue.id] = options
            weights[issue.id] = _weight(judged[issue.id], mean) if issue.id in judged else None
    if not values:
        raise _nothing_to_compare(party, every_option)
    return StartingRanges(weights, values)


def start_of(ranges: StartingRanges) -> Start:
    """Return the arrays of what is assumed, issues and options in their order."""
    order = list(ranges.weights)
    return Start(
        sizes=_arrays(ranges.weights.values()),
        mean_size=ranges.mean_weight,
        levels=_arrays(value for options in ranges.values.values() for value in options.values()),
        issue_of=np.array([order.index(issue) for issue, _ in ranges.options], dtype=np.int64),
    )


def _arrays(ranges: Iterable[Range | None]) -> Ranges:
    given = list(ranges)
    low, mode, high = np.array([(0.0, 0.5, 1.0) if one is None else one for one in given]).T
    return Ranges(low, mode, high, np.array([one is not None for one in given]))


def _bands(case: Case) -> dict[Stance, Range]:
    """Return the median range of the values that the case gives to options of each stance, blind to parties."""
    found: dict[Stance, list[Range]] = {}
    for party, preference in case.preference.items():
        for issue, options in preference.values.items():
            held = held_stances(case, party, issue)
            for option, series in options.items():
                if option in held:
                    found.setdefault(held[option].stance, []).append(_value(series[-1]))
    bands = {}
    for stance, ranges in found.items():
        low, mode, high = (median(one[at] for one in ranges) for at in range(3))
        bands[stance] = (low, mode, high)
    return bands


def _value(value: Estimate) -> Range:
    if value.low < value.high:
        return value.low, value.mode, value.high
    return max(0.0, value.mode - EXACT_VALUE), value.mode, min(1.0, value.mode + EXACT_VALUE)


def _weight(weight: Estimate, mean: float) -> Range | None:
    if weight.low < weight.high:
        return weight.low, weight.mode, weight.high
    if weight.mode > 0:
        return weight.mode / EXACT_WEIGHT, weight.mode, weight.mode * EXACT_WEIGHT
    return (0.0, 0.0, mean / EXACT_WEIGHT) if mean > 0 else None


def _nothing_to_compare(party: str, every_option: bool) -> ModelError:
    if every_option:
        return ModelError(
            where=f'party "{party}"',
            what="no issue that is asked about has two options",
            allowed="A comparison needs two",
            hint="Add options to the issues, or ask about others",
        )
    return ModelError(
        where=f'party "{party}"',
        what="there is no issue with two options of which the record says what the party holds",
        allowed="Asked about are options with a value, or with a position of the party",
        hint="Code positions first, or add --every-option to judge what nobody has coded",
    )
