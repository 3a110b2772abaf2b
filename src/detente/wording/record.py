"""The record of events in sentences: how many acts, which came after which, and what the record is too thin to say.

What follows is never called an answer to what came before as if that were known, and no sum is set off against another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.core.dates import interval_of
from detente.core.fields import text_of
from detente.wording.naming import Naming, rotated
from detente.wording.sentence import Part, Run, Sentence, label, quoted, sentence, separated, series
from detente.wording.statements import short_day

Report = Mapping[str, Any]

SIGN_WORDS = {"conflict": "acts of conflict", "cooperation": "acts of cooperation"}

SEQUENCE_ONLY = (
    "Dates tell which act came after which, not which was a reaction, and the record is not the whole of what happened."
)

LEFT_OUT = {
    "disputed": "whose author is disputed",
    "not_coded": "without a code on the scale",
    "one_sided": "without an actor or a target",
    "before": "from before these days",
    "ahead": "that had not happened by then",
}


def actor_name(case: Case, actor: str) -> Run:
    """Return a party as it stands in a sentence, or what the record calls an actor that is no party."""
    if actor in case.party:
        return Naming(case).the(actor)
    return label(text_of(case.actors[actor]) if actor in case.actors else actor)


def covered(report: Report) -> Sentence:
    """Return which days are covered and what of the record is left out of them."""
    left = [(str(len(ids)), f" {LEFT_OUT[why]}") for why, ids in report["left_out"].items() if ids]
    return sentence(
        f"Events from {_day(report['first'])} to {_day(report['last'])}",
        *(("; left out of the counts: ", series(left)) if left else ()),
        ".",
    )


def acts_sentence(case: Case, entry: Report) -> Sentence:
    """Return how many acts of one party towards another there are, the two sides of the scale apart."""
    return sentence(
        actor_name(case, entry["of"]),
        " towards ",
        actor_name(case, entry["towards"]),
        f": {_acts(entry['total'])}, ",
        separated(
            [
                f"{entry[sign]['acts']} of {sign}"
                + (f" (sum {_points(entry[sign]['sum'])})" if entry[sign]["acts"] else "")
                for sign in SIGN_WORDS
            ],
            ", ",
        ),
        f", {entry['neutral']} at zero.",
    )


def follows_sentence(case: Case, entry: Report, report: Report) -> Sentence:
    """Return how often acts of one party are followed by acts of the other, against any other time; or why not."""
    days = report["within_days"]
    who = (actor_name(case, entry["acts_of"]), actor_name(case, entry["answered_by"]))
    if entry["too_few"] is not None:
        return sentence(
            *(f"{SIGN_WORDS[entry['sign']]} of ", who[0], " and then of ", who[1], ": "),
            f"too few to say ({_too_few(entry, report)}).",
        )
    before = entry["share_before"]
    waits = entry["waiting"]
    return sentence(
        f"of {entry['whole_window']} {SIGN_WORDS[entry['sign']]} of ",
        *(who[0], f" with {days} days of record after them, {_range(entry['answered'])} were followed by one of "),
        *(who[1], " within those days; at any other time it would be ", _percent(entry["share_at_any_time"])),
        f" of them. The difference is {_signed(entry['gain'])} points",
        f" (95% interval {_signed(entry['gain_interval'])}); " if entry["gain_interval"] is not None else "; ",
        f"placed elsewhere in time as many or more would be followed in {_percent(entry['chance'])} of placings. ",
        f"In the {days} days before them: {_percent(before)}. " if before is not None else "",
        f"Days to the next one: {_median(waits)}.",
        f" {entry['same_time']} fell on the same day as one of the other, in an order that is not known."
        if entry["same_time"]
        else "",
    )


def weekly_sentence(case: Case, entry: Report) -> Sentence:
    """Return what one point more of the one is followed by in the next weeks, or why it is not said."""
    weekly = entry["weekly"]
    active = [(actor_name(case, party), f" in {weeks}") for party, weeks in weekly["active_weeks"].items()]
    if weekly["too_few"] is not None:
        if weekly["too_few"] == "variation":
            return sentence("Weekly model: the weeks are too much alike to tell its coefficients apart.")
        return sentence(
            f"Weekly model: too few weeks to say ({weekly['weeks']}, with acts of ",
            *(series(active), "; the least are 50, and 10 with acts of each)."),
        )
    parts: list[Part] = [
        (
            *(actor_name(case, one["of"]), " after ", actor_name(case, one["to"])),
            f": {one['gain']:+.2f}",
            "" if None in one["interval"] else f" ({one['interval'][0]:+.2f} to {one['interval'][1]:+.2f})",
        )
        for one in weekly["answer"]
    ]
    return sentence(
        "Weekly model, points in the next two weeks after one point more of the other, with 95% interval: ",
        *(separated(parts), "."),
    )


def brief_sentences(case: Case, report: Report, most: int = 4) -> Iterator[Sentence]:
    """Yield the little that fits a paragraph: the days, who acted after whom where acts suffice, and what that is."""
    if "not_computed" in report:
        return
    yield covered(report)
    told = [one for pair in rotated_pairs(report["pairs"]) for one in pair["answers"] if one["too_few"] is None]
    for one in told[:most]:
        before = one["share_before"]
        yield sentence(
            *(f"{SIGN_WORDS[one['sign']]} of ", actor_name(case, one["acts_of"]), " were followed by one of "),
            *(actor_name(case, one["answered_by"]), f" within {report['within_days']} days in "),
            f"{_range(one['answered'])} of {one['whole_window']} cases; at any other time it would be ",
            _percent(one["share_at_any_time"]),
            f", and one came in the same days before them in {_percent(before)}" if before is not None else "",
            ".",
        )
    if len(told) > most:
        yield sentence(f"{len(told) - most} more comparisons stand in the JSON of the record report.")
    quiet = sum(not says_something(pair) for pair in report["pairs"])
    if quiet:
        pairs = "one pair of parties" if quiet == 1 else f"{quiet} pairs of parties"
        yield sentence(f"For {pairs} too few acts are on record to say which came after which.")
    yield sentence(SEQUENCE_ONLY)


def pair_words(case: Case, pair: Report) -> Sentence:
    """Return the two parties of a pair, as a heading."""
    return sentence(series([actor_name(case, party) for party in pair["parties"]]))


def comparisons(number: int) -> Sentence:
    """Return how many comparisons were made: of many, some look unlike chance by chance."""
    made = "One comparison was" if number == 1 else f"{number} comparisons were"
    return sentence(
        f"{made} made; of 20 without any pattern, one is expected to have a share of placings of 5% or less."
    )


def pairs_too_thin(case: Case, report: Report) -> Sentence | None:
    """Return between whom acts are on record both ways, but too few to say anything of their order."""
    quiet = [pair for pair in report["pairs"] if not says_something(pair)]
    both = [pair for pair in quiet if all(entry["total"] for entry in pair["acts"])]
    one_way = len(quiet) - len(both)
    if not quiet:
        return None
    thin = [
        (series([actor_name(case, party) for party in pair["parties"]]), f" ({_acts_each_way(pair)})") for pair in both
    ]
    more = f"{one_way} pair{'s' if one_way > 1 else ''} with acts one way only"
    return sentence(
        f"Too few acts to say which come after which ({report['minimum']} of each side, in kind and with "
        f"{report['within_days']} days after them, are the least): ",
        *(separated([*thin, *([more] if one_way else [])]), "."),
    )


def says_something(pair: Report) -> bool:
    """Return whether anything is said of the order of acts between two parties."""
    return any(one["too_few"] is None for one in pair["answers"]) or pair["weekly"]["too_few"] is None


def build_up_sentences(case: Case, report: Report) -> Iterator[Sentence]:
    """Yield each party's steps by kind; a count of steps says nothing of their size."""
    for party in rotated(list(dict.fromkeys(one["party"] for one in report["build_up"])), 1):
        kinds = [
            f"{one['kind']} {len(one['steps'])} ({', '.join(_days(step) for step in one['steps'])})"
            for one in report["build_up"]
            if one["party"] == party
        ]
        yield sentence(actor_name(case, party), ": ", separated(kinds), ".")


