"""The draws of a settlement report as sentences: is there a zone, and who would accept what, reading by reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.cli.names import count_of, party_name
from detente.core.fields import text_of

LABELS = {"tabled": "text on the table", "solution": "benchmark"}


def drawn_lines(case: Case, drawn: Mapping[str, Any] | None) -> Iterator[str]:
    """Yield what the draws of one consent list say."""
    if drawn is None:
        return
    low, high = (f"{100 * bound:.0f}" for bound in drawn["interval"])
    yield (
        f"Over {count_of(drawn['draws'], 'draw')} of the judged ranges (seed {drawn['seed']}), red lines binding as "
        f"often as they are judged to; in brackets from the {low}th to the {high}th of 100 draws:"
    )
    for reading in drawn["readings"]:
        name = _reading(case, reading)
        if "zone" not in reading:
            yield f"  {name}: nothing to compute."
            continue
        yield f"  {name}: there is a zone in {_both(reading['zone'])} of cases."
    first = drawn["readings"][0]
    for entry in first.get("packages", ()):
        yield f"  {LABELS[entry['kind']]} {_package(case, entry)}: acceptable to all in {_both(entry['all'])} of cases;"
        each = (f"{party_name(case, party)} {_both(share)}" for party, share in entry["parties"].items())
        yield f"    {'; '.join(each)}"


def _reading(case: Case, reading: Mapping[str, Any]) -> str:
    weights = "equal weights" if reading["weights"] == "equal" else "the case's weights"
    if reading["lens"] is None:
        return weights
    lens = next((one for one in case.lenses if one.id == reading["lens"]), None)
    said = "" if lens is None else f" ({text_of(lens.viewpoint).split(';')[0]})"
    return f"{weights}, read through {reading['lens']}{said}"


def _package(case: Case, entry: Mapping[str, Any]) -> str:
    known = case.text.get(entry["package"])
    name = entry["package"].replace("_", "-")
    return f"{name}" if known is None else f"‹{text_of(known.title)}›"


def _both(share: Mapping[str, Mapping[str, float]]) -> str:
    """Return what holds for sure, and up to what may hold, if that differs in print."""
    certain, possible = (_one(share[word]) for word in ("certain", "possible"))
    return certain if certain == possible else f"{certain}, possibly {possible}"


def _one(spread: Mapping[str, float]) -> str:
    return f"{_percent(spread['probability'])} [{_percent(spread['low'])} to {_percent(spread['high'])}]"


def _percent(share: float) -> str:
    """Return a share in whole per cent; none and all only where it is exactly that."""
    if 0 < share < 0.005:
        return "under 1 %"
    if 0.995 <= share < 1:
        return "over 99 %"
    return f"{100 * share:.0f} %"
