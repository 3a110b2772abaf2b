"""What is left of a graph model when some of its switches, rules and rankings are not public.

A switch that is gone counts as not taken: it leaves every state and every condition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from detente.case.change import changed
from detente.case.stability import Comparison, Outcome, Stability, StatePreference
from detente.core.condition import NOT_TAKEN, Among, Condition, Every, Implies, Not, Some

Left = Callable[[Iterable[str]], tuple[str, ...]]


def without_items(given: Stability, stands: Callable[[Any], bool], left: Left) -> Stability | None:
    """Return a graph model with the items that stand, or None if no switch does.

    Parameters
    ----------
    given : Stability
        The whole model.
    stands : function
        Whether an item (switch, rule, ban, ranking, outcome, misperception) is there.
    left : function
        The grounds that are left of those given.
    """
    switches = tuple(one for one in given.switches if stands(one))
    if not switches:
        return None
    kept = frozenset(one.id for one in switches)
    places = [place for place, one in enumerate(given.switches) if one.id in kept]
    gone = {one.id: NOT_TAKEN for one in given.switches if one.id not in kept}

    def grounded(item: Any, **changes: object) -> Any:
        return changed(item, because=left(item.because), **changes)

    def rules(items: Iterable[Any]) -> tuple[Any, ...]:
        found = ((one, reduced(one.when, gone)) for one in items if stands(one))
        return tuple(grounded(one, when=rule) for one, rule in found if isinstance(rule, Condition))

    def state(word: str) -> str:
        return "".join(word[place] for place in places)

    def preferences(items: Iterable[StatePreference]) -> tuple[StatePreference, ...]:
        return tuple(grounded(one, **preference(one)) for one in items if stands(one))

    out = [place for place, switch in enumerate(given.switches) if switch.id in gone]

    def preference(one: StatePreference) -> dict[str, object]:
        ties = (
            tuple(state(word) for word in tie if all(word[place] == NOT_TAKEN for place in out)) for tie in one.ranking
        )
        conditions = (reduced(rule, gone) for rule in one.ranked_conditions)
        return {
            "ranking": tuple(tie for tie in ties if tie),
            "ranked_conditions": tuple(rule for rule in conditions if isinstance(rule, Condition)),
            "weights": {switch: weight for switch, weight in one.weights.items() if switch in kept},
            "outcomes": _outcomes(one.outcomes, stands, gone, left, switches[0].id),
            "unknown": compared(one.unknown),
            "strong": compared(one.strong),
        }

    def compared(items: Iterable[Comparison]) -> tuple[Comparison, ...]:
        """Return comparisons of states that are there; a condition that always holds is tied to a switch."""
        kept_ones = []
        for one in items:
            if one.states is not None:
                if all(word[place] == NOT_TAKEN for word in one.states for place in out):
                    kept_ones.append(changed(one, states=tuple(state(word) for word in one.states)))
                continue
            sides = [reduced(rule, gone) for rule in (one.when, one.against) if rule is not None]
            if False not in sides:
                always = Among(switches[0].id, ("N", "Y"))
                when, against = (side if isinstance(side, Condition) else always for side in sides)
                kept_ones.append(changed(one, when=when, against=against))
        return tuple(kept_ones)

    cannot_be = (reduced(one.when, gone) for one in given.infeasible if stands(one))
    if any(rule is True for rule in cannot_be):
        return None  # every state without the switches that are gone is ruled out: there is no model yet
    return changed(
        given,
        switches=tuple(grounded(one) for one in switches),
        today=None if given.today is None else state(given.today),
        infeasible=rules(given.infeasible),
        bans=_bans(given, stands, gone, left),
        preferences=preferences(given.preferences),
        misperceptions=tuple(
            grounded(
                one,
                not_seen=tuple(
                    rule for rule in (reduced(rule, gone) for rule in one.not_seen) if isinstance(rule, Condition)
                ),
                switches=tuple(name for name in one.switches if name in kept),
                preferences=preferences(one.preferences),
            )
            for one in given.misperceptions
            if stands(one)
        ),
    )


def _bans(given: Stability, stands: Callable[[Any], bool], gone: Mapping[str, str], left: Left) -> tuple[Any, ...]:
    """Return the bans on switches that are there; one that has come to hold everywhere stays so."""
    kept = []
    for ban in given.bans:
        rule = reduced(ban.when, gone)
        if ban.switch in gone or rule is False or not stands(ban):
            continue
        always = Among(ban.switch, ("N", "Y"))
        kept.append(changed(ban, when=rule if isinstance(rule, Condition) else always, because=left(ban.because)))
    return tuple(kept)


def _outcomes(
    given: Iterable[Outcome], stands: Callable[[Any], bool], gone: Mapping[str, str], left: Left, anchor: str
) -> tuple[Outcome, ...]:
    """Return the outcomes that can still come about; one that always does is tied to any switch that is there."""
    kept = []
    for one in given:
        rule = reduced(one.when, gone)
        if stands(one) and rule is not False:
            kept.append(
                changed(one, when=Among(anchor, ("N", "Y")) if rule is True else rule, because=left(one.because))
            )
    return tuple(kept)


def reduced(rule: Condition, gone: Mapping[str, str]) -> Condition | bool:
    """Return a condition with some switches set, or the value that it then has.

    Examples
    --------
    >>> from detente.core.condition import parse_condition
    >>> str(reduced(parse_condition("a and not b", switches=True), {"b": "N"}))
    'a in [Y]'
    >>> reduced(parse_condition("a and b", switches=True), {"b": "N"})
    False
    """
    match rule:
        case Among(issue=issue, options=options):
            return gone[issue] in options if issue in gone else rule
        case Not(rule=denied):
            inner = reduced(denied, gone)
            return not inner if isinstance(inner, bool) else Not(inner)
        case Every(rules=rules):
            return _several([reduced(one, gone) for one in rules], Every, absorbing=False)
        case Some(rules=rules):
            return _several([reduced(one, gone) for one in rules], Some, absorbing=True)
        case Implies(given=given, then=then):
            return _implied(reduced(given, gone), reduced(then, gone))
    raise TypeError(f"no condition: {rule!r}")


def _several(parts: list[Condition | bool], kind: type[Every] | type[Some], *, absorbing: bool) -> Condition | bool:
    if absorbing in parts:
        return absorbing
    left = tuple(part for part in parts if isinstance(part, Condition))
    return not absorbing if not left else left[0] if len(left) == 1 else kind(left)


def _implied(given: Condition | bool, then: Condition | bool) -> Condition | bool:
    if given is False or then is True:
        return True
    if given is True:
        return then
    if isinstance(then, Condition) and isinstance(given, Condition):
        return Implies(given, then)
    assert isinstance(given, Condition)
    return Not(given)
