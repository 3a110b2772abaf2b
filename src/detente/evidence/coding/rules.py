"""Rules that see acts: data files, one per act, read once and compiled.

A rule has an id, an act and patterns (see `patterns`): it fires on a clause that one of its patterns matches, unless a
clause pattern under `unless` matches too, and only if a pattern under `sentence` matches the whole sentence, where one
is given. How rules that fire are weighed is in `acts`. `negated` says what a match means after a negation
("did not accept" is a rejection): an act, `same` (the negation changes nothing) or `none`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from detente.core.errors import EvidenceError
from detente.evidence.coding.patterns import Pattern, PatternError, compiled
from detente.evidence.statement import Act

SAME, NONE = "same", "none"
_KEYS = frozenset(
    {"id", "act", "second", "weight", "confidence", "any", "unless", "sentence", "negated", "examples", "counter"}
)
LIGHTEST, HEAVIEST = 1, 10
LISTS = "lists"


@dataclass(frozen=True, slots=True)
class Rule:
    """How one way of expressing an act is recognised.

    Attributes
    ----------
    weight : int
        1 to 10: 1-3 hints, 4-6 usual expressions, 7-10 expressions that leave little doubt.
    confidence : float or None
        How often its codings were right on the development texts, shrunk; None where it was not measured.
    negated : Act, "same" or "none"
        What a match after a negation means.
    examples, counter : tuple of str
        Clauses on which it has to fire, and on which it must not.
    where : str
        File and line, for messages.
    """

    id: str
    act: Act
    weight: int
    patterns: tuple[Pattern, ...]
    second: Act | None = None
    confidence: float | None = None
    unless: tuple[Pattern, ...] = ()
    sentence: tuple[Pattern, ...] = ()
    negated: Act | str = NONE
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True)
class RuleSet:
    """Compiled rules, with an index from words to the rules that they may fire."""

    rules: tuple[Rule, ...]
    always: tuple[int, ...] = ()
    by_word: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    by_prefix: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    _seen: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)

    def candidates(self, words: Iterable[str]) -> list[int]:
        """Return the places of rules that may fire on these words, in order."""
        found = set(self.always)
        for word in words:
            rules = self._seen.get(word)
            if rules is None:
                rules = self._seen_first(word)
            if rules:
                found.update(rules)
        return sorted(found)

    def _seen_first(self, word: str) -> tuple[int, ...]:
        rules = set(self.by_word.get(word, ()))
        for length in range(2, len(word) + 1):
            rules.update(self.by_prefix.get(word[:length], ()))
        found = tuple(sorted(rules))
        if len(self._seen) < LONGEST_MEMORY:
            self._seen[word] = found
        return found


LONGEST_MEMORY = 50_000


def rule_set(rules: Iterable[Rule]) -> RuleSet:
    """Return rules with their index."""
    ordered = tuple(rules)
    always: list[int] = []
    words, prefixes = defaultdict(set), defaultdict(set)  # type: ignore[var-annotated]
    for place, rule in enumerate(ordered):
        for pattern in rule.patterns:
            if pattern.anchors is None:
                always.append(place)
            for anchor in pattern.anchors or ():
                (prefixes[anchor[:-1]] if anchor.endswith("*") else words[anchor]).add(place)
    return RuleSet(
        ordered,
        tuple(dict.fromkeys(always)),
        {word: tuple(sorted(places)) for word, places in words.items()},
        {prefix: tuple(sorted(places)) for prefix, places in prefixes.items()},
    )


@cache
def general_rules() -> RuleSet:
    """Return the rules that come with the program."""
    return read_rules(files("detente.evidence.coding") / "data" / "acts")


def read_rules(folder: Traversable) -> RuleSet:
    """Read every `.yaml` file of a folder; lists of all files, and the program's own, can be used in each."""
    documents = [
        (file.name, _Located(file).document())
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith((".yaml", ".yml"))
    ]
    lists = dict(_general_lists())
    for name, document in documents:
        lists.update(_lists_of(name, document))
    rules: dict[str, Rule] = {}
    for name, document in documents:
        for given, line in document["rules"]:
            rule = _rule(f"{name}:{line}", given, document["act"], lists)
            if rule.id in rules:
                raise _fault(rule.where, "two rules have the same id", rule.id, "Ids are unique", "Rename one of them")
            rules[rule.id] = rule
    return rule_set(rules.values())


@cache
def _general_lists() -> dict[str, str]:
    file = files("detente.evidence.coding") / "data" / "lists.yaml"
    return _lists_of("lists.yaml", _Located(file).document())


def _lists_of(name: str, document: Mapping[str, Any]) -> dict[str, str]:
    lists = {}
    for key, entries in document[LISTS].items():
        if not isinstance(entries, str) or not entries.strip():
            raise _fault(name, f'the list "{key}" is not text', entries, "A list is a pattern: words joined by |", "")
        lists[str(key)] = entries
    return lists


