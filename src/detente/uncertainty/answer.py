"""The settlement report with how sure it is: every list's report gets the draws of its estimates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.compile.settlement import Weights
from detente.core.errors import ModelError
from detente.core.progress import Progress, silent, within
from detente.core.streams import DRAWS
from detente.registry.settlement import settlement_report
from detente.uncertainty.draws import Named, Question, Report, draw_questions, readings_of

MOST_DRAWS = 100_000
"""Each draw keeps who accepts what, a few kilobytes for a case with several lists."""

REPORTED = 0.4
"""Share of the work that is done when the report without draws is there."""


def settlement_answer(
    case: Case,
    consent: str | None = None,
    *,
    weights: str | Weights = Weights.ANALYST,
    lens: str | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress = silent,
) -> Report:
    """Return the settlement report of a case with the draws of its estimates.

    Parameters
    ----------
    case : Case
        As of its day, read through `lens` already where one is chosen.
    consent : str, optional
        A consent list; without it all of them.
    weights : Weights
        The case's judged weights, or equal ones; draws are made with both.
    lens : str, optional
        The lens that `case` was read through; without one, draws are also made through each lens of the case.
    draws : int
        Draws of the estimates; with 0 there are none.
    seed, workers : int
        Of all draws; how many threads share them, which changes nothing.

    Raises
    ------
    CaseError
        If the case has no consent list, or none of this name.
    ModelError
        If there would be too many draws.
    """
    chosen = Weights(weights)
    if not 0 <= draws <= MOST_DRAWS:
        raise ModelError(
            where="draws",
            what="this is not a number of draws",
            got=draws,
            allowed=f"From 0 to {MOST_DRAWS:,}; the error falls only as one over the root of it",
            hint="Choose fewer draws",
        )
    if draws == 0:
        return settlement_report(case, consent, weights=chosen, progress=progress)
    report = settlement_report(case, consent, weights=chosen, progress=within(progress, 0.0, REPORTED))
    places = dict(_computed(report))
    drawn = draw_questions(
        readings_of(case, weights=chosen, lens=lens),
        [_question(case, key, place) for key, place in places.items()],
        draws=draws,
        seed=seed,
        workers=workers,
        progress=within(progress, REPORTED, 1.0),
    )
    for key, answer in drawn.items():
        places[key]["draws"] = answer
    return report


def _computed(report: Report) -> Iterator[tuple[tuple[str, ...], Report]]:
    """Yield every part of a report that was computed: a list's, or that of one issue of a list."""
    for name, part in report.get("by_consent", {report.get("consent", ""): report}).items():
        if "by_issue" in part:
            yield from (((name, issue), one) for issue, one in part["by_issue"].items() if "issues" in one)
        elif "issues" in part:
            yield (name,), part


def _question(case: Case, key: tuple[str, ...], part: Report) -> Question:
    return Question(
        key=key,
        members=tuple(part["parties"]),
        issues=key[1:] or None,
        packages=tuple(_packages(part)),
        curve=tuple(_binding(part["lines"], step) for step in part["zone_curve"]),
    )


def _packages(part: Report) -> Iterator[Named]:
    """Yield what is on the table, then what each benchmark singles out with stated lines binding."""
    for entry in part["tabled"]:
        yield Named(entry["text"], "tabled", entry["package"], entry["printable"])
    seen: dict[tuple[tuple[str, str], ...], list[str]] = {}
    printable: dict[tuple[tuple[str, str], ...], bool] = {}
    for concept, solutions in part["solutions"].items():
        for solution in solutions:
            choice = tuple(solution["package"].items())
            seen.setdefault(choice, []).append(concept)
            printable[choice] = solution["printable"]
    for choice, concepts in seen.items():
        yield Named(" = ".join(dict.fromkeys(concepts)), "solution", dict(choice), printable[choice])


def _binding(lines: list[Mapping[str, Any]], step: Mapping[str, Any]) -> frozenset[str]:
    """Return the lines that bind at a step of the zone curve; a line of several members binds for all of them."""
    return frozenset(f"{line['party']} {line['id']}" for line in lines if line["id"] in step["binding"])
