"""Strict reading of the files of a case: YAML 1.2 without surprises, JSON lines, and the line of every value.

Only `true` and `false` are booleans, so `NO` is Norway, `on` a word and `22:30` a time; dates stay text until the
schema reads them. Duplicate keys, tags, deep nesting, alias bombs and oversized files are refused before anything
is built from them. Keys that start with `x-` are extra data: they are read over. What this module does not know is
what a case is.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import yaml

from detente.core.errors import CaseError

LARGEST_FILE = 20_000_000
LONGEST_LINE = 1_000_000
DEEPEST = 40
MOST_ALIASES = 100
MOST_VALUES = 2_000_000
EXTRA_PREFIX = "x-"

Place = Sequence[str | int]
"""Keys and list places, from the top of a file down to a value."""

_INTEGER = re.compile(r"[-+]?[0-9]{1,400}|0o[0-7]{1,400}|0x[0-9a-fA-F]{1,400}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BASES = {"0o": 8, "0x": 16}
_WORDS: Mapping[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}


@dataclass(frozen=True, slots=True)
class Node:
    """A value with the line it begins on, and the nodes inside it by key or place."""

    value: object
    line: int
    inside: Mapping[str, Node] | Sequence[Node] = ()
    size: int = 1
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Located:
    """What a file says, and where it says it."""

    file: str
    root: Node

    @property
    def data(self) -> object:
        """The plain value: mappings, lists, text, numbers, booleans."""
        return self.root.value

    def line(self, path: Place = ()) -> int:
        """Return the line, from 1, on which the value at a path begins; of its nearest holder if it is not there."""
        node = self.root
        for step in path:
            inside = node.inside
            if isinstance(inside, Mapping):
                found = inside.get(str(step))
            else:
                found = inside[step] if isinstance(step, int) and step < len(inside) else None
            if found is None:
                break
            node = found
        return node.line


def read_text(path: Path) -> str:
    """Return the text of a file, refused in one line if it is no readable text of a sensible size.

    Raises
    ------
    CaseError
        If the file is missing, a folder, unreadable, binary, not UTF-8, too large, or has a line that is too long.
    """
    where = str(path)
    if path.is_dir():
        raise CaseError(where=where, what="this is a folder", allowed="A file is needed here", hint="Name a file in it")
    try:
        if path.exists() and not path.is_file():
            raise CaseError(where=where, what="this is not a regular file", hint="Copy its content into a file")
        if path.stat().st_size > LARGEST_FILE:
            raise CaseError(
                where=where,
                what="the file is too large",
                got=f"{path.stat().st_size:,} bytes",
                allowed=f"At most {LARGEST_FILE:,} bytes are read",
                hint="Split the record into several cases",
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        raise CaseError(where=where, what="there is no such file", hint="Check the name and the folder") from None
    except OSError as error:
        raise CaseError(
            where=where,
            what=f"the file cannot be read ({(error.strerror or 'no reason given').lower()})",
            hint="Check its permissions",
        ) from None
    if b"\x00" in raw:
        raise CaseError(
            where=f"{where}:{raw[: raw.index(0)].count(10) + 1}",
            what="this is a binary file",
            allowed="A case is UTF-8 text",
            hint="Name a YAML file",
        )
    longest = max(map(len, raw.split(b"\n")), default=0)
    if longest > LONGEST_LINE:
        lines = [len(line) for line in raw.split(b"\n")]
        raise CaseError(
            where=f"{where}:{lines.index(longest) + 1}",
            what="the line is too long",
            got=f"{longest:,} bytes",
            allowed=f"At most {LONGEST_LINE:,} bytes are read",
            hint="Break it into lines",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseError(
            where=f"{where}:{raw[: error.start].count(10) + 1}",
            what="this is not UTF-8 text",
            got=f"byte 0x{raw[error.start]:02x}",
            allowed="A case is UTF-8 text",
            hint="Save the file as UTF-8",
        ) from None


def parse_yaml(text: str, file: str) -> Located:
    """Return what a YAML text says and where; `file` is the name that errors print."""
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
        if mark is not None and _tab_at(text, mark.line, mark.column):
            raise CaseError(
                where=f"{file}:{line}",
                what="this is not YAML: a tab stands where only spaces may stand",
                allowed="YAML is indented with spaces",
                hint="Put spaces in place of the tab",
            ) from None
        raise CaseError(
            where=f"{file}:{line}",
            what=f"this is not YAML ({problem})",
            allowed="Lines of one mapping are indented alike, lists begin with a dash and a space, and text with a "
            "colon, # or quotation mark in it stands in quotes",
            hint="Mend this line or the one before it",
        ) from None
    if builder.root is None or builder.root.value is None:
        _refuse_empty(file)
    return Located(file, builder.root)


def _tab_at(text: str, line: int, column: int) -> bool:
    """Return whether a tab stands at a place, or in the indent of its line."""
    lines = text.splitlines()
    here = lines[line] if line < len(lines) else ""
    return here[column : column + 1] == "\t" or "\t" in here[: len(here) - len(here.lstrip())]


def parse_json_lines(text: str, file: str) -> Located:
    """Return the objects of a text with one JSON object in a line; `file` is the name that errors print."""
    nodes = [
        Node(_json_object(line, f"{file}:{number}"), number)
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]
    if not nodes:
        _refuse_empty(file)
    return Located(file, Node([node.value for node in nodes], 1, nodes))


def _json_object(text: str, where: str) -> dict[str, object]:
    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        seen: set[str] = set()
        for key, _ in items:
            if key in seen:
                _refuse_duplicate(where, key)
            seen.add(key)
        return {key: value for key, value in items if not key.startswith(EXTRA_PREFIX)}

    def constant(word: str) -> NoReturn:
        raise CaseError(
            where=where, what="this is not a number", got=word, allowed="JSON numbers are finite", hint="Correct it"
        )

    def number(typed: str) -> int | float:
        value = _number(typed)
        if value is None:
            _refuse_number(where, typed)
        return value

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_constant=constant, parse_int=number, parse_float=number)
    except json.JSONDecodeError as error:
        raise CaseError(
            where=where,
            what=f"this is not JSON (column {error.colno}: {error.msg[0].lower()}{error.msg[1:]})",
            allowed="Each line holds one object in braces",
            hint="Mend the line",
        ) from None
    except RecursionError:
        _refuse_depth(where)
    if not isinstance(value, dict):
        raise CaseError(
            where=where,
            what="this is not an object",
            got=value,
            allowed='Each line holds one object in braces, such as {"id": "s1", …}',
            hint="Put the line in braces, with a key before each value",
        )
    if _depth_exceeds(value, DEEPEST):
        _refuse_depth(where)
    for said in _texts_in(value):
        _refuse_controls(where, said)
    return value


def _depth_exceeds(value: object, limit: int) -> bool:
    if limit < 0:
        return True
    inner: Iterator[object] = iter(())
    if isinstance(value, dict):
        inner = iter(value.values())
    elif isinstance(value, list):
        inner = iter(value)
    return any(_depth_exceeds(item, limit - 1) for item in inner)


def _texts_in(value: object) -> Iterator[str]:
    """Yield the texts in a plain value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _texts_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts_in(item)


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been read yet; `key` is the key whose value comes next."""

    line: int
    anchor: str | None
    keys: dict[str, int] | None  # None for a list
    nodes: list[Node]
    key: str | None = None

    def wants_key(self) -> bool:
        return self.keys is not None and self.key is None

    def closed(self) -> Node:
        size, depth = 1 + sum(node.size for node in self.nodes), 1 + max((node.depth for node in self.nodes), default=0)
        if self.keys is None:
            return Node([node.value for node in self.nodes], self.line, self.nodes, size, depth)
        # a value's own line says little where it is a mapping: the key's line is the one that a reader looks for
        inside = {
            key: Node(node.value, line, node.inside, node.size, node.depth)
            for (key, line), node in zip(self.keys.items(), self.nodes, strict=True)
        }
        value = {key: node.value for key, node in inside.items() if not key.startswith(EXTRA_PREFIX)}
        return Node(value, self.line, inside, size, depth)


class _Builder:
    """Builds nodes from the parser's events without recursion, so that nesting cannot exhaust the stack."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._aliases = 0
        self._values = 0
        self._documents = 0
        self.root: Node | None = None

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_tag(event.tag, line)
            _refuse_controls(f"{self._file}:{line}", event.value)
            if self._wants_key():
                self._key(event.value, line)
            else:
                value = event.value if event.style else _plain(event.value)
                if value is None and event.value not in _WORDS:
                    _refuse_number(f"{self._file}:{line}", event.value)
                self._place(Node(value, line), event.anchor, 1)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._refuse_tag(event.tag, line)
            if self._wants_key():
                self._refuse(line, "a key must be a word", hint="Write the key as plain text")
            if len(self._open) >= DEEPEST:
                _refuse_depth(f"{self._file}:{line}")
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            self._open.append(_Open(line, event.anchor, {} if is_mapping else None, []))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            done = self._open.pop()
            self._place(done.closed(), done.anchor, 1)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(str(event.anchor), line)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(line, "a second document begins here", hint="Keep one document in a file: remove the ---")

    def _alias(self, name: str, line: int) -> None:
        self._aliases += 1
        if self._aliases > MOST_ALIASES:
            self._refuse(
                line,
                "there are too many aliases",
                allowed=f"At most {MOST_ALIASES} are expanded",
                hint="Write the repeated parts out",
            )
        node = self._anchors.get(name)
        if node is None:
            self._refuse(line, f"the alias *{name} stands for nothing complete", hint="Write the value out")
        if not self._wants_key():
            self._place(Node(node.value, line, node.inside, node.size, node.depth), None, node.size)
        elif isinstance(node.value, str):
            self._key(node.value, line)
        else:
            self._refuse(line, "a key must be a word", hint="Write the key as plain text")

    def _key(self, key: str, line: int) -> None:
        holder = self._open[-1]
        assert holder.keys is not None
        if key in holder.keys:
            _refuse_duplicate(f"{self._file}:{line}", key)
        holder.keys[key] = line
        holder.key = key

    def _place(self, node: Node, anchor: str | None, added: int) -> None:
        self._values += added
        if self._values > MOST_VALUES:
            self._refuse(
                node.line,
                "the file holds too many values",
                allowed=f"At most {MOST_VALUES:,} are read, aliases expanded",
                hint="Write less, or without aliases",
            )
        if len(self._open) + node.depth > DEEPEST:
            _refuse_depth(f"{self._file}:{node.line}")
        if anchor is not None:
            self._anchors[anchor] = node
        if self._open:
            self._open[-1].nodes.append(node)
            self._open[-1].key = None
        else:
            self.root = node

    def _wants_key(self) -> bool:
        return bool(self._open) and self._open[-1].wants_key()

    def _refuse_tag(self, tag: str | None, line: int) -> None:
        if tag is not None:
            self._refuse(line, "tags are not read", got=tag, allowed="A case is plain data", hint="Remove the tag")

    def _refuse(self, line: int, what: str, *, got: object = None, allowed: str = "", hint: str = "") -> NoReturn:
        raise CaseError(where=f"{self._file}:{line}", what=what, got=got, allowed=allowed, hint=hint)


