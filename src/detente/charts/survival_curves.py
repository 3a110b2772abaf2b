"""Who still stands as a public contest goes on, and when nobody is left who would give way: survival and lock-in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.order import party_name, source_line
from detente.charts.sheet import (
    Draw,
    Mark,
    broken_line,
    foot,
    head,
    head_height,
    legend,
    rule,
    sheet,
    write,
)
from detente.charts.theme import DARK, INK, LIGHT, MID, WIDTH
from detente.core.errors import ModelError

Report = Mapping[str, Any]

LEFT, RIGHT = 44, WIDTH - 24
PLOT = 200
EARLY = 0.2
ROOM = 130
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
DASHES: tuple[tuple[int, int] | None, tuple[int, int]] = (None, (6, 3))
LOCKED: tuple[tuple[int, int], tuple[int, int]] = ((1, 2), (1, 4))


def survival_curves(case: Case, contest: Report) -> Chart:
    """Return how probably each side still stands as audience costs build up, and the share of each that is locked in.

    Parameters
    ----------
    case : Case
        The case, for names.
    contest : mapping
        One of the `contests` of a signals report, with `nerves`.

    Notes
    -----
    Sides are told apart by the pattern of their lines and carry no tone; the vertical rule is the lock-in.

    Raises
    ------
    ModelError
        If the contest has no war of nerves.
    """
    found = contest["nerves"]
    if found is None:
        raise ModelError(
            where="--picture",
            what="there is nothing to draw",
            got=contest["confrontation"],
            allowed="A picture needs audience costs of both sides",
            hint="The text says what is missing",
        )
    names = [party_name(case, side["party"]) for side in contest["sides"]]
    title = f"How long both sides still stand in public: {names[0]} and {names[1]}"
    subtitle = (
        "Height: probability that a side has not given way, under the beliefs of the case; along: the share of the "
        "public audience costs that stands. Dots: the share that would no longer give way. Conditions, not a forecast."
    )
    marks, y = legend(_samples(names), head_height(title, subtitle))
    top = y + 14
    end = _end(found["horizon"])
    drawn = [*_axes(top, end), *_curves(found, top, end), *_lock_in(found, top, end)]
    source = source_line(case)
    feet, height = foot(top + PLOT + 48, source)
    return Chart(
        name="survival-curves",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=_alt(names, found),
        spec=sheet((*head(title, subtitle), *marks, *drawn, *feet), height),
        table=_table(names, found),
    )


def _end(horizon: float) -> float:
    """Return where the axis ends: past all that audiences take, or past an early lock-in, which that would hide."""
    shown = horizon if 0 < horizon < EARLY else max(horizon, 1.0)
    return shown * 1.08


def _aligned(x: float) -> str:
    """Return how a text under a place is set so that it stays on the sheet."""
    return "left" if x < LEFT + ROOM else "right" if x > RIGHT - ROOM else "center"


def _x(time: float, end: float) -> float:
    return LEFT + (RIGHT - LEFT) * time / end


def _y(share: float, top: float) -> float:
    return top + PLOT * (1.0 - share)


def _axes(top: float, end: float) -> Iterator[Mark]:
    for tick in TICKS:
        yield rule(LEFT, _y(tick, top), RIGHT, _y(tick, top), color=LIGHT, width=0.5)
        yield write(LEFT - 6, _y(tick, top), f"{tick:g}", align="right", color=DARK)
    yield rule(LEFT, top + PLOT, RIGHT, top + PLOT, color=MID, width=0.8)
    yield write(LEFT, top + PLOT + 14, "0", align="center", color=DARK)
    if end >= 1.0:
        x = _x(1.0, end)
        yield rule(x, top, x, top + PLOT + 4, color=MID, width=0.8, dash=(2, 3))
        words = "1: all that the case takes them to cost"
        yield write(x, top + PLOT + 14, words, align=_aligned(x), color=DARK)


def _curves(found: Report, top: float, end: float) -> Iterator[Mark]:
    for side in (0, 1):
        places = [(_x(one["at"], end), _y(one["stands"][side], top)) for one in found["curves"]]
        yield from broken_line(places, color=INK, width=1.8, dash=DASHES[side])
        dots = [(_x(one["at"], end), _y(one["locked_in"][side], top)) for one in found["curves"]]
        yield from broken_line(dots, color=DARK, width=1.0, dash=LOCKED[side])


def _lock_in(found: Report, top: float, end: float) -> Iterator[Mark]:
    x = _x(found["horizon"], end)
    yield rule(x, top, x, top + PLOT, color=INK, width=1.0, label=f"locked in at {found['horizon']:.3g}")
    yield write(x, top + PLOT + 30, f"locked in at {found['horizon']:.3g}", align=_aligned(x), bold=True)


def _samples(names: Sequence[str]) -> Iterator[tuple[Draw, float, str]]:
    yield lambda x, y: [rule(x - 12, y, x + 12, y, width=1.8)], 26, f"{names[0]} stands"
    yield lambda x, y: [rule(x - 12, y, x + 12, y, width=1.8, dash=DASHES[1])], 26, f"{names[1]} stands"
    yield lambda x, y: [rule(x - 12, y, x + 12, y, color=DARK, dash=LOCKED[0])], 26, f"{names[0]} locked in"
    yield lambda x, y: [rule(x - 12, y, x + 12, y, color=DARK, dash=LOCKED[1])], 26, f"{names[1]} locked in"


def _alt(names: Sequence[str], found: Report) -> str:
    then = ", ".join(f"{name} {found['curves'][-1]['stands'][side]:.2f}" for side, name in enumerate(names))
    return f"Both are locked in at {found['horizon']:.3g} of the audience costs; shares still standing then: {then}."


def _table(names: Sequence[str], found: Report) -> Table:
    header = ("Audience costs", *(f"{name} stands" for name in names), *(f"{name} locked in" for name in names))
    rows = tuple(
        (f"{one['at']:.3f}", *(f"{share:.3f}" for share in (*one["stands"], *one["locked_in"])))
        for one in found["curves"][:: max(1, len(found["curves"]) // 8)]
    )
    return Table(header, rows)
