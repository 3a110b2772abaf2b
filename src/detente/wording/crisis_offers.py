"""What either side could offer once, in sentences: under whose beliefs, how often it would be refused, what turns it.

Both sides are proposers in turn and are told alike. A chance of refusal is one under a side's beliefs as the case codes
them, never a chance of war.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.wording.naming import Naming

Report = Mapping[str, Any]

NUMBERS: Mapping[str, str] = {
    "own_cost": "what fighting costs {side}",
    "own_chance": "the chance, as {side} believes, that it prevails",
    "other_chance": "the chance, as {side} believes, that it prevails",
    "belief": "the likeliest cost that is thought to be that of {side}",
}


def offers_lines(case: Case, entry: Report) -> Iterator[str]:
    """Yield the offers of both sides of a confrontation as lines of text, indented under it."""
    offers = entry.get("offers")
    if offers is None:
        return
    yield f"  {procedure_words(offers['any_procedure'])}"
    yield "  One offer, or fighting (each side believes of the other's cost what cost_as_seen says):"
    for one in offers["once"]:
        if "not_computed" in one:
            yield f"    {one['not_computed']}"
            continue
        yield from (f"    {line}" for line in _lines(case, one))
    if words := both_private_words(offers["both_private"]):
        yield f"    {words}"


def _lines(case: Case, one: Report) -> Iterator[str]:
    yield offer_words(case, one)
    found = one["offer"]
    if found is not None:
        names = Naming(case)
        proposer, other = names.the(one["proposer"]).text, names.the(one["other"]).text
        yield (
            f"  By {other}'s own cost in the case it would be refused in {_percent(found['refusal_by_own_cost'])} of "
            f"draws. To know that cost would be worth {found['knowing_is_worth']:.3f} of the stake to {proposer}."
        )
    yield from (f"  {line}" for line in _package_lines(case, one))
    if words := round_words(case, one):
        yield f"  {words}"
    for turn in one["turns"]:
        if turn["within_its_range"]:
            yield f"  {turn_words(case, one, turn)}"


def procedure_words(found: Report) -> str:
    """Return what holds for every procedure in which nobody is bound to what it likes less than fighting."""
    costs, beliefs = found["costs_private"], found["beliefs_private"]
    if beliefs["some_division_suits_all"]:
        return (
            "Whatever the procedure: some fixed division is preferred to fighting by both sides under all numbers in "
            f"their ranges (room of {beliefs['margin']:.3f})."
        )
    first = (
        f"if only costs are known to each side alone, some fixed division suits both whatever they are (room of "
        f"{costs['margin']:.3f})"
        if costs["some_division_suits_all"]
        else f"even if only costs are known to each side alone, no fixed division suits both whatever they are "
        f"({-costs['margin']:.3f} is missing)"
    )
    text = (
        f"Whatever the procedure: {first}; if its belief in its own chance is known to each alone too, none does "
        f"({-beliefs['margin']:.3f} is missing)"
    )
    if found["least_without_agreement"] <= 0.0:
        return f"{text}, though the numbers at fault are so rare that a procedure can agree in nearly all draws."
    return (
        f"{text}, and every procedure leaves {_percent(found['least_without_agreement'])} of draws or more without "
        f"agreement (in {_percent(found['no_division_exists'])} no division is preferred to fighting by both)."
    )


def both_private_words(found: Report) -> str:
    """Return how often sealed offers would agree; empty where nothing is computed."""
    if "not_computed" in found or found["all_known"]["agree"] >= found["any_procedure"]["agree"] == 1.0:
        return ""
    known, best, sealed = found["all_known"], found["any_procedure"], found["sealed_offers"]
    text = (
        f"Both sides' numbers private and every number in range as likely as another: a division that both prefer to "
        f"fighting exists in {_percent(known['agree'])} of draws; the procedure with the greatest gains agrees in "
        f"{_percent(best['agree'])}"
    )
    if sealed is None:
        return f"{text}; the linear rule of sealed offers is no equilibrium over these ranges."
    return f"{text}, sealed offers in {_percent(sealed['agree'])}."


def offer_words(case: Case, one: Report) -> str:
    """Return a side's offer, and how often it would be refused under its beliefs."""
    names = Naming(case)
    proposer, other = names.the(one["proposer"]).text, names.the(one["other"]).text
    found, drawn = one["offer"], one["over_draws"]
    if found is None:
        return (
            f"Under these beliefs no offer to {other} is better for {proposer} than fighting at the most likely "
            f"numbers; one is in {_percent(drawn['with_an_offer'] / drawn['draws'])} of draws."
        )
    text = (
        f"Under these beliefs the offer with the highest expected value for {proposer} keeps {found['keeps']:.3f} of "
        f"the stake for it and would be refused in {_percent(found['refusal'])} of the draws of {other}'s cost"
    )
    if drawn["refusal"] is None:
        return f"{text}."
    low, _, high = drawn["refusal"]
    return f"{text}, in between {_percent(low)} and {_percent(high)} over the ranges of the other numbers."


