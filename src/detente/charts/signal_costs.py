"""What each signal costs its party: lost whatever follows, and lost by going back, in public and in private."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.order import party_name, source_line
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
from detente.charts.theme import DARK, DASH, FAINT, INK, LIGHT, LINE, MID, PAPER, WIDTH, wrapped
from detente.core.errors import ModelError

Report = Mapping[str, Any]

LEFT, RIGHT = 150, WIDTH - 16
BAR = 9
ROW = 19
TICKS = 6
KINDS = (("sunk", "lost whatever follows"), ("in_public", "going back, public"), ("in_private", "going back, private"))


def signal_costs(case: Case, report: Report) -> Chart:
    """Return the costs of every signal of a report as ranges, with what a signal must tie to be believed.

    Parameters
    ----------
    case : Case
        The case, for names.
    report : mapping
        A signals report.

    Notes
    -----
    A bar spans the range, the mark is the most likely number. The channel in which a signal was not made is open; a
    number that the case does not give is said so, and is not drawn at zero. Each party's scale is its own: bars of
    different parties are not compared.

    Raises
    ------
    ModelError
        If the case lists no signals.
    """
    signals = report["signals"]
    if not signals:
        raise ModelError(
            where="--picture",
            what="there is nothing to draw",
            got=report["case"],
            allowed="A picture needs signals, under crisis.signals",
            hint="The text says what is missing",
        )
    title = "What signals cost their party"
    subtitle = (
        "Bar: the range of a judged number, mark: its most likely value, on the party's own scale. Bars of different "
        "parties are not compared. Dashed: from where on going back sets apart a sender that would not give way."
    )
    marks, y = legend(_samples(), head_height(title, subtitle))
    y += 8
    end = _end(signals)
    drawn: list[Mark] = []
    for one in signals:
        block, y = _block(case, one, y, end)
        drawn += block
    drawn += _axis(y, end)
    source = source_line(case)
    feet, height = foot(y + 26, source)
    return Chart(
        name="signal-costs",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=_alt(signals),
        spec=sheet((*head(title, subtitle), *marks, *drawn, *feet), height),
        table=_table(case, signals),
    )


def _ranges(one: Report) -> dict[str, Report | None]:
    return {"sunk": one["sunk"], **one["reversal"]}


def _end(signals: Any) -> float:
    """Return where the axis ends: at the largest number that is drawn."""
    numbers = [span["high"] for one in signals for span in _ranges(one).values() if span is not None]
    numbers += [one["needed"]["tied"]["high"] for one in signals if one["needed"] is not None]
    return max(numbers, default=0.0) or 1.0


def _x(value: float, end: float) -> float:
    return LEFT + (RIGHT - LEFT) * value / end


def _block(case: Case, one: Report, y: float, end: float) -> tuple[list[Mark], float]:
    lines = wrapped(f"{party_name(case, one['party'])}: {one['text']}", WIDTH - 2 * MARGIN, most=2)
    drawn = list(paragraph(MARGIN, y + LINE / 2, lines))
    top = y = y + len(lines) * LINE + 4
    used = "in_public" if one["public"] else "in_private"
    for kind, words in KINDS:
        middle = y + ROW / 2
        drawn.append(write(LEFT - 8, middle, words, align="right", color=DARK))
        drawn += _bar(one, kind, middle, end, filled=kind in ("sunk", used))
        y += ROW
    if one["needed"] is not None:
        tied = one["needed"]["tied"]
        x = _x(tied["mode"], end)
        label = f"needed: {tied['mode']:.3g} ({tied['low']:.3g} to {tied['high']:.3g})"
        drawn.append(rule(x, top + ROW, x, y, width=1.4, dash=DASH, label=label))
        drawn += hatch(_x(tied["low"], end), y - 3, _x(tied["high"], end), y, color=MID)
    return drawn, y + 6


def _bar(one: Report, kind: str, y: float, end: float, *, filled: bool) -> Iterator[Mark]:
    span = _ranges(one)[kind]
    if span is None:
        yield write(RIGHT, y, "none given" if kind == "sunk" else "not known", align="right", color=MID)
        return
    label = f"{kind.replace('_', ' ')}: {span['mode']:.3g} ({span['low']:.3g} to {span['high']:.3g})"
    left, right = _x(span["low"], end), _x(span["high"], end)
    fill = LIGHT if filled else PAPER
    yield box(left, y - BAR / 2, max(right, left + 1), y + BAR / 2, fill=fill, stroke=DARK, width=0.8, label=label)
    yield glyph(_x(span["mode"], end), y, "circle", size=6, fill=INK, label=label, item=one["id"])


def _axis(y: float, end: float) -> list[Mark]:
    found = [rule(LEFT, y, RIGHT, y, color=MID, width=0.8)]
    step = 10.0 ** math.floor(math.log10(end))
    step = next(one for one in (step / 5, step / 2, step, 2 * step) if end / one <= TICKS)
    for number in range(int(end / step) + 1):
        x = _x(number * step, end)
        found += [rule(x, y, x, y + 4, color=MID), write(x, y + 12, f"{number * step:g}", align="center", color=DARK)]
    return found


def _samples() -> Iterator[tuple[Draw, float, str]]:
    yield lambda x, y: [box(x - 9, y - 4, x + 9, y + 4, fill=LIGHT, stroke=DARK, width=0.8)], 20, "as it was made"
    yield lambda x, y: [box(x - 9, y - 4, x + 9, y + 4, fill=PAPER, stroke=DARK, width=0.8)], 20, "the other channel"
    yield lambda x, y: [rule(x, y - 6, x, y + 6, width=1.4, dash=DASH)], 8, "needed, likely"
    yield (
        lambda x, y: [box(x - 9, y - 4, x + 9, y + 4, fill=FAINT), *hatch(x - 9, y - 4, x + 9, y + 4)],
        20,
        "its range",
    )


def _alt(signals: Any) -> str:
    ties = sum("tied" in one["kinds"] for one in signals)
    sinks = sum("sunk" in one["kinds"] for one in signals)
    return f"{len(signals)} signals; going back costs after {ties} of them, and part of the cost of {sinks} is sunk."


def _table(case: Case, signals: Any) -> Table:
    def cell(span: Report | None) -> str:
        return "–" if span is None else f"{span['mode']:.3g} ({span['low']:.3g} to {span['high']:.3g})"

    header = ("Party", "Signal", "Made", "Sunk", "Going back, public", "Going back, private", "Needed")
    rows = tuple(
        (
            party_name(case, one["party"]),
            one["text"],
            "in public" if one["public"] else "in private",
            *(cell(_ranges(one)[kind]) for kind, _ in KINDS),
            cell(None if one["needed"] is None else one["needed"]["tied"]),
        )
        for one in signals
    )
    return Table(header, rows)
