"""Where draws of the judged numbers lie on the map of the deterrence game: the patron's chance and the opponent's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.order import party_name, source_line
from detente.charts.sheet import MARGIN, Mark, box, foot, glyph, head, head_height, paragraph, rule, sheet, write
from detente.charts.theme import DARK, FAINT, INK, LINE, MID, NOTHING, PAPER, WIDTH, wrapped
from detente.core.errors import ModelError

Report = Mapping[str, Any]

LEFT, RIGHT = 24, WIDTH - 24
HEIGHT = 200
REGIONS = (
    ("the hard challenge, the soft sometimes", 0, 1, 0, 1, PAPER),
    ("all challenge", 0, 1, 1, 2, FAINT),
    ("only the hard challenge", 1, 2, 0, 2, FAINT),
    ("nobody challenges", 2, 3, 0, 2, PAPER),
)


def deterrence_map(case: Case, report: Report) -> Chart:
    """Return a map per patronage with a dot for each of the first draws that lie in the game.

    Parameters
    ----------
    case : Case
        The case, for names.
    report : mapping
        A crisis report in which the deterrence game is computed for a patronage.

    Notes
    -----
    Each draw has its own borders, so axes are stretched: a third of the width lies below what deters a soft challenger,
    a third up to what deters a hard one, a third above; half of the height below the doubt of a soft defender. Draws
    outside the game are counted beside it.

    Raises
    ------
    ModelError
        If the game is computed for no patronage.
    """
    entries = [one for one in report.get("deterrence", {}).get("patronages", ()) if "map" in one["deterrence"]]
    if not entries:
        raise ModelError(
            where="--picture",
            what="there is no deterrence game to draw",
            got=report["case"],
            allowed="A picture needs a patronage with a word, and audiences of the opponent",
            hint="The text says what is missing",
        )
    title = "Deterrence by help, in draws of the judged numbers"
    subtitle = (
        "Hard is who would fight rather than give way. A dot is one draw; how many lie in a field says how far the "
        "assumed numbers decide, and nothing of how likely a challenge is."
    )
    y = head_height(title, subtitle)
    marks: list[Mark] = []
    for entry in entries:
        part, y = _map(case, entry, y + 8)
        marks += part
    source = source_line(case)
    feet, height = foot(y + 6, source)
    return Chart(
        name="deterrence-map",
        title=title,
        subtitle=subtitle,
        source=source,
        alt=" ".join(_alt(case, entry) for entry in entries),
        spec=sheet((*head(title, subtitle), *marks, *feet), height),
        table=_table(entries),
    )


def _map(case: Case, entry: Report, y: float) -> tuple[list[Mark], float]:
    patron, protege, opponent = (party_name(case, entry[role]) for role in ("patron", "protege", "against"))
    marks = [write(MARGIN, y + LINE / 2, f"{patron} as a patron of {protege} against {opponent}", bold=True)]
    top = y + LINE + 8
    for name, left, right, low, high, fill in REGIONS:
        marks.append(box(_x(left), _y(high, top), _x(right), _y(low, top), fill=fill, stroke=MID))
        lines = wrapped(name, (RIGHT - LEFT) / 3 - 12)
        marks += paragraph((_x(left) + _x(right)) / 2, _y(high, top) + 14, lines, color=DARK, align="center")
    for number, one in enumerate(entry["deterrence"]["map"]):
        label = f"draw {number + 1}: {one['regime']}"
        marks.append(glyph(_x(one["patron"]), _y(one["opponent"], top), "circle", size=4, fill=NOTHING, label=label))
    below = top + HEIGHT
    marks += _borders(top)
    caption = (
        f"To the right: part of the range of its cost in which {patron} would help. Upwards: part of the range of its "
        f"cost in which {opponent} would fight rather than give way."
    )
    lines = wrapped(caption, WIDTH - 2 * MARGIN)
    marks += paragraph(MARGIN, below + 30, lines)
    y = below + 30 + len(lines) * LINE
    found = entry["deterrence"]
    for one in found["counts"]:
        if one["regime"] not in {name for name, *_ in REGIONS}:
            words = f"Outside the game: {one['regime']}, in {one['draws']:,} of {found['draws']:,} draws."
            marks.append(write(MARGIN, y, words))
            y += LINE
    return marks, y


def _borders(top: float) -> Iterator[Mark]:
    """Yield what the borders between the columns are."""
    for at, words in ((1, "deters the soft"), (2, "deters the hard")):
        yield rule(_x(at), top + HEIGHT, _x(at), top + HEIGHT + 4, color=INK)
        yield write(_x(at), top + HEIGHT + 11, words, align="center", color=DARK)


def _x(place: float) -> float:
    return LEFT + (RIGHT - LEFT) * place / 3.0


def _y(place: float, top: float) -> float:
    return top + HEIGHT * (1.0 - place / 2.0)


def _alt(case: Case, entry: Report) -> str:
    patron, opponent = (party_name(case, entry[role]) for role in ("patron", "against"))
    counts = "; ".join(f"{one['regime']}: {one['draws']:,}" for one in entry["deterrence"]["counts"])
    return f"Help of {patron} against {opponent}, in {entry['deterrence']['draws']:,} draws: {counts}."


def _table(entries: Sequence[Report]) -> Table:
    rows = [
        (entry["id"], one["regime"], f"{one['draws']:,}", f"{entry['deterrence']['draws']:,}")
        for entry in entries
        for one in entry["deterrence"]["counts"]
    ]
    return Table(("Patronage", "What holds", "In draws", "Of"), tuple(rows))
