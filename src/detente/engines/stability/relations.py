r"""Stability when some comparisons are unknown, or some preferences are stronger than others.

A preference is a relation here: for two states, t is *preferred* to s (:math:`t \succ s`), or
*strongly* preferred (:math:`t \gg s`, three degrees: strongly, mildly, equally), or the
comparison is *unknown* (:math:`s \, U \, t`), or else they are equally preferred.

**Unknown** ([Li2004]_). A party may or may not leave for a state of which it is unknown
whether it is better, and may or may not be deterred by one. That gives four variants:

=======  ===================================  ==========================================
variant  leaves for                           is deterred by
=======  ===================================  ==========================================
a        improvements and unknown states      states known to be no better
b        improvements                         states known to be no better
c        improvements and unknown states      states not known to be better
d        improvements                         states not known to be better
=======  ===================================  ==========================================

Under SEQ the others reply by improvements and by moves to unknown states in every variant.
A state that is stable in a is stable in b and c, and one that is stable in b or in c is
stable in d. Without unknown comparisons the four are the plain concepts.

**Strength** ([Hamouda2004]_, [Hamouda2006]_). A state that is stable under GMR, SMR or SEQ
is *strongly* stable if every improvement, mild or strong, has a sanction at a state to which
the present one is strongly preferred, and under SMR every escape from it ends at such a
state too; else it is *weakly* stable.

Replies are legal sequences, found for all states at once by products of Boolean matrices as in
[Xu2009]_; relations take (states that can occur)^2 bytes per party, so this is for small models.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from detente.core.errors import ModelError
from detente.engines.stability.model import Concept, StabilityModel
from detente.engines.stability.moves import Moves
from detente.maths.compiled import BoolArray, Int64Array

MOST_STATES = 1024
"""States that can occur, at most; a relation of so many takes a megabyte per party."""

SANCTIONED = (Concept.GMR, Concept.SMR, Concept.SEQ)
DEFINED = (Concept.NASH, *SANCTIONED)


class Variant(StrEnum):
    """How unknown comparisons count, see the table above."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"

    @property
    def leaves_for_unknown(self) -> bool:
        """Return whether a party may leave for a state that it cannot compare."""
        return self in (Variant.A, Variant.C)

    @property
    def deterred_by_unknown(self) -> bool:
        """Return whether a state that it cannot compare deters a party."""
        return self in (Variant.C, Variant.D)


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
    model: StabilityModel, *, unknown: BoolArray | None = None, strong_from: Sequence[int] | None = None
) -> Relations:
    """Return the relations of a model's ranks, less what is unknown.

    Parameters
    ----------
    model : StabilityModel
        With at most MOST_STATES states that can occur.
    unknown : (parties, n, n) bool, optional
        Comparisons that are unknown, whatever the ranks say; over the states that can
        occur, by ascending code.
    strong_from : sequence of int, optional
        Per party, the difference of ranks from which a preference is strong; no
        preference is when absent.

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
    hidden = blank if unknown is None else unknown
    if hidden.shape != gain.shape or (strong_from is not None and len(strong_from) != model.parties):
        raise ModelError(
            where="stability.relations", what="shapes do not fit", got=hidden.shape,
            allowed=f"{gain.shape} for unknown, and one number per party for strong_from",
        )  # fmt: skip
    better = (gain > 0) & ~hidden
    if strong_from is None:
        return Relations(states, better, hidden, blank)
    return Relations(states, better, hidden, better & (gain >= np.array(strong_from)[:, np.newaxis, np.newaxis]))


def _product(left: BoolArray, right: BoolArray) -> BoolArray:
    """Return the Boolean product of two matrices."""
    result: BoolArray = (left.astype(np.float32) @ right.astype(np.float32)) > 0
    return result


def _reach(model: StabilityModel, states: Int64Array) -> BoolArray:
    """Return (party, from, to): what each party reaches in one move."""
    moves = Moves(model, tuple((party,) for party in range(model.parties)))
    reach = np.zeros((model.parties, states.size, states.size), dtype=np.bool_)
    for party in range(model.parties):
        for row, state in enumerate(states.tolist()):
            reach[party, row, np.searchsorted(states, moves.reach(party, state))] = True
    return reach


def _legal_replies(steps: BoolArray, focal: int) -> BoolArray:
    """Return (from, to): ends of sequences of the others' steps in which nobody moves twice in a row."""
    others = [party for party in range(steps.shape[0]) if party != focal]
    ended_by = {party: steps[party] for party in others}
    while True:
        longer = {}
        for party in others:
            before = np.zeros_like(steps[party])
            for other in others:
                if other != party:
                    before |= ended_by[other]
            longer[party] = ended_by[party] | _product(before, steps[party])
        if all((longer[party] == ended_by[party]).all() for party in others):
            break
        ended_by = longer
    replies: BoolArray = np.zeros(steps.shape[1:], dtype=np.bool_)
    for party in others:
        replies = replies | ended_by[party]
    return replies


