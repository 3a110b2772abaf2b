r"""What no procedure can exceed: bounds on fighting that hold for every form of bargaining.

Each side knows its own type. A procedure of any form (rounds of offers, a mediator, a vote) in which nobody is bound to
an agreement that it likes less than fighting comes, in equilibrium, to chances q of fighting and expected shares z of
the first side per pair of types, such that no type gains by acting as another and none gets less than by fighting
[Myerson1979]_, [FeyRamsay2011]_. The least chance of fighting among all of these is a linear programme.

If it is zero, all types of a side get the same, since what they get depends on nothing but what they claim; so with
independent types

.. math:: \max_{t_1} E\,w_1(t_1, \cdot) + \max_{t_2} E\,w_2(\cdot, t_2) \le 1

is needed, and enough: let everybody have a fixed share between the two. Where w depends on the own type alone and only
*costs* are private, :math:`w_1 + w_2 = 1 - c_1 - c_2`, it holds for every law of costs that are not negative: one fixed
division is preferred to fighting by all types. Where the chance p of prevailing is what both know in part, it reads
:math:`\max_{t_1} E\,p - \min_{t_2} E\,p \le c_1 + c_2`, which costs that are small enough violate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from detente.core.errors import ModelError
from detente.maths.compiled import FloatArray

NEGLIGIBLE = 1e-9
"""A chance of fighting of at most this is none: the tolerance of the solver."""


@dataclass(frozen=True, slots=True)
class TypesOfBoth:
    """Two sides with finitely many independent types, and what fighting is worth to each.

    Attributes
    ----------
    chances : ((n1,), (n2,)) float
        How likely each type of either side is; each sums to 1.
    fighting : ((n1, n2), (n1, n2)) float
        What fighting is worth to the first and to the second side, per pair of types, in shares of one stake.
    """

    chances: tuple[FloatArray, FloatArray]
    fighting: tuple[FloatArray, FloatArray]

    def __post_init__(self) -> None:
        """Refuse chances that are none, and tables of another shape."""
        shape = (len(self.chances[0]), len(self.chances[1]))
        for chances in self.chances:
            if not (len(chances) and (chances >= 0).all() and abs(float(chances.sum()) - 1.0) < 1e-9):
                _refuse("chances of types do not add up to 1", float(chances.sum()), "1, none negative")
        for table in self.fighting:
            if table.shape != shape or not np.isfinite(table).all():
                _refuse("the value of fighting has another shape than the types", table.shape, f"{shape}, finite")

    def expected(self) -> tuple[FloatArray, FloatArray]:
        """Return what each type of either side expects of fighting."""
        return self.fighting[0] @ self.chances[1], self.chances[0] @ self.fighting[1]


def private_values(first: FloatArray, second: FloatArray, chances: tuple[FloatArray, FloatArray]) -> TypesOfBoth:
    """Return types that know what fighting is worth to themselves, whatever the other side is."""
    shape = (len(first), len(second))
    return TypesOfBoth(chances, (np.broadcast_to(first[:, None], shape), np.broadcast_to(second, shape)))


def shared_power(
    p: FloatArray, costs: tuple[FloatArray, FloatArray], chances: tuple[FloatArray, FloatArray]
) -> TypesOfBoth:
    """Return types of which each knows a part of the chance p (n1, n2) that the first side prevails."""
    return TypesOfBoth(chances, (p - costs[0][:, None], 1.0 - p - costs[1]))


def peace_margin(types: TypesOfBoth) -> float:
    """Return by how much the stake exceeds what the strongest type of either side expects of fighting.

    Not negative: some procedure never ends in fighting, and a fixed division is one. Negative: every equilibrium of
    every procedure with voluntary agreements ends in fighting for some types.

    Examples
    --------
    >>> half = np.array([0.5, 0.5])
    >>> costs = np.array([0.05, 0.3]), np.array([0.1, 0.4])
    >>> round(peace_margin(private_values(0.6 - costs[0], 0.4 - costs[1], (half, half))), 9)
    0.15
    """
    first, second = types.expected()
    return 1.0 - float(first.max()) - float(second.max())


@dataclass(frozen=True, slots=True)
class BestProcedure:
    """The procedure of any form that ends in fighting least often.

    Attributes
    ----------
    fighting : float
        The chance of fighting.
    gains : float
        What both together expect beyond fighting.
    by_types : (n1, n2) float
        The chance of fighting per pair of types.
    """

    fighting: float
    gains: float
    by_types: FloatArray


def best_procedure(types: TypesOfBoth, *, most_gains: bool = False) -> BestProcedure:
    """Return the procedure with the least chance of fighting, or with the most gains of both.

    Raises
    ------
    ModelError
        If the solver fails; a procedure always exists, since fighting at once is one.

    Examples
    --------
    >>> half = np.array([0.5, 0.5])
    >>> found = best_procedure(private_values(np.array([0.1, 0.7]), np.array([0.1, 0.7]), (half, half)))
    >>> round(found.fighting, 6)
    0.25
    """
    n1, n2 = types.fighting[0].shape
    size = n1 * n2
    weights = np.outer(*types.chances)
    surplus = 1.0 - types.fighting[0] - types.fighting[1]
    cost = (weights * surplus if most_gains else weights).ravel()
    rows, bounds = _constraints(types)
    found = linprog(
        np.concatenate([cost, np.zeros(size)]), A_ub=rows, b_ub=bounds, bounds=(0.0, 1.0), method="highs-ds"
    )
    if not found.success or found.x is None:
        raise _wrong("the linear programme of the best procedure failed", found.message, "A solution exists")
    by_types = found.x[:size].reshape(n1, n2)
    by_types = np.where(by_types < NEGLIGIBLE, 0.0, by_types)
    return BestProcedure(
        float((weights * by_types).sum()), float((weights * surplus * (1.0 - by_types)).sum()), by_types
    )


def _constraints(types: TypesOfBoth) -> tuple[FloatArray, FloatArray]:
    """Return the constraints on (q, z), z the first side's share times the chance of peace, as rows x <= bound."""
    n1, n2 = types.fighting[0].shape
    size = n1 * n2
    index = np.arange(size).reshape(n1, n2)
    rows = np.zeros((size + n1 * n1 + n2 * n2, 2 * size))
    bounds = np.zeros(rows.shape[0])
    for cell in range(size):  # z <= 1 - q
        rows[cell, cell], rows[cell, size + cell] = 1.0, 1.0
        bounds[cell] = 1.0
    row = size
    for true in range(n1):
        weight, fighting = types.chances[1], types.fighting[0][true]
        for told in range(n1):
            if told == true:  # no less than by fighting
                rows[row, index[true]], rows[row, size + index[true]] = -weight * fighting, -weight
                bounds[row] = -float(weight @ fighting)
            else:  # no more by acting as another type
                rows[row, index[told]], rows[row, size + index[told]] = weight * fighting, weight
                rows[row, index[true]], rows[row, size + index[true]] = -weight * fighting, -weight
            row += 1
    for true in range(n2):  # the second side has 1 - q - z + q w
        weight, fighting = types.chances[0], types.fighting[1][:, true]
        for told in range(n2):
            if told == true:
                rows[row, index[:, true]] = weight * (1.0 - fighting)
                rows[row, size + index[:, true]] = weight
                bounds[row] = 1.0 - float(weight @ fighting)
            else:
                rows[row, index[:, told]], rows[row, size + index[:, told]] = weight * (fighting - 1.0), -weight
                rows[row, index[:, true]] = weight * (1.0 - fighting)
                rows[row, size + index[:, true]] = weight
            row += 1
    return rows, bounds


def _refuse(what: str, got: object, allowed: str) -> None:
    raise _wrong(what, got, allowed)


def _wrong(what: str, got: object, allowed: str) -> ModelError:
    return ModelError(where="crisis.bounds", what=what, got=got, allowed=allowed, hint="Correct it")
