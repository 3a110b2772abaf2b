"""Time the coder on pages of 3,000 characters, and watch its memory over the number of documents.

python benchmarks/coding_speed.py [PAGES]
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from detente.evidence.coding.coder import code_documents
from detente.evidence.coding.names import general_lexicon
from detente.evidence.coding.rules import general_rules
from detente.evidence.reading import Document, document_of_text

PAGES, PAGE, LIMIT_S, LIMIT_GROWTH_MIB = 1000, 3000, 60.0, 64.0
PARAGRAPHS = Path(__file__).parents[1] / "tests" / "gold" / "development" / "paragraphs.jsonl"
STATES = ("Peru", "Ecuador", "Chile", "Brazil", "Bolivia", "Ghana", "Mali", "Norway", "Oman")


def pages(number: int) -> Iterator[Document]:
    """Yield documents of one page: half of the development paragraphs, half of rule examples under varying names."""
    draw = random.Random(4)
    sentences = [one for rule in general_rules().rules for one in rule.examples]
    written = [json.loads(line)["text"] for line in PARAGRAPHS.read_text(encoding="utf-8").splitlines()]
    for page in range(number):
        text = ""
        while len(text) < PAGE:
            if page % 2:
                text += f"{draw.choice(written)}\n\n"
                continue
            a, b = draw.sample(STATES, 2)
            gap = "\n\n" if draw.random() < 0.2 else " "
            text += f"{a} told {b} on Monday that {draw.choice(sentences)}{gap}{draw.choice(sentences)} "
        yield document_of_text(text[:PAGE], f"page-{page}")


def _mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str]) -> int:
    """Return 1 if a limit is exceeded."""
    number = int(arguments[0]) if arguments else PAGES
    lexicon = general_lexicon()
    for _ in code_documents(pages(20), lexicon):  # the indexes are made once
        pass
    before, started, codings = _mib(), time.process_time(), 0
    for _, found in code_documents(pages(number), lexicon):
        codings += len(found)
    taken, grown = (time.process_time() - started) * PAGES / number, _mib() - before
    slow, large = taken > LIMIT_S, grown > LIMIT_GROWTH_MIB
    print(f"coding 1,000 pages: {taken:.1f} s of one core, limit {LIMIT_S:.0f} s   {'TOO SLOW' if slow else 'ok'}")
    print(f"  memory that grew over {number} documents: {grown:.1f} MiB, limit {LIMIT_GROWTH_MIB:.0f} MiB", end="")
    print(f"   {'TOO LARGE' if large else 'ok'}; {codings} codings")
    return 1 if slow or large else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
