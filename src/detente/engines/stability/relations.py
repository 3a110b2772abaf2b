r"""What each party prefers, state against state: known, unknown, mild and strong.

A preference is a relation here: for two states, t is *preferred* to s (:math:`t \succ s`), or
*strongly* preferred (:math:`t \gg s`, three degrees: strongly, mildly, equally), or the
comparison is *unknown* (:math:`s \, U \, t`), or else they are equally preferred. No rule of
transitivity is asked for, and nothing that is left unsaid is filled in.

Relations take (states that can occur)^2 bytes per party, so this is for small models.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.core.errors import ModelError
from detente.engines.stability.model import StabilityModel
from detente.maths.compiled import BoolArray, Int64Array

MOST_STATES = 1024
"""States that can occur, at most; a relation of so many takes a megabyte per party."""


@dataclass(frozen=True, slots=True)
class Relations:
    """What each party prefers, state against state.

    Attributes
    ----------
    states : (n,) int64
        Codes of the states that can occur, ascending; positions below refer to them.
    better : (parties, n, n) bool
        Whether the party prefers the second state to the first.
    unknown : (parties, n, n) bool
        Whether it is unknown how they compare; symmetric, apart from `better`.
    strongly : (parties, n, n) bool
        Whether the preference is strong; only where `better` holds.
    """

    states: Int64Array
    better: BoolArray
    unknown: BoolArray
    strongly: BoolArray

    def __post_init__(self) -> None:
        swapped = self.better.transpose(0, 2, 1)
        for what, wrong in (
            ("a state is preferred to itself or two to each other", self.better & swapped),
            ("an unknown comparison is not symmetric", self.unknown ^ self.unknown.transpose(0, 2, 1)),
            ("a comparison is both known and unknown", self.unknown & (self.better | swapped)),
            ("a strong preference is no preference", self.strongly & ~self.better),
        ):
            if wrong.any():
                party, first, second = (int(n) for n in np.argwhere(wrong)[0])
                raise ModelError(
                    where="stability.Relations", what=what,
                    got=f"party {party}, states {self.states[first]} and {self.states[second]}",
                )  # fmt: skip


def relations(
    model: StabilityModel,
    *,
    unknown: BoolArray | None = None,
    strong: BoolArray | None = None,
    strong_from: Sequence[int] | None = None,
) -> Relations:
    """Return the relations of a model's ranks, less what is unknown.

    Parameters
    ----------
    model : StabilityModel
        With at most MOST_STATES states that can occur.
    unknown : (parties, n, n) bool, optional
        Comparisons that are unknown, whatever the ranks say; over the states that can
        occur, by ascending code.
    strong : (parties, n, n) bool, optional
        Pairs between which a preference is strong, whichever state is preferred.
    strong_from : sequence of int, optional
        Per party, the difference of ranks from which a preference is strong too; no
        preference is when both are absent.

    Raises
    ------
    ModelError
        If there are too many states or shapes do not fit.
    """
    states = np.flatnonzero(model.occurring())
    if states.size > MOST_STATES:
        raise ModelError(
            where="stability.relations", what="too many states that can occur", got=states.size,
            allowed=f"At most {MOST_STATES}",
        )  # fmt: skip
    ranks = model.ranks[:, states].astype(np.int64)
    gain = ranks[:, np.newaxis, :] - ranks[:, :, np.newaxis]
    blank = np.zeros(gain.shape, dtype=np.bool_)
    hidden, marked = blank if unknown is None else unknown, blank if strong is None else strong
    fit = hidden.shape == marked.shape == gain.shape
    if not fit or (strong_from is not None and len(strong_from) != model.parties):
        raise ModelError(
            where="stability.relations", what="shapes do not fit", got=f"{hidden.shape} and {marked.shape}",
            allowed=f"{gain.shape} for unknown and strong, and one number per party for strong_from",
        )  # fmt: skip
    better = (gain > 0) & ~hidden
    if strong_from is not None:
        marked = marked | (gain >= np.array(strong_from)[:, np.newaxis, np.newaxis])
    return Relations(states, better, hidden, better & marked)
