"""The stability report in sentences: which states would last, for whom, and what keeps or moves each party.

Neutral throughout: a sentence says what a party could do, what it ranks higher and how others could answer; never who
would have to move.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.wording.naming import Naming, short_name
from detente.wording.reading import Answer, Reading
from detente.wording.sentence import Sentence, capital, label, sentence

Report = Mapping[str, Any]

CONCEPTS: Mapping[str, str] = {
    "nash": "no party can move alone to a state that it ranks higher",
    "gmr": "the others could answer each such move so that the mover gains nothing",
    "smr": "the same, and the mover could not mend that by another move",
    "seq": "the others could so answer by moves that they themselves rank higher",
    "sim": "others who move at the same time could leave the mover no better off",
}
SHORT: Mapping[str, str] = {
    "nash": "Nash", "gmr": "GMR", "smr": "SMR", "seq": "SEQ", "sim": "SIM", "limited": "L", "non-myopic": "non-myopic"
}  # fmt: skip
STRONGLY = "what deters a mover is a state to which it strongly prefers the present one"
VARIANTS: Mapping[str, str] = {
    "a": "a party leaves for states that it cannot compare, and is not deterred by one",
    "b": "a party does not leave for states that it cannot compare, and is not deterred by one",
    "c": "a party leaves for states that it cannot compare, and is deterred by one",
    "d": "a party does not leave for states that it cannot compare, and is deterred by one",
}
REPLIES: Mapping[str, str] = {
    "legal": "any sequence of moves in which nobody moves twice in a row",
    "once": "each other party at most once, in any order",
    "single": "exactly one move of one other party",
}
MOST_SHOWN = 20


def short_of(report: Report, word: str) -> str:
    """Return the short name of a concept, as in a table.

    Examples
    --------
    >>> short_of({}, "gmr-strong-a"), short_of({"horizon": 3}, "limited")
    ('GMR strong (a)', 'L3')
    """
    if word == "limited":
        return f"{SHORT[word]}{report['horizon']}"
    if word in SHORT:
        return SHORT[word]
    base, *rest = word.split("-")
    return " ".join([SHORT[base], *(f"({part})" if part in VARIANTS else part for part in rest)])


def meaning_of(report: Report, word: str) -> str:
    """Return in words under which condition a state is stable.

    Examples
    --------
    >>> meaning_of({"horizon": 2}, "limited")
    'no party that looks 2 moves ahead would move'
    """
    if word == "limited":
        return f"no party that looks {_number(report['horizon'], 'move')} ahead would move"
    if word == "non-myopic":
        return "no party that looks far enough ahead would move, however much further it looks"
    if word in CONCEPTS:
        return CONCEPTS[word]
    _, *rest = word.split("-")
    said = [VARIANTS[part] for part in rest if part in VARIANTS]
    if "strong" in rest:
        said.insert(0, STRONGLY)
    return "; ".join(said)


def report_lines(case: Case, report: Report) -> Iterator[str]:
    """Yield the report as lines of text."""
    yield from _switches(case, report)
    yield from _equilibria(case, report)
    yield from _today(case, report)
    yield from _paths(case, report)
    yield from _coalitions(case, report)
    yield from _views(case, report)
    yield from (f"Assumed: {said}" for said in report["assumptions"])


def state_words(case: Case, report: Report, state: str) -> str:
    """Return a state in words: what is done in it, by whom.

    Every party that does something is named, in the order of the switches.
    """
    taken = [one for one, letter in zip(report["switches"], state, strict=True) if letter == "Y"]
    if not taken:
        return "nobody does any of it"
    return "; ".join(f"{short_name(case, one['party'])}: {one['text']}" for one in taken)


def change_words(report: Report, before: str, after: str) -> str:
    """Return what turns one state into another: switches taken and dropped.

    Examples
    --------
    >>> change_words({"switches": [{"text": "attack"}, {"text": "release water"}]}, "NY", "YN")
    'take up ‹attack› and drop ‹release water›'
    """
    changed = [
        f"{'take up' if new == 'Y' else 'drop'} ‹{one['text']}›"
        for one, old, new in zip(report["switches"], before, after, strict=True)
        if old != new
    ]
    return " and ".join(changed)


def _party(case: Case, party: str) -> str:
    return Naming(case).the(party).text


def _switches(case: Case, report: Report) -> Iterator[str]:
    count = report["count"]
    yield (
        f"{len(report['switches'])} switches of {len(report['parties'])} parties; {count:,} states can be. "
        f"A state is a letter per switch, Y where it is taken:"
    )
    directions = {"both": "", "take": ", only taken, not taken back", "drop": ", only dropped, not taken up again"}
    for place, one in enumerate(report["switches"], start=1):
        yield f"  {place}. {short_name(case, one['party'])}: {one['text']} [{one['id']}{directions[one['direction']]}]"


def _equilibria(case: Case, report: Report) -> Iterator[str]:
    yield f"Others may answer a move by {REPLIES[report['reply']]}."
    for concept, total in report["equilibrium_counts"].items():
        if concept.rpartition("-")[2] not in VARIANTS:
            yield f"{short_of(report, concept)} ({meaning_of(report, concept)}): {_count(total)} for every party."
    yield from _variants(report)
    groups = report["groups"]
    for group in groups[:MOST_SHOWN]:
        state, under = group["states"][0], folded(report, group["concepts"])
        mark = " (today)" if state == report["today"] else ""
        kept = [f"{SHORT[concept]} {share:.0%}" for concept, share in group["robustness"].items()]
        stays = f" Stays in disturbed rankings: {', '.join(kept)}." if kept else ""
        yield f"  {state}{mark}  {under}: {state_words(case, report, state)}.{stays}"
        if (more := group["count"] - 1) > 0:
            yield f"    Every party ranks {_others(more, group['states'][1:])} with it."
        yield from (f"    {line}" for line in _why(case, report, state))
    if (more := len(groups) - MOST_SHOWN) > 0:
        yield f"  … and {more:,} more kinds of state; --json lists them."


def _variants(report: Report) -> Iterator[str]:
    """Yield how many states are stable where comparisons are unknown, a line per variant."""
    counts: dict[str, list[str]] = {}
    for word, total in report["equilibrium_counts"].items():
        concept, _, variant = word.rpartition("-")
        if variant in VARIANTS:
            counts.setdefault(variant, []).append(f"{short_of(report, concept)} {total:,}")
    if counts:
        yield "Where comparisons are unknown, so many states are stable for every party, by what a party makes of that:"
    for variant in sorted(counts):
        yield f"  {variant}: {VARIANTS[variant]}: {', '.join(counts[variant])}."
    if any("-strong-" in word for word in report["equilibrium_counts"]):
        yield f"  strong: {STRONGLY}."


def folded(report: Report, words: Sequence[str]) -> str:
    """Return the short names of concepts, the variants of one together.

    Examples
    --------
    >>> folded({}, ["nash", "gmr-a", "gmr-d", "gmr-strong-d"])
    'Nash, GMR (a, d), GMR strong (d)'
    """
    together: dict[str, list[str]] = {}
    for word in words:
        concept, _, variant = word.rpartition("-")
        if variant in VARIANTS:
            together.setdefault(f"{concept}-", []).append(variant)
        else:
            together[word] = []
    names = ((short_of(report, word.removesuffix("-")), variants) for word, variants in together.items())
    return ", ".join(f"{name} ({', '.join(variants)})" if variants else name for name, variants in names)


def _others(count: int, states: Sequence[str]) -> str:
    if count <= 3:
        return ", ".join(states)
    return f"{count:,} others, such as {states[0]},"


def _count(number: int) -> str:
    if number == 0:
        return "no state is stable"
    return "1 state is stable" if number == 1 else f"{number:,} states are stable"


def _why(case: Case, report: Report, state: str) -> Iterator[str]:
    """Yield what keeps each party in a state."""
    reasons = report.get("why", {}).get(state, {})
    if reasons and all(reason["kind"] == "none" for reason in reasons.values()):
        yield "No party has a move to a state that it ranks higher."
        return
    still = [party for party, reason in reasons.items() if reason["kind"] == "none"]
    if still:
        names = [_player(case, party) for party in still]
        who = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        yield capital(f"{who} {'has' if len(names) == 1 else 'have'} no move to a state that {_they(names)} higher.")
    for party, reason in reasons.items():
        if reason["kind"] != "none":
            yield capital(reason_words(case, report, party, state, reason))


def reason_words(case: Case, report: Report, party: str, state: str, reason: Mapping[str, Any]) -> str:
    """Return why a party would or would not leave a state."""
    name = _player(case, party)
    if reason["kind"] == "unseen":
        return f"{name} does not see this state, and knows of no move from it."
    if reason["kind"] == "none":
        return f"{name} has no move to a state that it ranks higher."
    to = reason["improvement"]
    moved = f"{name} could {change_words(report, state, to)}: that is {to}, which it ranks higher"
    if reason.get("unknown"):
        moved += " as the ranking has it, though how the two compare is unknown"
    if reason["kind"] == "open":
        if reason["concept"] == "nash":
            return f"{moved}."
        return f"{moved}; no answer of the others that counts under {SHORT[reason['concept']]} would undo that."
    if reason["concept"] == "sim":
        return f"{moved}; {_at_once(case, report, state, reason)}, no higher than {state} in the ranking of {name}."
    steps, here, said = [], to, ""
    for reply in reason["replies"]:
        who = _parties(case, reply["parties"])
        said = f"{who} could then {change_words(report, here, reply['state'])}"
        here = reply["state"]
        steps.append(said)
    more = reason["improvements"] - 1
    rest = f" The same holds for {_number(more, 'other move')} that it ranks higher." if more else ""
    return f"{moved}; {', and '.join(steps)}: that is {here}, no higher than {state} in the ranking of {name}.{rest}"


def _at_once(case: Case, report: Report, state: str, reason: Mapping[str, Any]) -> str:
    """Return what the others could do at the same time."""
    if not reason["replies"]:
        return f"that alone ends in {reason['sanction']}"
    done = [
        f"{_parties(case, one['parties'])} could {change_words(report, state, one['state'])}"
        for one in reason["replies"]
    ]
    return f"at the same time {' and '.join(done)}: together that is {reason['sanction']}"


def _they(names: Sequence[str]) -> str:
    return "it ranks" if len(names) == 1 else "they rank"


def _number(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def _player(case: Case, player: str) -> str:
    """Return a party's name, or those of a coalition."""
    return _parties(case, [player] if player in case.party else player.split("+"))


