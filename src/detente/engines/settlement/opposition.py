r"""How far two parties' interests are opposed: the correlation of their utilities over all packages.

Every package counts the same, whatever rules it breaks. For parties :math:`j, k`,

.. math:: \rho_{jk} = \frac{\mathrm{Cov}(u_j, u_k)}{\sqrt{\mathrm{Var}(u_j)\,\mathrm{Var}(u_k)}} .

-1 says that, on suitable scales, one gains exactly what the other loses (the game is
zero-sum); +1 that they rank and weigh all packages alike; 0 that what one gains tells
nothing of the other. It does not depend on the scale or zero of either's utility.

Nothing is listed. A table for a pair of issues falls apart into its mean, what each
of the two options adds on average, and a remainder; over uniformly drawn packages all
these parts are uncorrelated ([Hoeffding1948]_), so covariances add up over the issues
and over the remainders of pairs. The sums are exact; only the root is rounded.

References
----------
.. [Hoeffding1948] Hoeffding, W. (1948). A class of statistics with asymptotically normal
   distribution. Annals of Mathematical Statistics 19(3), 293-325.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import sqrt

from detente.engines.settlement.model import Completion, SettlementModel

Row = list[Fraction]


@dataclass(frozen=True, slots=True)
class Opposition:
    """How two parties' utilities go together, over all packages and over each issue's options.

    None where one of the two is indifferent.
    """

    parties: tuple[int, int]
    correlation: float | None
    issues: tuple[float | None, ...]


def opposition(model: SettlementModel, *, completion: Completion) -> tuple[Opposition, ...]:
    """Return the correlation of utilities for each pair of parties.

    The correlation of an issue compares what its options add, with other issues drawn
    at random. Links and lines are ignored: it describes what parties want, not what
    is possible.

    Parameters
    ----------
    model : SettlementModel
        Utilities of options and of pairs of options.
    completion : Completion
        Whether unknown options count at their worst or at their best. The two answers
        are readings and do not bound what lies between.
    """
    parts = [_parts(model, completion, party) for party in range(model.parties)]
    found = []
    for one, other in combinations(range(model.parties), 2):
        products = [_Products.of(a, b) for a, b in zip(parts[one], parts[other], strict=True)]
        whole = _Products(
            sum((p.both for p in products), Fraction(0)),
            sum((p.first for p in products), Fraction(0)),
            sum((p.second for p in products), Fraction(0)),
        )
        issues = tuple(p.correlation() for p in products[: len(model.sizes)])
        found.append(Opposition((one, other), whole.correlation(), issues))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Products:
    """The covariance of two centred rows, and their variances."""

    both: Fraction
    first: Fraction
    second: Fraction

    @classmethod
    def of(cls, one: Row, other: Row) -> "_Products":
        def mean(a: Row, b: Row) -> Fraction:
            return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0)) / len(a)

        return cls(mean(one, other), mean(one, one), mean(other, other))

    def correlation(self) -> float | None:
        if self.first == 0 or self.second == 0:
            return None
        root = sqrt(self.both**2 / (self.first * self.second))
        return root if self.both > 0 else -root if self.both < 0 else 0.0


def _parts(model: SettlementModel, completion: Completion, party: int) -> list[Row]:
    """Return a party's utility as centred, uncorrelated rows: one per issue, then one per pair with a joint value."""
    rows: list[Row] = [[Fraction(int(u)) for u in table[party]] for table in model.tables(completion)]
    pairs = sorted({term.issues for term in model.interactions})
    remainders: list[Row] = []
    for first, second in pairs:
        width, depth = model.sizes[first], model.sizes[second]
        table = [[Fraction(0)] * depth for _ in range(width)]
        for term in model.interactions:
            if term.party == party and term.issues == (first, second):
                for a in range(width):
                    for b in range(depth):
                        table[a][b] += int(term.table[a, b])
        across = [sum(line, Fraction(0)) / depth for line in table]
        down = [sum((line[b] for line in table), Fraction(0)) / width for b in range(depth)]
        mean = sum(across, Fraction(0)) / width
        rows[first] = [u + extra for u, extra in zip(rows[first], across, strict=True)]
        rows[second] = [u + extra for u, extra in zip(rows[second], down, strict=True)]
        remainders.append([table[a][b] - across[a] - down[b] + mean for a in range(width) for b in range(depth)])
    return [_centred(row) for row in rows] + remainders


def _centred(row: Row) -> Row:
    mean = sum(row, Fraction(0)) / len(row)
    return [u - mean for u in row]
