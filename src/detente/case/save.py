"""From a case to files: edits that keep the comments of a hand-written file, and whole cases as readable YAML."""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping, MutableMapping, MutableSequence, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from detente.case.case import Case
from detente.case.library import CASE_FILE
from detente.case.load import FILE_OF_KEY, RECORD_FILES, CaseFiles, faults_of, read_files
from detente.case.yamlfile import Place, read_text
from detente.core.errors import CaseError


@dataclass(frozen=True, slots=True)
class Set:
    """Put a value at a path of keys and list places, replacing what is there."""

    path: tuple[str | int, ...]
    value: object


@dataclass(frozen=True, slots=True)
class Append:
    """Add a value at the end of the list at a path; the list is begun if it is not there."""

    path: tuple[str | int, ...]
    value: object


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove the key or list element at a path."""

    path: tuple[str | int, ...]


Change = Set | Append | Delete


def edit(case: Path, changes: Iterable[Change]) -> tuple[Path, ...]:
    """Change the files of a case, keeping their comments and order, unless the case would no longer load.

    Parameters
    ----------
    case : Path
        The folder or file of the case.
    changes : iterable of Set, Append or Delete
        Applied in order; paths are those of the case (`("issues", 0, "title")`), whichever file holds the key.

    Returns
    -------
    tuple of Path
        The files that were rewritten.

    Raises
    ------
    CaseError
        If a path does not exist, or the changed case has a fault; then no file was touched.
    """
    files = read_files(case)
    documents: dict[Path, Any] = {}
    for change in changes:
        path = _file_of(case, files, change)
        if path not in documents:
            documents[path] = _parsed(path)
        root = _Lines(documents[path]) if path.suffix == ".jsonl" else documents[path]
        _apply(root, change, str(path))
    texts = {path: _written(path, document) for path, document in documents.items()}
    return write_texts(case, texts)


def write_texts(case: Path, texts: Mapping[Path, str]) -> tuple[Path, ...]:
    """Put new texts into files of a case, unless the case would no longer load; return the files.

    Raises
    ------
    CaseError
        If the changed case has a fault; then no file was touched.
    """
    faults = faults_of(case, texts)
    if faults:
        raise faults[0]
    for path, text in texts.items():
        _replace(path, text)
    return tuple(texts)


def file_of(case: Path, key: str) -> Path:
    """Return the file of a case in which a top-level key stands, or in which it would be begun."""
    return _file_of(case, read_files(case), Delete((key,)))


def dump_case(case: Case, directory: Path) -> tuple[Path, ...]:
    """Write a whole case into a folder as readable YAML, without unset fields.

    The folder stands alone: a record that the case shared with others is written into a folder `record` in it, and
    `record` names that folder. Apart from this, loading the folder gives the same case, with the same hash. Existing
    files of a case there are replaced.

    Returns
    -------
    tuple of Path
        The files that were written.
    """
    values = case.model_dump(mode="json", exclude_unset=True)
    record = directory
    if case.record is not None:
        values["record"], record = "record", directory / "record"
    by_file: dict[str, dict[str, object]] = {}
    for key, value in values.items():
        own = FILE_OF_KEY[key]
        own = CASE_FILE if own.endswith(".jsonl") and not value else own  # a file without a line is refused
        by_file.setdefault(own, {})[key] = value
    if case.record is not None and not any(name in by_file for name in RECORD_FILES):
        del by_file[CASE_FILE]["record"]
    record.mkdir(parents=True, exist_ok=True)
    written = []
    for name in dict.fromkeys(FILE_OF_KEY.values()):
        path = (record if name in RECORD_FILES else directory) / name
        if name not in by_file:
            path.unlink(missing_ok=True)
            continue
        rows = by_file[name].get("statements") if name.endswith(".jsonl") else None
        _replace(path, _json_lines(rows) if isinstance(rows, list) else to_yaml(by_file[name]))
        written.append(path)
    return tuple(written)


def to_yaml(value: object, *, width: float = 110) -> str:
    """Return plain values as YAML that `parse_yaml` reads back the same: no aliases, keys in their order."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=width, default_flow_style=None
    )
    return text