def _parties(case: Case, parties: Sequence[str]) -> str:
    names = [_party(case, one) for one in parties]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} together"


def _today(case: Case, report: Report) -> Iterator[str]:
    today = report["today"]
    if today is None:
        return
    yield f"Today is {today}: {state_words(case, report, today)}."
    if today not in {state for states in report["equilibria"].values() for state in states}:
        yield "  It is not stable for every party under any of these concepts."
        yield from (f"  {line}" for line in _why(case, report, today))


def _paths(case: Case, report: Report) -> Iterator[str]:
    path = report.get("path")
    if path is None:
        return
    if path["from"] is None:
        yield "No path: no state is marked as today's. Name one with --from."
        return
    for one in path.get("reached", [path] if path["to"] is not None else []):
        yield f"From {path['from']} to {one['to']}:"
        for key, words in (("by_improvements", "by improvements only"), ("by_any_moves", "by any moves")):
            found = one[key]
            if found["steps"] is None:
                yield f"  {words}: there is no path."
            elif found["steps"] == 0:
                yield f"  {words}: one is there."
            else:
                given = found["sacrifices"]
                cost = f", {given} of them without a gain for who makes it" if given else ""
                yield f"  {words}: {_number(found['steps'], 'move')}{cost}; {_number(found['count'], 'such path')}."
                yield from _steps(case, report, path["from"], found["listed"][0])
            if key == "by_improvements" and found["steps"] is not None:
                break


