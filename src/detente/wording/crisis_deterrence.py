"""A patron, its protégé and that party's opponent in sentences: conditions, of all three parties' numbers.

No party is said to have abandoned or misled another: what a patron would do is said as a condition on its numbers, and
who could ask for what is said of both sides in the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.wording.naming import Naming
from detente.wording.sentence import capital

Report = Mapping[str, Any]

NUMBERS: Mapping[str, str] = {
    "win_chance": "the chance in which {party} believes",
    "cost": "what fighting costs {party}",
    "cost_as_seen": "what fighting is believed to cost {party}",
    "help_cost": "what help costs {party}",
    "aid": "what help of {party} adds",
    "stake": "what the cause is worth to {party}",
    "word": "what it costs {party} to be seen not to help",
    "leaves": "the chance per year that help of {party} ends",
    "delay": "what a year without agreement costs {party}",
    "rate": "the rate by which {party} discounts",
    "audiences": "what giving way costs {party} before its audiences",
}
REGIMES: Mapping[str, str] = {
    "nobody challenges": "{opponent} does not challenge, whatever its own cost",
    "only the hard challenge": "{opponent} challenges only if its own cost is low enough to fight on",
    "the hard challenge, the soft sometimes": "{opponent} challenges if its cost is low, and sometimes if not",
    "all challenge": "{opponent} challenges whatever its own cost",
    "no gain without help": "{opponent} gains nothing even where no help comes",
    "the hard gain even against help": "help deters {opponent} only if its own cost is too high to fight on",
}


def deterrence_lines(case: Case, found: Report) -> Iterator[str]:
    """Yield every patronage; nothing where the case names none."""
    if "not_computed" in found:
        return
    for entry in found["patronages"]:
        yield from _patronage(case, entry)
    yield from (f"Not computed: {one['why']}" for one in found["not_computed_for"])
    if found["patronages"]:
        yield from (f"Assumed (patrons): {said}" for said in found["assumptions"])


PARTS: Mapping[str, str] = {
    "help": "whether help comes",
    "terms": "terms by size of help",
    "demand": "a demand of {opponent}",
    "own_demand": "a demand of {protege}",
    "private": "the same with private costs",
    "waiting": "waiting until help ends",
    "deterrence": "deterrence by help",
}


def _patronage(case: Case, entry: Report) -> Iterator[str]:
    patron, protege, opponent = _names(case, entry)
    yield f"{capital(patron)} as a patron of {protege} against {opponent} [{entry['id']}]:"
    yield "  " + (_missing(case, entry, "help") or capital(help_words(case, entry)))
    yield "  " + (_missing(case, entry, "terms") or capital(terms_words(case, entry)))
    for part in ("demand", "own_demand"):
        if (why := _missing(case, entry, part)) is not None:
            yield f"  {why}"
            continue
        yield "  " + capital(demand_words(case, entry[part]))
        yield "    " + capital(restraint_words(case, entry, part))
        yield "    " + (_missing(case, entry, "private", entry[part]) or capital(private_words(case, entry[part])))
    yield "  " + (_missing(case, entry, "waiting") or capital(waiting_words(case, entry)))
    yield "  " + (_missing(case, entry, "deterrence") or capital(regime_words(case, entry)))
    yield "  " + capital(instead_words(case, entry))
    yield from (f"  {capital(said)}" for said in rests_on_words(case, entry))


def _missing(case: Case, entry: Report, part: str, within: Report | None = None) -> str | None:
    found = (entry if within is None else within)[part]
    if "not_computed" not in found:
        return None
    _, protege, opponent = _names(case, entry)
    return f"{capital(PARTS[part].format(protege=protege, opponent=opponent))}: not computed. {found['not_computed']}"


def _names(case: Case, entry: Report) -> tuple[str, str, str]:
    naming = Naming(case)
    first, second, third = (naming.the(entry[role]).text for role in ("patron", "protege", "against"))
    return first, second, third


def help_words(case: Case, entry: Report) -> str:
    """Return under which condition the patron would help."""
    patron, protege, _ = _names(case, entry)
    found = entry["help"]
    beyond = found["beyond"]
    stakes = (
        f"help costs {patron} {found['cost']:.3f}; its stake in it ({found['by_stake']:.3f} if all is asked for) and "
        f"its word ({found['word']:.3f})"
    )
    if beyond is None:
        at = f"come to no more, whatever is asked of {protege}"
    elif beyond == 0.0:
        at = f"come to more, however little is asked of {protege}"
    else:
        at = f"come to more if over {beyond:.3f} of the stake is asked of {protege}"
    alone = "; its stake alone would not come to more" if found["for_its_word_alone"] else ""
    draws = f"they come to more in {found['helps_in_draws']:,} of {found['draws']:,} draws if all is asked for"
    return f"at the most likely numbers {stakes} {at}{alone}; {draws}."


def terms_words(case: Case, entry: Report) -> str:
    """Return the terms that both sides prefer to fighting, by how much help there is."""
    *_, opponent = _names(case, entry)
    sizes = {one["aid"]: _room(one) for one in entry["terms"]["by_aid"]}
    said = "; ".join(f"{'no help' if aid == 0.0 else f'help of {aid:.3g}'}: {room}" for aid, room in sizes.items())
    return f"shares of {opponent} that both sides prefer to fighting, by what help adds: {said}."


def _room(found: Report) -> str:
    return "none" if found["empty"] else f"{found['low']:.3f} to {found['high']:.3f}"


def demand_words(case: Case, found: Report) -> str:
    """Return the demand of the highest value of one side on the other, with what becomes of it."""
    by, on = (Naming(case).the(found[role]).text for role in ("by", "on"))
    if found["size"] == 0.0:
        return f"a demand of {by} on {on}: none is worth anything to it at the most likely numbers."
    answer = "conceded" if found["answer"] == "conceded" else "refused and fought over"
    helped = "with the patron's help" if found["patron_helps"] else "without the patron's help"
    return (
        f"a demand of {by} on {on} has its highest value for {by} at {found['size']:.3f} of the stake: {answer}, "
        f"{helped}."
    )


def restraint_words(case: Case, entry: Report, part: str) -> str:
    """Return what the patron's word does to a demand."""
    patron, *_ = _names(case, entry)
    found = entry[part]
    alone, helped = found["without_patron"], found["with_certain_help"]
    steps = [piece["word"][0] for piece in found["over_word"][1:]]
    where = (
        f"; it changes where the word of {patron} costs it {', '.join(f'{step:.3g}' for step in steps)}"
        if steps
        else ""
    )
    said = f"without a patron {_size(alone)}, with certain help {_size(helped)}{where}"
    if part == "own_demand":
        return (
            f"{said}; if its word does not stand for what its protégé begins: {_size(found['word_does_not_cover_it'])}."
        )
    return f"{said}."


