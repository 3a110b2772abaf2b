"""What a saved page says of itself in its head: JSON-LD first, then meta tags, then marks in the text.

The first that says something wins, and its name is kept, so that a reader of the brief can weigh it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from detente.evidence.happened import HowKnown
from detente.evidence.reading.document import Said
from detente.evidence.reading.pieces import Dated, squeezed
from detente.evidence.reading.written_dates import date_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_SAID = 300
_MOST_NODES = 2_000  # of JSON-LD
_ARTICLE = re.compile(r"Article|Report|BlogPosting|WebPage|Posting|Speech|PressRelease", re.IGNORECASE)

_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_AUTHORS = ("author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "parsely-author", "byl")
_OUTLETS = ("og:site_name", "citation_journal_title", "dc.publisher", "dcterms.publisher", "application-name")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "date",
)


class Head:
    """The head of a page: its meta tags by lower-case name, and the nodes of its JSON-LD."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._meta: dict[str, str] = {}
        for node in root.iter("meta"):
            name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
            value = _short(node.get("content"))
            if name and value:
                self._meta.setdefault(name, value)
        self._linked = list(_linked_data(root))

    def title(self) -> Said | None:
        """Return the title that the head gives."""
        return (
            self._from_data("headline")
            or self._from_meta(_TITLES)
            or self._from_element(self._root.find(".//h1"), "h1")
            or self._from_element(self._root.find(".//title"), "title element")
        )

    def author(self) -> Said | None:
        """Return the author, where it is a name and not an address."""
        said = self._from_data("author") or self._from_meta(_AUTHORS)
        if said is not None:
            return said
        for path, how in ((".//*[@rel='author']", "link rel=author"), (".//*[@itemprop='author']", "itemprop author")):
            if (found := self._from_element(self._root.find(path), how)) is not None:
                return found
        return None

    def outlet(self) -> Said | None:
        """Return who published the page."""
        return self._from_data("publisher") or self._from_meta(_OUTLETS)

    def published(self) -> Dated | None:
        """Return the day on which the page says it was published."""
        for node in self._linked:
            if day := _iso_day(node.get("datePublished")):
                return Dated(day, "JSON-LD datePublished")
        for name in _DATES:
            if day := _iso_day(self._meta.get(name)):
                return Dated(day, f"meta {name}")
        for node in self._root.iter("time"):
            if day := _iso_day(node.get("datetime")):
                return Dated(day, "time element", HowKnown.STATED)
        return None

    def _from_data(self, key: str) -> Said | None:
        for node in self._linked:
            if value := _named(node.get(key)):
                return Said(value, f"JSON-LD {key}")
        return None

    def _from_meta(self, names: tuple[str, ...]) -> Said | None:
        for name in names:
            value = self._meta.get(name)
            if value and not value.startswith(("http://", "https://", "@")):
                return Said(value, f"meta {name}")
        return None

    @staticmethod
    def _from_element(node: HtmlElement | None, how: str) -> Said | None:
        value = None if node is None else _short("".join(node.itertext()))
        return None if not value else Said(value, how)


def _linked_data(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the nodes of JSON-LD that describe an article, in the order of the page."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):  # a page's own mistake says nothing about the page
            continue
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting = [*node[:_MOST_NODES], *waiting]
            elif isinstance(node, dict):
                kind = node.get("@type")
                if _ARTICLE.search(" ".join(map(str, kind)) if isinstance(kind, list) else str(kind)):
                    yield node
                waiting += [node["@graph"]] if "@graph" in node else []


def _named(value: Any) -> str | None:
    """Return the name in a JSON-LD value: a text, a node with a name, or several of them."""
    if isinstance(value, str):
        return None if value.startswith(("http://", "https://")) else _short(value)
    if isinstance(value, dict):
        name = value.get("name")
        return _short(name) if isinstance(name, str) else None
    if isinstance(value, list):
        return _short(", ".join(name for one in value[:20] if not isinstance(one, list) and (name := _named(one))))
    return None


def _iso_day(value: Any) -> str | None:
    """Return the day of a time stamp as it is written there, whatever its zone."""
    found = date_in(value) if isinstance(value, str) else None
    return None if found is None else found[0]


def _short(value: str | None) -> str | None:
    text = squeezed((value or "")[: 10 * LONGEST_SAID])[:LONGEST_SAID]
    return text or None
