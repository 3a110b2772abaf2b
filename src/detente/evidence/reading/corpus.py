"""A corpus on disk: one line of JSON for each document, by name, and its text beside it.

`corpus.jsonl` holds what each document says of itself and where its paragraphs are. The text of a text or Markdown file
in UTF-8 is `texts/NAME`, the very bytes; of every other document `extracted/NAME.txt`, what the reader took out of it.
So `detente verify` proves spans of the first against the original and of the second against the corpus. Nothing in a
corpus tells when or where it was made: the same documents give the same files.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from detente.core.errors import EvidenceError
from detente.evidence.reading.document import Document, Format
from detente.evidence.reading.document_json import document_from_json, document_to_json
from detente.evidence.reading.refused import Refused

EDITION = 2  # raised when the readers give another answer for the same bytes, so that files are read again
LIST = "corpus.jsonl"
REFUSED = "refused.jsonl"
DRAFT = ".corpus.jsonl.part"


def load_corpus(folder: Path) -> Iterator[Document]:
    """Yield the documents of a corpus, one at a time, by name.

    Raises
    ------
    EvidenceError
        If the folder is no corpus, or a line or text of it was changed by hand.
    """
    for number, line in enumerate(_lines(folder), start=1):
        where = f"{folder / LIST}:{number}"
        try:
            entry = json.loads(line)
            raw = text_path(folder, entry).read_bytes()
            if hashlib.sha256(raw).hexdigest() != _text_hash(entry):
                raise EvidenceError(
                    where=str(text_path(folder, entry)),
                    what="the text is not the one that was read",
                    allowed="Offsets of a corpus hold for its texts as they were written",
                    hint="Run detente read again",
                )
            document = document_from_json(entry, raw.decode("utf-8"))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise EvidenceError(
                where=where,
                what="this is not a line of a corpus",
                allowed="Each line of corpus.jsonl describes one document",
                hint="Run detente read again",
            ) from None
        except OSError as error:
            raise EvidenceError(
                where=where,
                what=f"the text of the document cannot be read ({error.strerror or type(error).__name__})",
                hint="Run detente read again",
            ) from None
        yield document


def is_corpus(path: Path) -> bool:
    """Say whether a path is a folder that `detente read` wrote."""
    return (path / LIST).is_file()


def save_corpus(documents: Iterable[Document], folder: Path, refused: Iterable[Refused] = ()) -> None:
    """Write documents as a corpus, instead of the one that is there; they may come in any order."""
    entries = sorted((save_text(document, folder) for document in documents), key=lambda entry: str(entry["name"]))
    write_lines(folder / LIST, map(line_of, entries))
    write_refused(folder, refused)


def save_text(document: Document, folder: Path) -> dict[str, Any]:
    """Write the text of a document into a corpus, and return the entry for its line."""
    entry = document_to_json(document)
    raw = document.text.encode("utf-8")
    hashed = hashlib.sha256(raw).hexdigest()
    whole = document.format in {Format.TEXT, Format.MARKDOWN} and hashed == document.sha256
    place = f"texts/{document.name}" if whole else f"extracted/{document.name}.txt"
    paragraphs = entry.pop("paragraphs")
    entry["text"] = place
    if not whole:
        entry["text_sha256"] = hashed
    entry["reader"] = EDITION
    entry["paragraphs"] = paragraphs
    path = text_path(folder, entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(
        f".{hashlib.sha256(path.name.encode()).hexdigest()[:16]}.part"
    )  # a name may be as long as can be
    draft.write_bytes(raw)
    draft.replace(path)
    return entry


def text_path(folder: Path, entry: Mapping[str, Any]) -> Path:
    """Return where the text of an entry is; a corpus that points outside itself is refused.

    Raises
    ------
    ValueError
        If it does.
    """
    place = PurePosixPath(entry["text"])
    if place.is_absolute() or ".." in place.parts or place.parts[:1] not in {("texts",), ("extracted",)}:
        raise ValueError("the text of a document lies outside its corpus")
    return folder / place


def line_of(entry: Mapping[str, Any]) -> str:
    """Return the line of an entry."""
    return json.dumps(entry, ensure_ascii=False, separators=(", ", ": "))


def entries_of(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the entries of a corpus that is there already, by name; lines that are none end it."""
    if not is_corpus(folder):
        return
    for line in _lines(folder):
        try:
            entry = json.loads(line)
            if not isinstance(entry["name"], str) or not isinstance(entry["sha256"], str):
                return
            text_path(folder, entry)
        except (ValueError, KeyError, TypeError, RecursionError):
            return
        yield entry


def write_refused(folder: Path, refused: Iterable[Refused]) -> None:
    """Write what was not read, by name; no file where everything was."""
    lines = [
        json.dumps({"name": one.name, "what": one.what, "hint": one.hint}, ensure_ascii=False)
        for one in sorted(refused, key=lambda one: one.name)
    ]
    if lines:
        write_lines(folder / REFUSED, lines)
    else:
        (folder / REFUSED).unlink(missing_ok=True)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines in one step: either all are there, or what was there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as opened:
            opened.writelines(f"{line}\n" for line in lines)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _text_hash(entry: Mapping[str, Any]) -> str:
    return str(entry.get("text_sha256", entry["sha256"]))


def _lines(folder: Path) -> Iterator[str]:
    if not is_corpus(folder):
        raise EvidenceError(
            where=str(folder),
            what=f"there is no {LIST} in it",
            allowed="A corpus is a folder that detente read wrote",
            hint=f"Write: detente read DOCUMENTS -o {folder}",
        )
    with (folder / LIST).open(encoding="utf-8", newline="\n") as opened:
        try:
            yield from opened
        except UnicodeDecodeError:
            raise EvidenceError(
                where=str(folder / LIST), what="the file is not UTF-8 text", hint="Run detente read again"
            ) from None
