"""Section 0: the bottom line, and the answer by consent list."""

from __future__ import annotations

from collections.abc import Sequence

from detente.brief.document import Block, Grid, Points, Section, grid
from detente.core.fields import text_of
from detente.wording.bottom_line import MOST_SENTENCES, bottom_line
from detente.wording.reading import Answer as Yes
from detente.wording.reading import Outcome, Reading
from detente.wording.sentence import Part, Sentence, label, series


def bottom_section(reading: Reading, stance_note: Sentence | None) -> Section:
    """Return the bottom line, with the note of a stance print as its last sentence."""
    room = MOST_SENTENCES - (stance_note is not None)
    said = bottom_line(reading, room=room)
    blocks: list[Block] = [Points((*said, *((stance_note,) if stance_note else ())), numbered=True)]
    blocks.append(_answers_by_list(reading))
    return Section("bottom", "0", "Bottom line", tuple(blocks))


_BY_FILE = " A list file by file: on how many files a variant is left to those who must consent to that file."
_SHORT_ANSWER = {Yes.YES: "yes", Yes.PERHAPS: "perhaps", Yes.NO: "no", None: "not computed"}


def _answers_by_list(reading: Reading) -> Grid:
    naming = reading.naming
    rows: list[Sequence[Part]] = []
    for outcome in reading.outcomes:
        entry = outcome.consent_list
        members: Part = (
            series(naming.parties(reading.in_turn(outcome.members, 0))) if outcome.members else "file by file"
        )
        rows.append(
            [
                naming.list(entry.id),
                (label(text_of(entry.name)), ": ", members),
                *_answers(reading, outcome),
            ]
        )
    return grid(
        "Who must agree, and whether any package is left, by consent list",
        [
            "List",
            "Whose yes",
            "Files on which all have spoken" if reading.case.positions else "Files with numbers for all",
            "Stated lines bind",
            "Lines we infer bind too",
            "Also no worse than no deal",
        ],
        rows,
        widths=(6, 46, 12, 11, 12, 13),
        note="Last column: if stated lines bind / if those we infer bind too; it alone rests on judged numbers, and "
        "perhaps there means: it depends on variants that a member has not spoken of."
        + (_BY_FILE if any(entry.issue_by_issue for entry in reading.lists) else ""),
    )


def _answers(reading: Reading, outcome: Outcome) -> list[Part]:
    total = len(reading.case.issues)
    if outcome.consent_list.issue_by_issue:
        report = reading.reports.get(outcome.consent_list.id, {})
        by_issue = report.get("by_issue", {})
        done = {issue: entry for issue, entry in by_issue.items() if "packages" in entry}
        left = [sum(int(entry["packages"]["no_red_line"]) > 0 for entry in done.values())]
        left.append(
            sum(int((entry.get("with_inferred") or entry)["packages"]["no_red_line"]) > 0 for entry in done.values())
        )
        return [f"{len(done)} of {total}", f"on {left[0]}", f"on {left[1]}", "see Annex A"]
    if not outcome.is_computed:
        return [f"{len(outcome.shared)} of {total}", "not computed", "–", "–"]
    worth = f"{_SHORT_ANSWER[outcome.zone_stated]} / {_SHORT_ANSWER[outcome.zone_all]}"
    return [
        f"{len(outcome.shared)} of {total}",
        _SHORT_ANSWER[outcome.lines_stated],
        _SHORT_ANSWER[outcome.lines_all],
        worth,
    ]
