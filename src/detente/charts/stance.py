"""The glyph of each stance: form says what a party holds, ink says whether it said so itself."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.ledger.stances import Held
from detente.case.position import Stance
from detente.charts.sheet import Mark, glyph, rule
from detente.charts.theme import DARK, INK, LIGHT, MID, NOTHING, PAPER

CROSS = "M-0.9,-0.9L0.9,0.9M0.9,-0.9L-0.9,0.9"
HALF_DISC = "M0,-1A1,1,0,0,0,0,1Z"

WORDS = {
    Stance.DEMANDS: "demands",
    Stance.WOULD_ACCEPT: "would accept",
    Stance.WOULD_DISCUSS: "would discuss",
    Stance.RULES_OUT: "rules out",
    Stance.NO_ANSWER: "gave no answer",
}


def held_words(held: Held) -> str:
    """Return a stance in words, and its basis where the party did not say so itself."""
    return WORDS[held.stance] + ("" if held.is_stated else f" ({held.basis.value})")


def stance_glyph(x: float, y: float, stance: Stance | None, *, stated: bool = True, size: float = 9) -> Iterator[Mark]:
    """Yield the glyph of a stance; without a stance, a blank dot: nothing on record."""
    ink, fill = (INK, INK) if stated else (MID, LIGHT)
    dash = None if stated else (2, 1)
    if stance is Stance.DEMANDS:
        yield glyph(x, y, "square", size=size, fill=fill, stroke=ink, width=1, dash=dash)
    elif stance is Stance.WOULD_ACCEPT:
        yield glyph(x, y, "circle", size=size, fill=fill, stroke=ink, width=1, dash=dash)
    elif stance is Stance.WOULD_DISCUSS:
        yield glyph(x, y, "circle", size=size, fill=PAPER, stroke=ink, width=1, dash=dash)
        yield glyph(x, y, HALF_DISC, size=size, fill=fill, stroke=NOTHING, width=0)
    elif stance is Stance.RULES_OUT:
        yield glyph(x, y, CROSS, size=size, stroke=ink, width=2 if stated else 1.5, dash=dash)
    elif stance is Stance.NO_ANSWER:
        yield rule(x - size / 2 + 1, y, x + size / 2 - 1, y, color=DARK, width=1.4)
    else:
        yield glyph(x, y, "circle", size=2.2, fill=LIGHT, stroke=LIGHT, width=0.5)


KEY = (
    (Stance.DEMANDS, "demands"),
    (Stance.WOULD_ACCEPT, "would accept"),
    (Stance.WOULD_DISCUSS, "would discuss"),
    (Stance.RULES_OUT, "rules out"),
    (Stance.NO_ANSWER, "gave no answer"),
    (None, "nothing on record"),
)
INFERRED_KEY = (Stance.DEMANDS, Stance.WOULD_ACCEPT, Stance.WOULD_DISCUSS, Stance.RULES_OUT)
