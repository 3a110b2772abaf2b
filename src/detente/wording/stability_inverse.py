"""The question asked backwards in sentences: under what the state would last, said of every party alike.

A sentence says which comparisons, or which commitment, would make the state stable in the model. It recommends none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.wording.sentence import Sentence, capital, label, sentence, separated, some_of
from detente.wording.stability_reasons import reason_words
from detente.wording.stability_words import SHORT, number_of, player_of, state_words

Report = Mapping[str, Any]

MOST_TURNS = 6
MOST_COMMITMENTS = 12


def inverse_lines(case: Case, report: Report) -> Iterator[str]:
    """Yield what would make the state last that was asked about, as lines of text; nothing if none was."""
    found = report.get("inverse")
    if found is None:
        return
    state = found["state"]
    yield f"What would make {state} last ({state_words(case, report, state)}):"
    yield (
        "  Counts are of rankings without ties, the others' as they are. A comparison turns where a party would rank "
        "two states another way round; an edit takes out one of its ranked conditions or puts it at another place."
    )
    for concept, entry in found["concepts"].items():
        yield from (f"  {line}" for line in _under(case, concept, entry))
    yield from (f"  {line}" for line in _commitments(case, report, found))


def text_sentences(case: Case, report: Report, texts: Sequence[Report]) -> Iterator[Sentence]:
    """Yield, for each text that states stand for, which comparisons would have to turn for one of them to last."""
    for one in texts:
        words, title = label(state_words(case, report, one["state"])), label(one["title"])
        if not one["ranked_higher"]:
            yield sentence("In the graph model a state in which ‹", title, "› is agreed lasts under Nash: ", words, ".")
            continue
        turned = []
        for party, states in one["ranked_higher"].items():
            said = [label(f"({state_words(case, report, state)})") for state in states]
            turned.append([player_of(case, party), " ranked it at least as high as ", some_of(said, MOST_TURNS)])
        yield sentence(
            "In the graph model no state in which ‹", title, "› is agreed lasts under Nash; the one from which the "
            "fewest moves would gain (", words, ") would, if ", separated(turned, "; and if "), ".",
        )  # fmt: skip


def _under(case: Case, concept: str, entry: Report) -> Iterator[str]:
    loose = [party for party, one in entry["parties"].items() if not one["stable"]]
    now = f"not stable for {_joined(case, loose)}" if loose else "stable for every party"
    yield f"{SHORT[concept]}, with the rankings as they are: {now}."
    for party, one in entry["parties"].items():
        yield from (f"  {capital(line)}" for line in _party(case, party, one))
    yield from (f"  {line}" for line in _together(case, entry))


def _party(case: Case, party: str, one: Report) -> Iterator[str]:
    name = player_of(case, party)
    if not one["seen"]:
        yield f"{name} does not see this state in its own game, and knows of no move from it."
        return
    where = ", in its own game" if one["own_game"] else ""
    if one["rankings"] is not None:
        yield f"{name}: stable under {_share(one['rankings'], 'rankings')}{where}."
    if one["changes"] is not None and (fewest := one["changes"]["fewest"]):
        yield (
            f"  Stable with {number_of(fewest, 'comparison')} turned, with fewer not: "
            f"{_turns(one['changes']['turns'], fewest)}."
        )
    if one["conditions"] is not None:
        yield f"  {_edits(one['conditions'])}"
    yield from (f"{name}: not told, {said}." for said in one["refused"])


def _edits(found: Report) -> str:
    edits = number_of(found["fewest"], "edit")
    if not found["exact"]:
        return f"Or with at least {edits}; the search ended before it found one."
    listed = found["conditions"]
    order = "; ".join(listed[place - 1] for place in found["orders"][0]) or "none, so that all states are level"
    more = found["count"] - 1
    others = f" (or {number_of(more, 'other list')})" if more else ""
    return f"Or with {edits}, the conditions being: {order}{others}."


def _together(case: Case, entry: Report) -> Iterator[str]:
    together = entry["together"]
    if together["share"] is not None:
        yield f"All parties at once: stable for every one under {_share(together['share'], 'profiles of rankings')}."
    changes = together["changes"]
    if changes is not None and changes["at_most"] and not _said_already(entry, changes):
        yield f"Stable for every party with {_fewest(changes)}: {_by_party(case, changes['turns'])}."
    yield from (f"All parties at once: not told, {said}." for said in together["refused"])


def _said_already(entry: Report, changes: Report) -> bool:
    """Return whether one party's comparisons are all that turns, and they stand in its own line."""
    turns = changes["turns"]
    return len(turns) == 1 and all(
        entry["parties"][party]["changes"] == {"fewest": changes["at_most"], "turns": listed}
        for party, listed in turns.items()
    )