class _Located:
    """A YAML file of rules, each with the line it stands on."""

    def __init__(self, file: Traversable) -> None:
        self.name, self.text = file.name, _text_of(file)

    def document(self) -> dict[str, Any]:
        """Return act, lists and (rule, line) pairs of the file."""
        try:
            loader = yaml.SafeLoader(self.text)
            try:
                root = loader.get_single_node()
                content = loader.construct_document(root) if root is not None else {}
            finally:
                loader.dispose()
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            line = f":{mark.line + 1}" if mark else ""
            raise _fault(f"{self.name}{line}", "this is not YAML", None, "", "Check indentation and quotes") from None
        if not isinstance(content, dict) or set(content) - {"act", LISTS, "rules", "about"}:
            raise _fault(self.name, "this is not a file of rules", None, "Its keys are act, about, lists and rules", "")
        rules = content.get("rules") or []
        lists = content.get(LISTS) or {}
        if not isinstance(rules, list) or not isinstance(lists, dict):
            raise _fault(self.name, "rules is not a list, or lists not a mapping", None, "", "")
        lines = [1] * len(rules)
        for key, node in root.value if root is not None else ():
            if key.value == "act" and content["act"] is not None:
                _act(f"{self.name}:{key.start_mark.line + 1}", "act", content["act"])
            if key.value == "rules" and isinstance(node, yaml.SequenceNode):
                lines = [item.start_mark.line + 1 for item in node.value]
        return {"act": content.get("act"), LISTS: lists, "rules": list(zip(rules, lines, strict=True))}


def _text_of(file: Traversable) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise _fault(file.name, "this is not UTF-8 text", None, "", "Save it as UTF-8") from None


def _rule(where: str, given: Any, act: Any, lists: Mapping[str, str]) -> Rule:
    if not isinstance(given, dict) or not isinstance(given.get("id"), str):
        raise _fault(where, "a rule has no id", None, "A rule is a mapping with id and any", "Give it an id")
    where = f'{where}, rule "{given["id"]}"'
    if unknown := sorted(map(str, set(given) - _KEYS)):
        raise _fault(where, "a key is not known", unknown[0], f"Keys are {', '.join(sorted(_KEYS))}", "")
    weight = given.get("weight", 5)
    if not isinstance(weight, int) or isinstance(weight, bool) or not LIGHTEST <= weight <= HEAVIEST:
        raise _fault(where, "weight is not a whole number from 1 to 10", weight, "", "")
    confidence = given.get("confidence")
    if confidence is not None and not (isinstance(confidence, int | float) and 0 <= confidence <= 1):
        raise _fault(where, "confidence is not a number from 0 to 1", confidence, "", "")
    negated = given.get("negated", NONE)
    return Rule(
        id=given["id"],
        act=_act(where, "act", given.get("act", act)),
        weight=weight,
        patterns=_patterns(where, "any", given.get("any"), lists, needed=True),
        second=None if given.get("second") is None else _act(where, "second", given["second"]),
        confidence=confidence,
        unless=_patterns(where, "unless", given.get("unless"), lists),
        sentence=_patterns(where, "sentence", given.get("sentence"), lists),
        negated=negated if negated in {SAME, NONE} else _act(where, "negated", negated),
        examples=_sentences(where, "examples", given.get("examples")),
        counter=_sentences(where, "counter", given.get("counter")),
        where=where,
    )


def _act(where: str, key: str, value: Any) -> Act:
    try:
        return Act(value)
    except ValueError:
        raise _fault(where, f"{key} is not an act", value, f"Acts are {', '.join(Act)}", "") from None


def _patterns(
    where: str, key: str, value: Any, lists: Mapping[str, str], *, needed: bool = False
) -> tuple[Pattern, ...]:
    sources = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(sources, list) or not all(isinstance(one, str) and one.strip() for one in sources):
        raise _fault(where, f"{key} is not a pattern or a list of patterns", value, "", "Quote it")
    if needed and not sources:
        raise _fault(where, f"{key} has no pattern", None, "A rule needs at least one", "")
    found = []
    for source in sources:
        try:
            found.append(compiled(source, lists))
        except PatternError as error:
            raise _fault(
                where, f"a pattern under {key} cannot be read: {error}", source, "", "See coding-rules"
            ) from None
    return tuple(found)


def _sentences(where: str, key: str, value: Any) -> tuple[str, ...]:
    sentences = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(sentences, list) or not all(isinstance(one, str) for one in sentences):
        raise _fault(where, f"{key} is not a list of sentences", value, "", "Quote it")
    return tuple(sentences)


def _fault(where: str, what: str, got: object, allowed: str, hint: str) -> EvidenceError:
    return EvidenceError(where=where, what=what, got=got, allowed=allowed, hint=hint)
