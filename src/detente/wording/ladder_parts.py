"""What bears on a ladder, in sentences: accidents, off-ramps, answers, measures, dates and delay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.core.rounding import two_digits
from detente.wording.naming import Naming

Report = Mapping[str, Any]

UNDER = {"all": "under all numbers", "some": "under some of the numbers", "no": "under no number"}
SHOWN_MONTHS = ("1", "6", "12")


def name_of(case: Case, party: str) -> str:
    """Return a party's name for a line of text."""
    return Naming(case).party(party).text


def in_draws(times: int, draws: int) -> str:
    """Return a count of draws in words.

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


def part_lines(case: Case, report: Report) -> Iterator[str]:
    """Yield every part beside the ladder itself; what was not computed in one line."""
    for title, key, lines in (
        ("Accidents", "hazard", _hazard),
        ("Taking acts back", "off_ramps", _off_ramps),
        ("Answers", "replies", _replies),
        ("Brinkmanship", "brinkmanship", _brinkmanship),
        ("Measures", "measures", _measures),
        ("Before or after a date", "waiting", _waiting),
        ("Delay", "delay", _delay),
    ):
        part = report[key]
        if "not_computed" not in part:
            yield from lines(case, report)
        elif part is not report["ladder"] and part["not_computed"] != report["ladder"].get("not_computed"):
            yield f"{title}: not computed. {part['not_computed']}"


def _hazard(case: Case, report: Report) -> Iterator[str]:
    part = report["hazard"]
    yield "Accidents, if one stands on a rung so long (chance of at least one within 1, 6, 12 months):"
    for rung in reversed(part["rungs"]):
        spans = "; ".join(range_words(rung["within"][months]) for months in SHOWN_MONTHS)
        yield f"  rung {rung['rung']}: {spans}"
        if rung["with_all"]:
            spans = "; ".join(range_words(rung["with_all"][months]) for months in SHOWN_MONTHS)
            yield f"    with {', '.join(rung['safeguards'])}: {spans}"
        down = rung["one_rung_down"]
        if down is not None:
            times = range_words(down["times"])
            line = f"    as rare as on rung {down['rung']} if accidents were {times} times as frequent"
            if down["safeguards_do"] is not None:
                line += f"; the safeguards do as much {UNDER[down['safeguards_do']]}"
            yield line
    for one in part["safeguards"]:
        told = [f"{text} {word}" for text, word in one["in_texts"].items()]
        held = f"; in the texts: {', '.join(told)}" if told else ""
        yield f"  {one['id']}: {one['text']}; accidents {range_words(one['times'])} times as frequent{held}"


def _off_ramps(case: Case, report: Report) -> Iterator[str]:
    part = report["off_ramps"]
    yield "Taking acts back:"
    for rung in reversed(part["rungs"]):
        words = [
            f"{said} {', '.join(rung[key])}"
            for key, said in (("can_be_taken_back", "can:"), ("cannot", "cannot:"), ("not_coded", "not coded:"))
            if rung[key]
        ]
        yield f"  rung {rung['rung']}: {'; '.join(words)}"
    for party, ends in part["giving_way_leaves"].items():
        left = [f"to {name_of(case, other)} {range_words(end)} ({end['basis']})" for other, end in ends.items()]
        yield f"  giving way leaves {name_of(case, party)}, on its own scale: {'; '.join(left)}"


def _replies(case: Case, report: Report) -> Iterator[str]:
    part, draws = report["replies"], report["draws"]
    yield f"Answers on record (gravest act within {part['within_days']} days, conflict from 0 to 10):"
    record = part["on_record"]
    if isinstance(record, Mapping):
        yield f"  not computed. {record['not_computed']}"
    else:
        for one in record:
            yield from _on_record(case, one)
    yield from _moves(case, part["moves"])
    if part["in_model"]:
        yield "Answers in the model, to an act on a rung:"
    for one in part["in_model"]:
        goes = ", ".join(f"to rung {rung} in {in_draws(times, draws)}" for rung, times in one["goes_to"].items())
        gives = f"gives way in {in_draws(one['gives_way'], draws)}"
        who = name_of(case, one["answered_by"])
        yield f"  rung {one['after_an_act_on']}: {who} {f'goes {goes}; ' if goes else ''}{gives}"


def _moves(case: Case, moves: Iterable[Report]) -> Iterator[str]:
    for one in moves:
        sizes = ", ".join(two_digits(size) for size in one["sizes"])
        said = []
        for answer in one["answers"]:
            who = name_of(case, answer["answered_by"])
            if answer["quantiles"] is None:
                said.append(f"{who}: too few answers to say")
            else:
                low, *_, high = answer["quantiles"]
                said.append(f"{who} between {two_digits(low)} and {two_digits(high)}")
        if said:
            yield f"  {one['move']} on rung {one['rung']}, an act of size {sizes}; answers so far: {'; '.join(said)}"


def _on_record(case: Case, one: Report) -> Iterator[str]:
    pair = f"acts of {name_of(case, one['acts_of'])}, answers of {name_of(case, one['answered_by'])}"
    for size in one["sizes"]:
        if not size["acts"]:
            continue
        head = f"  {pair}, size above {size['above']:g} up to {size['up_to']:g}: "
        head += f"{size['answered']} of {size['acts']} answered"
        if size["quantiles"] is None:
            yield f"{head}: too few to say what would be usual"
        else:
            low, lower, _, upper, high = (two_digits(value) for value in size["quantiles"])
            yield (
                f"{head}, half of them between {lower} and {upper}, all between {low} and {high}: less would be a "
                "lighter answer, more a graver one, than any on record"
            )


def _brinkmanship(case: Case, report: Report) -> Iterator[str]:
    draws = report["draws"]
    for one in report["brinkmanship"]:
        pair = " and ".join(name_of(case, party) for party in one["parties"])
        if one["out_of_control"] is None:
            yield f"Brinkmanship of {pair}: no such contest; in no draw would both lose by events out of control."
            continue
        yield (
            f"Brinkmanship of {pair} (a race of nerves; both lose by events out of control in "
            f"{in_draws(one['draws'], draws)}): rarer accidents make it longer, not safer. What ends it otherwise is "
            "what each would lose against what it would gain."
        )


def _measures(case: Case, report: Report) -> Iterator[str]:
    for one in report["measures"]["measures"]:
        state = "in force" if one["in_force"] else "threatened"
        senders = ", ".join(name_of(case, party) for party in one["by"])
        target = name_of(case, one["on"])
        yield f"Measure {one['id']} ({state}), {senders} on {target}: {one['text']}"
        threat = one["threat"]
        below = range_words(threat["outweighs_gains_below"])
        yield f"  outweighs, if certain, an act that is worth less than {below} to {target}"
        if "not_computed" in threat:
            yield f"  {threat['not_computed']}"
        else:
            yield (
                f"  if standing firm brings {target} what prevailing on the ladder is worth more than giving way, "
                f"{range_words(threat['gain'])}, the measure, believed for certain, outweighs that "
                f"{UNDER[threat['believed_for_certain_it_outweighs']]}"
            )
        for sender in one["senders"]:
            if "not_computed" in sender:
                yield f"  {sender['not_computed']}"
            else:
                yield (
                    f"  {name_of(case, sender['party'])} loses {range_words(sender['word'])} if it is seen not to "
                    f"act and {range_words(sender['cost'])} a year if it acts: it would rather act "
                    f"{UNDER[sender['rather_takes_it']]}"
                )
        for step in one["relief"]:
            yield from _relief(target, step)


def _relief(target: str, step: Report) -> Iterator[str]:
    told = ", ".join(f"{text} {word}" for text, word in step["in_texts"].items())
    held = f" (in the texts: {told})" if told else ""
    if "not_computed" in step:
        yield f"  {step['text']}: not computed. {step['not_computed']}"
        return
    share = {end: step["even_share"][end] for end in ("low", "high")}
    line = f"  {step['text']}{held}: the condition costs {target} {range_words(step['condition_costs'])}"
    if None not in share.values():
        line += f"; easing by a share of {range_words(share)} is worth as much"
    yield f"{line}; at the coded share it is worth meeting {UNDER[step['worth_meeting']]}"


def _waiting(case: Case, report: Report) -> Iterator[str]:
    draws = report["draws"]
    for one in report["waiting"]["dates"]:
        yield f"{one['on']}, {one['text']} [{one['id']}], chance of a change {range_words(one['chance'])}:"
        if "not_computed" in one:
            yield f"  not computed. {one['not_computed']}"
            continue
        for side in one["sides"]:
            yield from _side(case, side, draws)


def _side(case: Case, side: Report, draws: int) -> Iterator[str]:
    name = name_of(case, side["party"])
    if "not_computed" in side:
        yield f"  {name}: not computed. {side['not_computed']}"
        return
    change = range_words(side["change"])
    above = range_words(side["settles_from"]["above_no_agreement"])
    some = in_draws(side["settles_from"]["waits_with_some_terms"], draws)
    yield (
        f"  {name}: no agreement would be worth {change} more; waiting can be worth more than terms that beat no "
        f"agreement in {some}, and any terms better than it by {above} are worth taking before"
    )
    for text, told in side["texts"].items():
        if told["beats_no_agreement"]:
            yield (
                f"    {text}: beats no agreement in {in_draws(told['beats_no_agreement'], draws)}, after the change in "
                f"{in_draws(told['beats_no_agreement_after'], draws)}; worth taking before in "
                f"{in_draws(told['rather_now'], draws)}"
            )


def _delay(case: Case, report: Report) -> Iterator[str]:
    yield "Delay, by rates alone:"
    for one in report["delay"]["pairs"]:
        first, second = name_of(case, one["of"]), name_of(case, one["against"])
        yield (
            f"  {first} and {second}: of what there is to gain, {first} would get {range_words(one['share'])}; "
            f"{first} discounts less {UNDER[one['discounts_less']]}, {second} {UNDER[one['discounts_more']]}"
        )
