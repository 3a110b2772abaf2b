r"""Many models at once: the same packages and rules under drawn numbers and drawn red lines.

One *outer* draw fixes every estimate: what options are worth, what no agreement is worth,
how probable it is that each line binds. Given that, *inner* draws decide which lines bind.
For outer draw :math:`\theta` and a set :math:`B` of binding lines,

.. math:: P(\text{zone}) = E_\theta\, P_B(\exists x : x \text{ keeps the links, crosses no line of } B,
          \ u_j(x;\theta) \ge d_j(\theta)\ \forall j) .

Lines that share a draw :math:`U` bind where :math:`U < p`, so of two of them the more probable one
binds whenever the other does. A line also binds where a *stronger* one does, which refuses its
options too. A *contested* line stands in half of the cases: another voice of its party said otherwise.

Existence stops at the first package found; a package found, or a set of lines that leaves none, settles
all further sets of the same outer draw that are smaller or larger. Whether one given package is
accepted needs no inner draw: the probability that none of the lines it crosses binds is a product.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from detente.core.errors import ModelError
from detente.engines.settlement.evaluate import broken_by
from detente.engines.settlement.feasibility import choose_by_merging
from detente.engines.settlement.model import Completion, Rule, SettlementModel
from detente.engines.settlement.structure import LISTED, components, permitted
from detente.maths.compiled import BoolArray, FloatArray, Int64Array
from detente.maths.reaching import any_reaching

NEVER_PRESSED = -(1 << 61)
"""A reservation that every package reaches."""


@dataclass(frozen=True, slots=True)
class Draws:
    """Outer draws of one model.

    Attributes
    ----------
    worst, best : tuple of (draws, parties, K_i) int64, one per issue
        Utility of each option, unknown ones at their worst and at their best, in steps of the grid.
    joint : (draws, interactions) int64
        Extra utility where the interaction's table of the model is not zero.
    reservation : (draws, parties) int64
        Value of no agreement, rounded up to a step.
    probability : (draws, lines) float
        That each line binds, taken alone.
    """

    worst: tuple[Int64Array, ...]
    best: tuple[Int64Array, ...]
    joint: Int64Array
    reservation: Int64Array
    probability: FloatArray

    def __len__(self) -> int:
        """Return the number of outer draws."""
        return len(self.reservation)

    def tables(self, completion: Completion) -> tuple[Int64Array, ...]:
        """Return the utilities per issue under a completion."""
        return self.best if completion is Completion.BEST else self.worst


@dataclass(frozen=True, slots=True)
class Ties:
    """How lines hang together when they are drawn.

    Attributes
    ----------
    draw : (lines,) int64
        Number of the uniform draw that decides on the line.
    binds_with : (lines, lines) bool
        Row `l` marks the lines whose binding makes line `l` bind: itself and the stronger ones.
    contested : (lines,) bool
        Lines that stand in half of the cases.
    """

    draw: Int64Array
    binds_with: BoolArray
    contested: BoolArray

    @property
    def draws(self) -> int:
        """Return the number of uniform draws that are needed."""
        return int(self.draw.max(initial=-1)) + 1

    def binding(self, probability: FloatArray, uniform: FloatArray, stands: BoolArray) -> BoolArray:
        """Return which lines bind.

        Parameters
        ----------
        probability : (draws, lines) float
            Of `Draws`.
        uniform : (draws, number of ties, inner) float
            In [0, 1).
        stands : (draws, number of ties, inner) bool
            Whether contested lines stand.

        Returns
        -------
        (draws, inner, lines) bool
        """
        alone = uniform[:, self.draw, :] < probability[:, :, None]
        alone &= stands[:, self.draw, :] | ~self.contested[None, :, None]
        # line l binds if any line that it binds with does; few lines, so a matrix product is cheap
        together = np.matmul(self.binds_with.astype(np.float32), alone.astype(np.float32)) > 0
        found: BoolArray = np.ascontiguousarray(together.transpose(0, 2, 1))
        return found

    def none_binds(self, probability: FloatArray, lines: Sequence[int]) -> FloatArray:
        """Return, per outer draw, the probability that none of some lines binds; shape (draws,)."""
        meant = np.flatnonzero(self.binds_with[list(lines)].any(axis=0))
        safe = np.ones(len(probability))
        for tie in np.unique(self.draw[meant]).tolist():
            members = meant[self.draw[meant] == tie]
            firm = members[~self.contested[members]]
            every = 1.0 - probability[:, members].max(axis=1)
            if len(firm) < len(members):
                without = 1.0 - probability[:, firm].max(axis=1, initial=0.0)
                every = (every + without) / 2.0
            safe *= every
        return safe


@dataclass(frozen=True, slots=True)
class Combinations:
    """The rule-keeping combinations of options of each block of joined issues, block after block.

    Attributes
    ----------
    options : tuple of (C,) int64, one per issue
        The option that a combination chooses; -1 where the issue belongs to another block.
    adds : (C, interactions) bool
        Interactions whose extra utility a combination gets.
    crossed : (C, lines) bool
        Lines that it crosses.
    starts : (blocks + 1,) int64
        First combination of each block, and C.
    """

    options: tuple[Int64Array, ...]
    adds: BoolArray
    crossed: BoolArray
    starts: Int64Array

    def values(self, model: SettlementModel, draws: Draws, completion: Completion) -> Int64Array:
        """Return what each combination is worth in each draw; shape (draws, C, parties)."""
        tables = draws.tables(completion)
        total = np.zeros((len(draws), len(self.crossed), model.parties), np.int64)
        for chosen, table in zip(self.options, tables, strict=True):
            rows = np.flatnonzero(chosen >= 0)
            total[:, rows, :] += table[:, :, chosen[rows]].transpose(0, 2, 1)
        for number, term in enumerate(model.interactions):
            rows = np.flatnonzero(self.adds[:, number])
            total[:, rows, term.party] += draws.joint[:, number, None]
        return total


def combinations(model: SettlementModel, *, fixed: Sequence[int | None] = ()) -> Combinations:
    """Return the combinations of a model, of all packages or of those that choose as `fixed` says.

    Raises
    ------
    ModelError
        If joined issues have more than 2**22 combinations.
    """
    sizes = model.sizes
    held = tuple(
        Rule((issue,), np.arange(sizes[issue]) == option) for issue, option in enumerate(fixed) if option is not None
    )
    rules = (*model.links, *held)
    several = [rule for rule in rules if len(rule.issues) > 1]
    scopes = [r.issues for r in several] + [line.rule.issues for line in model.lines]
    scopes += [term.issues for term in model.interactions]
    allowed = [np.flatnonzero(mask) for mask in permitted(sizes, rules)]
    parts: list[dict[int, Int64Array]] = []
    for group in components(len(sizes), scopes):
        number = reduce(lambda n, i: n * len(allowed[i]), group, 1)
        if number > LISTED:
            raise ModelError(
                where="settlement.draws",
                what=f"issues {group} are joined by links, lines or interactions and have too many combinations",
                got=number,
                allowed=f"At most {LISTED} combinations of joined issues",
                hint="Split the group, or drop a rule that reads many issues",
            )
        grid = np.meshgrid(*(allowed[i] for i in group), indexing="ij")
        chosen = {i: axis.ravel().astype(np.int64) for i, axis in zip(group, grid, strict=True)}
        keeps = np.ones(number, dtype=np.bool_)
        for rule in several:
            if rule.issues[0] in chosen:
                keeps &= rule.allowed[tuple(chosen[i] for i in rule.issues)]
        parts.append({i: column[keeps] for i, column in chosen.items()})
    lengths = [len(next(iter(part.values()))) for part in parts]
    options = tuple(
        np.concatenate([part.get(i, np.full(size, -1, np.int64)) for part, size in zip(parts, lengths, strict=True)])
        for i in range(len(sizes))
    )
    return Combinations(
        options=options,
        adds=_columns([(t.issues, t.table != 0) for t in model.interactions], options, sum(lengths)),
        crossed=_columns([(line.rule.issues, ~line.rule.allowed) for line in model.lines], options, sum(lengths)),
        starts=np.cumsum([0, *lengths]),
    )


def _columns(
    tables: Sequence[tuple[tuple[int, ...], BoolArray]], options: Sequence[Int64Array], rows: int
) -> BoolArray:
    """Return per truth table a column that says for which combinations it holds."""
    found = np.zeros((rows, len(tables)), dtype=np.bool_)
    for column, (issues, holds) in enumerate(tables):
        inside = np.flatnonzero(options[issues[0]] >= 0)
        found[inside, column] = holds[tuple(options[i][inside] for i in issues)]
    return found


def zone_exists(
    model: SettlementModel, listed: Combinations, draws: Draws, binding: BoolArray, *, completion: Completion
) -> BoolArray:
    """Return whether there is a package in the zone.

    Parameters
    ----------
    listed : Combinations
        Of all packages, or of those to be looked at.
    binding : (draws, inner, lines) bool
        Which lines bind.

    Returns
    -------
    (draws, inner) bool
    """
    values = listed.values(model, draws, completion)
    need = draws.reservation - model.bias
    return any_reaching(values, listed.starts, need, listed.crossed, binding, otherwise=_by_merging)


def _by_merging(values: Int64Array, starts: Int64Array, need: Int64Array) -> bool:
    return choose_by_merging(values, starts, need) is not None


def lines_perhaps_crossed(model: SettlementModel, package: Sequence[int | None]) -> tuple[int, ...]:
    """Return the lines that some completion of a package crosses."""
    return tuple(k for k, line in enumerate(model.lines) if broken_by(line.rule, package)[0])
