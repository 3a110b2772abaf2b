"""The stability report in sentences: which states would last, for whom, and what keeps or moves each party.

Neutral throughout: a sentence says what a party could do, what it ranks higher and how others could answer; never who
would have to move.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.core.fields import text_of
from detente.wording.naming import short_name

Report = Mapping[str, Any]

CONCEPTS: Mapping[str, str] = {
    "nash": "no party can move alone to a state that it ranks higher",
    "gmr": "the others could answer each such move so that the mover gains nothing",
    "smr": "the same, and the mover could not mend that by another move",
    "seq": "the others could so answer by moves that they themselves rank higher",
    "sim": "others who move at the same time could leave the mover no better off",
}
SHORT: Mapping[str, str] = {"nash": "Nash", "gmr": "GMR", "smr": "SMR", "seq": "SEQ", "sim": "SIM"}
REPLIES: Mapping[str, str] = {
    "legal": "any sequence of moves in which nobody moves twice in a row",
    "once": "each other party at most once, in any order",
    "single": "exactly one move of one other party",
}
MOST_SHOWN = 20


def report_lines(case: Case, report: Report) -> Iterator[str]:
    """Yield the report as lines of text."""
    yield from _switches(case, report)
    yield from _equilibria(case, report)
    yield from _today(case, report)
    yield from _views(case, report)
    yield from (f"Assumed: {sentence}" for sentence in report["assumptions"])


def state_words(case: Case, report: Report, state: str) -> str:
    """Return a state in words: what is done in it, by whom.

    Every party that does something is named, in the order of the switches.
    """
    taken = [one for one, letter in zip(report["switches"], state, strict=True) if letter == "Y"]
    if not taken:
        return "nobody does any of it"
    return "; ".join(f"{_party(case, one['party'])}: {one['text']}" for one in taken)


def change_words(case: Case, report: Report, before: str, after: str) -> str:
    """Return what turns one state into another: switches taken and dropped."""
    changed = []
    for one, old, new in zip(report["switches"], before, after, strict=True):
        if old != new:
            changed.append(f'takes "{one["text"]}"' if new == "Y" else f'drops "{one["text"]}"')
    return " and ".join(changed) if changed else "changes nothing"


def _party(case: Case, party: str) -> str:
    return short_name(case, party)


def _switches(case: Case, report: Report) -> Iterator[str]:
    count = report["count"]
    yield (
        f"{len(report['switches'])} switches of {len(report['parties'])} parties; {count:,} states can be. "
        f"A state is a letter per switch, Y where it is taken:"
    )
    directions = {"both": "", "take": ", only taken, not taken back", "drop": ", only dropped, not taken up again"}
    for place, one in enumerate(report["switches"], start=1):
        yield f"  {place}. {_party(case, one['party'])}: {one['text']} [{one['id']}{directions[one['direction']]}]"


def _equilibria(case: Case, report: Report) -> Iterator[str]:
    found = report["equilibria"]
    yield f"Others may answer a move by {REPLIES[report['reply']]}."
    for concept, states in found.items():
        total = report["equilibrium_counts"][concept]
        yield f"{SHORT[concept]} ({CONCEPTS[concept]}): {_count(total)} for every party."
    groups = report["groups"]
    for group in groups[:MOST_SHOWN]:
        state, under = group["states"][0], ", ".join(SHORT[concept] for concept in group["concepts"])
        mark = " (today)" if state == report["today"] else ""
        yield f"  {state}{mark}  {under}: {state_words(case, report, state)}."
        if (more := group["count"] - 1) > 0:
            yield f"    Every party ranks {_others(more, group['states'][1:])} with it."
        yield from (f"    {line}" for line in _why(case, report, state))
    if (more := len(groups) - MOST_SHOWN) > 0:
        yield f"  … and {more:,} more kinds of state; --json lists them."


def _others(count: int, states: Sequence[str]) -> str:
    if count <= 3:
        return ", ".join(states)
    return f"{count:,} others, such as {states[0]},"


def _count(number: int) -> str:
    if number == 0:
        return "no state is stable"
    return "1 state is stable" if number == 1 else f"{number:,} states are stable"


def _why(case: Case, report: Report, state: str) -> Iterator[str]:
    """Yield what keeps each party in a state."""
    for party, reason in report.get("why", {}).get(state, {}).items():
        yield reason_words(case, report, party, state, reason)


def reason_words(case: Case, report: Report, party: str, state: str, reason: Mapping[str, Any]) -> str:
    """Return why a party would or would not leave a state."""
    name = _party(case, party)
    if reason["kind"] == "none":
        return f"{name} has no move to a state that it ranks higher."
    to = reason["improvement"]
    moved = f"{name} could move to {to} ({change_words(case, report, state, to)}), which it ranks higher"
    replies: Sequence[Mapping[str, Any]] = reason["replies"]
    if reason["kind"] == "open":
        return f"{moved}; no answer of the others under this concept would take that back."
    steps = []
    here = to
    for reply in replies:
        who = " and ".join(_party(case, one) for one in reply["parties"])
        steps.append(f"{who} could then go on to {reply['state']} ({change_words(case, report, here, reply['state'])})")
        here = reply["state"]
    return f"{moved}; {'; '.join(steps)}, which {name} does not rank above {state}."


def _today(case: Case, report: Report) -> Iterator[str]:
    today = report["today"]
    if today is None:
        return
    yield f"Today is {today}: {state_words(case, report, today)}."
    if today not in {state for states in report["equilibria"].values() for state in states}:
        yield "  It is not stable for every party under any of these concepts."
        yield from (f"  {line}" for line in _why(case, report, today))


def _views(case: Case, report: Report) -> Iterator[str]:
    for party, view in report.get("views", {}).items():
        name = _party(case, party)
        yield f"{name} sees {len(view['states']):,} of {report['count']:,} states. Equilibria in its own game:"
        for concept, states in view["equilibria"].items():
            yield f"  {SHORT[concept]}: {', '.join(states[:MOST_SHOWN]) or 'none'}"
        for concept, surprises in view["surprised"].items():
            for one in surprises[:MOST_SHOWN]:
                yield f"  {SHORT[concept]}: {_surprised(case, name, one)}"


def _surprised(case: Case, name: str, one: Mapping[str, Any]) -> str:
    if not one["seen"]:
        return f"{one['state']} lasts, and {name} does not see this state."
    others = ", ".join(_party(case, party) for party in one["expected_to_move"])
    return f"{one['state']} lasts, where {name} in its own game would see {others} move."
