"""An inference report in plain sentences: before, after, which statements moved it, and what counted for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.case import Case
from detente.core.fields import text_of

Report = Mapping[str, Any]

NEVER_APPLIED = (
    "Nothing of this is applied: no brief and no other command uses it. To use it, write it as a lens with --lens-out, "
    "look at it, and add it to the case."
)

REACTIONS = {
    "tabled": "tabled the text",
    "signed": "signed the package",
    "refused": "replied to the text and ruled out options that it demands",
    "countered": "replied to the text with options of its own",
}
SEEN = {"declared": "declared again", "kept": "kept (a package across it was refused)", "crossed": "crossed"}
SMALL = 0.0005
SHOWN = 6
"""Statements named of one act; --json names all."""


def inference_sentences(case: Case, report: Report) -> Iterator[str]:
    """Yield the report as sentences."""
    name = _party(case, report["party"])
    if "not_computed" in report:
        yield f"Not computed: {report['not_computed']}"
        return
    yield from _reservation(name, report)
    if (joint := report["joint"]) is not None:
        yield f"With weights and values drawn from their ranges ({joint['draws']} draws, seed {joint['seed']}):"
        yield f"  after:  {band_words(joint['after'])}; worth {joint['effective']:.0f} equal draws"
    yield from _lines(case, name, report)
    yield from _threats(name, report["threats"])
    yield from _sensitivity(report)
    yield from _not_counted(report)
    yield NEVER_APPLIED
    yield from (f"Assumed: {sentence}" for sentence in report["assumptions"])
    yield from (f"Note: {note}" for note in report["notes"])


def band_words(band: Report | None) -> str:
    """Return a law in words: its mean, and between what it lies nine times in ten."""
    if band is None:
        return "no law: the answers exclude each other"
    return f"mean {band['mean']:.3f}, nine times in ten between {band['p05']:.3f} and {band['p95']:.3f}"


def shift_words(shift: float | None) -> str:
    """Return a shift of a mean with its sign."""
    if shift is None:
        return "not defined"
    return "0" if shift == 0 else f"less than {SMALL:g}" if abs(shift) < SMALL else f"{shift:+.3f}"


def _reservation(name: str, report: Report) -> Iterator[str]:
    found = report["reservation"]
    yield f"Reservation of {name}, on the scale {report['scale'][0]:g} to {report['scale'][1]:g}:"
    yield f"  before: {band_words(found['before'])} ({report['prior']['basis']})"
    if not found["moved"]:
        yield "  after: the same. Nothing in the record moves it; that is a finding."
    else:
        yield f"  after:  {band_words(found['after'])}"
    low, high = found["bounds"]["low"], found["bounds"]["high"]
    if low is not None or high is not None:
        parts = [f"{word} {value:.3f}" for word, value in (("at least", low), ("at most", high)) if value is not None]
        conflict = ", which exclude each other; both are reported as they are" if found["bounds"]["conflict"] else ""
        yield f"  Each answer taken at its word: {' and '.join(parts)}{conflict}."
    if found["steps"]:
        yield "  What moved it, in the order of days (shift of the mean when added, and by this answer alone):"
    for step in found["steps"]:
        yield f"    {step['day']} {step['item']}: {name} {REACTIONS[step['reaction']]}, worth {_worth(step)} to it"
        yield f"      {_counts(step)}; [{_ids(step)}]"


def _worth(step: Report) -> str:
    low, high = step["worth"]
    return f"{low:.3f}" if low == high else f"{low:.3f} to {high:.3f}"


def _counts(step: Report) -> str:
    if step["in_prior"]:
        return "counts for nothing: the prior rests on it already"
    if step["honesty"] == 0:
        return f"counts for nothing: {_why_silent(step['statements'])}"
    shift = f"shift {shift_words(step['shift'])}, alone {shift_words(step['alone'])}"
    if step["crosses"]:
        shift += f"; its red lines {', '.join(step['crosses'])} explain a refusal with probability {step['barred']:.2g}"
    return shift


def _why_silent(told: Sequence[Report]) -> str:
    cheap = [one for one in told if one["cost"] == "cheap"]
    if not cheap:
        return "no act of the party by the table of costs"
    if any(one["hearer"] is None for one in cheap):
        return "words that cost nothing, to nobody with numbers"
    return "words that cost nothing, to a hearer whose interests are opposed"


def _ids(step: Report) -> str:
    names = [one["id"] for one in step["statements"]]
    more = len(names) - SHOWN
    return ", ".join(names) if more < 2 else f"{', '.join(names[:SHOWN])} and {more} more"


def _lines(case: Case, name: str, report: Report) -> Iterator[str]:
    moved = [line for line in report["lines"] if line["steps"]]
    still = len(report["lines"]) - len(moved)
    if moved:
        yield f"Red lines of {name}, probability of binding (low, mode, high):"
    for line in moved:
        what = line["never"] if line["option"] is None else _option(case, line["issue"], line["option"])
        if line["moved"]:
            yield f"  {what} [{line['id']}]: {_range(line['before'])} before, {_range(line['after'])} after"
        else:
            yield f"  {what} [{line['id']}]: {_range(line['before'])}, not moved"
        if line["conflict"]:
            yield "    What was seen of it is impossible, whether it binds or not; the range stays as it was."
        for step in line["steps"]:
            seen = " and ".join(SEEN[one] for one in step["seen"])
            if all(one["honesty"] == 0 for one in step["statements"]):
                seen += f", counts for nothing: {_why_silent(step['statements'])}"
            yield f"    {step['day']} {', '.join(step['items'])}: {seen} [{_ids(step)}]"
    if still:
        yield f"Red lines of which nothing was seen after the act that declared them: {still}; they stay as they are."
    if report["taken_back"]:
        yield f"Red lines that the case lists as taken back, not asked about: {', '.join(report['taken_back'])}."


def _range(numbers: Sequence[float]) -> str:
    return ", ".join(f"{number:.3g}" for number in numbers)


def _threats(name: str, threats: Report) -> Iterator[str]:
    if threats["due"] == 0:
        yield f"Threats of {name}: the case codes no outcome of any; give the count with --threats K/N."
        return
    yield (
        f"Threats of {name}: {threats['carried_out']} of {threats['due']} carried out; following through: "
        f"{band_words(threats['after'])}."
    )


def _sensitivity(report: Report) -> Iterator[str]:
    if not report["reservation"]["moved"]:
        return
    yield "Under other assumptions, the mean of the reservation would be:"
    for one in report["sensitivity"]:
        what = f"precision {one['beta']}" if one["hope"] is None else f"refusal in hope of more {one['hope']:g}"
        yield f"  {what}: {band_words(one['posterior'])}"


def _not_counted(report: Report) -> Iterator[str]:
    if report["not_counted"]:
        yield "Statements that counted for nothing, by the reason (--json lists them, --table shows the costs):"
    for entry in report["not_counted"]:
        yield f"  {len(entry['statements'])}: {entry['reason']}"
    for entry in report["unanswered"]:
        yield f"  {entry['item']}: {entry['reason']}"


def _party(case: Case, party: str) -> str:
    return text_of(case.party[party].name)


def _option(case: Case, issue: str, option: str) -> str:
    found = case.issue[issue]
    chosen = found.option(option)
    return f"{text_of(chosen.short or chosen.text)} ({text_of(found.short or found.title)})"
