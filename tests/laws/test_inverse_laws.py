"""What must hold of counts of rankings, of fewest changes and of commitments in every graph model."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.engines.stability import (
    Commitment,
    Concept,
    Kind,
    Moves,
    Reply,
    StabilityModel,
    certify,
    commitments,
    committed,
    count_rankings,
    demands,
    fewest_changes,
    fewest_for_equilibrium,
    share_of_profiles,
    single_parties,
    solve,
)
from tests.laws.graph_models import graph_models
from tests.laws.test_stability_laws import IMPLIED, moved

ALONE = (Concept.NASH, Concept.GMR, Concept.SMR)


def occurring_state(model: StabilityModel, data: st.DataObject) -> int:
    return data.draw(st.sampled_from(np.flatnonzero(model.occurring()).tolist()))


@given(graph_models(), st.sampled_from(Reply), st.data())
def test_looser_concepts_have_more_rankings_and_need_fewer_changes(
    model: StabilityModel, reply: Reply, data: st.DataObject
) -> None:
    state, party = occurring_state(model, data), data.draw(st.integers(0, model.parties - 1))
    asked = {"state": state, "party": party, "reply": reply}
    shares = {concept: count_rankings(model, concept=concept, **asked).share for concept in Concept}
    turned = {concept: len(fewest_changes(model, concept=concept, **asked).turns) for concept in Concept}
    for strict, loose in IMPLIED:
        assert 0 <= shares[strict] <= shares[loose] <= 1
        assert turned[strict] >= turned[loose]


@given(graph_models(), st.sampled_from(Concept), st.sampled_from(Reply), st.data())
def test_nothing_has_to_turn_just_where_a_state_is_stable_and_afterwards_it_is(
    model: StabilityModel, concept: Concept, reply: Reply, data: st.DataObject
) -> None:
    state, party = occurring_state(model, data), data.draw(st.integers(0, model.parties - 1))
    found = fewest_changes(model, state=state, party=party, concept=concept, reply=reply)
    now = solve(model, concepts=[concept], reply=reply).stability[concept][party, state]
    assert bool(now) == (not found.turns)
    ranks = model.ranks.copy()
    ranks[party] = found.ranks
    after = solve(replace(model, ranks=ranks), concepts=[concept], reply=reply)
    assert after.stability[concept][party, state]


@given(graph_models(), st.sampled_from(Concept), st.sampled_from(Reply), st.data())
def test_demands_are_met_just_where_a_state_is_stable(
    model: StabilityModel, concept: Concept, reply: Reply, data: st.DataObject
) -> None:
    state, party = occurring_state(model, data), data.draw(st.integers(0, model.parties - 1))
    row = model.ranks[party]
    no_higher = frozenset(np.flatnonzero(model.occurring() & (row <= row[state])).tolist())
    asked = demands(model, state=state, party=party, concept=concept, reply=reply)
    certificate = certify(model, state=state, player=party, concept=concept, reply=reply)
    assert all(one.met(no_higher) for one in asked) == certificate.stable


@given(graph_models(), st.sampled_from(Concept), st.data())
def test_to_rank_a_state_higher_never_makes_it_less_stable_for_that_party(
    model: StabilityModel, concept: Concept, data: st.DataObject
) -> None:
    state, party = occurring_state(model, data), data.draw(st.integers(0, model.parties - 1))
    ranks = model.ranks.copy()
    ranks[party] *= 2
    ranks[party, state] += data.draw(st.integers(1, 2 * model.states))
    before = fewest_changes(model, state=state, party=party, concept=concept)
    after = fewest_changes(replace(model, ranks=ranks), state=state, party=party, concept=concept)
    assert len(after.turns) <= len(before.turns)


@given(graph_models(reversible=True), st.data())
def test_of_each_set_of_states_between_which_a_party_chooses_just_one_is_stable_in_a_ranking(
    model: StabilityModel, data: st.DataObject
) -> None:
    """Under Nash that is the best of them, so the shares of the states of such a set add up to one."""
    state, party = occurring_state(model, data), data.draw(st.integers(0, model.parties - 1))
    chosen_from = [state, *Moves(model, single_parties(model)).reach(party, state).tolist()]
    shares = [count_rankings(model, state=one, party=party, concept=Concept.NASH).share for one in chosen_from]
    assert sum(shares, start=Fraction(0)) == 1


@given(graph_models(), st.sampled_from(Concept), st.data())
def test_the_order_of_parties_and_switches_does_not_matter(
    model: StabilityModel, concept: Concept, data: st.DataObject
) -> None:
    state, party = occurring_state(model, data), data.draw(st.integers(0, model.parties - 1))
    parties = data.draw(st.permutations(range(model.parties)))  # the new party n is the old parties[n]
    order = data.draw(st.permutations(range(model.switches)))
    codes = np.array([sum((s >> n & 1) << old for n, old in enumerate(order)) for s in range(model.states)])
    assert model.banned is not None
    old_bans = model.banned[codes]
    other = moved(
        model,
        codes,
        owner=tuple(parties.index(model.owner[old]) for old in order),
        allowed=tuple(model.allowed[old] for old in order),
        ranks=np.ascontiguousarray(model.ranks[parties][:, codes]),
        banned=sum(((old_bans >> old & 1) << n for n, old in enumerate(order)), np.zeros_like(old_bans)),
    )
    new_state, new_party = codes.tolist().index(state), parties.index(party)
    one = count_rankings(model, state=state, party=party, concept=concept)
    two = count_rankings(other, state=new_state, party=new_party, concept=concept)
    assert one == two
    first = fewest_changes(model, state=state, party=party, concept=concept)
    second = fewest_changes(other, state=new_state, party=new_party, concept=concept)
    assert len(first.turns) == len(second.turns)
    assert len(list(commitments(model, state))) == len(list(commitments(other, new_state)))


@given(graph_models(strict=True, most_parties=3, most_switches=3), st.sampled_from(Concept), st.data())
def test_what_all_parties_need_lies_between_the_general_and_the_plain_concept(
    model: StabilityModel, concept: Concept, data: st.DataObject
) -> None:
    state = occurring_state(model, data)
    found = fewest_for_equilibrium(model, state=state, concept=concept)
    plain = fewest_for_equilibrium(model, state=state, concept=Concept.NASH)
    assert 0 <= found.at_least <= found.at_most <= plain.at_most
    assert (found.at_most == 0) == (state in solve(model, concepts=[concept]).equilibria[concept])
    if concept is Concept.SEQ:
        general = fewest_for_equilibrium(model, state=state, concept=Concept.GMR)
        assert general.at_least <= found.at_least


@given(graph_models(), st.sampled_from(ALONE), st.data())
def test_where_parties_count_alone_their_shares_multiply(
    model: StabilityModel, concept: Concept, data: st.DataObject
) -> None:
    state = occurring_state(model, data)
    product = Fraction(1)
    for party in range(model.parties):
        product *= count_rankings(model, state=state, party=party, concept=concept).share
    assert share_of_profiles(model, state=state, concept=concept) == product


@given(graph_models(most_switches=4), st.data())
def test_a_commitment_takes_moves_away_and_adds_none(model: StabilityModel, data: st.DataObject) -> None:
    state = occurring_state(model, data)
    listed = list(commitments(model, state))
    assume(listed)
    one = data.draw(st.sampled_from(listed))
    before, other = Moves(model, single_parties(model)), committed(model, one)
    after = Moves(other, single_parties(other))
    fewer = 0
    for code in np.flatnonzero(other.occurring()).tolist():
        for party in range(model.parties):
            kept, had = set(after.reach(party, code).tolist()), set(before.reach(party, code).tolist())
            assert kept <= had
            fewer += len(had - kept)
            if one.kind is not Kind.REMOVAL:
                assert kept == {t for t in had if not _gives_up(one, code, t)}
    if one.kind is Kind.REMOVAL:
        assert other.occurring()[state]
        assert other.occurring().sum() < model.occurring().sum()
    nash = solve(model, concepts=[Concept.NASH]).stability[Concept.NASH][:, state]
    still = solve(other, concepts=[Concept.NASH]).stability[Concept.NASH][:, state]
    assert (nash <= still).all()


def _gives_up(one: Commitment, before: int, after: int) -> bool:
    bit = one.switch
    if (before ^ after) >> bit & 1 == 0 or (before >> bit & 1) != one.taken:
        return False
    return one.given is None or (before >> one.given[0] & 1) == one.given[1]
