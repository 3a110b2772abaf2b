"""The documents under review: a folder that `detente read` wrote, or one of plain text files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from detente.core.errors import EvidenceError
from detente.evidence.happened import Happened
from detente.evidence.reading.corpus import is_corpus, load_corpus
from detente.evidence.reading.document import Document, Format
from detente.evidence.reading.plain import plain_extract

CORPUS = "corpus"


def documents_in(folder: Path) -> tuple[Document, ...]:
    """Return the documents of a folder by name.

    Raises
    ------
    EvidenceError
        If there is no such folder, or nothing in it can be read.
    """
    if not folder.is_dir():
        raise EvidenceError(
            where=str(folder),
            what="there is no such folder of documents",
            allowed="A folder that `detente read` wrote, or a folder of .txt files",
            hint="Check the path given to --corpus",
        )
    if is_corpus(folder):
        return tuple(load_corpus(folder))
    found = tuple(_texts(folder))
    if not found:
        raise EvidenceError(
            where=str(folder),
            what="there are no documents in this folder",
            allowed="A folder that `detente read` wrote, or a folder of .txt files",
            hint=f"Write `detente read {folder} -o CORPUS` and name that corpus",
        )
    return found


def cited_file(document: Document) -> tuple[str, str]:
    """Return the path in a corpus of the text that spans count in, and the hash of its bytes.

    That is the document itself if it is plain text, else the text that `detente read` took out of it.
    """
    raw = hashlib.sha256(document.text.encode("utf-8")).hexdigest()
    if raw == document.sha256:
        return document.name, raw
    return f"extracted/{document.name}.txt", raw


def _texts(folder: Path) -> Iterator[Document]:
    for path in sorted(folder.rglob("*.txt")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in Path(name).parts) or not path.is_file():
            continue
        try:
            raw = path.read_bytes()
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise EvidenceError(
                where=str(path),
                what="the file is not UTF-8 text",
                allowed="A folder of plain texts holds UTF-8",
                hint=f"Write `detente read {folder} -o CORPUS` and name that corpus",
            ) from None
        except OSError as error:
            raise EvidenceError(
                where=str(path),
                what=f"the file cannot be read ({(error.strerror or 'no reason given').lower()})",
                hint="Check its permissions",
            ) from None
        read = plain_extract(text)
        yield Document(
            name=name,
            format=Format.TEXT,
            sha256=hashlib.sha256(raw).hexdigest(),
            text=text,
            paragraphs=read.paragraphs,
            title=read.title,
            author=read.author,
            published=None if read.published is None else Happened(when=read.published.when, how=read.published.how),
            published_how=None if read.published is None else read.published.where,
        )
