"""The signals report in sentences: what each signal costs and binds, what it can tell, and where each answer turns.

Nobody's mind is read: a sentence says what would follow for whom at which numbers, and which number drives it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from detente.case.case import Case
from detente.wording.naming import Naming, short_name
from detente.wording.sentence import Run, Sentence, capital, count, label, sentence

Report = Mapping[str, Any]

KINDS = {
    "sunk": "sunk",
    "tied": "tied to going back",
    "chance": "moving the chance in a confrontation",
}
SOME = "at some numbers in range"
NONE = "at no numbers in range"
EARLY = 0.01
"""Horizons below this share of the audience costs count as the beginning."""
AT = {"at all numbers in range": "at all numbers in range", "at some": SOME, "at none": NONE}
ASSUMED = "All numbers are the case's judgements, on each party's own scale, and are not compared between parties."


def report_lines(case: Case, report: Report) -> Iterator[str]:
    """Yield the report as lines of text."""
    yield from _signals(case, report)
    yield from _contests(case, report)
    yield from _words(case, report)
    yield from _offers(case, report)
    yield from _pledges(case, report)
    yield from _not_computed(case, report)
    yield ASSUMED
    yield from (f"Assumed: {said}" for said in report["assumptions"])


def span_words(span: Report | None) -> str:
    """Return a range in words.

    Examples
    --------
    >>> span_words({"low": 0.02, "mode": 0.08, "high": 0.2})
    '0.08 (0.02 to 0.2)'
    """
    if span is None:
        return "not known"
    if span["low"] == span["high"]:
        return _number(span["mode"])
    return f"{_number(span['mode'])} ({_number(span['low'])} to {_number(span['high'])})"


def _number(value: float) -> str:
    return f"{value + 0.0:.3g}"


def _the(case: Case, party: str) -> str:
    return Naming(case).the(party).text


def _all(case: Case, parties: Sequence[str]) -> str:
    names = [_the(case, party) for party in parties]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _signals(case: Case, report: Report) -> Iterator[str]:
    if not report["signals"]:
        return
    yield "Signals: what they cost their party, likeliest number first, then the range"
    for one in report["signals"]:
        channel = "in public" if one["public"] else "in private"
        to = f" to {_all(case, one['to'])}" if one["to"] else ""
        yield f"  {short_name(case, one['party'])}: {one['text']} [{one['id']}; {channel}{to}]"
        yield from (f"    {line}" for line in signal_lines(case, one))


def signal_lines(case: Case, one: Report) -> Iterator[str]:
    """Yield what one signal costs and binds, and what it takes to be believed."""
    if not one["kinds"]:
        yield "Its words cost nothing: the case names no cost, no audience and no change of a chance."
        return
    yield f"Kinds of cost: {', '.join(KINDS[kind] for kind in one['kinds'])}."
    if one["sunk"] is not None:
        yield f"Lost whatever follows: {span_words(one['sunk'])}."
    if "tied" in one["kinds"]:
        yield from _reversal(one)
    if "chance" in one["kinds"]:
        worth = "" if one["moved"] is None else f", worth {span_words(one['moved'])} to it if it comes to that"
        yield f"Added to its chance: {span_words(one['win_chance'])}{worth}."
    yield from _hearers(case, one)
    if (needed := one["needed"]) is not None:
        name = _the(case, one["party"])
        yield (
            f"After Fearon (1997): to {_the(case, needed['hearer'])} a signal sets apart a sender that would not give "
            f"way from a cost of going back of {span_words(needed['tied'])} on, or a sunk cost of "
            f"{span_words(needed['sunk'])}. Going back costs as much {AT[needed['by_tying']]}; as much is sunk "
            f"{AT[needed['by_sinking']]}."
        )
        yield (
            f"  What drives this: win_chance and cost of {name} in crisis.confrontations {needed['confrontation']}, "
            f"and the share of hearers that a sure fight would not deter ({_number(needed['determined'])}); it turns "
            "where the two ranges cross."
        )
    elif one["not_weighed"] is not None:
        yield f"What it would take to be believed is not computed: {one['not_weighed']}"


def _hearers(case: Case, one: Report) -> Iterator[str]:
    """Yield what the words alone, without their cost, would tell those to whom they are said."""
    parts = []
    for hearer in one["hearers"]:
        if hearer["words_tell"] is not None:
            share = "nothing" if hearer["words_tell"] == 0 else f"{_number(hearer['words_tell'])} of what it knows"
            parts.append(f"{_the(case, hearer['party'])} {share}")
    if parts:
        yield f"As words alone, by how far interests go together, it would tell {', '.join(parts)}."


def _reversal(one: Report) -> Iterator[str]:
    used, other = ("in_public", "in_private") if one["public"] else ("in_private", "in_public")
    cost = one["reversal"]
    before = ", ".join(audience["text"] for audience in one["audiences"])
    heard = f" before {before}" if before else ""
    yield f"Going back on it costs {span_words(cost[used])}{heard}."
    said = "said in public" if other == "in_public" else "said in private"
    if one["audiences"]:
        if cost[other] is None:
            missing = [a["id"] for a in one["audiences"] if a["after_private"] is None]
            yield f"The same {said}: not known; crisis.audiences {', '.join(missing)} gives no after_private."
        else:
            yield f"The same {said} would cost {span_words(cost[other])}."


def _contests(case: Case, report: Report) -> Iterator[str]:
    for one in report["contests"]:
        names = [_the(case, side["party"]) for side in one["sides"]]
        yield f"Contest {one['confrontation']}: {names[0]} and {names[1]}"
        for side in one["sides"]:
            yield from (f"  {line}" for line in _side(case, side))
        yield from (f"  {line}" for line in nerves_lines(case, one))
        yield from (f"  {line}" for line in _attrition(case, one))


def _side(case: Case, side: Report) -> Iterator[str]:
    name = capital(_the(case, side["party"]))
    yield (
        f"{name}: its own way is worth {span_words(side['prevails'])} to it, to give way "
        f"{span_words(side['gives_way'])}, a confrontation {span_words(side['fight'])}."
    )
    critical = side["critical_risk"]
    if critical["low"] is None or critical["low"] >= 1:
        yield "  At all numbers in range it puts a confrontation above giving way, so no risk of one moves it."
    else:
        beyond = critical["high"] is None or critical["high"] > 1
        some = f"{_number(critical['low'])}, at other numbers in range up to any: it then puts one above giving way"
        risk = some if beyond else span_words(critical)
        yield f"  It would rather hold out up to a risk of a confrontation of {risk}."
    if (listened := side["listened"]) is not None:
        yield (
            "  After Farrell and Gibbons (1989): public words can tell whether it would hold out from an audience "
            f"cost of {span_words(listened['needed'])} on, what it would gain by being believed; its audiences take "
            f"{span_words(side['audience'])}: as much {AT[listened['disciplined']]}."
        )


def nerves_lines(case: Case, one: Report) -> Iterator[str]:
    """Yield how far a public contest can run, and what turns it."""
    found = one["nerves"]
    if found is None:
        return
    names = [_the(case, side["party"]) for side in one["sides"]]
    spread = found["horizon_range"]
    ends = "" if spread is None else f" ({_number(spread[0])} to {_number(spread[1])} over the ranges)"
    within = "within" if found["horizon"] <= 1 else "beyond"
    start = "almost from the beginning: " if found["horizon"] < EARLY else ""
    yield (
        f"After Fearon (1994): both are locked in {start}once {_number(found['horizon'])} times the public audience "
        f"costs stand{ends}, {within} what the case takes them to cost; from there on nobody is left who would give "
        f"way. That it lies {within} turns if both costs were {_number(found['horizon'])} times as large."
    )
    at_once = [place for place in (0, 1) if found["gives_way_at_once"][place] > 0]
    if not at_once:
        yield "  Neither side would give way at the very beginning under these beliefs."
        return
    turns = [
        f"{what} of {_number(turn)} for {names[place]}"
        for key, what in (("turns_at", "an audience cost"), ("turns_at_gives_way", "a worth of giving way"))
        for place, turn in enumerate(found[key])
        if turn is not None
    ]
    said = (
        f"turns at {', or '.join(turns)}" if turns else "turns at no audience cost, and no worth of giving way, of one"
    )
    yield f"  Under these beliefs {names[at_once[0]]} alone could give way at the very beginning; this {said}."


def _attrition(case: Case, one: Report) -> Iterator[str]:
    found = one["attrition"]
    if found is None:
        return
    yield (
        f"War of attrition with known values: it lasts {_number(found['years'])} years on average. In this equilibrium "
        "the side that values its way more gives way sooner: an artefact of mixing; do not read off who outlasts whom."
    )


def _words(case: Case, report: Report) -> Iterator[str]:
    words = report["words"]
    if not words["pairs"]:
        yield (
            "Words that cost nothing: no issue has an axis (a value of each option) on which two parties have one "
            "ideal each, so the number of statements that can be told apart is not computed."
        )
        return
    yield "Words that cost nothing, after Crawford and Sobel (1982): statements that can be told apart"
    for one in words["pairs"]:
        count = one["statements"]
        told = "without bound" if count is None else "1, which tells nothing" if count == 1 else str(count)
        pair = " and ".join(_the(case, party) for party in one["parties"])
        yield f"  {Naming(case).file(one['issue']).text}, {pair}: {_number(one['distance'])} of the axis apart; {told}."
    yield "  On all other issues options have no distance: an order of options is no axis."


def _offers(case: Case, report: Report) -> Iterator[str]:
    if report["offers"]:
        yield "Texts on the table: who would gain if they were accepted, over no agreement"
    for one in report["offers"]:
        yield from (f"  {line}" for line in offer_lines(case, one))


def offer_lines(case: Case, one: Report) -> Iterator[str]:
    """Yield who would gain by a text, what each answer to it would tell, and what tells intentions apart."""
    author, *others = one["parties"]
    name = _the(case, author["party"])
    yield f"{one['text']} of {name}:"
    yield (
        f"  its author gains {AT[author['gains']['whatever']]}"
        + (f" ({AT[author['gains']['likely']]} at the likely ones)" if _differ(author) else "")
        + "."
    )
    groups: dict[str, list[str]] = {"at all numbers in range": [], "at some": [], "at none": []}
    for other in others:
        groups[other["gains"]["likely"]].append(_the(case, other["party"]))
    said = {
        "at all numbers in range": "gain whatever the text leaves open",
        "at some": "gain or not by what it leaves open",
        "at none": "would not gain",
    }
    parts = [f"{', '.join(names)}: {said[key]}" for key, names in groups.items() if names]
    yield f"  Of the others, at the likely numbers, {'; '.join(parts)}."
    never = [_the(case, other["party"]) for other in others if other["gains"]["whatever"] == "at none"]
    if never:
        yield f"  At no numbers in range would gain: {', '.join(never)}."
    yield f"  {_tells(one)}"
    if one["core"]:
        files = ", ".join(Naming(case).file(issue).text for issue in one["core"])
        yield f"  What would tell intentions apart: what its author does with what nobody on record refuses: {files}."
    else:
        yield "  It has no part that nobody on record refuses and everybody concerned has spoken on."


def _differ(party: Report) -> bool:
    return bool(party["gains"]["whatever"] != party["gains"]["likely"])


def _tells(one: Report) -> str:
    author = one["parties"][0]["gains"]
    asked = [other for other in one["parties"][1:] if other["addressed"]] or one["parties"][1:]
    if author["likely"] == "at none":
        return (
            "Accepted, it would leave its author worse off than no agreement at the likely numbers: either they are "
            "not its numbers, or it did not count on acceptance."
        )
    if all(other["gains"]["likely"] == "at none" for other in asked):
        return (
            "None of those it is addressed to would gain by it at the likely numbers, so a refusal was to be expected "
            "and tells nothing of its author: an opening demand and a text made to be refused look alike."
        )
    return (
        "Some of those it is addressed to could gain by it, so an acceptance is possible, and its author would be held "
        "to it; a refusal tells more of who refuses than of its author."
    )


def _pledges(case: Case, report: Report) -> Iterator[str]:
    if not report["pledges"]:
        return
    yield (
        "Pledges: from which cost of going back on they hold against the package that its party likes most among those "
        "that break them, over lists and readings of the others' red lines"
    )
    grouped: dict[tuple[str, str], list[Report]] = {}
    for one in report["pledges"]:
        grouped.setdefault((one["statement"], one["party"]), []).append(one)
    for (statement, party), rows in grouped.items():
        first = rows[0]
        options = ", ".join(Naming(case).option(first["issue"], option).text for option in first["closed"])
        yield f"  {short_name(case, party)} on {Naming(case).file(first['issue']).text} closes {options} [{statement}]"
        if first["packages"]:
            yield f"    Of what is on the table it takes out of reach: {', '.join(first['packages'])}."
        yield f"    Going back on it costs {_cost(first)}."
        yield from (f"    {line}" for line in holding_lines(case, rows))


def _cost(one: Report) -> str:
    if one["going_back"] is not None:
        return f"{span_words(one['going_back'])} ({', '.join(one['audiences'])})"
    if one["audiences_without_number"]:
        return (
            f"what is not known: crisis.audiences {', '.join(one['audiences_without_number'])} gives no after_private"
        )
    shared = "" if one["channel"] == "private" else ", and there is no shared.audience_cost"
    return f"what is not known: crisis.audiences lists none of its party{shared}"


def holding_lines(case: Case, rows: Sequence[Report]) -> Iterator[str]:
    """Yield from which cost on one pledge holds, over the consent lists and readings in which it was weighed."""
    tested = [one for one in rows if one["breaks"] is not None]
    if len(tested) < len(rows):
        named = Naming(case).lists(list(dict.fromkeys(one["consent"] for one in rows if one["breaks"] is None)))
        readings = " and ".join(dict.fromkeys(one["reading"] for one in rows if one["breaks"] is None))
        yield f"Under {named.text} with {readings} no package that breaks it is left, so nothing tests it."
    if not tested:
        return
    kept = [one["holds_from"] for one in tested if one["keeps"] is not None]
    if kept:
        yield f"While packages that keep it are to be had, it holds {_from(min(kept), max(kept))}."
    alone = [one["holds_from_alone"] for one in tested]
    verdicts = list(dict.fromkeys(AT[one["holds_alone"]] for one in tested if one["holds_alone"] is not None))
    said = f": its audiences take as much {' or '.join(verdicts)}" if verdicts else ""
    yield f"If no agreement is all else that is to be had, it holds {_from(min(alone), max(alone))}{said}."


def _from(low: float, high: float) -> str:
    if high == 0:
        return "at any cost"
    if low == high or _number(low) == _number(high):
        return f"from {_number(high)} on"
    return f"from {_number(low)} to {_number(high)} on, by the list"


def _not_computed(case: Case, report: Report) -> Iterator[str]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for one in report["not_computed"]:
        about = [str(item) for item in one["about"]]
        grouped.setdefault((one["part"], one["reason"]), []).append(" and ".join(about))
    for (part, reason), about in grouped.items():
        named = [name for name in dict.fromkeys(about) if name]
        shown = "; ".join(named[:3]) + (f"; {len(named) - 3} more" if len(named) > 3 else "")
        yield f"Not computed, {part}{f' ({shown})' if shown else ''}: {reason}"


def annex_sentences(case: Case, report: Report) -> Iterator[Sentence]:
    """Yield what the models of signals say, for the annex, with what each rests on and after whom it is."""
    signals = report["signals"]
    if signals:
        ties = sum("tied" in one["kinds"] for one in signals)
        sinks = sum("sunk" in one["kinds"] for one in signals)
        yield sentence(
            "The case lists ",
            count(len(signals), "signal"),
            ". Where going back would cost their party: ",
            count(ties),
            "; where part of the cost is lost whatever follows: ",
            count(sinks),
            ". These costs are judged.",
            because=[ground for one in signals for ground in one["because"]],
        )
    for one in signals:
        if (needed := one["needed"]) is not None:
            yield sentence(
                "After Fearon (1997), a signal to ",
                Naming(case).the(needed["hearer"]),
                f" sets apart a sender that would not give way once going back costs {span_words(needed['tied'])}; "
                f"going back on ",
                _quoted(one),
                f" costs as much {AT[needed['by_tying']]}.",
                because=one["because"],
            )
    for contest in report["contests"]:
        first, second = (Naming(case).the(side["party"]) for side in contest["sides"])
        for line in islice(nerves_lines(case, contest), 1):  # who would give way is no line for a brief
            yield sentence("In a public contest between ", first, " and ", second, f", {line[:1].lower()}{line[1:]}")


def turning_sentences(case: Case, report: Report) -> Iterator[Sentence]:
    """Yield the breakpoints: which number would have to lie where for an answer to turn."""
    for one in report["signals"]:
        needed, used = one["needed"], _used(one)
        if needed is not None and used is not None and needed["by_tying"] == "at some":
            yield sentence(
                "The signal ",
                _quoted(one),
                " sets apart a sender that would not give way as long as going back on it costs ",
                Naming(case).the(one["party"]),
                f" at least {_number(needed['tied']['mode'])} at the likely numbers of a confrontation; it is taken to "
                f"cost {span_words(used)}, which is {'as much' if used['mode'] >= needed['tied']['mode'] else 'less'}.",
                because=one["because"],
            )


def _quoted(one: Report) -> Run:
    """Return a signal in the words of the case, marked as a label."""
    return label(f"‹{one['text']}›")


def _used(one: Report) -> Report | None:
    found: Report | None = one["reversal"]["in_public" if one["public"] else "in_private"]
    return found
