"""The ladder report in sentences: who has which move where, where each would stop, and on which numbers that rests.

Counts of draws, never a chance of war; who acts and who gives way is said of the model's draws, never of a party.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.wording.ladder_parts import UNDER, in_draws, name_of, part_lines, range_words
from detente.wording.naming import ranges
from detente.wording.sentence import Sentence, sentence

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
    else:
        yield from _rungs(case, report)
        yield from _stops(case, report)
        yield from _drivers(case, report)
        yield from _ends(report)
        yield from _unanswered(case, report)
        yield from _sides(case, report)
    yield from part_lines(case, report)
    parts = [report[key] for key in ("ladder", "hazard", "measures", "waiting", "delay")]
    for part in parts:
        yield from (f"Assumed: {said}" for said in part.get("assumptions", ()))


def _rungs(case: Case, report: Report) -> Iterator[str]:
    ladder = report["ladder"]
    names = ", ".join(name_of(case, party) for party in ladder["parties"])
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
            yield f"     {name_of(case, move['party'])}: {move['text']} [{move['id']}; {'; '.join(notes)}]"


def _stops(case: Case, report: Report) -> Iterator[str]:
    ladder, draws = report["ladder"], report["draws"]
    yield "Where each would stop: whose turn it is while a rung stands, everybody being still in, gives way in"
    standing = [(rung["rung"], rung["turns"]) for rung in ladder["rungs"]]
    for number, turns in reversed([("below", ladder["below"]["turns"]), *standing]):
        words = []
        for party, turn in turns.items():
            if turn["has_a_move_above"]:
                words.append(f"{name_of(case, party)} {in_draws(turn['gives_way'], draws)}")
            else:
                words.append(f"{name_of(case, party)}: no coded move above")
        yield f"  {number if number == 'below' else f'rung {number}'}: {'; '.join(words)}"
    yield "  Where a party has no coded move above, the model cannot tell what it would do; it counts as giving way."
    for one in ladder["without_coded_answer"]:
        yield (
            f"  No opponent has a coded move above rung {one['rung']}, where {name_of(case, one['party'])} has one "
            f"({', '.join(one['moves'])}): in the model that ends the matter, which says something of the coding only."
        )
    yield "If every party had a move on every rung, it would give way in"
    for entry in reversed(ladder["if_all_had_every_move"]):
        words = [
            f"{name_of(case, party)} {in_draws(turn['gives_way'], draws)}" for party, turn in entry["turns"].items()
        ]
        place = "below" if entry["standing_on"] == 0 else f"rung {entry['standing_on']}"
        yield f"  {place}: {'; '.join(words)}"


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


def _unanswered(case: Case, report: Report) -> Iterator[str]:
    yield "An act that is not answered is worth more than giving way:"
    entries: dict[str, list[str]] = {}
    for one in report["ladder"]["unanswered"]:
        entries.setdefault(one["party"], []).append(f"on rung {one['rung']} {UNDER[one['rather_acts']]}")
    for party, words in entries.items():
        bound = _whole(report["ladder"]["critical_risk"][party].values())
        yield f"  {name_of(case, party)}: {'; '.join(words)}; {_until(bound)}"


DRIVERS = {
    "accident": "the chances that events run out of control",
    "uncontrolled": "what events out of control are worth",
    "prevails": "what prevailing is worth",
    "gives_way": "what giving way is worth",
    "cost": "the costs of rungs",
}


def _drivers(case: Case, report: Report) -> Iterator[str]:
    """Yield which kind of number moves the counts most, from its low to its high ends."""
    first = report["ladder"]["drivers"][0]
    if not first["moved"]:
        yield "No kind of number, held at its low or at its high ends, moves these counts."
        return
    words = [f"{name_of(case, party)} {low:,} to {first['at_high'][party]:,}" for party, low in first["at_low"].items()]
    yield (
        f"What moves this most: {DRIVERS[first['assumption']]}. From their low to their high ends, turns in which a "
        f"party gives way go, of {first['turns']:,}: {'; '.join(words)}."
    )


def _until(risk: Report) -> str:
    """Return in words up to which chance of an accident an unanswered act is worth more than giving way."""
    if risk["low"] == 1:
        return "whatever the chance that events run out of control"
    return f"as long as the chance that events run out of control stays below {range_words(risk)}"


def _whole(spans: Iterable[Report]) -> Report:
    """Return the range that holds several."""
    listed = list(spans)
    return {"low": min(one["low"] for one in listed), "high": max(one["high"] for one in listed)}


def _sides(case: Case, report: Report) -> Iterator[str]:
    ladder, draws = report["ladder"], report["draws"]
    yield "Who could go on where the other would rather not answer (an act that prevails unanswered beats giving way):"
    yield from _pairs(case, ladder["sides"], draws)
    if ladder["without_coded_answer"]:
        yield "  The same if every party had a move on every rung:"
        yield from _pairs(case, ladder["sides_if_all_had_every_move"], draws)


def _pairs(case: Case, sides: Sequence[Report], draws: int) -> Iterator[str]:
    pairs: dict[tuple[str, str], list[Report]] = {}
    for entry in sides:
        pairs.setdefault((entry["of"], entry["against"]), []).append(entry)
    for (one, other), entries in pairs.items():
        parts = []
        for entry in entries:
            place = "below the ladder" if entry["standing_on"] == 0 else f"on rung {entry['standing_on']}"
            if not entry["moves_above"]:
                parts.append(f"{place} no coded move above")
            else:
                words = f"in {in_draws(entry['draws'], draws)}" if entry["under"] == "some" else UNDER[entry["under"]]
                parts.append(f"{place} {words}{'' if entry['answer_coded'] else ' (no coded answer)'}")
        yield f"  {name_of(case, one)} towards {name_of(case, other)}: {'; '.join(parts)}"


def annex_sentences(case: Case, report: Report) -> Iterator[Sentence]:
    """Yield what the ladder says, for the annex: its size, how far it can be read, and what it rests on.

    Where each party would stop is left to the analyst's screen: in print it reads as advice on whom to press.
    """
    ladder, draws = report["ladder"], report["draws"]
    if "not_computed" in ladder:
        return
    yield sentence(
        f"The ladder (after Schelling 1966 and Powell 1990) has {len(ladder['rungs'])} rungs for "
        f"{len(ladder['parties'])} parties; who would stop where is counted over {draws:,} draws of the judged "
        "numbers, of who acts first and of the rung from which one begins; the counts are not printed."
    )
    gaps = sorted({one["rung"] for one in ladder["without_coded_answer"]})
    if gaps:
        yield sentence(
            f"On rung{'' if len(gaps) == 1 else 's'} {ranges(gaps)} a party has a move that no opponent could answer "
            "by a coded one; what follows from that says something of the coding only."
        )
    ends = ladder["ends"]["all"]
    yield sentence(
        f"In {ends['turns_on_who_is_first']:,} of {ends['plays']:,} plays the end turns on who acts first, so no "
        "single play is a finding."
    )
    yield from _annex_accidents(report["hazard"])
    driver = ladder["drivers"][0]
    if driver["moved"]:
        yield sentence(f"Of the assumptions it rests most on {DRIVERS[driver['assumption']]}.")
    yield sentence(
        "It forecasts nothing: within a draw everybody knows all numbers, and all of them are judged; accidents are a "
        "chance per month that nobody has measured."
    )


def _annex_accidents(hazard: Report) -> Iterator[Sentence]:
    """Yield what standing on the highest rung for six months would mean, as a condition."""
    if "not_computed" in hazard:
        return
    top = hazard["rungs"][-1]
    safe = "" if top["with_all"] is None else f", with all coded safeguards of {range_words(top['with_all']['6'])}"
    yield sentence(
        f"If one stood on rung {top['rung']} for six months, an accident in that time has a judged chance of "
        f"{range_words(top['within']['6'])}{safe}."
    )


def turning_sentences(case: Case, report: Report) -> Iterator[Sentence]:
    """Yield how rare accidents on a rung need be to be as rare as one rung down, where the ranges say anything.

    What easing of a measure would be worth to whom, and who does better to wait, stay on the analyst's screen.
    """
    hazard = report["hazard"]
    if "not_computed" in hazard:
        return
    for rung in hazard["rungs"]:
        down = rung["one_rung_down"]
        if down is not None and down["safeguards_do"] is not None and down["times"]["high"] < 1:
            yield sentence(
                f"Accidents on rung {rung['rung']} would be as rare as on rung {down['rung']} as long as safeguards "
                f"make them no more than {range_words(down['times'])} times as frequent; those coded do so "
                f"{UNDER[down['safeguards_do']]}."
            )
