r"""A demand under threat of war, and a patron that may help the one it is made on, or the one that makes it.

One party asks for a part :math:`d` of what is at stake, of 1. The other concedes, or refuses; then the patron helps its
protégé or not, and the part asked for is fought over. With :math:`p` the chance that the asking party prevails, moved
by the patron's help to :math:`p' = p \pm a` (up if its protégé asks, down if its protégé is asked), and costs
:math:`c` that fighting has whatever is asked, the other concedes iff :math:`d \le c_o / (1 - p)`: **small demands are
not worth a war**. A patron with stake :math:`s` in its protégé's cause, cost :math:`k` of helping and word :math:`w`
(what it loses if it is seen not to help) helps iff

.. math:: a s d + w > k \iff d > t = (k - w) / (a s) .

So the asking party chooses whether it brings the patron in. Against a protégé the greatest demand that is conceded is
the middle one of :math:`t`, :math:`c_o/(1-p)` and :math:`c_o/(1-p')`: a word that counts holds back; a patron can be
kept out by asking for less, after Werner (2000), who lets the attacker choose the stakes and so deter the patron. That
a helped protégé still concedes, and concedes less, is after Yuen (2009). The protégé's own demand rises with the same
word if the word covers it. Everybody knows all numbers here; `private.py` lets costs be private.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from detente.core.errors import ModelError


class Answer(StrEnum):
    """What becomes of a demand."""

    CONCEDED = "conceded"
    FOUGHT = "fought"


@dataclass(frozen=True, slots=True)
class Patron:
    """A patron: what its help adds, and what decides whether it helps.

    Attributes
    ----------
    aid : float
        What help adds to its protégé's chance to prevail, 0 to 1.
    stake : float
        What all that is at stake is worth to it, on its own scale.
    cost : float
        What helping costs it, on its own scale.
    word : float
        What it loses if it is seen not to help, on its own scale.
    """

    aid: float
    stake: float
    cost: float
    word: float

    def __post_init__(self) -> None:
        """Refuse what is no chance or no cost."""
        if not (0.0 <= self.aid <= 1.0 and min(self.stake, self.cost, self.word) >= 0.0):
            raise ModelError(
                where="patron",
                what="aid is no chance, or a stake or cost is negative",
                got=(self.aid, self.stake, self.cost, self.word),
                allowed="Aid lies between 0 and 1; stake, cost and word are 0 or more",
                hint="Correct it",
            )

    def helps_beyond(self) -> float:
        """Return the demand beyond which it helps: 0 where it always does, infinite where it never does.

        Examples
        --------
        >>> Patron(aid=0.2, stake=0.5, cost=0.1, word=0.05).helps_beyond()
        0.5
        """
        lacking = self.cost - self.word
        gain = self.aid * self.stake  # of help, if all is asked for
        if gain > 0.0:
            return max(0.0, lacking / gain)
        return 0.0 if lacking < 0.0 else math.inf


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand that one party may make on another.

    Attributes
    ----------
    chance : (asking, asked)
        The chance that the *asking* party prevails without help, as either believes.
    cost : (asking, asked)
        What fighting costs either, as a share of its stake.
    help_moves : float
        What the patron's help adds to the chance of the asking party: negative if its protégé is asked.
    helps_beyond : float
        The demand beyond which the patron helps.
    """

    chance: tuple[float, float]
    cost: tuple[float, float]
    help_moves: float
    helps_beyond: float

    def __post_init__(self) -> None:
        """Refuse what is no chance or no cost."""
        if not all(0.0 <= one <= 1.0 for one in self.chance) or min(*self.cost, self.helps_beyond) < 0.0:
            raise ModelError(
                where="demand",
                what="a number is no chance or a negative cost",
                got=(self.chance, self.cost, self.helps_beyond),
                allowed="Chances lie between 0 and 1, costs are 0 or more",
                hint="Correct it",
            )

    def chance_of(self, who: int, *, helped: bool) -> float:
        """Return the chance that the asking party prevails, as the asking (0) or the asked one (1) believes."""
        return min(1.0, max(0.0, self.chance[who] + (self.help_moves if helped else 0.0)))

    def conceded_up_to(self, *, helped: bool) -> float:
        """Return the greatest demand that the asked party concedes rather than fights over."""
        loss = 1.0 - self.chance_of(1, helped=helped)  # of every part conceded, what fighting would keep
        return min(1.0, self.cost[1] / loss) if loss > 0.0 else 1.0

    def outcome(self, size: float) -> Outcome:
        """Return what becomes of a demand of some size, and what it is worth to the asking party."""
        helped = size > self.helps_beyond
        if size <= self.conceded_up_to(helped=helped):
            return Outcome(size, Answer.CONCEDED, helped, size)
        return Outcome(size, Answer.FOUGHT, helped, self.chance_of(0, helped=helped) * size - self.cost[0])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a demand: its size, the answer, whether the patron would help, and what it is worth."""

    size: float
    answer: Answer
    helped: bool
    worth: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of words of the patron (low to high) in which the demand of the highest value is of one kind."""

    low: float
    high: float
    answer: Answer
    helped: bool
    sizes: tuple[float, float]
    worths: tuple[float, float]


def attack_on_protege(chance: tuple[float, float], cost: tuple[float, float], patron: Patron) -> Demand:
    """Return the demand that an opponent may make on a patron's protégé; chances are the opponent's to prevail."""
    return Demand(chance, cost, -patron.aid, patron.helps_beyond())


