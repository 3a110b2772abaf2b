"""Why a player stays in a state or would leave it, in sentences: an improvement, and what the others could answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.wording.sentence import capital
from detente.wording.stability_words import (
    SHORT,
    Report,
    change_words,
    folded,
    members_of,
    number_of,
    parties_of,
    party_of,
    player_of,
)


def why_lines(case: Case, report: Report, state: str) -> Iterator[str]:
    """Yield what keeps each player in a state.

    Under the concepts beside the five that is said of today's state, and of every state where only such are asked for.
    """
    reasons = report.get("why", {}).get(state, {})
    yield from _plainly(case, report, state, reasons)
    if not reasons or state == report["today"]:
        yield from _further(case, report, state)


def _plainly(case: Case, report: Report, state: str, reasons: Mapping[str, Any]) -> Iterator[str]:
    if reasons and all(reason["kind"] == "none" for reason in reasons.values()):
        yield "No party has a move to a state that it ranks higher."
        return
    still = [player for player, reason in reasons.items() if reason["kind"] == "none"]
    alone = [party_of(case, player) for player in still if player in case.party]
    if len(alone) > 1:
        yield capital(f"{', '.join(alone[:-1])} and {alone[-1]} have no move to a state that they rank higher.")
    elif alone:
        yield capital(f"{alone[0]} has no move to a state that it ranks higher.")
    for player, reason in reasons.items():
        if reason["kind"] != "none" or player not in case.party:
            yield capital(reason_words(case, report, player, state, reason))


def _further(case: Case, report: Report, state: str) -> Iterator[str]:
    """Yield reasons under the further concepts; those that say the same of a party share a line."""
    said: dict[str, list[str]] = {}
    for word, states in report.get("further", {}).items():
        for party, reason in states.get(state, {}).items():
            if reason["kind"] != "none":
                line = further_words(case, report, word, party, state, reason)
                said.setdefault(line, []).append(word)
    for line, words in said.items():
        yield f"{folded(report, words)}: {capital(line)}"


def reason_words(case: Case, report: Report, player: str, state: str, reason: Mapping[str, Any]) -> str:
    """Return why a player would or would not leave a state, under one of the five concepts."""
    name, joint = player_of(case, player), len(members_of(case, player)) > 1
    if reason["kind"] == "unseen":
        return _unseen(name, joint=joint)
    if reason["kind"] == "none":
        which = "have no move to a state that each of them ranks" if joint else "has no move to a state that it ranks"
        return f"{name} {which} higher."
    to = reason["improvement"]
    which = "each of them ranks" if joint else "it ranks"
    moved = f"{name} could {change_words(report, state, to)}: that is {to}, which {which} higher"
    if reason.get("unknown"):
        moved += " as the ranking has it, though how the two compare is unknown"
    if reason["kind"] == "open":
        if reason["concept"] == "nash":
            return f"{moved}."
        return f"{moved}; no answer of the others that counts under {SHORT[reason['concept']]} would undo that."
    if joint:
        end = f"which not each of them ranks higher than {state}"
    else:
        end = f"no higher than {state} in the ranking of {name}"
    if reason["concept"] == "sim":
        return f"{moved}; {_at_once(case, report, state, reason)}, {end}."
    if reason["concept"] == "smr":
        better = f"a state that each of them ranks higher than {state}" if joint else f"anything higher than {state}"
        end += f", and no move of {'theirs' if joint else 'its own'} leads from there to {better}"
    return f"{moved}; {_answered(case, report, reason, end, f'that {which} higher')}"


def further_words(case: Case, report: Report, word: str, party: str, state: str, reason: Mapping[str, Any]) -> str:
    """Return why a party would or would not leave a state, under a concept beside the five."""
    name = player_of(case, party)
    if reason["kind"] == "unseen":
        return _unseen(name, joint=False)
    if "moves" in reason:
        return _foreseen(report, name, state, reason)
    to = reason["improvement"]
    moved = f"{name} could {change_words(report, state, to)}: that is {to}, "
    moved += f"which it cannot compare with {state}" if reason["unknown"] else "which it ranks higher"
    concept, *rest = word.split("-")
    if reason["kind"] == "open":
        return (
            f"{moved}." if concept == "nash" else f"{moved}; no answer of the others that counts here would undo that."
        )
    if reason["sanction_unknown"]:
        end = f"which {name} cannot compare with {state}"
    elif "strong" in rest:
        end = f"to which {name} strongly prefers {state}"
    else:
        end = f"no higher than {state} in the ranking of {name}"
    if concept == "smr":
        end += ", and no move of its own leads from there to a state that would not deter it"
    return f"{moved}; {_answered(case, report, reason, end, 'for which it would leave')}"


def _unseen(name: str, *, joint: bool) -> str:
    return (
        f"{name} {'do' if joint else 'does'} not see this state, and {'know' if joint else 'knows'} of no move from it."
    )


def _answered(case: Case, report: Report, reason: Mapping[str, Any], end: str, which: str) -> str:
    """Return the others' reply, one move after the other, and what it means to the mover."""
    steps, here = [], reason["improvement"]
    for reply in reason["replies"]:
        who = parties_of(case, reply["parties"])
        steps.append(f"{who} could then {change_words(report, here, reply['state'])}")
        here = reply["state"]
    return f"{', and '.join(steps)}: that is {here}, {end}.{_more(reason, which)}"


def _more(reason: Mapping[str, Any], which: str) -> str:
    more = reason["improvements"] - 1
    return f" The same holds for {number_of(more, 'other move')} {which}." if more else ""


def _foreseen(report: Report, name: str, state: str, reason: Mapping[str, Any]) -> str:
    """Return where play would end after a party's first move, as far as it looks."""
    first, ends, ahead = reason["move"], reason["ends"], number_of(reason["moves"], "move")
    moved = f"{name} could {change_words(report, state, first)}: that is {first}"
    if reason["kind"] == "open":
        if ends == [first]:
            return f"{moved}, which it ranks higher, and {ahead} ahead play would end there."
        return f"{moved}; {ahead} ahead play would end in {ends[0]}, which it ranks higher than {state}."
    said = f"{', '.join(ends[:-1])} or {ends[-1]}" if len(ends) > 1 else ends[0]
    higher = _more(reason, "that it ranks higher")
    return f"{moved}, which it ranks higher; play would then end in {said}, which it does not.{higher}"


def _at_once(case: Case, report: Report, state: str, reason: Mapping[str, Any]) -> str:
    """Return what the others could do at the same time."""
    if not reason["replies"]:
        return f"that alone ends in {reason['sanction']}"
    done = [
        f"{parties_of(case, one['parties'])} could {change_words(report, state, one['state'])}"
        for one in reason["replies"]
    ]
    return f"at the same time {' and '.join(done)}: together that is {reason['sanction']}"
