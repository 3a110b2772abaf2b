"""`--picture FILE`: the chart of a command's answer, beside the answer itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.output import write_bytes
from detente.core.errors import DetenteError

if TYPE_CHECKING:
    from detente.charts.chart import Chart

ENDINGS = (".svg", ".png")

picture_option = click.option(
    "--picture",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw the answer for one consent list into FILE, which ends in .svg or .png.",
)


def refuse_other_endings(path: Path | None) -> None:
    """Refuse a file whose name does not say which kind of picture it is, before anything is computed."""
    if path is not None and path.suffix.lower() not in ENDINGS:
        raise DetenteError(
            where="--picture",
            what="this name does not say which kind of picture is meant",
            got=path.name,
            allowed="Pictures are written as .svg or .png",
            hint="End the name with one of them",
        )


def write_picture(path: Path, chart: Chart) -> None:
    """Write a chart as SVG or PNG, as the name says."""
    write_bytes(path, chart.png() if path.suffix.lower() == ".png" else chart.svg().encode("utf-8"))
