"""The case as it was public on a day.

What became public later does not exist: statements, positions, events and claims about them, texts, answers, lenses,
entries of the calendar, uses of a term, outcomes of forecasts. A reference to something that is gone goes with it. A
judged number stands only on grounds that are all public; one without grounds stands from its `since`, else from the
first day of the case's period. Numbers judged later on grounds that were public then are kept: `judged_later` lists
them.

The cut obeys two laws: cutting twice on a day changes nothing more, and of two cuts only the earlier counts. This is
why earlier revisions of a number and words no longer in use stay in the cut case; `in_force` picks the latter.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from detente.case.case import Case
from detente.case.change import changed, estimates_of
from detente.case.context import NoAgreement, Outlook, SharedEstimates
from detente.case.crisis import Crisis
from detente.case.crisis_cut import cut_crisis
from detente.case.package import TabledText
from detente.case.party import Dated, Party
from detente.case.preference import Preference, RedLine
from detente.case.stability import Dated as Grounded
from detente.case.stability import Outcome, Stability, StatePreference
from detente.case.stability_cut import without_items
from detente.core.estimate import Estimate
from detente.evidence.event import Event
from detente.evidence.source import Source, Visibility
from detente.evidence.statement import Citation, Statement

Day = datetime.date


def at(case: Case, date: Day) -> Case:
    """Return the case as it was public at the end of a day.

    Parameters
    ----------
    case : Case
        The case, or a cut of it; a `cut_off` that it already has counts if it is earlier.
    date : date
        The day; what became public on it is in.

    Returns
    -------
    Case
        A case whose `cut_off` is that day. Before the first public position it holds no number at all; a case that
        codes no position (an imported one) keeps its numbers.
    """
    date = date if case.cut_off is None else min(date, case.cut_off)
    statements = {one.id for one in case.statements if one.public_since <= date}
    events = {one.id for one in case.events if one.public_since <= date}
    sources = {one.id for one in case.sources if one.published is None or one.published.first <= date}
    texts = {one.id for one in case.texts if one.public_since <= date}
    cut = _Cut.of(case, date, statements=statements, events=events, sources=sources, texts=texts)
    return changed(_cut_to(case, cut), cut_off=date)


def export_public(case: Case) -> Case:
    """Return the case without what is restricted: sources, statements, events, and all that rests on them.

    A statement or event that cites restricted sources only goes with them; a citation of one goes from the others;
    a text goes if all its sources do. Numbers, answers, packages and the priors of text classes stand only on what is
    left; a lens goes with its document, and a pair of its overrides with the grounds of either. Words are not read: a
    note that tells what a restricted source says must be removed by hand.
    """
    sources = {one.id for one in case.sources if one.visibility is Visibility.PUBLIC}

    def may_leave(one: Statement | Event) -> bool:
        shown = not one.cites or any(cite.source in sources for cite in one.cites)
        return one.visibility is Visibility.PUBLIC and shown

    statements = {one.id for one in case.statements if may_leave(one)}
    events = {one.id for one in case.events if may_leave(one)}
    texts = {one.id for one in case.texts if not sources.isdisjoint(one.sources)}
    cut = _Cut.of(case, Day.max, statements=statements, events=events, sources=sources, texts=texts)
    hidden = {one.id for one in case.sources} - sources
    exported = _cut_to(_without_hidden(case, cut, hidden), cut)
    return changed(
        exported,
        sources=tuple(one for one in exported.sources if one.id in sources),
        texts=tuple(
            changed(one, sources=tuple(name for name in one.sources if name in sources)) for one in exported.texts
        ),
    )


def _without_hidden(case: Case, cut: _Cut, hidden: set[str]) -> Case:
    """Return a case without what a cut by days keeps though all its grounds are gone, and what names a document."""

    def stand(*numbers: Estimate) -> bool:
        return all(cut.has_ground(number.because) for number in numbers)

    lenses = (
        changed(
            lens,
            pairs=tuple(
                pair
                for pair in lens.pairs
                if all(cut.has_ground(one.because) and stand(one.value) for one in pair.overrides)
            ),
        )
        for lens in case.lenses
        if lens.document not in hidden
    )
    terms = (changed(term, uses=tuple(use for use in term.uses if use.source not in hidden)) for term in case.terms)
    return changed(
        case,
        answers=tuple(one for one in case.answers if cut.has_ground(one.because)),
        packages=tuple(one for one in case.packages if cut.has_ground(one.because)),
        text_class_priors={name: prior for name, prior in case.text_class_priors.items() if stand(prior)},
        lenses=tuple(lenses),
        terms=tuple(term for term in terms if term.uses),
        record_notes=tuple(one for one in case.record_notes if one.document not in hidden),
    )


def _cut_to(case: Case, cut: _Cut) -> Case:
    parts = {**_record(case, cut), **_frame(case, cut), **_tabled(case, cut), **_context(case, cut)}
    parts["stability"] = _stability(case, cut)
    parts["crisis"] = _crisis(case, cut)
    return changed(case, **parts, **_numbers(case, cut))


def judged_later(case: Case, date: Day) -> tuple[tuple[str | int, ...], ...]:
    """Return the paths of the estimates that were judged after a day, in the order of the case."""
    return tuple(
        path for path, number in estimates_of(case) if number.judged_on is not None and number.judged_on > date
    )


def in_force(words: Iterable[Dated], date: Day | None) -> tuple[Dated, ...]:
    """Return the aliases or roles that fit on a day; all of them if no day is given."""
    return tuple(
        word
        for word in words
        if date is None or ((word.since is None or word.since <= date) and (word.until is None or date <= word.until))
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    """What there is on a day, or for a reader."""

    date: Day
    first: Day | None
    alive: frozenset[str]  # statements, positions, events
    coded: frozenset[tuple[str, str]]  # (party, issue) with a position
    numbers: bool  # whether any number may stand
    sources: frozenset[str]
    texts: frozenset[str]
    published: Mapping[str, Day]

    @classmethod
    def of(
        cls, case: Case, date: Day, *, statements: set[str], events: set[str], sources: set[str], texts: set[str]
    ) -> _Cut:
        positions = [one for one in case.positions if one.because[0] in statements]
        return cls(
            date=date,
            first=None if case.period is None else case.period.first,
            alive=frozenset((*statements, *events, *(one.id for one in positions))),
            coded=frozenset((one.party, one.issue) for one in positions),
            numbers=bool(positions) or not case.positions,
            sources=frozenset(sources),
            texts=frozenset(texts),
            published={one.id: one.published.first for one in case.sources if one.published is not None},
        )

    def left(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in ids if one in self.alive)

    def has_come(self, day: Day | None) -> bool:
        return day is None or day <= self.date

    def has_ground(self, ids: tuple[str, ...]) -> bool:
        """Return whether something rests on nothing that could be gone, or on something that is public."""
        return not ids or any(one in self.alive for one in ids)

    def stands(self, number: Estimate) -> bool:
        if not self.numbers:
            return False
        if number.because:
            return all(one in self.alive for one in number.because)
        return self.has_come(self.first if number.since is None else number.since)

    def number(self, number: Estimate | None) -> Estimate | None:
        """Return a number with the commentary that is public, or None if it does not stand."""
        if number is None or not self.stands(number):
            return None
        return changed(number, see=self.left(number.see))


def _record(case: Case, cut: _Cut) -> dict[str, Any]:
    statements = tuple(_statement(one, cut) for one in case.statements if one.id in cut.alive)
    events: tuple[Event, ...] = tuple(
        changed(
            one,
            claims=tuple(claim for claim in one.claims if cut.has_come(claim.public_since)),
            cites=_cites(one.cites, cut),
            statements=cut.left(one.statements),
        )
        for one in case.events
        if one.id in cut.alive
    )
    texts = tuple(one for one in case.texts if one.id in cut.texts)
    cited = _cited(statements, events, texts)
    ever = _cited(case.statements, case.events, case.texts)

    def is_there(source: Source) -> bool:
        if source.id in cited:
            return True
        return source.id in cut.sources and (source.published is not None or source.id not in ever)

    positions = tuple(
        changed(one, because=cut.left(one.because), see=cut.left(one.see))
        for one in case.positions
        if one.id in cut.alive
    )
    return {
        "statements": statements,
        "events": events,
        "positions": positions,
        "sources": tuple(one for one in case.sources if is_there(one)),
        **_claims(case, statements, cut),
    }


def _claims(case: Case, statements: tuple[Statement, ...], cut: _Cut) -> dict[str, Any]:
    """Return the claims that somebody has made, the texts agreed or relied on, and the outcomes that are known."""
    said = {name for one in statements for name in (*one.asserts, *one.denies)}
    relied = {entry.text for one in statements for entry in one.relies_on}
    return {
        "claims": tuple(one for one in case.claims if one.id in said),
        "agreed_texts": tuple(one for one in case.agreed_texts if one.id in relied or cut.has_come(one.date)),
        "forecast_outcomes": tuple(
            changed(one, because=cut.left(one.because))
            for one in case.forecast_outcomes
            if cut.has_come(one.public_since) and one.statement in cut.alive and cut.left(one.because)
        ),
    }


def _cited(
    statements: tuple[Statement, ...], events: tuple[Event, ...], texts: tuple[TabledText, ...]
) -> frozenset[str]:
    cites = (*(cite for one in statements for cite in one.cites), *(cite for one in events for cite in one.cites))
    return frozenset((*(cite.source for cite in cites), *(source for text in texts for source in text.sources)))


def _statement(one: Statement, cut: _Cut) -> Statement:
    return changed(one, cites=_cites(one.cites, cut), acknowledges=cut.left(one.acknowledges))


def _cites(cites: tuple[Citation, ...], cut: _Cut) -> tuple[Citation, ...]:
    """Return the citations of documents that were out, or of the earliest if none was: the fact itself was public."""
    out = tuple(one for one in cites if one.source in cut.sources)
    if out or not cites:
        return out
    first = min(cut.published.get(one.source, Day.max) for one in cites)
    return tuple(one for one in cites if cut.published.get(one.source, Day.max) == first)


def _frame(case: Case, cut: _Cut) -> dict[str, Any]:
    return {
        "parties": tuple(_party(one, cut) for one in case.parties),
        "issues": tuple(changed(one, statements=cut.left(one.statements)) for one in case.issues),
        "links": tuple(
            changed(one, because=cut.left(one.because)) for one in case.links if cut.has_ground(one.because)
        ),
    }


def _party(party: Party, cut: _Cut) -> Party:
    def come(words: tuple[Dated, ...]) -> tuple[Dated, ...]:
        return tuple(word for word in words if cut.has_come(word.since))

    return changed(party, aliases=come(party.aliases), roles=come(party.roles))


def _tabled(case: Case, cut: _Cut) -> dict[str, Any]:
    texts = tuple(one for one in case.texts if one.id in cut.texts)
    return {
        "texts": tuple(
            changed(one, replies_to=tuple(name for name in one.replies_to if name in cut.texts)) for one in texts
        ),
        "answers": tuple(
            changed(
                one,
                because=cut.left(one.because),
                raised_by=cut.left(one.raised_by),
            )
            for one in case.answers
            if cut.has_come(one.public_since) and one.text in cut.texts
        ),
        "packages": tuple(
            changed(one, because=cut.left(one.because))
            for one in case.packages
            if cut.has_come(one.public_since)
            and (one.public_since is not None or one.happened is None or one.happened.first <= cut.date)
            and (one.public_since is not None or cut.has_ground(one.because))
        ),
    }


def _context(case: Case, cut: _Cut) -> dict[str, Any]:
    def grounded(items: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(changed(one, because=cut.left(one.because)) for one in items if cut.has_ground(one.because))

    def rid(items: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(changed(one, because=cut.left(one.because)) for one in items)

    return {
        "alternatives": grounded(case.alternatives),
        "moves": grounded(case.moves),
        "perceptions": grounded(case.perceptions),
        "forums": grounded(one for one in case.forums if cut.has_come(one.since)),
        "third_parties": rid(case.third_parties),
        "calendar": tuple(
            one
            if one.cancelled_since is None or cut.has_come(one.cancelled_since)
            else changed(one, cancelled_since=None)
            for one in case.calendar
            if cut.has_come(one.public_since)
        ),
        "terms": tuple(
            changed(term, uses=tuple(use for use in term.uses if cut.has_come(use.since)))
            for term in case.terms
            if any(cut.has_come(use.since) for use in term.uses)
        ),
        "constituencies": rid(one for one in case.constituencies if cut.has_come(one.since)),
        "author_claims": tuple(
            one for one in case.author_claims if cut.has_come(one.public_since) and one.statement in cut.alive
        ),
        "record_notes": tuple(
            changed(one, statements=cut.left(one.statements))
            for one in case.record_notes
            if cut.has_ground(one.statements)
        ),
    }


def _stability(case: Case, cut: _Cut) -> Stability | None:
    """Return what stands of the graph model: moves and rules by their grounds, rankings as judged numbers do."""

    def stands(item: Grounded) -> bool:
        if isinstance(item, StatePreference) and not cut.numbers:
            return False
        judged = isinstance(item, StatePreference | Outcome)
        since = cut.first if judged and item.public_since is None and not item.because else item.public_since
        return cut.has_come(since) and cut.has_ground(item.because)

    return None if case.stability is None else without_items(case.stability, stands, cut.left)


def _crisis(case: Case, cut: _Cut) -> Crisis | None:
    """Return what stands of the crisis section: items by their grounds and days, numbers as all judged ones."""

    def stands(item: Grounded) -> bool:
        return cut.has_come(item.public_since) and cut.has_ground(item.because)

    return None if case.crisis is None else cut_crisis(case.crisis, stands, cut.number, cut.left)


def _numbers(case: Case, cut: _Cut) -> dict[str, Any]:
    preferences = [_preference(case, one, cut) for one in case.preferences]
    outlooks = [_outlook(one, cut) for one in case.no_agreement.outlooks]
    trust = [(one, cut.number(one.value)) for one in case.trust_classes]
    kept = {one.id for one, value in trust if value is not None}
    lenses = [one for one in case.lenses if cut.has_come(one.public_since)]
    return {
        "text_class_priors": {
            name: changed(prior, because=cut.left(prior.because), see=cut.left(prior.see))
            for name, prior in case.text_class_priors.items()
            if cut.numbers
        },
        "preferences": tuple(one for one in preferences if one is not None),
        "no_agreement": _no_agreement(case.no_agreement, [one for one in outlooks if one is not None]),
        "trust_classes": tuple(changed(one, value=value) for one, value in trust if value is not None),
        "dyads": tuple(changed(one, value=cut.number(one.value)) for one in case.dyads if one.trust in kept),
        "shared": _shared(case.shared, cut),
        "lenses": tuple(
            changed(
                lens,
                pairs=tuple(
                    changed(
                        pair,
                        overrides=tuple(
                            changed(
                                one,
                                because=cut.left(one.because),
                                value=changed(
                                    one.value, because=cut.left(one.value.because), see=cut.left(one.value.see)
                                ),
                            )
                            for one in pair.overrides
                        ),
                    )
                    for pair in lens.pairs
                ),
            )
            for lens in lenses
        ),
    }


def _no_agreement(given: NoAgreement, outlooks: list[Outlook]) -> NoAgreement:
    return changed(given, outlooks=tuple(outlooks))


def _shared(given: SharedEstimates, cut: _Cut) -> SharedEstimates:
    return changed(given, patience_6m=cut.number(given.patience_6m), audience_cost=cut.number(given.audience_cost))


def _preference(case: Case, given: Preference, cut: _Cut) -> Preference | None:
    """Return what is left of a party's numbers, or None if nothing is."""
    speaker = case.stand_in(given.party) if given.party in case.party else given.party

    def is_coded(issue: str) -> bool:
        return not case.positions or (speaker, issue) in cut.coded or (given.party, issue) in cut.coded

    values: dict[str, dict[str, tuple[Estimate, ...]]] = {}
    for issue, options in given.values.items():
        series = {option: _series(revisions, cut) for option, revisions in options.items()}
        left = {option: revisions for option, revisions in series.items() if revisions}
        if left and is_coded(issue):
            values[issue] = left
    interactions = [(one, cut.number(one.value)) for one in given.interactions]
    lines = [_line(one, cut) for one in given.red_lines]
    left_over = changed(
        given,
        weights=_kept({issue: weight for issue, weight in given.weights.items() if is_coded(issue)}, cut),
        values=values,
        interactions=tuple(
            changed(one, value=value)
            for one, value in interactions
            if value is not None and all(map(is_coded, one.when.issues()))
        ),
        reservation=cut.number(given.reservation),
        red_lines=tuple(line for line in lines if line is not None),
    )
    parts = (left_over.weights, left_over.values, left_over.interactions, left_over.red_lines)
    return left_over if any(parts) or left_over.reservation is not None else None