def demand_of_protege(
    chance: tuple[float, float], cost: tuple[float, float], patron: Patron, *, word_covers_it: bool
) -> Demand:
    """Return the demand that a protégé may make on its opponent, in numbers as of `attack_on_protege`.

    `word_covers_it` is whether the patron's word stands also for what its protégé begins.
    """
    word = patron.word if word_covers_it else 0.0
    helper = Patron(patron.aid, patron.stake, patron.cost, word)
    return Demand((1.0 - chance[1], 1.0 - chance[0]), (cost[1], cost[0]), patron.aid, helper.helps_beyond())


def worth_to_patron(
    found: Outcome, chance: tuple[float, float], patron: Patron, *, own: bool = False, word_covers_it: bool = True
) -> float:
    """Return what an outcome is worth to the patron, which believes what its protégé does; 0 is that nothing is asked.

    Parameters
    ----------
    found : Outcome
        Of a demand on its protégé, or of its protégé's `own`.
    chance : (opponent, protege)
        The chance that the opponent prevails without help, as either believes.
    word_covers_it : bool
        Whether its word stands for this demand.

    Examples
    --------
    A protégé that concedes half loses its patron half of its stake of .5.

    >>> patron = Patron(aid=0.2, stake=0.5, cost=0.1, word=0.0)
    >>> worth_to_patron(best_demand(attack_on_protege((0.6, 0.6), (0.2, 0.2), patron)), (0.6, 0.6), patron)
    -0.25
    """
    whole = found.size * patron.stake
    if found.answer is Answer.CONCEDED:
        return whole if own else -whole
    lost = min(1.0, max(0.0, chance[1] - (patron.aid if found.helped else 0.0)))
    fought = whole * (1.0 - lost) if own else -whole * lost
    return fought - (patron.cost if found.helped else patron.word if word_covers_it else 0.0)


def best_demand(demand: Demand) -> Outcome:
    """Return the demand with the highest value for the asking party; of equals the smaller one.

    Examples
    --------
    A chance of .6, costs of .2: alone, .2/.4 = .5 would be conceded; with help that takes .2, .2/.6.

    >>> best_demand(attack_on_protege((0.6, 0.6), (0.2, 0.2), Patron(0.2, 0.5, 0.1, 0.0))).size
    0.5
    >>> round(best_demand(attack_on_protege((0.6, 0.6), (0.2, 0.2), Patron(0.2, 0.5, 0.1, 0.1))).size, 6)
    0.333333
    """
    limit = min(1.0, demand.helps_beyond)
    alone, helped = (demand.conceded_up_to(helped=one) for one in (False, True))
    sizes = sorted({0.0, min(limit, alone), helped, limit, 1.0})
    return max((demand.outcome(size) for size in sizes), key=lambda one: (one.worth, -one.size))


def pieces_over_word(
    chance: tuple[float, float], cost: tuple[float, float], patron: Patron, *, most: float, own: bool = False
) -> tuple[Piece, ...]:
    """Return how the demand of the highest value changes as the patron's word rises from 0 to `most`; exact borders.

    `own` asks for the protégé's own demand, with a word that covers it.
    """

    def at(word: float) -> Outcome:
        helper = Patron(patron.aid, patron.stake, patron.cost, word)
        if own:
            return best_demand(demand_of_protege(chance, cost, helper, word_covers_it=True))
        return best_demand(attack_on_protege(chance, cost, helper))

    borders = sorted({0.0, most, *(word for word in _borders(chance, cost, patron, own=own) if 0.0 < word < most)})
    found: list[Piece] = []
    for low, high in pairwise(borders):
        inside = at((low + high) / 2.0)
        near = (high - low) * 1e-9
        ends = (at(low + near), at(high - near))
        piece = Piece(
            low, high, inside.answer, inside.helped, (ends[0].size, ends[1].size), (ends[0].worth, ends[1].worth)
        )
        if found and _continues(found[-1], piece):
            before = found.pop()
            piece = Piece(
                before.low,
                high,
                piece.answer,
                piece.helped,
                (before.sizes[0], piece.sizes[1]),
                (before.worths[0], piece.worths[1]),
            )
        found.append(piece)
    return tuple(found)


def _continues(before: Piece, after: Piece) -> bool:
    """Return whether two pieces are one: of one kind, flat or with the same slope, without a step."""
    if (before.answer, before.helped) != (after.answer, after.helped):
        return False
    flat = all(abs(one.sizes[1] - one.sizes[0]) < 1e-7 for one in (before, after))
    return flat and abs(before.sizes[1] - after.sizes[0]) < 1e-7


def _borders(chance: tuple[float, float], cost: tuple[float, float], patron: Patron, *, own: bool) -> Iterator[float]:
    """Yield the words at which the kind of the demand of the highest value can change."""
    gain = patron.aid * patron.stake
    if gain <= 0.0:
        yield patron.cost
        return
    free = Patron(patron.aid, patron.stake, patron.cost, 0.0)
    one = demand_of_protege(chance, cost, free, word_covers_it=True) if own else attack_on_protege(chance, cost, free)
    alone, helped = (one.conceded_up_to(helped=given) for given in (False, True))
    fights_alone, fights_helped = (one.chance_of(0, helped=given) for given in (False, True))
    limits = {0.0, 1.0, alone, helped, fights_helped - one.cost[0]}
    if fights_alone > 0.0:  # fighting alone just below where the patron comes in, against what else it could get
        limits |= {(best + one.cost[0]) / fights_alone for best in (0.0, alone, helped)}
        limits.add(fights_helped / fights_alone)
    yield from (patron.cost - gain * limit for limit in limits)
