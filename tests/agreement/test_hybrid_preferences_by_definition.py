"""Strong stability with unknown comparisons against its definition, written out with sets and words for relations."""

from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.engines.stability import (
    Concept,
    Reply,
    StabilityModel,
    Variant,
    relations,
    single_parties,
    solve_hybrid,
    solve_strength,
    solve_unknown,
)
from detente.maths.compiled import BoolArray
from tests.agreement.graph_model_by_definition import ByDefinition
from tests.laws.graph_models import graph_models


@st.composite
def comparisons(draw: st.DrawFn, parties: int, states: int) -> BoolArray:
    """Draw pairs of states per party, in either order, none of a state with itself."""
    found = np.zeros((parties, states, states), dtype=bool)
    place = st.tuples(st.integers(0, parties - 1), st.integers(0, states - 1), st.integers(0, states - 1))
    for party, one, other in draw(st.sets(place, max_size=14)):
        if one != other:
            found[party, one, other] = found[party, other, one] = True
    return found


class Hybrid:
    """One party's word for a pair of states, and what follows from such words by the definition."""

    def __init__(self, model: StabilityModel, unknown: BoolArray, strong: BoolArray) -> None:
        self.model, self.unknown, self.strong = model, unknown, strong
        self.slow = ByDefinition(model, single_parties(model), Reply.LEGAL)
        self.place = {s: at for at, s in enumerate(self.slow.occurring)}

    def word(self, i: int, s: int, t: int) -> str:
        """Return how t stands to s for party i: U, >>, >, =, <, or <<."""
        at = (i, self.place[s], self.place[t])
        if self.unknown[at]:
            return "U"
        one, other = int(self.model.ranks[i, s]), int(self.model.ranks[i, t])
        sign = ">" if other > one else "<" if other < one else "="
        return sign if sign == "=" or not self.strong[at] else 2 * sign

    def replies(self, i: int, s: int, *, hopeful: bool) -> set[int]:
        """Return the ends of the others' legal sequences from s, recursively, a sequence being a list of movers."""

        def further(here: int, last: int, been: frozenset[tuple[int, int]]) -> Iterator[int]:
            for k in range(self.model.parties):
                for t in self.slow.moves(k, here) if k not in (i, last) else ():
                    if (k, t) not in been and (not hopeful or self.word(k, here, t) in (">", ">>", "U")):
                        yield t
                        yield from further(t, k, been | {(k, t)})

        return set(further(s, i, frozenset()))

    def strongly(self, concept: Concept, variant: Variant, i: int, s: int) -> bool:
        leaves_for = (">", ">>", "U") if variant in (Variant.A, Variant.C) else (">", ">>")
        deters = ("<<", "U") if variant in (Variant.C, Variant.D) else ("<<",)
        for s1 in self.slow.moves(i, s):
            if self.word(i, s, s1) not in leaves_for:
                continue
            for s2 in self.replies(i, s1, hopeful=concept is Concept.SEQ):
                ends = {s2} | (self.slow.moves(i, s2) if concept is Concept.SMR else set())
                if all(self.word(i, s, end) in deters for end in ends):
                    break
            else:
                return False
        return True


@given(graph_models(fewest_parties=2, most_switches=3), st.data())
def test_strong_stability_by_variant_by_definition(model: StabilityModel, data: st.DataObject) -> None:
    states = int(model.occurring().sum())
    unknown, strong = (data.draw(comparisons(model.parties, states)) for _ in range(2))
    preferences = relations(model, unknown=unknown, strong=strong)
    found, plain = solve_hybrid(model, preferences), solve_unknown(model, preferences)
    slow = Hybrid(model, unknown, strong)
    for i, (s, column), variant in product(range(model.parties), slow.place.items(), Variant):
        for concept in (Concept.GMR, Concept.SMR, Concept.SEQ):
            expected = slow.strongly(concept, variant, i, s)
            assert found[variant].strongly[concept][i, column] == expected, (concept, variant)
            stable = plain[variant][concept][i, column]
            assert stable or not expected  # strong stability implies stability
            assert found[variant].weakly[concept][i, column] == (stable and not expected)


@given(graph_models(most_switches=4), st.data())
def test_variants_of_strong_stability_are_nested(model: StabilityModel, data: st.DataObject) -> None:
    states = int(model.occurring().sum())
    unknown, strong = (data.draw(comparisons(model.parties, states)) for _ in range(2))
    found = solve_hybrid(model, relations(model, unknown=unknown, strong=strong))
    for smaller, larger in ("ab", "ac", "bd", "cd"):
        for concept, held in found[Variant(smaller)].strongly.items():
            assert not (held & ~found[Variant(larger)].strongly[concept]).any()
    for by_variant in found.values():
        assert not (by_variant.strongly[Concept.SMR] & ~by_variant.strongly[Concept.GMR]).any()
        assert not (by_variant.strongly[Concept.SEQ] & ~by_variant.strongly[Concept.GMR]).any()


@given(graph_models(most_switches=4), st.data())
def test_without_unknown_comparisons_every_variant_is_strong_stability(
    model: StabilityModel, data: st.DataObject
) -> None:
    strong = data.draw(comparisons(model.parties, int(model.occurring().sum())))
    preferences = relations(model, strong=strong)
    expected = solve_strength(model, preferences)
    for found in solve_hybrid(model, preferences).values():
        for concept, held in expected.strongly.items():
            assert found.strongly[concept].tolist() == held.tolist()