def _fewest(changes: Report) -> str:
    low, high = changes["at_least"], changes["at_most"]
    count = number_of(high, "comparison")
    return f"{count} turned, with fewer {'not' if low == high else f'than {low:,} not (between, not all was tried)'}"


def _by_party(case: Case, turns: Mapping[str, Sequence[Report]]) -> str:
    return "; ".join(
        f"{player_of(case, party)} ranking {_turns(listed, len(listed))}" for party, listed in turns.items()
    )


def _share(found: Report, noun: str) -> str:
    percent = _percent(found["decimal"])
    if found["count"] is None:
        return f"{percent} of the {noun}" + (
            f" ({found['share']})" if found["share"] and len(found["share"]) <= 24 else ""
        )
    return f"{found['count']:,} of {found['of']:,} {noun} ({percent})"


def _percent(share: float) -> str:
    """Return a share in percent; one that is neither 0 nor 1 is never rounded to it."""
    if 0 < share < 0.0005:
        return "less than 0.1%"
    return "more than 99.9%" if 0.9995 <= share < 1 else f"{share:.1%}"


def _turns(turns: Sequence[Report], total: int) -> str:
    said = [f"{one['up']} above {one['down']}{' (now level)' if one['level'] else ''}" for one in turns[:MOST_TURNS]]
    more = total - len(said)
    return ", ".join(said) + (f" and {more:,} more" if more > 0 else "")


def _joined(case: Case, parties: Sequence[str]) -> str:
    names = [player_of(case, party) for party in parties]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _commitments(case: Case, report: Report, found: Report) -> Iterator[str]:
    yield from (f"Commitments: not told, {said}." for said in found["refused"])
    tried, listed = found["commitments_tried"], found["commitments"]
    if not tried:
        return
    yield (
        f"Single commitments about one switch, {tried:,} tried one by one: with {len(listed) or 'none'} of them it "
        "would be stable for every party under a concept under which it now is not."
    )
    texts = {one["id"]: f"‹{one['text']}› of {player_of(case, one['party'])}" for one in report["switches"]}
    for one in listed[:MOST_COMMITMENTS]:
        under = ", ".join(SHORT[concept] for concept in one["concepts"])
        yield f"  {_commitment(texts, one)}: {under}."
        yield from (f"    {line}" for line in _why(case, report, found["state"], one["why"]))
    if (more := len(listed) - MOST_COMMITMENTS) > 0:
        yield f"  … and {more:,} more; --json lists them."


def _why(case: Case, report: Report, state: str, reasons: Report) -> Iterator[str]:
    """Yield what keeps each party that would have somewhere to go."""
    moving = {party: reason for party, reason in reasons.items() if reason["kind"] != "none"}
    if not moving:
        yield "No party would then have a move to a state that it ranks higher."
    for party, reason in moving.items():
        yield capital(reason_words(case, report, party, state, reason))


def _commitment(texts: Mapping[str, str], one: Report) -> str:
    what = texts[one["switch"]]
    if one["kind"] == "removal":
        return f"If {what} were {'taken' if one['stays'] == 'Y' else 'not taken'} in every state"
    given_up = f"If {what} could no longer be {'dropped' if one['stays'] == 'Y' else 'taken up'}"
    if one["while"] is None:
        return given_up
    return f"{given_up} while {texts[one['while']['switch']]} is {'' if one['while']['is'] == 'Y' else 'not '}taken"
