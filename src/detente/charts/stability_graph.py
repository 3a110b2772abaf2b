"""States and the moves between them: who can go where alone, what is an improvement, and where nobody would go on.

Players are told apart by line style, never by tone; improvements are drawn dark with an arrow, other moves faint.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.order import party_short, source_line
from detente.charts.sheet import (
    MARGIN,
    Draw,
    Mark,
    foot,
    glyph,
    head,
    head_height,
    legend,
    paragraph,
    rule,
    sheet,
    write,
)
from detente.charts.theme import DARK, INK, LIGHT, LINE, PAPER, WIDTH, wrapped

Report = Mapping[str, Any]
Place = tuple[float, float]

NODE, RING, OUTER = 9, 16, 22
DASHES: tuple[tuple[int, int] | None, ...] = (None, (7, 3), (2, 2), (10, 5), (1, 3), (4, 6))
"""Line styles in the order of the players; beyond them styles repeat, and hover texts and table tell players apart."""

HEIGHT = 430
TITLE = "Which states would last, and the moves between them"


@dataclass(frozen=True, slots=True)
class _Style:
    """How a player's moves are drawn, and what it is called."""

    name: str
    dash: tuple[int, int] | None


def stability_graph(case: Case, report: Report) -> Chart:
    """Return the graph of a stability report: states, moves by player, equilibria ringed, the path drawn bold.

    Parameters
    ----------
    case : Case
        For names and the source line.
    report : mapping
        A stability report whose `graph` is there.
    """
    graph = report["graph"]
    styles = {
        "+".join(part): _Style(" and ".join(party_short(case, one) for one in part), DASHES[at % len(DASHES)])
        for at, part in enumerate(report["players"])
    }
    subtitle = _subtitle(report)
    top = head_height(TITLE, subtitle)
    marks: list[Mark] = list(head(TITLE, subtitle))
    places = _places(len(graph["nodes"]), top)
    for move in sorted(graph["moves"], key=lambda one: (one["on_path"], one["improvement"])):
        marks += _move(places[move["from"]], places[move["to"]], move, styles[move["player"]], _label(graph, move))
    for place, node in zip(places, graph["nodes"], strict=True):
        marks += _node(place, node, top)
    key, y = legend(_samples(report, styles), top + HEIGHT)
    switches = wrapped(_switches(case, report), WIDTH - 2 * MARGIN)
    y += 4  # rings are taller than a line
    marks += [*key, *paragraph(MARGIN, y + LINE / 2, switches, color=DARK)]
    source = source_line(case)
    closing, height = foot(y + len(switches) * LINE + 8, source)
    marks += closing
    return Chart(
        name="stability-graph",
        title=TITLE,
        subtitle=subtitle,
        source=source,
        alt=_alt(report),
        spec=sheet(marks, height),
        table=_table(report, styles),
    )


def _subtitle(report: Report) -> str:
    graph = report["graph"]
    words = "Each node is a state: a letter per switch, Y where it is taken. An arrow is a move that its maker prefers."
    if graph["grouped"]:
        words += " States that every party ranks alike, and that last alike, are one node; the number says how many."
    if graph["left_out"]:
        words += f" {graph['left_out']:,} kinds of state that do not last are left out."
    return words


def _switches(case: Case, report: Report) -> str:
    said = (
        f"{place}. {party_short(case, one['party'])}: {one['text']}"
        for place, one in enumerate(report["switches"], start=1)
    )
    return "Switches: " + "; ".join(said)


def _places(count: int, top: float) -> list[Place]:
    """Return nodes on an ellipse, from the top on, clockwise."""
    middle_x, middle_y = WIDTH / 2, top + HEIGHT / 2
    wide, high = WIDTH / 2 - 110, HEIGHT / 2 - 44
    turns = (2 * math.pi * at / max(count, 1) - math.pi / 2 for at in range(count))
    return [(middle_x + wide * math.cos(turn), middle_y + high * math.sin(turn)) for turn in turns]


def _move(start: Place, end: Place, move: Report, style: _Style, label: str) -> Iterator[Mark]:
    """Yield a line a little to its own right, so that moves back and forth both show, and an arrow if it improves."""
    away = math.hypot(end[0] - start[0], end[1] - start[1])
    if away == 0:
        return
    along = ((end[0] - start[0]) / away, (end[1] - start[1]) / away)
    side = (-along[1] * 2.5, along[0] * 2.5)
    gap = OUTER / 2 + 2
    x, y = start[0] + along[0] * gap + side[0], start[1] + along[1] * gap + side[1]
    x2, y2 = end[0] - along[0] * gap + side[0], end[1] - along[1] * gap + side[1]
    improves = move["improvement"] or move["on_path"]
    width = 3 if move["on_path"] else 1.2 if improves else 0.6
    color = INK if improves else LIGHT
    yield rule(x, y, x2, y2, color=color, width=width, dash=style.dash, label=label)
    if improves:
        for turn in (2.6, -2.6):
            cos, sin = math.cos(turn), math.sin(turn)
            tip = (along[0] * cos - along[1] * sin, along[0] * sin + along[1] * cos)
            yield rule(x2, y2, x2 + 8 * tip[0], y2 + 8 * tip[1], color=color, width=max(width * 0.8, 1.2))


