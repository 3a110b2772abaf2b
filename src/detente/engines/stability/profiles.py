r"""Under how many profiles of rankings, one ranking per party, is a state an equilibrium.

Under Nash, GMR and SMR whether a state is stable for a party depends on its own ranking alone, so the shares of the
parties multiply. Under SEQ and SIM sanctions are improvements of the others, and the parties' rankings count
together. Then each party's rankings are put into classes, those together that agree on its improvements and on
which states rank no higher than the target; only classes are combined. That lists the rankings of each party once,
not their combinations, and is exact up to MOST_VARIED states that vary and MOST_PROFILES combinations of classes.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product
from math import prod

import numpy as np

from detente.core.errors import ModelError
from detente.engines.stability.certificates import check_state
from detente.engines.stability.demands import Demand, States, demands
from detente.engines.stability.inverse import Window, check_window, count_rankings, ranked_groups
from detente.engines.stability.model import Concept, Reply, StabilityModel, single_parties
from detente.engines.stability.moves import Moves

MOST_VARIED = 7
"""States whose order varies, per party, under SEQ and SIM: 7! = 5,040 rankings are listed."""

MOST_PROFILES = 20_000
"""Combinations of classes of rankings under SEQ and SIM."""

INDEPENDENT = (Concept.NASH, Concept.GMR, Concept.SMR)
"""Concepts under which stability for a party depends on its own ranking alone."""

Improving = frozenset[tuple[int, int]]


def share_of_profiles(
    model: StabilityModel,
    *,
    state: int,
    concept: Concept,
    reply: Reply = Reply.LEGAL,
    windows: Sequence[Window] | None = None,
) -> Fraction:
    """Return the share of profiles of strict rankings under which a state is stable for every party.

    Parameters
    ----------
    windows : sequence of (int, int), optional
        Per party the places of its present ranking whose states vary, see `count_rankings`.

    Raises
    ------
    ModelError
        As `count_rankings` does, and under SEQ and SIM where more than MOST_VARIED states vary or classes of
        rankings have more than MOST_PROFILES combinations.
    """
    if concept in INDEPENDENT:
        found = (
            count_rankings(
                model, state=state, party=party, concept=concept, reply=reply,
                window=None if windows is None else windows[party],
            )
            for party in range(model.parties)
        )  # fmt: skip
        return prod((one.share for one in found), start=Fraction(1))
    check_state(model, state, "stability.share_of_profiles")
    classes = [
        _classes(model, state, party, None if windows is None else windows[party]) for party in range(model.parties)
    ]
    combined = prod(len(one) for one in classes)
    if combined > MOST_PROFILES:
        raise ModelError(
            where="stability.share_of_profiles", what=f"too many combinations of rankings under {concept.value}",
            got=combined, allowed=f"At most {MOST_PROFILES:,}",
        )  # fmt: skip
    known: dict[tuple[int, tuple[int, ...]], tuple[Demand, ...]] = {}
    listed = [list(one.items()) for one in classes]
    favourable = 0
    for at in product(*(range(len(one)) for one in listed)):
        chosen = [one[n] for one, n in zip(listed, at, strict=True)]
        stable = True
        for party, ((ranks, no_higher, _), _) in enumerate(chosen):
            others = (party, at[:party] + at[party + 1 :])
            if others not in known:
                whole = np.array([key[0] for key, _ in chosen], dtype=np.int32)
                whole[party] = ranks
                known[others] = demands(
                    replace(model, ranks=whole), state=state, party=party, concept=concept, reply=reply
                )
            if not all(one.met(no_higher) for one in known[others]):
                stable = False
                break
        if stable:
            favourable += prod(count for _, count in chosen)
    return Fraction(favourable, prod(sum(one.values()) for one in classes))


_Class = tuple[tuple[int, ...], States, Improving]


def _classes(model: StabilityModel, state: int, party: int, window: Window | None) -> Counter[_Class]:
    """Return how many rankings agree in all that counts; each class shows the ranks of one of them."""
    codes = np.flatnonzero(model.occurring()).tolist()
    groups = [(code,) for code in codes] if window is None else ranked_groups(model, party)
    low, high = check_window(groups, (0, len(groups)) if window is None else window)
    if high - low > MOST_VARIED:
        raise ModelError(
            where="stability.share_of_profiles", what="too many states whose order varies", got=high - low,
            allowed=f"At most {MOST_VARIED} under seq and sim",
        )  # fmt: skip
    moves = Moves(model, single_parties(model))
    pairs = [(s, t) for s in codes for t in moves.reach(party, s).tolist()]
    shown: dict[tuple[States, Improving], tuple[int, ...]] = {}
    counts: Counter[_Class] = Counter()
    for varied in permutations(groups[low:high]):
        ranks = [0] * model.states
        for place, group in enumerate((*groups[:low], *varied, *groups[high:])):
            for code in group:
                ranks[code] = -place
        no_higher = frozenset(s for s in codes if ranks[s] <= ranks[state])
        improving = frozenset((s, t) for s, t in pairs if ranks[t] > ranks[s])
        first = shown.setdefault((no_higher, improving), tuple(ranks))
        counts[first, no_higher, improving] += 1
    return counts
