"""Annex C: how to print the brief again, coverage, lines, terms and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from detente.brief.document import Block, Facts, Grid, Paragraph, Picture, Row, Section, grid, heading
from detente.brief.pictures import Drawing, paper_matrix, record_of_events, timeline
from detente.brief.sections.ground import dates_ahead
from detente.case.consent import Consent
from detente.case.ledger.stances import held_stances
from detente.case.position import Basis
from detente.core.condition import parse_condition
from detente.core.fields import text_of
from detente.core.rounding import two_digits
from detente.registry.record import record_report
from detente.wording.printable import is_holders_own
from detente.wording.reading import Reading
from detente.wording.record import brief_sentences
from detente.wording.sentence import Kind, Part, Run, each_quoted, label, quoted, sentence, separated, series
from detente.wording.settlement import (
    line_words,
)
from detente.wording.stances import VERBS, stance_words
from detente.wording.statements import GRADE_WORDS, says, short_day

TOLD = ("listed as", "date", "what", "who", "what is said of it", "grade")


def record_annex(reading: Reading, facts: Facts, wording: Sequence[str], drawing: Drawing | None = None) -> Section:
    """Return annex C."""
    blocks: list[Block] = [_reproduce(facts), _coverage(reading)]
    if drawing is not None:
        line, matrix = timeline(reading), paper_matrix(reading, drawing)
        blocks += [line, *_events(line)] if line is not None and line.rows else []
        blocks += _acts(reading, facts)
        blocks += [matrix, _variants(reading)] if matrix is not None and matrix.rows else []
    blocks += [
        *_dates(reading),
        *_all_stances(reading),
        *_option_consent(reading),
        *_all_fears(reading),
        *_replies(reading),
        *_lines(reading),
    ]
    blocks += [*_terms(reading, wording), *_sources(reading), _full_names(reading)]
    return Section("record", "C", "Coverage, sources, terms, and how to print this again", tuple(blocks))


def _reproduce(facts: Facts) -> Paragraph:
    command = f"detente brief {facts.case}"
    day = None if facts.cut_off == "none" else facts.cut_off
    for word, value in (
        ("as-of", day),
        ("seed", facts.seed),
        ("draws", facts.draws),
        ("consent", facts.consent),
        ("stance", facts.stance),
        ("lens", facts.lens),
    ):
        command += f" --{word} {value}" if value is not None else ""
    return Paragraph(
        (
            sentence("How to reproduce: ", Run(f"{command}", Kind.LABEL), f", version {facts.version}."),
            sentence(
                f"Case version {facts.case_version}; SHA-256 of the whole record as cut: ",
                Run(facts.case_hash, Kind.LABEL),
                ".",
            ),
            sentence("The same case, seed and version print the same bytes; no clock and no network is used."),
            sentence("If the case is a file of your own, give its path instead of its name and compare the hash."),
        )
    )


def _coverage(reading: Reading) -> Grid:
    case, naming = reading.case, reading.naming
    rows: list[Sequence[Part]] = []
    for party in reading.in_turn(reading.speakers, 0):
        coded = [issue.id for issue in case.issues if (party, issue.id) in case.positions_of]
        stances = [e for p in case.positions if p.party == party for e in p.stances.values()]
        stated = sum(e.basis is Basis.STATED for e in stances)
        rows.append([naming.party(party), f"{len(coded)} of {len(case.issues)}", f"{stated} of {len(stances)}"])
    return grid(
        "Coverage, by party that speaks",
        ["Party", "Files with a word found", "Stances stated"],
        rows,
        widths=(50, 25, 25),
    )


def _events(picture: Picture) -> Iterator[Grid]:
    """Yield what the timeline draws, named, for the print: its events, texts and dates, without days of positions."""
    columns = [picture.header.index(head) for head in TOLD]
    kind = picture.header.index("what")
    rows = [[label(row[at] or "–") for at in columns] for row in picture.rows if row[kind] != "positions taken"]
    if rows:
        yield grid(
            "What the timeline shows, in order of time",
            ["Mark", "Date", "What", "Who", "What is said of it", "Grade"],
            rows,
            widths=(5, 13, 10, 15, 43, 14),
        )


def _acts(reading: Reading, facts: Facts) -> Iterator[Block]:
    """Yield who acted after whom in a few sentences, and its chart."""
    report = record_report(reading.case, draws=facts.draws, seed=facts.seed)
    sentences = tuple(brief_sentences(reading.case, report))
    if report["pairs"] and sentences:
        yield Paragraph(sentences)
    picture = record_of_events(reading, report)
    if picture is not None:
        yield picture


def _dates(reading: Reading) -> Iterator[Grid]:
    rows: list[Sequence[Part]] = [
        [short_day(e.on), label(text_of(e.what)), GRADE_WORDS[e.grade]] for e in dates_ahead(reading.case)
    ]
    if rows:
        yield grid(
            "Dates ahead",
            ["On", "What", "Grade"],
            rows,
            widths=(15, 65, 20),
            note="A date from memory has to be checked.",
        )


def _variants(reading: Reading) -> Grid:
    """Return the variants of each file in the order in which the matrix draws them."""
    naming = reading.naming
    rows: list[Sequence[Part]] = []
    for issue in reading.case.issues:
        variants = [(f"{place} ", naming.option(issue.id, o.id)) for place, o in enumerate(issue.options, 1)]
        rows.append([naming.issue(issue.id), separated(variants)])
    return grid("Variants in the order of the marks", ["File", "Variants, from left to right"], rows, widths=(20, 80))


def _all_stances(reading: Reading) -> Iterator[Block]:
    """Yield everything that everybody holds, file by file."""
    naming = reading.naming
    rows: list[Row | Iterable[Part]] = []
    for turn, issue in enumerate(reading.case.issues):
        rows.append(heading(naming.issue(issue.id)))
        for party in reading.in_turn(reading.speakers, turn):
            held = held_stances(reading.case, party, issue.id).values()
            words = [stance_words(reading.case, h) for h in held]
            if words:
                rows.append([naming.party(party), separated(words)])
    if reading.speakers:
        yield grid(
            "The latest word of everybody, file by file",
            ["Party", "Variants; solid line: stated, dashed line: our reading"],
            rows,
            widths=(20, 80),
        )


def _option_consent(reading: Reading) -> Iterator[Block]:
    naming = reading.naming
    rows: list[Sequence[Part]] = []
    for assent in reading.ledger.assents:
        if assent.option is not None:
            rows.append(
                [
                    naming.issue(assent.issue),
                    naming.option(assent.issue, assent.option),
                    _roles(reading, assent.consent, assent.uncoded),
                ]
            )
    if rows:
        yield grid(
            "Variants that need other parties than their file",
            ["File", "Variant", "Whose consent"],
            rows,
            widths=(24, 30, 46),
        )


def _roles(reading: Reading, consent: Consent, uncoded: Sequence[str]) -> Part:
    parts: list[Part] = []
    for role in ("owns", "signs", "must_consent", "ratifies", "can_spoil", "bound_but_absent"):
        parties = getattr(consent, role)
        if parties:
            names = [(reading.naming.party(p), "°" if p in uncoded else "") for p in parties]
            parts += ["; " if parts else "", f"{role.replace('_', ' ')}: ", series(names)]
    return parts or "nobody's new consent"


def _all_fears(reading: Reading) -> Iterator[Block]:
    concerns = reading.ledger.concerns
    if not concerns:
        return
    rows: list[Sequence[Part]] = []
    for concern in concerns:
        acknowledged = [quoted(says(reading.case, other), cites=(other.id,)) for other in concern.acknowledged_by]
        said = quoted(says(reading.case, concern.statement), basis=Basis.STATED, cites=(concern.statement.id,))
        rows.append(
            [reading.naming.party(concern.party), said, separated(acknowledged) if acknowledged else "none linked"]
        )
    yield grid(
        "All fears that a party states itself",
        ["Party", "As it says, in our paraphrase", "Taken up by (linked by the analyst)"],
        rows,
        widths=(14, 48, 38),
    )


def _replies(reading: Reading) -> Iterator[Block]:
    naming, case = reading.naming, reading.case
    rows: list[Sequence[Part]] = []
    for entry in reading.ledger.reply_differences:
        sides: list[Part] = []
        for stances in (entry.first_says, entry.second_says):
            words: list[Part] = []
            for option, stance in stances.items():
                words += [
                    "; " if words else "",
                    f"{VERBS[stance.stance]} ",
                    naming.option(entry.issue, option, basis=stance.basis),
                ]
            sides.append(words or "silent")
        authors = [series(naming.parties(case.text[text].authors)) for text in (entry.first, entry.second)]
        rows.append([naming.issue(entry.issue), (authors[0], ": ", sides[0]), (authors[1], ": ", sides[1])])
    if rows:
        yield grid(
            "Where two replies of the same day differ", ["File", "One reply", "The other"], rows, widths=(20, 40, 40)
        )


def _lines(reading: Reading) -> Iterator[Block]:
    seen: dict[str, Mapping[str, Any]] = {}
    for report in reading.reports.values():
        entries = report.get("by_issue", {}).values() if "by_issue" in report else (report,)
        for entry in entries:
            for line in entry.get("lines", ()):
                seen.setdefault(line["id"], line)
    if not seen:
        return
    rows: list[Sequence[Part]] = [
        [
            line_words(reading.naming, line),
            str(line.get("text_class") or "").replace("_", " "),
            "–" if _touches_its_own(reading, line) else _range(line["probability"]),
        ]
        for line in seen.values()
    ]
    yield grid(
        "Red lines, with the judged probability that each binds",
        ["Line", "Class of text", "Low · mode · high"],
        rows,
        widths=(62, 22, 16),
        note="–: the line is about the party's own territory, recognition or arms; no number is put on such a refusal.",
    )


def _touches_its_own(reading: Reading, line: Mapping[str, Any]) -> bool:
    """Return whether a line refuses what touches its party's own territory, recognition or arms."""
    case = reading.case
    return any(
        is_holders_own(case, line["party"], atom.issue, option)
        for atom in parse_condition(str(line["never"])).atoms()
        for option in atom.options
    )


