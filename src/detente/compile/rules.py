"""Links and red lines as truth tables over the issues of an analysis.

A condition may read issues that were left out. A red line is then crossed where it is crossed whatever they turn out to
be; links are kept where some choice on them keeps all the links that they tie together.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detente.case.case import Case
from detente.case.issue import Link
from detente.case.position import Basis
from detente.case.red_lines import StandingLine, standing_lines
from detente.core.condition import Condition, Every
from detente.core.errors import ModelError
from detente.engines.settlement.model import Line, Rule

LARGEST_TABLE = 1 << 20

Options = Mapping[str, Sequence[str]]


def truth_table(
    condition: Condition, options: Options, hidden: Options, *, whatever: bool
) -> tuple[tuple[str, ...], NDArray[np.bool_]]:
    """Return the issues of an analysis that a condition reads, and its value for each combination of their options.

    Parameters
    ----------
    condition : Condition
        The rule.
    options : mapping of issue to its options
        The issues of the analysis, in order.
    hidden : mapping of issue to its options
        The issues that were left out.
    whatever : bool
        Whether the condition must hold whatever the hidden issues turn out to be, or for some choice on them.

    Raises
    ------
    ModelError
        If more than 2**20 combinations would have to be listed.
    """
    read = set(condition.issues())
    issues = tuple(issue for issue in options if issue in read)
    unseen = tuple(issue for issue in hidden if issue in read)
    shape = tuple(len(options[issue]) for issue in issues)
    combinations = math.prod(shape) * math.prod(len(hidden[issue]) for issue in unseen)
    if combinations > LARGEST_TABLE:
        raise ModelError(
            where="compile.settlement",
            what=f'the condition "{condition}" joins too many issues',
            got=f"{len(issues) + len(unseen)} issues, {combinations} combinations",
            allowed=f"At most {LARGEST_TABLE} combinations of options in one condition",
            hint="Split the condition into several",
        )
    quantified = all if whatever else any
    completions = [
        dict(zip(unseen, chosen, strict=True)) for chosen in itertools.product(*(hidden[issue] for issue in unseen))
    ]
    values = [
        quantified(
            condition.holds({**completion, **dict(zip(issues, chosen, strict=True))}) for completion in completions
        )
        for chosen in itertools.product(*(options[issue] for issue in issues))
    ]
    return issues, np.array(values, dtype=np.bool_).reshape(shape)


def compiled_lines(
    case: Case, members: Sequence[str], speakers: Sequence[str], options: Options, hidden: Options, assumed: list[str]
) -> tuple[tuple[Line, ...], tuple[StandingLine, ...]]:
    """Return the lines that some package of the analysis crosses, with the lines of the case they stand for."""
    lines, traces = [], []
    for party, speaker in enumerate(speakers):
        for line in standing_lines(case, speaker):
            if line.relaxed:
                continue
            issues, crossed = truth_table(line.condition, options, hidden, whatever=True)
            if issues and len(issues) < len(line.condition.issues()):
                assumed.append(
                    f"Red line {line.id} also reads issues that are left out; it excludes only what crosses it "
                    "whatever they turn out to be."
                )
            if crossed.any():
                rule = _rule(issues, ~crossed, options)
                lines.append(Line(party, rule, line.p_nested.mode, stated=line.basis is Basis.STATED))
                traces.append(replace(line, party=members[party]))
    return tuple(lines), tuple(traces)


def compiled_links(
    case: Case, options: Options, hidden: Options, assumed: list[str]
) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    """Return the links as rules, those that hidden issues tie together as one, and their ids joined by a plus."""
    rules, ids = [], []
    for group in _tied(case.links, hidden):
        condition = group[0].condition if len(group) == 1 else Every(tuple(link.condition for link in group))
        names = "+".join(link.id for link in group)
        issues, kept = truth_table(condition, options, hidden, whatever=False)
        if len(issues) < len(condition.issues()):
            assumed.append(
                f"Link {names} also reads issues that are left out; a package keeps it if some choice on them does."
            )
        if not kept.all():
            rules.append(_rule(issues, kept, options))
            ids.append(names)
    return tuple(rules), tuple(ids)


def _rule(issues: Sequence[str], allowed: NDArray[np.bool_], options: Options) -> Rule:
    """Return a rule; one that reads no issue of the analysis and is never kept is written on the first issue."""
    order = list(options)
    if not issues:
        return Rule((0,), np.broadcast_to(allowed, (len(options[order[0]]),)))
    return Rule(tuple(order.index(issue) for issue in issues), allowed)


def _tied(links: Sequence[Link], hidden: Options) -> list[list[Link]]:
    """Return the links in groups that share no hidden issue."""
    groups: list[tuple[set[str], list[Link]]] = []
    for link in links:
        unseen = set(link.condition.issues()) & set(hidden)
        joined = [group for group in groups if group[0] & unseen]
        groups = [group for group in groups if not group[0] & unseen]
        merged = sorted((member for group in joined for member in group[1]), key=links.index)
        groups.append((unseen.union(*(group[0] for group in joined)), [*merged, link]))
    return [group for _, group in groups]
