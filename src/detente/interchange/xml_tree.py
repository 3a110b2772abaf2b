"""A small, safe reader of XML files: elements with attributes and line numbers, nothing else.

Documents that declare a type (DOCTYPE) are refused before any entity could be expanded; so are files that are
too large or nested too deep. Text between elements is left out, because the files read here carry none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from detente.core.errors import ImportFileError

LARGEST_FILE = 20_000_000
DEEPEST = 50


@dataclass(slots=True)
class Element:
    """One element: its tag, its attributes, the line it starts on and its children in the file's order."""

    tag: str
    attributes: dict[str, str]
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
        line = parser.CurrentLineNumber
        if len(open_elements) >= DEEPEST:
            raise ImportFileError(
                where=f"{path}:{line}",
                what="elements are nested too deep",
                got=len(open_elements) + 1,
                allowed=f"At most {DEEPEST} levels are read",
                hint="Check that this is the file you mean",
            )
        element = Element(tag, attributes, line)
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
        raise ImportFileError(
            where=str(path),
            what=f"cannot be read ({error.strerror or error})",
            allowed="A readable XML file is needed",
            hint="Check the path and its permissions",
        ) from None
    if not data.strip():
        raise ImportFileError(
            where=str(path), what="the file is empty", allowed="An XML file is needed", hint="Export the file again"
        )
    return data
