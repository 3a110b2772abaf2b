"""A graph model for a case that writes none: each party may accept the text on the table, act alone, or hold.

It is a first look, and every sentence that it takes for granted is listed. Nothing in it depends on who a party is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.context import Move
from detente.case.stability import MOST_SWITCHES, Stability, StatePreference, Switch
from detente.compile.package_value import package_value
from detente.core.condition import NOT_TAKEN, TAKEN, Among, Condition, Every, Not
from detente.core.fields import text_of

ACCEPT, ACT = "accept", "act"


@dataclass(frozen=True, slots=True)
class AssumedStability:
    """An assumed graph model, and the sentences that say what was assumed."""

    section: Stability
    assumed: tuple[str, ...]


def assumed_stability(
    case: Case, text: tuple[str, Mapping[str, str]] | None, members: Sequence[str] | None = None
) -> AssumedStability | None:
    """Return an assumed graph model of a case, or None if nobody in it could do anything.

    Parameters
    ----------
    case : Case
        As of its day.
    text : (str, mapping of issue to option), optional
        What may be accepted: how it is called, and its options.
    members : sequence of str, optional
        The parties; without them, each party with numbers of its own.

    Notes
    -----
    The text is agreed where all accept it and nobody acts alone. A party ranks first by whether the text is agreed,
    as its numbers put the text above or below no agreement (not at all where they leave that open); then by whether
    nobody else acts alone; then by whether it does not itself.
    """
    parties = [one for one in (members or _with_numbers(case)) if case.stand_in(one) in case.preference]
    highest = {party: move for party in parties if (move := _highest(case, party)) is not None}
    switches = [Switch(id=f"{ACCEPT}-{party}", party=party, text="accept the text") for party in parties if text]
    switches += [
        Switch(id=f"{ACT}-{party}", party=party, text=text_of(move.text), move=move.id)
        for party, move in highest.items()
    ]
    if not switches or len(switches) > MOST_SWITCHES:
        return None
    calm: list[Condition] = [Among(f"{ACT}-{party}", (NOT_TAKEN,)) for party in highest]
    agreed = None if text is None else Every((*(Among(f"{ACCEPT}-{party}", (TAKEN,)) for party in parties), *calm))
    preferences, said = [], [_introduced(case, text, parties, highest)]
    for party in parties:
        rules: list[Condition] = []
        if text is not None and agreed is not None:
            better, sentence = _compared(case, party, text)
            rules += [] if better is None else [agreed if better else Not(agreed)]
            said.append(sentence)
        others = tuple(Among(f"{ACT}-{other}", (NOT_TAKEN,)) for other in highest if other != party)
        rules += [others[0] if len(others) == 1 else Every(others)] if others else []
        rules += [Among(f"{ACT}-{party}", (NOT_TAKEN,))] if party in highest else []
        preferences.append(StatePreference(party=party, ranked_conditions=tuple(rules)))
    if highest:
        said.append(
            "For every party alike: that nobody else acts alone comes next in its ranking, then that it does not "
            "itself."
        )
    section = Stability(switches=tuple(switches), today=NOT_TAKEN * len(switches), preferences=tuple(preferences))
    return AssumedStability(section, tuple(said))


def _with_numbers(case: Case) -> tuple[str, ...]:
    """Return the parties with numbers of their own, in the order of the case."""
    return tuple(party.id for party in case.parties if party.id in case.preference)


def _highest(case: Case, party: str) -> Move | None:
    """Return a party's move on the highest rung; its first one where no rung is coded."""
    moves = [move for move in case.moves if move.party == party]
    return max(moves, key=lambda move: -1 if move.rung is None else move.rung, default=None)


def _introduced(
    case: Case, text: tuple[str, Mapping[str, str]] | None, parties: Sequence[str], highest: Mapping[str, Move]
) -> str:
    can = [] if text is None else [f"accept {text[0]}"]
    can += ["act alone by its move on the highest rung that is coded"] if highest else []
    agreed = (
        ""
        if text is None
        else " The text is agreed where all accept it" + (" and nobody acts alone." if highest else ".")
    )
    names = ", ".join(text_of(case.party[party].name) for party in parties)
    some = "" if len(highest) in {0, len(parties)} else " Those without a coded move cannot act alone."
    return f"The case writes no graph model. Each of {names} may hold, or {', or '.join(can)}.{agreed}{some}"


def _compared(case: Case, party: str, text: tuple[str, Mapping[str, str]]) -> tuple[bool | None, str]:
    """Return whether a party's numbers put the text above no agreement, None if they leave it open or tie."""
    name = text_of(case.party[party].name)
    worth, nothing = package_value(case, party, text[1]), package_value(case, party, None)
    if worth.low > nothing.high:
        return True, f"{name}: its numbers put {text[0]} above no agreement."
    if worth.high < nothing.low:
        return False, f"{name}: its numbers put {text[0]} below no agreement."
    if worth.low == worth.high == nothing.low:
        return None, f"{name}: its numbers put {text[0]} level with no agreement."
    return (
        None,
        f"{name}: its numbers leave open whether {text[0]} is above or below no agreement, so it ranks neither first.",
    )
