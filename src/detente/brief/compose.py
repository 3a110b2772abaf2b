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
from detente.brief.pictures import Drawing
from detente.case.as_of import export_public, judged_later
from detente.case.case import Case
from detente.case.change import estimates_of
from detente.case.consent import ConsentList
from detente.case.digest import case_hash
from detente.case.ledger import Ledger, ledger
from detente.case.ledger.assent import members_on
from detente.case.lens_apply import Lensed
from detente.core.errors import CaseError
from detente.core.fields import text_of
from detente.core.progress import Progress, silent, within
from detente.core.streams import DRAWS
from detente.evidence.source import Grade
from detente.uncertainty.answer import settlement_answer
from detente.uncertainty.breakpoints import breakpoint_report
from detente.wording.bottom_line import MOST_SENTENCES, bottom_line
from detente.wording.lens import lens_name
from detente.wording.naming import Naming, ours
from detente.wording.reading import Reading, Report
from detente.wording.sentence import Runs, Sentence, label, sentence, series
from detente.wording.statements import day, mentions


def stances(case: Case, consent: str | None = None) -> tuple[str, ...]:
    """Return the parties that `stance="all"` prints for: the members of the printed lists, or who stands for them."""
    lists = [entry for entry in case.consent_lists if consent is None or entry.id == consent]
    members = {case.stand_in(party) for entry in lists for party in entry.parties}
    return tuple(party.id for party in case.parties if party.id in members)


def compose(
    case: Case,
    *,
    consent: str | None = None,
    stance: str | None = None,
    lens: Lensed | None = None,
    seed: int = 0,
    draws: int = DRAWS,
    progress: Progress = silent,
) -> Brief:
    """Return the brief of a case that was cut at its date.

    Parameters
    ----------
    consent : str, optional
        One consent list; without it every list is printed and none is preferred.
    stance : str, optional
        The party whose agenda, wording and consent lists lead.
    lens : Lensed, optional
        The lens through which the case was read, and what it did: it is said, not applied, here.
    seed, draws : int
        Of the draws of judged numbers in Annex A.
    """
    material = _material(case, consent, lens, seed, draws, progress)
    return _composed(material, consent=consent, stance=stance)


def compose_all(
    case: Case,
    *,
    consent: str | None = None,
    lens: Lensed | None = None,
    seed: int = 0,
    draws: int = DRAWS,
    progress: Progress = silent,
) -> Mapping[str, Brief]:
    """Return one brief for each party of `stances`, computed once."""
    material = _material(case, consent, lens, seed, draws, progress)
    return {party: _composed(material, consent=consent, stance=party) for party in stances(material.case, consent)}


@dataclass(frozen=True, slots=True)
class _Material:
    """What every print of a case is made from; computed once."""

    case: Case
    ledger: Ledger
    reports: Mapping[str, Report]
    no_report: str
    whole: Case
    breakpoints: Mapping[str, Report]
    lens: Lensed | None
    seed: int
    draws: int

    @property
    def left_out(self) -> int:
        """How many restricted sources, statements and events were left out."""
        return sum(
            len(getattr(self.whole, kind)) - len(getattr(self.case, kind))
            for kind in ("sources", "statements", "events")
        )


def _material(
    whole: Case, consent: str | None, lens: Lensed | None, seed: int, draws: int, progress: Progress
) -> _Material:
    case = export_public(whole)
    if not case.consent_lists:
        why = "The settlement model was not asked, for no consent list is on record."
        return _Material(case, ledger(case), {}, why, whole, {}, lens, seed, draws)
    name = None if lens is None else lens.lens.id
    report: dict[str, Any] = settlement_answer(
        case, consent, lens=name, draws=draws, seed=seed, progress=within(progress, 0.0, 0.7)
    )
    turning = breakpoint_report(case, consent, progress=within(progress, 0.7, 1.0))["by_consent"]
    reports = report["by_consent"] if "by_consent" in report else {str(report["consent"]): report}
    return _Material(case, ledger(case), reports, "", whole, turning, lens, seed, draws)


