r"""Where two parties would settle if packages could be mixed: split, phased or drawn by lot.

Over mixtures the Nash and the Kalai-Smorodinsky solution are the ones for which the
theory was written: they are unique, and they do not jump when one option is edited.
With gains :math:`g_j = u_j - d_j` over no agreement along the upper hull, and the
ideal point :math:`m` the most each party can get on the hull while the other keeps
its value of no agreement:

=================== ============================================================
Nash                :math:`\max g_1 g_2` [Nash1950]_
Kalai-Smorodinsky   :math:`g_1 / (m_1 - d_1) = g_2 / (m_2 - d_2)` [KalaiSmorodinsky1975]_
egalitarian         largest smaller gain: :math:`g_1 = g_2` if the hull has such a place [Kalai1977]_
utilitarian         :math:`\max u_1 + u_2`; both ends if a whole piece ties
=================== ============================================================

On an edge both utilities are linear, so each place is a quotient of whole numbers and
is returned as a fraction. At most one block of joined issues is mixed. With two
options per issue, values that sum to the same total and no agreement at 0, the
egalitarian place is Adjusted Winner's [BramsTaylor1996]_.

Every package of a mixture keeps the links and the binding lines. Only the *mean* is
at least as good as no agreement; one package alone may not be, and `below` says so.
A zone of mixtures can therefore exist where no single package is in the zone.

Of more than two parties, those with the same utilities and the same value of no
agreement count as one side; the product and the sum then count each member. More
than two sides are refused.

References
----------
.. [Nash1950] Nash (1950). The bargaining problem. Econometrica 18(2), 155-162.
.. [KalaiSmorodinsky1975] Kalai & Smorodinsky (1975). Other solutions to Nash's
   bargaining problem. Econometrica 43(3), 513-518.
.. [Kalai1977] Kalai (1977). Proportional solutions to bargaining situations.
   Econometrica 45(7), 1623-1630.
.. [BramsTaylor1996] Brams & Taylor (1996). Fair Division: From Cake-Cutting to Dispute
   Resolution. Cambridge University Press, chapter 4.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from detente.core.errors import ModelError
from detente.engines.settlement.evaluate import utilities
from detente.engines.settlement.hull import Edge, Hull, upper_hull
from detente.engines.settlement.model import Completion, Package, SettlementModel
from detente.engines.settlement.solutions import Concept
from detente.engines.settlement.structure import TooManyCombinations, blocks, coding

Coefficients = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Mixture:
    """One package, or two of them with the share of each; they differ on one block of joined issues."""

    utilities: tuple[Fraction, ...]  # mean, one per party
    packages: tuple[Package, ...]
    shares: tuple[Fraction, ...]  # positive, sum 1
    below: tuple[tuple[int, ...], ...]  # per package, the parties that it leaves below no agreement
    split: tuple[int, ...]  # the issues on which the two packages differ
    instead: tuple[tuple[int, ...], ...]  # joined issues that could be mixed instead, at the same rate


@dataclass(frozen=True, slots=True)
class MixedSolution:
    """The mixtures that one concept recommends; two only as the ends of a piece that ties.

    `left_out` names the parties that gain nothing anywhere and so have no say.
    """

    concept: Concept
    mixtures: tuple[Mixture, ...]
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Randomised:
    """What two parties can settle on if packages may be mixed.

    `corners` are the utilities at the hull's corners, from the first party's best to
    the other's, whatever no agreement is worth. `ideal` is None, and there is no
    solution, if no mixture gives both sides their value of no agreement.
    """

    binding: tuple[int, ...]
    completion: Completion
    corners: tuple[tuple[int, ...], ...]
    ideal: tuple[Fraction, ...] | None
    solutions: tuple[MixedSolution, ...]


def solve_randomised(model: SettlementModel, *, binding: Sequence[int], completion: Completion) -> Randomised:
    """Return the solutions over mixtures of the packages that keep the links and the binding lines.

    Parameters
    ----------
    model : SettlementModel
        Utilities in steps of 1/GRID.
    binding : sequence of int
        Indices of the red lines that bind.
    completion : Completion
        Whether unknown options count at their worst or at their best.

    Raises
    ------
    ModelError
        If there are not exactly two sides, or joined issues have too many combinations.
    """
    chosen = tuple(sorted(set(binding)))
    rules = model.rules(chosen)
    side_of = _sides(model, completion)
    pair = (side_of.index(0), side_of.index(1))
    code = coding(model.sizes)
    try:
        parts = blocks(model, rules=rules, completion=completion, parties=pair)
    except TooManyCombinations as error:
        raise ModelError(
            where="settlement.randomised",
            what=f"issues {error.issues} are joined by rules or interactions and have too many combinations",
            got=error.combinations,
            hint="Split the group, or drop a rule that reads many issues",
        ) from None
    hull = upper_hull(parts, (int(model.bias[pair[0]]), int(model.bias[pair[1]])), code)
    if hull is None:
        return Randomised(chosen, completion, (), None, ())
    corners = tuple(tuple(corner[side] for side in side_of) for corner in hull.corners())
    need = (int(model.reservation[pair[0]]), int(model.reservation[pair[1]]))
    low, high = hull.first_with_second(need[1]), hull.last_with_first(need[0])
    if low is None or high is None or low > high:
        return Randomised(chosen, completion, corners, None, ())
    walk = _Walk(hull, need, low, high, (side_of.count(0), side_of.count(1)))
    ideal = (hull.value(low)[0], hull.value(high)[1])
    idle = tuple(party for party, side in enumerate(side_of) if ideal[side] == need[side])
    places = {
        Concept.NASH: (walk.nash(),),
        Concept.KALAI_SMORODINSKY: (walk.proportional((ideal[0] - need[0], ideal[1] - need[1])),),
        Concept.EGALITARIAN: (walk.proportional((Fraction(1), Fraction(1))),),
        Concept.UTILITARIAN: walk.utilitarian(),
    }
    scaled = {Concept.NASH, Concept.KALAI_SMORODINSKY}
    return Randomised(
        binding=chosen,
        completion=completion,
        corners=corners,
        ideal=tuple(ideal[side] for side in side_of),
        solutions=tuple(
            MixedSolution(
                concept,
                tuple(_mixture(model, completion, hull, place, side_of) for place in found),
                idle if concept in scaled else (),
            )
            for concept, found in places.items()
        ),
    )


def _sides(model: SettlementModel, completion: Completion) -> tuple[int, ...]:
    """Return the side of each party: parties are one side if nothing in the model tells them apart."""
    if model.parties == 2:
        return (0, 1)
    keys: list[object] = []
    for party in range(model.parties):
        tables = tuple(tuple(int(u) for u in table[party]) for table in model.tables(completion))
        terms = sorted((t.issues, tuple(map(int, t.table.flat))) for t in model.interactions if t.party == party)
        keys.append((tables, int(model.bias[party]), int(model.reservation[party]), tuple(terms)))
    distinct = list(dict.fromkeys(keys))
    if len(distinct) != 2:
        raise ModelError(
            where="settlement.randomised",
            what="mixtures are solved for two parties only",
            got=model.parties,
            allowed="Two parties, or two sides whose members have the same utilities",
            hint="Choose a consent list of two",
        )
    return tuple(distinct.index(key) for key in keys)


def _mixture(
    model: SettlementModel, completion: Completion, hull: Hull, place: Fraction, side_of: Sequence[int]
) -> Mixture:
    value, packages = hull.value(place), hull.packages(place)
    share = place - floor(place)
    worth = [utilities(model, package, completion) for package in packages]
    return Mixture(
        utilities=tuple(value[side] for side in side_of),
        packages=packages,
        shares=(Fraction(1),) if share == 0 else (1 - share, share),
        below=tuple(
            tuple(party for party, u in enumerate(each) if u < int(model.reservation[party])) for each in worth
        ),
        split=tuple(issue for issue in range(len(model.sizes)) if len({p[issue] for p in packages}) > 1),
        instead=() if share == 0 else tuple(hull.groups[block] for block in hull.parallel(floor(place))),
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    """The part of the hull, from place `low` to `high`, on which both sides keep what no agreement is worth."""

    hull: Hull
    need: tuple[int, int]
    low: Fraction
    high: Fraction
    members: tuple[int, int]

    def nash(self) -> Fraction:
        """Return where g1^n1 · g2^n2 is largest, n counting each side's members."""
        first, second = self.members
        return self._balance(lambda edge: (Fraction(second * edge.gain), Fraction(first * edge.loss)))

    def proportional(self, scale: Coefficients) -> Fraction:
        """Return where g1 / scale1 = g2 / scale2, or the end nearest to it."""
        return self._balance(lambda edge: (scale[1], scale[0]))

    def utilitarian(self) -> tuple[Fraction, ...]:
        """Return where the sum over all members is largest: one place, or the ends of a piece that ties."""
        start, end = self.high, self.high
        for number, low, high in self._pieces():
            edge = self.hull.edges[number]
            change = self.members[1] * edge.gain - self.members[0] * edge.loss
            if change <= 0:
                start = min(start, low)
                end = high if change == 0 else max(start, low)
            if change < 0:
                break
        return (start,) if start == end else (start, end)

    def _balance(self, coefficients: Callable[[Edge], Coefficients]) -> Fraction:
        """Return the place where a·g1 - b·g2, which falls along the walk, is no longer positive."""
        first, second = self.hull.value(self.low)
        gains = [first - self.need[0], second - self.need[1]]
        for number, low, high in self._pieces():
            edge = self.hull.edges[number]
            a, b = coefficients(edge)
            excess = a * gains[0] - b * gains[1]
            if excess <= 0:
                return low
            place = low + excess / (a * edge.loss + b * edge.gain)
            if place <= high:
                return place
            gains[0] -= (high - low) * edge.loss
            gains[1] += (high - low) * edge.gain
        return self.high

    def _pieces(self) -> list[tuple[int, Fraction, Fraction]]:
        """Return the edges between `low` and `high`, each with the part of it that lies there."""
        return [
            (number, max(self.low, Fraction(number)), min(self.high, Fraction(number + 1)))
            for number in range(floor(self.low), ceil(self.high))
        ]
