"""What is wrong with the graph model of a case: names of nothing, states of another length, rankings with gaps."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from detente.case.case import Case
from detente.case.known import Known, each_unknown, repeated, unknown, unknown_grounds
from detente.case.problem import PathTo, Problem
from detente.case.stability import NO_AGREEMENT, Misperception, Stability, StatePreference
from detente.core.condition import NOT_TAKEN, TAKEN, Condition

MOST_LISTED = 14
"""With more switches than this nobody lists the states one by one."""


def stability_problems(case: Case, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with the graph model of a case."""
    model = case.stability
    if model is None:
        return
    duplicates = list(repeated([one.id for one in model.switches], ("stability", "switches")))
    if duplicates:  # what a condition means is not settled
        yield from duplicates
        return
    names = frozenset(one.id for one in model.switches)
    moves = {move.id: move.party for move in case.moves}
    for at, switch in enumerate(model.switches):
        path: PathTo = ("stability", "switches", at)
        yield from unknown(switch.party, known.parties, "party", (*path, "party"))
        if switch.move is not None:
            yield from unknown(switch.move, moves, "move", (*path, "move"))
            if moves.get(switch.move, switch.party) != switch.party:
                yield Problem(
                    (*path, "move"),
                    f"this is a move of {moves[switch.move]}",
                    switch.move,
                    "A switch stands for a move of its own party",
                    "Name another move, or leave it out",
                )
    for inner, item in model.grounds():
        yield from unknown_grounds(item.because, known, ("stability", *inner, "because"))
    broken = list(_conditions(model, names))
    yield from broken
    for at, ban in enumerate(model.bans):
        yield from unknown(ban.switch, names, "switch", ("stability", "bans", at, "switch"))
    states = None if broken else feasible_states(model)
    if states is not None and not states:
        yield Problem(
            ("stability", "infeasible"), "every state is ruled out", None, "At least one state can be", "Remove a rule"
        )
    if model.today is not None:
        yield from _a_state(model, model.today, ("stability", "today"))
    yield from _preferences(case, model, known, model.preferences, states, ("stability", "preferences"))
    yield from _misperceptions(case, model, known, states)
    joined = [party for coalition in model.coalitions for party in coalition]
    for at, coalition in enumerate(model.coalitions):
        yield from each_unknown(coalition, known.parties, "party", ("stability", "coalitions", at))
    if len(set(joined)) < len(joined):
        twice = next(party for at, party in enumerate(joined) if party in joined[:at])
        yield Problem(
            ("stability", "coalitions"), "a party stands here twice", twice, "Coalitions share no party", "Remove one"
        )


def feasible_states(model: Stability) -> frozenset[str] | None:
    """Return the states that no rule excludes, or None where there are too many switches to list them."""
    if len(model.switches) > MOST_LISTED:
        return None
    names = [one.id for one in model.switches]
    rules = [one.when for one in model.infeasible]
    found = []
    for letters in itertools.product((NOT_TAKEN, TAKEN), repeat=len(names)):
        chosen = dict(zip(names, letters, strict=True))
        if not any(rule.holds(chosen) for rule in rules):
            found.append("".join(letters))
    return frozenset(found)


def _conditions(model: Stability, names: frozenset[str]) -> Iterator[Problem]:
    for path, rule in _all_conditions(model):
        for atom in rule.atoms():
            yield from unknown(atom.issue, names, "switch", ("stability", *path))
            for option in atom.options:
                if option not in {TAKEN, NOT_TAKEN}:
                    yield Problem(
                        ("stability", *path),
                        f'switch "{atom.issue}" has no such option',
                        option,
                        f'It is {TAKEN} (taken) or {NOT_TAKEN}; "{atom.issue}" alone means {TAKEN}',
                        "Correct it",
                    )


def _all_conditions(model: Stability) -> Iterator[tuple[PathTo, Condition]]:
    for kind in ("infeasible", "bans"):
        for at, one in enumerate(getattr(model, kind)):
            yield (kind, at, "when"), one.when
    yield from _of_preferences(model.preferences, ("preferences",))
    for at, seen in enumerate(model.misperceptions):
        for place, rule in enumerate(seen.not_seen):
            yield ("misperceptions", at, "not_seen", place), rule
        yield from _of_preferences(seen.preferences, ("misperceptions", at, "preferences"))


