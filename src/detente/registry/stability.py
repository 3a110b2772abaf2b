"""Which states of a case would last, and why: the report of the graph model in the case's own names.

A report is a plain JSON-ready dict; its keys are listed in `docs/reference/stability-report.md` and are added to, never
renamed. A state is a Y or an N per switch, in the order of the case file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from detente.case.case import Case
from detente.compile.stability import tie_groups
from detente.core.fields import text_of
from detente.core.progress import Progress, silent, within
from detente.engines.stability import Concept, Reply, robustness
from detente.registry.asked import Asked
from detente.registry.stability_coalitions import coalition_entry
from detente.registry.stability_concepts import HORIZON, LIMITED, comparisons_said, solved, sought_of
from detente.registry.stability_further import further_entry
from detente.registry.stability_graph import graph_entry
from detente.registry.stability_inverse import inverse_entry
from detente.registry.stability_model import Bools, Graph, Report, graph_of, state_of
from detente.registry.stability_paths import path_entry
from detente.registry.stability_views import judged_by_views, view_of, views_entry
from detente.registry.stability_why import why_entry

MOST_STATES = 1 << 16
"""With more states than this the report counts them and lists no single one."""

MOST_RANKED = 4096
"""Up to so many states rankings are listed, and equilibria are put in order by how well they stand up to noise."""

MOST_GROUPS = 200
MOST_IN_A_GROUP = 24
ROBUST = (Concept.NASH, Concept.GMR, Concept.SMR, Concept.SEQ)
DRAWS = 200


def stability_report(
    case: Case,
    *,
    concepts: Sequence[str] | None = None,
    reply: Reply = Reply.LEGAL,
    horizon: int = HORIZON,
    asked: Asked | None = None,
    start: str | None = None,
    target: str | None = None,
    coalitions: bool = False,
    inverse: str | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Progress = silent,
) -> Report:
    """Return which states of a case are stable for whom under which concept, and why.

    Parameters
    ----------
    case : Case
        As of its day, read through whatever lens is wanted. Without a graph model of its own an assumed one is used:
        each party may accept the text on the table, act alone, or hold.
    concepts : sequence of str, optional
        Those wanted, as Concept or by the words of `stability_concepts`. Without them the five concepts, and those for
        unknown and strong comparisons where the case writes any.
    reply : Reply
        How the others may answer a move.
    horizon : int
        The number of moves that `limited` looks ahead.
    asked : Asked, optional
        The package that may be accepted in an assumed model; by default the latest on the table.
    start, target : str, optional
        States between which paths are looked for; a path starts today if no start is given.
    coalitions : bool
        Whether every set of parties that moves together is looked at too.
    inverse : str, optional
        A state of which it is asked what would make it last.
    draws, seed : int
        How often rankings are disturbed to see which equilibria stay; 0 for not at all.

    Raises
    ------
    CaseError
        If there is nothing to build a model from, a state is none of the model, or a concept is not defined for it.
    """
    graph, head = graph_of(case, asked)
    model, trace = graph.model, graph.trace
    ends = [
        None if word is None else state_of(graph, word, f"--{way}") for way, word in (("from", start), ("to", target))
    ]
    backwards = None if inverse is None else state_of(graph, inverse, "--inverse")
    sought = sought_of(graph, concepts, reply, horizon)
    rows = judged_by_views(graph, solved(graph, model, trace.compared, sought, within(progress, 0.0, 0.6)), sought)
    codes = [int(code) for code in np.flatnonzero(model.occurring())]
    few, listed = len(codes) <= MOST_STATES, model.states <= MOST_RANKED
    equilibria = {concept: np.flatnonzero(held.all(axis=0) & model.occurring()) for concept, held in rows.items()}
    words = [trace.state(code) for code in codes] if few else None
    answer: Report = {
        "case": case.id,
        **head,
        "parties": list(trace.parties),
        "players": [[trace.parties[one] for one in part] for part in graph.players],
        "switches": [
            {"id": one.id, "party": one.party, "text": text_of(one.text), "direction": one.direction.value}
            for one in trace.section.switches
        ],
        "reply": reply.value,
        "horizon": horizon if LIMITED in rows else None,
        "count": len(codes),
        "today": None if trace.today is None else trace.state(trace.today),
        "states": words,
        "preferences": {
            party: [[trace.state(code) for code in tie] for tie in tie_groups(model.ranks[at], codes)]
            for at, party in enumerate(trace.parties)
        }
        if listed
        else None,
        "stability": {
            concept: {name: _bits(held[at], codes) for at, name in enumerate(graph.names)}
            for concept, held in rows.items()
        }
        if few
        else None,
        "equilibria": {
            concept: [trace.state(int(code)) for code in states[:MOST_STATES]] for concept, states in equilibria.items()
        },
        "equilibrium_counts": {concept: int(states.size) for concept, states in equilibria.items()},
    }
    shares = _shares(graph, equilibria, reply, draws if listed else 0, seed, within(progress, 0.6, 0.9))
    answer["robustness"] = (
        {
            concept: {trace.state(code): share for code, share in by_state.items()}
            for concept, by_state in shares.items()
        }
        if shares
        else None
    )
    answer["draws"] = draws if shares else 0
    answer["groups"] = groups = _groups(graph, equilibria, shares)
    asked_about = [trace.code(group["states"][0]) for group in groups[:MOST_IN_A_GROUP]]
    asked_about += [] if trace.today is None else [trace.today]
    answer["why"] = why_entry(graph, rows, sought, dict.fromkeys(asked_about))
    if sought.wider:
        answer["further"] = further_entry(graph, sought, dict.fromkeys(asked_about))
    if trace.views:
        answer["views"] = views_entry(graph, rows, sought)
    if coalitions:
        answer["coalitions"] = coalition_entry(graph, sought, asked_about, codes if few else None)
    if any(end is not None for end in ends):
        first = trace.today if ends[0] is None else ends[0]
        answer["path"] = path_entry(graph, first, ends[1], equilibria)
    if backwards is not None:
        by_ranking = {concept: rows[concept] for concept in Concept if concept in rows}
        answer["inverse"] = inverse_entry(graph, backwards, by_ranking, reply, within(progress, 0.9, 1.0))
    answer["graph"] = graph_entry(graph, equilibria, _shown_path(graph, answer.get("path")))
    answer["assumptions"] = [*graph.assumed, *comparisons_said(graph, sought)]
    progress(1.0, "")
    return answer


def _key(name: str) -> int:
    """Return a number that stays with an id, whatever its place in the file."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:7])


