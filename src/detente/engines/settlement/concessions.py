r"""What a package asks of each party, issue by issue: against its best option, and against no agreement.

The *concession* of party :math:`j` on issue :math:`i` is what the chosen option is worth to it less what its best
option there would be,

.. math:: c_{ji} = u_{ji}(x_i) - \max_o u_{ji}(o) \le 0 .

No agreement is one number per party, and not one per issue. To set a package against it issue by issue, it is spread
by an *accounting convention*: as if no agreement stood equally high on every issue's scale. With
:math:`\underline u_{ji}` the least and :math:`r_{ji}` the range of what the options of issue :math:`i` can be worth,
and :math:`b_j` the constant of the model,

.. math:: d_{ji} = \underline u_{ji} + \frac{r_{ji}}{\sum_k r_{jk}} \Bigl(d_j - b_j - \sum_k \underline u_{jk}\Bigr) .

Then :math:`\sum_i \bigl(u_{ji}(x_i) - d_{ji}\bigr) + t_j(x) = u_j(x) - d_j` exactly, with :math:`t_j` the joint values
of pairs, which stand in a row of their own. Where every issue's scale is :math:`[0, w_{ji}]` and weights sum to 1, as
in a judged case, this is :math:`d_{ji} = w_{ji} d_j`. The convention is unmoved by another scale of a party's utility,
and by a constant moved from one issue to another. If a party's options are worth the same on every issue, its issues
share equally.

It says nothing about what would happen on an issue without agreement: only the sum has a meaning.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from detente.engines.settlement.evaluate import Value, evaluate
from detente.engines.settlement.model import SettlementModel
from detente.maths.compiled import Int64Array


@dataclass(frozen=True, slots=True)
class Concession:
    """One party on one issue, in steps of 1/GRID.

    Attributes
    ----------
    low, high : int
        The least and the most that the chosen option can be worth; of any option, where the issue is open.
    best : int
        The most that any option of the issue can be worth.
    least, most : int
        Between which the concession lies, both at most 0: unknown options count, each for itself, from their worst
        to their best, and an open issue as any of its options.
    no_agreement : Fraction
        The part of no agreement that the convention puts on this issue.
    """

    low: int
    high: int
    best: int
    least: int
    most: int
    no_agreement: Fraction

    @property
    def against_no_agreement(self) -> tuple[Fraction, Fraction]:
        """Return between which values the option lies above (or below) this issue's part of no agreement."""
        return self.low - self.no_agreement, self.high - self.no_agreement


@dataclass(frozen=True, slots=True)
class Concessions:
    """A package as every party meets it.

    Attributes
    ----------
    value : Value
        What the package as a whole is worth, and the rules that it breaks.
    parts : tuple of tuples of Concession
        Per party, per issue.
    interactions : tuple of pairs
        Per party the least and the most that its joint values of pairs of options come to.
    margins : tuple of pairs
        Per party the least and the most by which the package as a whole exceeds no agreement.
    """

    value: Value
    parts: tuple[tuple[Concession, ...], ...]
    interactions: tuple[tuple[int, int], ...]
    margins: tuple[tuple[int, int], ...]


def find_concessions(model: SettlementModel, package: Sequence[int | None]) -> Concessions:
    """Return what a package asks of each party on each issue.

    Parameters
    ----------
    package : sequence of int or None
        One option per issue; None for an issue that is open.

    Raises
    ------
    ModelError
        If the package does not fit the model, or too many open issues are joined by interactions.

    Examples
    --------
    Two issues of two options; one party with no agreement at half of its best package.

    >>> table = np.array([[0, 4]])
    >>> model = SettlementModel((table, table), (table, table), np.array([0]), np.array([4]))
    >>> [(part.least, part.no_agreement) for part in find_concessions(model, (1, 0)).parts[0]]
    [(0, Fraction(2, 1)), (-4, Fraction(2, 1))]
    """
    value = evaluate(model, package)
    spread = spread_no_agreement(model)
    parts = tuple(
        tuple(
            _part(model.worst[issue][party], model.best[issue][party], option, spread[party][issue])
            for issue, option in enumerate(package)
        )
        for party in range(model.parties)
    )
    joint = evaluate(_only_interactions(model), package)
    needed = [int(d) for d in model.reservation]
    return Concessions(
        value=value,
        parts=parts,
        interactions=tuple(zip(joint.low, joint.high, strict=True)),
        margins=tuple((low - d, high - d) for low, high, d in zip(value.low, value.high, needed, strict=True)),
    )


def spread_no_agreement(model: SettlementModel) -> tuple[tuple[Fraction, ...], ...]:
    """Return per party the part of no agreement that each issue is set against (see the module)."""
    spread = []
    for party in range(model.parties):
        least = [int(table[party].min()) for table in model.worst]
        ranges = [int(table[party].max()) - low for table, low in zip(model.best, least, strict=True)]
        if not any(ranges):
            ranges = [1] * len(ranges)
        above = int(model.reservation[party]) - int(model.bias[party]) - sum(least)
        spread.append(tuple(low + Fraction(above * size, sum(ranges)) for low, size in zip(least, ranges, strict=True)))
    return tuple(spread)


def _part(worst: Int64Array, best: Int64Array, option: int | None, no_agreement: Fraction) -> Concession:
    chosen = range(len(worst)) if option is None else (option,)
    ranges = [_concession(worst, best, one) for one in chosen]
    return Concession(
        low=min(int(worst[one]) for one in chosen),
        high=max(int(best[one]) for one in chosen),
        best=int(best.max()),
        least=min(least for least, _ in ranges),
        most=max(most for _, most in ranges),
        no_agreement=no_agreement,
    )


def _concession(worst: Int64Array, best: Int64Array, option: int) -> tuple[int, int]:
    """Return the least and the most of an option's concession: it and the others range independently."""
    low, high = int(worst[option]), int(best[option])
    others_low = max((int(u) for k, u in enumerate(worst) if k != option), default=low)
    others_high = max((int(u) for k, u in enumerate(best) if k != option), default=low)
    return min(0, low - others_high), min(0, high - others_low)


def _only_interactions(model: SettlementModel) -> SettlementModel:
    nothing = tuple(np.zeros_like(table) for table in model.worst)
    return replace(model, worst=nothing, best=nothing, bias=np.zeros_like(model.bias), links=(), lines=())
