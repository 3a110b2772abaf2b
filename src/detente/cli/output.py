"""Where commands write: standard output, files and folders that must be fit to take the result."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import os
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
    """Write a file in one step: either all of it is there, or what was there before.

    Raises
    ------
    DetenteError
        If the path is a folder, or cannot be written to.
    """
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
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise DetenteError(
            where=str(path),
            what=f"cannot be written ({error.strerror or error})",
            allowed="A writable place with enough room is needed",
            hint="Name another file with -o",
        ) from None


def _writable(folder: Path) -> None:
    nearest = folder.absolute()
    while not nearest.exists():
        nearest = nearest.parent
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise DetenteError(
            where=str(folder),
            what="cannot be written",
            got=str(nearest),
            allowed="The folder, or the nearest one above it that exists, must be writable",
            hint="Name another folder, or change its permissions",
        )
