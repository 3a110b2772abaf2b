"""The escalation ladder as a game tree, at the most likely numbers.

The order of turns is a matter of chance, each order alike, and turns then go round; accidents are chance nodes.
Everybody knows everything, so that backward induction solves the tree. Numbers are written with 15 digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from math import factorial

from detente.compile.judged import Number
from detente.compile.ladder import LadderTrace
from detente.compile.ladder_draws import ladder_model
from detente.core.errors import CaseError
from detente.engines.ladder import Climb, LadderModel
from detente.interchange.gambit.game import Chance, Decision, GameTree, Node, Outcome
from detente.interchange.gambit.write import MOST_NODES

YIELDS = "gives way"


def likeliest_ladder(trace: LadderTrace) -> LadderModel:
    """Return the ladder with each number at its mode; at the middle where nothing in its range is likelier."""

    def fixed(number: Number) -> Number:
        return Number.fixed((number.low + number.high) / 2 if number.mode is None else number.mode, number.basis)

    def each(numbers: Sequence[Number]) -> tuple[Number, ...]:
        return tuple(map(fixed, numbers))

    return ladder_model(
        replace(
            trace,
            prevails=each(trace.prevails),
            gives_way=tuple(map(each, trace.gives_way)),
            uncontrolled=each(trace.uncontrolled),
            accident=each(trace.accident),
            cost=tuple(map(each, trace.cost)),
            choices=replace(trace.choices, draws=1),
        )
    )


def ladder_tree(model: LadderModel, parties: Sequence[str], rungs: Sequence[str], title: str) -> GameTree:
    """Return the tree of the first draw of a ladder, from below its lowest rung.

    Payoffs hold what prevailing or giving way is worth less the costs of the rungs on which a party stood.

    Raises
    ------
    CaseError
        If the tree would have more nodes than a file may hold.
    """
    count = len(parties)
    risk = [_exact(q) for q in model.accident[0]]
    cost = [[_exact(c) for c in row] for row in model.cost[0]]
    end = [[_exact(v) for v in row] for row in model.end[0]]
    lost = [_exact(v) for v in model.uncontrolled[0]]
    foes = [[j for j in range(count) if model.opposed[i, j]] for i in range(count)]
    nodes = 0

    def play(queue: tuple[int, ...], rung: int, paid: tuple[Fraction, ...], path: str) -> Node:
        nonlocal nodes
        nodes += 1
        if nodes > MOST_NODES:
            raise CaseError(
                where="crisis.ladder", what="the tree is too large for a file", got=f"over {MOST_NODES:,} nodes",
                allowed=f"At most {MOST_NODES:,}", hint="Leave rungs or parties out",
            )  # fmt: skip
        if not any(j in queue for i in queue for j in foes[i]):
            return Outcome(f"{', '.join(parties[i] for i in queue)} remains", _ends(queue, paid))
        me, *others = queue
        branches: list[tuple[str, Node]] = [(YIELDS, play(tuple(others), rung, paid, f"{path}; {YIELDS}"))]
        above = [k for k in range(rung, len(rungs)) if model.moves[me, k]]
        for k in above[:1] if model.climb is Climb.NEXT else above:
            after = tuple(one + (cost[i][k] if i in queue else 0) for i, one in enumerate(paid))
            nodes += 2
            held = play((*others, me), k + 1, after, f"{path}; rung {rungs[k]}")
            out = Outcome("events out of control", tuple(lost[i] - after[i] for i in range(count)))
            name = f"{parties[me]} on rung {rungs[k]}"
            branches.append((f"rung {rungs[k]}", _risked(name, risk[k], out, held)))
        return Decision(me, path, tuple(branches))

    def _ends(queue: tuple[int, ...], paid: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
        worth = []
        for i in range(count):
            left = [j for j in foes[i] if j in queue] or foes[i]
            worth.append(end[i][i] if i in queue else min(end[i][j] for j in left))
        return tuple(value - cost for value, cost in zip(worth, paid, strict=True))

    nothing = (Fraction(0),) * count
    alike = Fraction(1, factorial(count))
    orders = [(", ".join(parties[i] for i in order), order) for order in permutations(range(count))]
    starts = tuple((name, alike, play(order, 0, nothing, name)) for name, order in orders)
    return GameTree(title, tuple(parties), Chance("the order of turns", starts))


def _risked(name: str, risk: Fraction, out: Outcome, held: Node) -> Node:
    """Return an act with its accident; a sure outcome needs no chance."""
    if risk in (0, 1):
        return out if risk else held
    return Chance(name, (("accident", risk, out), ("none", 1 - risk, held)))


def _exact(value: float) -> Fraction:
    return Fraction(f"{float(value):.15g}")
