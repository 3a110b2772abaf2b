"""What a patron's word does: terms preferred to fighting, demands of either side, and their refusal, over its cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.order import party_name, source_line
from detente.charts.sheet import (
    MARGIN,
    Draw,
    Mark,
    box,
    broken_line,
    foot,
    head,
    head_height,
    legend,
    rule,
    sheet,
    write,
)
from detente.charts.theme import DARK, DASH, FAINT, INK, LIGHT, LINE, MID, WIDTH
from detente.core.errors import ModelError

Report = Mapping[str, Any]
Place = tuple[float, float]

LEFT, RIGHT = 60, WIDTH - 24
PANEL = 110
GAP = 34
TICKS = (0.0, 0.5, 1.0)


def patron_commitment(case: Case, report: Report) -> Chart:
    """Return three panels per patronage over what it costs the patron to be seen not to help.

    Parameters
    ----------
    case : Case
        The case, for names.
    report : mapping
        A crisis report in which a patronage has private costs and terms over its word.

    Notes
    -----
    First the shares of the opponent that both sides prefer to fighting; then the demand of the highest value on average
    of either side, costs being private; then the chance that this demand is refused, under the beliefs of the one that
    asks. The word that the case gives is marked with its range. Both sides are drawn in the same way.

    Raises
    ------
    ModelError
        If no patronage has these numbers.
    """
    entries = [one for one in report.get("deterrence", {}).get("patronages", ()) if _drawable(one)]
    if not entries:
        raise ModelError(
            where="--picture",
            what="there is no patronage to draw",
            got=report["case"],
            allowed="A picture needs a patronage with a word, and what each side's cost is seen as",
            hint="The text says what is missing",
        )
    title = "What a patron's word changes for both sides"
    subtitle = (
        "Over what it costs the patron to be seen not to help. All numbers are judged; a refusal is one under the "
        "beliefs of the side that asks. The picture says nothing of how likely fighting is."
    )
    marks, y = legend(_samples(), head_height(title, subtitle))
    drawn: list[Mark] = []
    for entry in entries:
        part, y = _patronage(case, entry, y + 8)
        drawn += part
    source = source_line(case)
    feet, height = foot(y + 6, source)
    return Chart(
        name="patron-commitment",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=" ".join(_alt(case, entry) for entry in entries),
        spec=sheet((*head(title, subtitle), *marks, *drawn, *feet), height),
        table=_table(entries),
    )


def _drawable(entry: Report) -> bool:
    return (
        isinstance(entry["terms"].get("over_word"), Sequence)
        and all("over_word" in entry[part].get("private", {}) for part in ("demand", "own_demand"))
        and entry["terms"]["over_word"][-1]["word"] > 0
    )


def _patronage(case: Case, entry: Report, y: float) -> tuple[list[Mark], float]:
    patron, protege, opponent = (party_name(case, entry[role]) for role in ("patron", "protege", "against"))
    most = entry["terms"]["over_word"][-1]["word"]
    marks = [write(MARGIN, y + LINE / 2, f"{patron} as a patron of {protege} against {opponent}", bold=True)]
    y += LINE + 4
    word = next(one for one in entry["numbers"] if one["number"] == "word")
    demand, own = (entry[part]["private"]["over_word"] for part in ("demand", "own_demand"))
    panels = (
        (f"Shares of {opponent} that both sides prefer to fighting, between the lines", _terms(entry, most)),
        (
            f"Demand of the highest value, as a share of what is at stake: of {opponent} (line), of {protege} (dashes)",
            lambda top: (*_curve(demand, "size", most, top), *_curve(own, "size", most, top, dashed=True)),
        ),
        (
            "Refusal of that demand, under the beliefs of the side that asks",
            lambda top: (
                *_curve(demand, "refusal_under_beliefs", most, top),
                *_curve(own, "refusal_under_beliefs", most, top, dashed=True),
            ),
        ),
    )
    for caption, draw in panels:
        marks.append(write(MARGIN, y + LINE / 2, caption))
        top = y + LINE + 6
        marks += _frame(word, most, top)
        marks += draw(top)
        y = top + PANEL + GAP - LINE
    marks.append(
        write((LEFT + RIGHT) / 2, y, f"what it costs {patron} to be seen not to help", align="center", color=DARK)
    )
    return marks, y + LINE


def _x(word: float, most: float) -> float:
    return LEFT + (RIGHT - LEFT) * min(max(word / most, 0.0), 1.0)


def _y(share: float, top: float) -> float:
    return top + PANEL * (1.0 - min(max(share, 0.0), 1.0))


def _frame(word: Report, most: float, top: float) -> Iterator[Mark]:
    """Yield axes, and the word of the case with its range."""
    left, right = _x(word["low"], most), _x(word["high"], most)
    if right > left:
        yield box(
            left, top, right, top + PANEL, fill=FAINT, label=f"range of the word: {word['low']:g} to {word['high']:g}"
        )
    for tick in TICKS:
        yield rule(LEFT, _y(tick, top), RIGHT, _y(tick, top), color=LIGHT, width=0.5)
        yield write(LEFT - 6, _y(tick, top), f"{tick:g}", align="right", color=DARK)
    for k in range(5):
        place = most * k / 4
        yield write(_x(place, most), top + PANEL + 9, f"{place:.2g}", align="center", color=DARK)
    yield rule(
        _x(word["mode"], most), top, _x(word["mode"], most), top + PANEL, color=MID, label=f"word: {word['mode']:g}"
    )


def _terms(entry: Report, most: float) -> Any:
    """Return how to draw the band of terms; where it is empty nothing is drawn."""
    found = entry["terms"]["over_word"]

    def draw(top: float) -> Iterator[Mark]:
        for one, following in pairwise(found):
            if one["empty"] or following["empty"]:
                continue
            yield from _line([(one["word"], one["low"]), (following["word"], following["low"])], most, top)
            yield from _line([(one["word"], one["high"]), (following["word"], following["high"])], most, top)
            middle = (_x(one["word"], most) + _x(following["word"], most)) / 2.0
            yield rule(
                middle,
                _y((one["low"] + following["low"]) / 2.0, top),
                middle,
                _y((one["high"] + following["high"]) / 2.0, top),
                color=LIGHT,
                label=f"word {one['word']:.3g}: {one['low']:.3f} to {one['high']:.3f}",
            )

    return draw


def _curve(found: Sequence[Report], key: str, most: float, top: float, *, dashed: bool = False) -> Iterator[Mark]:
    yield from _line([(one["word"], one[key]) for one in found], most, top, dashed=dashed)


def _line(places: Sequence[Place], most: float, top: float, *, dashed: bool = False) -> Iterator[Mark]:
    points = [(_x(word, most), _y(share, top)) for word, share in places]
    yield from broken_line(points, color=INK, width=1.6, dash=DASH if dashed else None)


def _samples() -> Iterator[tuple[Draw, float, str]]:
    yield lambda x, y: [rule(x - 9, y, x + 9, y, width=1.6)], 20, "the protégé's opponent"
    yield lambda x, y: [rule(x - 9, y, x + 9, y, width=1.6, dash=DASH)], 20, "the protégé"
    yield (
        lambda x, y: [box(x - 9, y - 5, x + 9, y + 5, fill=FAINT), rule(x, y - 5, x, y + 5, color=MID)],
        20,
        "the word",
    )


def _alt(case: Case, entry: Report) -> str:
    protege, opponent = (party_name(case, entry[role]) for role in ("protege", "against"))
    parts = []
    for part, name in (("demand", opponent), ("own_demand", protege)):
        curve = entry[part]["private"]["over_word"]
        parts.append(f"of {name} from {curve[0]['size']:.3f} to {curve[-1]['size']:.3f}")
    terms = entry["terms"]["over_word"]
    return (
        f"As the word comes to cost from 0 to {terms[-1]['word']:.3g}, the demand of the highest value on average goes "
        f"{' and '.join(parts)} of what is at stake."
    )


def _table(entries: Sequence[Report]) -> Table:
    rows = []
    for entry in entries:
        curves = (
            entry["terms"]["over_word"],
            *(entry[part]["private"]["over_word"] for part in ("demand", "own_demand")),
        )
        for terms, demand, own in zip(*curves, strict=True):
            room = "none" if terms["empty"] else f"{terms['low']:.3f} to {terms['high']:.3f}"
            rows.append(
                (
                    entry["id"],
                    f"{terms['word']:.3f}",
                    room,
                    f"{demand['size']:.3f}",
                    f"{demand['refusal_under_beliefs']:.3f}",
                    f"{own['size']:.3f}",
                    f"{own['refusal_under_beliefs']:.3f}",
                )
            )
    columns = ("Patronage", "Word", "Terms", "Opponent's demand", "refused", "Protégé's demand", "refused")
    return Table(columns, tuple(rows))
