"""What would have to turn in the graph model for a state to last in which a text on the table is agreed.

It can be said only where the case itself says which states those are: by the `outcomes` of its state preferences. A
state belongs to a text if the outcomes of every party that has any give it that text.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from detente.case.case import Case
from detente.case.ledger.tabled import tabled_packages
from detente.case.stability import StatePreference
from detente.compile.stability import SwitchTable
from detente.core.fields import text_of
from detente.engines.stability import Moves
from detente.registry.stability_model import Bools, Graph, Report, graph_of

MOST_ASKED = 64
"""Of a text that more states belong to, nothing is said."""


def text_states(case: Case) -> tuple[Report, ...]:
    """Return what each text on the table to which states belong would take to last; the latest text first.

    Each has `package`, `title`, the number of `states` that belong to the text, `state`, one of them from which the
    parties together have the fewest improvements, and these improvements by party in `ranked_higher`: it lasts under
    Nash just if each party ranks it at least as high as all of them.

    Empty if parties see games of their own or move together, since then no one ranking per party decides.
    """
    if case.stability is None:
        return ()
    graph, _ = graph_of(case)
    occurring = graph.model.occurring()
    if graph.trace.views or len(graph.players) < graph.model.parties:
        return ()
    table = SwitchTable(graph.trace.switches)
    mapped = [_meant(one, table) for one in graph.trace.section.preferences if one.outcomes]
    found = []
    packages = tabled_packages(case)
    for package in sorted(packages, key=lambda one: one.public_since or date.min, reverse=True):
        given = [meant[package.id] for meant in mapped if package.id in meant]
        codes = np.flatnonzero(np.logical_and.reduce([occurring, *given])).tolist()
        if mapped and len(given) == len(mapped) and 0 < len(codes) <= MOST_ASKED:
            found.append(_nearest(graph, package.id, text_of(package.title), codes))
    return tuple(found)


def _meant(given: StatePreference, table: SwitchTable) -> dict[str, Bools]:
    """Return which states a party's outcomes give to each package; the first that fits counts."""
    still_open = np.ones(table.codes.size, dtype=np.bool_)
    found: dict[str, Bools] = {}
    for one in given.outcomes:
        here = table.holds(one.when) & still_open
        found[one.package] = found.get(one.package, np.zeros_like(here)) | here
        still_open &= ~here
    return found


def _nearest(graph: Graph, package: str, title: str, codes: list[int]) -> Report:
    moves = Moves(graph.model, graph.players)
    left_for = {
        code: {name: sorted(moves.improvements(at, code).tolist()) for at, name in enumerate(graph.names)}
        for code in codes
    }
    code = min(codes, key=lambda one: sum(map(len, left_for[one].values())))
    word = graph.trace.state
    return {
        "package": package,
        "title": title,
        "states": len(codes),
        "state": word(code),
        "ranked_higher": {party: [word(one) for one in found] for party, found in left_for[code].items() if found},
    }
