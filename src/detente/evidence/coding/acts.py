"""Which act a clause carries: the rules that fire on it, weighed against each other.

Each rule that fires speaks for its act with its weight; several rules for the same act add a little. The act with the
greatest weight is the act, the next one the second act if it comes near. A clause on which no rule fires, in a sentence
where none did, is how its author sees things: a forecast if it speaks of the future, else an assessment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.evidence.coding.clauses import Clause
from detente.evidence.coding.rules import NONE, SAME, Rule, RuleSet
from detente.evidence.coding.words import plain_words, tokens
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
"""Acts from the more to the less specific; of two of one weight the more specific holds."""
_RANK = {act: place for place, act in enumerate(SPECIFIC)}
_NEGATORS = frozenset(
    "not never no neither nor nobody none without refuse refuses refused refusing refusal decline declines declined "
    "unwilling fail fails failed unable stopped rather hardly".split()
)
NEGATION_REACH = 4
AGAIN = 0.25
NEAR = 4.0
DEFAULT_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired on a clause, the act it speaks for there and the words it saw."""

    rule: Rule
    act: Act
    weight: float
    words: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The act of a clause, its runner-up, and every rule that fired, the heaviest first."""

    act: Act
    second: Act | None
    weight: float
    fired: tuple[Fired, ...]

    @property
    def rule(self) -> str:
        """Id of the rule that decided; the default's where none fired."""
        return next((one.rule.id for one in self.fired if one.act is self.act), f"{self.act}.default")


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
        found.append(Fired(rule, act, float(rule.weight), match.group().strip(), negated))
    return tuple(sorted(found, key=lambda one: (-one.weight, _RANK[one.act], one.rule.id)))


def _negated(string: str, at: int) -> bool:
    boundary = string.rfind(">> ", 0, at)
    before = string[max(boundary, 0) : at].split()[-NEGATION_REACH:]
    return any(word in _NEGATORS for word in before)


def weighed(fired: Sequence[Fired]) -> dict[Act, float]:
    """Return the weight of each act: its heaviest rule, and a little for each other one."""
    weights: dict[Act, float] = {}
    for one in fired:
        heaviest = weights.get(one.act)
        weights[one.act] = one.weight if heaviest is None else heaviest + AGAIN
        if one.rule.second is not None and not one.negated:
            weights.setdefault(one.rule.second, one.weight - NEAR + 1)
    return weights


def reading_of(string: str, sentence: str, rules: RuleSet) -> Reading | None:
    """Return the act of a clause, None where no rule fires."""
    fired = fired_on(string, sentence, rules)
    if not fired:
        return None
    weights = weighed(fired)
    order = sorted(weights, key=lambda act: (-weights[act], _RANK[act]))
    act = order[0]
    second = next((other for other in order[1:] if weights[act] - weights[other] <= NEAR), None)
    return Reading(act, second, weights[act], fired)
