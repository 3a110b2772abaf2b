"""What the ledger finds differently in two cases: said, answered, not answered, moved, left open."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.case import Case
from detente.case.diff.compare import Change, compare
from detente.case.diff.record import Record, fields_of, members
from detente.case.ledger import Ledger, ListLedger, ledger

FINDINGS = (
    *("said", "moved", "answered", "not_answered", "silences", "concerns", "agenda", "rolls", "meetings"),
    "open_options",
)
"""The kinds of finding that are compared, in the order in which differences are told."""


def ledger_changes(a: Case, b: Case, consent: str | None = None) -> tuple[Change, ...]:
    """Return the findings of the ledger that differ.

    Findings on consent lists are compared for lists that both cases have, or for one of them. Findings that only say
    others again (acceptances, replies compared, what closes an issue option by option) are left out.
    """
    lists = frozenset(name for name in a.consent_list if name in b.consent_list and consent in {None, name})
    return compare(_findings(ledger(a), lists), _findings(ledger(b), lists), FINDINGS)


def _findings(found: Ledger, lists: frozenset[str]) -> Iterator[Record]:
    for view in found.options:
        for held in view.held:
            fields = fields_of(held, ("stance", "basis", "position", "since"))
            yield Record("said", (held.party, held.issue, held.option), fields)
    for move in found.movements:
        fields = fields_of(move, ("before", "after", "basis", "direction", "earlier"))
        yield Record("moved", (move.party, move.issue, move.option, move.later), fields)
    for tally in found.tallies:
        counts = ("articles", "answered", "partly_answered", "own_statement", "no_answer", "through")
        yield Record("answered", (tally.text, tally.addressee), fields_of(tally, counts))
    for answer in found.unanswered:
        item = answer.article or str(answer.item or "")
        yield Record("not_answered", (answer.text, item, answer.addressee, answer.issue), {})
    for silence in found.silences:
        fields = fields_of(silence, ("issues", "addressees"))
        yield Record("silences", (silence.text, silence.article or silence.item or ""), fields)
    for concern in found.concerns:
        heard = members(statement.id for statement in concern.acknowledged_by)
        yield Record("concerns", (concern.party, concern.statement.id), {"acknowledged_by": heard})
    for share in found.agenda:
        for issue in share.issues:
            yield Record("agenda", (issue,), {"first_raised_by": members(share.authors)})
    for part in found.lists:
        if part.roll.consent_list.id in lists:
            yield from _of_list(part)


def _of_list(part: ListLedger) -> Iterator[Record]:
    name = part.roll.consent_list.id
    yield Record("rolls", (name,), {key: members(getattr(part.roll, key)) for key in ("members", "shared", "missing")})
    for overlap in part.overlaps:
        pair = sorted((overlap.first, overlap.second))
        options = members(one.option for one, _ in overlap.common)
        yield Record("meetings", (name, overlap.issue, *pair), {"meeting": overlap.meeting.value, "options": options})
    for left in part.open_options:
        open_now = fields_of(left, ("by_stated", "by_stated_and_inferred"))
        closed = {f"closed_{key}": key not in open_now for key in ("by_stated", "by_stated_and_inferred")}
        yield Record("open_options", (name, left.issue), {**open_now, **closed})
