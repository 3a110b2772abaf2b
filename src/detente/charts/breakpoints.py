"""Which single judgement, moved how far, turns each conclusion of a case: ranges, thresholds, and lines that bind.

It belongs in the annex. A threshold inside the judged range means that the conclusion rests on where in it one looks;
one far outside means that it does not rest on this number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.case.case import Case
from detente.charts.chart import Chart, Table
from detente.charts.order import issue_label, party_name, source_line
from detente.charts.reports import Report, chosen_list, list_reports
from detente.charts.sheet import (
    MARGIN,
    Draw,
    Mark,
    backdrop,
    box,
    foot,
    glyph,
    head,
    head_height,
    legend,
    paragraph,
    rule,
    sheet,
    write,
)
from detente.charts.stance import CROSS
from detente.charts.theme import DARK, FAINT, INK, LIGHT, LINE, MID, PAPER, WIDTH, wrapped
from detente.core.condition import Among, condition_words, parse_condition
from detente.core.fields import text_of
from detente.core.rounding import two_digits

LABELS, AXIS_END = 268, 416
TIGHT = 12.5
TALLEST = 600  # pixels for all rows: what is left of an A4 page
MOST_UNTURNED = 6
TITLE = "Which single judgement, moved how far, turns each conclusion"
LINE_WORDS = {"does_not_bind": "does not bind", "read_as_stated": "read as stated"}
COUNTS = {"stated": "stated red line", "stated_and_inferred": "stated or inferred red line"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement that turns a conclusion: in words, what is judged, and where it turns."""

    item: str
    words: str
    is_line: bool
    now: float | None
    low: float | None
    high: float | None
    threshold: float | None
    turns: str
    inside: bool
    axis: tuple[float, float]
    statements: tuple[str, ...]

    @property
    def numbers(self) -> str:
        """What is judged now and where it turns, as print shows it."""
        if self.is_line or self.threshold is None:
            return self.turns
        now = "unknown" if self.now is None else f"now {_number(self.now)}"
        return f"{now}; turns {self.turns} {_threshold_words(self.threshold)}"

    @property
    def key(self) -> tuple[str, float | None, str]:
        """What makes two judgements the same one."""
        return self.item, self.threshold, self.turns


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One conclusion, whether it is so now, what turns it, and how many pairs turn it where no single one does."""

    words: str
    now: bool
    singles: tuple[Judgement, ...]
    pairs: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """Conclusions that the same judgements turn."""

    now: bool
    words: tuple[str, ...]
    singles: tuple[Judgement, ...]


def breakpoints(case: Case, report: Report, consent: str | None = None) -> Chart:
    """Return which judgements turn each conclusion of one consent list, with their ranges and thresholds.

    Parameters
    ----------
    case : Case
        The case, for names and for the scales of its numbers.
    report : mapping
        A report of breakpoints, per consent list.
    consent : str, optional
        Which consent list; needed if the report covers several, as none is the default.

    Raises
    ------
    ModelError
        If the consent list is not named or not in the report.

    Notes
    -----
    Rows stand in the order of the report. Conclusions that the same judgements turn share a panel. Each kind of number
    has a scale of its own: values and payoffs the case's, beliefs and lines 0 to 1, weights up to the largest that the
    party gives. What has no room is in the table.
    """
    lists = {key: {"found": _conclusions(case, entry) or None} for key, entry in list_reports(report)}
    entry, name = chosen_list(
        case, {"by_consent": lists}, consent, needs="found", what="list with conclusions", where="charts.breakpoints"
    )
    found: tuple[Conclusion, ...] = entry["found"]
    panels = _panels(found)
    subtitle = (
        f"Consent list ‹{name}›. Each row moves one judgement and leaves all others as they are; thin lines are the "
        "scales. Judgements are those of whoever coded the case: turning one is no act of a party. A mark far outside "
        "its bar says that the conclusion does not rest on this number."
    )
    key, y = legend(_samples(panels), head_height(TITLE, subtitle))
    body, y = _body(panels, y)
    rest = _unturned(found)
    lines = [line for one in rest for line in wrapped(one, WIDTH - 2 * MARGIN)]
    source = source_line(case)
    feet, height = foot(y + 6 + len(lines) * LINE, source)
    marks = (*head(TITLE, subtitle), *key, *body, *paragraph(MARGIN, y + LINE / 2, lines), *feet)
    return Chart(
        name="breakpoints",
        title=TITLE,
        subtitle=subtitle,
        source=source,
        alt=_alt(name, panels, rest),
        spec=sheet(marks, height),
        table=_table(found),
    )


# Reading the report: all its keys are named here


def _conclusions(case: Case, entry: Report | Sequence[Mapping[str, Any]]) -> tuple[Conclusion, ...]:
    """Return the conclusions of a list, or of each issue of a list that goes issue by issue."""
    if isinstance(entry, Sequence):
        return tuple(_conclusion(case, one, "") for one in entry)
    if "by_issue" in entry:
        return tuple(
            _conclusion(case, one, f"On {issue_label(case.issue[issue])}: ")
            for issue, part in entry["by_issue"].items()
            for one in part.get("conclusions", ())
        )
    return tuple(_conclusion(case, one, "") for one in entry.get("conclusions", ()))


def _conclusion(case: Case, one: Mapping[str, Any], before: str) -> Conclusion:
    return Conclusion(
        words=before + _conclusion_words(one["conclusion"]),
        now=one["now"],
        singles=tuple(_judgement(case, single) for single in one["singles"]),
        pairs=tuple(_pair(case, pair) for pair in one.get("pairs", ())),
        notes=tuple(one.get("notes", ())),
    )


def _conclusion_words(conclusion: Mapping[str, Any]) -> str:
    if conclusion.get("text"):
        return str(conclusion["text"])
    crosses = f"some package crosses no {COUNTS[conclusion['lines']]}"
    if conclusion["what"] == "package":
        return crosses
    options = {"certain": ", unknown options at their worst", "possible": ", unknown options at their best"}
    return f"{crosses} and is worth no less than no agreement to each{options.get(conclusion['reading'], '')}"


def _judgement(case: Case, single: Mapping[str, Any]) -> Judgement:
    low, high = single["range"] or (None, None)
    is_line = single["kind"] == "line"
    reached = "at or " if single.get("reached") and not is_line else ""
    return Judgement(
        item=f"{single['party']} {single.get('path') or single.get('line') or single['kind']}",
        words=_judgement_words(case, single),
        is_line=is_line,
        now=single["now"],
        low=low,
        high=high,
        threshold=single["threshold"],
        turns=LINE_WORDS.get(single["flips"], f"{reached}{single['flips']}"),
        inside=single["within_range"],
        axis=_axis_of(case, single),
        statements=tuple(single["statements"]),
    )


def _pair(case: Case, pair: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the two judgements of a pair in words."""
    found = []
    for one in (pair["first"], pair["second"]):
        to = one.get("to", one.get("threshold"))
        turned = LINE_WORDS.get(str(one.get("flips")), "") if to is None else f"at {_number(to)}"
        found.append(f"{_judgement_words(case, one)} {turned}".strip())
    return tuple(found)


