"""Which concepts a report is asked for, by the words of the command, and stability under each of them in one game.

Beside the five concepts of every graph model there are words for parties that look further (`limited`, `non-myopic`)
and for preferences that say more than a ranking: `gmr-a` to `gmr-d` where comparisons are unknown, `gmr-strong` where
some preferences are strong, `gmr-strong-a` to `gmr-strong-d` where both are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.compile.stability import Compared
from detente.core.errors import CaseError
from detente.core.progress import Progress, silent
from detente.engines.stability import (
    Concept,
    Relations,
    Reply,
    StabilityModel,
    Variant,
    limited_move_stability,
    non_myopic_stability,
    relations,
    solve,
    solve_hybrid,
    solve_strength,
    solve_unknown,
)
from detente.engines.stability.model import MOST_ONCE, takes_once
from detente.engines.stability.related import DEFINED, SANCTIONED
from detente.engines.stability.relations import MOST_STATES
from detente.registry.stability_model import Bools, Graph

LIMITED, NON_MYOPIC = "limited", "non-myopic"
PLAIN = tuple(concept.value for concept in Concept)
UNKNOWN = tuple(f"{concept}-{variant}" for concept in DEFINED for variant in Variant)
STRONG = tuple(f"{concept}-strong" for concept in SANCTIONED)
HYBRID = tuple(f"{concept}-strong-{variant}" for concept in SANCTIONED for variant in Variant)
WORDS = (*PLAIN, LIMITED, NON_MYOPIC, *UNKNOWN, *STRONG, *HYBRID)
SEVERAL = ("unknown", "strong")
"""Words for several: every variant of every concept, and strong stability under each (in every variant, if need be)."""

HORIZON = 3
"""Moves that `limited` looks ahead by default: a move, an answer, and one more."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a report is asked for: the words of concepts, how others may answer, and how far `limited` looks.

    `left_out` says that the case writes comparisons, and that the concepts for them are not defined for what is asked.
    """

    words: tuple[str, ...]
    reply: Reply
    horizon: int = HORIZON
    left_out: bool = False

    @property
    def plain(self) -> tuple[Concept, ...]:
        """Return those of the five concepts that are sought."""
        return tuple(Concept(word) for word in self.words if word in PLAIN)

    @property
    def wider(self) -> tuple[str, ...]:
        """Return the other words."""
        return tuple(word for word in self.words if word not in PLAIN)


def sought_of(graph: Graph, words: Sequence[str] | None, reply: Reply, horizon: int) -> Sought:
    """Return what is sought in a graph model.

    Parameters
    ----------
    graph : Graph
        The compiled model.
    words : sequence of str, optional
        Of WORDS or SEVERAL. Without them the five concepts, and where the case writes unknown or strong comparisons
        the words for these too, of the variants that under which least is stable (a) and that under which most is (d).
    reply : Reply
        How others may answer.
    horizon : int
        The number of moves that `limited` looks ahead.

    Raises
    ------
    CaseError
        If a word is not known, or a concept is not defined for the model.
    """
    if reply is Reply.ONCE and not takes_once(graph.model, graph.players):
        raise CaseError(
            where="--reply once", what="too many parties and states to follow who has answered",
            got=f"{len(graph.players)} parties and {graph.model.states:,} states",
            allowed=f"States times sets of other parties, at most {MOST_ONCE:,}", hint="Use legal or single",
        )  # fmt: skip
    unknown, strong = _writes(graph, "unknown"), _writes(graph, "strong")
    if words is None:
        at_ends = tuple(word for word in UNKNOWN if word[-1] in "ad") if unknown else ()
        degrees = (tuple(word for word in HYBRID if word[-1] in "ad") if unknown else STRONG) if strong else ()
        alone = all(len(part) == 1 for part in graph.players) and int(graph.model.occurring().sum()) <= MOST_STATES
        wider = (*at_ends, *degrees) if alone and reply is Reply.LEGAL else ()
        return Sought((*PLAIN, *wider), reply, horizon, left_out=bool(at_ends or degrees) and not wider)
    meant = {"unknown": UNKNOWN, "strong": HYBRID if unknown else STRONG}
    wanted = tuple(dict.fromkeys(one for word in words for one in meant.get(word, (word,))))
    for word in wanted:
        if word not in WORDS:
            raise CaseError(
                where="--concept", what="this word is not known", got=word, allowed=", ".join((*PLAIN, *SEVERAL)),
                hint="The page on the command lists the others",
            )  # fmt: skip
    found = Sought(wanted, reply, horizon)
    _check_defined(graph, found, unknown=unknown)
    return found


def solved(
    graph: Graph, model: StabilityModel, compared: Mapping[str, Compared], sought: Sought, told: Progress = silent
) -> dict[str, Bools]:
    """Return stability by word, (players, states), in one game: the whole one, or one that a player sees.

    Parameters
    ----------
    graph : Graph
        Whose players play.
    model : StabilityModel
        The game.
    compared : mapping of party to Compared
        What is unknown or strong in it.
    sought : Sought
        The words.
    """
    found = solve(model, concepts=sought.plain, reply=sought.reply, players=graph.players, progress=told)
    answer: dict[str, Bools] = {concept.value: found.stability[concept] for concept in sought.plain}
    words = frozenset(sought.wider)
    rows = [part[0] for part in graph.players]
    if LIMITED in words:
        answer[LIMITED] = limited_move_stability(model, moves=sought.horizon)[rows]
    if NON_MYOPIC in words:
        answer[NON_MYOPIC] = non_myopic_stability(model)[rows]
    if words - {LIMITED, NON_MYOPIC}:
        preferences = relations_of(graph, model, compared)
        for word, held in _by_relations(model, preferences, words).items():
            answer[word] = np.zeros(model.ranks.shape, dtype=np.bool_)[rows]
            answer[word][:, preferences.states] = held[rows]
    return {word: answer[word] for word in sought.words}


def relations_of(graph: Graph, model: StabilityModel, compared: Mapping[str, Compared]) -> Relations:
    """Return what each party prefers, state against state, in one game."""
    states = np.flatnonzero(model.occurring())
    marked = {kind: np.zeros((model.parties, states.size, states.size), dtype=np.bool_) for kind in SEVERAL}
    for at, party in enumerate(graph.trace.parties):
        for kind, pairs in marked.items():
            for one, other in getattr(compared[party], kind) if party in compared else ():
                between = one[states][:, np.newaxis] & other[states]
                pairs[at] |= between | between.T
    diagonal = np.arange(states.size)
    for pairs in marked.values():
        pairs[:, diagonal, diagonal] = False  # conditions may overlap; a state compares with itself
    return relations(model, unknown=marked["unknown"], strong=marked["strong"])


def _by_relations(model: StabilityModel, preferences: Relations, words: frozenset[str]) -> dict[str, Bools]:
    answer: dict[str, Bools] = {}
    if words.intersection(UNKNOWN):
        for variant, by_concept in solve_unknown(model, preferences).items():
            answer |= {f"{concept}-{variant}": held for concept, held in by_concept.items()}
    if words.intersection(HYBRID):
        for variant, degrees in solve_hybrid(model, preferences).items():
            answer |= {f"{concept}-strong-{variant}": held for concept, held in degrees.strongly.items()}
    if words.intersection(STRONG):
        answer |= {f"{concept}-strong": held for concept, held in solve_strength(model, preferences).strongly.items()}
    return {word: held for word, held in answer.items() if word in words}


def comparisons_said(graph: Graph, sought: Sought) -> list[str]:
    """Return sentences on what the concepts asked for make of unknown and strong comparisons."""
    unknown, strong = _writes(graph, "unknown"), _writes(graph, "strong")
    said = []
    if sought.left_out:
        said.append(
            "The concepts for unknown and strong comparisons are not looked at: they take parties that each move "
            f"alone, answers by any legal sequence, and at most {MOST_STATES:,} states."
        )
    if sought.reply is not Reply.LEGAL and set(sought.words) & {LIMITED, NON_MYOPIC}:
        said.append("How others may answer does not matter to parties that look ahead: they foresee whole plays.")
    if unknown and set(sought.words) - set(UNKNOWN) - set(HYBRID):
        said.append("Comparisons that are unknown count as the rankings have them, except in the variants (a) to (d).")
    if not unknown and set(sought.words) & (set(UNKNOWN) | set(HYBRID)):
        said.append("No comparison is written as unknown, so that the variants (a) to (d) do not differ.")
    if not strong and set(sought.words) & (set(STRONG) | set(HYBRID)):
        said.append("No comparison is written as strong, so that no sanction is a strong one.")
    return said


def _writes(graph: Graph, kind: str) -> bool:
    """Return whether the case writes unknown, or strong, comparisons; in any party's own game, too."""
    games = (graph.trace.compared, *graph.trace.view_compared.values())
    return any(getattr(one, kind) for game in games for one in game.values())