def _of_preferences(given: Iterable[StatePreference], path: PathTo) -> Iterator[tuple[PathTo, Condition]]:
    for at, one in enumerate(given):
        for place, rule in enumerate(one.ranked_conditions):
            yield (*path, at, "ranked_conditions", place), rule
        for place, outcome in enumerate(one.outcomes):
            yield (*path, at, "outcomes", place, "when"), outcome.when
        for kind in ("unknown", "strong"):
            for place, pair in enumerate(getattr(one, kind)):
                for side in ("when", "against"):
                    if (rule := getattr(pair, side)) is not None:
                        yield (*path, at, kind, place, side), rule


def _a_state(model: Stability, word: str, path: PathTo) -> Iterator[Problem]:
    if len(word) != len(model.switches):
        yield Problem(
            path,
            "this state has the wrong length",
            word,
            f"There are {len(model.switches)} switches, and a state has a letter for each",
            "Correct it",
        )
    elif _excluded(model, word):
        yield Problem(path, "a rule under infeasible excludes this state", word, "", "Correct it, or the rule")


def _excluded(model: Stability, word: str) -> bool:
    """Return whether a rule excludes a state."""
    chosen = dict(zip((one.id for one in model.switches), word, strict=True))
    return any(one.when.holds(chosen) for one in model.infeasible)


def _preferences(
    case: Case,
    model: Stability,
    known: Known,
    given: tuple[StatePreference, ...],
    states: frozenset[str] | None,
    path: PathTo,
) -> Iterator[Problem]:
    names = frozenset(one.id for one in model.switches)
    packages = frozenset((NO_AGREEMENT, *case.text, *(one.id for one in case.packages)))
    yield from repeated([one.party for one in given], path)
    for at, one in enumerate(given):
        here = (*path, at)
        yield from unknown(one.party, known.parties, "party", (*here, "party"))
        for switch in one.weights:
            yield from unknown(switch, names, "switch", (*here, "weights", switch))
        for place, outcome in enumerate(one.outcomes):
            there = (*here, "outcomes", place, "package")
            yield from unknown(outcome.package, packages, "text or package", there)
        if one.outcomes and one.party in known.parties and case.stand_in(one.party) not in case.preference:
            yield Problem(
                (*here, "outcomes"),
                f"{one.party} has no numbers under preferences, by which packages are valued",
                None,
                "Outcomes need weights and values of the party",
                "Add them, or rank the states in another way",
            )
        for kind in ("unknown", "strong"):
            for place, pair in enumerate(getattr(one, kind)):
                for side, word in enumerate(pair.states or ()):
                    yield from _a_state(model, word, (*here, kind, place, "states", side))
        if one.ranking:
            yield from _ranking(model, one, states, (*here, "ranking"))


def _ranking(model: Stability, one: StatePreference, states: frozenset[str] | None, path: PathTo) -> Iterator[Problem]:
    ranked = [word for tie in one.ranking for word in tie]
    wrong = [problem for word in ranked for problem in _a_state(model, word, path)]
    yield from wrong[:1]
    if wrong:
        return
    twice = next((word for at, word in enumerate(ranked) if word in ranked[:at]), None)
    if twice is not None:
        yield Problem(path, "this state stands here twice", twice, "Each state is ranked once", "Remove one of them")
    elif states is None:
        allowed = f"With more than {MOST_LISTED} switches use ranked_conditions, weights or outcomes"
        yield Problem(path, "there are too many states for a list", len(ranked), allowed, "Rank them in another way")
    elif missing := sorted(states - set(ranked)):
        yield Problem(
            path,
            f"{len(missing)} of {len(states)} states {'is' if len(missing) == 1 else 'are'} not ranked",
            missing[0],
            "Each state that can be is ranked once",
            "Add it; states that are as good as each other stand in brackets",
        )


def _misperceptions(case: Case, model: Stability, known: Known, states: frozenset[str] | None) -> Iterator[Problem]:
    names = frozenset(one.id for one in model.switches)
    yield from repeated([one.party for one in model.misperceptions], ("stability", "misperceptions"))
    for at, one in enumerate(model.misperceptions):
        path: PathTo = ("stability", "misperceptions", at)
        yield from unknown(one.party, known.parties, "party", (*path, "party"))
        yield from each_unknown(one.switches, names, "switch", (*path, "switches"))
        if states and not any(_seen(model, one, word) for word in states):
            yield Problem(
                path, "the party would see no state at all", one.party, "It sees at least one", "Remove a rule"
            )
        yield from _preferences(case, model, known, one.preferences, states, (*path, "preferences"))


def _seen(model: Stability, given: Misperception, word: str) -> bool:
    """Return whether a party sees a state."""
    chosen = dict(zip((one.id for one in model.switches), word, strict=True))
    return not any(rule.holds(chosen) for rule in given.not_seen) and not any(
        chosen.get(switch) == TAKEN for switch in given.switches
    )
