r"""Which act a clause carries: the rules that fire on it, weighed against each other.

Each act's evidence is the sum of what speaks for it,

.. math:: e_a = c \max_{r \in F_a} w_r + \sum_{f} v_{f,a}, \qquad p_a = \frac{\exp e_a}{\sum_b \exp e_b},

where F_a are the rules for act a that fire, w their weights of 1 to 10, and v what the development texts taught about
each rule and circumstance f (`data/weights.json`; a rule that is not in it, such as a user's own, has v = 0). One of
the outcomes is that the clause carries no act. The act is the one with the greatest p, the second act the next one.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from detente.evidence.coding.circumstances import circumstances
from detente.evidence.coding.clauses import Clause
from detente.evidence.coding.rules import NONE, SAME, Rule, RuleSet
from detente.evidence.coding.stems import stem
from detente.evidence.coding.words import plain_words, tokens, word_list
from detente.evidence.statement import Act

SPECIFIC = (
    Act.RED_LINE,
    Act.PRECONDITION,
    Act.THREATEN,
    Act.MEDIATE,
    Act.CONVENE_FORUM,
    Act.SANCTION,
    Act.DE_ESCALATE,
    Act.DEPLOY,
    Act.REASSURE,
    Act.REJECT,
    Act.ACCEPT,
    Act.DEMAND,
    Act.ACCUSE,
    Act.PROPOSE,
    Act.COMMIT,
    Act.ENGAGE,
    Act.PREDICT,
    Act.ASSESS_PERCEPTION,
)
"""Acts from the more to the less specific; of two with equal evidence the more specific holds."""
_COMMON = frozenset(
    [
        *("the", "a", "an", "of", "to", "in", "on", "at", "for", "and", "or", "is", "are", "was", "were", "be", "been"),
        *("it", "its", "this", "that", "with", "by", "as", "from", "has", "have", "had", "he", "she", "they", "his"),
        *("her", "their"),
    ]
)
"""Words that say nothing by themselves; they count in pairs."""

_RANK = {act: place for place, act in enumerate(SPECIFIC)}
NOTHING = "nothing"
"""The outcome that a clause carries no act, as `data/weights.json` names it."""

_NEGATORS = word_list("negators")
NEGATION_REACH = 4
AGAIN = 0.25
SECOND_LESS = 3.0
PER_WEIGHT = 0.45
DEFAULT_EVIDENCE = 1.0
STRONG = 4
SHOWN = 5
"""Of what was learnt, so much is kept to explain a reading."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired on a clause, the act it speaks for there and the words it saw."""

    rule: Rule
    act: Act
    words: str
    negated: bool

    @property
    def name(self) -> str:
        """The rule's name among the learnt weights."""
        return f"{self.rule.id} negated" if self.negated else self.rule.id


@dataclass(frozen=True, slots=True)
class Reading:
    """The act of a clause, its runner-up, their probabilities and why.

    `p_nothing` is the probability that the clause carries no act at all; `fired` is every rule that fired, the heaviest
    first; `rule` is the id of the one that decided. `weighed` is what was learnt that weighs most for or against the
    act: rules by id, circumstances with `@`, words and pairs of words with `~`, the heaviest first.
    """

    act: Act
    second: Act
    p_act: float
    p_second: float
    p_nothing: float
    rule: str
    fired: tuple[Fired, ...]
    circumstances: tuple[str, ...]
    weighed: tuple[tuple[str, float], ...]


def matchable(text: str, start: int, end: int) -> str:
    """Return characters [start, end) as the string of words that patterns are matched against."""
    return "".join(f"{word} " for token in tokens(text, start, end) for word in plain_words(token))


def clause_string(text: str, clause: Clause) -> str:
    """Return a clause, after the phrase that reports it, as patterns see it."""
    lead = ""
    if clause.lead_start is not None and clause.lead_end is not None:
        lead = matchable(text, clause.lead_start, clause.lead_end) + ">> "
    return f" ^ {lead}{matchable(text, clause.start, clause.end)}"


def fired_on(string: str, sentence: str, rules: RuleSet) -> tuple[Fired, ...]:
    """Return the rules that fire on a clause in a sentence, the heaviest first."""
    found: list[Fired] = []
    for place in rules.candidates(string.split()):
        rule = rules.rules[place]
        match = next((one for pattern in rule.patterns if (one := pattern.regex.search(string))), None)
        if match is None or any(pattern.regex.search(string) for pattern in rule.unless):
            continue
        if rule.sentence and not any(pattern.regex.search(sentence) for pattern in rule.sentence):
            continue
        negated = rule.negated != SAME and _negated(string, match.start())
        if negated and rule.negated == NONE:
            continue
        act = Act(rule.negated) if negated else rule.act
        found.append(Fired(rule, act, match.group().strip(), negated))
    return tuple(sorted(found, key=lambda one: (-one.rule.weight, _RANK[one.act], one.rule.id)))


