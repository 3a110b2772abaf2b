"""Which 8-bit encoding a text is in, where nothing says so: each reading is judged by the language that it would be in.

The ASCII letters are the same in every reading and tell the language, by the model of `language`. Each other character
then counts by how usual it is in that language, and against the reading where no writer puts it: scripts mixed within a
word, a sign between letters, a capital after a small letter. The reading with the greatest log-likelihood is the guess;
another text that is nearly as likely is named beside it. Letters stand in `data/letters.yaml`, the commonest first.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# in the order in which they are preferred where they give the same text
CANDIDATES: Mapping[str, str] = {
    "cp1252": "western",
    "cp1250": "central",
    "cp1251": "cyrillic",
    "koi8-r": "cyrillic",
    "koi8-u": "cyrillic",
    "cp1254": "turkish",
    "cp1257": "baltic",
    "cp1253": "greek",
    "cp1255": "hebrew",
    "cp1256": "arabic",
    "iso8859-15": "western",
    "iso8859-2": "central",
    "cp866": "cyrillic",
}
LATIN = frozenset({"western", "central", "turkish", "baltic"})

DOUBT = 3.0  # nats; a reading behind by less is named too: about 1 to 20
LEAST_EACH = -5.0  # nats for each character beyond ASCII below which a reading is no language that is known here
_SAMPLE = 20_000  # bytes
_FARTHEST = 12.0  # nats by which the letters within ASCII can speak against a language
_FOREIGN = math.log(1e-4)  # a letter of another language
_FAULT = math.log(1e-5)  # what no writer writes
_SIGN = math.log(0.02)  # quotation marks, dashes and their like
_CAPITAL = math.log(0.15)
_PER_ASCII, _MOST_ASCII = -0.3, -12.0  # nats for Latin letters in a text of another script, and at most
_LATER = -0.5  # nats for a rarer encoding of the same letters
_SIGNS = frozenset("“”‘’„‚«»‹›–—…•§°€£©®™№·¿¡º\u00a0\u00ad")
_WITHIN = frozenset("’–—-·\u00ad\u00a0‘")  # signs that stand between letters


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding, and the nearest reading that differs: its encoding, a word of it, and that word as it was read."""

    encoding: str
    other: str | None = None
    other_word: str = ""
    word: str = ""

    def doubt(self) -> str | None:
        """Return what cannot be told, None where nothing else is nearly as likely."""
        return (
            self.other and f"{self.other} would read “{self.other_word}” for “{self.word}”, which cannot be ruled out"
        )


