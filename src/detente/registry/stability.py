"""Which states of a case would last, and why: the report of the graph model in the case's own names.

A report is a plain JSON-ready dict; its keys are listed in `docs/reference/stability-report.md` and are added to, never
renamed. A state is a Y or an N per switch, in the order of the case file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.case.case import Case
from detente.case.ledger.tabled import tabled_packages
from detente.compile.compiled import Compiled
from detente.compile.stability import StabilityTrace, compile_stability, sees, tie_groups
from detente.compile.stability_assumed import assumed_stability
from detente.core.errors import CaseError, DetenteError
from detente.core.fields import text_of
from detente.core.progress import Progress, silent
from detente.engines.stability import Concept, Findings, Reply, StabilityModel, solve
from detente.registry.asked import Asked, Kind
from detente.registry.concessions import concession_report
from detente.registry.asked import asked_package

Report = dict[str, Any]
Bools = NDArray[np.bool_]
Model = Compiled[StabilityModel, StabilityTrace]

MOST_STATES = 1 << 16
"""With more states than this the report counts them and lists no single one."""

MOST_RANKED = 4096
MOST_EXPLAINED = 24
MOST_GROUPS = 200


def stability_report(
    case: Case,
    *,
    concepts: Sequence[Concept] = tuple(Concept),
    reply: Reply = Reply.LEGAL,
    asked: Asked | None = None,
    start: str | None = None,
    target: str | None = None,
    progress: Progress = silent,
) -> Report:
    """Return which states of a case are stable for whom under which concept, and why.

    Parameters
    ----------
    case : Case
        As of its day, read through whatever lens is wanted. Without a graph model of its own an assumed one is used:
        each party may accept the text on the table, act alone, or hold.
    concepts : sequence of Concept
        Those wanted.
    reply : Reply
        How the others may answer a move.
    asked : Asked, optional
        The package that may be accepted in an assumed model; by default the latest on the table.
    start, target : str, optional
        States between which a path is looked for; a path starts today if no start is given.

    Raises
    ------
    CaseError
        If there is nothing to build a model from, or a state is none of the model.
    """
    compiled, head = _compiled(case, asked)
    model, trace = compiled.model, compiled.trace
    found = solve(model, concepts=concepts, reply=reply, progress=progress)
    codes = [int(code) for code in np.flatnonzero(model.occurring())]
    seen = _with_views(model, trace, found, reply)
    few = len(codes) <= MOST_STATES
    answer: Report = {
        "case": case.id,
        **head,
        "parties": list(trace.parties),
        "switches": [
            {"id": one.id, "party": one.party, "text": text_of(one.text), "direction": one.direction.value}
            for one in trace.section.switches
        ],
        "reply": reply.value,
        "count": len(codes),
        "today": None if trace.today is None else trace.state(trace.today),
        "states": [trace.state(code) for code in codes] if few else None,
    }
    if len(codes) <= MOST_RANKED:
        answer["preferences"] = {
            party: [[trace.state(code) for code in tie] for tie in tie_groups(model.ranks[at], codes)]
            for at, party in enumerate(trace.parties)
        }
    answer["stability"] = {
        concept.value: {
            party: "".join("1" if rows[at][code] else "0" for code in codes)
            for at, party in enumerate(trace.parties)
        }
        for concept, rows in seen.items()
    } if few else None
    equilibria = {concept: np.flatnonzero(rows.all(axis=0) & model.occurring()) for concept, rows in seen.items()}
    answer["equilibria"] = {
        concept.value: [trace.state(int(code)) for code in states[:MOST_STATES]] for concept, states in equilibria.items()
    }
    answer["equilibrium_counts"] = {concept.value: int(states.size) for concept, states in equilibria.items()}
    answer["groups"] = _groups(model, trace, equilibria)
    if trace.views:
        answer["views"] = _views(trace, equilibria, concepts, reply)
    answer["assumptions"] = list(compiled.assumed)
    return answer


def state_of(trace: StabilityTrace, model: StabilityModel, word: str, where: str) -> int:
    """Return the code of a state that somebody typed, or fail with one line."""
    letters = word.upper()
    if len(letters) != len(trace.switches) or set(letters) - set("YN"):
        raise CaseError(
            where=where,
            what="this is not a state",
            got=word,
            allowed=f"A state is {len(trace.switches)} letters, Y or N, for {', '.join(trace.switches)}",
            hint="Write it like " + trace.state(int(np.flatnonzero(model.occurring())[0])),
        )
    code = trace.code(letters)
    if not model.occurring()[code]:
        raise CaseError(
            where=where,
            what="a rule of the case excludes this state",
            got=letters,
            allowed="States that can be are listed under states in --json",
            hint="Name one of them",
        )
    return code


def _compiled(case: Case, asked: Asked | None) -> tuple[Model, Report]:
    """Return the compiled model and what the report says first: whose model it is."""
    if case.stability is not None:
        if asked is not None:
            raise CaseError(
                where="--package",
                what="the case writes its own graph model",
                got=asked.name,
                allowed="A package is chosen for the model that is assumed where a case writes none",
                hint="Leave --package out",
            )
        return compile_stability(case), {"assumed_model": False, "text": None}
    text = _on_the_table(case) if asked is None else _chosen(case, asked)
    assumed = assumed_stability(case, None if text is None else (text.title or text.name, text.choice))
    if assumed is None:
        raise CaseError(
            where="stability",
            what="the case has no graph model, and nothing from which one could be assumed",
            allowed="A model needs switches; an assumed one needs parties with preferences, and a text or moves",
            hint="Write the key stability, or code preferences",
        )
    compiled = compile_stability(case, assumed.section)
    head = {"assumed_model": True, "text": None if text is None else {"package": text.name, "title": text.title}}
    return Compiled(compiled.model, compiled.trace, (*assumed.assumed, *compiled.assumed)), head


def _on_the_table(case: Case) -> Asked | None:
    """Return the package that became public last, or else the Nash solution where there is one."""
    dated = [(one.public_since, place) for place, one in enumerate(tabled_packages(case)) if one.public_since]
    if dated:
        latest = tabled_packages(case)[max(dated)[1]]
        return asked_package(case, latest.id)
    return _chosen(case, asked_package(case, "nash"))


def _chosen(case: Case, asked: Asked) -> Asked | None:
    """Return a package with its options; those of a solution follow from the case's only or first consent list."""
    if asked.kind is Kind.NO_AGREEMENT:
        return None
    if asked.concept is None:
        return asked
    together = [one.id for one in case.consent_lists if not one.issue_by_issue]
    if not together:
        return None
    try:
        entry: Mapping[str, Any] = concession_report(case, asked, together[0]).get("map", {})
    except DetenteError:
        return None
    choice = {issue: option for issue, option in entry.get("choice", {}).items() if option is not None}
    return Asked(asked.name, asked.kind, f"the {asked.name} package", choice) if choice else None


