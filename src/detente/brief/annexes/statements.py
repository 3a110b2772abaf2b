"""Annex C, from statements: acts, claims, disputed events, agreed texts, said both ways, pledges, forecasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.brief.document import Block, Row, grid, heading
from detente.brief.sections.claims import claim_row
from detente.case.ledger.agreed import PrincipleUse, TextUse
from detente.case.ledger.consistency import Between, BothWays
from detente.case.ledger.forecasts import ForecastView
from detente.core.fields import text_of
from detente.evidence.source import Channel
from detente.wording.acts import acts_in_words
from detente.wording.reading import Reading
from detente.wording.sentence import Part, label, quoted, separated, series
from detente.wording.statements import short_day, told_from

BETWEEN = {
    Between.ONE_DAY: "on one day",
    Between.TIME: "over time, with nobody else's word in between",
    Between.CHANNELS: "one in public, one not, with nobody else's word in between",
    Between.ANSWER: "after another party's word: movement",
}


def statement_blocks(reading: Reading) -> Iterator[Block]:
    """Yield the lists that the main part has no room for."""
    yield from _acts(reading)
    yield from _claims(reading)
    yield from _events(reading)
    yield from _texts(reading)
    yield from _both_ways(reading)
    yield from _pledges(reading)
    yield from _forecasts(reading)
    yield from _scores(reading)


def _acts(reading: Reading) -> Iterator[Block]:
    counts = reading.ledger.act_counts
    rows: list[Sequence[Part]] = []
    for party in reading.in_turn(tuple(dict.fromkeys(count.party for count in counts)), 0):
        own = [count for count in counts if count.party == party and count.public + count.otherwise]
        months = sorted({count.month for count in own})
        told = [(f"{month}: ", acts_in_words(one for one in own if one.month == month)) for month in months]
        if told:
            rows.append([reading.naming.party(party), separated(told)])
    if rows:
        yield grid(
            "Acts in each party's own words, by month, as coded",
            ["Party", "Statements by act"],
            rows,
            widths=(20, 80),
            note=(
                "Each statement counts once, by its first act; ",
                label(f"detente ledger {reading.case.id} --section acts --json"),
                " lists them.",
            ),
        )


def _claims(reading: Reading) -> Iterator[Block]:
    if reading.ledger.claims:
        yield grid(
            "All claims, contested or not: nothing here says which holds",
            ["Claim, in our words", "Asserted by", "Denied by"],
            [claim_row(reading, view) for view in reading.ledger.claims],
            widths=(36, 32, 32),
            note="–: none found.",
        )


def _events(reading: Reading) -> Iterator[Block]:
    case = reading.case
    rows: list[Sequence[Part]] = []
    for event in reading.ledger.disputed_events:
        accounts: list[Part] = []
        for account in event.accounts:
            who = account.who
            name = reading.naming.party(who).text if who in case.party else text_of(case.actors.get(who, who))
            accounts.append((label(f"{name} ({short_day(account.since)}): "), quoted(text_of(account.says))))
        item = case.event[event.event]
        rows.append([short_day(item.happened.first), quoted(text_of(item.says)), separated(accounts)])
    if rows:
        yield grid("Events of which accounts differ", ["When", "What", "Accounts"], rows, widths=(12, 36, 52))


def _texts(reading: Reading) -> Iterator[Block]:
    rows: list[Row | Sequence[Part]] = []
    uses = reading.ledger.text_uses
    for text in dict.fromkeys(use.text for use in uses):
        item = reading.case.agreed_text[text]
        rows.append(heading(label(f"{text_of(item.title)}, {short_day(item.date)}{told_from(item)}")))
        by_party = {use.party: use for use in uses if use.text == text}
        rows += [_text_row(reading, by_party[party]) for party in reading.in_turn(tuple(by_party), 0)]
    if rows:
        yield grid(
            "Agreed texts that statements rely on",
            ["Party", "Invokes", "Disputes", "Does not name"],
            rows,
            widths=(16, 34, 22, 28),
            note=(
                "Principles as this record lists them, in our words. Not to name one is not to refuse it. ",
                "Invoked on one file and disputed on another: ",
                _both_issues(reading) or "none found",
                ".",
            ),
        )


def _text_row(reading: Reading, use: TextUse) -> list[Part]:
    says = _says(reading, use)
    return [
        reading.naming.party(use.party),
        _principles(use.invoked, says),
        _principles(use.disputed, says),
        separated([quoted(f"‹{says[name]}›") for name in use.left_out]) or "–",
    ]


def _says(reading: Reading, use: TextUse) -> dict[str, str]:
    return {one.id: text_of(one.says) for one in reading.case.agreed_text[use.text].principles}


def _principles(entries: Sequence[PrincipleUse], says: dict[str, str]) -> Part:
    named = [
        quoted("the text as such" if one.principle is None else f"‹{says[one.principle]}›", cites=one.statements)
        for one in entries
    ]
    return separated(named) or "–"


def _both_issues(reading: Reading) -> Part:
    return separated(
        [
            (reading.naming.party(use.party), ": ", quoted(f"‹{_says(reading, use)[name]}›"))
            for use in reading.ledger.text_uses
            for name in use.both_ways
        ]
    )


def _both_ways(reading: Reading) -> Iterator[Block]:
    found = (*reading.ledger.contradictions, *reading.ledger.revisions)
    if found:
        yield grid(
            "Said both ways by voices of one party",
            ["Party", "On", "One statement", "The other", "How"],
            [_both_row(reading, one) for one in found],
            widths=(16, 28, 18, 18, 20),
        )


def _both_row(reading: Reading, one: BothWays) -> list[Part]:
    case = reading.case
    what: Part = ()
    if one.claim is not None:
        what = quoted(f"‹{text_of(case.claim[one.claim].says)}›")
    elif one.issue is not None and one.option is not None:
        what = (reading.naming.issue(one.issue), ": ", reading.naming.option(one.issue, one.option))
    sides: list[Part] = [
        (quoted(case.statement[name].voice, cites=(name,)), f" ({short_day(on)}{_unless_public(channel)})")
        for name, on, channel in (
            (one.first, one.first_on, one.first_channel),
            (one.second, one.second_on, one.second_channel),
        )
    ]
    return [reading.naming.party(one.party), what, *sides, BETWEEN[one.between]]


def _unless_public(channel: Channel) -> str:
    return "" if channel is Channel.PUBLIC else f", {channel.value}"


def _pledges(reading: Reading) -> Iterator[Block]:
    naming = reading.naming
    rows: list[Sequence[Part]] = []
    for pledge in reading.ledger.pledges:
        closed = [naming.option(pledge.issue, option, cites=(pledge.statement,)) for option in pledge.closed]
        left = [naming.option(pledge.issue, option) for option in pledge.left]
        opened = tuple(reading.case.position[name].because[0] for name in pledge.reopened)
        rows.append(
            [
                naming.party(pledge.party),
                (naming.issue(pledge.issue), f", {short_day(pledge.since)}{_unless_public(pledge.channel)}"),
                series(closed),
                series(left) if left else "none",
                quoted("opens one again", cites=opened) if opened else "–",
            ]
        )
    if rows:
        yield grid(
            "Pledges, and what they close for the one who gives them",
            ["Party", "File and day", "Closes", "Left to it", "Its later word"],
            rows,
            widths=(15, 22, 24, 27, 12),
        )


def _forecasts(reading: Reading) -> Iterator[Block]:
    rows: list[Sequence[Part]] = [
        [
            label(view.author),
            quoted(f"‹{text_of(view.what)}›", cites=(view.statement,)),
            short_day(view.since),
            _likelihood(reading, view),
            _outcome(view),
        ]
        for view in reading.ledger.forecasts
    ]
    if rows:
        yield grid(
            "Forecasts and what came of them",
            ["Who", "Of what", "Made", "How likely, in its words", "Outcome"],
            rows,
            widths=(22, 32, 12, 16, 18),
            note="Nobody's forecast is a finding of this brief.",
        )


def _likelihood(reading: Reading, view: ForecastView) -> str:
    forecast = reading.case.statement[view.statement].forecast
    if forecast is None or (forecast.probability is None and forecast.likelihood is None):
        return "not stated"
    if forecast.likelihood is not None:
        return f"{forecast.likelihood.value.replace('_', ' ')}{' (our reading)' if forecast.inferred else ''}"
    return f"{forecast.probability:.2f}"


def _outcome(view: ForecastView) -> Part:
    if view.occurred is None:
        return "its day is past, none found" if view.overdue else "open"
    assert view.outcome_since is not None
    words = "occurred" if view.occurred else "did not occur"
    return quoted(f"{words}, known since {short_day(view.outcome_since)}", cites=view.because)


def _scores(reading: Reading) -> Iterator[Block]:
    rows: list[Sequence[Part]] = []
    for one in reading.ledger.author_scores:
        if one.scores is not None:
            log = "infinite" if one.scores.log is None else f"{one.scores.log:.3f}"
            span = f"{one.scores.brier:.3f} ({one.brier_best:.3f} to {one.brier_worst:.3f})"
            number = f"{one.scores.number} of {one.forecasts}"
            rows.append([label(one.author), number, f"{one.scores.base_rate:.2f}", span, log])
    if rows:
        yield grid(
            "Scores of forecasts whose outcome is known",
            ["Who", "Scored", "Share that occurred", "Brier score (over the range of its words)", "Log score"],
            rows,
            widths=(34, 12, 16, 26, 12),
            note="0 is best; one half for everything has a Brier score of 0.25. So few events compare nobody.",
        )
