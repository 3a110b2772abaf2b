"""What a condition refuses, option by option, and whether refusals in words carry all of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from detente.case.case import Case
from detente.core.condition import Among, Condition, Every, Implies, Not, Some

Answer = tuple[str, str]
"""An issue and one of its options."""


def refused_options(case: Case, rule: Condition) -> tuple[Answer, ...]:
    """Return the options that a condition refuses.

    Over one issue these are the options for which it holds, however it is written (`not x in [o1]` refuses all but
    o1); over several issues, the options that help it to hold.
    """
    issues = rule.issues()
    if len(issues) == 1:
        return tuple((issues[0], option) for option in _options(case, issues[0]) if rule.holds({issues[0]: option}))
    return tuple(dict.fromkeys(_helping(case, rule, wanted=True)))


def is_said(case: Case, rule: Condition, said: Collection[Answer]) -> bool:
    """Return whether refusals of single options carry a condition whole.

    They do if no package can meet the condition without one of the refused options. Over several issues each
    `issue in [options]` is read by itself, which errs towards "no".

    Examples
    --------
    With x o1 refused, `x in [o1] and y in [o2]` is carried; `x in [o1, o2]` and `x in [o1] or y in [o2]` are not.
    """
    refused = refused_options(case, rule)
    if len(rule.issues()) == 1:
        return bool(refused) and all(one in said for one in refused)
    return bool(refused) and not _can_avoid(case, rule, said, wanted=True)


def _options(case: Case, issue: str) -> tuple[str, ...]:
    return tuple(option.id for option in case.issue[issue].options) if issue in case.issue else ()


def _answers(case: Case, atom: Among, *, wanted: bool) -> Iterator[Answer]:
    """Yield the options that make `issue in [options]` true, or false."""
    options = atom.options if wanted else [o for o in _options(case, atom.issue) if o not in atom.options]
    return ((atom.issue, option) for option in options)


def _helping(case: Case, rule: Condition, *, wanted: bool) -> Iterator[Answer]:
    if isinstance(rule, Among):
        yield from _answers(case, rule, wanted=wanted)
    else:
        for part, sign in _parts(rule):
            yield from _helping(case, part, wanted=wanted is sign)


def _can_avoid(case: Case, rule: Condition, said: Collection[Answer], *, wanted: bool) -> bool:
    """Return whether a condition can be made true (or false) by options that were not refused."""
    if isinstance(rule, Among):
        return any(one not in said for one in _answers(case, rule, wanted=wanted))
    found = (_can_avoid(case, part, said, wanted=wanted is sign) for part, sign in _parts(rule))
    needs_all = isinstance(rule, Every) is wanted
    return all(found) if needs_all else any(found)


def _parts(rule: Condition) -> tuple[tuple[Condition, bool], ...]:
    """Return what a condition is made of, each with whether it counts as it stands or reversed."""
    if isinstance(rule, Not):
        return ((rule.rule, False),)
    if isinstance(rule, Implies):
        return ((rule.given, False), (rule.then, True))
    assert isinstance(rule, (Every, Some))
    return tuple((part, True) for part in rule.rules)