def _series(revisions: tuple[Estimate, ...], cut: _Cut) -> tuple[Estimate, ...]:
    return tuple(number for number in map(cut.number, revisions) if number is not None)


def _kept(numbers: Mapping[str, Estimate], cut: _Cut) -> dict[str, Estimate]:
    standing = {key: cut.number(number) for key, number in numbers.items()}
    return {key: number for key, number in standing.items() if number is not None}


def _line(line: RedLine, cut: _Cut) -> RedLine | None:
    if not cut.numbers or not cut.has_ground(line.because):
        return None
    because = cut.left(line.because)
    is_cut = because != line.because  # what was given for all grounds need not hold for those that are left
    return changed(
        line,
        because=because,
        basis=None if is_cut else line.basis,
        text_class=None if is_cut else line.text_class,
        p_binding=cut.number(line.p_binding),
        relaxed_by=cut.left(line.relaxed_by),
        contested_by=cut.left(line.contested_by),
    )


def _outlook(given: Outlook, cut: _Cut) -> Outlook | None:
    """Return what stands of a party's outlook; its beliefs sum to one, so they stand or fall together."""
    beliefs = _kept(given.beliefs, cut)
    left = changed(
        given,
        beliefs=beliefs if len(beliefs) == len(given.beliefs) else {},
        payoffs=_kept(given.payoffs, cut),
    )
    return left if left.beliefs or left.payoffs else None
