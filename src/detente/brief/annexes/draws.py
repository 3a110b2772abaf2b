"""Annex A, how sure: the zone and who accepts what over draws of the judged numbers, reading by reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.brief.document import Block, Grid, Paragraph, grid
from detente.case.ledger.tabled import authors_among
from detente.core.fields import text_of
from detente.wording.reading import Reading, Report
from detente.wording.sentence import Part, label, sentence
from detente.wording.settlement import concept_name
from detente.wording.shares import both_words, spread_words

HEADS = ("A package is left, unknown variants at their worst", "The same, unknown variants at their best")


def draw_sentences(reading: Reading) -> Iterator[Block]:
    """Yield what a draw is, once for the annex."""
    drawn = next((one for report in reading.reports.values() for one in _drawn(report)), None)
    if drawn is None:
        if reading.reports:
            yield Paragraph((sentence("How sure: no draws from the judged ranges were made for this print."),))
        return
    low, high = (f"{100 * bound:.0f}" for bound in drawn["interval"])
    yield Paragraph(
        (
            sentence(
                f"How sure: every judged number is drawn {drawn['draws']:,} times from its range, and in each draw red "
                f"lines bind as often as they are judged to, those on a common ground or of one kind together "
                f"(seed {drawn['seed']})."
            ),
            sentence(
                f"A share is one of such cases; in brackets stands where it lies from the {low}th to the {high}th of "
                "100 draws of the numbers."
            ),
            sentence(
                "Weights of the case and equal weights stand beside each other, and so does each reading of an author; "
                "none is averaged with another."
            ),
            sentence("These shares follow from illustrative ranges: they are conditions, and no forecast of anything."),
        )
    )


def draw_blocks(reading: Reading, report: Report, title: Part) -> Iterator[Block]:
    """Yield the tables of one consent list."""
    if "by_issue" in report:
        yield from _by_issue(reading, report, title)
        return
    for drawn in _drawn(report):
        readings = [one for one in drawn["readings"] if "zone" in one]
        yield grid(
            (title, ": over draws, is a package left?"),
            ["Read with", *HEADS],
            [
                [
                    label(_reading_words(reading, one)),
                    spread_words(one["zone"]["certain"]),
                    spread_words(one["zone"]["possible"]),
                ]
                for one in readings
            ],
            widths=(50, 25, 25),
        )
        if readings and readings[0]["packages"]:
            yield _accepted(reading, readings[0]["packages"], title)


def _accepted(reading: Reading, packages: Sequence[Mapping[str, Any]], title: Part) -> Grid:
    naming = reading.naming
    rows: list[Sequence[Part]] = []
    for entry in packages:
        own = authors_among(reading.case, entry["package"], entry["parties"])
        each: list[Part] = []
        for party, share in entry["parties"].items():
            if party in own:  # what its own text leaves open counts at its worst, so a share would say nothing
                continue
            each += ["; " if each else "", naming.party(party), f" {both_words(share)}"]
        rows.append([_package_name(reading, entry), both_words(entry["all"]), each])
    lensed = reading.lensed is not None and reading.lensed.has_effect
    whose = "as read through the lens" if lensed else "with the case's own numbers"
    return grid(
        (title, f": over draws, who could accept what, {whose}"),
        ["Text on the table, or benchmark", "All members", "Each by itself"],
        rows,
        widths=(30, 20, 50),
        note=(
            "A party could accept what crosses no line of its own that binds and is no worse for it than no deal. "
            "What a text leaves open counts at its worst, and, where that differs, possibly at its best. Those whose "
            "own text it is are left out of the last column."
        ),
    )


def _by_issue(reading: Reading, report: Report, title: Part) -> Iterator[Block]:
    rows: list[Sequence[Part]] = []
    for issue, part in report["by_issue"].items():
        for drawn in _drawn(part):
            own, equal = drawn["readings"][:2]
            if "zone" in own:
                rows.append([reading.naming.issue(issue), both_words(own["zone"]), both_words(equal["zone"])])
    if rows:
        yield grid(
            (title, ": over draws, is a variant of the file left?"),
            ["File", "With the case's weights", "With equal weights"],
            rows,
            widths=(40, 30, 30),
        )


def _drawn(report: Report) -> Iterator[Mapping[str, Any]]:
    parts = report["by_issue"].values() if "by_issue" in report else (report,)
    for part in parts:
        if "draws" in part:
            yield part["draws"]


def _reading_words(reading: Reading, one: Mapping[str, Any]) -> str:
    weights = "equal weights" if one["weights"] == "equal" else "the case's weights"
    lens = next((entry for entry in reading.case.lenses if entry.id == one["lens"]), None)
    if lens is None:
        return weights
    nothing = " (changes no number of this case)" if one["numbers_changed"] == 0 else ""
    return f"{weights}; as read by: {text_of(lens.viewpoint).split(';')[0]}{nothing}"


def _package_name(reading: Reading, entry: Mapping[str, Any]) -> Part:
    if entry["kind"] == "solution":
        names: list[Part] = []
        for concept in entry["package"].split(" = "):
            names += [", and " if names else "", concept_name(concept)]
        return names
    known = reading.case.text.get(entry["package"])
    titles = {package.id: package.title for package in reading.case.packages}
    title = known.title if known is not None else titles.get(entry["package"], entry["package"])
    return label(text_of(title))
