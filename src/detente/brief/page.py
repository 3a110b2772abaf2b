"""The brief as one self-contained HTML file: no script, no address outside, no font but the system's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from detente.brief.document import Brief, Grid, Note, Paragraph, Picture, Points
from detente.case.position import Basis
from detente.wording.sentence import Kind, Run

_KINDS = {Paragraph: "paragraph", Points: "points", Grid: "grid", Picture: "picture"}
_BASIS = {Basis.STATED: "stated", Basis.INFERRED: "inferred", Basis.UNKNOWN: "unknown"}


def to_html(brief: Brief) -> str:
    """Return the whole brief as one file."""
    by_statement = {note.statement: note for note in brief.notes}
    return _template().render(
        brief=brief,
        style=Markup(_read("brief.css")),
        kind=lambda block: _KINDS[type(block)],
        words=lambda runs: _words(runs, by_statement),
        drawing=_drawing,
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_read("brief.html.jinja"))


def _read(name: str) -> str:
    return (files("detente.brief") / name).read_text(encoding="utf-8")


def _words(runs: Iterable[Run], notes: Mapping[str, Note]) -> Markup:
    """Return runs as HTML: how a thing is known shows as a form, and a note number leads to its statement."""
    pieces = []
    for run in runs:
        piece = escape(run.text)
        if run.basis is not None and run.text:
            piece = Markup('<span class="{}">{}</span>').format(_BASIS[run.basis], piece)
        elif run.kind is Kind.NUMBER:
            piece = Markup("<b>{}</b>").format(piece)
        cited = [notes[item] for item in run.cites if item in notes]
        links = [
            Markup('<a href="#n{}" title="{}">{}</a>').format(
                note.number, f"{note.says} ({note.when}; {note.how_known})", note.number
            )
            for note in cited
        ]
        if links:
            piece += Markup(' <span class="cite">[{}]</span>').format(Markup(", ").join(links))
        pieces.append(piece)
    return Markup("").join(pieces)


def _drawing(svg: str) -> Markup:
    """Return a picture without the prologue that only a file of its own needs."""
    return Markup(re.sub(r"^\s*(?:<\?xml[^>]*\?>|<!DOCTYPE[^>]*>)\s*", "", svg))
