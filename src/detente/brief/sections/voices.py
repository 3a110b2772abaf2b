"""Sections 3 and 4: fears and courses without a deal, as the parties say themselves, in our paraphrase."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.brief.document import Paragraph, Section, grid
from detente.case.case import Case
from detente.case.ledger.concerns import Concern
from detente.case.ledger.said import OWN_WORDS, in_order, is_own_word
from detente.core.fields import text_of
from detente.evidence.source import Grade
from detente.evidence.statement import Statement
from detente.wording.reading import Reading
from detente.wording.sentence import Part, label, quoted, sentence, separated, series
from detente.wording.statements import GRADE_WORDS, says, short_day

SHOWN_FEARS_PER_PARTY = 1
SHOWN_OTHER_RECOGNITIONS = 2
SHOWN_ALTERNATIVES_PER_PARTY = 2
SAME_WORDS, SAME_WORDS_OF_ONE_DAY = 0.8, 0.45
"""Shares of the longer words of the shorter text from which on two texts are taken to say the same."""


def fears_section(reading: Reading) -> Section:
    """Return the fears that parties state themselves, and which parties of the lists state none."""
    title = "Fears, as the parties state them (in our paraphrase)"
    case, naming, concerns = reading.case, reading.naming, reading.ledger.concerns
    by_party: dict[str, list[Concern]] = {}
    for concern in concerns:
        by_party.setdefault(concern.party, []).append(concern)
    members = reading.members_of(reading.outcomes)
    rows: list[Sequence[Part]] = []
    for party in reading.in_turn(tuple(by_party), 3):
        ordered = sorted(by_party[party], key=lambda concern: not concern.acknowledged_by)
        for concern in ordered[:SHOWN_FEARS_PER_PARTY]:
            rows.append(
                [
                    naming.party(party),
                    quoted(says(case, concern.statement, beside=party), cites=(concern.statement.id,)),
                    _taken_up(reading, concern) or "–",
                ]
            )
    silent = [party for party in reading.in_turn(members, 3) if party not in by_party]
    if silent and rows:
        rows.append([series(naming.parties(silent)), "none entered yet, which does not mean that none was voiced", "–"])
    if not rows:
        none = sentence("No statement of its own fears was found of any party.")
        return Section("fears", "3", title, (Paragraph((none,)), *_other_recognitions(reading)))
    table = grid(
        (),
        ["Party", "As it says, in our paraphrase", "Taken up by (linked by the analyst)"],
        rows,
        widths=(14, 44, 42),
        note="One for each party, one that was taken up first; all stand in Annex C. –: no statement is linked.",
    )
    return Section("fears", "3", title, (table, *_other_recognitions(reading)))


def _taken_up(reading: Reading, concern: Concern) -> Part:
    """Return who took a fear up, when, in which words, as far as the analyst linked a statement."""
    linked = sorted(concern.acknowledged_by, key=in_order)
    return separated([_recognising(reading, other, but=concern.party) for other in linked]) if linked else ()


def _recognising(reading: Reading, statement: Statement, *, but: str) -> Part:
    """Return whose statement it is, its day, who tells it and from memory if so, and what it says."""
    parties = [actor for actor in statement.actors if actor in reading.case.party and actor != but]
    named = series(reading.naming.parties(parties)) if parties else label(statement.voice)
    told = "" if statement.attribution in OWN_WORDS else ", as an author tells"
    memory = "; memory" if statement.grade is Grade.MEMORY else ""
    said = quoted(f"‹{says(reading.case, statement, beside=parties[0] if parties else None)}›", cites=(statement.id,))
    return (named, told, label(f" ({short_day(statement.public_since)}{memory}): "), said)


def _other_recognitions(reading: Reading) -> tuple[Paragraph, ...]:
    """Return what the analyst linked as taking up another party's statement that is not entered as a fear."""
    case = reading.case
    linked = {one.statement: one for one in reading.ledger.recognitions if not one.of_fear}
    if not linked:
        return ()
    shown = list(linked.values())[:SHOWN_OTHER_RECOGNITIONS]
    told = [
        (
            _recognising(reading, case.statement[one.statement], but=one.of),
            " on what ",
            reading.naming.the(one.of),
            " says",
            quoted("", cites=(one.concern,)),
        )
        for one in shown
    ]
    more = " The others stand in the ledger." if len(linked) > len(shown) else ""
    lead = "Recognition in words, not linked to a fear by an analyst: "
    return (Paragraph((sentence(lead, separated(told), ".", more),)),)


def no_deal_section(reading: Reading) -> Section:
    """Return how each side describes its course without a deal; nothing is said twice."""
    case, naming = reading.case, reading.naming
    title = "If there is no deal"
    by_party = {entry.party: entry for entry in case.alternatives}
    told: list[_Told] = []
    rows: list[Sequence[Part]] = []
    for party in reading.in_turn(tuple(by_party), 4):
        said: list[Part] = []
        shown = 0
        for item in by_party[party].because:
            one = _told(case, party, item)
            if one is None or shown == SHOWN_ALTERNATIVES_PER_PARTY or any(one.repeats(other) for other in told):
                continue
            told.append(one)
            said += [" " if shown else "", _quoted_item(reading, item, party)]
            shown += 1
        if not said:
            said = ["what is recorded repeats a row above" if told else "–"]
        rows.append([naming.party(party), said])
    if not rows:
        none = sentence("No party's own description of what it would do without a deal was found.")
        return Section("no_deal", "4", title, (Paragraph((none,)),))
    lead = Paragraph(
        (
            sentence(
                "What each side says or does, as recorded under no deal: warnings and plans, but also demands and "
                "acts; nothing here is our estimate. What would worsen its course, and its clock, are not recorded."
            ),
        ),
        "lead",
    )
    table = grid((), ["Party", "What each says, as recorded under no deal, in our paraphrase"], rows, widths=(18, 82))
    return Section("no_deal", "4", title, (lead, table))


@dataclass(frozen=True, slots=True)
class _Told:
    """What was told once: its words and its day."""

    item: str
    words: frozenset[str]
    day: datetime.date | None

    def repeats(self, other: _Told) -> bool:
        """Return whether this says again what the other says: the same item, or mostly its words on the same day."""
        if self.item == other.item or self.words == other.words:
            return True
        shared = len(self.words & other.words) / max(1, min(len(self.words), len(other.words)))
        same_day = self.day is not None and self.day == other.day
        return shared >= SAME_WORDS or (shared >= SAME_WORDS_OF_ONE_DAY and same_day)


def _told(case: Case, party: str, item: str) -> _Told | None:
    """Return what an item tells; None unless it is the party's own word, or an act of its own."""
    if item in case.position:
        item = case.position[item].because[0]
    entry = case.statement.get(item) or case.event.get(item)
    if entry is None or party not in entry.actors:
        return None
    if isinstance(entry, Statement) and not is_own_word(case, entry):
        return None
    words = frozenset(word for word in re.findall(r"\w+", text_of(entry.says).casefold()) if len(word) > 3)
    day = entry.happened.first if entry.happened else None
    return _Told(item, words, day)


def _quoted_item(reading: Reading, item: str, party: str) -> Part:
    case = reading.case
    if item in case.statement:
        statement = case.statement[item]
        return quoted(says(case, statement, beside=party), cites=(item,))
    if item in case.event:
        event = case.event[item]
        return (
            quoted(text_of(event.says)),
            f" [{short_day(event.happened.first)}; {GRADE_WORDS[event.grade]}]",
        )
    if item in case.position:
        return _quoted_item(reading, case.position[item].because[0], party)
    return ()