def _check_defined(graph: Graph, sought: Sought, *, unknown: bool) -> None:
    """Raise CaseError where a concept is not defined for a model."""
    if not sought.wider:
        return
    word = sought.wider[0]
    where = f"--concept {word}"
    together = [graph.names[at] for at, part in enumerate(graph.players) if len(part) > 1]
    if together:
        raise CaseError(
            where=where, what="parties of the case move together", got=together[0],
            allowed="This concept is offered for parties that each move alone, since members may differ in what they "
            "foresee, cannot compare or strongly prefer", hint="Use nash, gmr, smr, seq or sim",
        )  # fmt: skip
    for far in (LIMITED, NON_MYOPIC):
        if far in sought.wider:
            _check_far(graph, far)
    related = [one for one in sought.wider if one not in (LIMITED, NON_MYOPIC)]
    if not related:
        return
    where = f"--concept {related[0]}"
    if sought.reply is not Reply.LEGAL:
        raise CaseError(
            where=where, what="others answer by any legal sequence under this concept, as its sources define it",
            got=f"--reply {sought.reply}", allowed="Shorter answers count for gmr, smr and seq",
            hint="Leave --reply out",
        )  # fmt: skip
    count = int(graph.model.occurring().sum())
    if count > MOST_STATES:
        raise CaseError(
            where=where, what="too many states to compare each with each", got=count,
            allowed=f"At most {MOST_STATES:,} states", hint="Use another concept",
        )  # fmt: skip
    plainly = next((one for one in related if one in STRONG), None)
    if unknown and plainly is not None:
        raise CaseError(
            where=f"--concept {plainly}", what="some comparisons of the case are unknown",
            allowed="Where they are, strong stability has four variants",
            hint=f"Use {plainly}-a, {plainly}-b, {plainly}-c or {plainly}-d",
        )  # fmt: skip


def _check_far(graph: Graph, word: str) -> None:
    model, trace = graph.model, graph.trace
    if model.parties != 2:
        raise CaseError(
            where=f"--concept {word}", what="this is defined for two parties", got=f"{model.parties} parties",
            allowed="For more, the published definitions differ on who would move next, and on where play then ends",
            hint="Use another concept",
        )  # fmt: skip
    games = {"": model} | {f", as {party} sees it": view for party, view in trace.views.items()}
    for said, game in games.items():
        codes = np.flatnonzero(game.occurring())
        for at, party in enumerate(trace.parties):
            order = codes[np.argsort(game.ranks[at, codes], kind="stable")]
            ties = np.flatnonzero(np.diff(game.ranks[at, order]) == 0)
            if ties.size:
                one, other = sorted(int(code) for code in order[ties[0] : ties[0] + 2])
                raise CaseError(
                    where=f"--concept {word}", what=f"{party} ranks two states alike{said}",
                    got=f"{trace.state(one)} and {trace.state(other)}",
                    allowed="It is defined for rankings without ties, since which of two equal ends a party would "
                    "choose is not settled", hint="Rank them one above the other, or use another concept",
                )  # fmt: skip
