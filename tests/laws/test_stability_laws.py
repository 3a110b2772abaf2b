"""What must hold of stability in every graph model."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.engines.stability import (
    Concept,
    Direction,
    Reply,
    StabilityModel,
    Variant,
    limited_move_stability,
    relations,
    robustness,
    single_parties,
    solve,
    solve_coalitions,
    solve_strength,
    solve_unknown,
)
from tests.laws.graph_models import graph_models

IMPLIED = [
    (Concept.NASH, Concept.GMR),
    (Concept.NASH, Concept.SMR),
    (Concept.NASH, Concept.SEQ),
    (Concept.NASH, Concept.SIM),
    (Concept.SMR, Concept.GMR),
    (Concept.SEQ, Concept.GMR),
]
TURNED = {
    Direction.BOTH: Direction.BOTH,
    Direction.TAKE_ONLY: Direction.DROP_ONLY,
    Direction.DROP_ONLY: Direction.TAKE_ONLY,
}


def moved(model: StabilityModel, codes: Any, **changes: Any) -> StabilityModel:
    """Return a model whose state s is state `codes[s]` of the given one."""
    values = {
        "parties": model.parties,
        "owner": model.owner,
        "allowed": model.allowed,
        "ranks": np.ascontiguousarray(model.ranks[:, codes]),
        "feasible": None if model.feasible is None else model.feasible[codes],
        "banned": None if model.banned is None else model.banned[codes],
    }
    return StabilityModel(**(values | changes))


@given(graph_models(), st.sampled_from(Reply))
def test_stricter_concepts_imply_the_others(model: StabilityModel, reply: Reply) -> None:
    found = solve(model, reply=reply).stability
    for strict, loose in IMPLIED:
        assert not (found[strict] & ~found[loose]).any(), (strict, loose)


@given(graph_models(), st.booleans())
def test_simultaneous_implies_general_where_all_states_can_occur(model: StabilityModel, one_way: bool) -> None:
    allowed = model.allowed if one_way else (Direction.BOTH,) * model.switches
    found = solve(StabilityModel(model.parties, model.owner, allowed, model.ranks)).stability
    assert not (found[Concept.SIM] & ~found[Concept.GMR]).any()


@given(graph_models(fewest_parties=2, most_parties=2), st.sampled_from(Reply))
def test_with_one_other_player_replies_are_the_same(model: StabilityModel, reply: Reply) -> None:
    one, two = solve(model).stability, solve(model, reply=reply).stability
    for concept in Concept:
        assert one[concept].tolist() == two[concept].tolist()


@given(graph_models())
def test_more_replies_deter_more(model: StabilityModel) -> None:
    legal, once, single = (solve(model, reply=reply).stability for reply in Reply)
    for concept in (Concept.GMR, Concept.SMR, Concept.SEQ):
        assert not (single[concept] & ~once[concept]).any()
        assert not (once[concept] & ~legal[concept]).any()


@given(graph_models(), st.randoms(use_true_random=False))
def test_only_the_order_of_ranks_counts(model: StabilityModel, random: Any) -> None:
    values = np.cumsum([random.randint(1, 1000) for _ in range(model.states)]) - 5000
    other = StabilityModel(
        model.parties, model.owner, model.allowed, values[model.ranks].astype(np.int32), model.feasible, model.banned
    )
    one, two = solve(model).stability, solve(other).stability
    for concept in Concept:
        assert one[concept].tolist() == two[concept].tolist()


@given(st.one_of(graph_models(), graph_models(reversible=True)), st.data())
def test_the_order_of_parties_does_not_matter(model: StabilityModel, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(model.parties)))  # the new party n is the old order[n]
    other = StabilityModel(
        model.parties,
        tuple(order.index(party) for party in model.owner),
        model.allowed,
        np.ascontiguousarray(model.ranks[order]),
        model.feasible,
        model.banned,
    )
    one, two = solve(model).stability, solve(other).stability
    for concept in Concept:
        assert one[concept][order].tolist() == two[concept].tolist()


@given(st.one_of(graph_models(), graph_models(reversible=True)), st.data())
def test_the_order_of_switches_does_not_matter(model: StabilityModel, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(model.switches)))  # the new switch n is the old order[n]
    codes = np.array([sum((s >> n & 1) << old for n, old in enumerate(order)) for s in range(model.states)])
    banned = None
    if model.banned is not None:
        old_bans = model.banned[codes]
        banned = sum(((old_bans >> old & 1) << n for n, old in enumerate(order)), np.zeros_like(old_bans))
    other = moved(
        model,
        codes,
        owner=tuple(model.owner[old] for old in order),
        allowed=tuple(model.allowed[old] for old in order),
        banned=banned,
    )
    one, two = solve(model).stability, solve(other).stability
    for concept in Concept:
        assert one[concept][:, codes].tolist() == two[concept].tolist()


@given(st.one_of(graph_models(), graph_models(reversible=True)), st.data())
def test_what_counts_as_taken_does_not_matter(model: StabilityModel, data: st.DataObject) -> None:
    turned = data.draw(st.integers(0, model.states - 1))
    codes = np.arange(model.states) ^ turned
    allowed = tuple(TURNED[d] if turned >> j & 1 else d for j, d in enumerate(model.allowed))
    one, two = solve(model).stability, solve(moved(model, codes, allowed=allowed)).stability
    for concept in Concept:
        assert one[concept][:, codes].tolist() == two[concept].tolist()


@given(graph_models())
def test_without_anything_unknown_every_variant_is_the_plain_concept(model: StabilityModel) -> None:
    preferences = relations(model)
    plain = solve(model).stability
    for by_concept in solve_unknown(model, preferences).values():
        for concept, found in by_concept.items():
            assert found.tolist() == plain[concept][:, preferences.states].tolist()


@given(graph_models(most_switches=4), st.data())
def test_variants_are_nested(model: StabilityModel, data: st.DataObject) -> None:
    n = int(model.occurring().sum())
    triangle = np.array(data.draw(st.lists(st.booleans(), min_size=n * n, max_size=n * n))).reshape(n, n)
    unknown = np.triu(triangle, 1)
    found = solve_unknown(model, relations(model, unknown=np.stack([unknown | unknown.T] * model.parties)))
    for smaller, larger in (
        (Variant.A, Variant.B),
        (Variant.A, Variant.C),
        (Variant.B, Variant.D),
        (Variant.C, Variant.D),
    ):
        for concept in found[smaller]:
            assert not (found[smaller][concept] & ~found[larger][concept]).any()


@given(graph_models())
def test_strong_and_weak_share_out_stability_and_nash_is_strong(model: StabilityModel) -> None:
    strict = np.argsort(np.argsort(model.ranks, axis=1, kind="stable"), axis=1).astype(np.int32)
    other = StabilityModel(model.parties, model.owner, model.allowed, strict, model.feasible, model.banned)
    preferences = relations(other, strong_from=[1] * model.parties)
    found, plain = solve_strength(other, preferences), solve(other).stability
    for concept, strongly in found.strongly.items():
        stable = plain[concept][:, preferences.states]
        assert ((strongly | found.weakly[concept]) == stable).all()
        assert not (strongly & found.weakly[concept]).any()
        nash = plain[Concept.NASH][:, preferences.states]
        assert not (nash & ~strongly).any()


@given(graph_models(fewest_parties=2, most_parties=2, strict=True))
def test_one_move_ahead_is_nash(model: StabilityModel) -> None:
    assert limited_move_stability(model, moves=1).tolist() == solve(model).stability[Concept.NASH].tolist()


@given(graph_models(), st.sampled_from(Reply))
def test_coalitions_of_one_are_the_parties(model: StabilityModel, reply: Reply) -> None:
    found, alone = solve_coalitions(model, reply=reply), solve(model, reply=reply)
    for concept in Concept:
        assert found.stability[concept][: model.parties].tolist() == alone.stability[concept].tolist()
        assert set(found.equilibria[concept].tolist()) <= set(alone.equilibria[concept].tolist())


@given(graph_models(strict=True, most_switches=4), st.integers(0, 9))
def test_without_errors_equilibria_are_certain(model: StabilityModel, seed: int) -> None:
    found, plain = robustness(model, seed=seed, draws=3, spread=0.0), solve(model)
    for concept, shares in found.shares.items():
        expected = np.zeros(model.states)
        expected[plain.equilibria[concept]] = 1.0
        assert shares.tolist() == expected.tolist()
        assert found.order[concept].tolist() == plain.equilibria[concept].tolist()


@given(graph_models(most_switches=4), st.integers(0, 9), st.data())
def test_robustness_does_not_depend_on_the_order_of_parties_and_switches(
    model: StabilityModel, seed: int, data: st.DataObject
) -> None:
    parties = data.draw(st.permutations(range(model.parties)))
    order = data.draw(st.permutations(range(model.switches)))
    codes = np.array([sum((s >> n & 1) << old for n, old in enumerate(order)) for s in range(model.states)])
    other = moved(
        StabilityModel(model.parties, model.owner, model.allowed, model.ranks, model.feasible),
        codes,
        owner=tuple(parties.index(model.owner[old]) for old in order),
        allowed=tuple(model.allowed[old] for old in order),
        ranks=np.ascontiguousarray(model.ranks[parties][:, codes]),
    )
    plain = StabilityModel(model.parties, model.owner, model.allowed, model.ranks, model.feasible)
    one = robustness(plain, seed=seed, draws=4)
    two = robustness(other, seed=seed, draws=4, party_keys=parties, switch_keys=order)
    for concept, shares in one.shares.items():
        assert shares[codes].tolist() == two.shares[concept].tolist()


@given(graph_models())
def test_the_grand_coalition_fears_nobody(model: StabilityModel) -> None:
    everyone = (tuple(range(model.parties)),)
    found = solve(model, players=everyone).stability
    for concept in Concept:
        assert found[concept].tolist() == found[Concept.NASH].tolist()
    assert single_parties(model) == tuple((party,) for party in range(model.parties))