def _steps(case: Case, report: Report, here: str, path: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for step in path:
        gain = ", which it does not rank higher" if step["sacrifice"] else ""
        done = change_words(report, here, step["state"])
        yield f"    {capital(_parties(case, step['parties']))} could {done}: {step['state']}{gain}."
        here = step["state"]


def _coalitions(case: Case, report: Report) -> Iterator[str]:
    found = report.get("coalitions")
    if found is None:
        return
    yield "Stable against every set of parties that moves together, each member gaining:"
    for concept, states in found["equilibria"].items():
        more = f" and {len(states) - MOST_SHOWN:,} more" if len(states) > MOST_SHOWN else ""
        yield f"  {SHORT[concept]}: {', '.join(states[:MOST_SHOWN]) or 'none'}{more}."
    leaving = found["leaving"]
    for state, moves in leaving["states"].items():
        for one in moves[:MOST_SHOWN]:
            done = change_words(report, state, one["to"])
            yield (
                f"  From {state}, {_parties(case, one['parties'])} could {done}: {one['to']} "
                f"({SHORT[leaving['concept']]})."
            )


def _views(case: Case, report: Report) -> Iterator[str]:
    """Yield each party's own game, and by what it would be surprised; concepts that say the same share a line."""
    for party, view in report.get("views", {}).items():
        name = _player(case, party)
        unseen = report["count"] - view["count"]
        differs = [f"does not see {unseen:,} of {report['count']:,} states"] if unseen else []
        others = ", ".join(_party(case, one) for one in view["takes_otherwise"])
        differs += [f"takes the ranking of {others} for another than it is"] if others else []
        yield f"{capital(name)} {' and '.join(differs) or 'sees the game as it is'}. What would last in its own game:"
        yield from (
            f"  {under}: {', '.join(states[:MOST_SHOWN]) or 'none'}."
            for under, states in _alike(report, {word: tuple(states) for word, states in view["equilibria"].items()})
        )
        said: dict[str, list[str]] = {}
        for word, surprises in view["surprised"].items():
            for one in surprises[:MOST_SHOWN]:
                said.setdefault(_surprised(case, name, one), []).append(word)
        for word, states in view["lasts_only_there"].items():
            for one in states[:MOST_SHOWN]:
                leaving = " and ".join(_player(case, who) for who in one["leaving"])
                said.setdefault(f"{one['state']} would last there, and {leaving} would leave it", []).append(word)
        if said:
            yield f"  What would surprise {name}:"
        yield from (f"    {line} ({folded(report, words)})." for line, words in said.items())


def _alike(report: Report, by_word: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the concepts that hold for the same states, and these."""
    words: dict[tuple[str, ...], list[str]] = {}
    for word, states in by_word.items():
        words.setdefault(states, []).append(word)
    yield from ((folded(report, some), states) for states, some in words.items())


def _surprised(case: Case, name: str, one: Mapping[str, Any]) -> str:
    if not one["seen"]:
        return f"{one['state']} lasts, and {name} does not see this state"
    others = " and ".join(_player(case, party) for party in one["expected_to_move"])
    return f"{one['state']} lasts, where in the game that {name} sees {others} would move"


def annex_sentences(case: Case, report: Report) -> Iterator[Sentence]:
    """Yield what the graph model says, for the annex: how large it is, what would last, and today's state."""
    yield sentence(
        "The graph model asks which states would last, given what each party can do alone and how it ranks "
        f"what comes of it: {len(report['switches'])} switches of {len(report['parties'])} parties, "
        f"{report['count']:,} states; the rankings are judged."
    )
    for concept, total in report["equilibrium_counts"].items():
        yield sentence(f"{short_of(report, concept)}: {meaning_of(report, concept)}; {_count(total)} for every party.")
    if (today := report["today"]) is not None:
        lasting = [short_of(report, concept) for concept, states in report["equilibria"].items() if today in states]
        said = f"lasts under {' and '.join(lasting)}" if lasting else "does not last under any of these"
        yield sentence("Today's state (", label(state_words(case, report, today)), f") {said}.")
    yield sentence(
        "It forecasts nothing: a state lasts if rankings are as judged and parties look as far as a concept says."
    )


def disagreement_sentences(reading: Reading, report: Report) -> Iterator[Sentence]:
    """Yield where the settlement model and the graph model point different ways, once, with the lists it holds for."""
    if report["today"] is None or "nash" not in report["equilibria"]:
        return
    stays = report["today"] in report["equilibria"]["nash"]
    wanted = Answer.YES if stays else Answer.NO
    lists = [outcome.consent_list.id for outcome in reading.outcomes if outcome.zone_stated is wanted]
    if not lists:
        return
    named = reading.naming.lists(lists)
    if stays:
        yield sentence(
            "The models point different ways under ", named, ": the settlement model finds a package that leaves "
            "nobody worse off than no agreement, and in the graph model no party has a move from today's state to one "
            "that it ranks higher.", lists=lists,
        )  # fmt: skip
    else:
        yield sentence(
            "The models point different ways under ", named, ": the settlement model finds no package that leaves "
            "everybody at least as well off as no agreement, and in the graph model some party would leave today's "
            "state.", lists=lists,
        )  # fmt: skip
