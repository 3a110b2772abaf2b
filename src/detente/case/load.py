"""From files to a case: a folder, a single file, or a bundled case by name.

Every fault is one line with file, line, what is wrong there, what is allowed and what to do.
"""

from __future__ import annotations

import difflib
import errno
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from detente.case.case import Case
from detente.case.explain import explained
from detente.case.library import CASE_FILE, library_cases, library_path
from detente.case.problem import Problem, did_you_mean, in_words
from detente.case.references import reference_problems
from detente.case.yamlfile import Located, parse_json_lines, parse_yaml, read_text
from detente.core.errors import CaseError

_KEYS_OF_FILE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        CASE_FILE: (
            *("schema_version", "id", "version", "title", "summary", "authors", "licence", "illustrative"),
            *("drafted_by", "challenged_by", "dissent", "not_read", "stale_after", "period", "cut_off"),
            *("missing_voices", "scale", "record", "parties", "consent_lists", "issues", "links"),
        ),
        "positions.yaml": ("positions",),
        "packages.yaml": ("texts", "answers", "packages"),
        "preferences.yaml": ("text_class_priors", "preferences"),
        "context.yaml": (
            *("no_agreement", "alternatives", "moves", "perceptions", "forums", "third_parties", "calendar"),
            *("terms", "constituencies", "author_claims", "record_notes", "trust_classes", "dyads", "shared"),
        ),
        "stability.yaml": ("stability",),
        "crisis.yaml": ("crisis",),
        "lenses.yaml": ("lenses",),
        "sources.yaml": ("actors", "sources"),
        "statements.jsonl": ("statements",),
        "events.yaml": ("events",),
        "claims.yaml": ("claims", "agreed_texts", "forecast_outcomes"),
    }
)
FILE_OF_KEY: Mapping[str, str] = MappingProxyType({key: file for file, keys in _KEYS_OF_FILE.items() for key in keys})
"""The file of a folder that each top-level key belongs to."""

_AS_IT_IS: Mapping[Path, str] = MappingProxyType({})

RECORD_FILES = ("sources.yaml", "statements.jsonl", "events.yaml", "claims.yaml")
"""The files of a record, in a folder of their own that several cases may share, or beside `case.yaml`."""

_DATA = frozenset({".yaml", ".yml", ".jsonl"})


def load_case(case: str | Path) -> Case:
    """Return the case in a folder or a file, or the bundled case of that name.

    Parameters
    ----------
    case : str or Path
        A folder with a `case.yaml`, a YAML file, or a name from `library_cases()`.

    Raises
    ------
    CaseError
        With one line on the first fault; it says how many more there are.
    """
    loaded, faults = _read(find_case(case))
    if loaded is None or faults:
        raise _first_of(faults)
    return loaded


def problems(case: str | Path) -> tuple[CaseError, ...]:
    """Return every fault of a case's files, as far as reading gets; none if it loads."""
    try:
        return _read(find_case(case))[1]
    except CaseError as error:
        return (error,)


def unread_files(case: str | Path, record: str | None) -> tuple[Path, ...]:
    """Return the YAML and JSON-lines files in the folder of a case, and in its record folder, that nobody reads.

    A case that is a single file shares its folder with whatever else is there, so only its record folder is looked at.
    """
    path = find_case(case)
    base = path if path.is_dir() else path.parent
    found = list(_unread(path, _KEYS_OF_FILE)) if path.is_dir() else []
    if record is not None and (base / record).resolve() != path.resolve():
        found += _unread(base / record, RECORD_FILES)
    return tuple(found)


def _unread(folder: Path, known: Collection[str]) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        hidden = entry.name.startswith(".")
        if entry.suffix.lower() in _DATA and entry.name not in known and not hidden and entry.is_file():
            yield entry


def _refuse_misspelt(folder: Path, known: Collection[str]) -> None:
    """Refuse a folder with a file that nobody would read, where a file of almost that name could stand and does not."""
    absent = {Path(name).stem: name for name in known if not (folder / name).exists()}
    for path in _unread(folder, known):
        near = difflib.get_close_matches(path.stem.lower(), absent, n=1, cutoff=0.75)
        if near:
            raise CaseError(
                where=str(path),
                what="this file would not be read: its name is not one of a case's files",
                allowed=f"The files are {', '.join(known)}",
                hint=f'Did you mean "{absent[near[0]]}"? Rename the file, or move it out of the folder',
            )


