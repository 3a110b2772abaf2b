"""What one package, complete or partial, is worth and which red lines it crosses."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.core.errors import ModelError
from detente.engines.settlement.model import Completion, Package, Rule, SettlementModel
from detente.engines.settlement.structure import TooManyCombinations, blocks


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a package to each party, and the rules it breaks.

    For a partial package the values are the least and the most over all ways to
    complete it, each issue on its own or with those that interactions join to it;
    links are not used to narrow them. Unknown options count at their worst in `low`
    and at their best in `high`.
    """

    low: tuple[int, ...]
    high: tuple[int, ...]
    lines_crossed: tuple[int, ...]  # by every completion
    lines_possibly_crossed: tuple[int, ...]  # by some completion, not by every one
    links_broken: tuple[int, ...]
    links_possibly_broken: tuple[int, ...]


def evaluate(model: SettlementModel, package: Sequence[int | None]) -> Value:
    """Return what a package is worth; None stands for an issue that is not settled.

    Raises
    ------
    ModelError
        If the package has the wrong length or an option is out of range, or too many
        open issues are joined by interactions.
    """
    sizes = model.sizes
    if len(package) != len(sizes):
        raise ModelError(
            where="settlement.evaluate",
            what="a package has one option per issue",
            got=len(package),
            allowed=f"There are {len(sizes)} issues",
            hint="Use None for an issue that is not settled",
        )
    for issue, option in enumerate(package):
        if option is not None and not 0 <= option < sizes[issue]:
            raise ModelError(
                where=f"settlement.evaluate: issue {issue}",
                what="no such option",
                got=option,
                allowed=f"Options are numbered 0 to {sizes[issue] - 1}",
                hint="Use None for an issue that is not settled",
            )
    fixed = tuple(
        Rule((issue,), np.arange(sizes[issue]) == option) for issue, option in enumerate(package) if option is not None
    )
    low, high = [], []
    for party in range(model.parties):
        low.append(_extreme(model, fixed, party, Completion.WORST))
        high.append(_extreme(model, fixed, party, Completion.BEST))
    lines = [broken_by(line.rule, package) for line in model.lines]
    links = [broken_by(link, package) for link in model.links]
    return Value(
        tuple(low),
        tuple(high),
        tuple(k for k, (some, every) in enumerate(lines) if every),
        tuple(k for k, (some, every) in enumerate(lines) if some and not every),
        tuple(k for k, (some, every) in enumerate(links) if every),
        tuple(k for k, (some, every) in enumerate(links) if some and not every),
    )


def utilities(model: SettlementModel, package: Package, completion: Completion) -> tuple[int, ...]:
    """Return the value of a complete package to each party."""
    worth = [int(b) for b in model.bias]
    for table, option in zip(model.tables(completion), package, strict=True):
        for party in range(model.parties):
            worth[party] += int(table[party, option])
    for term in model.interactions:
        first, second = term.issues
        worth[term.party] += int(term.table[package[first], package[second]])
    return tuple(worth)


def broken_by(rule: Rule, package: Sequence[int | None]) -> tuple[bool, bool]:
    """Return whether some and whether every completion breaks a rule."""
    where = tuple(slice(None) if package[i] is None else package[i] for i in rule.issues)
    kept = np.asarray(rule.allowed[where])
    return not bool(kept.all()), not bool(kept.any())


def _extreme(model: SettlementModel, fixed: Sequence[Rule], party: int, completion: Completion) -> int:
    """Return the least (at worst) or the most (at best) that a party can get."""
    sign = 1 if completion is Completion.BEST else -1
    view = SettlementModel(
        worst=tuple(sign * table[[party]] for table in model.tables(completion)),
        best=tuple(sign * table[[party]] for table in model.tables(completion)),
        bias=sign * model.bias[[party]],
        reservation=model.reservation[[party]],
        interactions=tuple(
            type(term)(0, term.issues, sign * term.table) for term in model.interactions if term.party == party
        ),
    )
    try:
        parts = blocks(view, rules=fixed, completion=completion)
    except TooManyCombinations as error:
        raise ModelError(
            where="settlement.evaluate",
            what=f"open issues {error.issues} are joined by interactions and have too many combinations",
            got=error.combinations,
            hint="Settle some of them first",
        ) from None
    return sign * (int(view.bias[0]) + sum(int(part.choices.values[0, 0]) for part in parts))