def _range(probability: Mapping[str, float]) -> str:
    return " · ".join(two_digits(probability[key]) for key in ("low", "mode", "high"))


def _terms(reading: Reading, wording: Sequence[str]) -> Iterator[Block]:
    case = reading.case
    rows: list[Sequence[Part]] = []
    for term in case.terms:
        uses: list[Part] = []
        for use in term.uses:
            if case.cut_off is None or use.since <= case.cut_off:
                uses += ["; " if uses else "", label(f"{use.who}: "), each_quoted(use.wording)]
        if uses:
            rows.append([label(text_of(term.topic)), quoted(text_of(term.prints)), uses])
    if rows:
        yield grid(
            "Say and don't say: contested terms",
            ["About", "The brief prints", "In use (quote only with its user)"],
            rows,
            widths=(20, 28, 52),
            note=(
                "Names and titles of the case that use a contested wording, or one that this program would not use: ",
                label("; ".join(wording)),
                ".",
            )
            if wording
            else (),
        )


def _sources(reading: Reading) -> Iterator[Block]:
    case = reading.case
    used = Counter(cite.source for statement in case.statements for cite in statement.cites)
    rows: list[Sequence[Part]] = []
    for source in sorted(case.sources, key=lambda source: source.grade.rank):
        published = source.published.when if source.published else "–"
        rows.append(
            [
                label(text_of(source.title)),
                label(source.author or source.outlet or "–"),
                published,
                GRADE_WORDS[source.grade],
                str(used[source.id]),
            ]
        )
    if rows:
        yield grid(
            "Sources and their grades",
            ["Source", "Author", "Published", "Grade", "Statements"],
            rows,
            widths=(44, 20, 12, 14, 10),
        )


def _full_names(reading: Reading) -> Grid:
    rows = [[reading.naming.party(p.id), label(text_of(p.name)), p.kind.value] for p in reading.case.parties]
    return grid("Parties and bodies named", ["Short", "Name", "Kind"], rows, widths=(30, 54, 16))
