"""Draws of small graph models: ties, states that cannot occur, one-way switches, bans."""

import numpy as np
from hypothesis import strategies as st

from detente.engines.stability import Direction, Players, StabilityModel


@st.composite
def graph_models(
    draw: st.DrawFn,
    *,
    fewest_parties: int = 1,
    most_parties: int = 4,
    most_switches: int = 5,
    reversible: bool = False,
    strict: bool = False,
) -> StabilityModel:
    count = draw(st.integers(fewest_parties, most_parties))
    owner = tuple(draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=most_switches)))
    states = 1 << len(owner)
    worst_to_best = [draw(st.permutations(range(states))) for _ in range(count)]
    # dividing the places by a width makes ties of neighbours
    widths = [1 if strict else draw(st.sampled_from([1, 1, 2, 5])) for _ in range(count)]
    ranks = np.array(
        [[place // width for place in order] for order, width in zip(worst_to_best, widths, strict=True)],
        dtype=np.int32,
    )
    if reversible:
        return StabilityModel(count, owner, (Direction.BOTH,) * len(owner), ranks)
    allowed = tuple(draw(st.sampled_from([Direction.BOTH, *Direction])) for _ in owner)
    impossible = draw(st.sets(st.integers(0, states - 1), max_size=states // 2))
    feasible = np.array([s not in impossible for s in range(states)])
    banned = np.zeros(states, dtype=np.int64)
    for s in draw(st.sets(st.integers(0, states - 1), max_size=4)):
        banned[s] = draw(st.integers(0, states - 1))
    return StabilityModel(count, owner, allowed, ranks, feasible, banned)


@st.composite
def partitions(draw: st.DrawFn, parties: int) -> Players:
    labels = [draw(st.integers(0, parties - 1)) for _ in range(parties)]
    return tuple(tuple(p for p in range(parties) if labels[p] == label) for label in sorted(set(labels)))
