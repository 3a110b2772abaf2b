r"""The fewest comparisons, of all parties together, that would have to turn for a state to be an equilibrium.

Under Nash, GMR and SMR each party's stability depends on its own ranking alone, so the fewest changes of the
parties add up. Under SEQ and SIM sanctions are improvements of the others: a change by one party may also make an
answer of its own one that it would rather give, so that another party stays. Then

* no fewer will do than under GMR, which SEQ implies (SIM does where every state can occur and nothing is banned); and
* no more are needed than under Nash, which implies both.

Where the bounds differ, all profiles of strict rankings at the distances between are looked at in turn, up to
MOST_PROFILES of them; a distance d away are those that d exchanges of neighbours lead to. What is not settled by
that is said as bounds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from detente.engines.stability.certificates import certify
from detente.engines.stability.changes import Changes, Turn, fewest_changes
from detente.engines.stability.model import Concept, Int32Array, Reply, StabilityModel
from detente.engines.stability.profiles import INDEPENDENT

MOST_PROFILES = 3_000
"""Profiles of rankings that are looked at one by one, of models with up to MOST_LOOKS / MOST_PROFILES states."""

MOST_LOOKS = 60_000
"""Profiles times states, at most: in a larger model fewer profiles are looked at."""

Profile = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class EquilibriumChanges:
    """The fewest turns of all parties together, or bounds on them.

    Attributes
    ----------
    at_least, at_most : int
        Equal where the number is exact.
    turns : tuple of tuples of Turn
        Per party, `at_most` in all, after which the state is an equilibrium.
    """

    at_least: int
    at_most: int
    turns: tuple[tuple[Turn, ...], ...]

    @property
    def exact(self) -> bool:
        """Return whether no fewer will do."""
        return self.at_least == self.at_most


def fewest_for_equilibrium(
    model: StabilityModel, *, state: int, concept: Concept, reply: Reply = Reply.LEGAL
) -> EquilibriumChanges:
    """Return the fewest comparisons that would have to turn for a state to be stable for every party.

    Raises
    ------
    ModelError
        As `fewest_changes` does.
    """

    def each(kind: Concept) -> list[Changes]:
        return [
            fewest_changes(model, state=state, party=party, concept=kind, reply=reply) for party in range(model.parties)
        ]

    def number(changes: list[Changes]) -> int:
        return sum(len(one.turns) for one in changes)

    if concept in INDEPENDENT:
        found = each(concept)
        return EquilibriumChanges(number(found), number(found), tuple(one.turns for one in found))
    if _stable(model, state, concept, reply):
        return EquilibriumChanges(0, 0, ((),) * model.parties)
    below = concept is Concept.SEQ or (model.reversible and reply is Reply.LEGAL)
    tries = [each(kind) for kind in (Concept.GMR, concept, Concept.NASH)]
    at_least = max(1, number(tries[0]) if below else 1)
    held = [one for one in tries if _stable(_ranked(model, one), state, concept, reply)]
    best = min(held, key=number)
    turns = tuple(one.turns for one in best)
    if number(best) > at_least and _strict(model):
        return _searched(model, state, concept, reply, at_least, turns)
    return EquilibriumChanges(at_least, number(best), turns)


def _stable(model: StabilityModel, state: int, concept: Concept, reply: Reply) -> bool:
    return all(
        certify(model, state=state, player=party, concept=concept, reply=reply).stable for party in range(model.parties)
    )


def _ranked(model: StabilityModel, changes: list[Changes]) -> StabilityModel:
    return replace(model, ranks=np.stack([one.ranks for one in changes]))


def _strict(model: StabilityModel) -> bool:
    occurring = model.occurring()
    return all(np.unique(row[occurring]).size == int(occurring.sum()) for row in model.ranks)


def _searched(
    model: StabilityModel,
    state: int,
    concept: Concept,
    reply: Reply,
    at_least: int,
    turns: tuple[tuple[Turn, ...], ...],
) -> EquilibriumChanges:
    """Return the nearest profile, looking at all that are nearer than the given turns as far as the limit allows."""
    at_most = sum(map(len, turns))
    codes = np.flatnonzero(model.occurring())
    now: Profile = tuple(tuple(codes[np.argsort(-row[codes].astype(np.int64))].tolist()) for row in model.ranks)
    limit = min(MOST_PROFILES, MOST_LOOKS // codes.size)
    seen, ring = {now}, [now]
    for distance in range(1, at_most):
        farther: list[Profile] = []
        for profile in ring:
            for one in _exchanged(profile):
                if one in seen:
                    continue
                if len(seen) > limit:
                    return EquilibriumChanges(max(at_least, distance), at_most, turns)
                seen.add(one)
                farther.append(one)
                if distance >= at_least and _stable(_with(model, one), state, concept, reply):
                    return EquilibriumChanges(distance, distance, _turned(now, one))
        ring = farther
    return EquilibriumChanges(at_most, at_most, turns)


def _exchanged(profile: Profile) -> Iterator[Profile]:
    for party, order in enumerate(profile):
        for place in range(len(order) - 1):
            new = (*order[:place], order[place + 1], order[place], *order[place + 2 :])
            yield (*profile[:party], new, *profile[party + 1 :])


def _with(model: StabilityModel, profile: Profile) -> StabilityModel:
    ranks: Int32Array = np.zeros_like(model.ranks)
    for row, order in zip(ranks, profile, strict=True):
        row[list(order)] = np.arange(len(order), 0, -1)
    return replace(model, ranks=ranks)


def _turned(before: Profile, after: Profile) -> tuple[tuple[Turn, ...], ...]:
    found = []
    for old, new in zip(before, after, strict=True):
        place = {code: at for at, code in enumerate(old)}
        found.append(
            tuple(
                Turn(up, down, level=False)
                for at, up in enumerate(new)
                for down in new[at + 1 :]
                if place[up] > place[down]
            )
        )
    return tuple(found)