def _judgement_words(case: Case, single: Mapping[str, Any]) -> str:
    """Return whose judgement it is, and of what."""
    issue, option, kind = single.get("issue"), single.get("option"), single["kind"]
    named = case.issue[issue] if issue else None
    choice = named.option(option) if named is not None and option else None
    of_option = "" if choice is None else f"‹{text_of(choice.short or choice.text)}›"
    of_issue = "" if named is None else f"‹{issue_label(named)}›"
    what = {
        "value": f"value of {of_option}",
        "weight": f"weight of {of_issue}",
        "belief": f"judged belief in scenario {single.get('scenario')}",
        "payoff": f"judged value of scenario {single.get('scenario')}",
        "joint_value": f"joint value of {_condition(case, single.get('when'))}",
        "reservation": "judged value of no agreement",
        "line": f"red line against {of_option or single.get('never') or of_issue or single.get('line')}",
    }.get(kind, kind)
    return f"{party_name(case, single['party'])}: {what}"


def _condition(case: Case, when: str | None) -> str:
    """Return in words the condition of a joint value."""

    def among(atom: Among) -> str:
        issue = case.issue[atom.issue]
        options = (issue.option(option) for option in atom.options)
        names = " or ".join(f"‹{text_of(option.short or option.text)}›" for option in options)
        return f"{names} on ‹{issue_label(issue)}›"

    return "" if when is None else condition_words(parse_condition(when), among)


