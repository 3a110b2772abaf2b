"""The stability report in sentences: which states would last, for whom, what keeps them, and how one gets there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.wording.naming import short_name
from detente.wording.sentence import capital
from detente.wording.stability_reasons import why_lines
from detente.wording.stability_views import views_lines
from detente.wording.stability_words import (
    MOST_SHOWN,
    SHORT,
    STRONGLY,
    VARIANTS,
    Report,
    change_words,
    count_of,
    folded,
    meaning_of,
    number_of,
    parties_of,
    short_of,
    state_words,
)

REPLIES: Mapping[str, str] = {
    "legal": "any sequence of moves in which nobody moves twice in a row",
    "once": "each other party at most once, in any order",
    "single": "exactly one move of one other party",
}


def report_lines(case: Case, report: Report) -> Iterator[str]:
    """Yield the report as lines of text."""
    yield from _switches(case, report)
    yield from _equilibria(case, report)
    yield from _today(case, report)
    yield from _paths(case, report)
    yield from _coalitions(case, report)
    yield from views_lines(case, report)
    yield from (f"Assumed: {said}" for said in report["assumptions"])


def _switches(case: Case, report: Report) -> Iterator[str]:
    count = report["count"]
    yield (
        f"{len(report['switches'])} switches of {len(report['parties'])} parties; {count:,} states can be. "
        f"A state is a letter per switch, Y where it is taken:"
    )
    directions = {"both": "", "take": ", only taken, not taken back", "drop": ", only dropped, not taken up again"}
    for place, one in enumerate(report["switches"], start=1):
        yield f"  {place}. {short_name(case, one['party'])}: {one['text']} [{one['id']}{directions[one['direction']]}]"


def _equilibria(case: Case, report: Report) -> Iterator[str]:
    yield f"Others may answer a move by {REPLIES[report['reply']]}."
    for concept, total in report["equilibrium_counts"].items():
        if concept.rpartition("-")[2] not in VARIANTS:
            yield f"{short_of(report, concept)} ({meaning_of(report, concept)}): {count_of(total)} for every party."
    yield from _variants(report)
    groups = report["groups"]
    for group in groups[:MOST_SHOWN]:
        state, under = group["states"][0], folded(report, group["concepts"])
        mark = " (today)" if state == report["today"] else ""
        kept = [f"{SHORT[concept]} {share:.0%}" for concept, share in group["robustness"].items()]
        stays = f" Stays in disturbed rankings: {', '.join(kept)}." if kept else ""
        yield f"  {state}{mark}  {under}: {state_words(case, report, state)}.{stays}"
        if (more := group["count"] - 1) > 0:
            yield f"    Every party ranks {_others(more, group['states'][1:])} with it."
        yield from (f"    {line}" for line in why_lines(case, report, state))
    if (more := len(groups) - MOST_SHOWN) > 0:
        yield f"  … and {more:,} more kinds of state; --json lists them."


def _variants(report: Report) -> Iterator[str]:
    """Yield how many states are stable where comparisons are unknown, a line per variant."""
    counts: dict[str, list[str]] = {}
    for word, total in report["equilibrium_counts"].items():
        concept, _, variant = word.rpartition("-")
        if variant in VARIANTS:
            counts.setdefault(variant, []).append(f"{short_of(report, concept)} {total:,}")
    if counts:
        yield "Where comparisons are unknown, so many states are stable for every party, by what a party makes of that:"
    for variant in sorted(counts):
        yield f"  {variant}: {VARIANTS[variant]}: {', '.join(counts[variant])}."
    if any("-strong-" in word for word in report["equilibrium_counts"]):
        yield f"  strong: {STRONGLY}."


def _others(count: int, states: Sequence[str]) -> str:
    if count <= 3:
        return ", ".join(states)
    return f"{count:,} others, such as {states[0]},"


def _today(case: Case, report: Report) -> Iterator[str]:
    today = report["today"]
    if today is None:
        return
    yield f"Today is {today}: {state_words(case, report, today)}."
    if today not in {state for states in report["equilibria"].values() for state in states}:
        yield "  It is not stable for every party under any of these concepts."
        yield from (f"  {line}" for line in why_lines(case, report, today))


def _paths(case: Case, report: Report) -> Iterator[str]:
    path = report.get("path")
    if path is None:
        return
    if path["from"] is None:
        yield "No path: no state is marked as today's. Name one with --from."
        return
    for one in path.get("reached", [path] if path["to"] is not None else []):
        yield f"From {path['from']} to {one['to']}:"
        for key, words in (("by_improvements", "by improvements only"), ("by_any_moves", "by any moves")):
            found = one[key]
            if found["steps"] is None:
                yield f"  {words}: there is no path."
            elif found["steps"] == 0:
                yield f"  {words}: one is there."
            else:
                given = found["sacrifices"]
                cost = f", {given} of them without a gain for who makes it" if given else ""
                yield f"  {words}: {number_of(found['steps'], 'move')}{cost}; {number_of(found['count'], 'such path')}."
                yield from _steps(case, report, path["from"], found["listed"][0])
            if key == "by_improvements" and found["steps"] is not None:
                break


def _steps(case: Case, report: Report, here: str, path: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for step in path:
        gain = ", which it does not rank higher" if step["sacrifice"] else ""
        done = change_words(report, here, step["state"])
        yield f"    {capital(parties_of(case, step['parties']))} could {done}: {step['state']}{gain}."
        here = step["state"]


def _coalitions(case: Case, report: Report) -> Iterator[str]:
    found = report.get("coalitions")
    if found is None:
        return
    yield "Stable against every set of parties that moves together, each member gaining:"
    for concept, states in found["equilibria"].items():
        more = f" and {len(states) - MOST_SHOWN:,} more" if len(states) > MOST_SHOWN else ""
        yield f"  {SHORT[concept]}: {', '.join(states[:MOST_SHOWN]) or 'none'}{more}."
    leaving = found["leaving"]
    for state, moves in leaving["states"].items():
        for one in moves[:MOST_SHOWN]:
            done = change_words(report, state, one["to"])
            yield (
                f"  From {state}, {parties_of(case, one['parties'])} could {done}: {one['to']} "
                f"({SHORT[leaving['concept']]})."
            )
