"""`detente ledger CASE`: the record, without a judged number."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from detente.case.case import Case
from detente.case.ledger.members import Effect
from detente.case.position import Basis, OptionStance, Stance
from detente.cli import ledger_statements as statements
from detente.cli.lazy import Documented
from detente.cli.names import count_of, issue_name, joined, option_name, party_name
from detente.cli.opening import consent_of, open_case
from detente.cli.options import analysis_options, case_argument
from detente.cli.output import print_json
from detente.cli.usage import Words
from detente.core.fields import text_of

if TYPE_CHECKING:
    from detente.case.ledger import Ledger, ListLedger
    from detente.case.ledger.members import MemberVoice
    from detente.case.ledger.option_view import OptionView
    from detente.case.ledger.refusals import Closure
    from detente.case.ledger.stances import Held

MEETINGS = {
    "in_words_both_used": "Texts of two members touch in words both used",
    "in_our_reading": "Texts of two members touch only in our reading",
    "apart": "Texts of two members have no option in common",
    "not_coded": "A member of a pair is not coded",
}

HOLDERS = {
    Stance.DEMANDS: "demanded by",
    Stance.WOULD_ACCEPT: "would be accepted by",
    Stance.WOULD_DISCUSS: "would be discussed by",
    Stance.RULES_OUT: "ruled out by",
}

MOST_VOICES = 10


EFFECTS = {
    Effect.BLOCKS: "under its rule of consensus this stands against the alliance's yes",
    Effect.SHARED: "the group speaks jointly, so this is its word",
}


def lines_of(case: Case, found: Ledger, wanted: Collection[str] = ()) -> Iterator[str]:
    """Yield the ledger as sentences, section by section; an empty section says so."""
    sections = [section for name, section in SECTIONS.items() if not wanted or name in wanted]
    for at, section in enumerate(sections):
        if at:
            yield ""
        yield from _section(section.title, section.lines(case, found), section.otherwise)
    for part in found.lists if not wanted or "lists" in wanted else ():
        if sections:
            yield ""
        listed = part.roll.consent_list
        yield from _section(f"Consent list {listed.id} ({text_of(listed.name)})", _list(case, part), "")


def _said(case: Case, found: Ledger) -> Iterator[str]:
    yield f"Parties with coded positions: {joined(party_name(case, party) for party in found.speakers)}."
    yield f"Tabled texts read as packages: {joined(package.id for package in found.tabled)}."
    for share in found.agenda:
        who = (
            f"by {joined(party_name(case, party) for party in share.authors)}" if share.authors else "in no tabled text"
        )
        yield f"Raised {who}: {count_of(len(share.issues), 'issue')}."


def _section(title: str, lines: Iterable[str], otherwise: str) -> Iterator[str]:
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


def _options(case: Case, found: Ledger) -> Iterator[str]:
    for issue, views in itertools.groupby(found.options, key=lambda view: view.issue):
        yield issue_name(case, issue)
        for view in views:
            yield f"  {option_name(case, issue, view.option)}: {_holders(case, view)}."


def _holders(case: Case, view: OptionView) -> str:
    parts = [
        f"{words} {joined(_holder(case, held) for held in entries)}"
        for stance, words in HOLDERS.items()
        if (entries := view.those_who(stance))
    ]
    return "; ".join(parts) or "no stance found"


def _holder(case: Case, held: Held) -> str:
    """Return a party's name, with the basis behind it unless the party says so itself."""
    return party_name(case, held.party) + _unless_stated(held.basis)


def _unless_stated(basis: Basis) -> str:
    return "" if basis is Basis.STATED else f" ({basis.value})"


def _accepted(case: Case, found: Ledger) -> Iterator[str]:
    for held in found.accepted:
        yield (
            f"{party_name(case, held.party)} would accept {option_name(case, held.issue, held.option)} "
            f"({issue_name(case, held.issue)}; {held.basis.value}, {held.position})."
        )


def _replies(case: Case, found: Ledger) -> Iterator[str]:
    for difference in found.reply_differences:
        yield issue_name(case, difference.issue)
        for text, says in ((difference.first, difference.first_says), (difference.second, difference.second_says)):
            yield f"  {text}: {_says(case, difference.issue, says)}."


def _says(case: Case, issue: str, says: Mapping[str, OptionStance]) -> str:
    return (
        "; ".join(
            f"{entry.stance.value.replace('_', ' ')} {option_name(case, issue, option)}{_unless_stated(entry.basis)}"
            for option, entry in says.items()
        )
        or "nothing on it is coded"
    )


def _linkage(case: Case, found: Ledger) -> Iterator[str]:
    for linkage in found.linkage:
        yield issue_name(case, linkage.issue)
        for option, entries in linkage.asks:
            for stance in (Stance.DEMANDS, Stance.WOULD_ACCEPT):
                if those := [held for held in entries if held.stance is stance]:
                    who = joined(_holder(case, held) for held in those)
                    yield f"  {option_name(case, linkage.issue, option)}: {HOLDERS[stance]} {who}."
        if not linkage.asks:
            yield "  No demand and no acceptance is coded."
        elif linkage.apart:
            yield "  No option is asked for by all who ask."


def _bound(case: Case, found: Ledger) -> Iterator[str]:
    for party, issues in found.bound_but_absent:
        yield f"{party_name(case, party)}: {'; '.join(issue_name(case, issue) for issue in issues)}."


