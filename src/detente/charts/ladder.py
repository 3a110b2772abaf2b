"""The rungs of a ladder, who has a move on which, and in how many draws each party would stop there.

A party has no colour: each has a column, and a bar in it says by its length in how many draws the party gives way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.order import party_short, source_line, turned
from detente.charts.sheet import (
    MARGIN,
    Draw,
    Mark,
    box,
    foot,
    glyph,
    hatch,
    head,
    head_height,
    legend,
    paragraph,
    rule,
    sheet,
    write,
)
from detente.charts.theme import DARK, INK, LIGHT, LINE, MID, PAPER, WIDTH, wrapped

Report = Mapping[str, Any]

LEFT = 250
GAP = 14
BAR = 9
HEADER = ("Standing on", "Party", "Gives way (draws)", "Has a move above", "Moves on this rung")


def ladder(case: Case, report: Report) -> Chart:
    """Return where each party would stop on the ladder.

    Parameters
    ----------
    case : Case
        The case, for names.
    report : mapping
        A ladder report whose ladder was computed.

    Notes
    -----
    Rows are rungs, the highest on top; columns parties, turned round. A bar's length is the share of draws in which the
    party gives way if its turn comes while this rung stands and everybody is still in. A hatched bar means that it has
    no coded move above: the model then cannot tell what it would do.
    """
    found, draws = report["ladder"], report["draws"]
    parties = turned(found["parties"], None, 1)
    title = "Where each party would stop on the ladder"
    subtitle = (
        f"Bar: in how many of {draws:,} draws of the judged numbers a party gives way if its turn comes while the rung "
        "stands. Dot: it has a move on this rung. Assumed numbers; no chance of war."
    )
    source = source_line(case)
    y = head_height(title, subtitle) + LINE
    marks: list[Mark] = []
    width = (WIDTH - MARGIN - LEFT) / len(parties)
    for at, party in enumerate(parties):
        name = wrapped(party_short(case, party), width - GAP, most=1)
        marks.append(write(LEFT + at * width, y, name[0], bold=True))
    y += LINE
    for rung in (*reversed(found["rungs"]), None):
        words = "Below the ladder" if rung is None else f"{rung['rung']}. {rung['text']}"
        lines = wrapped(words, LEFT - MARGIN - GAP, most=3)
        turns = found["below"]["turns"] if rung is None else rung["turns"]
        room = max(2 * LINE, len(lines) * LINE + 6)
        marks.append(rule(MARGIN, y, WIDTH - MARGIN, y, color=LIGHT, width=0.8))
        marks += paragraph(MARGIN, y + LINE / 2 + 3, lines)
        for at, party in enumerate(parties):
            left = LEFT + at * width
            marks += _cell(case, turns[party], draws, left, left + width - GAP, y + room / 2, party, words)
            if rung is not None and any(_acts(move, party) for move in rung["moves"]):
                marks.append(glyph(left - 6, y + room / 2, "circle", size=6, fill=INK, label=f"{party}: has a move"))
        y += room
    marks.append(rule(MARGIN, y, WIDTH - MARGIN, y, color=LIGHT, width=0.8))
    key, end = legend(_samples(), y + 8)
    feet, height = foot(end, source)
    return Chart(
        name="ladder",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=_alt(case, report),
        spec=sheet((*head(title, subtitle), *marks, *key, *feet), height),
        table=_table(case, report),
    )


def _acts(move: Report, party: str) -> bool:
    return bool(move["party"] == party and move["not_counted"] is None)


def _cell(
    case: Case, turn: Report, draws: int, left: float, right: float, y: float, party: str, words: str
) -> Iterator[Mark]:
    name = party_short(case, party)
    label = f"{words}: {name} gives way in {turn['gives_way']:,} of {draws:,} draws"
    if not turn["has_a_move_above"]:
        yield from hatch(left, y - BAR / 2, right, y + BAR / 2, color=MID)
        yield box(left, y - BAR / 2, right, y + BAR / 2, stroke=MID, label=f"{words}: {name} has no coded move above")
        return
    yield box(left, y - BAR / 2, right, y + BAR / 2, fill=PAPER, stroke=MID, label=label)
    if turn["gives_way"]:
        end = left + (right - left) * turn["gives_way"] / draws
        yield box(left, y - BAR / 2, end, y + BAR / 2, fill=DARK, label=label)


def _samples() -> Iterator[tuple[Draw, float, str]]:
    yield lambda x, y: [glyph(x, y, "circle", size=6, fill=INK)], 8, "has a move on this rung"
    yield (
        lambda x, y: [box(x - 12, y - 4, x + 12, y + 4, stroke=MID), box(x - 12, y - 4, x, y + 4, fill=DARK)],
        26,
        ("gives way in half of the draws"),
    )
    yield (
        lambda x, y: [*hatch(x - 12, y - 4, x + 12, y + 4, color=MID), box(x - 12, y - 4, x + 12, y + 4, stroke=MID)],
        26,
        "no coded move above",
    )


def _alt(case: Case, report: Report) -> str:
    found, draws = report["ladder"], report["draws"]
    parts = []
    for rung in reversed(found["rungs"]):
        said = [
            f"{party_short(case, party)} {turn['gives_way']:,}"
            for party, turn in rung["turns"].items()
            if turn["has_a_move_above"]
        ]
        if said:
            parts.append(f"on rung {rung['rung']} {', '.join(said)}")
    if not parts:
        return "On no rung has any party a coded move above."
    return f"Of {draws:,} draws, a party whose turn it is gives way {'; '.join(parts)}."


def _table(case: Case, report: Report) -> Table:
    found = report["ladder"]
    rows = []
    standing = [(str(rung["rung"]), rung["turns"], rung["moves"]) for rung in reversed(found["rungs"])]
    for number, turns, moves in (*standing, ("below", found["below"]["turns"], [])):
        for party, turn in turns.items():
            own = ", ".join(move["id"] for move in moves if _acts(move, party))
            above = "yes" if turn["has_a_move_above"] else "no"
            rows.append((number, party_short(case, party), f"{turn['gives_way']:,}", above, own))
    return Table(HEADER, tuple(rows))
