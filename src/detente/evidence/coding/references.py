"""What a text refers to: names, and the words that stand for a name said before ("the rebels", "she", "its army").

A text is read once from left to right. A pronoun or a role stands for the last actor that fits it: "he" for the last
person, "it" for the last state, organisation or movement, "the government" for the last state, "the rebels" for the
last movement, "they" for the last actors named together. A person with an office of an actor ("Iran's foreign
minister, Ali Example") is remembered by the surname. Every reference says by what it was resolved.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from detente.evidence.coding.clauses import is_past
from detente.evidence.coding.lexicon import Lexicon, NameKind
from detente.evidence.coding.mentions import Mention, mentions
from detente.evidence.coding.names import role_nouns, state_ids, word_lists
from detente.evidence.coding.speech import speech_verbs
from detente.evidence.coding.syntax import is_oblique


class By(StrEnum):
    """By what a reference was resolved."""

    NAME = "name"
    ROLE = "role"  # the government, the rebels
    PRONOUN = "pronoun"
    UNNAMED = "unnamed speaker"
    PRIVATE = "private person"  # a villager, an analyst, a newspaper: nobody who speaks for an actor


@dataclass(frozen=True, slots=True)
class Reference:
    """Characters [start, end) refer to actors.

    `is_head` tells an actor ("Iran", "Iranian officials") from a word about something else of theirs ("the Iranian
    offer", "Iran's offer"); `of` is the noun that a possessor or adjective belongs to.
    """

    start: int
    end: int
    actors: tuple[str, ...]
    by: By
    is_head: bool = True
    is_person: bool = False
    is_plural: bool = False
    of: str = ""
    kind: NameKind | None = None


_CAP = r"(?:[A-ZÀ-ÖØ-ÞŠŽĆČĐŁŚŹİŞ][\w'’-]+|[A-Z]\.)"
_FULL_NAME = re.compile(
    rf"{_CAP}(?: (?:al-|el-|ul-|bin |von |van |de |del |der |di |da |dos |ben |ibn |abu |la )?{_CAP}){{1,3}}"
)
_PRONOUN = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Hh]im|[Hh]is|[Hh]er|[Hh]imself|[Hh]erself|[Ii]t|[Ii]ts|[Ii]tself|"
    r"[Tt]hey|[Tt]hem|[Tt]heir|[Tt]hemselves|[Bb]oth|[Nn]either|[Ee]ither|[Tt]he latter|"
    r"[Tt]he former|[Tt]he other)\b"
)
_EXPLETIVE = re.compile(
    r"[Ii]t (?:is|was|has|had|will|would|may|might|should|must|could|can|seems?|appears?|"
    r"remains?|became|becomes)(?: \w+)? ?(?:not |also |only |now |therefore |further |been |"
    r"be |hardly |no )*"
    r"(?:that|to|noted|decided|agreed|understood|expected|hoped|recalled|feared|thought|"
    r"believed|said|reported|clear|unclear|likely|unlikely|time|possible|impossible|hard|"
    r"difficult|true|plain|obvious|important|necessary|essential|too|a|an|the|remembered|"
    r"forgotten|unfortunate|certain|imperative|vital)\b"
)
_ARMED = re.compile(r"\b(?:separatist|rebel)\b")
_SURNAME = re.compile(r"\b[A-ZÀ-ÖØ-ÞŠŽĆČĐŁŚŹİŞ][\w-]{2,}")
_NAME_APPOSITION = re.compile(r",(?: [\w’'-]+){1,14},")
_NAME_OF = re.compile(
    r" (?:of|at|from|with)(?: [\w’'&-]+){1,7}?(?= (?:\w+ly )?(?:has |had |also )?(?:said|says|told|wrote|\w{3,}ed) )"
)
_AFTER_NAME = re.compile(rf"{_CAP}(?: [\w’'-]+)?(?: {_CAP})?, (?:who is |then )?$")
_SMALL = frozenset(("of", "and", "to", "in", "on", "that", "with", "for", "from", "by", "was", "is", "the", "as", "or"))
_SAID_TO_BE = re.compile(r"\b(?:is|was|are|were|be|been|as|like|not)\s$")
_FORMER = re.compile(r"(?:\w+ )?(?:former|retired|ex-)", re.IGNORECASE)
_NOBODYS = frozenset([By.UNNAMED, By.PRIVATE])
"""References that no pronoun for a state, and no "government" or "army", stands for."""
_ONLY_ADVERBS = re.compile(r"(?: has| had| also| later| then| \w+ly)* ")
_NEAR = 4
_MEMORY = 24  # so many references back a pronoun can reach
_NOUN_AFTER = re.compile(
    r" (?!(?:said|told|took|made|put|sent|gave|met|held|began|saw|went|came|left|let|set|cut|"
    r"won|lost|kept|felt|found|sought|fought|brought|thought|got|ran|spoke|wrote|knew|led|saw|"
    r"stood|"
    r"is|are|was|were|has|have|had|will|would|shall|should|must|may|might|can|could|did|does|"
    r"do|cannot|and|or|but|nor|to|of|in|on|at|by|for|from|with|over|under|into|about|against|"
    r"after|before|"
    r"while|when|if|as|that|because|until|unless|whether|since|although|though|than|who|which|"
    r"whose|not|also|still|never|now|then|already|both|all|too|either|yet|again|only|even|"
    r"alone|itself|"
    r"the|a|an|this|these|no|its|their|his|her)\b)[a-z][\w-]*(?<!ed)(?<!s)(?<!ly)\b"
)
_MALE_FEMALE = frozenset(["he", "she", "him", "his", "her", "himself", "herself"])
_THINGS = frozenset(["it", "its", "itself"])
_POSSESSIVES = frozenset(["his", "her", "its", "their"])
_POSSESSIVE_END = re.compile(r"['’]s?\b(?=\s)|['’](?=\s)")
_NOUNS_AFTER = re.compile(r"((?:\s|-)(?:[\w’'-]+))((?:\s[\w’'-]+)?)((?:\s[\w’'-]+)?)")
_OF = re.compile(r"\s+(?:of|from|for|in)\s+(?:the\s+)?$")
_JOINED = re.compile(
    r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s+or\s+|\s*/\s*|\s+as well as\s+)(?:the\s+|by\s+|with\s+|to\s+|from\s+)?$"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s")


def references(text: str, lexicon: Lexicon, on: datetime.date | None) -> tuple[Reference, ...]:
    """Return what a text refers to, in its order; first persons are left to the voice.

    Examples
    --------
        >>> from detente.evidence.coding.names import general_lexicon
    >>> text = "Egypt's foreign minister rejected the Ethiopian plan. He said it would fight."
        >>> day = datetime.date(2021, 5, 1)
        >>> [(text[one.start : one.end], one.actors, one.is_head) for one in references(text, general_lexicon(), day)]
        [('Egypt', ('EGY',), True), ('Ethiopian', ('ETH',), False), ('He', ('EGY',), True), ('it', ('EGY',), True)]
    """
    named = [one for one in mentions(text, lexicon, on) if one.kind is not NameKind.DOCUMENT]
    return tuple(_Reader(text, named, [one.start for one in named]).read())


def _hyphened(name: str) -> str:
    return "-".join(name.lower().replace(".", "").split())


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    nouns = role_nouns()

    def either(*keys: str) -> str:
        return "|".join(sorted((re.escape(noun) for key in keys for noun in nouns[key]), key=len, reverse=True))

    owner = r"(?:[Tt]he|[Tt]his|[Tt]hat|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Bb]oth|[Ee]ach|[Tt]hese|[Tt]hose)"
    adjectives = (
        r"(?:(?:own|separatist|rebel|opposing|central|former|new|old|chief|senior|top|de facto|federal|armed|national|"
        r"current|then|local|whole|acting|deputy|latter|ruling|same|other|outgoing) )*"
    )
    several = (
        r"(?:[Aa]n?|[Oo]ne|[Ss]ome|[Ss]everal|[Mm]any|[Mm]ost|[Ff]ew|[Tt]wo|[Tt]hree|[Ss]enior|[Ii]ndependent|[Aa]nother|"
        r"[Oo]ther|[Rr]etired|Former)"
    )
    return {
        "role": re.compile(rf"\b(?P<owner>{owner}) {adjectives}(?P<noun>{either('state', 'person', 'armed')})\b(?!-)"),
        "office": re.compile(rf"\b(?P<noun>{either('person').replace('-', '[ -]')})\b(?= {_CAP})", re.IGNORECASE),
        "unnamed": re.compile(
            rf"\b(?P<how>{several}) (?P<which>(?:[\w’'-]+ ){{0,3}}?)(?P<noun>{either('unnamed')})\b(?!-)"
        ),
        "plain": re.compile(
            r"(?<![\w-])(?P<which>(?:Gulf |Western |western |Regional |regional |Arab |"
            r"arab )?)(?P<noun>[Aa]nalysts|[Oo]bservers|[Dd]iplomats|[Cc]ritics|[Ee]xperts|"
            r"[Ss]ceptics|[Oo]fficials)\b"
        ),
        "private": re.compile(
            rf"\b(?P<how>[Tt]he|{several}) (?P<which>(?:(?!(?:that|who|with|from|said)\b)[\w’'-]+ ){{0,3}}?)"
            rf"(?P<noun>{either('private')})\b(?![-’'])"
        ),
        "press": re.compile(rf"\b(?:the |The )?(?P<noun>{either('press')})\b(?!-)"),
        "actor": re.compile(rf"(?:{either('state', 'person', 'armed')})", re.IGNORECASE),
    }


@cache
def _private_near() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of what makes a named person a private one, before and after the name."""
    nouns = "|".join(sorted((re.escape(noun) for noun in role_nouns()["private"]), key=len, reverse=True))
    before = re.compile(rf"\b(?:{nouns}|former [\w -]+) $", re.IGNORECASE)
    return before, re.compile(rf", (?:an? |the )?(?:[\w’'-]+ ){{0,4}}?(?:{nouns})\b")


@dataclass(slots=True)
class _Reader:
    """Reads one text, remembering who was spoken of."""

    text: str
    named: Sequence[Mention]
    starts: Sequence[int]
    done: list[Reference] = field(default_factory=list)
    surnames: dict[str, tuple[str, ...]] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)

    def read(self) -> list[Reference]:
        """Return the references in their order."""
        for start, _, kind, found in sorted(
            self._candidates(),
            key=lambda one: (one[0], one[1], -one[3].end if isinstance(one[3], Mention) else -one[3].end()),
        ):
            if self.done and start < self.done[-1].end:
                continue
            made = self._mention(found) if isinstance(found, Mention) else self._inferred(kind, found)
            if made is not None and made.actors:
                self.done.append(made)
        return self.done

    def _candidates(self) -> Iterator[tuple[int, int, str, Mention | re.Match[str]]]:
        yield from ((one.start, 1, "name", one) for one in self.named)
        patterns = _patterns()
        yield from ((one.start(), 0, "unnamed", one) for one in patterns["unnamed"].finditer(self.text))
        yield from ((one.start(), 3, "unnamed", one) for one in patterns["plain"].finditer(self.text))
        yield from ((one.start(), -1, "press", one) for one in patterns["press"].finditer(self.text))
        yield from ((one.start(), -1, "private", one) for one in patterns["private"].finditer(self.text))
        yield from ((one.start(), 2, "role", one) for one in patterns["role"].finditer(self.text))
        yield from ((one.start(), 4, "pronoun", one) for one in _PRONOUN.finditer(self.text))
        yield from ((one.start(), 3, "person", one) for one in _FULL_NAME.finditer(self.text))
        yield from ((one.start(), 5, "surname", one) for one in _SURNAME.finditer(self.text))

    def _mention(self, one: Mention) -> Reference:
        """Return a named actor, with the noun that it belongs to and the person named after it."""
        possessive = _POSSESSIVE_END.match(self.text, one.end)
        person = one.kind is NameKind.PERSON
        plural = (
            (one.kind is NameKind.DEMONYM and one.name.endswith("s"))
            or one.actor == "PARTIES"
            or one.kind is NameKind.GROUP
        )
        noun, noun_end, is_person = "", one.end, person
        if possessive is not None or one.kind is not NameKind.PERSON:
            noun, noun_end, is_person = self._noun(
                possessive.end() if possessive else one.end, bound=bool(possessive) or one.kind is NameKind.DEMONYM
            )
            is_person = is_person or person
        is_head = (
            possessive is None and (one.kind is not NameKind.DEMONYM or one.name.endswith(("s", "men")) or not noun)
        ) or self._is_actor(noun)
        if self._names_in(one.end + 1, (possessive.end() if possessive else one.end) + 2):
            is_head = possessive is None and one.kind is not NameKind.DEMONYM  # "Colombia's FARC"
        if (
            one.name.isupper()
            and possessive is None
            and not self._is_actor(noun)
            and _NOUN_AFTER.match(self.text, one.end)
        ):
            is_head = False  # "US effort"
        actors: tuple[str, ...] = (one.actor,)
        if noun and self._is_actor(noun):
            self._learn(noun_end, actors)
        self._learn_before(one, actors)
        return Reference(one.start, one.end, actors, By.NAME, is_head, is_person, plural, noun, one.kind)

    def _noun(self, at: int, *, bound: bool) -> tuple[str, int, bool]:
        """Return the noun after a name: a role if one stands within three words, else the next word if it is bound."""
        words = _NOUNS_AFTER.match(self.text, at)
        if words is None:
            return "", at, False
        nouns = role_nouns()
        for size in (3, 2, 1):
            for first in range(0, 4 - size):
                said = "".join(words.group(first + 1 + k) or "" for k in range(size)).strip(" -").lower()
                if not bound and first:
                    continue
                if said in nouns["person"] or said in nouns["state"] or said in nouns["armed"]:
                    return said, words.end(first + size), said in nouns["person"]
        nxt = words[1].strip()
        return (nxt.lower(), words.end(1), False) if bound and nxt[:1].islower() else ("", at, False)

    @staticmethod
    def _is_actor(noun: str) -> bool:
        nouns = role_nouns()
        return bool(noun) and (noun in nouns["state"] or noun in nouns["person"] or noun in nouns["armed"])

    def _learn(self, at: int, actors: tuple[str, ...]) -> None:
        """Remember the person whose name follows an office."""
        following = re.compile(r"(?:,)? ").match(self.text, at)
        name = _FULL_NAME.match(self.text, following.end()) if following else None
        if name is not None:
            self.surnames[name[0].rsplit(" ", 1)[-1]] = actors

    def _learn_before(self, one: Mention, actors: tuple[str, ...]) -> None:
        """Remember the person whose name stands before an apposition: "Jane Okoro, the Kenyan envoy,"."""
        before = re.search(
            rf"({_CAP}(?: [\w’'-]+){{0,2}}? {_CAP}), (?:who is |then |a |an |"
            rf"the )?(?:[\w-]+ ){{0,4}}?(?:of |for |to |from )?(?:the )?$",
            self.text[max(0, one.start - 100) : one.start],
        )
        if before is not None:
            self.surnames.setdefault(before[1].rsplit(" ", 1)[-1], actors)

    def _inferred(self, kind: str, found: re.Match[str]) -> Reference | None:
        if kind == "unnamed":
            return self._unnamed(found)
        if kind == "private":
            return self._private(found)
        if kind == "press":
            return Reference(found.start(), found.end(), (_hyphened(found["noun"]),), By.PRIVATE)
        if kind == "role":
            return self._role(found)
        if kind == "person":
            return self._person(found)
        if kind == "surname":
            actors = self.surnames.get(found[0])
            if actors is None or self._names_in(found.start(), found.end()):
                return None
            by = By.PRIVATE if found[0] in self.private else By.ROLE
            return Reference(found.start(), found.end(), actors, by, True, True, False, "person")
        return self._pronoun(found)

    def _unnamed(self, found: re.Match[str]) -> Reference | None:
        """Return a speaker without a name: of a state if its adjective says so, else by the words themselves."""
        which, noun = found["which"].strip(), found["noun"].lower()
        if "how" in found.groupdict() and noun in role_nouns()["private"]:
            return None  # read as a private person, or said of one that is named
        if self.done and found.start() - self.done[-1].end <= 1:
            return None  # "Cuban diplomats": the adjective says whose
        if re.search(r"\b(?:of|and|to|in|on|that|with|for|from|by|was|were|is|are|the|as|or|had|has)\b", which):
            return None
        states = [
            one for one in self._names_in(found.start(), found.end()) if one.actor not in ("WEST", "EUR", "PARTIES")
        ]
        plural = noun.endswith("s")
        if states and noun not in role_nouns()["private"] and not _FORMER.match(found[0]):
            return Reference(found.start(), found.end(), (states[0].actor,), By.UNNAMED, True, not plural, plural)
        words = [word.lower() for word in (*which.split(), noun)]
        return Reference(found.start(), found.end(), ("-".join(words),), By.UNNAMED, True, not plural, plural)

    def _private(self, found: re.Match[str]) -> Reference | None:
        """Return a person who speaks for nobody, by the words themselves, whatever state they stand near.

        None where a name follows ("the analyst Jane Doe"), or where the words stand in apposition to one: the name is
        the reference then.
        """
        if _FULL_NAME.match(self.text, found.end() + 1) or _AFTER_NAME.search(
            self.text, max(0, found.start() - 60), found.start()
        ):
            return None
        which, noun = found["which"].split(), found["noun"].lower()
        if any(
            word.lower() in _SMALL or is_past(word) or self._is_actor(word.lower()) for word in which
        ) or _SAID_TO_BE.search(self.text, max(0, found.start() - 12), found.start()):
            return None
        if found["how"].lower() == "the" and not which:  # "the villager": the one spoken of before
            known = (one for one in reversed(self.done) if one.by is By.PRIVATE)
            same = next((one for one in known if one.actors[0].endswith(noun)), None)
            if same is not None:
                return replace(same, start=found.start(), end=found.end())
        name = "-".join(word.lower() for word in (*which, noun.replace(" ", "-")))
        plural = noun.endswith("s")
        return Reference(found.start(), found.end(), (name,), By.PRIVATE, True, not plural, plural)

    def _role(self, found: re.Match[str]) -> Reference | None:
        owner, noun = found["owner"].lower(), found["noun"].lower()
        nouns = role_nouns()
        named = self._of_named(found.end())
        if named is not None and found["noun"].lower() in nouns["person"] and self._is_bare(named):
            actors = (named.actor,)  # "the minister of Peru" speaks and acts as a whole
            return Reference(found.start(), named.end, actors, By.ROLE, True, True, False, noun, named.kind)
        if named is not None:
            return None  # "the government of Iran": the name itself says who
        person = noun in nouns["person"]
        if owner in ("his", "her"):
            last = self._last(found.start(), person=True) or self._last(found.start())
        elif owner in ("its", "their", "both", "each"):
            last = self._last(found.start())
        elif (noun in nouns["armed"] and noun not in nouns["state"]) or _ARMED.search(found[0]):
            last = self._last(found.start(), armed=True)
        elif person:
            last = self._last(found.start(), person=True) or self._last(found.start(), state=True)
        else:
            last = self._last(found.start(), state=True, strict=True) or self._last(found.start(), state=True)
        if last is None:
            if not person or owner != "the":
                return None
            return Reference(found.start(), found.end(), ("-".join(noun.split()),), By.UNNAMED, True, True, False, noun)
        return Reference(found.start(), found.end(), last.actors, By.ROLE, True, person, noun.endswith("s"), noun)

    def _is_bare(self, named: Mention) -> bool:
        """Return whether a name is no possessor or adjective of something that follows."""
        if named.kind is NameKind.DEMONYM or self.text[named.end : named.end + 1] in {"'", "’", "-"}:
            return False
        return re.search(r"\bof (?:the )?$", self.text[max(0, named.start - 8) : named.start]) is not None

    def _of_named(self, at: int) -> Mention | None:
        return next((one for one in self._names_in(at + 1, at + 13) if _OF.fullmatch(self.text, at, one.start)), None)

    def _person(self, found: re.Match[str]) -> Reference | None:
        """Return a person not in the lexicon: of the actor whose office was said with the name."""
        if self._names_in(found.start(), found.end()):
            return None
        surname = found[0].rsplit(" ", 1)[-1]
        actors = self.surnames.get(surname)
        if actors is None:
            office = _patterns()["actor"].match(found[0])
            title = found[0].split(" ")[0] in word_lists()["titles"]
            before = re.search(r"([\w-]+(?: [\w-]+)?) $", self.text[max(0, found.start() - 40) : found.start()])
            private = _private_near()[0].search(self.text, max(0, found.start() - 40), found.start())
            private = private or _private_near()[1].match(self.text, found.end())
            has_office = private is None and (
                office is not None or title or (before is not None and self._is_actor(before[1].lower().split(" ")[-1]))
            )
            last = self._last(found.start(), state=True) if has_office else None
            if last is None and not self._speaks(found):
                return None
            if last is None:
                self.private.add(surname)
            actors = last.actors if last is not None else (_hyphened(found[0]),)
            self.surnames[surname] = actors
        by = By.PRIVATE if surname in self.private else By.ROLE
        return Reference(found.start(), found.end(), actors, by, True, True, False, "person")

    def _speaks(self, found: re.Match[str]) -> bool:
        """Return whether a verb of saying stands right after a name, or after its apposition, or right before it."""
        after = _NAME_APPOSITION.match(self.text, found.end())
        whose = _NAME_OF.match(self.text, found.end()) if after is None else None
        at = after.end() if after is not None else whose.end() if whose is not None else found.end()
        verb = speech_verbs().search(self.text, at, min(len(self.text), at + 24))
        if verb is not None and _ONLY_ADVERBS.fullmatch(self.text, at, verb.start()):
            return True
        before = re.search(r"(\w+) $", self.text[max(0, found.start() - 20) : found.start()])
        return before is not None and speech_verbs().fullmatch(before[1]) is not None

    def _pronoun(self, found: re.Match[str]) -> Reference | None:
        word = found[0].lower()
        if word == "it" and _EXPLETIVE.match(self.text, found.start()):
            return None
        if word in ("both", "neither", "either"):
            return self._pair(found)
        if word.startswith("the "):
            return self._other(found, word)
        if word in _MALE_FEMALE:
            last = self._last(found.start(), person=True)
        elif word in _THINGS:
            last = self._last(found.start(), thing=True)
        else:
            last = self._last(found.start(), plural=True)
        if last is None:
            return None
        noun, _, _ = self._noun(found.end(), bound=True) if word in _POSSESSIVES else ("", 0, False)
        head = (word not in _POSSESSIVES and not (word == "her" and bool(noun))) or self._is_actor(noun)
        person = word in _MALE_FEMALE
        return Reference(
            found.start(),
            found.end(),
            last.actors,
            By.PRONOUN,
            head,
            person,
            word in ("they", "them", "their"),
            noun,
            last.kind,
        )

    def _pair(self, found: re.Match[str]) -> Reference | None:
        """Return the last two actors for "both" and "neither"."""
        if re.match(r" (?:[A-Z]|the\b)", self.text[found.end() : found.end() + 5]):
            return None
        group = self._last(found.start(), plural=True)
        if group is not None and len(group.actors) == 2:
            return Reference(found.start(), found.end(), group.actors, By.PRONOUN, True, False, True)
        seen = list(
            dict.fromkeys(
                actor
                for one in reversed(self.done[-_MEMORY:])
                for actor in one.actors
                if one.kind in (NameKind.STATE, NameKind.GROUP, NameKind.CAPITAL, NameKind.DEMONYM)
                and actor != "PARTIES"
            )
        )
        actors = (seen[1], seen[0]) if len(seen) >= 2 else ("PARTIES",)
        return Reference(found.start(), found.end(), actors, By.PRONOUN, True, False, True)

    def _other(self, found: re.Match[str], word: str) -> Reference | None:
        seen = list(dict.fromkeys(actor for one in reversed(self.done[-_MEMORY:]) for actor in one.actors))
        if len(seen) < 2 or (word == "the other" and not self.text.startswith((" side", " party"), found.end())):
            return None
        return Reference(found.start(), found.end(), (seen[0] if word == "the latter" else seen[1],), By.PRONOUN, True)

    def _last(
        self,
        before: int,
        *,
        person: bool = False,
        thing: bool = False,
        plural: bool = False,
        state: bool = False,
        armed: bool = False,
        strict: bool = False,
    ) -> Reference | None:
        """Return the last reference that fits: the last head of the sentence before and of this one, subjects first."""
        fitting = [
            one
            for one in reversed(self.done[-_MEMORY:])
            if self._fits(one, person=person, thing=thing, plural=plural, state=state, armed=armed)
        ]
        if strict:
            fitting = [one for one in fitting if one.actors[0] in state_ids()]
        if plural and not fitting:
            fitting = [one for one in reversed(self.done[-_MEMORY:]) if one.is_head and not one.is_person]
        if plural and fitting:
            return self._group(fitting[0])
        if thing:
            near = [one for one in fitting if one.is_head][:_NEAR]
            free = [one for one in near if not is_oblique(self.text, one.start)]
            if free:
                return free[0]
            if not near:  # "Egypt's minister said it would": the one he speaks for
                return next(
                    (one for one in reversed(self.done[-_MEMORY:]) if one.is_head and one.actors != ("PARTIES",)), None
                )
        heads = [one for one in fitting if one.is_head]
        if strict and heads:
            often = Counter(one.actors[0] for one in heads if one.by is By.NAME)
            return max(reversed(heads), key=lambda one: often[one.actors[0]])  # the first of those most often named
        return heads[0] if heads else (fitting[0] if fitting else None)

    def _place(self, one: Reference) -> int:
        return next(at for at in range(len(self.done) - 1, -1, -1) if self.done[at] is one)

    def _names_in(self, start: int, end: int) -> Sequence[Mention]:
        """Return the names that begin in characters [start, end)."""
        return self.named[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _is_joined(self, one: Reference) -> bool:
        """Return whether another actor is joined to this one: "the US, the EU and Nato"."""
        at = self._place(one)
        return at > 0 and _JOINED.fullmatch(self.text, self.done[at - 1].end, one.start) is not None

    def _fits(self, one: Reference, *, person: bool, thing: bool, plural: bool, state: bool, armed: bool) -> bool:
        if person:
            return one.is_person
        if thing:
            return (
                not one.is_person
                and not (one.is_plural and one.kind is NameKind.DEMONYM)
                and one.actors != ("PARTIES",)
                and one.by not in _NOBODYS
            )
        if plural:
            return (one.is_plural or len(one.actors) > 1 or self._is_joined(one)) and one.actors != ("ALL",)
        if armed:
            return one.kind is NameKind.GROUP and one.actors != ("PARTIES",)
        if state:
            return (
                one.by not in _NOBODYS
                and one.actors != ("PARTIES",)
                and one.kind not in (NameKind.ORGANISATION,)
                and one.actors[0] not in ("WEST", "ALL", "UN")
            )
        return True

    def _group(self, last: Reference) -> Reference:
        """Return the actors named together with one: "Iran, Iraq and Syria"."""
        actors = list(last.actors)
        at = self._place(last)
        while at > 0 and _JOINED.fullmatch(self.text, self.done[at - 1].end, self.done[at].start):
            at -= 1
            actors = [actor for actor in self.done[at].actors if actor not in actors] + actors
        return Reference(
            last.start, last.end, tuple(actors), last.by, last.is_head, last.is_person, True, last.of, last.kind
        )