def _stable(leaves: BoolArray, replies: BoolArray, deters: BoolArray, reach: BoolArray, *, escapes: bool) -> BoolArray:
    """Return where every state one leaves for has a reply that deters; with `escapes`, any move from it does too."""
    if escapes:
        deters = deters & ~_product(~deters, reach.T)
    result: BoolArray = ~np.logical_or.reduce(leaves & ~_product(deters, replies.T), axis=1)
    return result


def solve_unknown(
    model: StabilityModel, preferences: Relations, *, concepts: Sequence[Concept] = DEFINED
) -> dict[Variant, dict[Concept, BoolArray]]:
    """Return stability, (parties, n), by variant and concept; columns are `preferences.states`.

    Raises
    ------
    ModelError
        If a concept is asked for that is not defined for unknown comparisons (SIM).
    """
    _check(concepts, DEFINED, "stability.solve_unknown")
    reach = _reach(model, preferences.states)
    hopeful = reach & (preferences.better | preferences.unknown)
    found: dict[Variant, dict[Concept, BoolArray]] = {
        variant: {concept: np.empty(reach.shape[:2], dtype=np.bool_) for concept in concepts} for variant in Variant
    }
    for party in range(model.parties):
        better, unknown = preferences.better[party], preferences.unknown[party]
        replies = {Concept.GMR: _legal_replies(reach, party), Concept.SEQ: _legal_replies(hopeful, party)}
        replies[Concept.SMR] = replies[Concept.GMR]
        replies[Concept.NASH] = np.zeros_like(better)
        for variant in Variant:
            leaves = reach[party] & (better | unknown if variant.leaves_for_unknown else better)
            deters = ~better if variant.deterred_by_unknown else ~(better | unknown)
            for concept in concepts:
                found[variant][concept][party] = _stable(
                    leaves, replies[concept], deters, reach[party], escapes=concept is Concept.SMR
                )
    return found


@dataclass(frozen=True, slots=True)
class Strength:
    """Which states are strongly and which weakly stable, (parties, n) each, by concept; no state is both."""

    strongly: dict[Concept, BoolArray]
    weakly: dict[Concept, BoolArray]


def solve_strength(
    model: StabilityModel, preferences: Relations, *, concepts: Sequence[Concept] = SANCTIONED
) -> Strength:
    """Return strong and weak stability under GMR, SMR and SEQ; columns are `preferences.states`.

    Raises
    ------
    ModelError
        If a concept is asked for of which there is no strong form, or a comparison is unknown.
    """
    _check(concepts, SANCTIONED, "stability.solve_strength")
    if preferences.unknown.any():
        raise ModelError(
            where="stability.solve_strength", what="a comparison is unknown",
            allowed="Strength is defined where every comparison is known", hint="Use solve_unknown",
        )  # fmt: skip
    reach = _reach(model, preferences.states)
    improving = reach & preferences.better
    strongly = {concept: np.empty(reach.shape[:2], dtype=np.bool_) for concept in concepts}
    weakly = {concept: np.empty(reach.shape[:2], dtype=np.bool_) for concept in concepts}
    for party in range(model.parties):
        worse_by_far = preferences.strongly[party].T  # the first state is strongly preferred to the second
        for concept in concepts:
            replies = _legal_replies(improving if concept is Concept.SEQ else reach, party)
            escapes = concept is Concept.SMR
            stable = _stable(improving[party], replies, ~preferences.better[party], reach[party], escapes=escapes)
            strong = _stable(improving[party], replies, worse_by_far, reach[party], escapes=escapes)
            strongly[concept][party] = strong
            weakly[concept][party] = stable & ~strong
    return Strength(strongly, weakly)


def _check(concepts: Sequence[Concept], defined: tuple[Concept, ...], where: str) -> None:
    for concept in concepts:
        if concept not in defined:
            raise ModelError(
                where=where, what="concept is not defined there", got=concept.value,
                allowed=", ".join(known.value for known in defined),
            )  # fmt: skip