def _size(found: Report) -> str:
    return f"{found['size']:.3f} ({'conceded' if found['answer'] == 'conceded' else 'fought over'})"


def private_words(case: Case, found: Report) -> str:
    """Return the demand of the highest value where costs are private."""
    by, on = (Naming(case).the(found[role]).text for role in ("by", "on"))
    one, last = found["private"], found["private"]["over_word"][-1]
    return (
        f"if costs are private, {one['size']:.3f} has the highest value on average for {by}; refusal risk under its "
        f"beliefs of {on}: {one['refusal_under_beliefs']:.2f}. With help for certain: {last['size']:.3f}, "
        f"{last['refusal_under_beliefs']:.2f}."
    )


def waiting_words(case: Case, entry: Report) -> str:
    """Return which side prefers to wait until help ends, and from which chance per year on."""
    naming = Naming(case)
    found = entry["waiting"]
    parts = []
    for side in found["sides"]:
        name = naming.the(side["party"]).text
        which = "prefers" if side["prefers_to_wait"] else "does not prefer"
        critical = side["critical_leaves"]
        turn = "at no chance per year" if critical is None else f"from {critical:.3g} per year on"
        parts.append(f"{name} {which} waiting until the help ends to fighting now (it would {turn})")
    closes = found["no_terms_beyond"]
    end = "whatever that chance" if closes is None else f"up to {closes:.3g} per year, and none beyond"
    rooms = [_room(found["terms"][which]) for which in ("low", "mode", "high")]
    if len(set(rooms)) == 1:
        room = rooms[0]
    else:
        room = "; ".join(
            f"{room} at {found['leaves'][which]:.3g}"
            for which, room in zip(("low", "mode", "high"), rooms, strict=True)
        )
    return (
        f"help ends with a chance of {found['leaves']['mode']:.3g} per year: {'; '.join(parts)}. Terms that both "
        f"prefer to fighting and to waiting: {room}; some are left {end}."
    )


