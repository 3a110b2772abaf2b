"""The grammar of a picture: texts, glyphs, rules and boxes at places on a sheet, written down as Vega-Lite.

Places are pixels and are worked out here, not by the drawing library: time zone, locale and fonts of the machine
then change nothing. Each row keeps its label (hover text) and the id of the item it stands for.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from detente.charts.theme import (
    DARK,
    FONT,
    INK,
    LINE,
    MID,
    NOTHING,
    PAPER,
    TEXT,
    TITLE,
    WIDTH,
    clean,
    text_width,
    wrapped,
)

MARGIN = 4
LAYERS = ("rect", "rule", "point", "text")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the sheet: its kind, how it looks (shared with others of the same look), and its row of data."""

    kind: str
    style: tuple[tuple[str, Any], ...]
    row: Mapping[str, Any]
    behind: bool = False

    @property
    def depth(self) -> int:
        """Which layer it is in: backdrop, boxes, rules, glyphs, texts, and on top boxes with only a hover text."""
        style = dict(self.style)
        if self.behind:
            return -1
        if self.kind == "rect" and style["fill"] == style["stroke"] == NOTHING:
            return len(LAYERS)
        return LAYERS.index(self.kind)


def backdrop(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield marks as part of the backdrop, under everything else."""
    for mark in marks:
        yield replace(mark, behind=True)


Draw = Callable[[float, float], Iterable[Mark]]
"""How to draw a sample around a place."""


def write(
    x: float,
    y: float,
    text: str,
    *,
    size: float = TEXT,
    bold: bool = False,
    color: str = INK,
    align: str = "left",
    angle: float = 0,
) -> Mark:
    """Return a line of text whose middle is at height y."""
    style = {"fontSize": size, "fontWeight": "bold" if bold else "normal", "color": color, "align": align}
    style |= {"baseline": "middle", "angle": angle, "aria": False}
    return Mark("text", _frozen(style), {"x": _px(x), "y": _px(y), "text": clean(text)})


def paragraph(x: float, y: float, lines: Iterable[str], *, color: str = INK, align: str = "left") -> Iterator[Mark]:
    """Yield lines of text below one another."""
    for number, line in enumerate(lines):
        yield write(x, y + number * LINE, line, color=color, align=align)


def glyph(
    x: float,
    y: float,
    shape: str,
    *,
    size: float,
    fill: str = NOTHING,
    stroke: str = INK,
    width: float = 1.2,
    dash: tuple[int, int] | None = None,
    label: str = "",
    item: str = "",
) -> Mark:
    """Return a small shape, `size` pixels across, centred at a place."""
    style = {"shape": shape, "size": round(size * size, 2), "fill": fill, "stroke": stroke, "strokeWidth": width}
    style |= {"opacity": 1} | _dashed(dash) | _labelled(label)
    return Mark("point", _frozen(style), {"x": _px(x), "y": _px(y)} | _about(label, item))


def rule(
    x: float,
    y: float,
    x2: float,
    y2: float,
    *,
    color: str = INK,
    width: float = 1,
    dash: tuple[int, int] | None = None,
    label: str = "",
    item: str = "",
) -> Mark:
    """Return a straight line."""
    style = {"color": color, "strokeWidth": width} | _dashed(dash) | _labelled(label)
    return Mark("rule", _frozen(style), {"x": _px(x), "y": _px(y), "x2": _px(x2), "y2": _px(y2)} | _about(label, item))


def box(
    x: float,
    y: float,
    x2: float,
    y2: float,
    *,
    fill: str = NOTHING,
    stroke: str = NOTHING,
    width: float = 1,
    dash: tuple[int, int] | None = None,
    label: str = "",
    item: str = "",
) -> Mark:
    """Return a rectangle; without fill and stroke it only carries a hover text."""
    style = {"fill": fill, "stroke": stroke, "strokeWidth": width} | _dashed(dash) | _labelled(label)
    return Mark("rect", _frozen(style), {"x": _px(x), "y": _px(y), "x2": _px(x2), "y2": _px(y2)} | _about(label, item))


def hatch(x: float, y: float, x2: float, y2: float, *, color: str = DARK, step: float = 4) -> Iterator[Mark]:
    """Yield slanted lines that fill a rectangle, for what is neither filled nor open; y is above y2."""
    height = y2 - y
    start = x - height + step / 2
    while start < x2:  # each line rises to the right by its own height
        left, right = max(start, x), min(start + height, x2)
        if right > left:
            yield rule(left, y2 - (left - start), right, y2 - (right - start), color=color, width=0.8)
        start += step


def broken_line(
    places: Iterable[tuple[float, float]], *, color: str = INK, width: float = 1, dash: tuple[int, int] | None = None
) -> Iterator[Mark]:
    """Yield straight lines from place to place."""
    for (x, y), (x2, y2) in itertools.pairwise(places):
        yield rule(x, y, x2, y2, color=color, width=width, dash=dash)


def legend(items: Iterable[tuple[Draw, float, str]], y: float) -> tuple[tuple[Mark, ...], float]:
    """Return a key set in lines, and where it ends; an item is how to draw a sample, the sample's width, and words."""
    samples = tuple(items)
    y += LINE / 2
    marks: list[Mark] = [write(MARGIN, y, "Key", bold=True)] if samples else []
    start = MARGIN + text_width("Key") + 10
    x = start
    for draw, room, words in samples:
        taken = room + 4 + text_width(words)
        if x > start and x + taken > WIDTH - MARGIN:
            x, y = start, y + LINE + 2
        marks += [*draw(x + room / 2, y), write(x + room + 4, y, words)]
        x += taken + 14
    return tuple(marks), y + LINE / 2 + 2


def head_height(title: str, subtitle: str) -> float:
    """Return how much room title and subtitle take."""
    return MARGIN + len(_title_lines(title)) * (TITLE + 4) + len(wrapped(subtitle, WIDTH - 2 * MARGIN)) * LINE + 8


def head(title: str, subtitle: str) -> Iterator[Mark]:
    """Yield title and subtitle at the top of the sheet."""
    y: float = MARGIN + TITLE / 2
    for line in _title_lines(title):
        yield write(MARGIN, y, line, size=TITLE, bold=True)
        y += TITLE + 4
    yield from paragraph(MARGIN, y, wrapped(subtitle, WIDTH - 2 * MARGIN), color=INK)


def foot(y: float, source: str) -> tuple[tuple[Mark, ...], float]:
    """Return the source line at a height, and the height of the whole sheet."""
    lines = wrapped(source, WIDTH - 2 * MARGIN)
    marks = (rule(MARGIN, y, WIDTH - MARGIN, y, color=MID, width=0.6), *paragraph(MARGIN, y + 11, lines, color=MID))
    return marks, y + 11 + len(lines) * LINE


def sheet(marks: Iterable[Mark], height: float) -> dict[str, Any]:
    """Return the marks as Vega-Lite.

    Boxes lie under rules, rules under glyphs, glyphs under texts, boxes that only carry a hover text over all, and
    the backdrop under all. Within a layer, looks are drawn in the order in which they first appear.
    """
    rows: dict[tuple[bool, str, tuple[tuple[str, Any], ...]], list[dict[str, Any]]] = {}
    for mark in sorted(marks, key=lambda mark: mark.depth):
        rows.setdefault((mark.behind, mark.kind, mark.style), []).append(dict(mark.row))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": round(height),
        "padding": 0,
        "autosize": {"type": "none"},
        "background": PAPER,
        "config": {"font": FONT, "view": {"stroke": None}},
        "layer": [_layer(kind, style, group) for (_, kind, style), group in rows.items()],
    }