def _node(place: Place, node: Report, top: float) -> Iterator[Mark]:
    x, y = place
    words = _node_words(node)
    yield from _rings(x, y, node["concepts"])
    shape = "square" if node["today"] else "circle"
    yield glyph(x, y, shape, size=NODE, fill=INK if node["today"] else PAPER, label=words, item=node["states"][0])
    right = x >= WIDTH / 2 - 1
    name = node["states"][0] + (f" ({node['count']:,})" if node["count"] > 1 else "")
    if abs(x - WIDTH / 2) < 1:
        above = y < top + HEIGHT / 2
        yield write(x, y - 20 if above else y + 20, name, align="center")
    else:
        yield write(x + (16 if right else -16), y, name, align="left" if right else "right")


def _rings(x: float, y: float, concepts: Sequence[str]) -> Iterator[Mark]:
    """Yield two rings around a Nash equilibrium, one dashed ring around one under another concept only."""
    if "nash" in concepts:
        yield glyph(x, y, "circle", size=OUTER)
        yield glyph(x, y, "circle", size=RING)
    elif concepts:
        yield glyph(x, y, "circle", size=RING, dash=(2, 2))


def _node_words(node: Report) -> str:
    states = ", ".join(node["states"][:4]) + (" …" if node["count"] > 4 else "")
    under = ", ".join(concept.upper() for concept in node["concepts"])
    return f"{states}{', today' if node['today'] else ''}: {f'lasts under {under}' if under else 'does not last'}"


def _label(graph: Report, move: Report) -> str:
    start, end = (graph["nodes"][move[key]]["states"][0] for key in ("from", "to"))
    return f"{move['player']}: {start} to {end}{', an improvement' if move['improvement'] else ''}"


def _samples(report: Report, styles: Mapping[str, _Style]) -> Iterator[tuple[Draw, float, str]]:
    for style in styles.values():
        yield _line(style.dash), 30, style.name
    if any(not move["improvement"] for move in report["graph"]["moves"]):
        yield _line(None, color=LIGHT, width=0.6), 30, "faint: a move that does not improve"
    if any(move["on_path"] for move in report["graph"]["moves"]):
        yield _line(None, width=3), 30, "on the path"
    shown = [node["concepts"] for node in report["graph"]["nodes"] if node["concepts"]]
    if any("nash" in concepts for concepts in shown):
        yield lambda x, y: [*_rings(x, y, ["nash"]), glyph(x, y, "circle", size=NODE)], 26, "Nash equilibrium"
    if any("nash" not in concepts for concepts in shown):
        yield lambda x, y: [*_rings(x, y, ["gmr"]), glyph(x, y, "circle", size=NODE)], 20, "lasts under others only"
    if any(node["today"] for node in report["graph"]["nodes"]):
        yield lambda x, y: [glyph(x, y, "square", size=NODE, fill=INK)], 14, "today"


def _line(dash: tuple[int, int] | None, *, color: str = INK, width: float = 1.2) -> Draw:
    return lambda x, y: [rule(x - 14, y, x + 14, y, color=color, width=width, dash=dash)]


def _alt(report: Report) -> str:
    nash = report["equilibria"].get("nash")
    under = next(iter(report["equilibria"]))
    states = nash if nash is not None else report["equilibria"][under]
    name = "Nash" if nash is not None else under.upper()
    listed = ", ".join(states[:6]) + (" …" if len(states) > 6 else "")
    total = report["equilibrium_counts"]["nash" if nash is not None else under]
    return f"{report['count']:,} states. {name} equilibria: {total:,}{f' ({listed})' if listed else ''}."


def _table(report: Report, styles: Mapping[str, _Style]) -> Table:
    graph = report["graph"]
    rows = []
    for at, node in enumerate(graph["nodes"]):
        better = [
            f"{styles[move['player']].name} to {graph['nodes'][move['to']]['states'][0]}"
            for move in graph["moves"]
            if move["from"] == at and move["improvement"]
        ]
        under = ", ".join(concept.upper() for concept in node["concepts"])
        rows.append((node["states"][0], f"{node['count']:,}", under or "none", "; ".join(better) or "none"))
    return Table(("State", "States like it", "Lasts under", "Improvements"), tuple(rows))
