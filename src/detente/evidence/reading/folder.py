"""Which files of a folder are documents: found without following links to folders, in one order, each with its name.

What is no document (pictures, scripts, hidden files, the folder that a browser saves beside a page) is passed over and
counted. What a person would expect to be read and cannot be is refused with its reason.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from detente.core.errors import EvidenceError
from detente.evidence.reading.document import Format
from detente.evidence.reading.formats import ENDINGS, format_of, reason_unread
from detente.evidence.reading.limits import MIB, Limits
from detente.evidence.reading.refused import Refused, Unreadable

_DEEPEST = 64
_KNOWN = ", ".join(ending for ending in ENDINGS if ending not in {".text", ".markdown", ".htm", ".xhtml"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is to be read, and the name that its document gets."""

    path: Path
    name: str
    kind: Format


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file in a folder that is no document."""

    name: str


def found_in(
    paths: Sequence[Path], limits: Limits, *, beside: Path | None = None
) -> Iterator[Found | Refused | PassedOver]:
    """Yield the documents among files and below folders, by name.

    A document's name is its path below the nearest folder that holds all that was given, with `/`.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders. A file that is named itself is refused where it is no document, not passed over.
    limits : Limits
        The size that a file may have.
    beside : Path, optional
        A folder that is not looked into: the corpus that is being written.

    Raises
    ------
    EvidenceError
        If a path does not exist.
    """
    given = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - resolve() would follow links
    for path, typed in zip(given, paths, strict=True):
        if not os.path.lexists(path):
            raise EvidenceError(
                where=str(typed),
                what="there is no such file or folder",
                allowed="Documents are files, or folders of files",
                hint="Check the path",
            )
    top = _common(given)
    out = None if beside is None else Path(os.path.abspath(beside))  # noqa: PTH100
    seen: set[str] = set()
    every = ((_name(path, top), path, named) for one in given for path, named in _files(one, out))
    for name, path, named in sorted(every):
        if name not in seen:
            seen.add(name)
            yield _sorted_out(path, name, limits, named=named)


def _common(given: Sequence[Path]) -> Path:
    """Return the nearest folder that holds all that was given; a folder given alone is it."""
    tops = [path if path.is_dir() else path.parent for path in given]
    try:
        return Path(os.path.commonpath(tops))
    except ValueError:  # drives of Windows have nothing in common
        return Path()


def _name(path: Path, top: Path) -> str:
    within = path.relative_to(top) if path.is_relative_to(top) else PurePath(*path.parts[1:])
    return os.fsencode(within.as_posix()).decode("utf-8", "replace")


def _files(path: Path, out: Path | None, depth: int = 0) -> Iterator[tuple[Path, bool]]:
    """Yield the files below a path, and whether the path is one that was given."""
    if path == out:
        return
    if not path.is_dir():
        yield path, depth == 0
        return
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError:
        yield path, True
        return
    pages = {PurePath(entry.name).stem for entry in entries if format_of(entry.name) is Format.HTML}
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name.endswith(("_files", ".files")) and entry.name.rpartition("_")[0] in pages | {""}:
                continue
            if depth < _DEEPEST:
                yield from _files(Path(entry.path), out, depth + 1)
            else:
                yield Path(entry.path), True
        else:
            yield Path(entry.path), False


def _sorted_out(path: Path, name: str, limits: Limits, *, named: bool) -> Found | Refused | PassedOver:
    kind = format_of(path.name)
    unread = reason_unread(path.name)
    try:
        if not path.name.isprintable() or "\ufffd" in name:
            raise Unreadable("its name holds a character that cannot be seen", "Rename it")
        if path.is_dir():
            _refuse_folder(path)
        if unread is not None:
            raise unread
        if kind is None:
            if not named:
                return PassedOver(name)
            raise Unreadable("there is no reader for files of this kind", f"Documents end in {_KNOWN}")
        _check_file(path, limits)
    except Unreadable as reason:
        return Refused.because(name, reason)
    return Found(path, name, kind)


def _refuse_folder(path: Path) -> None:
    if path.is_symlink():
        raise Unreadable("it is a link to a folder, which is not followed", "Name that folder itself")
    if not os.access(path, os.R_OK | os.X_OK):
        raise Unreadable("the folder cannot be opened", "Check its permissions")
    raise Unreadable(f"it is nested deeper than {_DEEPEST} folders", "Move it up")


def _check_file(path: Path, limits: Limits) -> None:
    """Look at a file without opening it."""
    try:
        found = path.stat()
    except OSError as error:
        what = "it is a link that leads nowhere, or in a circle" if path.is_symlink() else "it cannot be looked at"
        raise Unreadable(
            f"{what} ({(error.strerror or 'no reason given').lower()})", "Remove the link, or name the file"
        ) from None
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable("it is a device, a pipe or a socket, not a file", "Name a file")
    if found.st_size > limits.file_mib * MIB:
        raise Unreadable(
            f"the file has {found.st_size / MIB:,.0f} MB, more than the limit of {limits.file_mib:,} MB",
            "Save it without its attachments, or allow more with --largest"
            if format_of(path.name) is Format.EMAIL
            else "Split it, or allow more with --largest",
        )
