"""Sentences and clauses of an English text, with their places.

A small splitter without a parser. Sentences end at a stop that no abbreviation, initial or decimal explains. In a
sentence, a clause ends where a mark, a co-ordinator, a relative pronoun, a participle of saying or an adverb clause
begins something that has a verb of its own, or where a reporting phrase ("the envoy said that") ends. Conditions stay
with what depends on them, since together they are one act; so do relative clauses in the middle of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from detente.evidence.coding.inflection import inflections, past_forms
from detente.evidence.coding.words import tokens, word_list

ABBREVIATIONS = word_list("abbreviations")
_STOP = re.compile(r"(?:[.!?…]+|\.{3})[\"”’')\]»]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-•*]|\d{1,2}[.)])\s)")
_BEGINS = re.compile(r"[\s\"“‘'(\[«—–-]*[^\W\d_a-zß-öø-ÿ]|[\s\"“‘'(\[«]*\d|[\s]*\(?[a-z0-9]{1,3}\)\s")
_TURN = re.compile(
    r"\s*(?:(?:[QA]|Question|Answer|[A-Z][A-Z .'’-]{2,40}):|\(?[a-z0-9]{1,3}\)|\d{1,2}[.)]|[-•*–](?=\s))\s*"
)
_DATELINE = re.compile(r"\s*[A-Z][A-Z ,.'’/\-]{2,50}(?:\([^)]{1,30}\))?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?\s*[—–-]+\s+")

COORDINATORS = word_list("coordinators")
SUBORDINATORS = word_list("subordinators")
RELATIVES = word_list("relatives")
AUXILIARIES = word_list("auxiliaries")
SUBJECTS = word_list("subjects")
DETERMINERS = word_list("determiners")
PREPOSITIONS = word_list("prepositions")
LONGEST_SUBJECT = 9


@dataclass(frozen=True, slots=True)
class Clause:
    """Characters [start, end) of a text that hold one verb and what belongs to it.

    `lead_start`, `lead_end` are the place of the phrase that reports it ("the envoy told reporters that"), None where
    there is none; `has_subject` is whether it names its own subject rather than sharing that of the clause before.
    """

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    lead_start: int | None = None
    lead_end: int | None = None
    has_subject: bool = True
    is_dependent: bool = False
    has_verb: bool = True


@dataclass(frozen=True, slots=True)
class _Verbs:
    """Forms by what they tell: certain past forms, third persons, bases, participles."""

    past: frozenset[str]
    third: frozenset[str]
    base: frozenset[str]
    ing: frozenset[str]
    neutral: frozenset[str]
    reporting: frozenset[str]
    adverbs: frozenset[str]


@cache
def _verbs() -> _Verbs:
    data = yaml.safe_load((files("detente.evidence.coding") / "data" / "verbs.yaml").read_text(encoding="utf-8"))
    neutral, reporting = data["neutral"].split(), data["reporting"].split()
    every = {*neutral, *reporting, *data["general"].split()}
    forms = {word: inflections(word) for word in every}

    def all_forms(words: Sequence[str]) -> frozenset[str]:
        return frozenset(form for word in words for form in forms[word])

    past = frozenset(form for word in every for form in past_forms(word))
    ing = frozenset(form for found in forms.values() for form in found if form.endswith("ing"))
    third = frozenset(f for found in forms.values() for f in found if f.endswith("s") and f not in past) - every
    return _Verbs(
        past - {"found", "put", "set", "let", "cut", "cost", "left", "lead", "shed", "read", "hurt"},
        third,
        frozenset(every),
        ing - every,
        all_forms(neutral),
        all_forms(neutral + reporting),
        frozenset(data["adverbs"].split()),
    )


def sentences_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the sentences in characters [start, end), without white space around them."""
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and not _ends_sentence(text, begin, stop, end):
            continue
        if place := _stripped(text, begin, stop.end()):
            yield place
        begin = stop.end()
    if place := _stripped(text, begin, end):
        yield place