def dispute_sentences(case: Case, event: Report) -> Iterator[Sentence]:
    """Yield a disputed event and every attribution of it, with what would change if that one held."""
    yield sentence(f"{_days(event)}: ", quoted(str(event["says"])), f" ({event['id']})")
    for claim in event["claims"]:
        who = actor_name(case, claim["who"])
        yield sentence(who, ": ", quoted(str(claim["says"])), ". ", _if_it_held(case, claim))


def _if_it_held(case: Case, claim: Report) -> Part:
    if not claim["names"]:
        return "It names no author."
    if not claim["if_it_held"]:
        return "If it held, no count here would change."
    parts: list[Part] = []
    for one in claim["if_it_held"]:
        side = "conflict" if one["value"] < 0 else "cooperation"
        old, new = one["before"], one["after"]
        moved = [
            f"difference for {key.replace(' of ', ' after acts of ')}"
            for key in new["gain"]
            if new["gain"] != old["gain"]
        ]
        parts.append(
            (
                *(actor_name(case, one["of"]), " towards ", actor_name(case, one["towards"])),
                f": {_acts(new['total'])} instead of {old['total']}, sum of {side} {_points(new[side]['sum'])}",
                f" instead of {_points(old[side]['sum'])}",
                "; other findings on the pair would change too" if moved else "",
            )
        )
    return ("If it held, ", separated(parts), ".")


