"""The ladder report in sentences: who has which move where, where each would stop, and on which numbers that rests.

Counts of draws, never a chance of war; who acts and who gives way is said of the model's draws, never of a party.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.core.rounding import two_digits
from detente.wording.naming import Naming

Report = Mapping[str, Any]

NOT_COUNTED = {
    "elsewhere": "in another theatre: a horizontal option, no act on this ladder",
    "unavailable": "not available as things stand",
    "others": "aimed at nobody on the ladder",
}


def report_lines(case: Case, report: Report) -> Iterator[str]:
    """Yield the report as lines of text."""
    ladder = report["ladder"]
    if "not_computed" in ladder:
        yield f"Ladder: not computed. {ladder['not_computed']}"
        return
    yield from _rungs(case, report)
    yield from _stops(case, report)
    yield from _ends(report)
    yield from _sides(case, report)
    yield from (f"Assumed: {said}" for said in ladder["assumptions"])


def in_draws(times: int, draws: int) -> str:
    """Return a count of draws in words: never more exact than draws can be.

    Examples
    --------
    >>> in_draws(0, 1000), in_draws(1000, 1000), in_draws(412, 1000)
    ('no draw', 'every draw', '412 of 1,000 draws')
    """
    return "no draw" if times == 0 else "every draw" if times == draws else f"{times:,} of {draws:,} draws"


def range_words(span: Report) -> str:
    """Return a range to two digits."""
    low, high = two_digits(span["low"]), two_digits(span["high"])
    return low if low == high else f"{low} to {high}"


def _name(case: Case, party: str) -> str:
    return Naming(case).party(party).text


def _rungs(case: Case, report: Report) -> Iterator[str]:
    ladder = report["ladder"]
    names = ", ".join(_name(case, party) for party in ladder["parties"])
    yield f"A ladder of {len(ladder['rungs'])} rungs for {names}, from the top:"
    for rung in reversed(ladder["rungs"]):
        yield (
            f"  {rung['rung']}. {rung['text']} (chance per month that events run out of control: "
            f"{range_words(rung['accident_per_month'])})"
        )
        if not rung["moves"]:
            yield "     nobody has a coded move here"
        for move in rung["moves"]:
            back = {
                True: "can be taken back",
                False: "cannot be taken back",
                None: "whether it can be taken back: not coded",
            }
            notes = [back[move["reversible"]]]
            if move["not_counted"]:
                notes.append(NOT_COUNTED[move["not_counted"]])
            elif move["elsewhere"]:
                notes.append("in another theatre")
            yield f"     {_name(case, move['party'])}: {move['text']} [{move['id']}; {'; '.join(notes)}]"


def _stops(case: Case, report: Report) -> Iterator[str]:
    ladder, draws = report["ladder"], report["draws"]
    yield "Where each would stop: whose turn it is while a rung stands, everybody being still in, gives way in"
    standing = [(rung["rung"], rung["turns"]) for rung in ladder["rungs"]]
    for number, turns in reversed([("below", ladder["below"]["turns"]), *standing]):
        words = []
        for party, turn in turns.items():
            if turn["has_a_move_above"]:
                words.append(f"{_name(case, party)} {in_draws(turn['gives_way'], draws)}")
            else:
                words.append(f"{_name(case, party)}: no coded move above")
        yield f"  {number if number == 'below' else f'rung {number}'}: {'; '.join(words)}"
    yield "  Where a party has no coded move above, the model cannot tell what it would do; it counts as giving way."


def _ends(report: Report) -> Iterator[str]:
    ends = report["ladder"]["ends"]["all"]
    plays = ends["plays"]
    words = [f"{'below' if rung == '0' else f'rung {rung}'} {times:,}" for rung, times in ends["last_rung"].items()]
    yield (
        f"Highest rung reached in {plays:,} plays (every draw, from below and from each rung but the top): "
        f"{', '.join(words)}."
    )
    yield (
        f"In {ends['turns_on_who_is_first']:,} of them it turns on who acts first: where everything is known, ladders "
        "do. No single play is a finding."
    )


def _sides(case: Case, report: Report) -> Iterator[str]:
    draws = report["draws"]
    yield "Who could go on where the other would rather not answer (an act that prevails unanswered beats giving way):"
    pairs: dict[tuple[str, str], list[Report]] = {}
    for entry in report["ladder"]["sides"]:
        pairs.setdefault((entry["of"], entry["against"]), []).append(entry)
    for (one, other), entries in pairs.items():
        parts = []
        for entry in entries:
            place = "below the ladder" if entry["standing_on"] == 0 else f"on rung {entry['standing_on']}"
            if not entry["moves_above"]:
                parts.append(f"{place} no coded move above")
            else:
                words = in_draws(entry["draws"], draws)
                parts.append(f"{place} in {words}{'' if entry['answer_coded'] else ' (no coded answer)'}")
        yield f"  {_name(case, one)} towards {_name(case, other)}: {'; '.join(parts)}"
