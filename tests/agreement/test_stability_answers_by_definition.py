"""Certificates, coalitions, paths, limited moves and relations against their definitions written out."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.engines.stability import (
    Concept,
    Reply,
    StabilityModel,
    Variant,
    certify,
    limited_move_stability,
    non_myopic_stability,
    relations,
    shortest_paths,
    single_parties,
    solve,
    solve_coalitions,
    solve_strength,
    solve_unknown,
)
from tests.agreement.graph_model_by_definition import ByDefinition
from tests.laws.graph_models import graph_models, partitions


@given(graph_models(most_switches=4), st.sampled_from(Reply), st.sampled_from(Concept), st.data())
def test_certificates_hold_and_say_the_same(
    model: StabilityModel, reply: Reply, concept: Concept, data: st.DataObject
) -> None:
    players = data.draw(partitions(model.parties))
    stability = solve(model, concepts=[concept], reply=reply, players=players).stability[concept]
    slow = ByDefinition(model, players, reply)
    for player, s in product(range(len(players)), slow.occurring):
        found = certify(model, state=s, player=player, concept=concept, reply=reply, players=players)
        assert found.stable == stability[player, s]
        named = [d.improvement for d in found.deterred] + list(found.undeterred)
        assert sorted(named) == sorted(slow.improvements(player, s))
        for s1 in found.undeterred:
            assert not slow.deterred(concept, player, s, s1)
        for deterrent in found.deterred:
            end, movers = deterrent.improvement, [step.player for step in deterrent.replies]
            assert deterrent.replies
            assert player not in movers
            if concept is Concept.SIM:
                assert len(set(movers)) == len(movers)
                for step in deterrent.replies:
                    assert step.state in slow.improvements(step.player, s)
                    end ^= s ^ step.state
            else:
                assert all(one != other for one, other in pairwise(movers))
                for step in deterrent.replies:
                    step_from = slow.improvements if concept is Concept.SEQ else slow.moves
                    assert step.state in step_from(step.player, end)
                    end = step.state
            assert end == deterrent.sanction
            escapes = slow.moves(player, end) if concept is Concept.SMR else set()
            assert set(deterrent.escapes) == escapes
            assert not any(slow.better(player, s, t) for t in escapes | {end})


@given(graph_models(fewest_parties=2, most_switches=4), st.sampled_from(Reply))
def test_every_coalition_against_the_rest(model: StabilityModel, reply: Reply) -> None:
    found = solve_coalitions(model, reply=reply)
    assert len(found.coalitions) == 2**model.parties - 1
    for row, coalition in enumerate(found.coalitions):
        rest = tuple((party,) for party in range(model.parties) if party not in coalition)
        slow = ByDefinition(model, (coalition, *rest), reply)
        for concept in Concept:
            expected = [s in slow.occurring and slow.stable(concept, 0, s) for s in range(model.states)]
            assert found.stability[concept][row].tolist() == expected


@given(graph_models(most_switches=4), st.booleans(), st.data())
def test_shortest_paths_by_counting_walks(model: StabilityModel, improving: bool, data: st.DataObject) -> None:
    players = data.draw(partitions(model.parties))
    slow = ByDefinition(model, players, Reply.LEGAL)
    start, target = data.draw(st.sampled_from(slow.occurring)), data.draw(st.sampled_from(slow.occurring))
    found = shortest_paths(model, start=start, target=target, improvements_only=improving, players=players, most=10_000)
    walks = {(start, -1, 0): 1}  # by state, who moved last and sacrifices: number of walks of this length
    expected: tuple[int | None, int, int] = (None, 0, 0)
    for length in range(model.states * len(players) + 1):
        arrived = {lost: 0 for (s, _, lost) in walks if s == target}
        if arrived:
            fewest = min(arrived)
            expected = (length, fewest, sum(n for (s, _, g), n in walks.items() if (s, g) == (target, fewest)))
            break
        longer: dict[tuple[int, int, int], int] = {}
        for (s, last, lost), n in walks.items():
            for k in range(len(players)):
                for t in slow.moves(k, s) if k != last else ():
                    better = slow.better(k, s, t)
                    if better or not improving:
                        key = (t, k, min(lost + (not better), 20))
                        longer[key] = longer.get(key, 0) + n
        walks = longer
    assert (found.steps, found.sacrifices, found.count) == expected
    assert len(found.listed) == len(set(found.listed)) == min(found.count, 10_000)
    for path in found.listed:
        here = start
        for step in path:
            assert step.state in slow.moves(step.player, here)
            assert step.sacrifice != slow.better(step.player, here, step.state)
            here = step.state
        assert here == target
        assert sum(step.sacrifice for step in path) == found.sacrifices


def play(model: StabilityModel) -> Callable[[int, int, int], int]:
    """Return G(h, i, s): where play that i begins in s ends when at most h moves are left."""
    slow = ByDefinition(model, single_parties(model), Reply.LEGAL)

    @cache
    def end(h: int, i: int, s: int) -> int:
        if h == 0:
            return s
        ends = [end(h - 1, 1 - i, t) for t in slow.moves(i, s)]
        return max([s, *ends], key=lambda t: int(model.ranks[i, t]))

    return end


@given(graph_models(fewest_parties=2, most_parties=2, most_switches=3, strict=True))
def test_limited_moves_by_recursion(model: StabilityModel) -> None:
    end = play(model)
    occurring = np.flatnonzero(model.occurring()).tolist()
    for h in range(1, 7):
        found = limited_move_stability(model, moves=h)
        for i in range(2):
            assert np.flatnonzero(found[i]).tolist() == [s for s in occurring if end(h, i, s) == s]
    long = range(100, 160)  # of eight states every repetition has begun, and none is longer
    for h in range(long.stop):  # from the shortest up, so that the recursion is never deep
        for i, s in product(range(2), occurring):
            end(h, i, s)
    found = non_myopic_stability(model)
    for i in range(2):
        expected = [s for s in occurring if all(end(h, i, s) == s for h in long)]
        assert np.flatnonzero(found[i]).tolist() == expected


@given(graph_models(fewest_parties=2, most_switches=4), st.data())
def test_unknown_comparisons_by_definition(model: StabilityModel, data: st.DataObject) -> None:
    slow = ByDefinition(model, single_parties(model), Reply.LEGAL)
    states = slow.occurring
    n = len(states)
    unknown = np.zeros((model.parties, n, n), dtype=bool)
    for i, a, b in data.draw(
        st.sets(st.tuples(st.integers(0, model.parties - 1), st.integers(0, n - 1), st.integers(0, n - 1)), max_size=12)
    ):
        if a != b:
            unknown[i, a, b] = unknown[i, b, a] = True
    found = solve_unknown(model, relations(model, unknown=unknown))

    def is_unknown(i: int, s: int, t: int) -> bool:
        return bool(unknown[i, states.index(s), states.index(t)])

    def is_better(i: int, s: int, t: int) -> bool:
        return slow.better(i, s, t) and not is_unknown(i, s, t)

    for i, s in product(range(model.parties), states):
        column = states.index(s)
        for variant in Variant:
            leaves = {
                t
                for t in slow.moves(i, s)
                if is_better(i, s, t) or (variant in (Variant.A, Variant.C) and is_unknown(i, s, t))
            }

            def deters(t: int, i: int = i, s: int = s, variant: Variant = variant) -> bool:
                return not is_better(i, s, t) and (variant in (Variant.C, Variant.D) or not is_unknown(i, s, t))

            def replies(s1: int, hopeful: bool, i: int = i) -> set[int]:
                reached: set[tuple[int, int]] = set()
                waiting = [(s1, i)]
                while waiting:
                    here, last = waiting.pop()
                    for k in range(model.parties):
                        for t in slow.moves(k, here) if k not in (i, last) else ():
                            ok = not hopeful or is_better(k, here, t) or is_unknown(k, here, t)
                            if ok and (t, k) not in reached:
                                reached.add((t, k))
                                waiting.append((t, k))
                return {t for t, _ in reached}

            expected = {
                Concept.NASH: not leaves,
                Concept.GMR: all(any(map(deters, replies(s1, False))) for s1 in leaves),
                Concept.SEQ: all(any(map(deters, replies(s1, True))) for s1 in leaves),
                Concept.SMR: all(
                    any(deters(s2) and all(map(deters, slow.moves(i, s2))) for s2 in replies(s1, False))
                    for s1 in leaves
                ),
            }
            for concept, holds in expected.items():
                assert found[variant][concept][i, column] == holds, (variant, concept)


@given(graph_models(most_switches=4), st.integers(1, 6))
def test_strength_by_definition(model: StabilityModel, step: int) -> None:
    slow = ByDefinition(model, single_parties(model), Reply.LEGAL)
    found = solve_strength(model, relations(model, strong_from=[step] * model.parties))
    for i in range(model.parties):
        ranks = model.ranks[i]
        for column, s in enumerate(slow.occurring):
            for concept in found.strongly:
                strong = True
                for s1 in slow.improvements(i, s):
                    replies = slow.replies(i, s1, improving=concept is Concept.SEQ)
                    ends = [({s2} | slow.moves(i, s2)) if concept is Concept.SMR else {s2} for s2 in replies]
                    strong &= any(all(ranks[s] - ranks[t] >= step for t in end) for end in ends)
                assert found.strongly[concept][i, column] == strong
                assert found.weakly[concept][i, column] == (slow.stable(concept, i, s) and not strong)
