"""Section 2: paper against paper: what blocks, then said, answered, not answered and moved, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.brief.document import Block, Grid, Paragraph, Row, Section, grid, heading
from detente.case.ledger.movement import Direction, Movement
from detente.case.ledger.stances import held_stances
from detente.case.package import AnswerStatus
from detente.case.position import Basis, Stance
from detente.wording.bottom_line import agenda_sentence, bottom_line
from detente.wording.obstacles import Obstacle, obstacles, procedure_gap, statements_of
from detente.wording.reading import Reading
from detente.wording.sentence import Part, Run, Sentence, label, quoted, sentence, separated, series

SHOWN_OBSTACLES = 3
SHOWN_COLUMNS = 4
_VERBS = {
    Stance.DEMANDS: "asks for",
    Stance.WOULD_ACCEPT: "would accept",
    Stance.WOULD_DISCUSS: "would discuss",
    Stance.RULES_OUT: "refuses",
    Stance.NO_ANSWER: "no answer on",
}


def paper_section(reading: Reading) -> Section:
    """Return what blocks, and the papers file by file."""
    title = "Paper against paper"
    if not reading.speakers:
        none = sentence("No party's position is coded on any file, so there is no paper to set against another.")
        return Section("paper", "2", title, (Paragraph((none,)),))
    return Section("paper", "2", title, (_lead(reading), _what_blocks(reading), _papers(reading)))


def _lead(reading: Reading) -> Paragraph:
    naming = reading.naming
    said = [
        sentence(
            "What each side's papers ask for, file by file, and where the words meet. ",
            Run("Solid line: stated.", basis=Basis.STATED),
            " ",
            Run("Dashed line: our reading.", basis=Basis.INFERRED),
            " Blank: nothing found. Small numbers lead to the statements at the end.",
        )
    ]
    if len(reading.common_members) > 1:
        who = series(naming.all_the(reading.in_turn(reading.common_members, 2)))
        said.append(
            sentence("Mark = : words meet, for ", who, " hold one variant open themselves; mark ≈ : in our reading.")
        )
    if not reading.ledger.accepted:
        said.append(sentence("No party says that it would accept a variant it did not itself ask for."))
    return Paragraph((*said, *_agenda_if_unsaid(reading)), "lead")


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
    first, answers, moved = 12, 15, 14
    width = (100 - first - answers - moved) // len(columns)
    others = [party for party in reading.speakers if party not in columns]
    return grid(
        (),
        ["File", *(naming.party(party) for party in columns), "Answers found", "Moved"],
        rows,
        widths=(first, *(width for _ in columns), answers, moved),
        note=("Also on record, in Annex C: ", series(naming.parties(others)), ".") if others else (),
    )


def _agenda_if_unsaid(reading: Reading) -> tuple[Sentence, ...]:
    said = {one.text for one in bottom_line(reading)}
    return tuple(one for one in agenda_sentence(reading) if one.text not in said)


def _meeting(reading: Reading, issue: str) -> Part:
    """Return a mark where the words of those whom every list names meet."""
    match dict(reading.common_ground).get(issue):
        case True:
            return (" ", Run("=", basis=Basis.STATED))
        case False:
            return (" ", Run("≈", basis=Basis.INFERRED))
    return ()


def _stance_cell(reading: Reading, party: str, issue: str) -> Part:
    held = held_stances(reading.case, party, issue)
    asked = [h for h in held.values() if h.stance in {Stance.DEMANDS, Stance.WOULD_ACCEPT}]
    shown = asked or [h for h in held.values() if h.stance is Stance.WOULD_DISCUSS]
    shown = shown or [h for h in held.values() if h.stance is Stance.RULES_OUT]
    parts: list[Part] = []
    for at, entry in enumerate(shown[:2]):
        verb = "" if entry.stance is Stance.DEMANDS else f"{_VERBS[entry.stance]}: "
        option = reading.naming.option(issue, entry.option).text.strip("‘’")
        parts += ["; " if at else "", verb, quoted(option, basis=entry.basis, cites=(entry.statement,))]
    return parts


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
    return separated(clauses)


_MOVES = {
    Direction.OPENED: "now open to",
    Direction.CLOSED: "now refuses",
    Direction.CHANGED: "changed on",
    Direction.DROPPED: "asks no longer for",
    Direction.CONFIRMED: "now says so itself:",
}


def _moved(reading: Reading, issue: str) -> Part:
    found = [m for m in reading.ledger.movements if m.issue == issue and m.direction is not Direction.CONFIRMED]
    latest: dict[str, Movement] = {}
    for movement in found:
        latest[movement.party] = movement
    parts: list[Part] = []
    for at, movement in enumerate(list(latest.values())[:2]):
        statement = reading.case.position[movement.later].because[0]
        words = reading.naming.option(issue, movement.option, basis=movement.basis, cites=(statement,))
        parts += ["; " if at else "", reading.naming.party(movement.party), f" {_MOVES[movement.direction]} ", words]
    return parts


def _what_blocks(reading: Reading) -> Block:
    found = [o for o in obstacles(reading) if o.closed_read]
    narrow = [o for o in obstacles(reading) if not o.closed_read and len(o.open_options) == 1]
    gap = procedure_gap(reading)
    naming = reading.naming
    rows: list[Sequence[Part]] = [_obstacle_row(reading, obstacle) for obstacle in found]
    if gap is not None and gap.issue not in {o.issue for o in found}:
        who = [
            (
                series(naming.parties(tuple(h.party for h in held))),
                ": ",
                naming.option(gap.issue, option, basis=held[0].basis, cites=statements_of(held)),
            )
            for option, held in gap.demands
        ]
        lists = [entry.id for entry in reading.lists]
        rows.append(
            [
                naming.issue(gap.issue),
                separated(who),
                _left_of_gap(reading, gap.issue),
                naming.lists(lists),
            ]
        )
    for obstacle in narrow:
        if gap is None or obstacle.issue != gap.issue:
            rows.append(_obstacle_row(reading, obstacle))
    if not rows:
        return Paragraph((sentence("What blocks: no file is closed, or nearly closed, by refusals."),), "lead")
    return grid(
        "What blocks, the most blocked first",
        ["File", "Who refuses what", "Left open by all", "Under"],
        rows[:SHOWN_OBSTACLES],
        widths=(15, 55, 18, 12),
    )


def _left_of_gap(reading: Reading, issue: str) -> Part:
    """Return the options that nobody refuses on a file whose demands exclude each other."""
    refused = next((obstacle for obstacle in obstacles(reading) if obstacle.issue == issue), None)
    left = [option.id for option in reading.case.issue[issue].options] if refused is None else refused.open_options
    names = series([reading.naming.option(issue, option) for option in left]) if left else "none"
    return (names, "; the demands exclude each other")


def _obstacle_row(reading: Reading, obstacle: Obstacle) -> list[Part]:
    naming = reading.naming
    clauses: list[Part] = []
    for option, held in obstacle.refusals:
        if held:
            ordered = sorted(held, key=lambda h: not h.is_stated)
            who: list[Part] = []
            for at, entry in enumerate(ordered):
                name = naming.party(entry.party).text
                who += [", " if at else "", Run(name, label("").kind, entry.basis, (entry.statement,))]
            clauses.append((naming.option(obstacle.issue, option), ": ", who))
    left = series([naming.option(obstacle.issue, option) for option in obstacle.open_options])
    under = obstacle.closed_stated or obstacle.closed_read
    return [
        naming.issue(obstacle.issue),
        separated(clauses),
        left if obstacle.open_options else "none",
        naming.lists(under) if under else "no list: one variant is left",
    ]