def regime_words(case: Case, entry: Report) -> str:
    """Return what the deterrence game says, over draws of the judged numbers."""
    *_, opponent = _names(case, entry)
    found = entry["deterrence"]
    ranked = sorted(found["counts"], key=lambda one: -one["draws"])
    counts = "; ".join(f"{REGIMES[one['regime']].format(opponent=opponent)}: {one['draws']:,}" for one in ranked)
    return f"deterrence by help, in {found['draws']:,} draws of the numbers: {counts}."


def instead_words(case: Case, entry: Report) -> str:
    """Return what else of the case would move the chance as far as the help does."""
    patron, protege, _ = _names(case, entry)
    found = entry["instead_of_help"]
    named = [one["signal"] for one in found["own_steps"]] + [one["patronage"] for one in found["other_patrons"]]
    listed = f" ({', '.join(named)})" if named else ""
    return (
        f"without help of {patron} the terms are the same if {protege} has {found['needed']:.3g} more chance of its "
        f"own or from others; steps and other patrons named in the case add {found['named_in_all']:.3g}{listed}."
    )


OUTCOMES: Mapping[str, str] = {
    "help": "whether help comes",
    "demand": "what becomes of a demand of {opponent}",
    "own_demand": "what becomes of a demand of {protege}",
    "waiting": "who prefers to wait, and whether terms are left",
    "deterrence": "what the deterrence game says",
}


def rests_on_words(case: Case, entry: Report) -> Iterator[str]:
    """Yield whose numbers each outcome hangs on: none is a matter of one party alone."""
    naming = Naming(case)
    _, protege, opponent = _names(case, entry)
    unmoved = []
    for part, words in OUTCOMES.items():
        if "not_computed" in entry[part]:
            continue
        what = words.format(protege=protege, opponent=opponent)
        bounds = _bounds(entry[part]["turns"])
        said = "; ".join(
            f"{NUMBERS[number].format(party=naming.the(party).text)} "
            + " or ".join(f"{side} {value:.3g}" for side, value in sides.items())
            + f" ({mode:.3g} now)"
            for (number, party, mode), sides in bounds.items()
        )
        if said:
            yield f"within its own range each of these alone changes {what}: {said}."
        else:
            unmoved.append(what)
    if unmoved:
        yield f"no number alone, within its own range, changes {'; or '.join(unmoved)}. Several together may."


def _bounds(turns: Sequence[Report]) -> dict[tuple[str, str, float], dict[str, float]]:
    """Return number, party and most likely value → below and above which values an outcome changes."""
    found: dict[tuple[str, str, float], dict[str, float]] = {}
    for one in turns:
        side = "below" if one["turns_at"] < one["mode"] else "above"
        found.setdefault((one["number"], one["party"], one["mode"]), {})[side] = one["turns_at"]
    return found