def guess(raw: bytes) -> Guess | None:
    """Return the likeliest encoding of a text that is not UTF-8, None where no reading is a language known here.

    Parameters
    ----------
    raw : bytes
        The whole text; it has at least one byte beyond ASCII.

    Examples
    --------
    >>> guess("Le président français a déclaré que la forêt brûle.".encode("cp1252"))
    Guess(encoding='cp1252', other=None, other_word='', word='')
    >>> guess("Президент отклонил предложение.".encode("koi8-r")).encoding
    'koi8-r'
    """
    beyond = [place for place, byte in enumerate(raw) if byte > 127]
    if not beyond:
        return None
    start = max(0, beyond[0] - _SAMPLE // 2)
    sample = raw[start : start + _SAMPLE]
    count = sum(byte > 127 for byte in sample)
    tongues = _tongues(bytes(byte if byte < 128 else 32 for byte in sample).decode("ascii"))
    readings: list[tuple[float, str, str]] = []
    for place, encoding in enumerate(CANDIDATES):
        text = _text(raw, sample, encoding)
        if text is not None and all(text != known for _, _, known in readings):
            later = 0.0 if place < 4 else _LATER
            likelihood, of_signs = _likelihood(text, CANDIDATES[encoding], tongues)
            if of_signs >= LEAST_EACH * count:
                readings.append((likelihood + later, encoding, text))
    readings.sort(key=lambda one: -one[0])
    if not readings:
        return None
    best, *others = readings
    if others and best[0] - others[0][0] < DOUBT:
        ours, theirs = _words_that_differ(best[2], others[0][2])
        return Guess(best[1], others[0][1], theirs, ours)
    return Guess(best[1])


def _text(raw: bytes, sample: bytes, encoding: str) -> str | None:
    """Return the sample as it reads, None where a byte of the whole text has no character there."""
    try:
        raw.decode(encoding)
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if any("\x7f" <= one <= "\x9f" for one in text) else text


def _tongues(ascii_only: str) -> dict[str, float]:
    """Return how far each language lies behind the best by the letters within ASCII, in nats, 0 or less."""
    from py3langid import rank

    found = {language: float(score) for language, score in rank(ascii_only) if language in _letters()}
    best = max(found.values())
    return {language: max(score - best, -_FARTHEST) for language, score in found.items()}


def _likelihood(text: str, group: str, tongues: Mapping[str, float]) -> tuple[float, float]:
    """Return the log-likelihood of a text in the best language of a group, and of its characters beyond ASCII alone."""
    seen = list(_seen(text, latin=group in LATIN))
    if group in LATIN:
        start = dict(tongues)
    else:
        letters = sum(one.isascii() and one.isalpha() for one in text)
        start = dict.fromkeys(tongues, max(_PER_ASCII * letters, _MOST_ASCII))
    found = (
        (start.get(language, -_FARTHEST), sum(_one(character, fault, known) for character, fault in seen))
        for language, (within, known) in _letters().items()
        if within == group or (language == "en" and group in LATIN)
    )
    of_language, of_signs = max(found, key=sum)
    return of_language + of_signs, of_signs


def _one(character: str, fault: bool, known: Mapping[str, float]) -> float:
    if fault:
        return _FAULT
    if character in _SIGNS:
        return _SIGN
    if (usual := known.get(character)) is not None:
        return usual
    if (usual := known.get(character.lower())) is not None:
        return usual + _CAPITAL
    return _FOREIGN if character.isalpha() else _FAULT


def _seen(text: str, *, latin: bool) -> Iterator[tuple[str, bool]]:
    """Yield the characters beyond ASCII, and whether each stands where no writer puts it."""
    padded = f" {text} "
    for before, character, after in zip(padded, padded[1:], padded[2:], strict=False):
        if character.isascii():
            continue
        if not (character.isalpha() or unicodedata.combining(character)):
            yield character, before.isalpha() and after.isalpha() and character not in _WITHIN
            continue
        beside = [one for one in (before, after) if one.isalpha()]
        if latin:
            mixed = sum(not one.isascii() for one in beside) == 2
        else:
            mixed = any(one.isascii() for one in beside)
        yield character, mixed or (before.islower() and character.isupper())


def _words_that_differ(ours: str, theirs: str) -> tuple[str, str]:
    """Return the first words in which two readings of the same bytes differ."""
    place = next(place for place, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other)
    start, end = place, place + 1
    while start > 0 and not ours[start - 1].isspace() and place - start < 20:
        start -= 1
    while end < len(ours) and not ours[end].isspace() and end - place < 20:
        end += 1
    return ours[start:end], theirs[start:end]


@cache
def _letters() -> dict[str, tuple[str, dict[str, float]]]:
    """Return the group of each language and the log-probability of its letters beyond ASCII, by their rank."""
    import yaml  # the process that reads starts without it

    source = files("detente.evidence.reading") / "data" / "letters.yaml"
    found: dict[str, tuple[str, dict[str, float]]] = {}
    for group, languages in yaml.safe_load(source.read_text(encoding="utf-8")).items():
        for language, letters in languages.items():
            whole = sum(1 / (rank + 2) for rank in range(len(letters)))
            usual = {letter: math.log(1 / (rank + 2) / whole) for rank, letter in enumerate(letters)}
            found[language] = group, usual
    return found
