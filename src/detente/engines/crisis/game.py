r"""No agreement as a game: who would start what, and what every party then gets.

Scenarios are shared. Some can be started by a party alone; of several that are started the most intense comes about,
for all. If nobody starts anything, one of the others comes about, and party :math:`i` expects

.. math:: r_i = \frac{\sum_{s \notin S} b_{is} v_{is}}{\sum_{s \notin S} b_{is}}

with its own beliefs :math:`b`, its own payoffs :math:`v` and :math:`S` the scenarios that somebody can start. So war is
imposed on every party if one that can start it prefers it to :math:`r`. A scenario that one party starts alone may be
worth more to it, and less to its opponent, by the advantage of striking first. Strategies are few, so all profiles of
pure strategies are tried: an equilibrium is one from which no single party gains by another strategy.

Where two parties can start the same scenario, that both do is an equilibrium even if neither likes it, as nothing that
one does alone changes it. Such equilibria are listed, and marked if a party starts what is weakly dominated for it.
With an advantage of striking first starting may be the best reply to starting, and then the mark is gone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from detente.core.errors import ModelError
from detente.maths.compiled import BoolArray, FloatArray

NOTHING = -1
"""The strategy of starting nothing."""

MOST_PROFILES = 1 << 16
"""More profiles than these are refused."""

SAME = 1e-12
"""Payoffs closer than this are the same: sums of a handful of floats of size 1 differ by less."""

Profile = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoAgreementGame:
    """Beliefs, payoffs and abilities over shared scenarios.

    Attributes
    ----------
    payoffs, beliefs : (parties, scenarios) float
        Each party's own; beliefs are scaled over those scenarios that nobody can start.
    can_start : (parties, scenarios) bool
        Who can start what alone.
    intensity : tuple of int
        Of several started scenarios that of the highest intensity comes about; different for all that can be started.
    alone : (parties, parties, scenarios) float
        What is added to the payoff of the second party if the first alone starts the scenario.
    payoff_range, belief_range : pairs of (parties, scenarios) float
        Least and greatest in range.
    alone_range : pair of (parties, parties, scenarios) float
        Least and greatest in range.

    Raises
    ------
    ModelError
        If shapes disagree, two scenarios that can be started have one intensity, a party believes in no scenario that
        nobody can start, or there are too many profiles.
    """

    payoffs: FloatArray
    beliefs: FloatArray
    can_start: BoolArray
    intensity: tuple[int, ...]
    alone: FloatArray
    payoff_range: tuple[FloatArray, FloatArray]
    belief_range: tuple[FloatArray, FloatArray]
    alone_range: tuple[FloatArray, FloatArray]

    def __post_init__(self) -> None:
        """Refuse what is no game."""
        shape = self.payoffs.shape
        parties = (shape[0], *shape)
        if any(
            array.shape != shape for array in (self.beliefs, self.can_start, *self.payoff_range, *self.belief_range)
        ):
            _refuse("arrays have different shapes", shape, "One row per party, one column per scenario", "Align them")
        if any(array.shape != parties for array in (self.alone, *self.alone_range)):
            _refuse("an advantage has another shape", self.alone.shape, f"Shape {parties}", "Align it")
        if len(self.intensity) != shape[1]:
            _refuse("intensities do not fit", len(self.intensity), f"{shape[1]} scenarios", "Give one for each")
        started = [self.intensity[k] for k in np.flatnonzero(self.startable)]
        if len(set(started)) != len(started):
            _refuse("two scenarios have one intensity", started, "They differ", "Say which is graver")
        if (self.beliefs[:, ~self.startable].sum(axis=1) <= 0).any():
            hint = "Give it a belief in one"
            _refuse("a party believes that somebody starts something", 0, "A belief in what nobody starts", hint)
        if math.prod(len(self.strategies(party)) for party in range(shape[0])) > MOST_PROFILES:
            _refuse("too many profiles", "more", f"At most {MOST_PROFILES}", "Let fewer parties start fewer scenarios")

    @property
    def parties(self) -> int:
        """Return the number of parties."""
        return int(self.payoffs.shape[0])

    @property
    def startable(self) -> BoolArray:
        """Return which scenarios somebody can start."""
        return np.asarray(self.can_start.any(axis=0))

    def strategies(self, party: int) -> tuple[int, ...]:
        """Return what a party can do: nothing, or one scenario."""
        return (NOTHING, *(int(k) for k in np.flatnonzero(self.can_start[party])))

    def rest(self) -> FloatArray:
        """Return what each party expects if nobody starts anything, at the most likely numbers."""
        others = ~self.startable
        weight = self.beliefs[:, others]
        return np.asarray((weight * self.payoffs[:, others]).sum(axis=1) / weight.sum(axis=1))

    def outcome(self, profile: Profile) -> int:
        """Return the scenario that comes about: the most intense of those started, or none."""
        started = [one for one in profile if one != NOTHING]
        return max(started, key=lambda one: self.intensity[one]) if started else NOTHING

    def result(self, profile: Profile) -> FloatArray:
        """Return what every party gets from a profile."""
        scenario = self.outcome(profile)
        if scenario == NOTHING:
            return self.rest()
        starters = [party for party, one in enumerate(profile) if one == scenario]
        added = self.alone[starters[0], :, scenario] if len(starters) == 1 else 0.0
        return np.asarray(self.payoffs[:, scenario] + added)


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """A profile from which nobody gains alone.

    Attributes
    ----------
    profile : tuple of int
        A scenario or `NOTHING` per party.
    scenario : int
        What comes about, or `NOTHING`.
    starters : tuple of int
        Who starts it.
    payoffs : tuple of float
        What each party gets.
    dominated : tuple of int
        Parties whose part in it is weakly dominated by another of their strategies.
    """

    profile: Profile
    scenario: int
    starters: tuple[int, ...]
    payoffs: tuple[float, ...]
    dominated: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """The value of one number at which a party's preference turns; None where no value of it alone does."""

    scenario: int
    kind: str  # "payoff" or "belief"
    value: float | None