def _composed(material: _Material, *, consent: str | None, stance: str | None) -> Brief:
    case = material.case
    reading = _reading(material, consent, stance)
    facts = Facts(
        case=case.id,
        case_version=case.version,
        case_hash=case_hash(material.whole),
        version=detente.__version__,
        seed=material.seed,
        draws=material.draws,
        cut_off=case.cut_off.isoformat() if case.cut_off else "none",
        consent=consent,
        stance=stance,
        lens=None if material.lens is None else material.lens.lens.id,
        illustrative=case.illustrative,
    )
    note = None if stance is None else _stance_note(material, consent, stance)
    sections = main_part(reading, stance_note=note)
    wording = contested_labels(case, sections)
    cited = notes(case, (*sections, *annexes(reading, facts, wording)))
    appended = annexes(reading, facts, wording, Drawing({note.statement: note.number for note in cited}))
    return Brief(
        title=text_of(case.title),
        facts=facts,
        header=_header(reading, facts, material.left_out),
        legend=_legend(reading),
        sections=sections,
        annexes=appended,
        notes=cited,
    )


def _reading(material: _Material, consent: str | None, stance: str | None) -> Reading:
    case = material.case
    lists = tuple(entry for entry in case.consent_lists if consent is None or entry.id == consent)
    if stance is not None:
        stance = case.stand_in(stance) if stance in case.party else stance
        if stance not in {case.stand_in(party) for entry in lists for party in _asked(case, entry)}:
            raise CaseError(
                where=f"case {case.id}",
                what="there is no such party to lead a print of these consent lists",
                got=stance,
                allowed=f"Parties of the consent lists: {', '.join(stances(case, consent))}",
                hint="Name one of them, or all",
            )
        lists = tuple(sorted(lists, key=lambda entry: stance not in map(case.stand_in, entry.parties)))
    return Reading(
        case,
        material.ledger,
        material.reports,
        lists,
        lead=stance,
        no_report=material.no_report,
        lensed=material.lens,
        breakpoints=material.breakpoints,
    )


def _asked(case: Case, entry: ConsentList) -> tuple[str, ...]:
    """Return whom a list asks: its parties, or file by file those who must consent."""
    return tuple(dict.fromkeys(party for issue in case.issues for party in members_on(case, entry, issue.id)))


def _stance_note(material: _Material, consent: str | None, stance: str) -> Sentence:
    """Say whether the bottom line of this print differs from the others' in more than the order of words."""
    case = material.case
    content = {
        party: _content(_reading(material, consent, party))
        for party in dict.fromkeys((*stances(case, consent), stance))
    }
    differing = [party for party in content if party != stance and content[party] != content[stance]]
    naming = Naming(case)
    lead = ("This print is led by the agenda, words and consent lists of ", naming.the(stance))
    if not differing:
        return sentence(*lead, "; the prints led by the others say the same here, in another order.")
    prints = "the print led by " if len(differing) == 1 else "the prints led by "
    return sentence(*lead, "; the bottom line differs in ", prints, series(naming.all_the(differing)), ".")


def _content(reading: Reading) -> frozenset[tuple[tuple[str, ...], ...]]:
    """Return what the bottom line of a stance print says, whatever the order of its words and sentences."""
    return frozenset(
        (_words(one.text), _words("".join(run.text for run in one.meaning)), tuple(sorted(one.lists)))
        for one in bottom_line(reading, room=MOST_SENTENCES - 1)
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"[^\s,;]+", text.casefold())))


