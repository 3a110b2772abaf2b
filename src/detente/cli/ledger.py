"""`detente ledger CASE`: the record, without a judged number."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from detente.case.case import Case
from detente.case.ledger.members import Effect
from detente.cli.lazy import Documented
from detente.cli.names import count_of, issue_name, joined, option_name, party_name
from detente.cli.opening import consent_of, open_case
from detente.cli.options import analysis_options, case_argument
from detente.cli.output import print_json
from detente.core.fields import text_of

if TYPE_CHECKING:
    from detente.case.ledger import Ledger, ListLedger

MEETINGS = {
    "in_words_both_used": "Texts of two members touch in words both used",
    "in_our_reading": "Texts of two members touch only in our reading",
    "apart": "Texts of two members have no option in common",
    "not_coded": "A member of a pair is not coded",
}


@click.command("ledger", cls=Documented, examples=("detente ledger river-basin", "detente ledger river-basin --json"))
@case_argument
@analysis_options
def command(
    case: str, as_of: datetime.date | None, consent: str | None, lens: str | None, seed: int, as_json: bool
) -> None:
    """List what was said, answered, left unanswered and moved; no judged number is used."""
    from detente.case.ledger import ledger

    opened = open_case(case, as_of, lens)
    found = ledger(opened, consent=consent_of(opened, consent))
    if as_json:
        print_json(found)
        return
    for line in lines_of(opened, found):
        click.echo(line)


EFFECTS = {
    Effect.BLOCKS: "under its rule of consensus this stands against the alliance's yes",
    Effect.SHARED: "the group speaks jointly, so this is its word",
}


def lines_of(case: Case, found: Ledger) -> Iterator[str]:
    """Yield the ledger as sentences, section by section; an empty section says so."""
    yield "Said"
    yield f"  Parties with coded positions: {joined(party_name(case, party) for party in found.speakers)}."
    yield f"  Tabled texts read as packages: {joined(package.id for package in found.tabled)}."
    for share in found.agenda:
        who = (
            f"by {joined(party_name(case, party) for party in share.authors)}" if share.authors else "in no tabled text"
        )
        yield f"  Raised {who}: {count_of(len(share.issues), 'issue')}."
    yield from _section("Answered", _answered(case, found), "no answer to a text is coded.")
    yield from _section("Not answered", _unanswered(case, found), "no silence is coded.")
    yield from _section("Moved", _moved(case, found), "no position changed in what is coded.")
    yield from _section("Fears in their own words", _concerns(case, found), "none coded.")
    for part in found.lists:
        listed = part.roll.consent_list
        yield from _section(f"Consent list {listed.id} ({text_of(listed.name)})", _list(case, part), "")


def _section(title: str, lines: Iterable[str], otherwise: str) -> Iterator[str]:
    yield ""
    yield title
    found = False
    for line in lines:
        found = True
        yield f"  {line}"
    if not found:
        yield f"  {otherwise[:1].upper()}{otherwise[1:]}"


def _answered(case: Case, found: Ledger) -> Iterator[str]:
    for tally in found.tallies:
        yield (
            f"{party_name(case, tally.addressee)} to {tally.text}, {count_of(tally.articles, 'article')}: "
            f"{tally.answered} answered, {tally.partly_answered} in part, {tally.own_statement} met by a statement of "
            f"its own, {tally.no_answer} not found answered."
        )


def _unanswered(case: Case, found: Ledger) -> Iterator[str]:
    for silence in found.silences:
        what = silence.article or silence.item or "the text"
        issues = joined(issue_name(case, issue) for issue in silence.issues)
        who = joined(party_name(case, party) for party in silence.addressees)
        yield f"{silence.text}, {what} ({issues}): no answer found by {who}."


def _moved(case: Case, found: Ledger) -> Iterator[str]:
    for move in found.movements:
        before = "no stance" if move.before is None else move.before.value
        after = "nothing more said" if move.after is None else move.after.value
        stances = f"{before} → {after}".replace("_", " ")
        yield (
            f"{party_name(case, move.party)} on {option_name(case, move.issue, move.option)} "
            f"({issue_name(case, move.issue)}): {move.direction.value}, {stances} "
            f"({move.basis.value}; {move.earlier}, {move.later})."
        )


def _concerns(case: Case, found: Ledger) -> Iterator[str]:
    for concern in found.concerns:
        heard = joined(statement.id for statement in concern.acknowledged_by)
        yield f"{party_name(case, concern.party)} ({concern.statement.id}): acknowledged in: {heard}."


def _list(case: Case, part: ListLedger) -> Iterator[str]:
    roll = part.roll
    yield f"Members: {joined(party_name(case, party) for party in roll.members)}."
    if roll.missing:
        yield f"Without any coded position: {joined(party_name(case, party) for party in roll.missing)}."
    yield f"Issues on which all of them have a coded position: {len(roll.shared)} of {len(case.issues)}."
    for meeting in dict.fromkeys(overlap.meeting for overlap in part.overlaps):
        issues = {overlap.issue for overlap in part.overlaps if overlap.meeting is meeting}
        yield f"{MEETINGS[meeting.value]}: {count_of(len(issues), 'issue')}."
    for voice in part.member_voices:
        if voice.effect is not Effect.OWN:
            held = voice.held
            yield (
                f"{party_name(case, held.party)}, a member of {party_name(case, voice.alliance)}, "
                f"{held.stance.value.replace('_', ' ')} {option_name(case, held.issue, held.option)} "
                f"({issue_name(case, held.issue)}; {held.basis.value}, {held.position}): {EFFECTS[voice.effect]}."
            )
    for closures, how in (
        (part.closed_by_stated, "by stated refusals"),
        (part.closed_by_stated_and_inferred, "by stated and inferred refusals"),
    ):
        closed = joined(issue_name(case, closure.issue) for closure in closures)
        yield f"Issues on which no option is left open {how}: {closed}."
