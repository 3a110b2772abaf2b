"""The pattern language of the rules: words with their inflections, lists, alternatives and gaps, compiled to `re`.

    reject                 the word itself, in any case
    reject+                the word in every inflection (rejects, rejected, rejecting)
    reject*                every word that begins so
    <forces>               any entry of a named list (entries are patterns themselves)
    a b                    b follows a
    (a | b c)              one of these
    [a]                    perhaps
    ...                    up to four words; ..2 up to two
    _                      any one word
    !(a | b)               the next word is none of these
    ^                      the beginning of the clause
    >>                     the boundary between a reporting phrase and what it reports

Text is matched as a string of lower-case words, each followed by one blank, contractions taken apart ("won't" is "will
not", "Iran's" is "iran 's") and commas, quotation marks and brackets left out; `?` and `!` are words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from detente.evidence.coding.inflection import inflections
from detente.evidence.coding.words import word_list

_SYMBOL = re.compile(r"\s*(\.\.\.|\.\.\d+|>>|[()\[\]|!^]|<[\w-]+>|[^\s()\[\]|!^<>]+)")
_ANY = r"[^ >?]+ "
_COMMON = word_list("common") | {">>"}
RARE, COMMON = 1, 40
LONGEST_PATTERN = 20_000


class PatternError(ValueError):
    """A pattern cannot be read; the message says where."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern; a text without any of `anchors` cannot match, None where every text may.

    An anchor that ends with `*` stands for every word that begins so.
    """

    source: str
    regex: re.Pattern[str]
    anchors: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class _Part:
    regex: str
    anchors: frozenset[str] | None
    word: bool = False  # one plain word: alternatives of words are written more tightly

    def cost(self) -> int:
        return sum(COMMON if anchor in _COMMON else RARE for anchor in self.anchors or ())


def compiled(source: str, lists: Mapping[str, str]) -> Pattern:
    """Return a pattern that is ready to search with.

    Parameters
    ----------
    source : str
        The pattern as written.
    lists : mapping
        Name of a list -> its entries as one pattern.

    Raises
    ------
    PatternError
        If the pattern cannot be read: an unknown list, a bracket without its partner, an empty alternative.
    """
    part = _Reader(source, lists, frozenset()).whole()
    if len(part.regex) > LONGEST_PATTERN * 10:
        raise PatternError("the pattern is too long")
    return Pattern(source, re.compile(f"(?<= )(?:{part.regex})"), part.anchors)


class _Reader:
    """Recursive descent over the symbols of one pattern."""

    def __init__(self, source: str, lists: Mapping[str, str], inside: frozenset[str]) -> None:
        if len(source) > LONGEST_PATTERN:
            raise PatternError("the pattern is too long")
        self.symbols = _SYMBOL.findall(source)
        if "".join(self.symbols) != "".join(source.split()):
            raise PatternError(f'there is something unreadable in "{source.strip()[:60]}"')
        self.at, self.lists, self.inside = 0, lists, inside

    def whole(self) -> _Part:
        part = self.alternatives()
        if self.at < len(self.symbols):
            raise PatternError(f'"{self.symbols[self.at]}" has no partner')
        return part

    def alternatives(self) -> _Part:
        parts = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            parts.append(self.sequence())
        if len(parts) == 1:
            return parts[0]
        words = [part for part in parts if part.word]
        others = [part.regex for part in parts if not part.word]
        tight = [f"(?:{'|'.join(part.regex[:-1] for part in words)}) "] if words else []
        anchors: frozenset[str] | None = frozenset()
        for part in parts:
            anchors = None if anchors is None or part.anchors is None else anchors | part.anchors
        return _Part(f"(?:{'|'.join(tight + others)})", anchors)

    def sequence(self) -> _Part:
        parts: list[_Part] = []
        while (symbol := self.peek()) is not None and symbol not in "|)]":
            parts.append(self.item())
        if not parts:
            raise PatternError("an alternative is empty")
        if len(parts) == 1:
            return parts[0]
        anchored = [part for part in parts if part.anchors]
        best = min(anchored, key=lambda part: (part.cost(), part.regex), default=None)
        return _Part("".join(part.regex for part in parts), best.anchors if best else None)

    def item(self) -> _Part:
        symbol = self.symbols[self.at]
        self.at += 1
        if symbol == "(":
            return self.closed(")")
        if symbol == "[":
            return _Part(f"(?:{self.closed(']').regex})?", None)
        if symbol == "!":
            if self.peek() in {None, "|", ")", "]"}:
                raise PatternError('"!" stands before nothing')
            return _Part(f"(?!{self.item().regex})", None)
        if symbol == "...":
            return _Part(f"(?:{_ANY}){{0,4}}?", None)
        if symbol.startswith("..") and symbol[2:].isdigit():
            return _Part(f"(?:{_ANY}){{0,{int(symbol[2:])}}}?", None)
        if symbol == "_":
            return _Part(_ANY, None)
        if symbol == "^":
            return _Part(r"(?:(?<=\^ )|(?<=>> ))", None)
        if symbol.startswith("<"):
            return self.list_named(symbol[1:-1])
        return _word(symbol)

    def closed(self, bracket: str) -> _Part:
        part = self.alternatives()
        if self.peek() != bracket:
            raise PatternError(f'a "{bracket}" is missing')
        self.at += 1
        return _Part(f"(?:{part.regex})", part.anchors)

    def list_named(self, name: str) -> _Part:
        if name not in self.lists:
            raise PatternError(f'there is no list "{name}"')
        if name in self.inside:
            raise PatternError(f'the list "{name}" contains itself')
        part = _Reader(self.lists[name], self.lists, self.inside | {name}).whole()
        return _Part(f"(?:{part.regex})", part.anchors)

    def peek(self) -> str | None:
        return self.symbols[self.at] if self.at < len(self.symbols) else None


def _word(symbol: str) -> _Part:
    word = symbol.lower()
    if word.endswith("+") and len(word) > 1:
        forms = inflections(word[:-1])
        return _Part(f"(?:{'|'.join(map(re.escape, forms))}) ", frozenset(forms), word=True)
    if word.endswith("*") and len(word) > 3:
        return _Part(f"{re.escape(word[:-1])}[^ ]* ", frozenset({word}), word=True)
    if not (re.fullmatch(r"[\w'’&%/.-]+|>>|\?", word)):
        raise PatternError(f'"{symbol}" is not a word')
    return _Part(f"{re.escape(word)} ", frozenset({word}), word=True)