def faults_of(path: Path, texts: Mapping[Path, str]) -> tuple[CaseError, ...]:
    """Return the faults that a case would have if some of its files held other texts."""
    try:
        return _read(path, texts)[1]
    except CaseError as error:
        return (error,)


def find_case(case: str | Path) -> Path:
    """Return the folder or file that a path or a bundled name means.

    Raises
    ------
    CaseError
        If there is neither such a path nor such a name.
    """
    if not str(case).strip():
        raise CaseError(
            where="CASE",
            what="no case is named",
            allowed="A case is a folder, a file or a bundled name",
            hint="Name one; `.` is the folder you are in",
        )
    path = Path(case)
    bundled = library_path(str(case))
    if _is_there(path) and not (bundled is not None and path.is_dir() and not _is_there(path / CASE_FILE)):
        return path  # a folder of another kind, such as a brief's, does not hide the bundled case of its name
    if bundled is not None:
        return bundled
    beside = path.parent.iterdir() if _is_there(path.parent) and path.parent.is_dir() else ()
    cases = [
        entry.name
        for entry in beside
        if entry.suffix.lower() in {".yaml", ".yml", ".json"} or _is_there(entry / CASE_FILE)
    ]
    near = difflib.get_close_matches(path.name, [*library_cases(), *cases], n=1)
    raise CaseError(
        where=str(case),
        what="there is no such folder, file or bundled case",
        allowed=f'"{near[0]}" is one' if near else f"Bundled cases: {', '.join(library_cases()) or 'none'}",
        hint="`detente cases` lists the bundled ones",
    )


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """The plain values of a case by top-level key, and the file that holds each."""

    main: str
    data: Mapping[str, object]
    held_by: Mapping[str, Located]

    def where(self, path: tuple[str | int, ...]) -> str:
        """Return `file:line, path in words` of a value."""
        words = in_words(path, self.data)
        holder = self.held_by.get(str(path[0])) if path else None
        if holder is None:
            return f"{self.main}:1" + (f", {words}" if words else "")
        inner = path[1:] if isinstance(holder.data, list) else path
        return f"{holder.file}:{holder.line(inner)}" + (f", {words}" if words else "")

    def error(self, problem: Problem) -> CaseError:
        """Return a problem as the error that a user reads."""
        return CaseError(
            where=self.where(problem.path),
            what=problem.what,
            got=problem.got,
            allowed=problem.allowed,
            hint=problem.hint,
        )


def read_files(path: Path, texts: Mapping[Path, str] = _AS_IT_IS) -> CaseFiles:
    """Return what the files of a case say, each key from the file in which it may stand.

    Parameters
    ----------
    path : Path
        The folder or file of the case.
    texts : mapping, optional
        Texts to read in place of what some of the files hold.

    Raises
    ------
    CaseError
        If a file cannot be read, or a key stands in the wrong file or in two files.
    """
    if path.is_dir():
        return _folder(path, texts)
    located = _read_one(path, texts)
    top = _mapping(located)
    data, held_by = dict(top), dict.fromkeys(top, located)
    _add_record(path.parent, located, data, held_by, texts)
    return CaseFiles(located.file, data, held_by)


def _read(path: Path, texts: Mapping[Path, str] = _AS_IT_IS) -> tuple[Case | None, tuple[CaseError, ...]]:
    files = read_files(path, texts)
    try:
        case = Case.model_validate(files.data)
    except ValidationError as error:
        found = explained(error.errors(include_url=False), files.data, Case)
        return None, tuple(map(files.error, found))
    return case, tuple(files.error(problem) for problem in reference_problems(case))


def _first_of(faults: tuple[CaseError, ...]) -> CaseError:
    first, more = faults[0], len(faults) - 1
    if not more:
        return first
    count = f"(and {more} more; `detente check` lists all)"
    hint = f"{first.hint.rstrip('.')} {count}" if first.hint else count
    return CaseError(where=first.where, what=first.what, got=first.got, allowed=first.allowed, hint=hint)