def round_words(case: Case, one: Report) -> str:
    """Return what becomes of the offer if it can be made again during fighting; empty where that is not computed."""
    found = one["over_rounds"]
    if "not_computed" in found or one["offer"] is None:
        return ""
    parts = [
        f"{_percent(entry['settled'][0])} settle in the first and {_percent(entry['refused'])} in none where what "
        f"comes after a round weighs {entry['weight']:g}"
        for entry in (found["by_weight"][0], found["by_weight"][-1])
    ]
    return (
        f"With {found['rounds']} rounds of offers during fighting instead of one, of the draws of "
        f"{Naming(case).the(one['other']).text}'s cost {'; '.join(parts)}."
    )


def turn_words(case: Case, one: Report, turn: Report) -> str:
    """Return where a number turns the offer."""
    what = NUMBERS[turn["number"]].format(side=Naming(case).the(turn["side"]).text)
    now = f"{what}: {turn['mode']:.3g} now, at {turn['turns_at']:.3g} "
    if turn["kind"] == "no-offer":
        return f"{now}no offer is better for {Naming(case).the(one['proposer']).text} than fighting."
    found = one["offer"]
    seldom = found is not None and found["refusal"] <= 0.05
    return f"{now}the offer turns to one that is refused in {'more' if seldom else 'less'} than 5% of draws."


def _package_lines(case: Case, one: Report) -> Iterator[str]:
    found = one["packages"]
    if "not_computed" in found:
        yield found["not_computed"]
        return
    for reading, unknown in (("certain", "at their worst"), ("possible", "at their best")):
        entry = found[reading]
        if "not_computed" in entry:
            yield entry["not_computed"]
        elif reading == "possible" and found["certain"] == entry:
            continue
        else:
            yield _package_words(case, one, entry, "" if found["certain"] == found["possible"] else unknown)


def _package_words(case: Case, one: Report, entry: Report, unknown: str) -> str:
    reading = f", unknown options {unknown}" if unknown else ""
    proposer = Naming(case).the(one["proposer"]).text
    if entry["offer"] is None:
        return f"Of packages{reading}: none is better for {proposer} than fighting."
    shares = "; ".join(f"{Naming(case).the(side).text} {value:.3f}" for side, value in entry["offer"]["shares"].items())
    return (
        f"Of {entry['tried']:,} packages that no other is better than for both{reading}, that with the highest "
        f"expected value for {proposer} gives, in shares of each side's own stake, {shares}, and would be refused in "
        f"{_percent(entry['offer']['refusal'])} of draws (red lines aside)."
    )


def _percent(share: float) -> str:
    """Return a share in whole percent; a share between 0 and half a percent is below 1%."""
    if 0.0 < share < 0.01:
        return "less than 1%"
    if 0.99 < share < 1.0:
        return "more than 99%"
    return f"{share * 100:.0f}%"
