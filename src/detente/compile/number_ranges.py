r"""What a package is worth to a party whatever its judged numbers, each between its bounds: the exact range.

In a judged case :math:`u = \sum_i w_i v_i / \sum_i w_i`. Values enter issue by issue, so each issue's are at an end;
given those, the largest u over the box of weights has every weight of an issue above the average at its upper bound and
every other at its lower, so one sort finds it. Joint values are added at their ends, each by itself: where they share
issues the range may be wider than need be, never narrower.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from detente.case.case import Case
from detente.compile.reservation_prior import case_prior
from detente.core.estimate import Estimate

Ends = tuple[float, float]


def worth_whatever_the_numbers(case: Case, party: str, choice: Mapping[str, str]) -> Ends | None:
    """Return the least and the most that a package can be worth; None without weights and values.

    An issue that the package leaves open, and an option without a value, count from their worst to their best.
    """
    preference = case.preference.get(case.stand_in(party))
    if preference is None:
        return None
    weights, ends = [], []
    for issue in case.issues:
        values = preference.values.get(issue.id)
        if issue.id not in preference.weights or not values:
            continue
        known = {option: series[-1] for option, series in values.items()}
        names = [choice[issue.id]] if issue.id in choice else [option.id for option in issue.options]
        whole = len(known) == len(issue.options) and case.scale is None
        found = [_value_ends(case, known, name, rescale=whole) for name in names]
        weights.append(preference.weights[issue.id])
        ends.append((min(one[0] for one in found), max(one[1] for one in found)))
    if not weights:
        return None
    joint = _joint_ends(case, case.stand_in(party), choice)
    if case.scale is not None:
        low = sum(min(w.low * e[0], w.high * e[0]) for w, e in zip(weights, ends, strict=True))
        high = sum(max(w.low * e[1], w.high * e[1]) for w, e in zip(weights, ends, strict=True))
    else:
        low = -_largest_mean(weights, [-one[0] for one in ends])
        high = _largest_mean(weights, [one[1] for one in ends])
    return low + joint[0], high + joint[1]


def no_agreement_whatever_the_numbers(case: Case, party: str) -> Ends | None:
    """Return the least and the most that no agreement can be worth; None where the case gives nothing."""
    prior = case_prior(case, case.stand_in(party))
    return None if prior is None else (prior.prior.low, prior.prior.high)


def _value_ends(case: Case, known: Mapping[str, Estimate], name: str, *, rescale: bool) -> Ends:
    """Return the least and the most value of an option; rescaled to worst 0 and best 1 where all are valued."""
    if name not in known:
        return (0.0, 1.0) if case.scale is None else (case.scale.low, case.scale.high)
    own = known[name]
    if not rescale:
        return own.low, own.high
    others = [one for option, one in known.items() if option != name]
    return (
        _place(own.low, [one.high for one in others]),
        _place(own.high, [one.low for one in others]),
    )


def _place(own: float, others: Sequence[float]) -> float:
    low, high = min([own, *others]), max([own, *others])
    return own if low == high else (own - low) / (high - low)


def _largest_mean(weights: Sequence[Estimate], values: Sequence[float]) -> float:
    """Return the largest weighted mean of values, each weight between its bounds."""
    order = sorted(range(len(values)), key=lambda place: -values[place])
    best = None
    for cut in range(len(order) + 1):
        chosen = [weights[place].high if rank < cut else weights[place].low for rank, place in enumerate(order)]
        total = sum(chosen)
        if total > 0:
            mean = sum(w * values[place] for w, place in zip(chosen, order, strict=True)) / total
            best = mean if best is None else max(best, mean)
    return 0.0 if best is None else best


def _joint_ends(case: Case, party: str, choice: Mapping[str, str]) -> Ends:
    low = high = 0.0
    for term in case.preference[party].interactions:
        issues = term.when.issues()
        held = [[choice[i]] if i in choice else [one.id for one in case.issue[i].options] for i in issues]
        truths = {bool(term.when.holds(dict(zip(issues, one, strict=True)))) for one in product(*held)}
        ends = [term.value.low, term.value.high] if True in truths else []
        ends += [0.0] if False in truths else []
        low, high = low + min(ends), high + max(ends)
    return low, high
