"""Saved pages: blocks of text, of which the article is the body, and what the page says of itself.

Which blocks are the article is decided by trafilatura's extraction, and where it finds too little by what stands in
menus, asides and lists of links. All blocks stay in the text; only their role differs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.evidence.reading.decoding import declared_in_html, decoded
from detente.evidence.reading.document import Role, Said
from detente.evidence.reading.furniture import begins_furniture, is_date_line, is_name, is_prose, role_of
from detente.evidence.reading.pieces import Extract, Piece, assembled
from detente.evidence.reading.refused import Unreadable
from detente.evidence.reading.web_blocks import Block, blocks_of
from detente.evidence.reading.web_said import Head

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEAST_ARTICLE = 200  # characters below which an extraction is not believed
_LONG = 30  # characters from which a block is looked for within a longer paragraph
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def read_page(raw: bytes) -> Extract:
    """Return the text of a saved page.

    Raises
    ------
    Unreadable
        If it is no page, or has no text.
    """
    found = decoded(raw, declared_in_html(raw))
    return page_extract(found.text, found.note())


def page_extract(text: str, encoding: str | None = None) -> Extract:
    """Return the text of a page that is decoded."""
    root = _tree(text)
    blocks = list(blocks_of(root))
    if not blocks:
        raise Unreadable("the page has no text", "Save it from the browser when it has loaded, as a whole page")
    head = Head(root)
    title, author = head.title(), head.author()
    roles = _roles(blocks, _article(root), title)
    if author is None:
        author = _byline(blocks, roles)
    joined, paragraphs = assembled(Piece(block.text, role) for block, role in zip(blocks, roles, strict=True))
    return Extract(joined, paragraphs, title, author, head.outlet(), head.published(), encoding)


def _tree(text: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(_DECLARATION.sub("", text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Unreadable("this is not a web page", "Correct the ending, or save the page again") from None
    if any("depth" in entry.message.lower() for entry in parser.error_log):  # the parser drops what stands below
        raise Unreadable("the page is nested too deeply", "Save its text alone")
    return root


def _article(root: HtmlElement) -> str:
    """Return trafilatura's paragraphs, one to a line; nothing where it finds none."""
    from copy import deepcopy

    from trafilatura import extract

    found = extract(
        deepcopy(root), output_format="txt", include_comments=False, include_tables=True, deduplicate=False, fast=True
    )
    return found or ""


def _roles(blocks: Sequence[Block], article: str, title: Said | None) -> list[Role]:
    """Return the role of each block."""
    lines = {letters for line in article.splitlines() if (letters := _letters(line))}
    whole = _letters(article)
    believed = len(article) >= _LEAST_ARTICLE
    headline = None if title is None else _letters(title.value)
    roles: list[Role] = []
    over = False
    at = 0
    for block in blocks:
        letters = _letters(block.text)
        own = role_of(block.text)
        over = over or (begins_furniture(block.text) and Role.BODY in roles and not believed)
        if believed:
            inside = letters in lines
            if not inside and len(letters) >= _LONG:
                place = whole.find(letters, at)
                inside = place >= 0
                at = place + len(letters) if inside else at
        else:
            inside = not (block.furniture or over or 2 * block.linked > len(block.text))
        if headline and letters == headline and block.heading is not None:
            roles.append(Role.HEADING)
        elif own is not None:
            roles.append(own)
        elif not inside or block.furniture:
            named = block.byline and is_name(block.text)
            roles.append(Role.METADATA if named or is_date_line(block.text) else Role.BOILERPLATE)
        elif block.heading is not None:
            roles.append(Role.HEADING)
        elif block.byline and not is_prose(block.text):
            roles.append(Role.METADATA)
        else:
            roles.append(Role.BODY)
    return roles


def _byline(blocks: Sequence[Block], roles: Sequence[Role]) -> Said | None:
    """Return the name in the first block that is marked as a byline."""
    for block, role in zip(blocks, roles, strict=True):
        name = re.sub(r"^(?:by|written by)\s+", "", block.text, flags=re.IGNORECASE)
        if block.byline and role is not Role.BODY and is_name(name):
            return Said(name, "byline")
    return None


def _letters(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())
