"""What a brief says of confrontations: conditions on assumed numbers, and what they hang on.

Shares of a stake, the chance of a named side and who would prefer to fight stay on the analyst's screen. In a document
that may leak they read as a demand, a forecast or a threat, whatever stands around them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.core.fields import text_of
from detente.wording.crisis import CONDITIONS, EDGE, HOLDS_FOR, NUMBERS
from detente.wording.crisis_power import trend_turn_words
from detente.wording.naming import Naming
from detente.wording.sentence import Part, Run, Sentence, count, label, sentence, series

Report = Mapping[str, Any]

ROOM: Mapping[str, str] = {
    "all": "whatever number in their ranges holds",
    "some": "for some numbers in their ranges and not for others",
    "none": "for no number in their ranges",
}


def annex_sentences(case: Case, report: Report) -> Iterator[Sentence]:
    """Yield what the annex of a brief says of confrontations: conditions, assumptions, and the source."""
    if "not_computed" in report or not report["confrontations"]:
        return
    for entry in report["confrontations"]:
        first, second = _sides(case, entry)
        empty = entry["range"]["mode"]["empty"]
        now = "are no terms" if empty else "are terms"
        yield sentence(
            "Between ",
            first,
            " and ",
            second,
            f", on assumed chances and costs, there {now} that both prefer to a confrontation at the most likely ",
            f"numbers; there are such terms {ROOM[entry['range']['exists']]}.",
        )
        if said := _conditions_together(entry):
            yield sentence(said)
        if "offers" in entry:
            yield sentence(_any_procedure(entry["offers"]["any_procedure"]))
    yield from _game_sentences(case, report["no_agreement"])
    yield sentence(
        "The condition for such terms is that of Fearon (1995), and shifts of power are judged by his condition and by "
        "that of Powell (2004, 2006); the tests hold the program to their results. Each side counts with its own "
        "beliefs and costs, which are assumed. These are conditions, and say nothing of how likely a confrontation is."
    )


def turning_sentences(case: Case, report: Report) -> Iterator[Sentence]:
    """Yield how far assumed numbers may move before there are terms, or none, or what moves by itself is too fast."""
    if "not_computed" in report:
        return
    for entry in report["confrontations"]:
        first, second = _sides(case, entry)
        for one in entry["turns"]:
            if one["within_its_range"]:
                said = ("There are terms that both ", first, " and ", second, " prefer to a confrontation ")
                yield sentence(*said, *_turning(one, _number(case, entry, one), not entry["range"]["mode"]["empty"]))
        trend = entry["power"]["trend"]
        for one in trend.get("turns", ()):
            if one["within_its_range"]:
                what = trend_turn_words(case, one).rsplit(":", maxsplit=1)[0]
                said = ("What moves by itself between ", first, " and ", second, " is slow enough to be made up for ")
                yield sentence(*said, *_turning(one, (what,), trend["stretches"][0]["holds"]))


def hinge_sentences(case: Case, report: Report) -> Iterator[Sentence]:
    """Yield, without numbers, on which judgements it hangs whether there are terms that both sides prefer."""
    if "not_computed" in report:
        return
    for entry in report["confrontations"]:
        first, second = _sides(case, entry)
        whether = ("Whether there are terms that both ", first, " and ", second, " prefer to a confrontation ")
        turns = [_number(case, entry, one) for one in entry["turns"] if one["within_its_range"]]
        if turns:
            yield sentence(*whether, "hangs on assumed numbers, each by itself: ", series(turns), " (annex A).")
        elif entry["range"]["exists"] == "some":
            yield sentence(*whether, "hangs on several assumed numbers together; no single one turns it (annex A).")


def _sides(case: Case, entry: Report) -> tuple[Run, Run]:
    first, second = (Naming(case).the(side) for side in entry["sides"])
    return first, second


def _number(case: Case, entry: Report, one: Report) -> tuple[Part, ...]:
    """Return what a number of a confrontation is, with the names of its sides."""
    naming = Naming(case)
    names = {"first": naming.the(entry["sides"][0]), "side": None if one["side"] is None else naming.the(one["side"])}
    parts: list[Part] = []
    for piece in NUMBERS[one["number"]].replace("}", "{").split("{"):
        part: Part | None = names.get(piece, piece)
        if part:
            parts.append(part)
    return tuple(parts)


def _turning(turn: Report, what: tuple[Part, ...], holds: bool) -> tuple[Part, ...]:
    """Return up to where a number keeps something so, or from where it would make it so."""
    here = abs(turn["turns_at"] - turn["mode"]) < EDGE
    assumed = "which is where it lies" if here else f"assumed: {turn['mode']:.3g}"
    link = "as long as " if holds else "only if "
    return (link, *what, f" is {turn['holds_if']} {turn['turns_at']:.3g} ({assumed}).")


def _conditions_together(entry: Report) -> str:
    """Return which of the conditions hold for all, some and none of the numbers in range."""
    computed = [one for one in entry["conditions"] if "not_computed" not in one]
    parts = []
    for key, words in HOLDS_FOR.items():
        names = [CONDITIONS[one["condition"]] for one in computed if one["holds_for"] == key]
        if names:
            parts.append(f"under {words} in range {' and '.join(names)} {'leave' if len(names) > 1 else 'leaves'} room")
    missing = [CONDITIONS[one["condition"]] for one in entry["conditions"] if "not_computed" in one]
    unsaid = f"; nothing is coded to judge {' and '.join(missing)}" if missing else ""
    return f"Of the known reasons why there may be no such terms, {'; '.join(parts)}{unsaid}." if parts else ""


def _any_procedure(found: Report) -> str:
    """Return what holds whatever the procedure of talks, without shares."""
    after = "Whatever the procedure (after Fey and Ramsay 2011), "
    if found["beliefs_private"]["some_division_suits_all"]:
        return f"{after}some fixed terms suit both under all numbers in their ranges."
    some = found["costs_private"]["some_division_suits_all"]
    costs = "some fixed terms suit both" if some else "no fixed terms suit both in every instance"
    rest = (
        "yet a procedure can end in agreement in nearly all draws"
        if found["least_without_agreement"] <= 0.0
        else "and every procedure leaves some draws without agreement"
    )
    return f"{after}{costs} if only costs are private, and none do if beliefs are private too, {rest}."


def _game_sentences(case: Case, found: Report) -> Iterator[Sentence]:
    """Yield in how many instances somebody who is able to start something would rather, without naming anybody."""
    if "not_computed" in found or not found["starts"]:
        return
    starts = found["starts"]
    texts = {one.id: text_of(one.text) for one in case.no_agreement.scenarios}
    started = [label(f"‹{texts[one]}›") for one in dict.fromkeys(start["scenario"] for start in starts)]
    rather = sum(bool(start["prefers"]) for start in starts)
    open_ones = sum(start["prefers_for"] == "some" for start in starts)
    yield sentence(
        "The case takes ", count(len(starts), "party", "parties"), " to be able to start ", series(started),
        "; at the most likely of the assumed payoffs and beliefs, of these prefer that to nobody starting anything: ",
        count(rather), "; for whom the ranges leave it open: ", count(open_ones), ".",
    )  # fmt: skip