def _list(case: Case, part: ListLedger) -> Iterator[str]:
    roll = part.roll
    if roll.consent_list.issue_by_issue:
        yield "Asked issue by issue, of those who must consent to each."
    else:
        yield f"Members: {joined(party_name(case, party) for party in roll.members)}."
        if roll.missing:
            yield f"Without any coded position: {joined(party_name(case, party) for party in roll.missing)}."
        yield f"Issues on which all of them have a coded position: {len(roll.shared)} of {len(case.issues)}."
    for meeting in dict.fromkeys(overlap.meeting for overlap in part.overlaps):
        issues = {overlap.issue for overlap in part.overlaps if overlap.meeting is meeting}
        yield f"{MEETINGS[meeting.value]}: {count_of(len(issues), 'issue')}."
    voices = [voice for voice in part.member_voices if voice.effect is not Effect.OWN]
    yield from (_voice(case, voice) for voice in voices[:MOST_VOICES])
    if (more := len(voices) - MOST_VOICES) > 0:
        yield f"… and {more:,} more in --json."
    for closures, how in (
        (part.closed_by_stated, "by stated refusals"),
        (part.closed_by_stated_and_inferred, "by stated and inferred refusals"),
    ):
        closed = joined(issue_name(case, closure.issue) for closure in closures)
        yield f"Issues on which no option is left open {how}: {closed}."
        for closure in closures:
            yield from _closure(case, closure)


def _voice(case: Case, voice: MemberVoice) -> str:
    held = voice.held
    return (
        f"{party_name(case, held.party)}, a member of {party_name(case, voice.alliance)}, "
        f"{held.stance.value.replace('_', ' ')} {option_name(case, held.issue, held.option)} "
        f"({issue_name(case, held.issue)}; {held.basis.value}, {held.position}): {EFFECTS[voice.effect]}."
    )


def _closure(case: Case, closure: Closure) -> Iterator[str]:
    """Yield who refuses each option; one refusal of each makes a smallest set that closes the issue."""
    sets = count_of(closure.set_count, "smallest set")
    yield f"  {issue_name(case, closure.issue)}: {sets} of refusals, one per option."
    for entries in closure.refusals:
        who = joined(f"{party_name(case, held.party)} ({held.basis.value}, {held.position})" for held in entries)
        yield f"    {option_name(case, closure.issue, entries[0].option)}: refused by {who}."


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the ledger as it is printed, and the keys of the JSON form that hold the same."""

    title: str
    lines: Callable[[Case, Ledger], Iterator[str]]
    otherwise: str
    keys: tuple[str, ...]


SECTIONS: Mapping[str, Section] = {
    "said": Section("Said", _said, "", ("speakers", "tabled", "agenda")),
    "answered": Section("Answered", _answered, "no answer to a text is coded.", ("tallies",)),
    "unanswered": Section("Not answered", _unanswered, "no silence is coded.", ("unanswered", "silences")),
    "moved": Section("Moved", _moved, "no position changed in what is coded.", ("movements",)),
    "options": Section("Options", _options, "no issue is coded.", ("options",)),
    "accepted": Section("Accepted", _accepted, "none found.", ("accepted",)),
    "replies": Section(
        "Replies compared", _replies, "no two replies of one day differ in what is coded.", ("reply_differences",)
    ),
    "linkage": Section(
        "One package or separate tracks", _linkage, "no issue on how the files are tied is coded.", ("linkage",)
    ),
    "bound": Section("Bound but absent", _bound, "none coded.", ("bound_but_absent", "assents")),
    "fears": Section("Fears in their own words", _concerns, "none coded.", ("concerns",)),
    "recognition": Section(
        "Taken up by another party", statements.recognition, "no statement is linked.", ("recognitions",)
    ),
    "claims": Section(
        "Claims", statements.claims, "no claim is coded.", ("claims", "claim_grounds", "disputed_events")
    ),
    "contradictions": Section(
        "Said both ways", statements.contradictions, "none found in what is coded.", ("contradictions", "revisions")
    ),
    "texts": Section(
        "Agreed texts relied on", statements.texts, "no statement relies on an agreed text.", ("text_uses",)
    ),
    "forecasts": Section("Forecasts", statements.forecasts, "no forecast is coded.", ("forecasts", "author_scores")),
    "pledges": Section("Pledges", statements.pledges, "no pledge is coded.", ("pledges",)),
    "acts": Section("Acts, by party", statements.acts, "no statement of a party is coded.", ("act_counts",)),
}
"""The sections in the order in which they are printed; the consent lists follow."""


@click.command(
    "ledger",
    cls=Documented,
    examples=(
        "detente ledger river-basin",
        "detente ledger river-basin --section claims --section texts",
        "detente ledger river-basin --json",
    ),
)
@case_argument
@click.option(
    "--section",
    "sections",
    multiple=True,
    type=Words([*SECTIONS, "lists"]),
    metavar="NAME",
    help=f"Print this section only; may be repeated. One of: {', '.join(SECTIONS)}, lists.",
)
@analysis_options
def command(
    case: str,
    sections: tuple[str, ...],
    as_of: datetime.date | None,
    consent: str | None,
    lens: str | None,
    seed: int,
    as_json: bool,
) -> None:
    """List what was said, answered, left unanswered and moved; no judged number is used."""
    from detente.case.ledger import ledger

    opened = open_case(case, as_of, lens)
    found = ledger(opened, consent=consent_of(opened, consent))
    if as_json:
        keys = [key for name in sections for key in (SECTIONS[name].keys if name in SECTIONS else (name,))]
        print_json({key: getattr(found, key) for key in keys} if sections else found)
        return
    for line in lines_of(opened, found, sections):
        click.echo(line)
