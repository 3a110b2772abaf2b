"""Rules of a user's folder: read, held to their own examples, and joined to those of the program.

An example is a promise of who wrote the rule; it is kept or the folder is refused, before anything is coded with it.
"""

from __future__ import annotations

from pathlib import Path

from detente.core.errors import EvidenceError, shortened
from detente.evidence.coding.acts import Fired, fired_on, matchable
from detente.evidence.coding.rules import Rule, RuleSet, general_rules, read_rules, rule_set

_SHOWN = 120


def rules_with(folder: Path) -> RuleSet:
    """Return the program's rules with those of a folder; a rule with the id of another stands in its place.

    Parameters
    ----------
    folder : Path
        A folder of `.yaml` files, one per act.

    Raises
    ------
    EvidenceError
        If it is no folder, has no rules, or a rule cannot be read or does not keep to its examples.
    """
    if not folder.is_dir():
        raise EvidenceError(
            where=str(folder),
            what="this is not a folder of rules",
            allowed="Rules are .yaml files in a folder, one per act",
            hint="Name the folder, not a file in it",
        )
    own = read_rules(folder).rules
    if not own:
        raise EvidenceError(
            where=str(folder),
            what="there are no rules in this folder",
            allowed="Rules are .yaml files in a folder, one per act, with a list under `rules`",
            hint="Name the folder that holds them",
        )
    ids = {rule.id for rule in own}
    rules = rule_set((*(rule for rule in general_rules().rules if rule.id not in ids), *own))
    for rule in own:
        _hold(rule, rules)
    return rules


def _hold(rule: Rule, rules: RuleSet) -> None:
    """Refuse a rule that does not fire for its act on an example, or fires on a counter-example."""
    for sentence in rule.examples:
        fired = _fired(sentence, rules)
        acts = [one.act for one in fired if one.rule.id == rule.id]
        if acts != [rule.act]:
            raise EvidenceError(
                where=rule.where,
                what=f"an example is not coded {rule.act} by its rule",
                got=shortened(sentence, _SHOWN),
                allowed=_said(acts[0] if acts else None, [one for one in fired if one.rule.id != rule.id]),
                hint="Mend the rule's any, unless, sentence or negated, or the example",
            )
    for sentence in rule.counter:
        if any(one.rule.id == rule.id for one in _fired(sentence, rules)):
            raise EvidenceError(
                where=rule.where,
                what="the rule fires on a counter-example",
                got=shortened(sentence, _SHOWN),
                allowed="A rule fires on none of the sentences under counter",
                hint="Narrow any, or add what is different to unless",
            )


def _fired(sentence: str, rules: RuleSet) -> tuple[Fired, ...]:
    """Return what fires on a sentence that is taken as one clause."""
    string = f" ^ {matchable(sentence, 0, len(sentence))}"
    return fired_on(string, string, rules)


def _said(own: str | None, others: list[Fired]) -> str:
    """Return what came out instead."""
    ours = "The rule does not fire" if own is None else f"After a negation the rule says {own}"
    if not others:
        return f"{ours}, and no other does"
    return f"{ours}; others do: " + ", ".join(f"{one.rule.id} ({one.act})" for one in others[:3])
