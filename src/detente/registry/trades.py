"""How opposed the parties of a consent list are, and which trades between issues help two of them, in names."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from detente.case.case import Case
from detente.compile.compiled import Compiled
from detente.compile.settlement import SettlementTrace
from detente.engines.settlement import (
    Completion,
    Compromise,
    Logroll,
    SettlementModel,
    find_logrolling,
    opposition,
)
from detente.registry.entries import consent_entry

Report = dict[str, Any]

LISTED_TRADES = 20
"""Trades listed for one reading of the lines; all are counted."""


def opposition_report(compiled: Compiled[SettlementModel, SettlementTrace]) -> Report:
    """Return, per pair of parties, the correlation of their utilities over all packages and over each issue.

    At the top level unknown options count at their worst, under `possible` at their best. Neither is a bound.
    """
    trace = compiled.trace

    def pairs(completion: Completion) -> list[Report]:
        return [
            {
                "parties": [trace.parties[k] for k in found.parties],
                "correlation": found.correlation,
                "by_issue": dict(zip(trace.issues, found.issues, strict=True)),
            }
            for found in opposition(compiled.model, completion=completion)
        ]

    unknown = any(trace.unknown.values())
    return {"pairs": pairs(Completion.WORST), "possible": {"pairs": pairs(Completion.BEST)} if unknown else None}


def logrolling_report(
    case: Case, compiled: Compiled[SettlementModel, SettlementTrace], stated: Sequence[int], every: Sequence[int]
) -> Report:
    """Return the trades between two issues that beat a compromise on each for two parties.

    Parameters
    ----------
    case : Case
        For the consent test of each trade.
    compiled : Compiled
        The model of a consent list, with its trace.
    stated, every : sequence of int
        The stated lines, which bind at the top level, and all of them, which bind under `with_inferred`.
    """
    top = _trades(case, compiled, stated)
    return {**top, "with_inferred": None if list(stated) == list(every) else _trades(case, compiled, every)}


def _trades(case: Case, compiled: Compiled[SettlementModel, SettlementTrace], binding: Sequence[int]) -> Report:
    found = find_logrolling(compiled.model, binding=binding)
    return {
        "count": len(found.trades),
        "trades": [_trade(case, compiled.trace, trade) for trade in found.trades[:LISTED_TRADES]],
        "compromises": [_compromise(compiled.trace, entry) for entry in found.compromises],
    }


def _trade(case: Case, trace: SettlementTrace, trade: Logroll) -> Report:
    issues = [trace.issues[i] for i in trade.issues]
    chosen = [trace.options[i][option] for i, option in zip(trade.issues, trade.options, strict=True)]
    package = dict(zip(issues, chosen, strict=True))
    sides = [trace.parties[k] for k in trade.parties]

    def units(steps: Fraction) -> float:
        return float(steps / trace.grid)

    return {
        "parties": sides,
        "package": package,
        **consent_entry(case, package, trace.parties),
        "gain": {party: units(gain) for party, gain in zip(sides, trade.gains, strict=True)},
        "joint_gain": units(sum(trade.gains, Fraction(0))),
        "change": {
            party: {issue: units(part) for issue, part in zip(issues, parts, strict=True)}
            for party, parts in zip(sides, trade.changes, strict=True)
        },
        "others": {trace.parties[k]: [units(low), units(high)] for k, low, high in trade.others},
    }


def _compromise(trace: SettlementTrace, compromise: Compromise) -> Report:
    return {
        "parties": [trace.parties[k] for k in compromise.parties],
        "options": {
            issue: [names[option] for option in options]
            for issue, names, options in zip(trace.issues, trace.options, compromise.options, strict=True)
        },
    }
