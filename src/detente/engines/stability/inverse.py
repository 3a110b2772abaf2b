r"""Under how many rankings is a state stable for a party: exact counts without listing rankings.

The question asked backwards, after [Kinsara2015]_: which rankings would make a given state stable? Count the
strict rankings (no ties) of the n states that can occur, all n! alike.

Give each state a place, drawn uniformly from 0 to 1, the higher the better; all orders of places are equally
likely. If the target is at x, every other state is below it with probability x, each for itself. Stability asks
only which states are no higher than the target (see `demands`), so with P(x) the probability that all demands are
met

.. math:: \frac{\text{rankings under which it is stable}}{n!} = \int_0^1 P(x) \, dx ,

and P is a polynomial with whole coefficients. Where sanctions are single states (Nash, GMR, SEQ, SIM) demands share
none, so with c_d the number of alternatives of demand d

.. math:: P(x) = \prod_d \left(1 - (1-x)^{c_d}\right) ,

of which Nash is the case :math:`c_d = 1`, that is n!/(m+1) rankings for m states within reach. Under SMR sanctions
are sets that share states. Demands with the same sanctions form a class c of size a_c, and over sets T of classes

.. math:: P(x) = \sum_T (-1)^{|T|} \prod_{c \in T} \left(1 - x^{a_c}\right) \, N_T(x) ,

where N_T is the probability that no sanction of T lies wholly below the target: a product over groups of sanctions
that share states, each found by deciding one state after the other. That is exponential in the number of classes
and in the number of the party's own switches; where every move is possible there is one class.

A *window* leaves only the states at some places of the party's present ranking to vary, as programs for the
inverse question do; the others stay above or below them. Only a window whose states do not tie can be asked for.

References
----------
.. [Kinsara2015] Kinsara, R. A., Kilgour, D. M. & Hipel, K. W. (2015). Inverse approach to the graph model
   for conflict resolution. IEEE Transactions on Systems, Man, and Cybernetics: Systems 45.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import factorial

import numpy as np

from detente.core.errors import ModelError
from detente.engines.stability.demands import Demand, States, demands
from detente.engines.stability.model import Concept, Reply, StabilityModel
from detente.engines.stability.polynomials import (
    ONE,
    Polynomial,
    X,
    integral,
    one_minus_power,
    plus,
    power,
    product,
)

MOST_CLASSES = 12
"""Under SMR, 2**12 sets of classes of demands are summed over."""

MOST_SHARED = 16
"""Under SMR, states in one group of sanctions that share states."""

Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RankingCount:
    """How many rankings make a state stable for a party.

    Attributes
    ----------
    varied : int
        States whose order varies; there are varied! rankings.
    share : Fraction
        Of these rankings, those under which the state is stable.
    """

    varied: int
    share: Fraction

    @property
    def rankings(self) -> int:
        """Return the number of rankings."""
        return factorial(self.varied)

    @property
    def count(self) -> int:
        """Return the number of rankings under which the state is stable."""
        return int(self.share * self.rankings)


def count_rankings(
    model: StabilityModel,
    *,
    state: int,
    party: int,
    concept: Concept,
    reply: Reply = Reply.LEGAL,
    window: Window | None = None,
) -> RankingCount:
    """Return under how many strict rankings of a party a state is stable for it, the others' rankings as they are.

    Parameters
    ----------
    window : (int, int), optional
        Places in the party's present ranking, best first, from the first number up to but not at the second, whose
        states vary; all when absent, and then the present ranking is not read.

    Raises
    ------
    ModelError
        If the state cannot occur, there is no such window or states in it tie, or under SMR the count
        would take too long: more than MOST_CLASSES classes of demands or MOST_SHARED states in a group.

    Examples
    --------
    The prisoner's dilemma; cooperation of both is code 3.

    >>> from detente.engines.stability import Direction
    >>> ranks = np.array([[1, 0, 3, 2], [1, 3, 0, 2]], dtype=np.int32)
    >>> model = StabilityModel(2, (0, 1), (Direction.BOTH,) * 2, ranks)
    >>> [count_rankings(model, state=3, party=0, concept=one).count for one in Concept]
    [12, 16, 14, 16, 16]
    """
    asked = demands(model, state=state, party=party, concept=concept, reply=reply)
    if window is None:
        return RankingCount(int(model.occurring().sum()), share_met(asked))
    groups = ranked_groups(model, party)
    low, high = check_window(groups, window)
    varied = [group[0] for group in groups[low:high]]
    above = frozenset(code for group in groups[:low] for code in group)
    below = frozenset(code for group in groups[high:] for code in group)
    if state not in varied:
        own = model.ranks[party, state]
        no_higher = frozenset(code for group in groups for code in group if model.ranks[party, code] <= own)
        return RankingCount(len(varied), Fraction(all(one.met(no_higher) for one in asked)))
    return RankingCount(len(varied), share_met(asked, above=above, below=below))


def ranked_groups(model: StabilityModel, party: int) -> list[tuple[int, ...]]:
    """Return the codes of the states that can occur, best first, those that are level together."""
    groups: dict[int, list[int]] = {}
    for code in np.flatnonzero(model.occurring()).tolist():
        groups.setdefault(int(model.ranks[party, code]), []).append(code)
    return [tuple(groups[rank]) for rank in sorted(groups, reverse=True)]


def check_window(groups: Sequence[tuple[int, ...]], window: Window) -> Window:
    """Return a window, or raise ModelError if it is none of the ranking, or states in it tie."""
    low, high = window
    if not 0 <= low <= high <= len(groups) or any(len(group) > 1 for group in groups[low:high]):
        raise ModelError(
            where="stability.count_rankings", what="no such window", got=window,
            allowed=f"Places from 0 to {len(groups)} at which no states tie",
        )  # fmt: skip
    return window


def share_met(asked: Sequence[Demand], *, above: States = frozenset(), below: States = frozenset()) -> Fraction:
    """Return the share of strict rankings under which all demands are met.

    `above` and `below` hold states that stand above and below the target, come what may.
    """
    open_demands = []
    single = all(len(kept) == 1 for one in asked for kept in one.sanctions)
    for one in asked:
        left = [kept - below for kept in one.alternatives if not kept & above]
        if not left:
            return Fraction(0)
        if all(left):
            open_demands.append((left, one.improvement in above))
    if single:
        in_y: Polynomial = ONE  # y = 1 - x has the same integral
        for left, _ in open_demands:
            in_y = product(in_y, one_minus_power(len(left)))
        return integral(in_y)
    classes: Counter[tuple[frozenset[States], bool]] = Counter()
    for left, barred in open_demands:
        classes[frozenset(left if barred else left[1:]), barred] += 1
    return integral(_with_shared_states(classes))


def _with_shared_states(classes: Counter[tuple[frozenset[States], bool]]) -> Polynomial:
    if len(classes) > MOST_CLASSES:
        raise ModelError(
            where="stability.count_rankings", what="too many kinds of demands for an exact count under SMR",
            got=len(classes), allowed=f"At most {MOST_CLASSES}",
        )  # fmt: skip
    listed = list(classes.items())
    total: Polynomial = {}
    for size in range(len(listed) + 1):
        for chosen in combinations(listed, size):
            family: set[States] = set()
            part: Polynomial = ONE
            for (sanctions, barred), members in chosen:
                family |= sanctions
                part = part if barred else product(part, one_minus_power(members))
            total = plus(total, product(part, _none_below(family)), times=(-1) ** size)
    return total


def _none_below(family: Iterable[States]) -> Polynomial:
    """Return the probability that none of the sets lies wholly below, each state being below with probability x."""
    groups: list[tuple[States, list[States]]] = []
    for one in family:
        touching = [group for group in groups if group[0] & one]
        groups = [group for group in groups if not group[0] & one]
        joined = one.union(*(states for states, _ in touching))
        groups.append((joined, [one, *(kept for _, sets in touching for kept in sets)]))
    kinds: Counter[frozenset[int]] = Counter()
    for states, sets in groups:
        if len(states) > MOST_SHARED:
            raise ModelError(
                where="stability.count_rankings", what="too many states in one group of sanctions under SMR",
                got=len(states), allowed=f"At most {MOST_SHARED}",
            )  # fmt: skip
        place = {state: at for at, state in enumerate(sorted(states))}
        kinds[frozenset(sum(1 << place[state] for state in one) for one in sets)] += 1
    result: Polynomial = ONE
    for kind, times in kinds.items():
        result = product(result, power(_no_mask_full(kind), times))
    return result


@lru_cache(maxsize=1 << 16)
def _no_mask_full(masks: frozenset[int]) -> Polynomial:
    """Return the probability that no mask has all its bits set, each bit being set with probability x."""
    if 0 in masks:
        return {}
    if not masks:
        return ONE
    used = 0
    for mask in masks:
        used |= mask
    bit = used & -used
    unset = _no_mask_full(frozenset(mask for mask in masks if not mask & bit))
    without = {mask & ~bit for mask in masks}
    smallest = frozenset(one for one in without if not _holds_another(one, without))
    return plus(unset, product(X, plus(_no_mask_full(smallest), unset, times=-1)))


def _holds_another(mask: int, masks: Iterable[int]) -> bool:
    return any(other != mask and other & mask == other for other in masks)
