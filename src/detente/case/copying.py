"""A copy of a case with its comments, standing alone: what it shares with others comes along."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from detente.case.library import CASE_FILE
from detente.case.load import RECORD_FILES, find_case, load_case, read_files
from detente.core.errors import CaseError

RECORD = "record"
_NAMED = re.compile(r"""^(record:[ \t]*)(?:"[^"\n]*"|'[^'\n]*'|[^\s#]+)""", re.MULTILINE)


def copy_case(case: str | Path, directory: Path) -> tuple[Path, ...]:
    """Copy the files of a case into a new or empty folder and return them.

    A record that the case shares with others is copied into the folder `record` of the copy, with the documents in it.
    Files that are no part of a case stay behind.

    Raises
    ------
    CaseError
        If the case does not load, or the folder holds anything or cannot be written.
    """
    path = find_case(case)
    whole = load_case(path)
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise CaseError(
            where=str(directory),
            what="there is something here already",
            allowed="A copy is written into a new or empty folder",
            hint="Name another folder",
        )
    base = path if path.is_dir() else path.parent
    files = sorted({Path(one.file) for one in read_files(path).held_by.values()})
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for file in files:
            if whole.record is None or file.parent.resolve() != (base / whole.record).resolve():
                shutil.copyfile(file, directory / (file.name if path.is_dir() else CASE_FILE))
        if whole.record is not None:
            _copy_record(base / whole.record, directory)
    except OSError as error:
        raise CaseError(
            where=str(directory),
            what=f"the copy cannot be written ({(error.strerror or 'no reason given').lower()})",
            hint="Check the folder's permissions, or name another",
        ) from None
    if whole.record is not None:
        main = directory / CASE_FILE
        text = main.read_text(encoding="utf-8")
        main.write_text(_NAMED.sub(rf"\g<1>{RECORD}", text, count=1), encoding="utf-8", newline="\n")
    load_case(directory)
    return tuple(sorted(one for one in directory.rglob("*") if one.is_file()))


def _copy_record(record: Path, directory: Path) -> None:
    (directory / RECORD).mkdir(exist_ok=True)
    for name in RECORD_FILES:
        if (record / name).is_file():
            shutil.copyfile(record / name, directory / RECORD / name)
    if (record / "corpus").is_dir():
        shutil.copytree(record / "corpus", directory / RECORD / "corpus")
