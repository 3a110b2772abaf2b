"""Names that a user adds: a small file beside the general lists, checked strictly, that overrides them.

One entry per actor, by its id::

    LIRAN_FRONT:
      kind: group                  # state, organisation or group; group if left out
      names: [Liran Front, LF]
      people: [Liran, Lirans]
      capital: [Lirapolis]
      speakers: [[Jane Okoro, 2019-03, 2024]]   # name, from, to; the surname resolves too
      since: 2015                  # optional dates of names, people and capital
"""

from __future__ import annotations

import datetime
import reprlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from detente.core.dates import interval_of
from detente.core.errors import EvidenceError
from detente.evidence.coding.lexicon import Lexicon, Name, NameKind

_KINDS = {kind.value: kind for kind in (NameKind.STATE, NameKind.ORGANISATION, NameKind.GROUP)}
_FIELDS = ("kind", "names", "people", "capital", "speakers", "since", "until")
_LARGEST = 2_000_000


def own_names(path: Path) -> Lexicon:
    """Return the names of a user's file, to be joined after the general lexicon: ``general_lexicon().joined(...)``.

    Raises
    ------
    EvidenceError
        If the file cannot be read, is no YAML mapping, or an entry has a field, kind or date that is not known.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise _fault(path, "the file is too large for a list of names", f"{path.stat().st_size} bytes")
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise _fault(path, "the file is not UTF-8 text", "other bytes") from None
    except OSError as error:
        raise _fault(path, "the file cannot be read", error.strerror or "no reason") from None
    except (yaml.YAMLError, RecursionError):
        raise _fault(path, "the file is not YAML", "text that does not parse") from None
    if not isinstance(read, Mapping):
        raise _fault(path, "a list of names is a mapping from ids to entries", type(read).__name__)
    return Lexicon(names=tuple(name for actor, entry in read.items() for name in _names(path, str(actor), entry)))


def _names(path: Path, actor: str, entry: Any) -> Iterator[Name]:
    where = f'actor "{actor}"'
    if not isinstance(entry, Mapping):
        raise _fault(path, f"{where} is no entry", reprlib.repr(entry))
    for key in entry:
        if key not in _FIELDS:
            raise _fault(path, f"{where} has a field that is not known", reprlib.repr(key))
    kind = _KINDS.get(str(entry.get("kind", "group")))
    if kind is None:
        raise _fault(path, f"{where} has a kind that is not known", reprlib.repr(entry["kind"]))
    since, until = _day(path, where, entry.get("since"), 0), _day(path, where, entry.get("until"), 1)
    for field, of_kind in (("names", kind), ("people", NameKind.DEMONYM), ("capital", NameKind.CAPITAL)):
        for text in _texts(path, where, field, entry.get(field, [])):
            yield Name(text, actor, of_kind, since, until)
    for speaker in _rows(path, where, entry.get("speakers", [])):
        first, last = _day(path, where, speaker[1], 0), _day(path, where, speaker[2], 1)
        forms = dict.fromkeys((str(speaker[0]), str(speaker[0]).rsplit(" ", 1)[-1]))
        yield from (Name(form, actor, NameKind.PERSON, first, last) for form in forms)


def _texts(path: Path, where: str, field: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise _fault(path, f"{where}: {field} is no list of names", reprlib.repr(value))
    return value


def _rows(path: Path, where: str, value: Any) -> Iterator[list[Any]]:
    if not isinstance(value, list):
        raise _fault(path, f"{where}: speakers is no list", reprlib.repr(value))
    for row in value:
        if not isinstance(row, list) or not 1 <= len(row) <= 3 or not isinstance(row[0], str) or not row[0].strip():
            raise _fault(path, f"{where}: a speaker is a name with its first and last day", reprlib.repr(row))
        yield [*row, None, None][:3]


def _day(path: Path, where: str, value: Any, end: int) -> datetime.date | None:
    if value is None:
        return None
    try:
        return interval_of(str(value))[end]
    except ValueError:
        raise _fault(path, f"{where} has a date that is none", reprlib.repr(value)) from None


def _fault(path: Path, what: str, got: str) -> EvidenceError:
    return EvidenceError(
        where=path.name,
        what=what,
        got=got,
        allowed=f"An entry has {', '.join(_FIELDS)}; kinds are {', '.join(_KINDS)}; days are as 2022-02-17 or 2022-02",
        hint="Correct the file given as names",
    )
