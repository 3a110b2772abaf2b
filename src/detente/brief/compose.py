"""A case becomes a brief: header, main part, annexes and notes, the same data for every form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import detente
from detente.brief.annexes import annexes
from detente.brief.document import Brief, Facts, cell
from detente.brief.examination import contested_labels
from detente.brief.main_part import main_part
from detente.brief.notes import notes
from detente.case.case import Case
from detente.case.digest import case_hash
from detente.case.ledger import Ledger, ledger
from detente.core.errors import CaseError
from detente.core.fields import text_of
from detente.core.progress import Progress, silent
from detente.evidence.source import Grade
from detente.registry.settlement import settlement_report
from detente.wording.bottom_line import bottom_line
from detente.wording.naming import Naming
from detente.wording.reading import Reading, Report
from detente.wording.sentence import Runs, Sentence, label, sentence, series
from detente.wording.statements import GRADE_WORDS, day, mentions


def stances(case: Case) -> tuple[str, ...]:
    """Return the parties that `stance="all"` prints for: members of consent lists that have been coded."""
    named = dict.fromkeys(party for entry in case.consent_lists for party in entry.parties)
    speaking = dict.fromkeys(case.stand_in(party) for party in named)
    return tuple(party.id for party in case.parties if party.id in speaking and _speaks(case, party.id))


def _speaks(case: Case, party: str) -> bool:
    return any(position.party == party for position in case.positions)


def compose(
    case: Case,
    *,
    consent: str | None = None,
    stance: str | None = None,
    lens: str | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> Brief:
    """Return the brief of a case that was cut at its date.

    Parameters
    ----------
    consent : str, optional
        One consent list; without it every list is printed and none is preferred.
    stance : str, optional
        The party whose agenda, wording and consent lists lead.
    lens : str, optional
        The lens through which the case was read; for the header only.
    seed : int
        For the header; nothing here draws.
    """
    material = _material(case, consent, progress)
    return _composed(material, consent=consent, stance=stance, lens=lens, seed=seed)


def compose_all(
    case: Case, *, consent: str | None = None, lens: str | None = None, seed: int = 0, progress: Progress = silent
) -> Mapping[str, Brief]:
    """Return one brief for each party of `stances`, computed once."""
    material = _material(case, consent, progress)
    return {party: _composed(material, consent=consent, stance=party, lens=lens, seed=seed) for party in stances(case)}


@dataclass(frozen=True, slots=True)
class _Material:
    """What every print of a case is made from; computed once."""

    case: Case
    ledger: Ledger
    reports: Mapping[str, Report]
    no_report: str


def _material(case: Case, consent: str | None, progress: Progress) -> _Material:
    if not case.consent_lists:
        why = "The settlement model was not asked, for no consent list is coded."
        return _Material(case, ledger(case), {}, why)
    report: dict[str, Any] = settlement_report(case, consent, progress=progress)
    reports = report["by_consent"] if "by_consent" in report else {str(report["consent"]): report}
    return _Material(case, ledger(case), reports, "")


def _composed(material: _Material, *, consent: str | None, stance: str | None, lens: str | None, seed: int) -> Brief:
    case = material.case
    reading = _reading(material, consent, stance)
    facts = Facts(
        case=case.id,
        case_version=case.version,
        case_hash=case_hash(case),
        version=detente.__version__,
        seed=seed,
        cut_off=case.cut_off.isoformat() if case.cut_off else "none",
        consent=consent,
        stance=stance,
        lens=lens,
        illustrative=case.illustrative,
    )
    note = None if stance is None else _stance_note(material, consent, stance)
    sections = main_part(reading, stance_note=note)
    appended = annexes(reading, facts, contested_labels(case, sections))
    return Brief(
        title=text_of(case.title),
        facts=facts,
        header=_header(reading, facts),
        legend=_legend(reading),
        sections=sections,
        annexes=appended,
        notes=notes(case, (*sections, *appended)),
    )


def _reading(material: _Material, consent: str | None, stance: str | None) -> Reading:
    case = material.case
    lists = tuple(entry for entry in case.consent_lists if consent is None or entry.id == consent)
    if stance is not None:
        if stance not in case.party:
            raise CaseError(
                where=f"case {case.id}",
                what="there is no such party to lead a print",
                got=stance,
                allowed=f"Parties of the consent lists: {', '.join(stances(case))}",
                hint="Name one of them, or all",
            )
        lists = tuple(sorted(lists, key=lambda entry: stance not in map(case.stand_in, entry.parties)))
    return Reading(case, material.ledger, material.reports, lists, lead=stance, no_report=material.no_report)


def _stance_note(material: _Material, consent: str | None, stance: str) -> Sentence:
    """Say whether the bottom line of this print differs from the others' in more than the order of words."""
    case = material.case
    content = {party: _content(_reading(material, consent, party)) for party in dict.fromkeys((*stances(case), stance))}
    differing = [party for party in content if party != stance and content[party] != content[stance]]
    naming = Naming(case)
    lead = ("This print is led by the agenda, words and consent lists of ", naming.the(stance))
    if not differing:
        return sentence(*lead, "; the prints led by the others say the same here, in another order.")
    return sentence(*lead, "; the bottom line differs in the prints led by ", series(naming.all_the(differing)), ".")