def _axis_of(case: Case, single: Mapping[str, Any]) -> tuple[float, float]:
    """Return the ends of the scale on which a judgement is drawn; its range and what is judged now lie within."""
    scale = (0.0, 1.0) if case.scale is None else (case.scale.low, case.scale.high)
    kind, party = single["kind"], single["party"]
    low, high = (0.0, 1.0) if kind in ("belief", "line") else scale
    if kind == "weight":
        given = case.preference[party].weights.values() if party in case.preference else ()
        low, high = 0.0, max((weight.high for weight in given), default=0.0)
    if kind == "joint_value":  # it is added to what a package is worth, and may take from it
        low, high = scale[0] - scale[1], scale[1] - scale[0]
    inside = [number for number in (single["now"], *(single["range"] or ())) if number is not None]
    low, high = min([low, *inside]), max([high, *inside])
    return (low, high) if high > low else (low, low + 1)


# Drawing


def _panels(found: Sequence[Conclusion]) -> tuple[Panel, ...]:
    """Return the conclusions that something turns, those that the same judgements turn together."""
    groups: dict[tuple[bool, tuple[tuple[str, float | None, str], ...]], list[Conclusion]] = {}
    for one in found:
        if one.singles:
            groups.setdefault((one.now, tuple(single.key for single in one.singles)), []).append(one)
    return tuple(
        Panel(now, tuple(dict.fromkeys(one.words for one in group)), group[0].singles)
        for (now, _), group in groups.items()
    )


def _samples(panels: Sequence[Panel]) -> Iterator[tuple[Draw, float, str]]:
    singles = [single for panel in panels for single in panel.singles]
    if not singles:
        return
    if any(single.low is not None for single in singles):
        yield _range_sample, 22, "judged range and its mode"
    numbers = [single for single in singles if single.threshold is not None]
    if any(single.inside for single in numbers):
        yield lambda x, y: [_threshold(x, y, inside=True)], 10, "turns here, inside the range"
    if any(not single.inside for single in numbers):
        yield lambda x, y: [_threshold(x, y, inside=False)], 10, "outside it"
    if any(_beyond(single) for single in numbers):
        yield lambda x, y: _arrow(x + 4, y, 1), 14, "beyond the scale"
    if any(single.is_line for single in singles):
        yield lambda x, y: [_cross(x, y)], 10, "line that binds or does not"


def _range_sample(x: float, y: float) -> Iterator[Mark]:
    yield box(x - 11, y - 4, x + 11, y + 4, fill=LIGHT)
    yield rule(x - 2, y - 6, x - 2, y + 6, width=1.8)


def _threshold(x: float, y: float, *, inside: bool) -> Mark:
    return glyph(x, y, "diamond", size=10, fill=INK if inside else PAPER, stroke=INK, width=1.3)


def _arrow(x: float, y: float, side: int) -> Iterator[Mark]:
    yield rule(x - side * 8, y, x, y, width=1.3)
    yield glyph(x, y, "triangle-right" if side > 0 else "triangle-left", size=8, fill=PAPER, stroke=INK, width=1.3)


def _cross(x: float, y: float) -> Mark:
    return glyph(x, y, CROSS, size=8, width=2)


