"""Section 5: what third parties report from the ground, what is contested and not known, and the dates ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from detente.brief.document import Block, Paragraph, Section, grid
from detente.brief.sections.claims import claims_blocks
from detente.case.case import Case
from detente.case.context import CalendarEntry
from detente.core.fields import text_of
from detente.evidence.event import Event
from detente.evidence.source import Grade
from detente.wording.naming import rotated
from detente.wording.reading import Reading
from detente.wording.sentence import Part, each_quoted, label, quoted, sentence, separated
from detente.wording.statements import GRADE_WORDS, short_day

SHOWN_EVENTS = 3
SHOWN_DETERMINATIONS = 3
SHOWN_DATES = 6
AHEAD_DAYS = 366


def ground_section(reading: Reading) -> Section:
    """Return third-party reports, contested claims and the dates ahead."""
    case = reading.case
    blocks: list[Block] = []
    events = ground_events(reading)
    if events:
        rows = [[short_day(e.happened.first), _event_words(reading, e), _event_source(reading, e)] for e in events]
        blocks.append(
            grid(
                "Ground: third-party reports, the latest first",
                ["When", "Reported", "Source"],
                rows,
                widths=(11, 63, 26),
            )
        )
    else:
        blocks.append(
            Paragraph((sentence("Ground: no report found from a third-party source graded news agency or better."),))
        )
    blocks += _determinations(reading)
    blocks += claims_blocks(reading)
    ahead = dates_ahead(case)
    firm = [entry for entry in ahead if entry.grade is not Grade.MEMORY]
    remembered = " Dates from memory stand in Annex C, to be checked." if len(firm) < len(ahead) else ""
    if firm:
        dates = [
            (label(f"{short_day(e.on)}: {text_of(e.what)}"), f" [{GRADE_WORDS[e.grade]}]") for e in firm[:SHOWN_DATES]
        ]
        blocks.append(Paragraph((sentence("Dates ahead: ", separated(dates), ".", remembered),), "lead"))
    else:
        blocks.append(Paragraph((sentence("Dates ahead: none found in a source that was read.", remembered),), "lead"))
    return Section("ground", "5", "Ground and calendar", tuple(blocks))


def dates_ahead(case: Case) -> tuple[CalendarEntry, ...]:
    """Return the dates of the calendar within a year of the cut-off, the next first."""
    cut = case.cut_off
    valid = (e for e in case.calendar if e.cancelled_since is None)
    ahead = (e for e in valid if cut is None or 0 < (e.on - cut).days <= AHEAD_DAYS)
    return tuple(sorted(ahead, key=lambda e: e.on))


_RESOLUTION = re.compile(r"\b[AS]/RES/")


def _determinations(reading: Reading) -> Iterator[Block]:
    """Yield what UN organs determined, beside what the parties call the same thing."""
    cut = reading.case.cut_off
    rows: list[Sequence[Part]] = []
    for term in reading.case.terms:
        uses = [use for use in term.uses if cut is None or use.since <= cut]
        organs = [
            use
            for use in uses
            if use.who.startswith("UN ") and _RESOLUTION.search(use.source or "") and not use.wording.startswith("(")
        ]
        others = [use for use in uses if not use.who.startswith("UN ")]
        if organs and others:
            said: list[Part] = [(label(f"{use.who} ({use.source}): "), each_quoted(use.wording)) for use in organs]
            beside: list[Part] = [(label(f"{use.who}: "), each_quoted(use.wording)) for use in rotated(others, 5)]
            rows.append([label(text_of(term.topic)), separated(said), separated(beside)])
    if rows:
        yield grid(
            "Determinations by UN organs, beside the words of the parties",
            ["On", "UN organ", "Others"],
            rows[:SHOWN_DETERMINATIONS],
            widths=(15, 44, 41),
        )


_MATERIAL = ("15", "17", "18", "19", "20")


def ground_events(reading: Reading) -> tuple[Event, ...]:
    """Return the latest events from a third party's source graded news agency or better.

    A text that a party tabled is its own source, not a third party's. What happened on the ground (forces,
    coercion, violence, and what observers count) goes before what was said, where the events are coded.
    """
    case = reading.case
    own = {source for text in case.texts for source in text.sources}
    good = [
        event
        for event in case.events
        if event.grade.rank <= Grade.NEWS.rank
        and event.cites
        and all(c.source in case.source and case.source[c.source].grade.rank <= Grade.NEWS.rank for c in event.cites)
        and not any(citation.source in own for citation in event.cites)
    ]
    observers = {party.id for party in case.parties if party.id not in reading.principals}

    def is_ground(event: Event) -> bool:
        if event.code is None:
            return True
        seen = event.code.cameo.startswith("01") and bool(set(event.actors) & observers)
        return seen or event.code.cameo[:2] in _MATERIAL

    found = [event for event in good if is_ground(event)]
    latest = sorted(found, key=lambda event: event.happened.first, reverse=True)
    return tuple(latest[:SHOWN_EVENTS])


def _event_words(reading: Reading, event: Event) -> Part:
    claims: list[Part] = []
    for claim in event.claims:
        who = reading.naming.party(claim.who).text if claim.who in reading.case.party else claim.who
        claims += ["; " if claims else " Disputed: ", label(f"{who}: "), quoted(text_of(claim.says))]
    return (quoted(text_of(event.says)), claims, "." if claims else "")


def _event_source(reading: Reading, event: Event) -> Part:
    citation = event.cites[0]
    title = text_of(reading.case.source[citation.source].title)
    place = citation.locator or title
    return (label(place), f" [{GRADE_WORDS[event.grade]}]")
