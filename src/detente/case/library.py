"""The cases that come with the program."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

CASE_FILE = "case.yaml"


def library_folder() -> Path:
    """Return the folder of the bundled cases."""
    return Path(str(files("detente"))) / "library" / "cases"


def library_cases() -> tuple[str, ...]:
    """Return the names of the bundled cases in alphabetical order; each is a word that `load_case` understands."""
    folder = library_folder()
    if not folder.is_dir():
        return ()
    found = [entry.name for entry in folder.iterdir() if (entry / CASE_FILE).is_file()]
    found += [entry.stem for entry in folder.glob("*.yaml")]
    return tuple(sorted(found))


def library_path(name: str) -> Path | None:
    """Return where a bundled case is, or None if there is none of that name."""
    if name not in library_cases():
        return None
    folder = library_folder() / name
    return folder if folder.is_dir() else folder.with_name(f"{name}.yaml")