def _beyond(single: Judgement) -> int:
    """Return on which side a threshold lies beyond the drawn scale: -1, 1, or 0 for neither."""
    if single.threshold is None:
        return 0
    return (single.threshold > single.axis[1]) - (single.threshold < single.axis[0])


def _body(panels: Sequence[Panel], y: float) -> tuple[tuple[Mark, ...], float]:
    marks: list[Mark] = []
    rooms = _rooms(panels)
    for panel, rows in zip(panels, rooms, strict=False):
        headings = _headings(panel)
        marks.append(box(MARGIN, y + 4, WIDTH - MARGIN, y + 6 + len(headings) * LINE, fill=FAINT))
        marks += paragraph(MARGIN + 3, y + 5 + LINE / 2, headings)
        y += 7 + len(headings) * LINE
        for single in panel.singles[:rows]:
            drawn, y = _row(single, y)
            marks += drawn
        if rows < len(panel.singles):
            words = f"{len(panel.singles) - rows} more in the table, in the order of the report"
            marks.append(write(MARGIN + 3, y + LINE / 2 + 1, words, color=DARK))
            y += LINE + 2
    if len(rooms) < len(panels):
        more = sum(len(panel.words) for panel in panels[len(rooms) :])
        words = f"What turns {more} more conclusion{'s' if more > 1 else ''} is in the table, for want of room."
        marks.append(write(MARGIN + 3, y + LINE / 2 + 4, words, color=DARK))
        y += LINE + 4
    return tuple(marks), y + 4


def _headings(panel: Panel) -> tuple[str, ...]:
    so = "So now" if panel.now else "Not so now"
    return tuple(line for words in panel.words for line in wrapped(f"{so}: {words}", WIDTH - 2 * MARGIN - 6))


def _rooms(panels: Sequence[Panel]) -> list[int]:
    """Return how many rows the panels that fit show: all share the page, and what one leaves free the others use."""
    rows: list[int] = []
    left = float(TALLEST)
    for panel in panels:
        needed = 9 + LINE * (1 + len(_headings(panel))) + _height(panel.singles[0])
        if rows and needed > left:
            break
        rows.append(1)
        left -= needed
    grown = True
    while grown:
        grown = False
        for number, panel in enumerate(panels[: len(rows)]):
            if rows[number] < len(panel.singles) and _height(panel.singles[rows[number]]) <= left:
                left -= _height(panel.singles[rows[number]])
                rows[number] += 1
                grown = True
    return rows


def _label(single: Judgement) -> tuple[str, ...]:
    return wrapped(single.words, LABELS - MARGIN - 12, most=2)


def _height(single: Judgement) -> float:
    return max(LINE + 2, len(_label(single)) * TIGHT + 4)


def _row(single: Judgement, y: float) -> tuple[tuple[Mark, ...], float]:
    label, height = _label(single), _height(single)
    middle = y + height / 2
    start = middle - (len(label) - 1) * TIGHT / 2
    marks: list[Mark] = [write(MARGIN + 3, start + number * TIGHT, line) for number, line in enumerate(label)]
    marks += backdrop([rule(LABELS, middle, AXIS_END, middle, color=MID, width=0.6)])
    marks += backdrop(rule(x, middle - 3, x, middle + 3, color=MID, width=0.6) for x in (LABELS, AXIS_END))
    if single.low is not None and single.high is not None:
        left, right = _x(single, single.low), _x(single, single.high)
        marks.append(box(left, middle - 4, max(right, left + 1), middle + 4, fill=LIGHT))
    if single.now is not None:
        place = _x(single, single.now)
        marks.append(rule(place, middle - 6, place, middle + 6, width=1.8))
    if single.is_line:
        marks.append(_cross(LABELS if single.turns == LINE_WORDS["does_not_bind"] else AXIS_END, middle))
    elif single.threshold is not None:
        side = _beyond(single)
        if side:
            marks += _arrow(AXIS_END + 8 if side > 0 else LABELS - 6, middle, side)
        else:
            marks.append(_threshold(_x(single, single.threshold), middle, inside=single.inside))
    marks.append(write(AXIS_END + 18, middle, single.numbers))
    marks.append(rule(MARGIN, y + height, WIDTH - MARGIN, y + height, color=FAINT, width=0.6))
    marks.append(box(MARGIN, y, WIDTH - MARGIN, y + height, label=_hover(single), item=single.item))
    return tuple(marks), y + height


