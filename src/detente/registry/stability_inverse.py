"""The question asked backwards of a case: what would make one state last.

Per concept and party under how many rankings the state is stable, and the fewest comparisons, or edits of ranked
conditions, after which it is; and every single commitment about a switch after which it is stable for all. A party with
a game of its own is asked in that game. The key is `inverse` of the stability report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import factorial, prod
from typing import TypeVar

import numpy as np

from detente.compile.stability import SwitchTable
from detente.core.condition import NOT_TAKEN, TAKEN
from detente.core.errors import DetenteError, ModelError
from detente.core.progress import Progress, silent
from detente.engines.stability import (
    INDEPENDENT,
    Changes,
    Commitment,
    Concept,
    Kind,
    Reply,
    StabilityModel,
    Turn,
    commitments,
    committed,
    count_rankings,
    demands,
    fewest_changes,
    fewest_edits,
    fewest_for_equilibrium,
    share_of_profiles,
)
from detente.registry.stability_concepts import Sought, solved
from detente.registry.stability_model import Bools, Graph, Report
from detente.registry.stability_views import judged_by_views, view_of
from detente.registry.stability_why import ORDER, reason_of

T = TypeVar("T")

MOST_COUNTED = 18
"""Up to so many states counts are written out, 18! being exact in every reader of JSON; else shares only."""

MOST_BITS = 1024
"""Bits of the denominator of a share that is written out as a fraction."""

MOST_TURNS = 200
MOST_ORDERS = 8

MOST_TRIED = 1 << 12
"""Up to so many states single commitments are tried out; each asks for all states anew."""


def inverse_entry(
    graph: Graph, code: int, rows: Mapping[Concept, Bools], reply: Reply, progress: Progress = silent
) -> Report:
    """Return what would make a state stable.

    Parameters
    ----------
    code : int
        The state.
    rows : mapping of Concept to (players, states) bool
        Which states are stable for which player with the rankings as they are.
    """
    return {
        "state": graph.trace.state(code),
        "concepts": {
            concept.value: {
                "stable": bool(held[:, code].all()),
                "parties": {
                    name: {"stable": bool(held[at][code]), **_of_player(graph, at, code, concept, reply)}
                    for at, name in enumerate(graph.names)
                },
                "together": _together(graph, code, concept, reply),
            }
            for concept, held in rows.items()
        },
        **_commitments(graph, code, rows, reply, progress),
    }


def _of_player(graph: Graph, at: int, code: int, concept: Concept, reply: Reply) -> Report:
    part = graph.players[at]
    entry: Report = {"own_game": False, "seen": True, "rankings": None, "changes": None, "conditions": None}
    if len(part) > 1:
        return entry | {"refused": ["parties that move together rank states together nowhere; ask without coalitions"]}
    view = view_of(graph, part)
    model = graph.model if view is None else view.model
    entry["own_game"] = view is not None
    if not model.occurring()[code]:
        return entry | {"seen": False, "refused": []}
    party, refused = part[0], list[str]()
    found = _or_refused(lambda: count_rankings(model, state=code, party=party, concept=concept, reply=reply), refused)
    if found is not None:
        entry["rankings"] = {"varied": found.varied, **_share(found.share, (found.varied,))}
    changes = _or_refused(lambda: fewest_changes(model, state=code, party=party, concept=concept, reply=reply), refused)
    if changes is not None:
        entry["changes"] = {"fewest": len(changes.turns), "turns": _turns(graph, changes.turns)}
        entry["conditions"] = _conditions(graph, model, changes, concept, reply)
    return entry | {"refused": list(dict.fromkeys(refused))}


def _conditions(graph: Graph, model: StabilityModel, changes: Changes, concept: Concept, reply: Reply) -> Report | None:
    """Return the fewest edits of a party's ranked conditions; None where it ranks otherwise or none is needed."""
    own = next(
        (one for one in graph.trace.section.preferences if one.party == graph.trace.parties[changes.party]), None
    )
    if not changes.turns or own is None or own.ranking or not own.ranked_conditions:
        return None
    table = SwitchTable(graph.trace.switches)
    asked = demands(model, state=changes.state, party=changes.party, concept=concept, reply=reply)
    found = fewest_edits([table.holds(rule) for rule in own.ranked_conditions], state=changes.state, asked=asked)
    return {
        "conditions": [str(rule).replace(f" in [{TAKEN}]", "") for rule in own.ranked_conditions],
        "fewest": found.fewest,
        "exact": bool(found.orders),
        "count": len(found.orders),
        "orders": [[place + 1 for place in order] for order in found.orders[:MOST_ORDERS]],
    }


