"""What `detente settle` says of mixtures, opposition, trades and issue groups.

No option is named here, and an issue that a mixture splits or a trade exchanges only where the consent test lets the
package pass: territory is no chip, whoever gains by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.cli.names import count_of, issue_name, joined, party_name

Part = Mapping[str, Any]

SOLUTIONS = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai–Smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
}

MOST_TRADES = 3


def trade_lines(case: Case, part: Part) -> Iterator[str]:
    """Yield the sentences for one consent list; one party or one issue leaves little to compare."""
    if "randomised" not in part or len(part["parties"]) < 2:
        return
    yield from _mixtures(case, part)
    yield from _opposition(case, part["opposition"])
    if len(part["issues"]) > 1:
        yield from _logrolling(case, part["logrolling"])
        yield from _groups(case, part["issue_groups"])


def _mixtures(case: Case, part: Part) -> Iterator[str]:
    found = part["randomised"]
    if "not_computed" in found:
        several = len(part["parties"]) > 2
        why = "computed for two parties only." if several else found["not_computed"]
        yield f"If packages could be mixed, by shares or by lot: {why}"
        return
    if found["ideal"] is None:
        possible = found["possible"] is not None and found["possible"]["ideal"] is not None
        yield (
            "Even if packages could be mixed, by shares or by lot, "
            f"{'none is certain to give' if possible else 'none gives'} every party its value of no agreement."
        )
        return
    yield "If packages could be mixed, by shares or by lot (benchmarks, which presume an enforceable deal):"
    for key, mixtures in found["solutions"].items():
        for mixture in mixtures:
            shown = all(outcome["printable"] for outcome in mixture["outcomes"])
            split = _split(case, mixture) if shown else "not printed"
            yield f"  {SOLUTIONS[key]}: {_utilities(case, mixture['utility'])}; {split}"


def _split(case: Case, mixture: Part) -> str:
    """Return which issues are split, in which shares, and who is worse off than without agreement in one outcome."""
    if not mixture["split"]:
        return "nothing is split"
    shares = " to ".join(f"{outcome['share']:.1%}" for outcome in mixture["outcomes"])
    words = f"split: {_issues(case, mixture['split'])}, {shares}"
    if mixture["instead"]:
        words += f" (or, at the same rate: {'; or '.join(_issues(case, group) for group in mixture['instead'])})"
    below = dict.fromkeys(party for outcome in mixture["outcomes"] for party in outcome["below_no_agreement"])
    if below:
        names = joined(party_name(case, party) for party in below)
        words += f"; one of the two outcomes alone is worth less than no agreement to {names}"
    return words


def _opposition(case: Case, found: Part) -> Iterator[str]:
    yield (
        "Opposition over all packages, whatever lines they cross (−1: one gains what the other loses; "
        "+1: same interests):"
    )
    best = None if found["possible"] is None else found["possible"]["pairs"]
    for number, pair in enumerate(found["pairs"]):
        value = _correlation(pair["correlation"])
        if best is not None:
            at_best = _correlation(best[number]["correlation"])
            value = f"{value} with unknown options at their worst, {at_best} at their best"
        yield f"  {joined(party_name(case, party) for party in pair['parties'])}: {value}"


def _correlation(value: float | None) -> str:
    if value is None:
        return "none, as one of the two is indifferent"
    return f"{value:+.2f}".replace("-", "−")


def _logrolling(case: Case, found: Part) -> Iterator[str]:
    trades = [trade for trade in found["trades"] if trade["printable"]]
    stopped = len(found["trades"]) - len(trades)
    yield (
        "Trades between two issues that two parties both prefer to a compromise on each: "
        f"{count_of(found['count'], 'trade')}{', with gains over the compromise:' if trades else '.'}"
    )
    if stopped:
        yield f"  Not printed, as the consent test stops them: {stopped} of the first {len(found['trades'])}."
    for trade in trades[:MOST_TRADES]:
        sides = "; ".join(
            f"{party_name(case, party)} {trade['gain'][party]:+.3g}{_more_on(case, change)}"
            for party, change in trade["change"].items()
        )
        yield f"  {_issues(case, trade['package'])}: {sides}"
    if (more := len(trades) - MOST_TRADES) > 0:
        yield f"  … and {count_of(more, 'more trade')} that may be printed; --json lists them."


def _more_on(case: Case, change: Mapping[str, float]) -> str:
    """Return on which issue a party gets more than by the compromise, if it gets less on the other."""
    more = [issue for issue, part in change.items() if part > 0]
    less = [issue for issue, part in change.items() if part < 0]
    if len(more) != 1 or not less:
        return ""
    return f" (more on {_issues(case, more)}, less on {_issues(case, less)})"


def _groups(case: Case, found: Part) -> Iterator[str]:
    if "not_computed" in found:
        yield f"Issue groups one by one: not computed. {found['not_computed']}"
        return
    groups = found["groups"]
    agreed = [group for group in groups if group["solutions"]]
    without = joined(_group_name(case, group) for group in groups if not group["solutions"])
    yield (
        f"Issue groups one by one, no agreement divided by weight: {len(agreed)} of {len(groups)} "
        f"have an agreement by themselves{f'; not: {without}' if len(agreed) < len(groups) else ''}."
    )
    yield f"  One by one (Nash in each): {_ranges(case, found['one_by_one'])}"
    package = found["package_deal"]
    yield f"  One package (Nash): {'no agreement.' if package is None else _ranges(case, package)}"
    for group in groups:
        by = group["joined_by"]
        causes = [f"link {link}" for link in by["links"]] + [f"red line {line}" for line in by["lines"]]
        causes += [f"a joint value of {party_name(case, party)}" for party in by["joint_values"]]
        if causes:
            yield f"  {_group_name(case, group)}: taken together, joined by {joined(causes)}."


def _group_name(case: Case, group: Part) -> str:
    return " with ".join(group["clusters"]) or _issues(case, group["issues"])


def _issues(case: Case, issues: Iterable[str]) -> str:
    return " and ".join(f"“{issue_name(case, issue)}”" for issue in issues)


def _utilities(case: Case, utility: Mapping[str, float]) -> str:
    return joined(f"{party_name(case, party)} {value:.4g}" for party, value in utility.items())


def _ranges(case: Case, ranges: Mapping[str, tuple[float, float]]) -> str:
    return joined(
        f"{party_name(case, party)} {low:.4g}" + ("" if low == high else f" to {high:.4g}")
        for party, (low, high) in ranges.items()
    )