def _header(reading: Reading, facts: Facts, left_out: int) -> tuple[tuple[str, Runs], ...]:
    case = reading.case
    used = {cite.source for statement in case.statements for cite in statement.cites}
    used |= {cite.source for event in case.events for cite in event.cites}
    read = [source for source in case.sources if source.id in used]
    grades = Counter(source.grade for source in read)
    counts = ", ".join(f"{grades[grade]} {_READ_AS[grade]}" for grade in Grade if grades[grade])
    cut = day(case.cut_off) if case.cut_off else "none: the whole record"
    people = [
        ("drafted by", ", ".join(case.drafted_by) or "not recorded"),
        ("challenged by", ", ".join(case.challenged_by) or "not recorded"),
        ("dissent", "; ".join(text_of(text) for text in case.dissent) or "not recorded"),
    ]
    rows = [
        ("As of", f"{cut}; {_stale(case)}"),
        ("Sources", f"{len(read)} cited: {counts or 'none'}; what was read and is not cited is not counted"),
        ("Not read", text_of(case.not_read) if case.not_read else "not recorded"),
        ("By", "; ".join(f"{word}: {who}" for word, who in people)),
        (
            "Print",
            f"case {case.id} {case.version}, hash {facts.case_hash[:12]}; détente {facts.version}, seed {facts.seed}"
            + (f"; read through the lens {lens_name(reading.lensed.lens)}" if reading.lensed is not None else "")
            + (", which has no effect here" if reading.lensed is not None and not reading.lensed.has_effect else "")
            + "; the command stands in Annex C",
        ),
    ]
    data = ["illustrative: every judged number is an example to be edited, not a finding"] if case.illustrative else []
    data += _judged_later(case)
    if left_out:
        data.append(f"{left_out:,} restricted sources, statements and events are left out")
    if data:
        rows.append(("Data", "; ".join(data)))
    if facts.stance is not None:
        rows.append(
            (
                "Led by",
                f"agenda, words and consent lists of {reading.naming.party(facts.stance).text}{_own_terms(reading)}",
            )
        )
    return tuple((term, cell(label(text))) for term, text in rows)


_READ_AS = {
    Grade.PRIMARY: "read as primary text",
    Grade.EXCERPT: "read as excerpt of the primary text",
    Grade.NEWS: "through a news agency",
    Grade.COMMENTARY: "commentary",
    Grade.MEMORY: "from memory",
}


def _stale(case: Case) -> str:
    """Say when the brief goes stale: on a date of the calendar, else from the cut-off on."""
    stale = case.stale_after
    ahead = sorted(entry.on for entry in case.calendar if case.cut_off is None or entry.on > case.cut_off)
    if stale is not None and case.cut_off is not None and stale <= case.cut_off:
        stale = None
    if stale is not None and stale in ahead:
        which = "the next date on the calendar" if stale == ahead[0] else "a date on the calendar"
        return f"goes stale on {day(stale)}, {which}"
    last = f"not updated after {day(case.cut_off)}" if case.cut_off else "no day of the last update is recorded"
    return f"{last}; goes stale on {day(stale)}" if stale is not None else last


def _judged_later(case: Case) -> list[str]:
    """Say how many numbers were judged after the cut-off, and in which years."""
    numbers = dict(estimates_of(case))
    later = [path for path in judged_later(case, case.cut_off) if path in numbers] if case.cut_off else []
    if not later:
        return []
    years = sorted({str(judged.year) for path in later if (judged := numbers[path].judged_on) is not None})
    share = f"all {len(later):,}" if len(later) == len(numbers) else f"{len(later):,} of {len(numbers):,}"
    return [f"{share} judged numbers were set after the cut-off, in {', '.join(years)}"]


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
                found.append(f"“{use.wording}” where this brief prints {ours(text_of(term.prints))}")
                break
    return f"; its words: {'; '.join(found[:4])}" if found else ""


def _legend(reading: Reading) -> tuple[Sentence, ...]:
    order = (
        "The order of parties rotates from section to section, so that none always comes first."
        if reading.lead is None
        else "The party that leads this print comes first; the others keep their order."
    )
    return (
        sentence(
            "File: a question under negotiation. Variant: one of the answers on record. Package: one variant for each "
            "file. Red line: a refusal that a package must not cross. Consent list: a reading of whose yes a "
            "settlement needs. Stated: the party says so. Inferred: we read it so. Unknown: nothing found; not zero, "
            "not indifference."
        ),
        sentence("Names in ‹ › are our short labels, not quotations; quotation marks enclose quoted words only."),
        sentence(order),
    )