def on_one_line(value: Mapping[str, object]) -> MutableMapping[str, object]:
    """Return a mapping that `edit` writes in braces on one line, as estimates are mostly written by hand."""
    from ruamel.yaml.comments import CommentedMap

    line: MutableMapping[str, object] = CommentedMap(value)
    line.fa.set_flow_style()  # type: ignore[attr-defined]
    return line


class _Dumper(yaml.SafeDumper):
    """Quotes whatever YAML 1.1 or 1.2 would not read as text, and never writes an alias."""

    def ignore_aliases(self, data: object) -> bool:
        return True


for _tag, _form in (("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"), ("int", r"0o?[0-7]+$")):
    _Dumper.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_form), list("-+.0123456789"))


def _file_of(case: Path, files: CaseFiles, change: Change) -> Path:
    if not change.path or not isinstance(change.path[0], str):
        raise CaseError(where="edit", what="the path begins with no key", got=str(change.path), hint="Name a key")
    key = change.path[0]
    if key in files.held_by:
        return Path(files.held_by[key].file)
    if key not in FILE_OF_KEY:
        raise CaseError(where=files.main, what="a case has no such key", got=key, hint="Correct the path")
    if not case.is_dir():
        return case
    record = files.data.get("record")
    in_record = FILE_OF_KEY[key] in RECORD_FILES and isinstance(record, str)
    return (case / str(record) if in_record else case) / FILE_OF_KEY[key]


def _parsed(path: Path) -> Any:
    """Return a file as values that remember their comments; an empty one for a file that is not there yet."""
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in read_text(path).splitlines() if line.strip()] if path.exists() else []
    loaded = _round_trip().load(read_text(path)) if path.exists() else None
    if loaded is None:
        from ruamel.yaml.comments import CommentedMap

        return CommentedMap()
    return loaded


def _round_trip() -> Any:
    from ruamel.yaml import YAML

    writer = YAML(typ="rt")
    writer.preserve_quotes = True
    writer.width = 4096  # lines that a person broke stay broken, others are not broken
    writer.indent(mapping=2, sequence=4, offset=2)
    return writer


def _written(path: Path, document: Any) -> str:
    if path.suffix == ".jsonl":
        return _json_lines(document)
    stream = io.StringIO()
    _round_trip().dump(document, stream)
    return stream.getvalue()


def _json_lines(rows: Sequence[object]) -> str:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


class _Lines(dict[str, Any]):
    """The lines of a JSONL file under the key that they are a list of."""

    def __init__(self, rows: list[Any]) -> None:
        super().__init__(statements=rows)


def _apply(root: Any, change: Change, where: str) -> None:
    *outer, last = change.path
    holder = root
    for step in outer:
        holder = _inside(holder, step, change.path, where)
    if isinstance(change, Append):
        if isinstance(holder, MutableMapping) and last not in holder:
            holder[last] = []
        target = _inside(holder, last, change.path, where)
        if not isinstance(target, MutableSequence):
            raise _no_such_place(where, change.path, "there is no list at this path")
        target.append(change.value)
    elif isinstance(change, Delete):
        _inside(holder, last, change.path, where)
        del holder[last]
    elif isinstance(holder, MutableMapping) and isinstance(last, str):
        holder[last] = change.value
    else:
        _inside(holder, last, change.path, where)
        holder[last] = change.value


def _inside(holder: Any, step: str | int, path: Place, where: str) -> Any:
    if isinstance(holder, Mapping) and isinstance(step, str) and step in holder:
        return holder[step]
    if isinstance(holder, MutableSequence) and isinstance(step, int) and 0 <= step < len(holder):
        return holder[step]
    raise _no_such_place(where, path, "there is nothing at this path")


def _no_such_place(where: str, path: Place, what: str) -> CaseError:
    return CaseError(where=where, what=what, got=".".join(map(str, path)), hint="Correct the path")


def _replace(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old content or the new, never a part."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CaseError(
            where=str(path),
            what=f"the file cannot be written ({(error.strerror or 'no reason given').lower()})",
            hint="Check the folder's permissions and space",
        ) from None
