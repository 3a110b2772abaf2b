"""Sections 6 to 8: lines of effort, questions, and what would make us wrong."""

from __future__ import annotations

from collections.abc import Iterable

from detente.brief.annexes.crises import crisis_hinges
from detente.brief.annexes.lasting import stability_disagreements
from detente.brief.document import Block, Grid, Paragraph, Points, Row, Section, grid, heading
from detente.case.as_of import judged_later
from detente.case.change import estimates_of
from detente.case.position import Basis
from detente.core.fields import text_of
from detente.evidence.source import Grade
from detente.evidence.statement import Statement
from detente.wording.breakpoints import breakpoint_sentences
from detente.wording.questions import desk_work, questions
from detente.wording.reading import Reading
from detente.wording.sentence import Part, label, sentence


def efforts_section() -> Section:
    """Say that the lines of effort are for people to write."""
    text = sentence("For the team to write. This version computes no moves and no third parties.")
    return Section("efforts", "6", "Lines of effort", (Paragraph((text,), "lead"),))


def questions_section(reading: Reading) -> Section:
    """Return the questions to each party."""
    asked = questions(reading, 7)
    title = "Questions, and what each answer would change"
    blocks: list[Block] = []
    rows: list[Row | Iterable[Part]] = []
    previous = ""
    for question in asked:
        if question.party != previous:
            capital = (reading.case.party[question.party].capital or "").split(" (")[0]
            rows.append(heading("To ", reading.naming.the(question.party), label(f" ({capital})") if capital else ""))
        rows.append([question.ask.runs, question.would_change.runs])
        previous = question.party
    if rows:
        blocks.append(grid((), ["Question", "What an answer would change"], rows, widths=(58, 42)))
    if look_up := desk_work(reading):
        blocks.append(Paragraph((sentence("To look up first (desk work, nobody is asked):"), *look_up), "lead"))
    if not blocks:
        blocks.append(Paragraph((sentence("The record leaves no question to ask."),)))
    return Section("questions", "7", title, tuple(blocks))


def wrong_section(reading: Reading) -> Section:
    """Return what would make the brief wrong."""
    case = reading.case
    said = breakpoint_sentences(reading)
    blocks: list[Block] = []
    if reading.breakpoints:
        lead = "What one would have to believe to conclude otherwise, and what else the conclusions hang on:"
        blocks.append(Paragraph((sentence(lead),), "lead"))
    if said:
        blocks.append(Points(said))
    if differing := stability_disagreements(reading):
        blocks.append(Paragraph(differing))
    if hinges := crisis_hinges(reading):
        blocks.append(Paragraph(hinges))
    blocks.append(_unknowns(reading))
    extra = [sentence("Dissent: not recorded.")] if not case.dissent else []
    extra.append(
        sentence(
            "Not computed in this version: compliance, trust, mediation; nothing here says how long a deal would hold."
        )
    )
    if case.missing_voices:
        extra.append(
            sentence(
                "Voices among the commentaries read: ",
                label("; ".join(text_of(v) for v in case.missing_voices)),
                ".",
            )
        )
    if reading.no_report:
        extra.append(sentence(reading.no_report))
    blocks.append(Paragraph(tuple(extra), "lead"))
    return Section("wrong", "8", "What would make us wrong", tuple(blocks))


def _unknowns(reading: Reading) -> Grid:
    case = reading.case
    cells = len(reading.speakers) * len(case.issues)
    empty = sum((party, issue.id) not in case.positions_of for party in reading.speakers for issue in case.issues)
    stances = [entry for position in case.positions for entry in position.stances.values()]
    inferred = sum(entry.basis is Basis.INFERRED for entry in stances)
    uncoded = sum(bool(assent.uncoded) for assent in reading.ledger.assents if assent.option is None)
    numbers = sum(1 for _ in estimates_of(case))
    later = 0 if case.cut_off is None else len(judged_later(case, case.cut_off))
    memory = sum(statement.grade is Grade.MEMORY for statement in _grounds(reading))
    return grid(
        "What is unknown, read or judged",
        ["What", "How many"],
        [
            ["Stances that we infer, of all on record", f"{inferred} of {len(stances)}"],
            ["Pairs of party and file with no word found, among those who speak", f"{empty} of {cells}"],
            [
                "Files on which an owner, signatory or one who must consent has said nothing that we found"
                if case.positions
                else "Files on which no word of any party is on record, only numbers",
                f"{uncoded} of {len(case.issues)}",
            ],
            ["Statements behind positions that rest on memory", f"{memory} of {len(_grounds(reading))}"],
            [
                "Numbers judged after the cut-off, of all judged numbers (annexes, last column of the first table)",
                f"{later} of {numbers}",
            ],
        ],
        widths=(78, 22),
    )


def _grounds(reading: Reading) -> tuple[Statement, ...]:
    case = reading.case
    ids = dict.fromkeys(item for position in case.positions for item in position.because)
    return tuple(case.statement[item] for item in ids if item in case.statement)
