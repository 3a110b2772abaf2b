"""Change valid documents at random and read them: whatever comes in, a reader answers or refuses, and keeps promises.

Everything runs in this process, without the sub-process that would catch a fault. A fault is written down with the
command that repeats it, and ends the run with 1; the input then becomes a test. A crash of a library ends the process,
and `faulthandler` says where; the seed and the number of the last input are on the screen.

Usage: python benchmarks/fuzz_readers.py [INPUTS [SECONDS [SEED]]]
"""

from __future__ import annotations

import faulthandler
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from detente.evidence.reading.document import Document, Format
from detente.evidence.reading.document_json import document_from_json, document_to_json
from detente.evidence.reading.limits import Limits
from detente.evidence.reading.reader import document_of_bytes
from detente.evidence.reading.refused import Unreadable
from tests.evidence.reading.samples import seeds

INPUTS, SECONDS, SEED = 100_000, 600.0, 20220301
LIMITS = Limits(unpacked_mib=16, pages=50, characters=200_000)
# How many of 100 inputs each reader gets: the libraries of PDF and pages cost most, and ours are the others.
SHARES = {
    Format.TEXT: 34,
    Format.MARKDOWN: 22,
    Format.EMAIL: 22,
    Format.HTML: 10,
    Format.PDF: 8,
    Format.DOCX: 4,
}
WORDS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xf0\x9f\x95\x8a", b"\r", b"\n\n", b"---\n", b"```\n", b"<div>",
    b"</div>", b"<p", b"&#x110000;", b"&lt;", b"<script>", b"charset=utf-16", b"stream\n", b"endobj", b"/Type",
    b"obj<<", b"9999999999", b"-1", b"Content-Type: multipart/mixed; boundary=x\n", b"--x\n", b"=?utf-8?b?w7w=?=",
    b"Date: x\n", b"date 9999-99-99 ", b"By ", b"Most read\n", b"Author", b"Keywords\n", b"Corresponding author:\n",
    b"{", b"[", b'"@graph":', b"1 March 2022",
)  # fmt: skip


def changed(raw: bytes, draw: random.Random) -> bytes:
    """Return bytes with one to eight changes: a byte, a cut, a copy, a known word, an end that is missing."""
    made = bytearray(raw)
    for _ in range(draw.choice((1, 1, 2, 3, 8))):
        at = draw.randrange(len(made) + 1)
        match draw.randrange(6):
            case 0 if at < len(made):
                made[at] = draw.randrange(256)
            case 1:
                del made[at : at + draw.choice((1, 4, 64, 1024))]
            case 2:
                made[at:at] = made[at : at + draw.choice((4, 64, 1024))] * draw.choice((1, 2, 20))
            case 3:
                made[at:at] = draw.choice(WORDS) * draw.choice((1, 1, 1, 50))
            case 4 if draw.random() < 0.3:
                del made[at:]
            case _:
                made[at:at] = draw.randbytes(draw.choice((1, 3, 16)))
    return bytes(made[:100_000])


def fault_of(raw: bytes, kind: Format) -> str | None:
    """Return which promise a reader broke on some bytes, None if it kept them all."""
    try:
        document = document_of_bytes(raw, "x", kind, LIMITS)
    except Unreadable as reason:
        return None if reason.what else "a refusal without a reason"
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return f"{type(error).__name__}: {error}"
    return broken_promise(document, raw, kind)


def broken_promise(document: Document, raw: bytes, kind: Format) -> str | None:
    """Return what is wrong with a document: offsets, empty paragraphs, text that is no UTF-8, JSON that is another."""
    last = 0
    for number, one in enumerate(document.paragraphs, start=1):
        if one.number != number or not last <= one.start < one.end <= len(document.text):
            return f"paragraph {number} is not where it should be"
        if not document.text[one.start : one.end].strip():
            return f"paragraph {number} is empty"
        last = one.end
    document.text.encode("utf-8")
    if kind in {Format.TEXT, Format.MARKDOWN} and document.encoding is None and document.text.encode("utf-8") != raw:
        return "the text is not the file"
    if document_from_json(document_to_json(document), document.text) != document:
        return "its JSON is that of another document"
    return None


def main(words: list[str]) -> int:
    """Run the inputs and print what was found; the exit code is 1 if a promise was broken."""
    inputs = int(words[0]) if words else INPUTS
    budget = float(words[1]) if len(words) > 1 else SECONDS
    seed = int(words[2]) if len(words) > 2 else SEED
    faulthandler.enable()
    valid = seeds()
    kinds, shares = list(SHARES), list(SHARES.values())
    faults, read = [], Counter()
    begin = time.perf_counter()
    for number in range(inputs):
        if time.perf_counter() - begin > budget:
            print(f"fuzz: stopped after {number:,} of {inputs:,} inputs; {budget:.0f} s are over")
            break
        draw = random.Random(seed * 1_000_003 + number)  # each input by itself, so that one can be repeated alone
        kind = draw.choices(kinds, shares)[0]
        raw = changed(draw.choice(valid[kind]), draw)
        if (fault := fault_of(raw, kind)) is not None:
            faults.append(fault)
            Path(f"fuzz-{kind}-{number}.bin").write_bytes(raw)
            print(f"fuzz: input {number} ({kind}, seed {seed}): {fault[:300]}", flush=True)
            if len(faults) >= 10:
                break
        read[kind] += 1
    taken = time.perf_counter() - begin
    shown = ", ".join(f"{read[kind]:,} {kind}" for kind in kinds)
    print(f"fuzz of the readers: {sum(read.values()):,} inputs in {taken:.0f} s ({shown}); {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