def _with_views(
    model: StabilityModel, trace: StabilityTrace, found: Findings, reply: Reply
) -> dict[Concept, Bools]:
    """Return stability with each party judging by the game that it sees; it stays in a state that it does not see."""
    rows = {concept: np.array(held, dtype=np.bool_) for concept, held in found.stability.items()}
    for at, party in enumerate(trace.parties):
        view = trace.views.get(party)
        if view is not None:
            own = solve(view, concepts=tuple(rows), reply=reply)
            unseen = ~view.occurring() & model.occurring()
            for concept, held in rows.items():
                held[at] = own.stability[concept][at] | unseen
    return rows


def _groups(
    model: StabilityModel, trace: StabilityTrace, equilibria: Mapping[Concept, NDArray[np.int64]]
) -> list[Report]:
    """Return the equilibria, those together that every party ranks alike and that are stable under the same concepts."""
    codes = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *equilibria.values()]))
    if not codes.size:
        return []
    stable = np.stack([np.isin(codes, states) for states in equilibria.values()])
    keys, first, place, sizes = np.unique(
        np.vstack([stable.astype(np.int32), model.ranks[:, codes]]),
        axis=1, return_index=True, return_inverse=True, return_counts=True,
    )  # fmt: skip
    place = place.reshape(-1)
    answer = []
    for group in np.argsort(first):
        members = codes[place == group] if len(answer) < MOST_GROUPS else codes[first[group] : first[group] + 1]
        here = [concept.value for concept, held in zip(equilibria, keys[: len(stable), group], strict=True) if held]
        shown = [trace.state(int(code)) for code in members[:MOST_EXPLAINED]]
        has_today = trace.today is not None and trace.today in members
        answer.append({"concepts": here, "count": int(sizes[group]), "states": shown, "today": bool(has_today)})
    return sorted(answer, key=lambda one: (-len(one["concepts"]), not one["today"]))[:MOST_GROUPS]


def _views(
    trace: StabilityTrace, equilibria: Mapping[Concept, NDArray[np.int64]], concepts: Sequence[Concept], reply: Reply
) -> Report:
    """Return each party's own game where it differs, and the equilibria that would surprise it."""
    answer: Report = {}
    for party, view in trace.views.items():
        own = solve(view, concepts=concepts, reply=reply)
        seen = [int(code) for code in np.flatnonzero(view.occurring())]
        answer[party] = {
            "states": [trace.state(code) for code in seen[:MOST_STATES]],
            "equilibria": {
                concept.value: [trace.state(int(code)) for code in own.equilibria[concept][:MOST_STATES]]
                for concept in concepts
            },
            "surprised": {
                concept.value: [_surprise(trace, own, concept, party, int(code)) for code in states
                                if not sees(trace, party, int(code)) or _expected_to_move(trace, own, concept, int(code))]
                for concept, states in equilibria.items()
            },
        }
    return answer


def _surprise(trace: StabilityTrace, own: Findings, concept: Concept, party: str, code: int) -> Report:
    seen = sees(trace, party, code)
    return {
        "state": trace.state(code),
        "seen": seen,
        "expected_to_move": _expected_to_move(trace, own, concept, code) if seen else [],
    }


def _expected_to_move(trace: StabilityTrace, own: Findings, concept: Concept, code: int) -> list[str]:
    """Return who, in a party's own game, would not stay in a state."""
    return [name for at, name in enumerate(trace.parties) if not own.stability[concept][at][code]]
