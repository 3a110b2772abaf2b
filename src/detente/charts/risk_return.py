"""What one offer is expected to bring a side, and how often it would be refused, over what the side keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.order import party_name, source_line
from detente.charts.sheet import (
    MARGIN,
    Draw,
    Mark,
    backdrop,
    box,
    broken_line,
    foot,
    glyph,
    hatch,
    head,
    head_height,
    legend,
    rule,
    sheet,
    write,
)
from detente.charts.theme import DARK, INK, LIGHT, LINE, MID, PAPER, WIDTH
from detente.core.errors import ModelError

Report = Mapping[str, Any]

LEFT, RIGHT = 64, WIDTH - 16
GAIN, REFUSAL = 96, 60
"""Heights of the two parts of a panel, in pixels."""
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
DASH = (4, 3)
TITLE = "One offer, or fighting: expected value and chance of a refusal"


def risk_return(case: Case, report: Report) -> Chart:
    """Return two curves for either side of a confrontation, over the share of the stake that it keeps.

    Parameters
    ----------
    case : Case
        The case, for names.
    report : mapping
        A crisis report in which some confrontation has an offer computed.

    Notes
    -----
    Above: what the offer is expected to bring beyond fighting, in shares of the proposer's stake. Below: how often it
    would be refused under the proposer's belief in the other's cost. The offer with the highest expected value is
    marked; the hatched band holds it in nine of ten draws of the other numbers. Losses below the axis are cut.

    Raises
    ------
    ModelError
        If no offer was computed.
    """
    panels = [
        one
        for entry in report.get("confrontations", ())
        for one in entry["offers"]["once"]
        if "not_computed" not in one
    ]
    if not panels:
        raise ModelError(
            where="--picture",
            what="there is nothing to draw",
            got=report["case"],
            allowed="A picture needs a confrontation with chances, costs and cost_as_seen",
            hint="The text says what is missing",
        )
    subtitle = (
        "A side keeps a share of the stake, or fighting follows if the other refuses. Refusals are those under the "
        "side's own belief in the other's cost, which is assumed; they say nothing of how likely fighting is."
    )
    marks, y = legend(_samples(), head_height(TITLE, subtitle))
    drawn: list[Mark] = []
    for one in panels:
        part, y = _panel(case, one, y + 8)
        drawn += part
    source = source_line(case)
    feet, height = foot(y + 6, source)
    return Chart(
        name="risk-return",
        title=TITLE,
        subtitle=subtitle,
        source=source,
        alt=" ".join(_alt(case, one) for one in panels),
        spec=sheet((*head(TITLE, subtitle), *marks, *drawn, *feet), height),
        table=_table(panels),
    )


def _x(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0)


def _panel(case: Case, one: Report, y: float) -> tuple[list[Mark], float]:
    proposer, other = (party_name(case, one[who]) for who in ("proposer", "other"))
    drawn = [write(MARGIN, y + LINE / 2, f"{proposer} offers, {other} accepts or refuses", bold=True)]
    top = y + LINE + 8
    middle = top + GAIN
    bottom = middle + 14 + REFUSAL
    best = max((point["gain"] for point in one["curve"]), default=0.0)
    most = max(best, 0.05)
    drawn += backdrop(_band(one, top, bottom))
    drawn += _axes(top, middle, bottom, most)
    gains = [(point["keeps"], point["gain"]) for point in one["curve"] if point["gain"] >= 0.0]
    drawn += broken_line([(_x(share), middle - GAIN * gain / most) for share, gain in gains], width=1.4)
    refusals = [(_x(point["keeps"]), bottom - REFUSAL * point["refusal"]) for point in one["curve"]]
    drawn += broken_line(refusals, width=1.4, dash=DASH)
    found = one["offer"]
    if found is not None:
        label = f"the offer keeps {found['keeps']:.3f}: gain {found['gain']:.3f}, refusal {found['refusal']:.3f}"
        x = _x(found["keeps"])
        drawn.append(rule(x, top, x, bottom, color=DARK, width=0.8, label=label))
        drawn.append(glyph(x, middle - GAIN * found["gain"] / most, "circle", size=8, fill=INK, label=label))
        drawn.append(glyph(x, bottom - REFUSAL * found["refusal"], "circle", size=8, fill=PAPER, label=label))
    else:
        drawn.append(write((LEFT + RIGHT) / 2, middle - 12, "no offer is better than fighting", align="center"))
    drawn.append(write((LEFT + RIGHT) / 2, bottom + 20, f"share of the stake that {proposer} keeps", align="center"))
    return drawn, bottom + 20 + LINE


def _band(one: Report, top: float, bottom: float) -> Iterator[Mark]:
    spread = one["over_draws"]["keeps"]
    if spread is not None:
        low, _, high = spread
        left, right = _x(low), max(_x(high), _x(low) + 2)
        yield from hatch(left, top, right, bottom, color=LIGHT)
        label = f"in nine of ten draws the offer keeps {low:.3f} to {high:.3f}"
        yield box(left, top, right, bottom, stroke=LIGHT, label=label)


def _axes(top: float, middle: float, bottom: float, most: float) -> Iterator[Mark]:
    for tick in TICKS:
        yield rule(_x(tick), top, _x(tick), bottom, color=LIGHT, width=0.5)
        yield write(_x(tick), bottom + 8, f"{tick:g}", align="center", color=DARK)
    for level, y in ((0.0, middle), (most, top)):
        yield rule(LEFT, y, RIGHT, y, color=MID, width=0.6)
        yield write(LEFT - 6, y, f"{level:.2f}", align="right")
    for level in (0, 1):
        y = bottom - REFUSAL * level
        yield rule(LEFT, y, RIGHT, y, color=MID, width=0.6)
        yield write(LEFT - 6, y, f"{100 * level}%", align="right")


def _samples() -> Iterator[tuple[Draw, float, str]]:
    yield lambda x, y: [rule(x - 9, y, x + 9, y, width=1.4)], 20, "expected gain over fighting"
    yield lambda x, y: [rule(x - 9, y, x + 9, y, width=1.4, dash=DASH)], 20, "refused, under the side's own belief"
    yield lambda x, y: [glyph(x, y, "circle", size=8, fill=INK)], 10, "the offer with the highest expected value"
    yield lambda x, y: [*hatch(x - 9, y - 5, x + 9, y + 5, color=LIGHT)], 20, "that offer in nine of ten draws"


def _alt(case: Case, one: Report) -> str:
    proposer, other = (party_name(case, one[who]) for who in ("proposer", "other"))
    found = one["offer"]
    if found is None:
        return f"No offer to {other} is better for {proposer} than fighting at the most likely numbers."
    return (
        f"Under its beliefs the offer with the highest expected value for {proposer} keeps {found['keeps']:.3f} of the "
        f"stake and would be refused in {found['refusal']:.0%} of the draws of the cost of {other}."
    )


def _table(panels: Sequence[Report]) -> Table:
    rows = [
        (one["proposer"], f"{point['keeps']:.3f}", f"{point['gain']:+.3f}", f"{point['refusal']:.3f}")
        for one in panels
        for point in one["curve"]
    ]
    return Table(("Proposer", "Keeps", "Expected gain over fighting", "Refused"), tuple(rows))
