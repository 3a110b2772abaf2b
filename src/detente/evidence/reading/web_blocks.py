"""A saved page as blocks of text, in the order of the page: what a reader of the page sees, block by block.

The tree is walked without recursion, so that a page nested a thousand deep costs no more than a flat one. Scripts,
styles, buttons and what is hidden are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.evidence.reading.pieces import squeezed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
))
_UNSEEN = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet", "head", "select",
    "option", "button", "input", "textarea", "canvas", "audio", "video", "map", "datalist",
))
# fmt: on
_FURNITURE = frozenset(("nav", "footer", "aside", "menu"))
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|footer|sidebar|breadcrumbs?|cookies?|consent|share|sharing|social|related|"
    r"recommended|newsletter|promo|advert(?:isement)?|ads?|comments?|popup|modal|trending|most-read|tags?|toolbar)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_BYLINE_NAMES = re.compile(r"(?:^|[\s_-])(?:byline|authors?|author-name)(?:$|[\s_-])", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BREAKS = re.compile(r"\n[ \t\r\xa0]*\n\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page: its text on one line, its heading level, how many characters are links, where it stands."""

    text: str
    heading: int | None
    linked: int
    furniture: bool
    byline: bool


def blocks_of(root: HtmlElement) -> Iterator[Block]:
    """Yield the blocks of a page in order; empty ones are left out."""
    from lxml import etree

    parts: list[str] = []
    linked = 0
    heading: list[int] = []
    furniture = links = bylines = 0
    asides: dict[HtmlElement, tuple[bool, bool]] = {}

    def taken() -> Iterator[Block]:
        nonlocal linked
        for part in _BREAKS.split("".join(parts)):
            if text := squeezed(part):
                level = heading[-1] if heading else None
                yield Block(text, level, min(linked, len(text)), furniture > 0, bylines > 0)
        parts.clear()
        linked = 0

    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if tag in _UNSEEN or _is_hidden(node):
                walk.skip_subtree()
                continue
            if tag in _BLOCKS:
                yield from taken()
            if tag in _BLOCKS or tag in _FURNITURE:
                names = f"{node.get('class', '')} {node.get('id', '')}"[:300]
                aside = tag in _FURNITURE or (tag not in {"body", "main", "article"} and _names_furniture(names))
                asides[node] = (aside, _BYLINE_NAMES.search(names) is not None)
                furniture += asides[node][0]
                bylines += asides[node][1]
            if tag in _HEADINGS:
                heading.append(int(tag[1]))
            elif tag == "br":
                parts.append("\n")
            elif tag == "a":
                links += 1
            parts.append(_line(node.text))
            linked += len(parts[-1].strip()) if links else 0
        else:
            if event == "end" and not (tag in _UNSEEN or _is_hidden(node)):
                if tag in _BLOCKS:
                    yield from taken()
                if node in asides:
                    aside, byline = asides.pop(node)
                    furniture -= aside
                    bylines -= byline
                if tag in _HEADINGS and heading:
                    heading.pop()
                elif tag == "a":
                    links -= 1
            if node is not root:
                parts.append(_line(node.tail))
                linked += len(parts[-1].strip()) if links else 0
    yield from taken()


_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


def _line(text: str | None) -> str:
    """Return the text of a node with its line ends as spaces: only `br` breaks a line of a page."""
    return "" if text is None else text.replace("\r", " ").replace("\n", " ")


def _is_hidden(node: HtmlElement) -> bool:
    return (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or _HIDDEN.search(node.get("style", "")[:500]) is not None
    )


def _names_furniture(names: str) -> bool:
    return _FURNITURE_NAMES.search(names) is not None
