"""A chart as a value: what it shows, in words, in figures and as a picture that can be drawn again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detente.charts.svg import finished_svg
from detente.charts.theme import clean
from detente.core.errors import MissingExtraError

VEGA_LITE = "5.20"
"""The version of the grammar the charts are written in; pinned, so that a newer library draws the same picture."""


@dataclass(frozen=True, slots=True)
class Table:
    """The same facts as the picture, for those who cannot or do not want to see it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and everything needed to read it without seeing it.

    Attributes
    ----------
    name : str
        A short word, unique among the charts of a page; ids inside the picture begin with it.
    title, subtitle, source : str
        What is shown and in which unit; how to read it; case, cut-off day and record. All three are also part of
        the picture, so that it can be copied out of its page.
    alt : str
        What the picture says, in a sentence or two.
    spec : mapping
        The picture as Vega-Lite, with its data inside.
    table : Table
        The same facts as text.
    """

    name: str
    title: str
    subtitle: str
    source: str
    alt: str
    spec: Mapping[str, Any]
    table: Table

    def __post_init__(self) -> None:
        """Clean the words: case files may hold characters that no picture or page can."""
        for word in ("title", "subtitle", "source", "alt"):
            object.__setattr__(self, word, clean(getattr(self, word)))
        rows = tuple(tuple(clean(cell) for cell in row) for row in self.table.rows)
        object.__setattr__(self, "table", Table(tuple(clean(cell) for cell in self.table.header), rows))

    def svg(self) -> str:
        """Return the picture as SVG: the same bytes each time, no script, no reference to anything outside.

        Raises
        ------
        MissingExtraError
            If vl-convert, part of the extra `report`, is not installed.
        """
        drawn = _vl_convert().vegalite_to_svg(
            json.dumps(self.spec, ensure_ascii=False), vl_version=VEGA_LITE, allowed_base_urls=[]
        )
        return finished_svg(drawn, name=self.name, title=self.title, description=self.alt)

    def png(self, *, scale: float = 2.0) -> bytes:
        """Return the picture as PNG, `scale` pixels for each CSS pixel; for documents that take no SVG.

        Raises
        ------
        MissingExtraError
            If vl-convert, part of the extra `report`, is not installed.
        """
        picture: bytes = _vl_convert().svg_to_png(self.svg(), scale=scale)
        return picture


def _vl_convert() -> Any:
    try:
        import vl_convert
    except ImportError:
        raise MissingExtraError(
            where="charts",
            what="drawing a picture needs vl-convert, which is not installed",
            hint='Run pip install "detente[report]"',
        ) from None
    return vl_convert
