"""The folder `review` of a case: three files of JSON lines to which lines are only ever added.

`sources.jsonl` holds the documents that the case does not know yet, `queue.jsonl` the codings, `decisions.jsonl` what
reviewers decided. A line is written in one piece and is on the disk before the next thing happens.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from detente.case.review.decision import Decision, Standing, standing
from detente.case.review.item import Item
from detente.case.yamlfile import parse_json_lines, read_text
from detente.core.canonical import canonical
from detente.core.errors import CaseError
from detente.core.fields import Part
from detente.evidence.source import Source

FOLDER = "review"
QUEUE, DECISIONS, SOURCES = "queue.jsonl", "decisions.jsonl", "sources.jsonl"

P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True)
class Review:
    """All that the review of a case holds; of two lines on the same source or coding the later one counts."""

    folder: Path
    sources: Mapping[str, Source]
    items: Mapping[str, Item]
    decisions: tuple[Decision, ...]

    def standing(self) -> Standing:
        """Return the decisions that stand, by coding."""
        return standing(self.decisions)


def review_folder(case: Path) -> Path:
    """Return where the review of a case is kept: in its folder, or beside its file."""
    return case / FOLDER if case.is_dir() else case.with_name(f"{case.stem}-{FOLDER}")


def load_review(case: Path) -> Review:
    """Return the review of a case; an empty one if there is none yet.

    Raises
    ------
    CaseError
        If a line is not what this program wrote, with file and line.
    """
    folder = review_folder(case)
    items = {one.id: one for one in _read(folder / QUEUE, Item)}
    decisions = _read(folder / DECISIONS, Decision)
    for number, one in enumerate(decisions, start=1):
        if one.item not in items:
            raise CaseError(
                where=f"{folder / DECISIONS}:{number}",
                what="this decides a coding that is not in the queue",
                got=one.item,
                allowed=f"The codings are those of {QUEUE}",
                hint="Put the queue back that belongs to these decisions",
            )
    return Review(folder, {one.id: one for one in _read(folder / SOURCES, Source)}, items, decisions)


def append(path: Path, parts: Iterable[Part]) -> None:
    """Add lines to a file of the review.

    Raises
    ------
    CaseError
        If it cannot be written.
    """
    text = "".join(f"{_line(one)}\n" for one in parts)
    if not text:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            size = file.seek(0, os.SEEK_END)
            if size:
                file.seek(size - 1)
                if file.read(1) != b"\n":  # the file was edited by hand, or the machine stopped in a line
                    text = f"\n{text}"
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise CaseError(
            where=str(path),
            what=f"the review cannot be written ({(error.strerror or 'no reason given').lower()})",
            hint="Check the folder's permissions and the free space",
        ) from None


def _line(one: Part) -> str:
    value = canonical(one.model_dump(mode="json", exclude_defaults=True))
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _read(path: Path, kind: type[P]) -> tuple[P, ...]:
    if not path.exists() or not path.stat().st_size:
        return ()
    located = parse_json_lines(read_text(path), str(path))
    found = []
    for place, row in enumerate(located.data if isinstance(located.data, list) else ()):
        try:
            found.append(kind.model_validate(row))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise CaseError(
                where=f"{path}:{located.line((place,))}",
                what=f"{'.'.join(map(str, first['loc'])) or 'line'}: {first['msg'][:1].lower()}{first['msg'][1:]}",
                allowed="Lines are those that detente review wrote",
                hint="Put the line back as it was",
            ) from None
    return tuple(found)
