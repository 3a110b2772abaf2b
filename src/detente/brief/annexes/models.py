"""Annex A: what the settlement model says under each consent list, on which assumptions, and what excludes what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.brief.annexes.crises import crisis_blocks
from detente.brief.annexes.draws import draw_blocks, draw_sentences
from detente.brief.annexes.lasting import stability_blocks
from detente.brief.annexes.turning import turning_blocks
from detente.brief.document import Block, Grid, Paragraph, Points, Section, grid
from detente.brief.pictures import (
    Drawing,
    acceptability_bars,
    bargaining_space,
    breakpoints,
    feasibility_curve,
    zone_curve,
)
from detente.core.fields import text_of
from detente.wording.lens import lens_sentences
from detente.wording.never_print import Violation
from detente.wording.printable import consent_test, uncoded_in
from detente.wording.reading import Outcome, Reading, Report, reason_words, spoken_words
from detente.wording.sentence import Part, Run, label, sentence, separated, series
from detente.wording.settlement import (
    assumption_sentences,
    concept_name,
    conflict_sentences,
    model_sentences,
    package_words,
    printed_count,
)


def models_annex(reading: Reading, drawing: Drawing | None = None) -> Section:
    """Return annex A."""
    blocks: list[Block] = []
    if reading.no_report:
        blocks.append(Paragraph((sentence(reading.no_report),)))
    else:
        blocks.append(Paragraph(model_sentences(reading)))
        if reading.lensed is not None:
            blocks.append(Paragraph(tuple(lens_sentences(reading))))
        blocks += draw_sentences(reading)
    for outcome in reading.outcomes:
        report = reading.reports.get(outcome.consent_list.id)
        if report is not None:
            blocks += _list_blocks(reading, outcome, report)
            blocks += draw_blocks(reading, report, _list_title(reading, outcome))
    if drawing is not None:
        lists = [outcome.consent_list.id for outcome in reading.outcomes]
        pictures = (
            feasibility_curve(reading),
            zone_curve(reading),
            *(acceptability_bars(reading, consent) for consent in lists),
            *(breakpoints(reading, consent) for consent in lists),
            *(bargaining_space(reading, consent) for consent in lists),
        )
        blocks += [picture for picture in pictures if picture is not None]
    blocks += stability_blocks(reading)
    blocks += crisis_blocks(reading)
    if reading.case.crisis is None:
        blocks.append(Paragraph((sentence("What could be fought over is not coded, so nothing is said of crises."),)))
    others = sentence(
        "Other models (compliance, trust, mediation, influence, rounds of talks) "
        "are not part of this version; where they come to differ from the above, this annex will say so."
    )
    blocks.append(Paragraph((others,)))
    return Section("models", "A", "The models", tuple(blocks))


def _list_blocks(reading: Reading, outcome: Outcome, report: Report) -> Iterator[Block]:
    title = _list_title(reading, outcome)
    if "by_issue" in report:
        yield _by_issue(reading, report, title)
        return
    if "packages" not in report:
        yield Paragraph(
            (
                sentence(*title, ": not computed. ", label(outcome.reason)),
                sentence("What refusals alone say stands in the main part."),
            )
        )
        return
    yield _zone_table(reading, report, title)
    if assumed := assumption_sentences(report):
        yield Points(assumed)
    yield from _conflicts(reading, report)
    yield from turning_blocks(reading, outcome.consent_list.id, title)
    yield from _packages(reading, outcome, report)


def _list_title(reading: Reading, outcome: Outcome) -> tuple[Part, ...]:
    name = text_of(outcome.consent_list.name)
    return (capital_list(reading.naming.list(outcome.consent_list.id)), label(f" · {name}"))


def _scale(reading: Reading) -> str:
    scale = reading.case.scale
    return "0 to 1" if scale is None else f"{scale.low:g} to {scale.high:g}"


def capital_list(run: Run) -> Run:
    """Return "List 1" for "list 1"."""
    return Run(run.text[:1].upper() + run.text[1:], run.kind)


def _zone_table(reading: Reading, report: Report, title: Part) -> Grid:
    rows: list[Sequence[Part]] = []
    for words, part in (
        ("Stated lines bind", report),
        ("Stated and inferred lines bind", report.get("with_inferred") or report),
    ):
        packages = part["packages"]
        possible = part.get("possible") or part
        rows.append(
            [
                words,
                printed_count(packages["total"]),
                printed_count(packages["no_red_line"]),
                printed_count(packages["in_zone"]),
                printed_count(possible["packages"]["in_zone"]),
            ]
        )
    shared = len(report["issues"])
    left_out = series([reading.naming.issue(issue) for issue in report["uncoded"]]) if report["uncoded"] else "none"
    return grid(
        (title, f": packages over {shared} {'file' if shared == 1 else 'files'} {spoken_words(reading)}"),
        [
            "Which lines",
            "Packages",
            "Cross no line",
            "And no worse than no deal for all",
            "The same at the best of unknown variants",
        ],
        rows,
        widths=(28, 18, 18, 18, 18),
        note=("Left out, as a member is not coded there: ", left_out, ". Counts above 9,999: two significant digits."),
    )


def _by_issue(reading: Reading, report: Report, title: Part) -> Grid:
    naming = reading.naming
    rows: list[Sequence[Part]] = []
    for issue in reading.case.issues:
        entry = report["by_issue"].get(issue.id)
        if entry is None:
            continue
        if "packages" not in entry:
            why = reason_words(entry)
            rows.append([naming.issue(issue.id), ("not computed. ", label(why)), "–", "–"])
            continue
        packages, with_all = entry["packages"], (entry.get("with_inferred") or entry)["packages"]
        left = " / ".join(printed_count(part["no_red_line"]) for part in (packages, with_all))
        left += f" of {printed_count(packages['total'])}"
        zone = f"{printed_count(packages['in_zone'])} / {printed_count(with_all['in_zone'])}"
        rows.append([naming.issue(issue.id), series(naming.parties(entry["parties"])), left, zone])
    return grid(
        (title, ": each file by itself"),
        ["File", "Whose yes", "Variants that cross no line (stated / inferred too)", "Of these, no worse than no deal"],
        rows,
        widths=(28, 34, 20, 18),
    )


def _conflicts(reading: Reading, report: Report) -> Iterator[Block]:
    for part, words in ((report, "the stated lines"), (report.get("with_inferred"), "stated and inferred lines")):
        conflicts = part.get("red_line_conflicts") if part else None
        if conflicts:
            found = tuple(conflict_sentences(reading, report, conflicts))
            lead = sentence(
                f"What excludes a package when {words} bind: each point is a smallest set; without any one of its "
                "parts the others can hold together."
            )
            yield Paragraph((lead,))
            yield Points(found)


def _packages(reading: Reading, outcome: Outcome, report: Report) -> Iterator[Block]:
    """Print the benchmarks whose packages pass every rule; else what must be coded first."""
    naming = reading.naming
    rows: list[Sequence[Part]] = []
    stopped: list[Violation] = []
    seen: set[tuple[tuple[str, str], ...]] = set()
    for concept, solutions in report.get("solutions", {}).items():
        for solution in solutions:
            tested = consent_test(reading.case, solution["package"], outcome.members)
            if not tested.printable:
                stopped += tested.stops
                continue
            seen.add(tuple(solution["package"].items()))
            worth: list[Part] = []
            for at, (party, value) in enumerate(solution["utility"].items()):
                worth += ["; " if at else "", naming.party(party), f" {value:.2f}"]
            rows.append([concept_name(concept), package_words(naming, solution["package"]), worth])
    if rows:
        yield grid(
            "Benchmarks that presume an enforceable deal, over the packages that the stated lines leave",
            ["Benchmark", "Package", f"Utility, {_scale(reading)}"],
            rows,
            widths=(24, 54, 22),
            note="Not proposals: each follows from judged numbers and says nothing about whether the deal would hold.",
        )
    if stopped:
        missing = uncoded_in(reading.case, stopped)
        listed = [(naming.issue(issue), ": ", series(naming.parties(parties))) for issue, parties in missing]
        yield Paragraph(
            (
                sentence(
                    "No package of this list is printed: each would change something whose owner, signatory or holder "
                    "has not spoken, is not at the table, or is against it."
                    if not rows
                    else "Other benchmarks are not printed: they lack the consent of those concerned."
                ),
                *((sentence("To be coded first: ", separated(listed), "."),) if listed else ()),
            )
        )
