r"""Stability when some comparisons are unknown, some preferences are stronger than others, or both.

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

**Both** (after [Xu2010]_). A variant says for what a party leaves, and a sanction is strong if
the present state is strongly preferred to it or, in the variants c and d, in which unknown
states deter, if how the two compare is unknown. With :math:`R` all moves, :math:`R^{-i}` the
ends of the others' legal sequences (under SEQ of improvements and moves to unknown states):

.. math::
    L_a = L_c = \{t \in R_i(s): t \succ s \text{ or } t\,U s\}, \quad
    L_b = L_d = \{t \in R_i(s): t \succ s\}, \\
    D_a = D_b = \{t: s \gg t\}, \quad D_c = D_d = \{t: s \gg t \text{ or } s\,U t\}

and s is strongly stable in variant v if every :math:`s_1 \in L_v` has a reply
:math:`s_2 \in R^{-i}(s_1) \cap D_v` (under SMR with :math:`R_i(s_2) \subseteq D_v` as well).
Without unknown comparisons each variant is strong stability, and strong stability in a variant
implies stability in it. The four are nested as above.

Replies are legal sequences, found for all states at once by products of Boolean matrices as in
[Xu2009]_.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from detente.core.errors import ModelError
from detente.engines.stability.model import Concept, StabilityModel
from detente.engines.stability.moves import Moves
from detente.engines.stability.relations import Relations
from detente.maths.compiled import BoolArray, Int64Array

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


def leaving(preferences: Relations, party: int, variant: Variant) -> BoolArray:
    """Return (from, to): the states for which a party would leave, if it reached them."""
    better, unknown = preferences.better[party], preferences.unknown[party]
    result: BoolArray = better | unknown if variant.leaves_for_unknown else better
    return result


def deterring(preferences: Relations, party: int, variant: Variant, *, strongly: bool = False) -> BoolArray:
    """Return (from, to): what deters a party; with `strongly` only a state to which it strongly prefers the first."""
    better, unknown = preferences.better[party], preferences.unknown[party]
    if strongly:
        better = ~preferences.strongly[party].T & ~unknown  # nothing else deters
    result: BoolArray = ~better if variant.deterred_by_unknown else ~(better | unknown)
    return result


def _product(left: BoolArray, right: BoolArray) -> BoolArray:
    """Return the Boolean product of two matrices."""
    result: BoolArray = (left.astype(np.float32) @ right.astype(np.float32)) > 0
    return result


def reach_by_party(model: StabilityModel, states: Int64Array) -> BoolArray:
    """Return (party, from, to): what each party reaches in one move."""
    moves = Moves(model, tuple((party,) for party in range(model.parties)))
    reach = np.zeros((model.parties, states.size, states.size), dtype=np.bool_)
    for party in range(model.parties):
        for row, state in enumerate(states.tolist()):
            reach[party, row, np.searchsorted(states, moves.reach(party, state))] = True
    return reach


def legal_replies(steps: BoolArray, focal: int) -> BoolArray:
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
    reach = reach_by_party(model, preferences.states)
    hopeful = reach & (preferences.better | preferences.unknown)
    found: dict[Variant, dict[Concept, BoolArray]] = {
        variant: {concept: np.empty(reach.shape[:2], dtype=np.bool_) for concept in concepts} for variant in Variant
    }
    for party in range(model.parties):
        replies = {Concept.GMR: legal_replies(reach, party), Concept.SEQ: legal_replies(hopeful, party)}
        replies[Concept.SMR] = replies[Concept.GMR]
        replies[Concept.NASH] = np.zeros_like(reach[party])
        for variant in Variant:
            leaves, deters = leaving(preferences, party, variant), deterring(preferences, party, variant)
            for concept in concepts:
                found[variant][concept][party] = _stable(
                    reach[party] & leaves, replies[concept], deters, reach[party], escapes=concept is Concept.SMR
                )
    return found


@dataclass(frozen=True, slots=True)
class Strength:
    """Which states are strongly and which weakly stable, (parties, n) each, by concept; no state is both."""

    strongly: dict[Concept, BoolArray]
    weakly: dict[Concept, BoolArray]


def solve_hybrid(
    model: StabilityModel, preferences: Relations, *, concepts: Sequence[Concept] = SANCTIONED
) -> dict[Variant, Strength]:
    """Return strong and weak stability by variant where comparisons are unknown; columns are `preferences.states`.

    Raises
    ------
    ModelError
        If a concept is asked for of which there is no strong form.
    """
    _check(concepts, SANCTIONED, "stability.solve_hybrid")
    stable = solve_unknown(model, preferences, concepts=concepts)
    reach = reach_by_party(model, preferences.states)
    hopeful = reach & (preferences.better | preferences.unknown)
    strongly: dict[Variant, dict[Concept, BoolArray]] = {
        variant: {concept: np.empty(reach.shape[:2], dtype=np.bool_) for concept in concepts} for variant in Variant
    }
    for party in range(model.parties):
        for concept in concepts:
            replies = legal_replies(hopeful if concept is Concept.SEQ else reach, party)
            for variant in Variant:
                strongly[variant][concept][party] = _stable(
                    reach[party] & leaving(preferences, party, variant), replies,
                    deterring(preferences, party, variant, strongly=True), reach[party],
                    escapes=concept is Concept.SMR,
                )  # fmt: skip
    return {
        variant: Strength(found, {concept: stable[variant][concept] & ~found[concept] for concept in found})
        for variant, found in strongly.items()
    }


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
            allowed="Strength is defined where every comparison is known", hint="Use solve_hybrid",
        )  # fmt: skip
    return solve_hybrid(model, preferences, concepts=concepts)[Variant.A]


def _check(concepts: Sequence[Concept], defined: tuple[Concept, ...], where: str) -> None:
    for concept in concepts:
        if concept not in defined:
            raise ModelError(
                where=where, what="concept is not defined there", got=concept.value,
                allowed=", ".join(known.value for known in defined),
            )  # fmt: skip
