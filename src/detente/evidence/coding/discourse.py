"""A text as it is spoken: what it refers to, what is quoted, whose own document it is, who has the turn.

Everything here is found once for a text and asked for each clause: see `voices` and `roles`.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.evidence.coding.lexicon import Lexicon, NameKind
from detente.evidence.coding.mentions import mentions
from detente.evidence.coding.names import role_nouns, state_ids
from detente.evidence.coding.quotations import Quotation, quotations
from detente.evidence.coding.references import By, Reference, references
from detente.evidence.coding.remembered import once_per_object

_TURN = re.compile(
    r"(?:(?<=[.?!”\"’')\]\n])\s*|^\s*)(?P<who>Q|A|[A-Z][A-Z'’ .-]{2,40}|"
    r"(?:The )?[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,3}|QUESTION|ANSWER):\s",
    re.MULTILINE,
)
_ASKS = frozenset({"q", "question", "interviewer", "journalist", "reporter", "moderator", "correspondent"})
_ANSWERS = frozenset({"a", "answer"})
_SPEAKS_FOR = frozenset(
    {
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "minister",
        "president",
        "ambassador",
        "prime minister",
        "foreign minister",
        "mr",
        "official",
        "secretary-general",
        "the president",
        "the minister",
        "chief negotiator",
    }
)
_PRESS = re.compile(
    r"\b(?:correspondent|columnist|reporter|wire|agency|staff|newspaper|weekly|daily|evening|"
    r"review|magazine|paper|fellow|institute|programme|program|centre|center|think[- ]tank|"
    r"analyst|scholar|professor|former|radio|television|broadcaster|editor|aide|researcher|"
    r"university|journal|observer|blog)\b",
    re.IGNORECASE,
)
_OFFICIAL_LETTER = re.compile(
    r"\b(?:I have the honour|Upon instructions|my Government|highest consideration|I (?:write|"
    r"am writing) to (?:inform|draw)|My Government|Excellenc(?:y|ies)|"
    r"circulated as a document|I should be grateful)\b"
)
_AGREEMENT = re.compile(
    r"\b(?:Article [IVXL\d]+|shall|Parties|hereby|Protocol|Annex [A-Z\d]|undertakes?|Contracting|square brackets)\b"
)
_COMMUNIQUE = re.compile(
    r"\b(?:[Bb]oth sides|[Tt]he (?:two )?(?:sides|delegations|parties|Parties|Ministers|"
    r"ministers|Heads of State|leaders|Participants|participants)|Participants|"
    r"[Tt]hey) (?:also |further |jointly |both )?(?:agreed|reaffirmed|noted|welcomed|decided|"
    r"expressed|held|underlined|stressed|reviewed|exchanged|undertook|discussed|heard|"
    r"confirmed|recalled|called|had|resolved|pledged|emphasi[sz]ed)\b"
)
_GOVERNMENT = re.compile(
    r"\b[Tt]he (?:Government(?! of (?!the|[A-Z]))|Ministry|Federal Government|Federation|Republic|Kingdom)\b"
)
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|ours|ourselves)\b")
_SPEECH_OF = re.compile(
    r"\b(?:my fellow|this House|this Chamber|honourable members|this country|Mr Speaker|"
    r"Tonight I|my people|our people|our soldiers|our armed forces|our forces)\b"
)
_COLUMN = re.compile(
    r"\b(?:I think|I believe|in my view|I propose|my cousin|my opinion|I remember|"
    r"we should prefer|it seems to me|I wonder|I fear|reader|astonish me)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\b(?:[Jj]oint|parties[’']|both sides|ministers[’']|panels|[Cc]ommuniqu[eé]|draft)\b")
_OFFICE = re.compile(
    r"\b(?:minister|president|head of (?:government|state)|ministry|government|secretary|"
    r"embassy|spokes\w+)\b",
    re.IGNORECASE,
)
_WITH_WHOM = re.compile(r"\bwith (?:a|an|the) (.{3,60})$")
_SIDES = frozenset({NameKind.STATE, NameKind.GROUP, NameKind.CAPITAL, NameKind.DEMONYM, NameKind.OFFICE})
TERM = 2  # a quotation of so few words is a term, not speech
_ENOUGH = 3
_DENSE = 45  # a sign of an own text at least once in so many words: an author's passing "we" is no government's


@dataclass(frozen=True, slots=True)
class Turn:
    """Characters [start, end) are said by `voice`, as a label before them says; None for the one who is interviewed."""

    start: int
    end: int
    voice: str
    asks: bool


@dataclass(frozen=True)
class Discourse:
    """A text with its references, quotations and turns.

    Attributes
    ----------
    own : tuple of str
        The actors whose own text this is (a letter, a reply, a communiqué, a treaty); empty for a reporter's or a
        scholar's text. `own_reason` says how that is known.
    listed : frozenset of str
        The actors of the lexicon. Who speaks without being one of them is called by words in small letters, so that
        only these tell an unnamed analyst from a party whose id is in small letters.
    is_own : bool
        Whether the text is an actor's own, even where it does not say whose.
    """

    text: str
    references: tuple[Reference, ...]
    quotations: tuple[Quotation, ...]
    turns: tuple[Turn, ...]
    own: tuple[str, ...]
    is_own: bool
    own_reason: str | None
    listed: frozenset[str]

    @cached_property
    def starts(self) -> list[int]:
        """Where the references begin."""
        return [one.start for one in self.references]

    @cached_property
    def _quoted_from(self) -> list[int]:
        return [one.start for one in self.spoken]

    @cached_property
    def spoken(self) -> tuple[Quotation, ...]:
        """The outermost quotations that are speech: of more than a term's words, or with a stop before they close."""
        outer = (one for one in self.quotations if one.depth == 1 and one.end > one.start)
        return tuple(one for one in outer if one.words > TERM or self.text[one.end - 1] in ",.!?")

    def quotation_of(self, start: int, end: int) -> Quotation | None:
        """Return the quotation that holds most of characters [start, end)."""
        last = bisect_right(self._quoted_from, end)
        return next((one for one in self.spoken[max(0, last - 3) : last] if one.holds(start, end)), None)

    def quotation_before(self, at: int) -> Quotation | None:
        """Return the last quotation that begins before a place."""
        last = bisect_left(self._quoted_from, at)
        return self.spoken[last - 1] if last else None

    def turn_at(self, at: int) -> Turn | None:
        """Return whose turn it is at a place."""
        last = bisect_right(self._turns_from, at)
        return self.turns[last - 1] if last and at < self.turns[last - 1].end else None

    @cached_property
    def _turns_from(self) -> list[int]:
        return [one.start for one in self.turns]

    def within(self, start: int, end: int) -> tuple[Reference, ...]:
        """Return the references that begin in characters [start, end)."""
        return self.references[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    @cached_property
    def protagonists(self) -> tuple[str, ...]:
        """The two actors named most often, "the parties" and the United Nations left out if others are there."""
        counts: Counter[str] = Counter()
        for one in self.references:
            if one.by in (By.UNNAMED, By.PRIVATE):
                continue
            for actor in one.actors:
                weight = 1 if one.kind is NameKind.ORGANISATION else 2
                counts[actor] += weight * (2 if one.is_head else 1)
        for actor in self.own:
            counts[actor] += _ENOUGH * 4
        for actor in ("PARTIES", "ALL", "WEST", "UN"):
            if len(counts) > 2:
                counts.pop(actor, None)
        return tuple(actor for actor, _ in counts.most_common(2))

    def counterparts(self, actors: Sequence[str], at: int) -> tuple[str, ...]:
        """Return the other side of actors at a place: the other protagonist, else the last other actor named before."""
        others = [actor for actor in self.protagonists if actor not in actors]
        if len(self.protagonists) == 2 and len(others) == 1:
            return (others[0],)
        for one in reversed(self.references[: bisect_left(self.starts, at)]):
            other = [actor for actor in one.actors if actor not in actors and actor not in ("PARTIES", "ALL")]
            if other and one.by not in (By.UNNAMED, By.PRIVATE):
                return (other[0],)
        return tuple(others[:1])


def discourse_of(
    text: str,
    lexicon: Lexicon,
    on: datetime.date | None,
    *,
    author: str | None = None,
    title: str | None = None,
) -> Discourse:
    """Return a text as it is spoken.

    Parameters
    ----------
    author, title : str, optional
        What the document says of itself; "Permanent Representative of Kenya" makes it Kenya's own text.
    """
    found = references(text, lexicon, on)
    quoted = quotations(text)
    own, is_own, reason = _owner(text, found, quoted, lexicon, on, author, title)
    speaker = own or _interviewed(author) or _spoken_for(lexicon, on, author, title) or _addressed(text, found)
    turns = _turns(text, lexicon, on, speaker)
    return Discourse(text, found, quoted, turns, speaker if is_own else (), is_own, reason, _listed(lexicon))


@once_per_object
def _listed(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(name.actor for name in lexicon.names)


def _interviewed(author: str | None) -> tuple[str, ...]:
    """Return an interviewed person who speaks for nobody, by the words of the byline."""
    found = _WITH_WHOM.search(author or "")
    if found is None or not re.match(r"(?:former|retired|ex-)", found[1]):
        return ()
    return ("-".join(found[1].lower().split()),)


def _addressed(text: str, found: Sequence[Reference]) -> tuple[str, ...]:
    """Return the state that questions name and answers do not: who answers speaks of itself in the first person."""
    labels = list(_TURN.finditer(text))
    ends = [label.end() for label in labels]
    asked: Counter[str] = Counter()
    told: set[str] = set()
    for one in found:
        last = bisect_right(ends, one.start)
        if not last or one.by is not By.NAME:
            continue
        if labels[last - 1]["who"].strip().lower() in _ASKS:
            asked[one.actors[0]] += 1
        else:
            told.add(one.actors[0])
    mine = [actor for actor, _ in asked.most_common() if actor not in told and actor in state_ids()]
    return (mine[0],) if mine else ()


def _spoken_for(lexicon: Lexicon, on: datetime.date | None, author: str | None, title: str | None) -> tuple[str, ...]:
    """Return whom the author or, failing that, the title names."""
    for said in (author, title):
        named = _actors_named(said, lexicon, on)
        if named:
            return named
    return ()


def _actors_named(said: str | None, lexicon: Lexicon, on: datetime.date | None) -> tuple[str, ...]:
    if not said:
        return ()
    # a place in a byline ("presidential office, Seoul") is whose office it is
    found = [
        one.actor for one in mentions(said.replace(" in ", ", "), lexicon, on) if one.kind is not NameKind.DOCUMENT
    ]
    return tuple(dict.fromkeys(found))


def _owner(
    text: str,
    found: Sequence[Reference],
    quoted: Sequence[Quotation],
    lexicon: Lexicon,
    on: datetime.date | None,
    author: str | None,
    title: str | None,
) -> tuple[tuple[str, ...], bool, str | None]:
    """Return whose own text it is, whether it is somebody's own, and why."""
    plain = _without(text, quoted)
    if _TURN.search(text) is not None and len(_TURN.findall(text)) > 1:
        return (), False, None
    if author is not None and _PRESS.search(author) is not None:
        return (), False, None
    named = _actors_named(author, lexicon, on)
    if _JOINT.search(f"{author or ''} {title or ''}"):
        return _sides(found), True, "a text of several parties"
    if _OFFICIAL_LETTER.search(plain):
        return named[:1] or _self_named(plain, found), True, "a letter in an office's own words"
    words = len(plain.split())
    if _is_dense(_AGREEMENT, plain, words, _ENOUGH):
        return _sides(found), True, "the text of an agreement"
    if _is_dense(_COMMUNIQUE, plain, words, 2):
        return _sides(found), True, "a statement of several parties"
    if named and author is not None:
        return named[:1], True, f"its author: {author}"
    if author is not None and _OFFICE.search(author):
        return _self_named(plain, found), True, f"its author: {author}"
    if _COLUMN.search(plain):
        return (), False, None
    if _SPEECH_OF.search(plain) and len(_WE.findall(plain)) >= 2:
        return _self_named(plain, found), True, "a speech in the first person"
    if _is_dense(_WE, plain, words, _ENOUGH) and not re.search(r"\b(?:said|told)\b", plain):
        return _self_named(plain, found), True, "a text in the first person plural"
    if _is_dense(_GOVERNMENT, plain, words, 2) and not re.search(r"\b(?:said|told|according to)\b", plain):
        return _self_named(plain, found), True, "a government's own words"
    return (), False, None


def _is_dense(sign: re.Pattern[str], plain: str, words: int, enough: int) -> bool:
    """Return whether a sign stands in a text often enough, and at least once in so many words."""
    count = len(sign.findall(plain))
    return count >= enough and count * _DENSE * (2 if enough < _ENOUGH else 1) >= words


def _sides(found: Sequence[Reference]) -> tuple[str, ...]:
    """Return the two states or movements that a text of several parties names most, else the parties in general."""
    counts: Counter[str] = Counter()
    for one in found:
        if one.kind in _SIDES and one.is_head | (one.of in ("side", "sides", "delegation", "government")):
            counts[one.actors[0]] += 1
    for actor in ("PARTIES", "ALL", "WEST"):
        counts.pop(actor, None)
    most = counts.most_common(3)
    clear = len(most) == 2 or (len(most) > 2 and most[1][1] > most[2][1])
    return (most[0][0], most[1][0]) if clear else ("PARTIES",)


def _without(text: str, quoted: Sequence[Quotation]) -> str:
    """Return a text with what is quoted blanked out."""
    parts, last = [], 0
    for one in quoted:
        if one.depth == 1 and one.words > 2:
            parts.append(text[last : one.start])
            last = max(last, one.end)
    return " ".join([*parts, text[last:]])


def _self_named(plain: str, found: Sequence[Reference]) -> tuple[str, ...]:
    """Return the actor that a text in its own words names with "the Government of" or like, else nobody."""
    counts: Counter[str] = Counter()
    for one in found:
        before = plain[max(0, one.start - 45) : one.start] if one.end <= len(plain) else ""
        if re.search(
            r"\b(?:Government|Republic|Ministry|Kingdom|people|Permanent Representative|"
            r"Mission) (?:of|for Foreign Affairs of) (?:the )?$",
            before,
        ):
            counts[one.actors[0]] += 2
        elif one.of in {"government", "ministry"}:
            counts[one.actors[0]] += 1
    return (counts.most_common(1)[0][0],) if counts else ()


def _turns(text: str, lexicon: Lexicon, on: datetime.date | None, speaker: tuple[str, ...]) -> tuple[Turn, ...]:
    labels = [one for one in _TURN.finditer(text) if _is_label(one["who"], lexicon, on)]
    if len(labels) < 2:
        return ()
    turns = []
    for number, label in enumerate(labels):
        end = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        who = label["who"].strip().lower()
        asks = who in _ASKS
        named = _actors_named(label["who"], lexicon, on) or _actors_named(label["who"].title(), lexicon, on)
        if asks:
            voice = "interviewer" if who == "interviewer" else "journalist"
        elif named:
            voice = named[0]
        elif speaker:
            voice = speaker[0]
        else:
            voice = "speaker" if who in _ANSWERS or who in _SPEAKS_FOR else "-".join(who.split())
        turns.append(Turn(label.end(), end, voice, asks))
    return tuple(turns)


def _is_label(who: str, lexicon: Lexicon, on: datetime.date | None) -> bool:
    low = who.strip().lower()
    nouns = role_nouns()
    if low in _ASKS or low in _ANSWERS or low in _SPEAKS_FOR or low in nouns["person"]:
        return True
    return who.isupper() or bool(_actors_named(who, lexicon, on)) or low.split(" ")[0] in ("mr", "mrs", "ms", "dr")
