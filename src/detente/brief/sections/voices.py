"""Sections 3 and 4: fears and courses without a deal, in the parties' own words only."""

from __future__ import annotations

from collections.abc import Sequence

from detente.brief.document import Paragraph, Section, grid
from detente.core.fields import text_of
from detente.wording.reading import Reading
from detente.wording.sentence import Part, Run, quoted, sentence, series
from detente.wording.statements import GRADE_WORDS, says, short_day

SHOWN_FEARS_PER_PARTY = 1
SHOWN_ALTERNATIVES_PER_PARTY = 2


def fears_section(reading: Reading) -> Section:
    """Return the fears that parties state themselves, or say that none is coded."""
    title = "Fears in their own words"
    concerns = reading.ledger.concerns
    if not concerns:
        return Section(
            "fears", "3", title, (Paragraph((sentence("No party's own statement of a fear is coded: none coded."),)),)
        )
    case, naming = reading.case, reading.naming
    by_party: dict[str, list[int]] = {}
    for at, concern in enumerate(concerns):
        by_party.setdefault(concern.party, []).append(at)
    rows: list[Sequence[Part]] = []
    for party in reading.in_turn(tuple(by_party), 3):
        ordered = sorted(by_party[party], key=lambda at: (not concerns[at].acknowledged_by, at))
        for at in ordered[:SHOWN_FEARS_PER_PARTY]:
            concern = concerns[at]
            who: list[Part] = []
            for place, other in enumerate(concern.acknowledged_by):
                names = series([naming.party(a) for a in other.actors if a in case.party]) or other.voice
                who += ["; " if place else "", Run("", cites=()), names, quoted("", cites=(other.id,))]
            rows.append(
                [
                    naming.party(party),
                    quoted(says(case, concern.statement), cites=(concern.statement.id,)),
                    who or "none linked",
                ]
            )
    table = grid(
        (),
        ["Party", "Says", "Acknowledged by"],
        rows,
        widths=(14, 62, 24),
        note="One per party, an acknowledged one first; all are in Annex C. Acknowledged: where a statement is linked. "
        "A columnist's view does not count.",
    )
    return Section("fears", "3", title, (table,))


def no_deal_section(reading: Reading) -> Section:
    """Return how each side describes its course without a deal."""
    case, naming = reading.case, reading.naming
    title = "If there is no deal"
    by_party = {entry.party: entry for entry in case.alternatives}
    rows: list[Sequence[Part]] = []
    for party in reading.in_turn(tuple(by_party), 4):
        entry = by_party[party]
        said: list[Part] = []
        for at, item in enumerate(entry.because[:SHOWN_ALTERNATIVES_PER_PARTY]):
            said += [" " if at else "", _quoted_item(reading, item)]
        rows.append([naming.party(party), said])
    if not rows:
        none = sentence("No party's own description of what it would do without a deal is coded.")
        return Section("no_deal", "4", title, (Paragraph((none,)),))
    lead = Paragraph(
        (
            sentence(
                "Each side's course without a deal, as it describes it itself; nothing here is our "
                "estimate; the fixed dates that all of them face stand in the next section."
            ),
        ),
        "lead",
    )
    return Section("no_deal", "4", title, (lead, grid((), ["Party", "In its own words"], rows, widths=(14, 86))))


def _quoted_item(reading: Reading, item: str) -> Part:
    case = reading.case
    if item in case.statement:
        statement = case.statement[item]
        return quoted(says(case, statement), cites=(item,))
    if item in case.event:
        event = case.event[item]
        return (
            quoted(text_of(event.says)),
            f" [{short_day(event.happened.first)}; {GRADE_WORDS[event.grade]}]",
        )
    if item in case.position:
        return _quoted_item(reading, case.position[item].because[0])
    return ()
