"""Sections 6 to 8: lines of effort, questions, and what would make us wrong."""

from __future__ import annotations

from collections.abc import Sequence

from detente.brief.document import Block, Grid, Paragraph, Points, Section, grid
from detente.case.as_of import judged_later
from detente.case.change import estimates_of
from detente.case.position import Basis
from detente.core.fields import text_of
from detente.evidence.source import Grade
from detente.wording.breakpoints import breakpoint_sentences
from detente.wording.questions import questions
from detente.wording.reading import Reading
from detente.wording.sentence import Part, label, sentence


def efforts_section() -> Section:
    """Say that the input for lines of effort is missing."""
    text = sentence(
        "Not available: what to say first, to whom and in what order needs an engine for moves and third parties, "
        "and people's judgement; this version has neither as input."
    )
    return Section("efforts", "6", "Lines of effort", (Paragraph((text,), "lead"),))


def questions_section(reading: Reading) -> Section:
    """Return the questions to each party."""
    asked = questions(reading, 7)
    title = "Questions, and what each answer would change"
    if not asked:
        return Section("questions", "7", title, (Paragraph((sentence("The record leaves no question to ask."),)),))
    naming = reading.naming
    rows: list[Sequence[Part]] = []
    previous = ""
    for question in asked:
        party = question.party
        capital = (reading.case.party[party].capital or "").split(" (")[0]
        name: Part = "" if party == previous else (naming.party(party), label(f" ({capital})") if capital else "")
        rows.append([name, question.ask.runs, question.would_change.runs])
        previous = party
    return Section(
        "questions",
        "7",
        title,
        (grid((), ["To", "Question", "What an answer would change"], rows, widths=(16, 46, 38)),),
    )


def wrong_section(reading: Reading) -> Section:
    """Return what would make the brief wrong."""
    case = reading.case
    said = breakpoint_sentences(reading)
    blocks: list[Block] = []
    if said:
        blocks.append(Points(said))
    blocks.append(_unknowns(reading))
    extra = [sentence("Dissent: not recorded.")] if not case.dissent else []
    extra.append(
        sentence(
            "Missing engines: no draws over the judged ranges yet, none for crises, compliance, trust or mediation; "
            "nothing here says how long a deal would hold."
        )
    )
    if case.missing_voices:
        extra.append(
            sentence(
                "Voices not among the commentaries read: ",
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
            ["Stances that we infer, of all stances coded", f"{inferred} of {len(stances)}"],
            ["Pairs of party and file with no word found, among those who speak", f"{empty} of {cells}"],
            [
                "Files where an owner, signatory or one who must consent is not coded",
                f"{uncoded} of {len(case.issues)}",
            ],
            ["Statements behind positions that rest on memory", f"{memory} of {len(_grounds(reading))}"],
            ["Numbers judged after the cut-off, of all judged numbers (annexes only)", f"{later} of {numbers}"],
        ],
        widths=(78, 22),
    )


def _grounds(reading: Reading) -> tuple:  # type: ignore[type-arg]
    case = reading.case
    ids = dict.fromkeys(position.because[0] for position in case.positions)
    return tuple(case.statement[item] for item in ids)
