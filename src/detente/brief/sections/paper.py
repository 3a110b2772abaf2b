"""Section 2: paper against paper: what blocks, then said, answered, not answered and moved, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.brief.document import Block, Grid, Paragraph, Row, Section, grid, heading
from detente.brief.sections.claims import acts_grid, one_text_in_parts
from detente.case.ledger.stances import Held, held_stances
from detente.case.package import AnswerStatus
from detente.case.position import Basis, Stance
from detente.evidence.source import Grade
from detente.wording.bottom_line import agenda_sentence, bottom_line, silence_sentence
from detente.wording.obstacles import Obstacle, ProcedureGap, members_of, obstacles, procedure_gap
from detente.wording.reading import Reading
from detente.wording.sentence import Kind, Part, Run, Sentence, label, sentence, separated, series, some_of, verb
from detente.wording.stances import UNNAMED, is_unnamed, movement_words, shown_movements, stance_words

SHOWN_OBSTACLES = 3
SHOWN_COLUMNS = 4
SHOWN_MOVEMENTS = 2
SHOWN_STANCES = 2
_WEIGHT = (Stance.DEMANDS, Stance.WOULD_ACCEPT, Stance.WOULD_DISCUSS, Stance.RULES_OUT, Stance.NO_ANSWER)


def paper_section(reading: Reading) -> Section:
    """Return what blocks, and the papers file by file."""
    title = "Paper against paper"
    if not reading.speakers:
        none = sentence("No party's word was found on any file, so there is no paper to set against another.")
        return Section("paper", "2", title, (Paragraph((none,)),))
    said = [
        sentence(
            "What each side's papers ask for first, file by file, and where their words meet; Annex C holds the rest."
        )
    ]
    if not reading.ledger.accepted:
        said.append(sentence("No party says that it would accept a variant it did not itself ask for."))
    lead = Paragraph((*said, *_agenda_if_unsaid(reading)), "lead")
    blocks = (lead, *acts_grid(reading), *_what_blocks(reading), _key(reading), _papers(reading))
    parts = one_text_in_parts(reading)
    return Section("paper", "2", title, (*blocks, Paragraph(parts, "lead")) if parts else blocks)


def _key(reading: Reading) -> Paragraph:
    """Return the key of the table below it."""
    naming = reading.naming
    said = [
        sentence(
            "How to read the next table: ",
            Run("solid line: stated", basis=Basis.STATED),
            "; ",
            Run("dashed line and italics: our reading", basis=Basis.INFERRED),
            "; –: nothing found; numbers in brackets lead to the statements at the end.",
        )
    ]
    if len(reading.common_members) > 1:
        who = series(naming.all_the(reading.in_turn(reading.common_members, 2)))
        said.append(
            sentence(
                *("Words meet: ", who, " all say" if len(reading.common_members) > 2 else " both say"),
                " of one variant that they ask for it, would accept or would discuss it; may meet: so we read them.",
            )
        )
    return Paragraph(tuple(said), "key")


def _papers(reading: Reading) -> Grid:
    columns = reading.in_turn(reading.columns(SHOWN_COLUMNS), 2)
    naming = reading.naming
    rows: list[Row | Iterable[Part]] = []
    for cluster, issues in reading.clusters():
        if cluster:
            rows.append(heading(label(cluster)))
        for issue in issues:
            rows.append(
                [
                    (naming.issue(issue), _meeting(reading, issue)),
                    *(_stance_cell(reading, party, issue) for party in columns),
                    _answered(reading, issue),
                    _moved(reading, issue),
                ]
            )
    first, answers, moved = 13, 14, 19
    width = (100 - first - answers - moved) // len(columns)
    others = [party for party in reading.speakers if party not in columns]
    return grid(
        "File by file: what each side's papers ask for",
        ["File", *(naming.party(party) for party in columns), "Answers found", "Moved"],
        rows,
        widths=(first, *(width for _ in columns), answers, moved),
        note=("Also on record, in Annex C: ", series(naming.parties(others)), ".") if others else (),
    )


def _agenda_if_unsaid(reading: Reading) -> tuple[Sentence, ...]:
    """Return what the bottom line had no room for."""
    said = {one.text for one in bottom_line(reading)}
    silences = reading.ledger.silences
    left = [one for one in agenda_sentence(reading) if one.text not in said]
    if silences and not any(one.text in said for one in silence_sentence(reading)):
        files = dict.fromkeys(issue for silence in silences for issue in silence.issues)
        named = some_of([reading.naming.file(issue) for issue in files], 4, "other files") if files else "no file"
        left.append(sentence("Some articles and items put in writing drew no answer that we found, on ", named, "."))
    return tuple(left)


def _meeting(reading: Reading, issue: str) -> Part:
    """Return a mark where the words of those whom every list names meet."""
    match dict(reading.common_ground).get(issue):
        case True:
            return (" – ", Run("words meet", basis=Basis.STATED))
        case False:
            return (" – ", Run("may meet", basis=Basis.INFERRED))
    return ()


def _stance_cell(reading: Reading, party: str, issue: str) -> Part:
    """Return what a party asks for first, then what it would accept, discuss, refuse; stated before inferred."""
    held = held_stances(reading.case, party, issue).values()
    ordered = sorted(held, key=lambda h: (_WEIGHT.index(h.stance), not h.is_stated))
    top = [h for h in ordered if h.stance in {Stance.DEMANDS, Stance.WOULD_ACCEPT}] or ordered[:1]
    shown = top[:SHOWN_STANCES]
    parts: list[Part] = []
    for at, entry in enumerate(shown):
        bare = entry.stance is Stance.DEMANDS
        parts += ["; " if at else "", stance_words(reading.case, entry, bare_demand=bare)]
    more = [h for h in top if h not in shown]
    return (*parts, f"; and {len(more)} more" if more else "") if parts else "–"


_STATUS_WORDS = {
    AnswerStatus.ANSWERED: "answered by",
    AnswerStatus.PARTLY_ANSWERED: "in part by",
    AnswerStatus.OWN_STATEMENT: "own statement by",
}


def _answered(reading: Reading, issue: str) -> Part:
    """Return who answered on an issue, and the articles and items that nobody answered."""
    naming = reading.naming
    clauses: list[Part] = []
    for status, words in _STATUS_WORDS.items():
        who = dict.fromkeys(a.addressee for a in reading.case.answers if a.issue == issue and a.status is status)
        if who:
            clauses.append((f"{words} ", series(naming.parties(reading.in_turn(tuple(who), 2)))))
    places: dict[tuple[str, ...], list[str]] = {}
    for silence in reading.ledger.silences:
        if issue in silence.issues:
            authors = reading.case.text[silence.text].authors
            places.setdefault(authors, []).append(silence.article or "an item")
    for authors, names in places.items():
        clauses.append(("none on ", label(", ".join(names)), " of ", series(naming.parties(authors))))
    return separated(clauses) or "–"


def _moved(reading: Reading, issue: str) -> Part:
    """Return one movement of each party, and a second one where a single party moved."""
    found = shown_movements(reading.case, [m for m in reading.ledger.movements if m.issue == issue])
    first = {movement.party: movement for movement in reversed(found)}
    shown = [movement for movement in found if movement in first.values()]
    stated = [movement for movement in found if movement not in shown and movement.basis is Basis.STATED]
    chosen = [*shown, *stated][:SHOWN_MOVEMENTS]
    return separated([movement_words(reading.case, movement) for movement in chosen]) or "–"


def _what_blocks(reading: Reading) -> tuple[Block, ...]:
    """Return the files that refusals close, then a gap in procedure, then files with one variant left."""
    found = [o for o in obstacles(reading) if o.closed_read]
    narrow = [o for o in obstacles(reading) if not o.closed_read and len(o.open_options) == 1]
    gap = procedure_gap(reading)
    rows: list[Sequence[Part]] = [_obstacle_row(reading, obstacle) for obstacle in found]
    if gap is not None and gap.issue not in {o.issue for o in found}:
        rows.append(_gap_row(reading, gap))
    for obstacle in narrow:
        if gap is None or obstacle.issue != gap.issue:
            rows.append(_obstacle_row(reading, obstacle))
    if not rows:
        none = sentence("What blocks: no file is closed, or nearly closed, by refusals.")
        return (Paragraph((none,), "lead"),)
    by_file = [entry.id for entry in reading.lists if entry.issue_by_issue]
    note: list[Part] = ["Memory: that refusal rests on a statement from memory."] if _remembered(reading, found) else []
    if by_file:
        note += [
            " " if note else "",
            "Under ",
            reading.naming.lists(by_file),
            " the parties are those who must consent to that file.",
        ]
    table = grid(
        "What blocks, and what stands in the way",
        ["File", "Who refuses, or asks for, what", "Left open by all", "Under"],
        rows[:SHOWN_OBSTACLES],
        widths=(15, 56, 17, 12),
        note=note,
    )
    return (table,)


def _gap_row(reading: Reading, gap: ProcedureGap) -> list[Part]:
    """Return two demands that exclude each other: nothing refuses, so nothing is closed."""
    naming = reading.naming
    who: list[Part] = []
    for option, held in gap.demands:
        names: list[Part] = []
        for at, entry in enumerate(held):
            names += [" and " if at and at == len(held) - 1 else ", " if at else "", _refuser(reading, entry)]
        who.append(
            (
                names,
                f" {verb(naming.parties(h.party for h in held), 'asks', 'ask')} for ",
                naming.option(gap.issue, option),
            )
        )
    return [
        (naming.issue(gap.issue), " (stands in the way)"),
        (separated(who), "; these demands exclude each other"),
        _left_of_gap(reading, gap.issue),
        naming.lists(gap.lists) if gap.lists else "–",
    ]


def _remembered(reading: Reading, found: Sequence[Obstacle]) -> bool:
    held = [h for obstacle in found[:SHOWN_OBSTACLES] for _, entries in obstacle.refusals for h in entries]
    return any(_rests_on_memory(reading, entry) for entry in held)


def _rests_on_memory(reading: Reading, held: Held) -> bool:
    return reading.case.statement[held.statement].grade is Grade.MEMORY


def _refuser(reading: Reading, held: Held) -> Part:
    """Return a party with the form that says how its stance is known, its statement, and whether that is memory."""
    name = reading.naming.party(held.party).text
    run = Run(name, Kind.LABEL, held.basis, (held.statement,))
    marks = (
        " (memory)" if _rests_on_memory(reading, held) else "",
        UNNAMED if is_unnamed(reading.case, held.statement) else "",
    )
    return (run, *marks)


def _left_of_gap(reading: Reading, issue: str) -> Part:
    """Return the options that nobody refuses on a file whose demands exclude each other."""
    refused = next((obstacle for obstacle in obstacles(reading) if obstacle.issue == issue), None)
    left = [option.id for option in reading.case.issue[issue].options] if refused is None else refused.open_options
    return series([reading.naming.option(issue, option) for option in left]) if left else "none"


def _obstacle_row(reading: Reading, obstacle: Obstacle) -> list[Part]:
    naming = reading.naming
    under = obstacle.closed_stated or obstacle.closed_read
    clauses: list[Part] = []
    for option, held in obstacle.refusals:
        if held:
            ordered = sorted(held, key=lambda h: not h.is_stated)
            who: list[Part] = []
            for at, entry in enumerate(ordered):
                named = [one for one in under if entry.party in members_of(reading, one, obstacle.issue)]
                only: Part = (" (", naming.lists(named), " only)") if named and len(named) < len(under) else ""
                who += [", " if at else "", _refuser(reading, entry), only]
            clauses.append((naming.option(obstacle.issue, option), ": ", who))
    left = series([naming.option(obstacle.issue, option) for option in obstacle.open_options])
    return [
        naming.issue(obstacle.issue),
        separated(clauses),
        left if obstacle.open_options else "none",
        naming.lists(under) if under else "no list: one variant is left",
    ]