def _shown_path(graph: Graph, path: Report | None) -> list[int]:
    """Return the states of the first path that is listed: by improvements if there is one, else by any moves."""
    if path is None or path["from"] is None or path["to"] is None:
        return []
    listed = path["by_improvements"]["listed"] or path["by_any_moves"]["listed"]
    steps = listed[0] if listed else []
    return [graph.trace.code(word) for word in (path["from"], *(step["state"] for step in steps))]


def _bits(held: Bools, codes: Sequence[int]) -> str:
    return "".join("1" if held[code] else "0" for code in codes)


def _shares(
    graph: Graph, equilibria: Mapping[str, NDArray[np.int64]], reply: Reply, draws: int, seed: int, told: Progress
) -> dict[str, dict[int, float]]:
    """Return in which share of disturbed rankings each equilibrium stays one."""
    wanted = tuple(concept for concept in ROBUST if concept.value in equilibria)
    if not draws or not wanted:
        return {}
    views = [view_of(graph, part) for part in graph.players]
    found = robustness(
        graph.model, seed=seed, concepts=wanted, reply=reply, players=graph.players, draws=draws, progress=told,
        views=[None if view is None else view.model for view in views] if graph.trace.views else None,
        party_keys=[_key(one) for one in graph.trace.parties], switch_keys=[_key(one) for one in graph.trace.switches],
    )  # fmt: skip
    return {
        concept.value: {int(code): round(float(found.shares[concept][code]), 6) for code in equilibria[concept.value]}
        for concept in wanted
    }


def _groups(
    graph: Graph, equilibria: Mapping[str, NDArray[np.int64]], shares: Mapping[str, Mapping[int, float]]
) -> list[Report]:
    """Return the equilibria; those that every party ranks alike and that hold under the same concepts together.

    Those that hold under most concepts come first, and of these the ones that stand up best to disturbed rankings.
    """
    trace = graph.trace
    codes = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *equilibria.values()]))
    if not codes.size:
        return []
    stable = np.stack([np.isin(codes, states) for states in equilibria.values()])
    keys, place, sizes = np.unique(
        np.vstack([stable.astype(np.int32), graph.model.ranks[:, codes]]),
        axis=1, return_inverse=True, return_counts=True,
    )  # fmt: skip
    order = np.argsort(place.reshape(-1), kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)])
    answer: list[tuple[tuple[float, ...], Report]] = []
    for group, size in enumerate(sizes):
        members = codes[order[starts[group] : starts[group] + size]]
        here = [concept for concept, held in zip(equilibria, keys[: len(stable), group], strict=True) if held]
        today = trace.today is not None and bool((members == trace.today).any())
        shown = ([trace.today] if today and trace.today is not None else []) + [
            int(code) for code in members[:MOST_IN_A_GROUP] if code != trace.today
        ]
        kept = [shares[concept][shown[0]] for concept in here if concept in shares]
        stands = sum(kept) / len(kept) if kept else 0.0
        entry: Report = {
            "concepts": here,
            "count": int(size),
            "states": [trace.state(code) for code in shown],
            "today": today,
            "robustness": {concept: shares[concept][shown[0]] for concept in here if concept in shares},
        }
        answer.append(((-len(here), -stands, float(shown[0])), entry))
    return [entry for _, entry in sorted(answer, key=lambda one: one[0])[:MOST_GROUPS]]