def _content(reading: Reading) -> frozenset[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return what the bottom line says, whatever the order of its words and sentences."""
    return frozenset(
        (tuple(sorted(re.findall(r"[^\s,;]+", one.text.casefold()))), tuple(sorted(one.lists)))
        for one in bottom_line(reading)
    )


def _header(reading: Reading, facts: Facts) -> tuple[tuple[str, Runs], ...]:
    case = reading.case
    used = {cite.source for statement in case.statements for cite in statement.cites}
    used |= {cite.source for event in case.events for cite in event.cites}
    read = [source for source in case.sources if source.id in used]
    grades = Counter(source.grade for source in read)
    counts = ", ".join(f"{grades[grade]} {GRADE_WORDS[grade]}" for grade in Grade if grades[grade])
    cut = day(case.cut_off) if case.cut_off else "none: the whole record"
    stale = day(case.stale_after) if case.stale_after else "not recorded"
    people = [
        ("drafted by", ", ".join(case.drafted_by) or "not recorded"),
        ("challenged by", ", ".join(case.challenged_by) or "not recorded"),
        ("dissent", "; ".join(text_of(text) for text in case.dissent) or "not recorded"),
    ]
    rows = [
        ("As of", f"{cut}; stale after {stale}"),
        ("Sources", f"{len(read)} cited: {counts or 'none'}"),
        ("Not read", text_of(case.not_read) if case.not_read else "not recorded"),
        ("By", "; ".join(f"{word}: {who}" for word, who in people)),
        (
            "Print",
            f"case {case.id} {case.version}, hash {facts.case_hash[:12]}; détente {facts.version}, seed {facts.seed}"
            + (f"; read through lens {facts.lens}" if facts.lens else ""),
        ),
    ]
    if case.illustrative:
        rows.append(("Data", "illustrative: every judged number is an example to be edited, not a finding"))
    if facts.stance is not None:
        rows.append(
            (
                "Led by",
                f"agenda, words and consent lists of {reading.naming.party(facts.stance).text}{_own_terms(reading)}",
            )
        )
    return tuple((term, cell(label(text))) for term, text in rows)


def _own_terms(reading: Reading) -> str:
    """Return the words that the leading party uses for contested things, quoted, with those that the brief prints."""
    case, lead = reading.case, reading.lead
    assert lead is not None
    names = (text_of(case.party[lead].name), *(text_of(alias.text) for alias in case.party[lead].aliases))
    found = []
    for term in case.terms:
        for use in term.uses:
            public = case.cut_off is None or use.since <= case.cut_off
            if public and any(mentions(use.who, name) for name in names):
                found.append(f"“{use.wording}” where this brief prints “{text_of(term.prints)}”")
                break
    return f"; its words: {'; '.join(found[:4])}" if found else ""


def _legend(reading: Reading) -> tuple[Sentence, ...]:
    return (
        sentence(
            "File: a question under negotiation. Variant: one of the answers on record. Package: one variant for each "
            "file. Red line: a variant that a party refuses. Consent list: a reading of whose yes a settlement needs. "
            "Stated: the party says so. Inferred: we read it so. Unknown: nothing found; not zero, not indifference."
        ),
    )
