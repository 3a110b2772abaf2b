"""Throw odd texts at the coder, in one process, until a number of inputs or a time budget is used up.

    python benchmarks/fuzz_coding.py [INPUTS] [SECONDS]

Texts are joined from words that steer the splitter (marks, conjunctions, verbs of saying, negations, names), from
fragments of each other, and from arbitrary characters. A text that makes the coder fail, or whose spans do not lie
inside it, is printed so that it can become a test.
"""

from __future__ import annotations

import random
import sys
import time
import traceback

from detente.evidence.coding.coder import code_document
from detente.evidence.coding.names import general_lexicon
from detente.evidence.reading import document_of_text

_PLAIN = """Peru Chile said that will not reject talks and withdrew its troops if unless , . ; : “ ” " ' — ( ) which who
he she they accused of the a war envoy never accept offered to mediate may 3 May Monday told reporters ? ! Mr. U.S.
Q: A: 1. (a) LIMA — although while because , saying according to no longer won't can’t 's - ... … % $ [ ] on 10 April
2022"""
WORDS = [*_PLAIN.split(), "\n", "\n\n", "\u00a0", "\u200b", "\u202e", "\x00", "e\u0301", "𝔘", "\t"]
INPUTS, SECONDS = 100_000, 420.0
SEED = 20


def _text(draw: random.Random, before: str) -> str:
    size = draw.choice((0, 1, 2, 4, 8, 16, 24))
    words = [
        chr(draw.randrange(1, 0xD7FF)) * draw.choice((1, 1, 3)) if draw.random() < 0.04 else draw.choice(WORDS)
        for _ in range(size)
    ]
    if before and draw.random() < 0.2:
        cut = draw.randrange(len(before))
        words.append(before[cut : cut + 60])
    return draw.choice((" ", " ", " ", "")).join(words)


def main(arguments: list[str]) -> int:
    """Return 1 if an input failed."""
    inputs = int(arguments[0]) if arguments else INPUTS
    seconds = float(arguments[1]) if len(arguments) > 1 else SECONDS
    draw, lexicon = random.Random(SEED), general_lexicon()
    started, failed, codings, text, done = time.monotonic(), 0, 0, "", 0
    while done < inputs:
        done += 1
        text = _text(draw, text)
        try:
            document = document_of_text(text)
            found = code_document(document, lexicon)
            assert all(0 <= one.start < one.end <= len(document.text) for one in found)
            codings += len(found)
        except Exception:  # noqa: BLE001 - every failure is what is looked for
            failed += 1
            print(repr(text))
            traceback.print_exc()
        if time.monotonic() - started > seconds:
            break
    print(f"fuzzing the coder: {done} inputs, {codings} codings, {failed} failed, {time.monotonic() - started:.0f} s")
    return 1 if failed or done < inputs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