def _layer(kind: str, style: tuple[tuple[str, Any], ...], rows: list[dict[str, Any]]) -> dict[str, Any]:
    look = {key: list(value) if isinstance(value, tuple) else value for key, value in style}
    encoding: dict[str, Any] = {
        axis: {"field": axis, "type": "quantitative", "scale": None, "axis": None} for axis in ("x", "y")
    }
    if kind in ("rule", "rect"):
        encoding |= {axis: {"field": axis} for axis in ("x2", "y2")}
    if kind == "text":
        encoding["text"] = {"field": "text", "type": "nominal"}
    if "label" in rows[0]:
        encoding["description"] = {"field": "label", "type": "nominal"}
    return {"data": {"values": rows}, "mark": {"type": kind, **look}, "encoding": encoding}


def _title_lines(title: str) -> tuple[str, ...]:
    return wrapped(title, WIDTH - 2 * MARGIN, size=TITLE * 1.06)


def _px(place: float) -> float:
    return round(place, 2)


def _dashed(dash: tuple[int, int] | None) -> dict[str, Any]:
    return {} if dash is None else {"strokeDash": dash}


def _labelled(label: str) -> dict[str, Any]:
    return {"aria": bool(label)}


def _about(label: str, item: str) -> dict[str, str]:
    return {key: text for key, text in (("label", clean(label)), ("item", item)) if text}


def _frozen(style: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(style.items())
