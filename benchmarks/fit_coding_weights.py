"""Learn how much each rule and circumstance counts, from texts that a person has coded, and print `weights.yaml`.

    python benchmarks/fit_coding_weights.py FOLDER [PENALTY] > src/detente/evidence/coding/data/weights.yaml

FOLDER holds `paragraphs.jsonl` (id, text) and `coder_a.jsonl` (paragraph, start, end, act, second_act). Multinomial
logistic regression by Adam from zero, with the weights of the rule files as a fixed offset and a quadratic penalty, so
that what the texts say little about stays at what its author thought. Where a coder gave a second act it has three
tenths of the clause. Never fit on texts on which the coder is to be judged.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from detente.evidence.coding.acts import NOTHING, SPECIFIC, features, prior_evidence
from detente.evidence.coding.circumstances import circumstances
from detente.evidence.coding.coder import heard
from detente.evidence.coding.rules import general_rules

OUTCOMES = (*SPECIFIC, NOTHING)
SECOND_SHARE, STEPS, RATE, SMALLEST = 0.3, 300, 0.05, 0.03


def _rows(folder: Path) -> tuple[list[tuple[str, ...]], np.ndarray, np.ndarray]:
    """Return the features, the offset and the outcome of each clause."""
    gold: dict[str, list[dict[str, object]]] = {}
    for line in (folder / "coder_a.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        gold.setdefault(one["paragraph"], []).append(one)
    names, offsets, outcomes = [], [], []
    for line in (folder / "paragraphs.jsonl").read_text(encoding="utf-8").splitlines():
        paragraph = json.loads(line)
        text, left = paragraph["text"], list(gold.get(paragraph["id"], ()))
        for sentence in heard(text, 0, len(text), general_rules()):
            for place, one in enumerate(sentence):
                around = circumstances(text, one.clause, one.string, place=place, of=len(sentence))
                names.append(features(one.fired, around))
                evidence = prior_evidence(one.fired)
                offsets.append([evidence[outcome] for outcome in OUTCOMES])
                outcomes.append(_outcome(one.clause.start, one.clause.end, left))
    return names, np.array(offsets), np.array(outcomes)


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
    first = 1.0 - (SECOND_SHARE if best["second_act"] else 0.0)
    return [first * (outcome == best["act"]) + (1 - first) * (outcome == best["second_act"]) for outcome in OUTCOMES]


def fitted(
    names: list[tuple[str, ...]], offsets: np.ndarray, outcomes: np.ndarray, penalty: float
) -> dict[str, dict[str, float]]:
    """Return feature -> outcome -> weight."""
    places = {name: place for place, name in enumerate(sorted({name for row in names for name in row}))}
    given = np.zeros((len(names), len(places)))
    for row, found in enumerate(names):
        given[row, [places[name] for name in found]] = 1
    weights = np.zeros((len(places), len(OUTCOMES)))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        evidence = given @ weights + offsets
        chances = np.exp(evidence - evidence.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        slope = given.T @ (chances - outcomes) + penalty * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {
        name: {
            str(outcome): round(float(weights[place, number]), 2)
            for number, outcome in enumerate(OUTCOMES)
            if abs(weights[place, number]) >= SMALLEST
        }
        for name, place in places.items()
    }


def main(arguments: list[str]) -> None:
    """Print the file."""
    penalty = float(arguments[1]) if len(arguments) > 1 else 12.0
    print("# What coded texts taught about each rule and circumstance (see `acts`): evidence added to each act.")
    print(f"# Made by benchmarks/fit_coding_weights.py with penalty {penalty:g}; not edited by hand.")
    print("weights:")
    for name, weights in fitted(*_rows(Path(arguments[0])), penalty).items():
        if weights:
            print(f'  "{name}": {{{", ".join(f"{act}: {value}" for act, value in weights.items())}}}')


if __name__ == "__main__":
    main(sys.argv[1:])
