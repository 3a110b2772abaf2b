"""The brief as Markdown: the same content, readable as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from detente.brief.document import Block, Brief, Grid, Paragraph, Picture, Points, Section
from detente.case.position import Basis
from detente.wording.sentence import Run, Sentence


def to_markdown(brief: Brief) -> str:
    """Return the whole brief."""
    numbers = {note.statement: note.number for note in brief.notes}
    lines = [f"# {_plain(brief.title)}", ""]
    lines += [f"- **{term}**: {_runs(runs, numbers)}" for term, runs in brief.header]
    lines += ["", "> " + " ".join(_sentence(one, numbers) for one in brief.legend)]
    lines += ["> In Markdown plain words are stated, *words in italics* are our reading, – is nothing found.", ""]
    for section in brief.sections:
        lines += _section(section, f"## {section.mark} · {section.title}", numbers)
    for section in brief.annexes:
        lines += _section(section, f"## Annex {section.mark} · {section.title}", numbers)
    lines += ["## Statements", ""]
    for note in brief.notes:
        said, when, where, known = map(_plain, (note.says, note.when, note.where, note.how_known))
        lines.append(f"{note.number}. {said} *{when}. {where}. {known}.* {_plain(note.statement)}")
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section, title: str, numbers: Mapping[str, int]) -> list[str]:
    lines = [title, ""]
    for block in section.blocks:
        lines += [*_block(block, numbers), ""]
    return lines


def _block(block: Block, numbers: Mapping[str, int]) -> list[str]:
    match block:
        case Paragraph():
            return [" ".join(_sentence(one, numbers) for one in block.sentences)]
        case Points():
            lines = []
            for at, one in enumerate(block.sentences, 1):
                lines.append(f"{f'{at}.' if block.numbered else '-'} {_sentence(one, numbers)}")
                if one.meaning:
                    lines.append(f"   *{_runs(one.meaning, numbers)}*")
            return lines
        case Grid():
            return _grid(block, numbers)
        case Picture():
            header = [_plain(text) for text in block.header]
            rows = [[_plain(text) for text in row] for row in block.rows]
            return [
                f"**{_plain(block.title)}** {_plain(block.alt)}",
                "",
                *_table(header, rows),
                "",
                f"*{_plain(block.source)}*",
            ]


def _grid(block: Grid, numbers: Mapping[str, int]) -> list[str]:
    rows = []
    for row in block.rows:
        texts = [_runs(runs, numbers) or ("–" if at else "") for at, runs in enumerate(row.cells)]
        rows.append([f"**{texts[0]}**", *[""] * (len(block.header) - 1)] if row.heading else texts)
    lines = [f"**{_runs(block.caption, numbers)}**", ""] if block.caption else []
    lines += _table([_runs(head, numbers) for head in block.header], rows)
    if block.note:
        lines += ["", f"*{_runs(block.note, numbers)}*"]
    return lines


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    titles = list(header)
    lines = ["| " + " | ".join(titles) + " |", "|" + " --- |" * len(titles)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def _sentence(one: Sentence, numbers: Mapping[str, int]) -> str:
    return _runs(one.runs, numbers)


def _runs(runs: Iterable[Run], numbers: Mapping[str, int]) -> str:
    pieces = []
    for run in runs:
        text = _plain(run.text)
        if text.strip() and run.basis is Basis.INFERRED:
            text = f"*{text}*"
        marks = [str(numbers[item]) for item in run.cites if item in numbers]
        pieces.append(text + (f" [{', '.join(marks)}]" if marks else ""))
    return "".join(pieces)


def _plain(text: str) -> str:
    """Return text that Markdown and HTML inside it leave alone."""
    return _MARKS.sub(r"\\\1", " ".join(text.split("\n")).replace("&", "&amp;").replace("<", "&lt;"))


_MARKS = re.compile(r"([\\|*`\[\]]|(?<!\w)_|_(?!\w)|^(?:[#>+-]|\d+[.)])(?=\s))")
