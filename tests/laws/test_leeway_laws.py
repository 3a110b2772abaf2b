"""What packages offer one party while others are content, against plain enumeration of models with any constants."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.engines.settlement import Completion, Rule, SettlementModel, find_leeway
from tests.laws.test_settlement_laws import Listed, completions, enumerate_packages, models

Pair = tuple[int, int]


@settings(max_examples=150, deadline=None)
@given(models(), completions, st.data())
def test_leeway_is_that_of_plain_enumeration(
    model: SettlementModel, completion: Completion, data: st.DataObject
) -> None:
    """Also where every package gives something: a pair and its own value add up to what the package is worth."""
    party = data.draw(st.integers(0, model.parties - 1), label="party")
    silent = data.draw(st.sets(st.integers(0, model.parties - 1)), label="silent")
    others = [j for j in range(model.parties) if j != party and j not in silent]
    own = [np.array(data.draw(st.lists(st.integers(-6, 6), min_size=k, max_size=k)), np.int64) for k in model.sizes]
    conditions = data.draw(st.lists(conditions_of(model, party), max_size=3), label="conditions")
    found = find_leeway(
        model,
        rules=(*model.links, *(line.rule for line in model.lines)),
        completion=completion,
        party=party,
        others=others,
        own=own,
        conditions=conditions,
    )
    kept = [
        one
        for one in enumerate_packages(model, completion)
        if one.links_kept and not one.crossed and not one.short & set(others)
    ]
    for issue, size in enumerate(model.sizes):
        for option in range(size):
            offered = {split(one, party, own, issue) for one in kept if one.package[issue] == option}
            assert set(found.pairs[issue][option]) == undominated(offered)
    for condition, both in zip(conditions, found.under, strict=True):
        for holds, most in zip((True, False), both, strict=True):
            worths = [one.worth[party] for one in kept if condition.keeps(one.package) is holds]
            assert most == max(worths, default=None)


def conditions_of(model: SettlementModel, party: int) -> st.SearchStrategy[Rule]:
    """Return conditions on one issue, or on the two of an interaction of the party."""
    scopes = [(issue,) for issue in range(len(model.sizes))]
    pairs = [term.issues for term in model.interactions if term.party == party]

    def over(issues: tuple[int, ...]) -> st.SearchStrategy[Rule]:
        shape = tuple(model.sizes[issue] for issue in issues)
        cells = int(np.prod(shape))
        return st.lists(st.booleans(), min_size=cells, max_size=cells).map(
            lambda some: Rule(issues, np.array(some, np.bool_).reshape(shape))
        )

    return st.sampled_from([*scopes, *pairs]).flatmap(over)


def split(one: Listed, party: int, own: list[np.ndarray], issue: int) -> Pair:
    """Return what a package gives by the weighted values of the other issues, and by all else."""
    values = [int(counts[option]) for counts, option in zip(own, one.package, strict=True)]
    return sum(values) - values[issue], one.worth[party] - sum(values)


def undominated(pairs: set[Pair]) -> set[Pair]:
    """Return the pairs that no other exceeds in one number and reaches in the other."""
    return {(a, e) for a, e in pairs if not any((b, f) != (a, e) and b >= a and f >= e for b, f in pairs)}
