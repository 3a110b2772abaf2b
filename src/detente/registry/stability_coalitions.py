"""Which states hold against every set of parties that moves together, and which sets would leave the others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from detente.core.errors import CaseError
from detente.engines.stability import solve_coalitions
from detente.registry.stability_concepts import Sought
from detente.registry.stability_model import Graph, Report
from detente.registry.stability_views import view_of
from detente.registry.stability_why import ORDER, reason_of


def coalition_entry(graph: Graph, sought: Sought, asked: Sequence[int], codes: Sequence[int] | None) -> Report:
    """Return the states that hold against every coalition, and which coalitions would leave the listed ones.

    Parameters
    ----------
    graph : Graph
        The compiled model; each coalition judges by the game that it sees.
    sought : Sought
        Of its words, those of the five concepts count.
    asked : sequence of int
        The states for which is said who would leave them.
    codes : sequence of int, optional
        All states, where they are few enough to list stability.

    Raises
    ------
    CaseError
        If none of the five concepts is sought.
    """
    concepts = sought.plain
    if not concepts:
        raise CaseError(
            where="--coalitions", what="none of the concepts is defined for coalitions", got=sought.words[0],
            allowed="nash, gmr, smr, seq and sim are", hint="Add one of them with --concept, or leave --coalitions out",
        )  # fmt: skip
    everyone = range(graph.model.parties)
    seeing = [at for at, party in enumerate(graph.trace.parties) if party in graph.trace.views]
    parts = (part for size in range(len(seeing)) for part in combinations(seeing, size + 1))
    views = {part: view.model for part in parts if (view := view_of(graph, part)) is not None}
    found = solve_coalitions(graph.model, concepts=concepts, reply=sought.reply, views=views)
    word = graph.trace.state
    concept = next(one for one in ORDER if one in concepts)
    leaving: Report = {}
    for code in dict.fromkeys(asked):
        for row, part in enumerate(found.coalitions):
            if len(part) > 1 and not found.stability[concept][row][code]:
                rest = tuple((one,) for one in everyone if one not in part)
                game = views.get(part, graph.model)
                reason = reason_of(graph, game, sought.reply, concept, (part, *rest), 0, code)
                leaving.setdefault(word(code), []).append({"parties": graph.ids(part), "to": reason["improvement"]})
    return {
        "equilibria": {one.value: [word(int(code)) for code in found.equilibria[one]] for one in concepts},
        "stability": None
        if codes is None
        else {
            one.value: {
                "+".join(graph.ids(part)): "".join("1" if held[code] else "0" for code in codes)
                for part, held in zip(found.coalitions, found.stability[one], strict=True)
            }
            for one in concepts
        },
        "leaving": {"concept": concept.value, "states": leaving},
    }