@dataclass(frozen=True, slots=True)
class Start:
    """Whether a party that can start a scenario prefers it to nothing being started.

    Attributes
    ----------
    gain : float
        What it gets by starting alone less what it expects if nobody starts anything.
    gain_range : (least, greatest)
        Over all numbers in range.
    turns : tuple of Turn
        For each payoff and belief of its own, where the preference turns if the others stay.
    """

    party: int
    scenario: int
    gain: float
    gain_range: tuple[float, float]
    turns: tuple[Turn, ...]


def find_equilibria(game: NoAgreementGame) -> tuple[Equilibrium, ...]:
    """Return every equilibrium in pure strategies, in the order of profiles; there may be none."""
    choices = [game.strategies(party) for party in range(game.parties)]
    results = {profile: game.result(profile) for profile in product(*choices)}
    found = []
    for profile, payoffs in results.items():
        if all(
            results[_instead(profile, party, other)][party] <= payoffs[party] + SAME
            for party in range(game.parties)
            for other in choices[party]
        ):
            scenario = game.outcome(profile)
            starters = tuple(p for p, one in enumerate(profile) if one == scenario != NOTHING)
            dominated = tuple(p for p in range(game.parties) if _dominated(results, choices, p, profile[p]))
            found.append(Equilibrium(profile, scenario, starters, tuple(map(float, payoffs)), dominated))
    return tuple(found)


def find_starts(game: NoAgreementGame) -> tuple[Start, ...]:
    """Return, for each party and each scenario it can start, whether it prefers that to nothing being started."""
    rest = game.rest()
    starts = []
    for party in range(game.parties):
        low, high = _rest_range(game, party)
        for scenario in game.strategies(party)[1:]:
            worth = float(game.payoffs[party, scenario] + game.alone[party, party, scenario])
            least, most = (
                float(game.payoff_range[k][party, scenario] + game.alone_range[k][party, party, scenario])
                for k in (0, 1)
            )
            turns = tuple(_turns(game, party, scenario, worth, float(rest[party])))
            starts.append(Start(party, scenario, worth - float(rest[party]), (least - high, most - low), turns))
    return tuple(starts)


def _instead(profile: Profile, party: int, strategy: int) -> Profile:
    return (*profile[:party], strategy, *profile[party + 1 :])


def _dominated(results: dict[Profile, FloatArray], choices: Sequence[Sequence[int]], party: int, own: int) -> bool:
    """Return whether another strategy is never worse for a party, and once better."""
    others = [choices[k] if k != party else (own,) for k in range(len(choices))]
    for other in choices[party]:
        differences = [
            float(results[_instead(profile, party, other)][party] - results[profile][party])
            for profile in product(*others)
        ]
        if min(differences) >= -SAME and max(differences) > SAME:
            return True
    return False


def _rest_range(game: NoAgreementGame, party: int) -> tuple[float, float]:
    """Return the least and the most that a party can expect if nobody starts anything."""
    others = np.flatnonzero(~game.startable)
    belief_low, belief_high = (bound[party, others] for bound in game.belief_range)
    low = _extreme_mean(game.payoff_range[0][party, others], belief_low, belief_high)
    high = -_extreme_mean(-game.payoff_range[1][party, others], belief_low, belief_high)
    return low, high


def _extreme_mean(values: FloatArray, low: FloatArray, high: FloatArray) -> float:
    """Return the least weighted mean of values with weights in a box.

    It has the greatest weights on the smallest values and the least on the rest; every cut between them is tried.
    """
    order = np.argsort(values, kind="stable")
    values, low, high = values[order], low[order], high[order]
    means = []
    for cut in range(len(values) + 1):
        weights = np.concatenate([high[:cut], low[cut:]])
        if weights.sum() > 0:
            means.append(float((weights * values).sum() / weights.sum()))
    return min(means) if means else float(values[0])


def _turns(game: NoAgreementGame, party: int, scenario: int, worth: float, rest: float) -> Iterator[Turn]:
    """Yield where each of a party's own numbers makes starting worth as much as nothing being started."""
    yield Turn(scenario, "payoff", float(game.payoffs[party, scenario]) + rest - worth)
    others = [int(k) for k in np.flatnonzero(~game.startable)]
    total = float(game.beliefs[party, others].sum())
    for one in others:
        belief, payoff = float(game.beliefs[party, one]), float(game.payoffs[party, one])
        yield Turn(one, "payoff", payoff + (worth - rest) * total / belief if belief > 0 else None)
        beside = sum(
            float(game.beliefs[party, k]) * (float(game.payoffs[party, k]) - worth) for k in others if k != one
        )
        needed = -beside / (payoff - worth) if abs(payoff - worth) > SAME else -1.0
        yield Turn(one, "belief", needed if 0.0 <= needed <= 1.0 else None)


def _refuse(what: str, got: object, allowed: str, hint: str) -> None:
    raise ModelError(where="crisis.game", what=what, got=got, allowed=allowed, hint=hint)