def _acts(number: int) -> str:
    return f"{number} act{'' if number == 1 else 's'}"


def _acts_each_way(pair: Report) -> str:
    return " and ".join(str(entry["total"]) for entry in pair["acts"])


def _too_few(entry: Report, report: Report) -> str:
    days, least = report["within_days"], report["minimum"]
    if entry["too_few"] == "days":
        return f"the record covers less than five times {days} days"
    if entry["too_few"] == "acts":
        return f"{entry['whole_window']} with {days} days of record after them; the least are {least}"
    return f"{entry['replies']} of the other; the least are {least}"


def _median(waits: Report) -> str:
    early, late = waits["earliest"], waits["latest"]
    if early["median_days"] is None:
        return "none had come for more than half of them"
    low, high = early["median_interval"][0], late["median_interval"][1]
    if late["median_days"] is None:
        median = f"{early['median_days']} or more"
    else:
        median = "–".join(dict.fromkeys(str(one["median_days"]) for one in (early, late)))
    return f"median {median} (95% interval {'0' if low is None else low} to {'open' if high is None else high})"


def _range(bounds: Report) -> str:
    low, high = bounds["low"], bounds["high"]
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _percent(bounds: Report) -> str:
    numbers = dict.fromkeys(f"{100 * bounds[key]:.0f}" for key in ("low", "high"))
    return f"{' to '.join(numbers)}%"


def _signed(bounds: Report) -> str:
    return " to ".join(dict.fromkeys(f"{100 * bounds[key]:+.0f}" for key in ("low", "high")))


def _points(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _day(day: Any) -> str:
    return short_day(interval_of(str(day))[0])


def _days(one: Report) -> str:
    return " to ".join(dict.fromkeys(_day(one[key]) for key in ("first", "last")))


def rotated_pairs(pairs: Sequence[Report]) -> tuple[Report, ...]:
    """Return the entries of each pair, every second pair turned round, so that none is always named first."""
    return tuple(
        {**pair, "acts": pair["acts"][::-1], "answers": pair["answers"][::-1]} if at % 2 else pair
        for at, pair in enumerate(pairs)
    )
