"""Reading documents: one, a folder, or a folder into a corpus, of which only what has changed is read again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.core.errors import EvidenceError
from detente.core.progress import Progress, silent
from detente.evidence.reading.corpus import (
    DRAFT,
    EDITION,
    LIST,
    entries_of,
    is_corpus,
    line_of,
    save_text,
    text_path,
    write_refused,
)
from detente.evidence.reading.document import Document
from detente.evidence.reading.folder import Found, PassedOver, found_in
from detente.evidence.reading.limits import Limits
from detente.evidence.reading.reader import need_extra
from detente.evidence.reading.refused import Refused
from detente.evidence.reading.sandbox import Sandbox

_DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was read from a folder: the documents and the refusals, by name, and how many files were passed over."""

    documents: tuple[Document, ...]
    refused: tuple[Refused, ...]
    passed_over: int = 0


@dataclass(frozen=True, slots=True)
class Entered:
    """A document that stands in a corpus: its entry, and whether it is new, changed or as it was."""

    entry: dict[str, Any]
    state: str  # "read", "changed" or "unchanged"


@dataclass(frozen=True, slots=True)
class Kept:
    """A document of an earlier run that is not among the files now; `kept` says whether it still stands there."""

    name: str
    kept: bool


def read_file(path: Path, *, limits: Limits = _DEFAULT) -> Document:
    """Return one document, read in a sub-process with limits.

    Parameters
    ----------
    path : Path
        A file; its ending says what it is.
    limits : Limits
        What it may take.

    Raises
    ------
    EvidenceError
        If it cannot be read; the sentence says why.
    MissingExtraError
        If the libraries that read documents are not installed.
    """
    need_extra()
    for found in found_in([path], limits):
        if isinstance(found, Found):
            with Sandbox(limits) as sandbox:
                answer = sandbox.read(found.path, found.name, found.kind)
            if isinstance(answer, Document):
                return answer
            found = answer
        if isinstance(found, Refused):
            raise found.error(str(path))
    raise Refused(str(path), "it is a folder, not a file", "Use read_folder").error()


def read_folder(path: Path | Sequence[Path], *, limits: Limits = _DEFAULT, progress: Progress = silent) -> Corpus:
    """Return all documents below a folder, or several files and folders, and what was refused.

    Raises
    ------
    EvidenceError
        If a path does not exist.
    """
    need_extra()
    documents: list[Document] = []
    refused: list[Refused] = []
    passed_over = 0
    found = list(found_in([path] if isinstance(path, Path) else path, limits))
    with Sandbox(limits) as sandbox:
        for number, one in enumerate(found):
            progress(number / len(found), one.name)
            answer = sandbox.read(one.path, one.name, one.kind) if isinstance(one, Found) else one
            if isinstance(answer, Document):
                documents.append(answer)
            elif isinstance(answer, Refused):
                refused.append(answer)
            else:
                passed_over += 1
    return Corpus(tuple(documents), tuple(refused), passed_over)


def read_into(
    paths: Sequence[Path], folder: Path, *, limits: Limits = _DEFAULT, drop: bool = False, progress: Progress = silent
) -> Iterator[Entered | Refused | PassedOver | Kept]:
    """Read documents into a corpus, and yield each as soon as it stands there.

    Files whose bytes are those that were read before are not read again. If the caller stops, or is stopped, all that
    was yielded is in the corpus, beside what was there before.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders.
    folder : Path
        The corpus, which may hold documents already.
    limits : Limits
        What a document may take.
    drop : bool
        Leave out documents of earlier runs that are not among the files now.

    Raises
    ------
    EvidenceError
        If a path does not exist, or the folder holds something else than a corpus.
    """
    need_extra()
    _refuse_other_folder(folder)
    found = list(found_in(paths, limits, beside=folder))
    refused: list[Refused] = []
    folder.mkdir(parents=True, exist_ok=True)
    with Sandbox(limits) as sandbox, _Rewriting(folder) as corpus:
        for number, one in enumerate(found):
            progress(number / len(found), one.name)
            for name in corpus.up_to(one.name, drop=drop):
                yield Kept(name, kept=not drop)
            if isinstance(one, PassedOver):
                yield one
                continue
            answer = corpus.read(sandbox, one) if isinstance(one, Found) else one
            if isinstance(answer, Refused):
                refused.append(answer)
            yield answer
        for name in corpus.up_to(None, drop=drop):
            yield Kept(name, kept=not drop)
        write_refused(folder, refused)


