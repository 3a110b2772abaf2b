"""Annex B: every judged number with its author, day and grounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.brief.document import Paragraph, Row, Section, grid, heading
from detente.case.as_of import judged_later
from detente.case.change import estimates_of
from detente.core.estimate import Estimate
from detente.core.fields import text_of
from detente.core.rounding import two_digits
from detente.wording.reading import Reading
from detente.wording.sentence import Part, Run, label, quoted, sentence
from detente.wording.statements import short_day


def numbers_annex(reading: Reading) -> Section:
    """Return annex B."""
    case = reading.case
    later = set() if case.cut_off is None else set(judged_later(case, case.cut_off))
    groups: dict[str, list[tuple[tuple[str | int, ...], Estimate]]] = {}
    for path, number in estimates_of(case):
        groups.setdefault(_group(reading, path), []).append((path, number))
    if not groups:
        return Section("numbers", "B", "The numbers", (Paragraph((sentence("The case holds no judged number."),)),))
    lead = sentence(
        "Every judged number: low, most likely and high, who judged it and when, and the statements it rests on. "
        "A number marked “later” was judged after the cut-off on grounds that were public before it. Printed "
        "are two significant digits; brief.json holds the exact values."
    )
    judged = list(dict.fromkeys(_judged(number) for numbers in groups.values() for _, number in numbers))
    letters = {who: _letters(place) for place, who in enumerate(judged)}
    key = sentence("Judged by: ", label("; ".join(f"{letters[who]}: {who}" for who in judged)), ".")
    rows: list[Row | Iterable[Part]] = []
    for title, numbers in groups.items():
        rows.append(heading(label(title)))
        for path, number in numbers:
            rows.append(
                [
                    label(_place(reading, path)),
                    _rounded(number),
                    (label(letters[_judged(number)]), ", later" if path in later else ""),
                    quoted("" if number.because else "assumed", cites=_grounds(reading, number)),
                ]
            )
    table = grid((), ["Number", "Low · mode · high", "Judged", "Grounds"], rows, widths=(56, 18, 10, 16))
    return Section("numbers", "B", "The numbers", (Paragraph((lead, key)), table))


def _rounded(number: Estimate) -> Run:
    """Return an estimate to two significant digits, with its exact values for the JSON form."""
    values = (number.low, number.mode, number.high)
    printed = " · ".join(two_digits(value) for value in values)
    exact = " · ".join(f"{value:.15g}" for value in values)
    return Run(printed, exact="" if exact == printed else exact)


def _judged(number: Estimate) -> str:
    """Return who judged a number, and when."""
    when = short_day(number.judged_on) if number.judged_on else "day not recorded"
    return f"{number.by or 'author not recorded'}, {when}"


def _letters(place: int) -> str:
    """Return a, b … z, aa, ab … for a place in a list."""
    return ("" if place < 26 else _letters(place // 26 - 1)) + "abcdefghijklmnopqrstuvwxyz"[place % 26]


def _grounds(reading: Reading, number: Estimate) -> tuple[str, ...]:
    case = reading.case
    ids = [case.position[i].because[0] if i in case.position else i for i in number.because]
    return tuple(dict.fromkeys(i for i in ids if i in case.statement))


_PARTS = {
    "text_class_priors": "Priors that a red line binds, by class of text",
    "no_agreement": "No agreement",
    "trust_classes": "Trust, by class of pair",
    "shared": "The same for every party",
    "lenses": "Other readings, by lens",
}


def _group(reading: Reading, path: Sequence[str | int]) -> str:
    case = reading.case
    match path:
        case ("preferences", int(at), "red_lines", *_):
            return f"{reading.naming.party(case.preferences[at].party).text}: red lines"
        case ("preferences", int(at), str(kind), *_):
            return f"{reading.naming.party(case.preferences[at].party).text}: {kind}"
        case ("no_agreement", "outlooks", int(at), *_):
            return f"{reading.naming.party(case.no_agreement.outlooks[at].party).text}: no agreement"
    return _PARTS.get(str(path[0]), str(path[0]))


def _place(reading: Reading, path: Sequence[str | int]) -> str:
    case, naming = reading.case, reading.naming
    match path:
        case ("preferences", int(), "weights", str(issue)):
            return f"weight of {naming.issue(issue).text}"
        case ("preferences", int(), "values", str(issue), str(option), *_):
            return f"{naming.issue(issue).text}: {naming.option(issue, option).text}"
        case ("preferences", int(at), "red_lines", int(line), *_):
            rule = case.preferences[at].red_lines[line].never
            words = [
                f"{naming.issue(a.issue).text}: " + ", ".join(naming.option(a.issue, o).text for o in a.options)
                for a in rule.atoms()
            ]
            return "refuses " + "; ".join(words)
        case ("preferences", int(), "interactions", int(at), *_):
            return f"interaction {at + 1}"
        case ("no_agreement", "outlooks", int(), str(kind), str(scenario)):
            text = next((text_of(s.text) for s in case.no_agreement.scenarios if s.id == scenario), scenario)
            return f"{'belief in' if kind == 'beliefs' else 'payoff of'} scenario {scenario}: {text}"
        case ("lenses", int(lens), "pairs", int(pair), "overrides", int(at), *_):
            entry = case.lenses[lens].pairs[pair].overrides[at]
            viewpoint = text_of(case.lenses[lens].viewpoint).split(";")[0]
            return f"{viewpoint}: {naming.party(entry.party).text}, {entry.op.value}"
        case ("trust_classes", int(at), *_):
            return case.trust_classes[at].id
    return " ".join(str(step).replace("_", " ") for step in path[1:]) or str(path[0])
