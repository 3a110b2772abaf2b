"""Learn how much each rule, circumstance and word counts, from coded texts, and write `weights.json`.

    python benchmarks/fit_coding_weights.py [FOLDER]

FOLDER (tests/gold/development unless one is given) holds `paragraphs.jsonl` (id, text), `coder_a.jsonl` (paragraph,
start, end, act, second_act) and, if there are any, clauses by themselves in `clauses*.jsonl` (text, act, second_act).
Multinomial logistic regression by Adam from zero, with the weights of the rule files as a fixed offset and a quadratic
penalty, so that what the texts say little about stays at what its author thought. Where a coder gave a second act it
has three tenths of the clause. Clauses by themselves have acts in other shares than texts do, so each act has a term of
its own there, which is not kept. Never fit on texts on which the coder is to be judged.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from detente.evidence.coding.acts import NOTHING, SPECIFIC, features, prior_evidence
from detente.evidence.coding.circumstances import circumstances
from detente.evidence.coding.coder import heard
from detente.evidence.coding.rules import general_rules
from detente.evidence.coding.stems import stem

OUTCOMES = (*SPECIFIC, NOTHING)
SECOND_SHARE, STEPS, RATE, SMALLEST = 0.3, 300, 0.05, 0.06
PENALTY, WORD_PENALTY, APART_PENALTY = 12.0, 4.0, 0.1
LEAST = 2
"""Clauses in which a word or a pair has to stand."""
APART = "(apart)"
"""What all clauses by themselves have in common."""
IN_TEXT = {"always", "first", "of-several"}
"""Circumstances that a clause by itself cannot have."""
ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT = ROOT / "tests" / "gold" / "development"
WEIGHTS = ROOT / "src" / "detente" / "evidence" / "coding" / "data" / "weights.json"

Row = tuple[tuple[str, ...], list[float], list[float]]
"""Features, evidence of the rule files and shares of the outcomes of a clause."""


def _rows(folder: Path) -> list[Row]:
    """Return the clauses of coded paragraphs."""
    gold: dict[str, list[dict[str, object]]] = {}
    for line in (folder / "coder_a.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        gold.setdefault(one["paragraph"], []).append(one)
    rows: list[Row] = []
    for line in (folder / "paragraphs.jsonl").read_text(encoding="utf-8").splitlines():
        paragraph = json.loads(line)
        text, left = paragraph["text"], list(gold.get(paragraph["id"], ()))
        for sentence in heard(text, 0, len(text), general_rules()):
            for place, one in enumerate(sentence):
                around = circumstances(text, one.clause, one.string, place=place, of=len(sentence))
                evidence = prior_evidence(one.fired)
                rows.append(
                    (
                        features(one.fired, around, one.string),
                        [evidence[outcome] for outcome in OUTCOMES],
                        _outcome(one.clause.start, one.clause.end, left),
                    )
                )
    return rows


def _rows_apart(path: Path) -> list[Row]:
    """Return clauses that stand by themselves; of one that is cut in several the longest."""
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        text = one["text"]
        for sentence in heard(text, 0, len(text), general_rules()):
            longest = max(sentence, key=lambda each: each.clause.end - each.clause.start)
            around = set(circumstances(text, longest.clause, longest.string, place=0, of=1)) - IN_TEXT
            evidence = prior_evidence(longest.fired)
            rows.append(
                (
                    (*features(longest.fired, sorted(around), longest.string), APART),
                    [evidence[outcome] for outcome in OUTCOMES],
                    _shares(one["act"] or NOTHING, one.get("second_act")),
                )
            )
            break
    return rows


def _in_small_letters(folder: Path) -> set[str]:
    """Return the words that stand somewhere in small letters: others are names, and no name may weigh for an act."""
    files = (path for path in folder.glob("*.jsonl") if not path.name.startswith("coder"))
    texts = [json.loads(line)["text"] for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return {word for text in texts for word in re.findall(r"\w+", text) if word.islower()}


def _shares(act: object, second: object) -> list[float]:
    first = 1.0 - (SECOND_SHARE if second else 0.0)
    return [first * (outcome == act) + (1 - first) * (outcome == second) for outcome in OUTCOMES]


def _outcome(start: int, end: int, left: list[dict[str, object]]) -> list[float]:
    """Return the shares of the acts of the statement that this clause overlaps most, and take it off the list."""
    best, most = None, 0
    for one in left:
        shared = min(end, int(str(one["end"]))) - max(start, int(str(one["start"])))
        shorter = min(end - start, int(str(one["end"])) - int(str(one["start"])))
        if shared * 2 >= shorter and shared > most:
            best, most = one, shared
    if best is None:
        return [float(outcome == NOTHING) for outcome in OUTCOMES]
    left.remove(best)
    return _shares(best["act"], best["second_act"])


def fitted(rows: Sequence[Row], common: set[str]) -> dict[str, dict[str, float]]:
    """Return feature -> outcome -> weight."""
    counts = Counter(name for names, _, _ in rows for name in names)
    stems = {stem(word) for word in common} | common
    kept = sorted(
        name
        for name, count in counts.items()
        if not name.startswith("~") or (count >= LEAST and stems.issuperset(name[1:].split(" ")))
    )
    places = {name: place for place, name in enumerate(kept)}
    filled = [(row, places[name]) for row, (names, _, _) in enumerate(rows) for name in names if name in places]
    given = csr_array((np.ones(len(filled)), tuple(zip(*filled, strict=True))), shape=(len(rows), len(places)))
    offsets = np.array([offset for _, offset, _ in rows])
    outcomes = np.array([outcome for _, _, outcome in rows])
    penalties = np.array(
        [WORD_PENALTY if name.startswith("~") else APART_PENALTY if name == APART else PENALTY for name in kept]
    )[:, None]
    weights = np.zeros((len(places), len(OUTCOMES)))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        evidence = given @ weights + offsets
        chances = np.exp(evidence - evidence.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        slope = given.T @ (chances - outcomes) + penalties * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {
        name: {
            str(outcome): round(float(weights[place, number]), 2)
            for number, outcome in enumerate(OUTCOMES)
            if abs(weights[place, number]) >= SMALLEST
        }
        for name, place in places.items()
        if name != APART
    }


def main(arguments: list[str]) -> None:
    """Write the file."""
    folder = Path(arguments[0]) if arguments else DEVELOPMENT
    rows = _rows(folder)
    for path in sorted(folder.glob("clauses*.jsonl")):
        rows += _rows_apart(path)
    lines = (
        f"{json.dumps(name)}: {json.dumps(weights)}"
        for name, weights in fitted(rows, _in_small_letters(folder)).items()
        if weights
    )
    WEIGHTS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
