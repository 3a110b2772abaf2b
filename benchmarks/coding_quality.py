"""How well the coder codes: acts, voices, actors and targets, on paragraphs that its rules were not made on.

Beside it stand two baselines on the same clauses, and two persons against each other, who are the ceiling.

Usage: python benchmarks/coding_quality.py [FOLDER] (a folder with paragraphs.jsonl, coder_a.jsonl and, for the
agreement of two persons, coder_b.jsonl; tests/gold/scored unless one is given)
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from detente.evidence.coding.clauses import clauses_of
from detente.evidence.coding.coder import UNREAD, code_document
from detente.evidence.coding.coding import Guess
from detente.evidence.coding.lexicon import Lexicon
from detente.evidence.coding.matching import Agree, Score, either_act, interval, matched, same_act, same_span, score
from detente.evidence.coding.names import general_lexicon
from detente.evidence.happened import Happened
from detente.evidence.reading.document import Document, Format, Paragraph, Said
from detente.evidence.statement import Act
from detente.maths.agreement import cohens_kappa
from detente.maths.calibration import Pairs, calibration_error, log_loss, reliability

ROOT = Path(__file__).resolve().parent.parent
SCORED = ROOT / "tests" / "gold" / "scored"
PLAIN = ROOT / "benchmarks" / "data" / "plain_acts.yaml"
SEED = 20220217
LEAST = 10
"""Scored statements that an act must have before it is shown by itself."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One coding of a paragraph, whoever made it."""

    start: int
    end: int
    act: Act
    second_act: Act | None = None
    voice: str = "author"
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    confidence: float = 0.0
    guessed: tuple[Guess, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph that somebody coded."""

    name: str
    text: str
    written: str | None
    author: str | None = None

    def document(self) -> Document:
        """Return it as a document of one paragraph."""
        author = Said(self.author, "paragraphs.jsonl") if self.author else None
        return Document(self.name, Format.TEXT, "", self.text, (Paragraph(1, 0, len(self.text)),), author=author)


Codings = Mapping[str, Sequence[Coded]]
"""Codings per paragraph."""


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file with one per line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def texts_in(folder: Path) -> list[Text]:
    """Return the paragraphs of a folder."""
    return [
        Text(str(one["id"]), str(one["text"]), _field(one, "date"), _field(one, "author"))
        for one in lines(folder / "paragraphs.jsonl")
    ]


def _field(one: Mapping[str, Any], name: str) -> str | None:
    return str(one[name]) if one.get(name) else None


def same_actor(one: str) -> str:
    """Return an actor's id as it is compared: `western-diplomat` and `WESTERN_DIPLOMAT` are the same."""
    return one.upper().replace("-", "_")


def coded_by(path: Path) -> Codings:
    """Return the codings that a person made."""
    found: dict[str, list[Coded]] = defaultdict(list)
    for one in lines(path):
        second = one.get("second_act")
        found[str(one["paragraph"])].append(
            Coded(
                int(str(one["start"])),
                int(str(one["end"])),
                Act(str(one["act"])),
                Act(str(second)) if second else None,
                str(one["voice"]),
                tuple(one["actor"]),
                tuple(one["target"]),
            )
        )
    return found


def coded_by_rules(texts: Sequence[Text], lexicon: Lexicon) -> Codings:
    """Return what the coder sees; damaged words whose act it only guesses are no proposal and left out."""
    return {
        text.name: [
            Coded(
                one.start,
                one.end,
                one.act,
                one.second_act,
                one.voice,
                one.actors,
                one.targets,
                one.confidence,
                one.guessed,
            )
            for one in code_document(
                text.document(), lexicon, written=Happened(when=text.written) if text.written else None
            )
            if one.rule != UNREAD
        ]
        for text in texts
    }


def by_clause(texts: Sequence[Text], act_of: Callable[[str], Act | None]) -> Codings:
    """Return codings of the same clauses by something simpler; None leaves a clause out."""
    found: dict[str, list[Coded]] = {}
    for text in texts:
        coded = []
        for clause in clauses_of(text.text, 0, len(text.text)):
            act = act_of(text.text[clause.start : clause.end])
            if act is not None:
                coded.append(Coded(clause.start, clause.end, act))
        found[text.name] = coded
    return found


def majority(_: str) -> Act:
    """Return the act that is the most frequent everywhere."""
    return Act.ASSESS_PERCEPTION


def plain_words() -> Callable[[str], Act | None]:
    """Return a coder that knows a few words for each act: the first of them in a clause decides, none is no act."""
    listed: Mapping[str, Sequence[str]] = yaml.safe_load(PLAIN.read_text(encoding="utf-8"))
    act_of = {word: Act(act) for act, words in listed.items() for word in words}
    pattern = re.compile(rf"\b({'|'.join(sorted(map(re.escape, act_of), key=len, reverse=True))})", re.IGNORECASE)

    def act(clause: str) -> Act | None:
        match = pattern.search(clause)
        return act_of[match.group(1).lower()] if match else None

    return act


def plain_or_majority() -> Callable[[str], Act]:
    """Return the same coder with the most frequent act where it knows no word."""
    plain = plain_words()
    return lambda clause: plain(clause) or Act.ASSESS_PERCEPTION


def scores(texts: Sequence[Text], found: Codings, true: Codings, agree: Agree = same_act) -> list[Score]:
    """Return the score of each paragraph."""
    return [score(found.get(t.name, ()), true.get(t.name, ()), agree) for t in texts]


def total(listed: Sequence[Score]) -> Score:
    """Return the score of all paragraphs together."""
    return sum(listed, Score(0, 0, 0))


def judged(texts: Sequence[Text], found: Codings, true: Codings) -> list[tuple[float, bool]]:
    """Return the confidence of each coding and whether it matches a statement in span and act."""
    pairs: list[tuple[float, bool]] = []
    for text in texts:
        ours = found.get(text.name, ())
        right = {row for row, _ in matched(ours, true.get(text.name, ()))}
        pairs += [(one.confidence, row in right) for row, one in enumerate(ours)]
    return pairs


@dataclass(frozen=True, slots=True)
class Attribution:
    """Of codings whose spans match: how many have the same voice, actor and target."""

    spans: int
    voice: int
    actor: int
    target: int


def attributions(texts: Sequence[Text], found: Codings, true: Codings) -> Attribution:
    """Return how often voice, first actor and targets are right where spans match.

    An actor is right if the first actor found is among the true ones; targets are if they have one in common or both
    have none.
    """
    spans = voice = actor = target = 0
    for text in texts:
        ours, theirs = found.get(text.name, ()), true.get(text.name, ())
        for row, column in matched(ours, theirs, same_span):
            one, other = ours[row], theirs[column]
            spans += 1
            voice += same_actor(one.voice) == same_actor(other.voice)
            actor += bool(one.actors) and same_actor(one.actors[0]) in map(same_actor, other.actors)
            targets = {same_actor(t) for t in one.targets}, {same_actor(t) for t in other.targets}
            target += bool(targets[0] & targets[1]) or not (targets[0] or targets[1])
    return Attribution(spans, voice, actor, target)


@dataclass(frozen=True, slots=True)
class Guesses:
    """Of codings whose spans match and that name an actor or target: how many guess it, and how many are right."""

    guessed: int
    right: int
    said: int
    said_right: int


def guesses(texts: Sequence[Text], found: Codings, true: Codings) -> dict[Guess, Guesses]:
    """Return how often actors and targets are right where they are guessed, and where the clause says them."""
    counts: Counter[tuple[Guess, bool, bool]] = Counter()
    for text in texts:
        ours, theirs = found.get(text.name, ()), true.get(text.name, ())
        for row, column in matched(ours, theirs, same_span):
            one, other = ours[row], theirs[column]
            for what, mine, its in (
                (Guess.ACTOR, one.actors, other.actors),
                (Guess.TARGET, one.targets, other.targets),
            ):
                if mine:
                    right = bool(set(map(same_actor, mine)) & set(map(same_actor, its)))
                    counts[what, what in one.guessed, right] += 1
    return {
        what: Guesses(
            counts[what, True, True] + counts[what, True, False],
            counts[what, True, True],
            counts[what, False, True] + counts[what, False, False],
            counts[what, False, True],
        )
        for what in (Guess.ACTOR, Guess.TARGET)
    }


def per_act(texts: Sequence[Text], found: Codings, true: Codings) -> dict[Act, Score]:
    """Return precision and recall of each act that is truly there often enough."""
    ours = Counter(one.act for text in texts for one in found.get(text.name, ()))
    theirs = Counter(one.act for text in texts for one in true.get(text.name, ()))
    right: Counter[Act] = Counter()
    for text in texts:
        one, other = found.get(text.name, ()), true.get(text.name, ())
        for row, column in matched(one, other):
            if one[row].act is other[column].act:
                right[one[row].act] += 1
    return {act: Score(ours[act], theirs[act], right[act]) for act in Act if theirs[act] >= LEAST}


def main(folder: Path) -> None:
    """Print every number of the page on quality."""
    texts, true = texts_in(folder), coded_by(folder / "coder_a.jsonl")
    ours = coded_by_rules(texts, general_lexicon())
    rows = {
        "coder": ours,
        "majority": by_clause(texts, majority),
        "plain words": by_clause(texts, plain_words()),
        "plain words, else majority": by_clause(texts, plain_or_majority()),
    }
    print(f"{len(texts)} paragraphs, {sum(map(len, true.values()))} statements, {folder}")
    print(f"{'':28}{'P':>7}{'R':>7}{'F1':>7}   95 %            either choice   spans")
    for name, found in rows.items():
        listed = scores(texts, found, true)
        low, high = interval(listed, seed=SEED)
        both, either = total(listed), total(scores(texts, found, true, either_act))
        spans = total(scores(texts, found, true, same_span))
        print(
            f"{name:28}{both.precision:7.3f}{both.recall:7.3f}{both.f1:7.3f}   {low:.3f} to {high:.3f}"
            f"   {either.f1:.3f}          {spans.f1:.3f}"
        )
    said = attributions(texts, ours, true)
    print(f"where spans match ({said.spans}): voice {said.voice / said.spans:.3f}, ", end="")
    print(f"actor {said.actor / said.spans:.3f}, target {said.target / said.spans:.3f}")
    print("\nact                  true  found      P      R     F1   (exact first choice)")
    for act, one in per_act(texts, ours, true).items():
        print(f"{act:20}{one.true:5}{one.found:7}{one.precision:7.3f}{one.recall:7.3f}{one.f1:7.3f}")
    for what, one in guesses(texts, ours, true).items():
        print(f"{what}s guessed: right {one.right} of {one.guessed}; said: right {one.said_right} of {one.said}")
    print_reliability(judged(texts, ours, true))
    second = folder / "coder_b.jsonl"
    if second.exists():
        between(texts, true, coded_by(second))


def print_reliability(pairs: Pairs) -> None:
    """Print what confidence is worth: bins, stated, observed, number."""
    print("\nconfidence      stated  right      n")
    for one in reliability(pairs):
        print(f"{one.low:.1f} to {one.high:.1f}     {one.stated:7.2f}{one.right:7.2f}{one.number:7}")
    print(f"expected calibration error {calibration_error(pairs):.3f}, log loss {log_loss(pairs):.3f}")


def between(texts: Sequence[Text], true: Codings, other: Codings) -> None:
    """Print how far two persons agree."""
    listed = scores(texts, other, true)
    low, high = interval(listed, seed=SEED)
    print(f"\nsecond person against the first: F1 {total(listed).f1:.3f} ({low:.3f} to {high:.3f}), ", end="")
    print(f"either choice {total(scores(texts, other, true, either_act)).f1:.3f}, ", end="")
    print(f"spans {total(scores(texts, other, true, same_span)).f1:.3f}")
    pairs = [
        (other[text.name][row].act, true[text.name][column].act)
        for text in texts
        for row, column in matched(other.get(text.name, ()), true.get(text.name, ()), same_span)
    ]
    kappa = cohens_kappa(pairs)
    print(f"kappa of acts where spans match ({len(pairs)}): {kappa}")
    said = attributions(texts, other, true)
    print(f"voice {said.voice / said.spans:.3f}, actor {said.actor / said.spans:.3f}, ", end="")
    print(f"target {said.target / said.spans:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SCORED)
