"""What sections 2 and 5 take from statements: acts by party, one text read in parts, contested claims, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.brief.document import Block, Grid, Paragraph, grid
from detente.case.ledger.agreed import TextUse
from detente.case.ledger.claims import ClaimView
from detente.case.ledger.said import Said
from detente.core.fields import text_of
from detente.evidence.source import Grade
from detente.wording.acts import acts_in_words, speakers
from detente.wording.reading import Reading
from detente.wording.sentence import Part, Sentence, label, quoted, sentence, separated, series
from detente.wording.statements import GRADE_WORDS, short_day, told_from

SHOWN_PARTIES = 4
SHOWN_CLAIMS = 3
SHOWN_ONE_SIDED = 3
SHOWN_EVENTS = 2
SHOWN_TEXTS = 1


def acts_grid(reading: Reading) -> Iterator[Grid]:
    """Yield how often each main party did what in its own words, within the period of the case."""
    counts = reading.ledger.act_counts
    rows: list[Sequence[Part]] = []
    for party in reading.in_turn(reading.columns(SHOWN_PARTIES), 2):
        own = [count for count in counts if count.party == party]
        public, otherwise = sum(one.public for one in own), sum(one.otherwise for one in own)
        if public + otherwise:
            rows.append([reading.naming.party(party), acts_in_words(own), str(public), str(otherwise)])
    if rows:
        yield grid(
            "Acts in each side's own words, as entered (otherwise: in texts that their author did not publish)",
            ["Party", "Statements by act", "In public", "Otherwise"],
            rows,
            widths=(15, 69, 8, 8),
        )


def one_text_in_parts(reading: Reading) -> tuple[Sentence, ...]:
    """Return the agreed texts of which two parties invoke different principles, and neither the other's."""
    found: list[Sentence] = []
    for first, second in reversed(_apart(reading)):
        text = reading.case.agreed_text[first.text]
        uses = {use.party: use for use in (first, second)}
        clauses: list[Part] = []
        for party in reading.in_turn(tuple(uses), 2):
            clauses.append((reading.naming.the(party), " names ", _principles(reading, uses[party])))
        found.append(
            sentence(
                "Of one agreed text, the ",
                label(f"{text_of(text.title)} of {text.date.year}{told_from(text)}"),
                ", different parts are named: ",
                separated(clauses),
                "; that neither names the other's part is no refusal of it.",
            )
        )
    return tuple(found[:SHOWN_TEXTS])


def _apart(reading: Reading) -> list[tuple[TextUse, TextUse]]:
    uses = [use for use in reading.ledger.text_uses if use.party in reading.speakers]
    pairs = []
    for at, first in enumerate(uses):
        for second in uses[at + 1 :]:
            one, other = _named(first), _named(second)
            if first.text == second.text and one and other and not one & other:
                pairs.append((first, second))
    return pairs


def _named(use: TextUse) -> set[str]:
    return {entry.principle for entry in use.invoked if entry.principle is not None}


def _principles(reading: Reading, use: TextUse) -> Part:
    says = {one.id: text_of(one.says) for one in reading.case.agreed_text[use.text].principles}
    named = [entry for entry in use.invoked if entry.principle is not None]
    return series([quoted(f"‹{says[str(entry.principle)]}›", cites=entry.statements) for entry in named])


def claims_blocks(reading: Reading) -> Iterator[Block]:
    """Yield the contested claims, and what is not known: which of them hold, what only one side says, which events."""
    every = [view for view in reading.ledger.claims if view.contested_since is not None]
    read = [_as_read(reading, view) for view in every]
    contested = [view for view in read if view.asserted and view.denied]
    if contested:
        yield grid(
            "Contested claims, which are words and no ground: who asserts, who denies, since when",
            ["Claim, in our words", "Asserted by", "Denied by"],
            [claim_row(reading, view) for view in contested[:SHOWN_CLAIMS]],
            widths=(40, 32, 28),
            note=_elsewhere(len(contested) > SHOWN_CLAIMS, read != every),
        )
    elif every:
        yield Paragraph((sentence("Contested claims stand in Annex C: on one side all that was said is from memory."),))
    if said := _not_known(reading, bool(every)):
        yield Paragraph(said, "lead")


def _as_read(reading: Reading, view: ClaimView) -> ClaimView:
    """Return a claim with those who assert and deny it in a source that was read, not in one that is remembered."""
    return replace(view, asserted=_read(reading, view.asserted), denied=_read(reading, view.denied))


def _read(reading: Reading, said: tuple[Said, ...]) -> tuple[Said, ...]:
    return tuple(one for one in said if reading.case.statement[one.statement].grade is not Grade.MEMORY)


def _elsewhere(more: bool, remembered: bool) -> str:
    """Return what stands in Annex C instead of here."""
    parts = [word for word, is_so in (("more claims", more), ("words from memory", remembered)) if is_so]
    return f"{' and '.join(parts)} stand in Annex C.".capitalize().replace("annex c", "Annex C") if parts else ""


def claim_row(reading: Reading, view: ClaimView) -> list[Part]:
    """Return a claim with those who assert and those who deny it."""
    return [
        quoted(f"‹{text_of(view.says)}›"),
        speakers(reading, view.asserted) if view.asserted else "–",
        speakers(reading, view.denied) if view.denied else "–",
    ]


def _not_known(reading: Reading, contested: bool) -> tuple[Sentence, ...]:
    said: list[Sentence] = []
    if contested:
        said.append(
            sentence("What we do not know: which of these claims holds; the record of words does not settle it.")
        )
    of_events = reading.ledger.disputed_events
    events = [one for one in of_events if reading.case.event[one.event].grade is not Grade.MEMORY][-SHOWN_EVENTS:]
    if events:
        told = [
            (
                quoted(f"‹{text_of(reading.case.event[one.event].says).rstrip('.')}›"),
                " (",
                _when(reading, one.event),
                ")",
            )
            for one in events
        ]
        said.append(sentence("Accounts differ on events, such as ", series(told), " (Annex C)."))
    one_sided = [view for view in reading.ledger.claims if view.contested_since is None and not view.denied]
    lone = [view for view in (_as_read(reading, one) for one in one_sided) if view.asserted]
    first: dict[str, ClaimView] = {}
    for view in lone:
        if view.issue is not None and view.asserted[0].who in reading.speakers:
            first.setdefault(view.asserted[0].who, view)
    if first:
        claims = [
            (quoted(f"‹{text_of(first[party].says)}›"), " (", speakers(reading, first[party].asserted), ")")
            for party in reading.in_turn(tuple(first), 5)[:SHOWN_ONE_SIDED]
        ]
        said.append(sentence("Asserted, with no denial found: ", separated(claims), "."))
    return tuple(said)


def _when(reading: Reading, event: str) -> Part:
    found = reading.case.event[event]
    return label(f"{short_day(found.happened.first)}; {GRADE_WORDS[found.grade]}")