def _refuse_other_folder(folder: Path) -> None:
    """Refuse a folder in which something else could be overwritten."""
    if not folder.is_dir() or is_corpus(folder) or (folder / DRAFT).is_file() or not any(folder.iterdir()):
        return
    raise EvidenceError(
        where=str(folder),
        what="the folder is not empty, and is no corpus",
        allowed="A corpus is written into a new or empty folder, or into one that detente read wrote",
        hint="Name another folder with -o",
    )


class _Rewriting:
    """A corpus that is being written anew, by name, beside the old one, which it replaces when it is left.

    Both are walked once, side by side, so that memory does not grow with the number of documents.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._old = entries_of(folder)
        self._next = next(self._old, None)
        self._draft = folder / DRAFT

    def __enter__(self) -> _Rewriting:
        self._recover()
        self._out = self._draft.open("w", encoding="utf-8", newline="\n")
        return self

    def __exit__(self, *_: object) -> None:
        """Put what is left of the old corpus behind what was written, and put it in place."""
        for _name in self.up_to(None, drop=False):
            pass
        self._out.close()
        self._draft.replace(self._folder / LIST)

    def up_to(self, name: str | None, *, drop: bool) -> Iterator[str]:
        """Carry over, or drop, old entries that come before a name, and yield their names."""
        while self._next is not None and (name is None or self._next["name"] < name):
            entry, self._next = self._next, next(self._old, None)
            if drop:
                text_path(self._folder, entry).unlink(missing_ok=True)
            else:
                self._write(entry)
            yield entry["name"]

    def read(self, sandbox: Sandbox, one: Found) -> Entered | Refused:
        """Return the entry of a file: the old one if its bytes are the same, else what is read now."""
        old = None
        if self._next is not None and self._next["name"] == one.name:
            old, self._next = self._next, next(self._old, None)
            if self._is_current(old, one.path):
                self._write(old)
                return Entered(old, "unchanged")
        try:
            answer = sandbox.read(one.path, one.name, one.kind)
        except BaseException:  # stopped: what was read of this file before still stands
            if old is not None:
                self._write(old)
            raise
        if isinstance(answer, Refused):
            if old is not None:
                text_path(self._folder, old).unlink(missing_ok=True)
            return answer
        try:
            entry = save_text(answer, self._folder)
        except OSError as error:
            if error.filename is None or not os.access(self._folder, os.W_OK):
                raise
            what = f"its text cannot be written into the corpus ({(error.strerror or 'no reason given').lower()})"
            return Refused(one.name, what, "Give it a shorter or another name")
        if old is not None and old["text"] != entry["text"]:
            text_path(self._folder, old).unlink(missing_ok=True)
        self._write(entry)
        return Entered(entry, "read" if old is None else "changed")

    def _is_current(self, old: dict[str, Any], path: Path) -> bool:
        if old.get("reader") != EDITION:
            return False
        try:
            with path.open("rb") as opened:
                same = hashlib.file_digest(opened, "sha256").hexdigest() == old["sha256"]
            if not same:
                return False
            with text_path(self._folder, old).open("rb") as opened:
                written = hashlib.file_digest(opened, "sha256").hexdigest()
            return bool(written == old.get("text_sha256", old["sha256"]))
        except OSError:
            return False

    def _write(self, entry: dict[str, Any]) -> None:
        self._out.write(line_of(entry) + "\n")
        self._out.flush()

    def _recover(self) -> None:
        """Take in what a run that was killed had read: its lines are older than none and newer than the corpus's."""
        if not self._draft.is_file():
            return
        done: dict[str, dict[str, Any]] = {}
        with contextlib.suppress(OSError, UnicodeDecodeError), self._draft.open(encoding="utf-8") as opened:
            for line in opened:
                with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
                    entry = json.loads(line)
                    text_path(self._folder, entry)
                    done[str(entry["name"])] = entry
        merged = {entry["name"]: entry for entry in ([] if self._next is None else [self._next, *self._old])} | done
        with (self._folder / f"{DRAFT}.old").open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(line_of(merged[name]) + "\n" for name in sorted(merged))
        (self._folder / f"{DRAFT}.old").replace(self._folder / LIST)
        self._old = entries_of(self._folder)
        self._next = next(self._old, None)