def _together(graph: Graph, code: int, concept: Concept, reply: Reply) -> Report:
    """Return what holds of all parties at once: the share of profiles, and the fewest comparisons in all."""
    refused: list[str] = []
    entry: Report = {"share": None, "changes": None}
    parties = graph.model.parties
    if len(graph.players) < parties:
        return entry | {"refused": ["parties move together in the model"]}
    if graph.trace.views and concept not in INDEPENDENT:
        return entry | {"refused": ["parties see games of their own, and what others would do is each one's guess"]}
    if graph.trace.views:
        own = [view_of(graph, part) for part in graph.players]
        views = [graph.model if view is None else view.model for view in own]
        seeing = [(party, view) for party, view in enumerate(views) if view.occurring()[code]]
        counts = _or_refused(
            lambda: [
                count_rankings(view, state=code, party=party, concept=concept, reply=reply) for party, view in seeing
            ],
            refused,
        )
        if counts is not None:
            share = prod((one.share for one in counts), start=Fraction(1))
            entry["share"] = _share(share, tuple(one.varied for one in counts))
        changes = _or_refused(
            lambda: [
                fewest_changes(view, state=code, party=party, concept=concept, reply=reply) for party, view in seeing
            ],
            refused,
        )
        if changes is not None:
            total = sum(len(one.turns) for one in changes)
            turns = {graph.trace.parties[one.party]: _turns(graph, one.turns) for one in changes if one.turns}
            entry["changes"] = {"at_least": total, "at_most": total, "turns": turns}
        return entry | {"refused": list(dict.fromkeys(refused))}
    model = graph.model
    whole = _or_refused(lambda: share_of_profiles(model, state=code, concept=concept, reply=reply), refused)
    if whole is not None:
        entry["share"] = _share(whole, (int(model.occurring().sum()),) * parties)
    found = _or_refused(lambda: fewest_for_equilibrium(model, state=code, concept=concept, reply=reply), refused)
    if found is not None:
        turns = {
            party: _turns(graph, each) for party, each in zip(graph.trace.parties, found.turns, strict=True) if each
        }
        entry["changes"] = {"at_least": found.at_least, "at_most": found.at_most, "turns": turns}
    return entry | {"refused": list(dict.fromkeys(refused))}


def _commitments(graph: Graph, code: int, rows: Mapping[Concept, Bools], reply: Reply, progress: Progress) -> Report:
    """Return every single commitment after which the state is stable for all under a concept that it now fails."""
    failing = [concept for concept, held in rows.items() if not held[:, code].all()]
    if not failing:
        return {"commitments_tried": 0, "commitments": [], "refused": []}
    if graph.model.states > MOST_TRIED:
        said = f"single commitments are tried out with at most {MOST_TRIED:,} states ({graph.model.states:,} here)"
        return {"commitments_tried": 0, "commitments": [], "refused": [said]}
    sought = Sought(tuple(concept.value for concept in failing), reply)
    listed = list(commitments(graph.model, code))
    found: list[tuple[int, Report]] = []
    for place, one in enumerate(listed):
        progress(place / len(listed), "")
        bound = _bound(graph, one)
        held = judged_by_views(bound, solved(bound, bound.model, bound.trace.compared, sought), sought)
        lasting = [concept for concept in failing if held[concept][:, code].all()]
        if lasting:
            shown = next(concept for concept in ORDER if concept in lasting)
            why = {name: _why(bound, at, code, shown, reply) for at, name in enumerate(bound.names)}
            entry = {**_named(graph, one), "concepts": [concept.value for concept in lasting], "why": why}
            found.append((-len(lasting), entry))
    progress(1.0, "")
    found.sort(key=lambda pair: pair[0])
    return {"commitments_tried": len(listed), "commitments": [entry for _, entry in found], "refused": []}


def _named(graph: Graph, one: Commitment) -> Report:
    """Return a commitment in the case's own names."""
    switches = graph.trace.switches
    given = (
        None if one.given is None else {"switch": switches[one.given[0]], "is": TAKEN if one.given[1] else NOT_TAKEN}
    )
    return {
        "kind": one.kind.value,
        "party": graph.trace.parties[graph.model.owner[one.switch]],
        "switch": switches[one.switch],
        "stays": TAKEN if one.taken else NOT_TAKEN,
        "while": given,
    }


def _bound(graph: Graph, one: Commitment) -> Graph:
    """Return the graph model, and each party's own game, in which a commitment holds."""
    views = {party: _or_same(view, one) for party, view in graph.trace.views.items()}
    return replace(graph, model=committed(graph.model, one), trace=replace(graph.trace, views=views))


def _or_same(view: StabilityModel, one: Commitment) -> StabilityModel:
    """Return a party's own game with the commitment; as it was where no state would be left in it."""
    if one.kind is Kind.REMOVAL:
        taken = (np.arange(view.states) >> one.switch & 1).astype(np.bool_)
        if not (view.occurring() & (taken == one.taken)).any():
            return view
    return committed(view, one)


def _why(graph: Graph, at: int, code: int, concept: Concept, reply: Reply) -> Report:
    view = view_of(graph, graph.players[at])
    model = graph.model if view is None else view.model
    if not model.occurring()[code]:
        return {"kind": "unseen", "concept": None}
    return reason_of(graph, model, reply, concept, graph.players, at, code)


def _or_refused(ask: Callable[[], T], refused: list[str]) -> T | None:
    """Return an answer, or None where the engine says that it would take too long; then its reason is noted."""
    try:
        return ask()
    except ModelError as error:
        refused.append(_said(error))
        return None


def _said(error: DetenteError) -> str:
    number = "" if error.got is None else f" ({error.got:,} here)" if isinstance(error.got, int) else f" ({error.got})"
    return f"{error.what}{number}; {error.allowed[:1].lower()}{error.allowed[1:]}"


def _share(share: Fraction, varied: Sequence[int]) -> Report:
    rankings = prod(map(factorial, varied)) if sum(varied) <= MOST_COUNTED else None
    return {
        "share": str(share) if share.denominator.bit_length() <= MOST_BITS else None,
        "decimal": float(share),
        "count": None if rankings is None else int(share * rankings),
        "of": rankings,
    }


def _turns(graph: Graph, turns: Sequence[Turn]) -> list[Report]:
    word = graph.trace.state
    return [{"up": word(one.up), "down": word(one.down), "level": one.level} for one in turns[:MOST_TURNS]]