def _negated(string: str, at: int) -> bool:
    boundary = string.rfind(">> ", 0, at)
    before = string[max(boundary, 0) : at].split()[-NEGATION_REACH:]
    return any(word in _NEGATORS for word in before)


def weighed(fired: Sequence[Fired]) -> dict[Act, float]:
    """Return the weight of each act: its heaviest rule, and a little for each other one."""
    weights: dict[Act, float] = {}
    for one in fired:
        heaviest = weights.get(one.act)
        weights[one.act] = one.rule.weight if heaviest is None else heaviest + AGAIN
        if one.rule.second is not None and not one.negated:
            weights.setdefault(one.rule.second, one.rule.weight - SECOND_LESS)
    return weights


def prior_evidence(fired: Sequence[Fired]) -> dict[str, float]:
    """Return the evidence for each act (and for none) by the rules' weights alone."""
    evidence: dict[str, float] = dict.fromkeys(SPECIFIC, 0.0)
    for act, weight in weighed(fired).items():
        evidence[act] = PER_WEIGHT * weight
    evidence[Act.ASSESS_PERCEPTION] = max(evidence[Act.ASSESS_PERCEPTION], DEFAULT_EVIDENCE)
    evidence[NOTHING] = 0.0 if fired else DEFAULT_EVIDENCE
    return evidence


def _by_words(act: Act, string: str, weights: Mapping[str, Mapping[str, float]]) -> str:
    """Return what stands for a rule where none speaks for the act: the word that does most, if any does."""
    words = [name for name in features((), (), string) if weights.get(name, {}).get(act, 0.0) > 0]
    heaviest = max(words, key=lambda name: (weights[name][act], name), default=None)
    return f"{act}.default" if heaviest is None else f"{act}.word {heaviest.removeprefix('~')}"


@cache
def learnt_weights() -> Mapping[str, Mapping[str, float]]:
    """Return rule or circumstance -> act -> what the development texts taught about it."""
    text = (files("detente.evidence.coding") / "data" / "weights.json").read_text(encoding="utf-8")
    weights: Mapping[str, Mapping[str, float]] = json.loads(text)
    return weights


def features(fired: Iterable[Fired], circumstances: Iterable[str], string: str) -> tuple[str, ...]:
    """Return the names under which weights are learnt: rules, `@` circumstances, `~` words, `~ ~` pairs of words.

    Examples
    --------
    >>> features((), ["short"], " ^ they turned back ")
    ('@short', '~turn', '~back', '~they turned', '~turned back')
    """
    words = [word for word in string.split() if word.isalpha()]
    stems = dict.fromkeys(f"~{stem(word)}" for word in words if word not in _COMMON)
    pairs = dict.fromkeys(f"~{one} {other}" for one, other in pairwise(words))
    return (*(one.name for one in fired), *(f"@{name}" for name in circumstances), *stems, *pairs)


def read(
    text: str,
    clause: Clause,
    string: str,
    fired: tuple[Fired, ...],
    *,
    place: int = 0,
    of: int = 1,
    weights: Mapping[str, Mapping[str, float]] | None = None,
) -> Reading:
    """Return the act of a clause, given the rules that fired on it and where it stands in its sentence."""
    around = tuple(circumstances(text, clause, string, place=place, of=of))
    weights = learnt_weights() if weights is None else weights
    evidence = prior_evidence(fired)
    names = features(fired, around, string)
    for name in names:
        for act, value in weights.get(name, {}).items():
            evidence[act] += value
    highest = max(evidence.values())
    mass = {act: math.exp(value - highest) for act, value in evidence.items()}
    total = sum(mass.values())
    first, second = sorted(SPECIFIC, key=lambda act: (-round(mass[act] / total, 9), _RANK[act]))[:2]

    def for_first(one: Fired) -> tuple[float, int]:
        own = PER_WEIGHT * one.rule.weight if one.act is first else 0.0
        return own + weights.get(one.name, {}).get(first, 0.0), -_RANK[one.act]

    learnt = ((name, weights.get(name, {}).get(first, 0.0)) for name in names)
    heaviest = sorted((one for one in learnt if one[1]), key=lambda one: (-abs(one[1]), one[0]))[:SHOWN]
    speaking = [one for one in fired if for_first(one)[0] > 0]
    rule = max(speaking, key=for_first).rule.id if speaking else _by_words(first, string, weights)
    return Reading(
        first,
        second,
        mass[first] / total,
        mass[second] / total,
        mass[NOTHING] / total,
        rule,
        fired,
        around,
        tuple(heaviest),
    )
