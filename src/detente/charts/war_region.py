"""Which shifts of power leave no agreement, over size and patience: those that come, and those that are chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.confrontation import confrontation_of, number_of
from detente.charts.order import party_name, source_line
from detente.charts.sheet import (
    Draw,
    Mark,
    backdrop,
    box,
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
from detente.charts.theme import DARK, FAINT, INK, MID, PAPER
from detente.engines.crisis import critical_shift, critical_shift_if_it_offers

Report = Mapping[str, Any]

SIZE = 240
GAP = 76
BANDS = 60
LEFT = 56
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def war_region(case: Case, report: Report) -> Chart:
    """Return, for each side as the one that rises, where a shift leaves no agreement and where a hidden choice may.

    Parameters
    ----------
    case : Case
        The case, for names.
    report : mapping
        A crisis report; its first confrontation is drawn.

    Notes
    -----
    Light: a shift of this size that comes by itself within a year leaves no agreement if the side that rises makes the
    offers; dark: whatever the procedure. Hatched: a shift of this size that a side may choose unseen is worth striking
    against, so war may come of the suspicion; seen in time it is not chosen. What no shift can reach, as chances end at
    1, is left out. Marks are the case's own trends (as far as they go in a year) and choices to arm.
    """
    entry = confrontation_of(report)
    names = [party_name(case, side) for side in entry["sides"]]
    title = f"Shifts of power between {names[0]} and {names[1]}"
    subtitle = (
        "Across: what is added within a year to the chance of the side that rises, up to certainty; up: patience, the "
        "weight of next year against this one. Conditions under assumed chances and costs, and no forecast."
    )
    marks, y = legend(_samples(), head_height(title, subtitle))
    top = y + 22
    drawn: list[Mark] = []
    regions = tuple(_region(entry, side) for side in entry["sides"])
    for k, region in enumerate(regions):
        left = LEFT + k * (SIZE + GAP)
        drawn.append(write(left, top - 12, f"{names[k]} rises", bold=True))
        drawn += backdrop(_regions(region, left, top))
        drawn += _axes(left, top)
        drawn += _marks(region, left, top)
    source = source_line(case)
    feet, height = foot(top + SIZE + 34, source)
    return Chart(
        name="war-region",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=" ".join(_alt(name, region) for name, region in zip(names, regions, strict=True)),
        spec=sheet((*head(title, subtitle), *marks, *drawn, *feet), height),
        table=_table(entry["sides"], regions),
    )


def _region(entry: Report, rising: str) -> Report:
    """Return by bands of patience beyond which size a shift leaves no agreement, and a hidden one draws a strike."""
    (other,) = (side for side in entry["sides"] if side != rising)
    chance = number_of(entry, "win_chance", rising)
    if rising != entry["sides"][0]:
        chance = 1.0 - chance
    costs = (number_of(entry, "cost", rising), number_of(entry, "cost", other))
    strike = sum(one["mode"] for one in entry["numbers"] if one["number"] == "first_strike")
    bands = []
    for k in range(BANDS):
        patience = (k + 0.5) / BANDS
        sizes = {
            "offers": critical_shift_if_it_offers(chance=chance, cost=costs[1], delta=patience, first_strike=strike),
            "exogenous": critical_shift(chance=chance, costs=costs, delta=patience, first_strike=strike),
            "hidden": max(0.0, sum(costs) - 2.0 * strike) / patience,
        }
        bands.append({"patience": patience, **{key: min(max(size, 0.0), 1.0 - chance) for key, size in sizes.items()}})
    return {"room": 1.0 - chance, "bands": bands, "marks": [*_trends(entry, other), *_choices(entry, rising)]}


def _trends(entry: Report, declining: str) -> Iterator[Report]:
    trend, rates = entry["power"]["trend"], entry["power"].get("patience_per_year", {})
    for stretch in trend.get("stretches", ()):
        if stretch["declining"] == declining and stretch["speed"] is not None:
            size = abs(stretch["speed"]) * min(1.0, stretch["to_year"] - stretch["from_year"])
            name = ", ".join(trend["effects"])
            yield {"kind": "trend", "id": name, "size": size, "patience": rates[declining]}


def _choices(entry: Report, rising: str) -> Iterator[Report]:
    for one in entry["power"]["arming"]:
        if one["party"] == rising:
            patience = entry["power"]["patience_per_year"][rising]
            yield {"kind": "choice", "id": one["signal"], "size": one["gain"], "patience": patience}


def _regions(region: Report, left: float, top: float) -> Iterator[Mark]:
    """Yield bands of patience; in each what lies beyond the critical sizes is filled, or hatched as one area."""
    bands, room = region["bands"], region["room"]
    height = SIZE / len(bands)
    for k, band in enumerate(bands):
        low = top + SIZE - (k + 1) * height
        for key, fill in (("offers", FAINT), ("exogenous", MID)):
            if band[key] < room:
                yield box(left + SIZE * band[key], low, left + SIZE * room, low + height, fill=fill)
    for k, band in enumerate(bands):
        low = top + SIZE - (k + 1) * height
        if band["hidden"] < room:
            yield from hatch(left + SIZE * band["hidden"], low, left + SIZE * room, low + height, color=DARK, step=5)
    yield rule(left + SIZE * room, top, left + SIZE * room, top + SIZE, color=MID, width=0.8, dash=(3, 2))


def _axes(left: float, top: float) -> Iterator[Mark]:
    yield box(left, top, left + SIZE, top + SIZE, stroke=MID)
    for tick in TICKS:
        yield write(left + SIZE * tick, top + SIZE + 10, f"{tick:g}", align="center", color=DARK)
        yield write(left - 6, top + SIZE * (1 - tick), f"{tick:g}", align="right", color=DARK)
    yield write(left + SIZE / 2, top + SIZE + 24, "shift within a year", align="center")


def _marks(region: Report, left: float, top: float) -> Iterator[Mark]:
    for mark in region["marks"]:
        shape, fill = ("circle", INK) if mark["kind"] == "trend" else ("triangle-up", PAPER)
        x, y = left + SIZE * min(mark["size"], 1.0), top + SIZE * (1.0 - mark["patience"])
        label = f"{mark['id']}: {mark['size']:.3f} within a year, patience {mark['patience']:.3f}"
        yield glyph(x, y, shape, size=9, fill=fill, label=label, item=mark["id"])


def _samples() -> Iterator[tuple[Draw, float, str]]:
    yield (
        lambda x, y: [box(x - 9, y - 5, x + 9, y + 5, fill=FAINT)],
        20,
        "comes by itself, and the rising side offers: no agreement",
    )
    yield lambda x, y: [box(x - 9, y - 5, x + 9, y + 5, fill=MID)], 20, "whatever the procedure"
    yield lambda x, y: [*hatch(x - 9, y - 5, x + 9, y + 5, color=DARK)], 20, "chosen unseen: war may come of it"
    yield lambda x, y: [glyph(x, y, "circle", size=9, fill=INK)], 10, "trend of the case"
    yield lambda x, y: [glyph(x, y, "triangle-up", size=9, fill=PAPER)], 10, "choice to arm"


def _alt(name: str, region: Report) -> str:
    last, room = region["bands"][-1], region["room"]
    said = ", ".join(
        f"{what} {f'beyond {last[key]:.3f}' if last[key] < room else 'for no size'}"
        for key, what in (
            ("offers", "if it makes the offers"),
            ("exogenous", "whatever the procedure"),
            ("hidden", "and may if it is chosen unseen"),
        )
    )
    return f"If {name} rises within a year, this leaves no agreement at the greatest patience drawn: {said}."


def _table(sides: Sequence[str], regions: Sequence[Report]) -> Table:
    rows = []
    for side, region in zip(sides, regions, strict=True):
        for band in region["bands"][9::10]:
            sizes = (
                f"{band[key]:.3f}" if band[key] < region["room"] else "none"
                for key in ("offers", "exogenous", "hidden")
            )
            rows.append((side, f"{band['patience']:.3f}", *sizes))
        rows += [(side, f"{m['patience']:.3f}", m["id"], f"{m['size']:.3f}", "") for m in region["marks"]]
    header = ("Rising", "Patience", "It offers: beyond", "Any procedure: beyond", "Chosen unseen: beyond")
    return Table(header, tuple(rows))
