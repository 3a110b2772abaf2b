"""A condition as a truth table over the issues of an analysis."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from detente.core.condition import Condition
from detente.core.errors import ModelError

LARGEST_TABLE = 1 << 20


def truth_table(
    condition: Condition, options: Mapping[str, Sequence[str]], *, undecided: bool
) -> tuple[tuple[str, ...], NDArray[np.bool_]]:
    """Return the issues that a condition reads in an analysis and its value for each combination of their options.

    Parameters
    ----------
    condition : Condition
        The rule.
    options : mapping of issue to its options
        The issues of the analysis, in order; issues outside it stay unset.
    undecided : bool
        Value of a combination for which issues outside the analysis could decide either way.

    Raises
    ------
    ModelError
        If the table would have more than 2**20 cells.
    """
    read = set(condition.issues())
    issues = tuple(issue for issue in options if issue in read)
    shape = tuple(len(options[issue]) for issue in issues)
    if math.prod(shape) > LARGEST_TABLE:
        raise ModelError(
            where="compile.settlement",
            what="a condition joins too many issues",
            got=f"{len(issues)} issues, {math.prod(shape)} combinations",
            allowed=f"At most {LARGEST_TABLE} combinations of options in one condition",
            hint="Split the condition into several",
        )
    values = [
        condition.holds(dict(zip(issues, chosen, strict=True)))
        for chosen in itertools.product(*(options[issue] for issue in issues))
    ]
    table = np.array([undecided if value is None else value for value in values], dtype=np.bool_)
    return issues, table.reshape(shape)
