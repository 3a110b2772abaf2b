"""Which refusals, together, leave no option of an issue open."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.consent import ConsentList
from detente.case.ledger.assent import members_on
from detente.case.ledger.option_view import OptionView, issue_view
from detente.case.ledger.stances import Held
from detente.case.position import Stance

MOST_SETS = 200
"""How many smallest sets are listed for one issue; `set_count` always gives their full number."""


@dataclass(frozen=True, slots=True)
class Closure:
    """An issue whose every option is refused by somebody.

    A smallest set takes one refusal per option: dropping any of them opens that option again. `set_count`
    is their number (the product of the numbers of refusers), `sets` the first of them.
    """

    issue: str
    stated_only: bool
    refusals: tuple[tuple[Held, ...], ...]  # per option
    set_count: int
    sets: tuple[tuple[Held, ...], ...]


@dataclass(frozen=True, slots=True)
class OpenOptions:
    """What is left of an issue when refusals are taken at their word."""

    issue: str
    by_stated: tuple[str, ...]  # no member says that it refuses these
    by_stated_and_inferred: tuple[str, ...]  # nor is any read as refusing these


def open_options(case: Case, consent_list: ConsentList) -> tuple[OpenOptions, ...]:
    """Return, per issue, the options that no member refuses, by stated and by stated and inferred refusals."""
    return tuple(
        OpenOptions(
            issue,
            tuple(v.option for v in views if not v.those_who(Stance.RULES_OUT, stated_only=True)),
            tuple(v.option for v in views if not v.those_who(Stance.RULES_OUT)),
        )
        for issue, views in _per_issue(case, consent_list)
    )


def closures(case: Case, consent_list: ConsentList, *, stated_only: bool) -> tuple[Closure, ...]:
    """Return the issues that refusals close, with the smallest sets of refusals that do it."""
    found = []
    for issue, views in _per_issue(case, consent_list):
        refusals = tuple(view.those_who(Stance.RULES_OUT, stated_only=stated_only) for view in views)
        if all(refusals):
            count = 1
            for entries in refusals:
                count *= len(entries)
            sets = tuple(itertools.islice(itertools.product(*refusals), MOST_SETS))
            found.append(Closure(issue, stated_only, refusals, count, sets))
    return tuple(found)


def _per_issue(case: Case, consent_list: ConsentList) -> Iterator[tuple[str, tuple[OptionView, ...]]]:
    for issue in case.issues:
        yield issue.id, issue_view(case, issue.id, members_on(case, consent_list, issue.id))
