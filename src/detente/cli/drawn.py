"""The draws of a settlement report as sentences: is there a zone, and who would accept what, reading by reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.case.ledger.tabled import authors_among
from detente.cli.names import count_of, party_name
from detente.core.fields import text_of
from detente.wording.shares import both_words

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
        yield f"  {name}: there is a zone in {both_words(reading['zone'])} of cases."
    first = drawn["readings"][0]
    for entry in first.get("packages", ()):
        name = f"{LABELS[entry['kind']]} {_package(case, entry)}"
        yield f"  {name}: acceptable to all in {both_words(entry['all'])} of cases;"
        own = authors_among(case, entry["package"], entry["parties"])
        others = ((party, share) for party, share in entry["parties"].items() if party not in own)
        each = (f"{party_name(case, party)} {both_words(share)}" for party, share in others)
        yield f"    {'; '.join(each)}"


def _reading(case: Case, reading: Mapping[str, Any]) -> str:
    weights = "equal weights" if reading["weights"] == "equal" else "the case's weights"
    if reading["lens"] is None:
        return weights
    lens = next((one for one in case.lenses if one.id == reading["lens"]), None)
    said = "" if lens is None else f" ({text_of(lens.viewpoint).split(';')[0]})"
    nothing = ", which changes no number of this case" if reading["numbers_changed"] == 0 else ""
    return f"{weights}, read through {reading['lens']}{said}{nothing}"


def _package(case: Case, entry: Mapping[str, Any]) -> str:
    known = case.text.get(entry["package"])
    name = entry["package"].replace("_", "-")
    return f"{name}" if known is None else f"‹{text_of(known.title)}›"