def _plain(text: str) -> object:
    """Return the value of an unquoted word under the core schema of YAML 1.2; None for a number that is too large."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    return _number(text) if _INTEGER.fullmatch(text) or _FLOAT.fullmatch(text) else text


def _number(text: str) -> int | float | None:
    """Return the number that a text says, or None if it is too large to be reckoned with."""
    try:
        value = int(text, _BASES.get(text[:2], 10)) if _INTEGER.fullmatch(text) else float(text)
        return value if math.isfinite(value) else None
    except OverflowError:  # a whole number beyond the range of floats
        return None


def _refuse_number(where: str, typed: str) -> NoReturn:
    raise CaseError(
        where=where,
        what="this number is too large to be read",
        got=typed,
        allowed="A number has fewer than 309 digits before its point",
        hint="Correct it, or put it in quotes if it is text",
    )


def _refuse_controls(where: str, text: str) -> None:
    """Refuse characters that a terminal would obey or that cannot be written, newline and tab apart."""
    if (found := _CONTROL.search(text)) is not None:
        raise CaseError(
            where=where,
            what="there is a control character in this text",
            got=f"U+{ord(found.group()):04X} after {text[: found.start()][-20:]!r}",
            allowed="Text holds characters that can be seen, spaces, tabs and line ends",
            hint="Remove it",
        )


def _refuse_empty(file: str) -> NoReturn:
    raise CaseError(
        where=f"{file}:1", what="the file is empty", hint="Write its part of the case into it, or remove it"
    )


def _refuse_duplicate(where: str, key: str) -> NoReturn:
    raise CaseError(
        where=where,
        what="this key stands here twice",
        got=key,
        allowed="A key is written once in a mapping",
        hint="Remove or rename one of them",
    )


def _refuse_depth(where: str) -> NoReturn:
    raise CaseError(
        where=where,
        what="the values are nested too deeply",
        allowed=f"At most {DEEPEST} levels are read",
        hint="Flatten them",
    )
