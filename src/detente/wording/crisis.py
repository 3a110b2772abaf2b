"""The crisis report in sentences: what both sides of a confrontation could prefer to fighting, and what turns that.

Conditions and ranges, said of each side in turn; never a probability of attack, and never who would have to give way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.core.fields import text_of
from detente.wording.crisis_deterrence import deterrence_lines
from detente.wording.crisis_offers import offers_lines
from detente.wording.crisis_power import (
    count_words,
    effects_words,
    power_lines,
    status_quo_lines,
)
from detente.wording.naming import Naming
from detente.wording.sentence import capital

Report = Mapping[str, Any]

EXISTS: Mapping[str, str] = {
    "all": "under all numbers in their ranges",
    "some": "under some numbers in their ranges and not under others",
    "none": "under no numbers in their ranges",
}
SMALL = 0.0005
EDGE = 1e-9
"""Turning values closer than this to a number are where it lies."""

CONDITIONS: Mapping[str, str] = {
    "beliefs": "the difference of beliefs",
    "commitment": "the speed of what moves by itself",
    "indivisibility": "what can be divided",
    "first-strike": "the advantage of striking first",
}
HOLDS_FOR: Mapping[str, str] = {"all": "all numbers", "some": "some numbers", "none": "no numbers"}
NUMBERS: Mapping[str, str] = {
    "win_chance": "the chance, as {side} believes, that {first} prevails",
    "cost": "what fighting costs {side}",
    "first_strike": "what is added for striking first",
    "risk": "the exponent of risk of {side}",
}


def report_lines(case: Case, report: Report) -> Iterator[str]:
    """Yield the report as lines of text."""
    if "not_computed" in report:
        yield f"Not computed: {report['not_computed']}"
        return
    yield from no_agreement_lines(case, report["no_agreement"])
    for entry in report["confrontations"]:
        yield from confrontation_lines(case, entry)
    for one in report["two_numbers"]:
        if abs(one["payoff"] - one["by_the_lottery"]) > SMALL:
            name = Naming(case).the(one["party"]).text
            yield (
                f"Two numbers for fighting [{one['confrontation']}], {name}: payoff of its scenario "
                f"{one['payoff']:.3f}, by chances and costs {one['by_the_lottery']:.3f}. The game uses the first, the "
                "range the second."
            )
    yield from deterrence_lines(case, report["deterrence"])
    yield from (f"Not computed: {one['why']}" for one in report["not_computed_for"])
    yield from (f"Assumed: {said}" for said in report["assumptions"])
    yield from (f"Note: {note}" for note in report["notes"])


def no_agreement_lines(case: Case, found: Report) -> Iterator[str]:
    """Yield what comes about without agreement, and who prefers to start what."""
    if "not_computed" in found:
        yield f"No agreement as a game: not computed. {found['not_computed']}"
        return
    yield "No agreement as a game (who starts something imposes it on all; the gravest that is started comes about):"
    for start in found["starts"]:
        yield f"  {capital(start_words(case, start))}"
        if turned := _start_turns(start):
            yield f"    {turned}"
    undominated = [one for one in found["equilibria"] if not one["dominated_for"]]
    for one in undominated:
        yield f"  {capital(equilibrium_words(case, one))}"
    if not found["equilibria"]:
        yield "  No choice of all in pure strategies lasts: what comes about is open."
    if len(found["equilibria"]) > len(undominated):
        yield (
            f"  {len(found['equilibria']) - len(undominated)} more in which a party does what is never better for it "
            "(--json)."
        )
    differing = [one for one in found["settlement_uses"] if one["differs"]]
    if differing:
        names = ", ".join(Naming(case).the(one["party"]).text for one in differing)
        yield (
            "  `detente settle` takes no agreement as the scenarios that a party believes in, the started ones among "
            f"them. That differs from what follows here for {names}; --json has both."
        )


def start_words(case: Case, start: Report) -> str:
    """Return whether a party prefers to start something."""
    name, what = Naming(case).the(start["party"]).text, _scenario(case, start["scenario"])
    least, most = start["gain_range"]
    which = "to start" if start["prefers"] else "not to start"
    verdict = {
        "all": f"under all numbers in range {name} prefers to start {what}",
        "some": f"{name} prefers {which} {what} at the most likely numbers",
        "none": f"under no numbers in range does {name} prefer to start {what}",
    }[start["prefers_for"]]
    return f"{verdict}: {start['gain']:+.3f} against nobody starting anything ({least:+.3f} to {most:+.3f} in range)."


def equilibrium_words(case: Case, one: Report) -> str:
    """Return an equilibrium in words."""
    if one["comes_about"] is None:
        return "it lasts that nobody starts anything."
    names = [Naming(case).the(party).text for party in one["starts"]]
    starters = " and ".join(names)
    what = _scenario(case, one["comes_about"])
    if len(names) > 1:
        return f"to start {what} is a best reply to the other's starting it, for each of {starters}: that lasts too."
    return f"it lasts that {starters} starts {what}."


def confrontation_lines(case: Case, entry: Report) -> Iterator[str]:
    """Yield one confrontation: the range, its conditions, packages, texts on the table, and what turns it."""
    first, second = (Naming(case).the(side).text for side in entry["sides"])
    yield f"{capital(first)} and {second} [{entry['id']}]:"
    found = entry["range"]
    yield f"  {capital(range_words(first, second, found))}"
    for condition in entry["conditions"]:
        yield f"  {capital(condition_words(case, entry, condition))}"
    yield from _packages(case, entry)
    yield from power_lines(case, entry)
    yield from status_quo_lines(case, entry)
    turns = [one for one in entry["turns"] if one["within_its_range"]]
    if not turns:
        yield "  No number alone opens or closes the range within its own range; several together may."
    if turns:
        yield f"  Numbers that alone {'open' if found['mode']['empty'] else 'close'} the range within their own ranges:"
    for one in turns:
        yield f"    {turn_words(case, entry, one)}"
    yield from offers_lines(case, entry)


def range_words(first: str, second: str, found: Report) -> str:
    """Return the range in words."""
    mode = found["mode"]
    if mode["empty"]:
        at = f"no division of the stake is preferred to fighting by both ({-mode['width']:.3f} of it is missing)"
    else:
        at = (
            f"both prefer to fighting that {first} has {mode['low']:.3f} to {mode['high']:.3f} of the stake and "
            f"{second} the rest"
        )
    return f"{at}, at the most likely numbers; such divisions exist {EXISTS[found['exists']]}."


def condition_words(case: Case, entry: Report, condition: Report) -> str:
    """Return one condition with its margin."""
    if "not_computed" in condition:
        name = condition["condition"].replace("-", " ")
        return f"{name}: not computed. {condition['not_computed']}"
    verdict = "holds" if condition["holds"] else "does not hold"
    verdict += f" at the most likely numbers, for {HOLDS_FOR[condition['holds_for']]} in range"
    if condition["condition"] == "commitment":
        return f"commitment: what moves by itself is slow enough for the side whose chance falls: {verdict}."
    if condition["condition"] == "indivisibility":
        return f"indivisibility: a whole package lies in the range: {verdict}.{_lottery(condition)}"
    if condition["condition"] == "beliefs":
        return (
            f"beliefs: costs together ({condition['costs']:.3f}) are at least the amount by which both sides' chances "
            f"add up to more than 1 ({condition['optimism']:.3f}): {verdict}, margin {condition['margin']:+.3f}."
        )
    lowering = condition["restored_by"]["effects"]
    eased = f" What lowers it, by options of the case: {effects_words(case, entry, lowering)}." if lowering else ""
    critical = "any size" if condition["critical"] is None else f"{condition['critical']:.3f}"
    size = f"{condition['advantage']:.3f}"
    return f"first strike: an advantage of {size}, where there is room up to {critical}: {verdict}.{eased}"


def _lottery(condition: Report) -> str:
    found = condition["restored_by"]["lottery"]
    if condition["holds_for"] == "all":
        return ""
    if found is None:
        return " Nor is there a lottery over everything that both would prefer: they differ too much over the odds."
    return (
        " A lottery over everything in which the first side wins with a chance of "
        f"{found['low']:.3f} to {found['high']:.3f} would be preferred to fighting by both, if they could be held to "
        "it."
    )


def turn_words(case: Case, entry: Report, one: Report) -> str:
    """Return where a number turns the range."""
    first = Naming(case).the(entry["sides"][0]).text
    side = "" if one["side"] is None else Naming(case).the(one["side"]).text
    what = NUMBERS[one["number"]].format(side=side, first=first)
    return f"{what}: {one['mode']:.3g} now, turns at {one['turns_at']:.3g}"


def _packages(case: Case, entry: Report) -> Iterator[str]:
    found = entry["packages"]
    if "not_computed" in found:
        yield f"  {found['not_computed']}"
        return
    certain, possible = (found[key]["preferred_by_both"] for key in ("certain", "possible"))
    number = (
        count_words(certain)
        if certain == possible
        else f"{count_words(certain)} surely, {count_words(possible)} possibly"
    )
    total = f"{int(found['total']):,}"
    yield f"  Of {total} packages of what is at stake, both prefer to fighting: {number} (red lines aside)."


def _scenario(case: Case, scenario: str) -> str:
    found = next(one for one in case.no_agreement.scenarios if one.id == scenario)
    return f"‹{text_of(found.text)}›"


def _start_turns(start: Report) -> str:
    turns = [one for one in start["turns"] if one["within_its_range"]]
    if not turns:
        return ""
    said = "; ".join(
        f"{one['number']} of {one['scenario']} {one['mode']:.3g}, turns at {one['turns_at']:.3g}" for one in turns
    )
    return f"Within its own range this turns by: {said}."