def _folder(folder: Path, texts: Mapping[Path, str]) -> CaseFiles:
    main = folder / CASE_FILE
    if not main.exists():
        raise CaseError(
            where=str(main),
            what="there is no such file",
            allowed=f"The folder of a case holds a {CASE_FILE}",
            hint=_instead(folder),
        )
    _refuse_misspelt(folder, _KEYS_OF_FILE)
    data: dict[str, object] = {}
    held_by: dict[str, Located] = {}
    for name in _KEYS_OF_FILE:
        if (folder / name).exists() or folder / name in texts:
            _add(_read_one(folder / name, texts), name, data, held_by)
    _add_record(folder, held_by.get("record"), data, held_by, texts)
    return CaseFiles(str(main), data, held_by)


def _instead(folder: Path) -> str:
    """Return what a person may have meant by a folder without a `case.yaml`."""
    inside = sorted(entry.name for entry in folder.iterdir() if (entry / CASE_FILE).is_file())
    if inside:
        return f"Name one of the cases in it: {', '.join(inside)}"
    yamls = sorted(entry.name for entry in folder.glob("*.y*ml"))
    return f"Rename {yamls[0]}, or name that file" if len(yamls) == 1 else "`detente new DIR` begins a new case"


def _read_one(path: Path, texts: Mapping[Path, str]) -> Located:
    text = texts[path] if path in texts else read_text(path)
    return parse_json_lines(text, str(path)) if path.suffix == ".jsonl" else parse_yaml(text, str(path))


def _add(located: Located, name: str, data: dict[str, object], held_by: dict[str, Located]) -> None:
    """Add the keys of one file of a folder, each of which may stand in its own file or in `case.yaml`."""
    if name.endswith(".jsonl"):
        top: Mapping[str, object] = {_KEYS_OF_FILE[name][0]: located.data}
    else:
        top = _mapping(located)
    for key, value in top.items():
        line = located.line((key,)) if isinstance(located.data, Mapping) else 1
        where = f"{located.file}:{line}"
        if name != CASE_FILE and key not in _KEYS_OF_FILE[name]:
            own = FILE_OF_KEY.get(key)
            raise CaseError(
                where=where,
                what="this key is not known here" if own is None else "this key stands in the wrong file",
                got=key,
                allowed=f"{name} holds {', '.join(_KEYS_OF_FILE[name])}",
                hint=did_you_mean(key, _KEYS_OF_FILE[name]) if own is None else f"Move it to {own}",
            )
        if key in held_by:
            raise CaseError(
                where=where,
                what="this key stands in two files",
                got=key,
                allowed=f"It stands in {held_by[key].file} too",
                hint="Keep one of them",
            )
        data[key] = value
        held_by[key] = located


def _add_record(
    base: Path,
    located: Located | None,
    data: dict[str, object],
    held_by: dict[str, Located],
    texts: Mapping[Path, str],
) -> None:
    """Add the files of the record folder that a case names."""
    name = data.get("record")
    if located is None or not isinstance(name, str):
        return
    where = f"{located.file}:{located.line(('record',))}, record"
    folder = base / name
    if not folder.is_dir():
        raise CaseError(
            where=where,
            what="there is no such record folder",
            got=name,
            allowed=f"It is a path from the folder of the case, with {', '.join(RECORD_FILES)} in it",
            hint="Correct the path, or remove the key",
        )
    _refuse_misspelt(folder, RECORD_FILES)
    found = [folder / file for file in RECORD_FILES if (folder / file).exists() or folder / file in texts]
    if not found:
        raise CaseError(
            where=where,
            what="the record folder holds no record",
            got=name,
            allowed=f"A record is {', '.join(RECORD_FILES)}",
            hint="Correct the path, or add the files",
        )
    for file in found:
        _add(_read_one(file, texts), file.name, data, held_by)


def _mapping(located: Located) -> Mapping[str, object]:
    if not isinstance(located.data, Mapping):
        raise CaseError(
            where=f"{located.file}:{located.line()}",
            what="this is not a mapping of keys",
            got=located.data,
            allowed="The file holds keys with values, such as id: my-case",
            hint="`detente new DIR` shows how a case begins",
        )
    return located.data
