"""Where commands write: standard output, files and folders that must be fit to take the result."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from detente.core.canonical import to_json
from detente.core.errors import DetenteError


def print_json(value: object) -> None:
    """Print a value as JSON; findings, records and dates become plain values."""
    click.echo(to_json(plain(value)))


def plain(value: object) -> object:
    """Return a value made of mappings, lists, texts and numbers."""
    kind = type(value)
    if value is None or kind in {str, int, float, bool}:
        return value
    if isinstance(value, enum.Enum):
        return plain(value.value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if (dump := getattr(value, "model_dump", None)) is not None:
        return dump(mode="json", exclude_unset=True)
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in value), key=str)
    return value


def folder_to_write(path: Path, *, must_be_new: bool = False) -> Path:
    """Return a folder that can be written to; nothing is created yet.

    Raises
    ------
    DetenteError
        If it is a file, cannot be written to or, where it must be new, holds something already.
    """
    _sound(path)
    if path.exists() and not path.is_dir():
        raise DetenteError(
            where=str(path),
            what="there is a file where a folder is to be written",
            allowed="Files are written into a folder",
            hint="Name another folder with -o, or move the file away",
        )
    if must_be_new and path.is_dir() and any(path.iterdir()):
        raise DetenteError(
            where=str(path),
            what="the folder is not empty",
            allowed="A new case is written into a new or empty folder, so that nothing is overwritten",
            hint="Name another folder, or move this one away",
        )
    _writable(path)
    return path


def write_text(path: Path, text: str) -> None:
    """Write a text file as `write_bytes` does, its lines ending as on every machine."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file in one step: either all of it is there, or what was there before.

    Raises
    ------
    DetenteError
        If the path is a folder, or cannot be written to.
    """
    _sound(path)
    if path.is_dir():
        raise DetenteError(
            where=str(path),
            what="there is a folder where a file is to be written",
            allowed="A file name is needed",
            hint=f"Write -o {path / 'FILE'}",
        )
    _writable(path.parent)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise DetenteError(
            where=str(path),
            what=f"cannot be written ({error.strerror or error})",
            allowed="A writable place with enough room is needed",
            hint="Name another file with -o",
        ) from None


def _sound(path: Path) -> None:
    """Refuse a path that would spread over several lines when it is printed, and a link that leads nowhere."""
    if not str(path).isprintable():
        raise DetenteError(
            where=str(path),
            what="this name holds a line end or another character that cannot be seen",
            allowed="Paths are printed one to a line",
            hint="Choose another name",
        )
    for link in (path, *path.parents):
        if link.is_symlink() and not link.exists():
            raise DetenteError(
                where=str(path),
                what="there is a link that leads nowhere",
                got=str(link),
                allowed="What is written needs a place that exists",
                hint="Remove the link, or name another place with -o",
            )


def _writable(folder: Path) -> None:
    """Refuse a folder in which nothing can be made; a trial folder, removed at once, tells more than permissions."""
    nearest = folder.absolute()
    while not nearest.exists():
        nearest = nearest.parent
    if not nearest.is_dir():
        raise DetenteError(
            where=str(folder),
            what="there is a file where a folder is needed",
            got=str(nearest),
            allowed="Nothing can be written below a file",
            hint="Name another folder, or move the file away",
        )
    try:
        Path(tempfile.mkdtemp(prefix=".detente-", dir=nearest)).rmdir()
    except OSError as error:
        raise DetenteError(
            where=str(folder),
            what=f"nothing can be written there ({(error.strerror or 'no reason given').lower()})",
            got=str(nearest),
            allowed="The folder, or the nearest one above it that exists, must be writable",
            hint="Name another folder, or change its permissions",
        ) from None