def _x(single: Judgement, number: float) -> float:
    low, high = single.axis
    return LABELS + (AXIS_END - LABELS) * (number - low) / (high - low)


def _number(number: float) -> str:
    return two_digits(number).replace("-", "−")


def _threshold_words(number: float) -> str:
    """Return a threshold to one digit more than what is judged, so that the two are told apart."""
    return f"{float(f'{number:.3g}'):.15g}".replace("-", "−")


def _range_words(single: Judgement) -> str:
    if single.low is None or single.high is None:
        return "not judged"
    return f"{single.low:.10g} to {single.high:.10g}"


def _where(single: Judgement) -> str:
    if single.is_line:
        return "a line binds or does not"
    return "inside the range" if single.inside else "outside the range"


def _hover(single: Judgement) -> str:
    lines = [single.words, f"Judged {_range_words(single)}; {single.numbers} ({_where(single)})"]
    if single.statements:
        lines.append(f"Statements: {', '.join(single.statements)}")
    return "\n".join(lines)


def _unturned(found: Sequence[Conclusion]) -> tuple[str, ...]:
    """Return sentences on what no single judgement turns, and what was left out."""
    plain = [one for one in found if not one.singles]
    sentences = []
    for now in (True, False):
        here = [one for one in plain if one.now is now]
        so = "so now" if now else "not so now"
        if not here:
            continue
        if len(here) > MOST_UNTURNED:
            sentences.append(f"No single judgement turns {len(here)} conclusions that are {so}; the table lists them.")
        else:
            sentences.append(f"No single judgement turns, {so}: {'; '.join(dict.fromkeys(one.words for one in here))}.")
    pairs = sum(len(one.pairs) for one in found)
    if pairs:
        some = "1 pair of judgements does" if pairs == 1 else f"{pairs} pairs of judgements do"
        sentences.append(f"Where no single one turns a conclusion, {some}; the table has them.")
    sentences += dict.fromkeys(note for one in found for note in one.notes)
    return tuple(sentences)


def _table(found: Sequence[Conclusion]) -> Table:
    header = ("conclusion", "now", "judgement", "judged now", "range", "turns", "where", "statements")
    rows: list[tuple[str, ...]] = []
    for one in found:
        so = "so" if one.now else "not so"
        for single in one.singles:
            now = "unknown" if single.now is None else f"{single.now:.10g}"
            turns = single.turns if single.threshold is None else f"{single.turns} {single.threshold:.10g}"
            where, said = _where(single), ", ".join(single.statements)
            rows.append((one.words, so, single.words, now, _range_words(single), turns, where, said))
        rows += [(one.words, so, " together with ".join(pair), "", "", "", "a pair", "") for pair in one.pairs]
        if not one.singles and not one.pairs:
            rows.append((one.words, so, "no single judgement", "", "", "", "", ""))
    return Table(header, tuple(rows))


def _alt(name: str, panels: Sequence[Panel], rest: Sequence[str]) -> str:
    parts = []
    for panel in panels:
        inside = sum(single.inside and not single.is_line for single in panel.singles)
        lines = sum(single.is_line for single in panel.singles)
        so = "so now" if panel.now else "not so now"
        count = len(panel.singles)
        parts.append(
            f"{'; '.join(panel.words)} ({so}): turned by {count} single judgement{'s' if count > 1 else ''}, numbers "
            f"inside their judged range {inside}, red lines {lines}."
        )
    return " ".join([f"Consent list {name}.", *parts, *rest])
