"""Annex A, what would change the answer: tables of breakpoints and of what single refusals and sets of them open.

Refusals stand side by side, beginning with another party in turn, and none is marked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.brief.document import Block, Grid, Paragraph, grid
from detente.wording.judgements import Entry, half_words, judgement_words, moved_words
from detente.wording.reading import Answer, Reading, Report, any_package
from detente.wording.sentence import Part, count, sentence, separated, series
from detente.wording.settlement import line_words, printed_count

MOST_NUMBERS = 4
MOST_PAIRS = 2
"""Pairs told one by one; of more, how many there are and of whom, as a cut would be a choice."""

HALVES = ("first", "second")


def turning_blocks(reading: Reading, consent_list: str, title: Part) -> Iterator[Block]:
    """Yield the table of breakpoints of a consent list, and what relaxing lines would open where nothing is left."""
    report = reading.reports[consent_list]
    entries = reading.breakpoints.get(consent_list, {}).get("conclusions", ())
    if entries:
        yield _breakpoints(reading, report, entries, title)
    for words, part in (("stated lines", report), ("stated and inferred lines", report.get("with_inferred"))):
        if part and part.get("relaxations"):
            yield from _relaxations(reading, report, part["relaxations"], words)


def _breakpoints(reading: Reading, report: Report, entries: Sequence[Entry], title: Part) -> Grid:
    lines = {line["id"]: line for line in report["lines"]}
    rows: list[tuple[list[str], tuple[Part, Part, Part]]] = []
    for entry in entries:
        turned = (
            _lines_that_turn(reading, entry),
            _numbers_that_turn(reading, entry),
            _pairs_that_turn(reading, entry, lines),
        )
        if rows and rows[-1][1] == turned:
            rows[-1][0].append(_conclusion(entry))
        else:
            rows.append(([_conclusion(entry)], turned))
    return grid(
        (title, ": what turns each conclusion by itself"),
        ["Conclusion", "Any one of these refusals, read otherwise", "Any one of these numbers", "Else, two together"],
        [("; ".join(conclusions), *turned) for conclusions, turned in rows],
        widths=(22, 30, 30, 18),
        note="Numbers: as judged (range); where the conclusion turns. Inside the judged range first (●), then outside "
        "it (○), the smallest moves first. Refusals stand in no order of merit.",
    )


_LINES = {"stated": "stated lines", "stated_and_inferred": "stated and inferred lines"}


def _conclusion(entry: Entry) -> str:
    said = entry["conclusion"]
    words = f"{'Some' if entry['now'] else 'No'} package keeps all {_LINES[said['lines']]}"
    if said["reading"] is not None:
        words += " and is as good as no deal for all"
    return words + (", unknown variants at their best" if said["reading"] == "possible" else "")


def _lines_that_turn(reading: Reading, entry: Entry) -> Part:
    single = [one for one in entry["singles"] if one["kind"] == "line"]
    if not single:
        return "none"
    how = "if stated: " if entry["now"] else "if not binding: "
    parties = reading.in_turn(list(dict.fromkeys(one["party"] for one in single)), 1)
    ordered = sorted(single, key=lambda one: parties.index(one["party"]))
    return (how, separated([line_words(reading.naming, one) for one in ordered]))


def _numbers_that_turn(reading: Reading, entry: Entry) -> Part:
    every = [one for one in entry["singles"] if one["kind"] != "line"]
    numbers = [one for one in every if not one["beyond_scale"]]
    told: list[Part] = [
        ("● " if one["within_range"] else "○ ", judgement_words(reading.naming, one), ": ", moved_words(one))
        for one in numbers[:MOST_NUMBERS]
    ]
    if len(numbers) > MOST_NUMBERS:
        told.append(f"and {len(numbers) - MOST_NUMBERS} more")
    if beyond := len(every) - len(numbers):
        further = " further" if told else ""
        told.append(f"for {beyond}{further} number{'s' if beyond > 1 else ''} only a value beyond the scale would do")
    return separated(told) if told else "none"


def _pairs_that_turn(reading: Reading, entry: Entry, lines: Mapping[str, Entry]) -> Part:
    if not entry["pairs"]:
        return ("none found" if entry["notes"] else "–") if not entry["singles"] else "–"
    pairs = [pair for pair in entry["pairs"] if not any(pair[half].get("beyond_scale") for half in HALVES)]
    if not pairs:
        return "only values beyond the scale would do"
    if len(pairs) <= MOST_PAIRS:
        return separated([series([half_words(reading.naming, pair[half], lines) for half in HALVES]) for pair in pairs])
    found = dict.fromkeys(pair[half]["party"] for pair in pairs for half in HALVES)
    parties = reading.in_turn([party.id for party in reading.case.parties if party.id in found], 1)
    return (f"{len(pairs)} pairs, with judgements of ", series(reading.naming.all_the(parties)))


def _relaxations(reading: Reading, report: Report, relaxed: Mapping[str, Any], words: str) -> Iterator[Block]:
    naming = reading.naming
    lines = {line["id"]: line for line in report["lines"]}
    opening = [one for one in relaxed["lines"] if any_package(one["packages"]) is not Answer.NO]
    parties = reading.in_turn(list(dict.fromkeys(lines[one["line"]]["party"] for one in opening)), 2)
    opening.sort(key=lambda one: parties.index(lines[one["line"]]["party"]))
    rows: list[Sequence[Part]] = [
        [line_words(naming, lines[one["line"]]), _would_be(one["packages"])] for one in opening
    ]
    rows += [
        [("at least as good as no deal for ", series(naming.all_the(one["parties"]))), _would_be(one["packages"])]
        for one in relaxed["reservations"]
        if any_package(one["packages"]) is not Answer.NO
    ]
    if rows:
        yield grid(
            f"Together the {words} leave nothing that is certain to be as good as no deal for all; if one of these "
            "did not hold, packages would or might be left",
            ["If this did not hold, and all else did", "Packages left then"],
            rows,
            widths=(72, 28),
            note="Between bounds: unknown variants at their worst, and at their best. With a refusal go those that "
            "imply it. A variant that several refuse is opened by none of them alone: the sets above that exclude each "
            "other name every refusal. In no order of merit.",
        )
    yield from _sets(reading, lines, relaxed["certain"] or relaxed["possible"], alone=bool(rows))


def _sets(
    reading: Reading, lines: Mapping[str, Entry], found: Mapping[str, Any] | None, *, alone: bool
) -> Iterator[Block]:
    """Say how many smallest sets of several refusals would do together, and of whom; none is picked out."""
    several = [one for one in (found or {}).get("line_sets", ()) if len(one["lines"]) > 1]
    if not found or not several:
        return
    members = dict.fromkeys(line for one in several for line in one["lines"])
    named = {lines[line]["party"] for line in members}
    parties = reading.in_turn([party.id for party in reading.case.parties if party.id in named], 3)
    who = reading.naming.all_the(parties)
    yield Paragraph(
        (
            sentence(
                *(
                    "Beside the single ones above, " if alone else "",
                    "" if found["line_sets_complete"] else "at least ",
                ),
                *(count(len(several), "smallest set"), " of several refusals would do so if none of its refusals "),
                *("bound; refusals of ", series(who), " take part. The JSON form of the settlement report lists them."),
                because=[statement for line in members for statement in lines[line]["statements"]],
            ),
        )
    )


def _would_be(packages: str | Mapping[str, str]) -> str:
    """Return how many packages would be left, or might be where it depends on unknown variants."""
    sure = any_package(packages) is Answer.YES
    return f"{'would be' if sure else 'might be'}: {printed_count(packages)}"
