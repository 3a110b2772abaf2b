"""How a package stands to each party, in words and in numbers as they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.cli.names import issue_name, joined, line_words, option_name, party_name

MOST_LINES = 10

KINDS = {
    "solution": "solution, stated lines binding; it presumes an enforceable deal",
    "status-quo": "the options marked as the status quo",
    "no-agreement": "the value of no agreement",
    "choice": "from a file",
}

Entry = Mapping[str, Any]


def is_shown(entry: Entry) -> bool:
    """Return whether a package's own options may be printed: it passes the consent test, or is on public record."""
    return "choice" in entry and bool(entry["printable"] or entry["public_record"])


def heading(entry: Entry) -> str:
    """Return a package's name with its title, or with what kind of package it is."""
    return f"{entry['package']} ({entry['title'] or KINDS.get(entry['kind'], entry['kind'])})"


def number(case: Case, value: float, *, sign: bool = False) -> str:
    """Return a utility: two decimals on the scale from 0 to 1, four digits on the scale of an imported case."""
    rounded = round(value, 2) if case.scale is None else float(f"{value:.4g}")
    text = f"{rounded + 0.0:.2f}" if case.scale is None else f"{rounded + 0.0:.4g}"
    return f"+{text}" if sign and rounded > 0 else text


def interval(case: Case, bounds: Sequence[float], *, sign: bool = False) -> str:
    """Return an interval of utilities, or the one number that its ends are."""
    low, high = (number(case, bound, sign=sign) for bound in bounds)
    return low if low == high else f"{low} to {high}"


def standing(case: Case, margin: Sequence[float]) -> str:
    """Return how a package stands to no agreement, as the end of a sentence."""
    low, high = margin
    if low == high == 0:
        return "is exactly at no agreement"
    if low >= 0:
        return f"is above no agreement by {_amounts(case, low, high)}"
    if high <= 0:
        return f"falls short of no agreement by {_amounts(case, -high, -low)}"
    return f"lies between {_amount(case, -low)} below and {_amount(case, high)} above no agreement"


def party_sentences(case: Case, entry: Entry) -> Iterator[str]:
    """Yield per party what the package is worth to it, and how that stands to no agreement."""
    for party, found in entry["parties"].items():
        worth = interval(case, found["total"])
        yield f"{party_name(case, party)}: utility {worth}; the package {standing(case, found['margin'])}."


def rule_sentences(case: Case, entry: Entry, lines: Mapping[str, Entry]) -> Iterator[str]:
    """Yield the red lines that a package crosses or may cross, and the links it breaks; counts if it is not shown."""
    for key, words in (
        ("lines_crossed", "Crosses"),
        ("lines_possibly_crossed", "May cross, as open issues are settled"),
    ):
        crossed = entry[key]
        if crossed and not is_shown(entry):
            yield f"{words}: {len(crossed)} of the red lines."
        elif crossed:
            yield f"{words}:"
            yield from (f"  {line_words(case, line, lines.get(line))}" for line in crossed[:MOST_LINES])
            if (more := len(crossed) - MOST_LINES) > 0:
                yield f"  … and {more} more; --json lists all."
    for key, words in (("links_broken", "Breaks"), ("links_possibly_broken", "May break")):
        if entry[key]:
            yield f"{words} the links between issues: {joined(entry[key])}."


def options_words(case: Case, package: Mapping[str, str]) -> str:
    """Return options as issue: option, one after another."""
    return "; ".join(f"{issue_name(case, i)}: {option_name(case, i, o)}" for i, o in package.items())


def _amounts(case: Case, low: float, high: float) -> str:
    few, many = _amount(case, low), _amount(case, high)
    return few if few == many else f"{few} to {many}"


def _amount(case: Case, value: float) -> str:
    text = number(case, value)
    return "less than 0.01" if value > 0 and text == "0.00" else text
