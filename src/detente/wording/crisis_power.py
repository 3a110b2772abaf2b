"""Power that a deal or time moves, in sentences: texts, dates, trends, arming, and the status quo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.core.fields import text_of
from detente.wording.naming import Naming
from detente.wording.sentence import capital

Report = Mapping[str, Any]

SMALL = 0.0005
PREFERRED: Mapping[str, str] = {
    "yes": "at least what fighting is worth to it",
    "no": "less than what fighting is worth to it",
    "open": "more or less than what fighting is worth to it, by what the text leaves open",
}
RANGE: Mapping[str, str] = {
    "all": "so under all numbers in range",
    "some": "under some numbers in range more, under others less",
    "none": "so under all numbers in range",
}
GIVES: Mapping[str, str] = {
    "yes": "The text gives it as much.",
    "no": "The text does not give it as much.",
    "open": "Whether the text gives it as much hangs on what it leaves open.",
}
DISSATISFIED: Mapping[str, str] = {
    "all": "fighting is worth more to it than the status quo under all numbers in range",
    "some": "fighting is worth more to it than the status quo under some numbers in range",
    "none": "the status quo is worth at least as much to it as fighting under all numbers in range",
}


def power_lines(case: Case, entry: Report) -> Iterator[str]:
    """Yield what texts, dates and time do to one confrontation."""
    power = entry["power"]
    yield from _texts(case, entry)
    if "not_computed" not in power["packages"]:
        certain, possible = power["packages"]["certain"], power["packages"]["possible"]
        number = count_words(certain) if certain == possible else f"{count_words(certain)} to {count_words(possible)}"
        if any(text["effects"] for text in power["texts"]):
            yield (
                f"  Packages that both prefer to fighting before they are signed and once their effects on power are "
                f"there: {number}."
            )
    for point in power["turning_points"]:
        come, other = point["range_if_it_comes"], point["range_if_not"]
        yield f"  {point['on']}, {point['text']}: range {_room(come)} if it comes, {_room(other)} if not."
    yield from trend_lines(case, entry)
    yield from _patience(case, entry)
    yield from _arming(case, power["arming"])


def _texts(case: Case, entry: Report) -> Iterator[str]:
    shares = {text["text"]: text["shares"] for text in entry["packages"].get("tabled", ())}
    for text in entry["power"]["texts"]:
        before, after = text["preferred"]["before"], text["preferred"]["after"]
        sides = "; ".join(
            f"worth {_span(shares[text['text']][side])} of its stake to {Naming(case).the(side).text}: "
            f"{_change(before[side], after[side])} ({RANGE[text['preferred_for'][side]]})"
            for side in entry["sides"]
        )
        yield f"    {text['text']}: {sides}."
        sure = [one["id"] for one in text["effects"] if one["applies"] == "certain"]
        if sure:
            brought = effects_words(case, entry, sure)
            after_it = _room(text["range_after"])
            yield f"      As the case judges, it brings about {brought}; the range is then {after_it}."
        maybe = [one["id"] for one in text["effects"] if one["applies"] == "possible"]
        if maybe:
            yield f"      What it leaves open may bring about {effects_words(case, entry, maybe)}."
        if text["shift"] is not None and "not_computed" not in text["shift"]:
            for stretch in text["shift"]["stretches"]:
                yield f"      {capital(stretch_words(case, stretch))} {GIVES[stretch['gives_enough']]}"


def _change(before: str, after: str) -> str:
    if before == after:
        return PREFERRED[before]
    return f"{PREFERRED[before]}; once its effects are there, {PREFERRED[after]}"


def effects_words(case: Case, entry: Report, effects: Sequence[str]) -> str:
    """Return effects of a confrontation in the words of the case."""
    assert case.crisis is not None
    one = next(one for one in case.crisis.confrontations if one.id == entry["id"])
    return ", ".join(f"‹{text_of(effect.text)}›" for effect in one.effects if effect.id in effects)


def trend_lines(case: Case, entry: Report) -> Iterator[str]:
    """Yield how the chance moves without agreement, against what patience lets the declining side wait for."""
    trend = entry["power"]["trend"]
    if "not_computed" in trend:
        return
    for stretch in trend["stretches"]:
        yield f"  Without agreement: {stretch_words(case, stretch)}"
    for turn in trend["turns"]:
        if turn["within_its_range"]:
            yield f"    This turns within its own range by {trend_turn_words(case, turn)}."


def stretch_words(case: Case, stretch: Report) -> str:
    """Return one stretch of a shift of power against its limit."""
    if stretch["declining"] is None:
        return "nothing moves."
    name = Naming(case).the(stretch["declining"]).text
    when = f"from year {stretch['from_year']:.3g} to {stretch['to_year']:.3g}"
    if stretch["speed"] is None:
        return (
            f"at year {stretch['from_year']:.3g} the chance of {name} falls at once, which leaves it no time in which "
            "anything could make up for that."
        )
    if stretch["holds"]:
        return (
            f"{when} the chance of {name} falls by {abs(stretch['speed']):.3f} a year, not faster than the "
            f"{stretch['limit']:.3f} up to which something in the meantime makes up for that; it needs "
            f"{max(stretch['needed_meanwhile'], 0.0):.3f} of the stake."
        )
    years = stretch["shortest_years"]
    needs = "" if years is None else f" The same shift would have to take {years:.3g} years at least."
    procedure = "" if stretch["holds_by_some_procedure"] else " Nor does it under any other procedure."
    return (
        f"{when} the chance of {name} falls by {abs(stretch['speed']):.3f} a year, faster than {stretch['limit']:.3f}: "
        f"if the other side makes the offers, nothing in the meantime makes up for that.{procedure}{needs}"
    )


def trend_turn_words(case: Case, turn: Report) -> str:
    """Return where a number turns the condition on a trend."""
    side = "" if turn["side"] is None else Naming(case).the(turn["side"]).text
    what = {
        "rate": f"the rate at which {side} discounts what is later",
        "cost": f"what fighting costs {side}",
        "years": "the years that the shift takes",
        "win_chance": "the size of the shift",
    }[turn["number"]]
    return f"{what}: {turn['mode']:.3g} now, turns at {turn['turns_at']:.3g}"


def _patience(case: Case, entry: Report) -> Iterator[str]:
    found = entry["power"]["patience"]
    if "not_computed" in found:
        return
    first = Naming(case).the(entry["sides"][0]).text
    bound = ", and fighting as a way out changes nothing"
    if found["fighting_binds"]:
        bound = f"; fighting as a way out makes it {found['share_with_fighting_outside']:.3f}"
    share = f"{found['share_by_patience']:.3f}"
    yield f"  If offers follow each other fast, patience alone gives {first} {share} of the stake{bound}."


def _arming(case: Case, choices: Sequence[Report]) -> Iterator[str]:
    texts = {signal.id: text_of(signal.text) for signal in (case.crisis.signals if case.crisis else ())}
    for one in choices:
        name = Naming(case).the(one["party"]).text
        yield (
            f"  Arming as a choice, {name}, ‹{texts[one['signal']]}› (adds {one['gain']:.3g} to its chance, costs "
            f"{one['cost']:.3g}): {one['if_seen']} if it is seen in time; {one['if_unseen']} if not."
        )


def status_quo_lines(case: Case, entry: Report) -> Iterator[str]:
    """Yield which side could be dissatisfied with the status quo."""
    found = entry["status_quo"]
    if "not_computed" in found:
        return
    said = "; ".join(
        f"{Naming(case).the(side).text}: {DISSATISFIED[found['dissatisfied'][side]]}" for side in entry["sides"]
    )
    yield f"  Power and benefits: {said}."


def count_words(found: Any) -> str:
    """Return a count, or its bounds."""
    return f"{int(found):,}" if isinstance(found, str) else f"{int(found['low']):,} to {int(found['high']):,}"


def _span(shares: Sequence[float]) -> str:
    low, high = shares
    return f"{low:.3f}" if abs(high - low) < SMALL else f"{low:.3f} to {high:.3f}"


def _room(found: Report) -> str:
    if found["empty"]:
        return f"empty ({-found['width']:.3f} missing)"
    return f"{found['low']:.3f} to {found['high']:.3f}"
