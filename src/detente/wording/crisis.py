"""The crisis report in sentences: what both sides of a confrontation could prefer to fighting, and what turns that.

Conditions and ranges, said of each side in turn; never a probability of attack, and never who would have to give way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.core.fields import text_of
from detente.wording.crisis_offers import offers_lines
from detente.wording.naming import Naming
from detente.wording.sentence import Sentence, capital, sentence

Report = Mapping[str, Any]

EXISTS: Mapping[str, str] = {
    "all": "under all numbers in their ranges",
    "some": "under some numbers in their ranges and not under others",
    "none": "under no numbers in their ranges",
}
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
        yield f"  {capital(condition_words(condition))}"
    yield from _packages(case, entry)
    turns = [one for one in entry["turns"] if one["within_its_range"]]
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


def condition_words(condition: Report) -> str:
    """Return one condition with its margin."""
    if "not_computed" in condition:
        return f"{condition['condition']}: not computed. {condition['not_computed']}"
    verdict = "holds" if condition["holds"] else "does not hold"
    if condition["condition"] == "beliefs":
        return (
            f"beliefs: costs together ({condition['costs']:.3f}) exceed by how much both sides' chances add up to more "
            f"than 1 ({condition['optimism']:.3f}): {verdict}, margin {condition['margin']:+.3f}."
        )
    critical = "any size" if condition["critical"] is None else f"{condition['critical']:.3f}"
    return f"first strike: an advantage of {condition['advantage']:.3f} leaves room up to {critical}: {verdict}."


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
    number = _count(certain) if certain == possible else f"{_count(certain)} surely, {_count(possible)} possibly"
    total = f"{int(found['total']):,}"
    yield f"  Of {total} packages of what is at stake, both prefer to fighting: {number} (red lines aside)."
    for text in found["tabled"]:
        shares = "; ".join(f"{Naming(case).the(side).text} {_span(text['shares'][side])}" for side in entry["sides"])
        yield f"    {text['text']}, in shares of each side's own stake: {shares}"


def _count(found: Any) -> str:
    return f"{int(found):,}" if isinstance(found, str) else f"{int(found['low']):,} to {int(found['high']):,}"


def _span(shares: Sequence[float]) -> str:
    low, high = shares
    return f"{low:.3f}" if abs(high - low) < 0.0005 else f"{low:.3f} to {high:.3f}"


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


def annex_sentences(case: Case, report: Report) -> Iterator[Sentence]:
    """Yield what the annex of a brief says of confrontations: ranges, on which assumptions, after which source."""
    if "not_computed" in report:
        return
    naming = Naming(case)
    for entry in report["confrontations"]:
        first, second = (naming.the(side).text for side in entry["sides"])
        yield sentence(range_words(first, second, entry["range"]))
        for condition in entry["conditions"]:
            if "not_computed" not in condition:
                yield sentence(condition_words(condition))
    if report["confrontations"]:
        yield sentence(
            "The bargaining range is that of Fearon (1995), reproduced in the tests; each side counts with its own "
            "beliefs and costs, which are assumed. It is a condition and says nothing of how likely fighting is."
        )


def turning_sentences(case: Case, report: Report) -> Iterator[Sentence]:
    """Yield how far the assumed numbers may move before a range opens or closes."""
    if "not_computed" in report:
        return
    for entry in report["confrontations"]:
        state = "empty" if entry["range"]["mode"]["empty"] else "not empty"
        names = " and ".join(Naming(case).the(side).text for side in entry["sides"])
        for one in entry["turns"]:
            if one["within_its_range"]:
                side = "below" if one["turns_at"] > one["mode"] else "above"
                what = turn_words(case, entry, one).split(":", maxsplit=1)[0]
                yield sentence(
                    f"the range between {names} stays {state} as long as {what} is {side} {one['turns_at']:.3g}"
                    f" (assumed: {one['mode']:.3g})."
                )
