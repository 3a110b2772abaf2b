"""A small, safe reader of XML files: elements that know their attributes, file and line, nothing else.

An element says itself where it stands when something in it is wrong (`Element.error`), and reads its attributes as
numbers.

Documents that declare a type (DOCTYPE) are refused before any entity could be expanded; so are files that are
too large or nested too deep. Text between elements is left out, because the files read here carry none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from detente.core.errors import ImportFileError

LARGEST_FILE = 20_000_000
DEEPEST = 50
WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass(slots=True)
class Element:
    """One element: its tag, its attributes, its file, the line it starts on and its children in order."""

    tag: str
    attributes: dict[str, str]
    path: Path
    line: int
    children: list[Element] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """Return an attribute, or None where it is absent."""
        return self.attributes.get(name)

    def every(self, tag: str) -> list[Element]:
        """Return the children with a tag, in order."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> Element | None:
        """Return the first child with a tag."""
        return next((child for child in self.children if child.tag == tag), None)

    def walk(self) -> Iterator[Element]:
        """Yield the element and all below it, in the file's order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def error(self, what: str, *, got: object = None, allowed: str, hint: str) -> ImportFileError:
        """Return an error that names the element's file and line."""
        return ImportFileError(where=f"{self.path}:{self.line}", what=what, got=got, allowed=allowed, hint=hint)

    def whole(self, name: str) -> int:
        """Return an attribute that has to be a whole number."""
        text = (self.get(name) or "").strip()
        if not WHOLE.fullmatch(text):
            raise self._not_a_number(name, "a whole number")
        return int(text)

    def decimal(self, name: str) -> float:
        """Return an attribute that has to be a finite number."""
        text = (self.get(name) or "").strip()
        number = float(text) if DECIMAL.fullmatch(text) else math.nan
        if not math.isfinite(number):
            raise self._not_a_number(name, "a finite number, such as 0.25")
        return number

    def _not_a_number(self, name: str, what: str) -> ImportFileError:
        got = self.get(name)
        return self.error(
            f"{name} of <{self.tag}> is {'missing' if got is None else 'not a number'}",
            got=got,
            allowed=f"It is {what}",
            hint="Correct it",
        )


def xml_files(folder: Path) -> list[Path]:
    """Return the XML files of a folder by name; those of folders within it are not looked for.

    Raises
    ------
    ImportFileError
        If the folder cannot be read.
    """
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".xml" and path.is_file())
    except OSError as error:
        raise _unreadable(
            folder, "the folder cannot be read", error, needed="folder", hint="Check its permissions"
        ) from None


def read_tree(path: Path) -> Element:
    """Return the root element of an XML file.

    Raises
    ------
    ImportFileError
        If the file cannot be read, is too large, declares a document type, is nested too deep or is not XML.
    """
    data = _bytes_of(path)
    parser = expat.ParserCreate()
    open_elements: list[Element] = []
    roots: list[Element] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, attributes, path, parser.CurrentLineNumber)
        if len(open_elements) >= DEEPEST:
            raise element.error(
                "elements are nested too deep",
                got=len(open_elements) + 1,
                allowed=f"At most {DEEPEST} levels are read",
                hint="Check that this is the file you mean",
            )
        (open_elements[-1].children if open_elements else roots).append(element)
        open_elements.append(element)

    def doctype(name: str, *_: object) -> None:
        raise ImportFileError(
            where=f"{path}:{parser.CurrentLineNumber}",
            what="the file declares a document type (DOCTYPE)",
            got=name,
            allowed="Files without DOCTYPE and entities are read",
            hint="Remove the declaration",
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_elements.pop()
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ImportFileError(
            where=f"{path}:{error.lineno}",
            what=f"not readable as XML: {expat.ErrorString(error.code)}",
            allowed="A Genius file is well-formed XML in UTF-8, or names its encoding in the first line",
            hint="Correct the line, or export the file again",
        ) from None
    except (ValueError, LookupError) as error:  # a multi-byte or unknown encoding is declared
        found = re.search(rb'encoding=["\']([^"\']+)', data[:200])
        raise ImportFileError(
            where=f"{path}:1",
            what=f"the file's encoding cannot be read ({error})",
            got=found[1].decode("ascii", "replace") if found else None,
            allowed="UTF-8, UTF-16 and the usual 8-bit encodings are read",
            hint="Save the file as UTF-8",
        ) from None
    return roots[0]


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ImportFileError(
                where=str(path),
                what="the file is too large",
                got=f"{size:,} bytes",
                allowed=f"At most {LARGEST_FILE:,} bytes are read",
                hint="Check that this is the file you mean",
            )
        if not path.is_file():
            raise ImportFileError(
                where=str(path),
                what="not a regular file",
                allowed="An XML file is read",
                hint="Name the domain file and its profiles",
            )
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(
            path, "cannot be read", error, needed="XML file", hint="Check the path and its permissions"
        ) from None
    if not data.strip():
        raise ImportFileError(
            where=str(path), what="the file is empty", allowed="An XML file is needed", hint="Export the file again"
        )
    return data


def _unreadable(path: Path, what: str, error: OSError, *, needed: str, hint: str) -> ImportFileError:
    return ImportFileError(
        where=str(path),
        what=f"{what} ({error.strerror or error})",
        allowed=f"A readable {needed} is needed",
        hint=hint,
    )
