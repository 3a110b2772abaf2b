"""The compiled graph model that a report is about: the case's own, or an assumed one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.case.case import Case
from detente.case.ledger.tabled import tabled_packages
from detente.compile.stability import StabilityTrace, compile_stability
from detente.compile.stability_assumed import assumed_stability
from detente.core.condition import NOT_TAKEN, TAKEN
from detente.core.errors import CaseError, DetenteError
from detente.engines.stability import Players, StabilityModel
from detente.registry.asked import Asked, Kind, asked_package
from detente.registry.concessions import concession_report

Report = dict[str, Any]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Graph:
    """A compiled graph model, who plays in it, and what was assumed."""

    model: StabilityModel
    trace: StabilityTrace
    players: Players
    assumed: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the id of each player; a coalition's are its members' joined by a plus sign."""
        return tuple("+".join(self.ids(part)) for part in self.players)

    def ids(self, part: tuple[int, ...]) -> list[str]:
        """Return the ids of some parties."""
        return [self.trace.parties[one] for one in part]


def graph_of(case: Case, asked: Asked | None = None) -> tuple[Graph, Report]:
    """Return the graph model of a case, and whose it is as a report says it first.

    Raises
    ------
    CaseError
        If the case has no model and nothing from which one could be assumed.
    """
    if case.stability is not None:
        if asked is not None:
            raise CaseError(
                where="--package",
                what="the case writes its own graph model",
                got=asked.name,
                allowed="A package is chosen for the model that is assumed where a case writes none",
                hint="Leave --package out",
            )
        compiled = compile_stability(case)
        graph = Graph(compiled.model, compiled.trace, _players(compiled.trace), compiled.assumed)
        return graph, {"assumed_model": False, "text": None}
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
    said = (*assumed.assumed, *compiled.assumed)
    head = {"assumed_model": True, "text": None if text is None else {"package": text.name, "title": text.title}}
    return Graph(compiled.model, compiled.trace, _players(compiled.trace), said), head


def state_of(graph: Graph, word: str, where: str) -> int:
    """Return the code of a state that somebody typed.

    Raises
    ------
    CaseError
        If it is no state, or one that the case excludes.
    """
    model, trace = graph.model, graph.trace
    letters = word.strip().upper()
    if len(letters) != len(trace.switches) or set(letters) - {TAKEN, NOT_TAKEN}:
        raise CaseError(
            where=where,
            what="this is not a state",
            got=word,
            allowed=f"A state is {len(trace.switches)} letters, Y or N, for {', '.join(trace.switches)}",
            hint=f"Write it like {trace.state(int(np.flatnonzero(model.occurring())[0]))}",
        )
    code = trace.code(letters)
    if not model.occurring()[code]:
        raise CaseError(
            where=where,
            what="a rule of the case excludes this state",
            got=letters,
            allowed="--json lists the states that can be under states",
            hint="Name one of them",
        )
    return code


def _players(trace: StabilityTrace) -> Players:
    """Return who moves together: the coalitions of the case, the other parties each for itself."""
    places = {party: at for at, party in enumerate(trace.parties)}
    joined = [tuple(sorted(places[one] for one in part if one in places)) for part in trace.section.coalitions]
    inside = {one for part in joined for one in part}
    alone = [(at,) for at in places.values() if at not in inside]
    return tuple(sorted((*(part for part in joined if part), *alone)))


def _on_the_table(case: Case) -> Asked | None:
    """Return the package that became public last, else the first that the case lists, else the Nash solution."""
    packages = tabled_packages(case)
    dated = [(one.public_since, -place) for place, one in enumerate(packages) if one.public_since is not None]
    if packages:
        return asked_package(case, packages[-max(dated)[1] if dated else 0].id)
    return _chosen(case, asked_package(case, "nash"))


def _chosen(case: Case, asked: Asked) -> Asked | None:
    """Return a package with its options; those of a solution follow from the case's first common consent list."""
    if asked.kind is Kind.NO_AGREEMENT:
        return None
    if asked.concept is None:
        return asked
    together = [one.id for one in case.consent_lists if not one.issue_by_issue]
    if not together:
        return None
    try:
        entry: Mapping[str, Any] = concession_report(case, asked, together[0]).get("map", {})
    except DetenteError:  # too large to list, or nobody has numbers: then there is no text, which the report says
        return None
    choice = {issue: option for issue, option in entry.get("choice", {}).items() if option is not None}
    return Asked(asked.name, asked.kind, f"the {asked.name} package", choice) if choice else None