def _ends_sentence(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    mark = stop.group()
    if mark.startswith("\n"):
        return True
    if not _BEGINS.match(text, stop.end(), end):
        return False
    if mark != ".":
        return True
    word = text[max(begin, stop.start() - 12) : stop.start()].split()[-1:] or [""]
    last = word[0].lower().lstrip("(“\"'[")
    if last in ABBREVIATIONS and not (
        last in {"no", "art", "sec", "co", "p", "a.m", "p.m"} and not text[stop.end() + 1 : stop.end() + 2].isdigit()
    ):
        return False
    return (
        not (len(last) == 1 and last.isalpha() and last not in {"i", "a"}) and not re.fullmatch(r"\d{1,2}", last)
    ) or (bool(re.fullmatch(r"\d{1,2}", last)) and stop.start() - len(last) > begin + 8)


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    return (left, right) if left < right else None


def clauses_of(text: str, start: int, end: int) -> tuple[Clause, ...]:
    """Return the clauses of characters [start, end) in the order of the text.

    Examples
    --------
    >>> text = "Peru rejected the map and withdrew its envoy. The mediator said that talks would go on."
    >>> [text[one.start : one.end] for one in clauses_of(text, 0, len(text))]
    ['Peru rejected the map', 'withdrew its envoy', 'talks would go on']
    """
    found: list[Clause] = []
    for sentence_start, sentence_end in sentences_of(text, start, end):
        found.extend(_Sentence(text, sentence_start, sentence_end).clauses())
    return tuple(found)


def begins_with_verb(text: str, start: int, end: int) -> bool:
    """Return whether characters [start, end) begin with a verb, so that its subject stands elsewhere."""
    piece = _Sentence(text, start, min(end, start + _OPENING))
    return piece.begins_verb(0, len(piece.tokens))


def begins_with_past(text: str, start: int, end: int) -> bool:
    """Return whether the first word of characters [start, end) that is no adverb is a past form."""
    for token in tokens(text, start, min(end, start + _OPENING)):
        if token.lower in _verbs().adverbs or token.lower.endswith("ly"):
            continue
        return is_past(token.lower) or token.lower.endswith("ed")
    return False


def verb_forms() -> frozenset[str]:
    """Return the forms of the verbs that the splitter knows, but for bases of other parts of speech."""
    verbs = _verbs()
    return verbs.past | verbs.third | verbs.base | verbs.ing | verbs.neutral | verbs.reporting


def is_past(word: str) -> bool:
    """Return whether a word is a past form of a verb and nothing else: "rejected", "wrote"."""
    return word in _verbs().past


LONGEST_SENTENCE = 4000
MOST_REPORTS = 4
"""So many reports of reports are followed."""
_OPENING = 80
"""Characters of a clause in which its first verb is looked for."""


class _Sentence:
    """One sentence as words, with the questions that the splitter asks of them."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        begin = start
        for mark in (_DATELINE, _TURN):
            if found := mark.match(text, begin, end):
                begin = found.end()
        self.tokens = tokens(text, begin, min(end, begin + LONGEST_SENTENCE))
        self.verbs = _verbs()
        self.finite = [self._is_finite(place) for place in range(len(self.tokens))]
        self.before = [0]
        for one in self.finite:
            self.before.append(self.before[-1] + one)

    # --- what a word is -------------------------------------------------------------------------------------------

    def _is_finite(self, at: int) -> bool:
        token = self.tokens[at]
        word = token.lower
        if word in AUXILIARIES:
            return (
                not (
                    word in {"have", "do"}
                    and self._previous(at) in {"to", "will", "would", "must", "may", "should", "can", "could", "might"}
                )
                and not (word == "will" and self._previous(at) in DETERMINERS | {"of", "good", "political"})
                and not (word == "might" and self._previous(at) in {"of", "military"})
                and not (word == "may" and token.text == "May" and at)
            )
        if not token.is_word or (
            token.text[0].isupper() and at and self.tokens[at - 1].is_word and word not in self.verbs.past
        ):
            return False
        before = self._previous(at)
        if word in self.verbs.past or (
            word.endswith("ed") and len(word) > 4 and word not in {"indeed", "united", "armed", "need"}
        ):
            return before not in DETERMINERS and before not in {
                "to",
                "of",
                "be",
                "been",
                "being",
                "in",
                "for",
                "by",
                "with",
                "so-called",
            }
        follower = self.tokens[at + 1].lower if at + 1 < len(self.tokens) else ""
        if word in {"put", "set", "let", "cut", "cost", "left", "found", "read", "hurt", "led"}:
            return before not in DETERMINERS | PREPOSITIONS and before not in AUXILIARIES
        if word in self.verbs.third:
            if (
                before in DETERMINERS
                or before in PREPOSITIONS
                or (
                    before.endswith(("ing", "ed", "ly", "al", "ic", "ous", "ive", "an", "ish"))
                    and not self.tokens[at - 1].text[0].isupper()
                )
            ):
                return False
            return (
                before in SUBJECTS
                or before in RELATIVES
                or before in self.verbs.adverbs
                or before == "that"
                or (
                    bool(before)
                    and before not in COORDINATORS
                    and (
                        follower in DETERMINERS
                        or follower in PREPOSITIONS
                        or follower
                        in {"that", "it", "them", "him", "us", "not", "only", "how", "what", "itself", "himself"}
                        or follower.endswith(("ing", "ed", "ly"))
                        or (at + 1 < len(self.tokens) and self.tokens[at + 1].text[0].isupper())
                        or self.tokens[at - 1].text[0].isupper()
                    )
                )
            )
        if word in self.verbs.base and before in {
            "we",
            "they",
            "i",
            "you",
            "who",
            "both",
            "sides",
            "officials",
            "diplomats",
            "parties",
            "ministers",
            "governments",
            "people",
            "sources",
            "analysts",
            "countries",
            "states",
            "talks",
            "forces",
            "critics",
            "experts",
        }:
            return True
        return (
            word in self.verbs.base
            and before.endswith("s")
            and not before.endswith(("ss", "'s", "us", "is"))
            and (follower in DETERMINERS or follower in {"that", "to", "not", "it", "them", "him", "in", "for"})
            and (at > 1 or bool(before))
        )

    def _previous(self, at: int) -> str:
        place = at - 1
        while place >= 0 and self.tokens[place].lower in _SKIPPED:
            place -= 1
        return self.tokens[place].lower if place >= 0 else ""

    def has_finite(self, first: int, last: int) -> bool:
        return self.before[last] > self.before[first]

    def begins_verb(self, at: int, last: int) -> bool:
        """Whether a verb phrase without subject begins here, adverbs allowed."""
        place = at
        while place < last and (
            self.tokens[place].lower in self.verbs.adverbs or self.tokens[place].lower.endswith("ly")
        ):
            place += 1
        if place >= last:
            return False
        word = self.tokens[place].lower
        return (
            (word in AUXILIARIES and word not in SUBJECTS)
            or (
                word in self.verbs.past
                or (word.endswith("ed") and len(word) > 4)
                or word in {"put", "set", "let", "cut", "left", "led", "found"}
            )
            or (
                word in self.verbs.third
                and place + 1 < last
                and self.tokens[place + 1].lower not in {"of", "and", "or", ",", "."}
                and not self._is_noun_list(place)
            )
        )

    def _is_noun_list(self, at: int) -> bool:
        """Whether "X and talks" joins two nouns: nothing that could be the verb's object or adverb follows."""
        follower = self.tokens[at + 1]
        return not (
            follower.lower in DETERMINERS | PREPOSITIONS
            or follower.text[0].isupper()
            or follower.lower
            in {
                "that",
                "it",
                "them",
                "him",
                "her",
                "us",
                "not",
                "only",
                "itself",
                "himself",
                "new",
                "how",
                "what",
                "nothing",
            }
            or follower.lower.endswith(("ing", "ly"))
        )

    def begins_clause(self, at: int, last: int) -> bool:
        """Whether a subject and soon after it a finite verb begin here."""
        first = at
        while first < last and (self.tokens[first].lower in self.verbs.adverbs or self.tokens[first].lower in _SKIPPED):
            first += 1
        if first >= last or not self.tokens[first].is_word or self.tokens[first].lower in RELATIVES:
            return False
        words = 0
        for place in range(first, min(last, first + 3 * LONGEST_SUBJECT)):
            token = self.tokens[place]
            if token.text in {",", ";", ":"} and words:
                return False
            if self.finite[place]:
                return place > first or token.lower in SUBJECTS
            if token.lower in COORDINATORS and self.tokens[first].lower in SUBJECTS:
                return False
            if token.lower in RELATIVES or token.lower == "that":
                return False
            words += token.is_word
            if words > LONGEST_SUBJECT:
                return False
        return False

    # --- where clauses end ----------------------------------------------------------------------------------------

    def clauses(self) -> Iterator[Clause]:
        if not self.tokens:
            return
        for first, last, dependent in self._pieces():
            yield from self._with_lead(first, last, dependent)

    def _pieces(self) -> list[tuple[int, int, bool]]:
        """Return [first, last) of tokens and whether the piece depends on another, in order."""
        size = len(self.tokens)
        cuts: list[tuple[int, bool]] = [(0, self.tokens[0].lower in SUBORDINATORS)]
        for at in range(1, size):
            begin = cuts[-1][0]
            if not self.has_finite(begin, at):
                continue
            kind = self._cut(begin, at, size)
            if kind is not None:
                cuts.append((at, kind))
        pieces: list[tuple[int, int, bool]] = []
        for (first, dependent), following in zip(cuts, [*(cut for cut, _ in cuts[1:]), size], strict=True):
            if pieces and not self.has_finite(first, following) and not dependent:
                pieces[-1] = (pieces[-1][0], following, pieces[-1][2])
            else:
                pieces.append((first, following, dependent))
        return pieces

    def _cut(self, begin: int, at: int, size: int) -> bool | None:
        """Return None where no clause begins here, else whether the one that begins depends on the one before."""
        token, before = self.tokens[at], self.tokens[at - 1]
        word = token.lower
        if before.text in {";", "—", "–"} or (before.text == ":" and at > begin + 1):
            return False if self._finite_ahead(at, size) else None
        if word in COORDINATORS:
            after = at + 1
            if after < size and self.tokens[after].text == ",":
                after += 1
            if after < size and self.tokens[after].lower == "that" and self._finite_ahead(after, size):
                after += 1
            if self.begins_clause(after, size) or self.begins_verb(after, size):
                return False
            return None
        if before.text == "," or before.text in {")", "”", '"'}:
            if word in RELATIVES and not self._resumes(at, size):
                return True
            if word in SUBORDINATORS and self.begins_clause(at + 1, size):
                return True
            if word in self.verbs.ing and word not in {
                "including",
                "regarding",
                "concerning",
                "according",
                "following",
                "pending",
            }:
                return True
            if self.tokens[begin].lower in SUBORDINATORS:
                return False if self.begins_clause(at, size) else None
            if (
                before.text == ","
                and self.begins_clause(at, size)
                and not self._tail(at, size)
                and not self._condition(begin, at)
            ):
                return False
            return None
        if word in {"while", "whereas", "although", "though", "because", "since"} and self.begins_clause(at + 1, size):
            return True
        return None

    def _condition(self, begin: int, at: int) -> bool:
        """Whether what ends here is a condition or an adverb clause on which the next clause depends."""
        first = self.tokens[begin].lower
        if first in COORDINATORS and begin + 1 < at:
            first = self.tokens[begin + 1].lower
        return first in _CONDITIONS

    def _finite_ahead(self, at: int, size: int) -> bool:
        end = next((place for place in range(at, size) if self.tokens[place].text in {";", "—", "–"}), size)
        return self.has_finite(at, end)

    def _resumes(self, at: int, size: int) -> bool:
        """Whether the clause that this relative pronoun interrupts goes on after it."""
        for place in range(at + 1, size - 1):
            if (
                self.tokens[place].text == ","
                and self.begins_verb(place + 1, size)
                and self.tokens[place + 1].lower not in COORDINATORS
            ):
                return True
            if self.tokens[place].text in {";", ":"}:
                return False
        return False

    def _tail(self, at: int, size: int) -> bool:
        """Whether only an attribution follows, such as `, the envoy said on Monday`."""
        if size - at > 14:
            return False
        spoken = [place for place in range(at, size) if self.tokens[place].lower in self.verbs.neutral]
        return (
            bool(spoken)
            and not any(self.finite[place] for place in range(spoken[-1] + 1, size))
            and spoken[0] - at <= 8
        )

    def _with_lead(self, first: int, last: int, dependent: bool) -> Iterator[Clause]:
        """Yield a piece without its connectives, its reporting phrase and the attribution that trails it."""
        while first < last and (self.tokens[first].lower in _CONNECTIVES or not self.tokens[first].is_word):
            first += 1
        last = self._without_tail(first, last)
        boundary = self._reported_from(first, last) if first < last else None
        for _ in range(MOST_REPORTS):  # "according to the paper, a minister said that ..."
            deeper = None if boundary is None else self._deeper(boundary, last)
            if deeper is None:
                break
            boundary = deeper
        lead = None
        if boundary is not None:
            lead = (self.tokens[first].start, self.tokens[boundary - 1].end)
            begin = boundary
            while begin < last and (self.tokens[begin].lower in {"that", ",", ":"} or not self.tokens[begin].is_word):
                begin += 1
        else:
            begin = first
        while begin < last and not self.tokens[begin].is_word:
            begin += 1
        end = last
        while end > begin and not self.tokens[end - 1].is_word and self.tokens[end - 1].text not in {")", "]", "%"}:
            end -= 1
        if begin >= end:
            return
        yield Clause(
            self.tokens[begin].start,
            self.tokens[end - 1].end,
            self.start,
            self.end,
            None if lead is None else lead[0],
            None if lead is None else lead[1],
            not self.begins_verb(begin, end),
            dependent,
            self.has_finite(begin, end),
        )

    def _deeper(self, at: int, last: int) -> int | None:
        """Return the token at which what a report reports begins, where it is itself a report."""
        while at < last - 1 and (self.tokens[at].lower in {"that", ",", ":"} or not self.tokens[at].is_word):
            at += 1
        found = self._reported_from(at, last)
        if found is not None and self.tokens[at].lower in _CITES:
            return found
        if found is None or self.before[found] - self.before[at] != 1:
            return None  # another verb stands before the verb of saying
        return None if any(token.text == "," for token in self.tokens[at:found]) else found

    def _reported_from(self, first: int, last: int) -> int | None:
        """Return the token at which what is reported begins, None if nothing is reported."""
        if self.tokens[first].lower == "according" and first + 1 < last and self.tokens[first + 1].lower == "to":
            comma = next((p for p in range(first, min(last, first + 16)) if self.tokens[p].text == ","), None)
            return None if comma is None else comma + 1
        if self.tokens[first].lower in _CITES:  # "citing two diplomats, that it would accept"
            comma = next((p for p in range(first, min(last - 1, first + 16)) if self.tokens[p].text == ","), None)
            return None if comma is None or not self.has_finite(comma + 1, last) else comma + 1
        for place in range(first, min(last, first + 25)):
            if self.tokens[place].lower not in self.verbs.neutral:
                continue
            before = self._previous(place)
            is_participle = self.tokens[place].lower.endswith("ing")
            follows_verb = place > first and (before in AUXILIARIES or before in {"to", "be", "been"})
            if not (self.finite[place] or is_participle or follows_verb):
                continue
            if before in DETERMINERS and place:
                continue
            for after in range(place + 1, min(last, place + 14)):
                word = self.tokens[after].lower
                if (
                    word == "that"
                    and (self.has_finite(after, last))
                    and self.tokens[after - 1].lower not in {"of", "in", "for", "to", "with", "on"}
                ):
                    return after + 1
                if word in {";"} or word in RELATIVES or word in {"if", "whether", "how", "why", "what", "to"}:
                    break
                if self.tokens[after].text in {'"', "“", "‘", ":"} and self.has_finite(after, last):
                    return after
                if self.finite[after]:
                    # no "that": the subject of the reported verb begins right after the verb of saying and its hearer
                    begins = self._hearer_end(place + 1, after)
                    return begins if begins < after or self.tokens[after].lower in SUBJECTS else None
            break
        return None

    def _hearer_end(self, at: int, before: int) -> int:
        """Return where the reported subject begins after "told reporters on Monday"."""
        place = at
        if self.tokens[at - 1].lower in _TOLD and place < before:
            while place < before - 1 and self.tokens[place].lower in DETERMINERS:
                place += 1
            place += 1
        while place < before and (
            self.tokens[place].lower in {"on", "in", "at", "late", "last", "to", "through"}
            or self.tokens[place].text in _DAYS
        ):
            place += 2 if self.tokens[place].lower in {"on", "in", "at", "last", "to", "through"} else 1
        return place if place < before else at

    def _without_tail(self, first: int, last: int) -> int:
        """Return where a trailing attribution (", she said", "" an aide added) begins, or `last`."""
        for place in range(last - 1, max(first, last - 16), -1):
            if (
                self.tokens[place].text in {",", "”", '"', "?", "!"}
                and place + 1 < last
                and self._tail(place + 1, last)
                and self.has_finite(first, place)
            ):
                if any(self.tokens[p].lower == "that" for p in range(place + 1, last)):
                    return last
                return place
        return last


_SKIPPED = word_list("skipped") | {'"', "(", "[", "‘", "“", "”"}
_CONDITIONS = word_list("conditions")
_CONNECTIVES = word_list("connectives") | {",", "-", ".", ":", ";", "–", "—"}
_CITES = frozenset({"citing", "quoting"})
_TOLD = word_list("told")
_DAYS = word_list("days")
