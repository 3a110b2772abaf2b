"""What a case still lacks, and where it contradicts itself.

Faults and contradictions are breaks: something must be mended. Everything else is what a careful reader would ask:
cells that nobody has coded, numbers without grounds or judged with hindsight, owners who have not been heard.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

from detente.case.as_of import judged_later
from detente.case.case import Case
from detente.case.change import estimates_of
from detente.case.contradictions import contradictions, line_problems
from detente.case.ledger.agenda import agenda_shares
from detente.case.lens_apply import read_through
from detente.case.lens_effect import effect_summary, place
from detente.case.load import load_case, problems, unread_files
from detente.case.matrix import matrix_cell
from detente.case.problem import in_words
from detente.case.references import reference_problems
from detente.case.remark import Kind, Remark, Report
from detente.core.errors import CaseError, shortened
from detente.evidence.source import Grade
from detente.evidence.statement import CitationLevel


def check_files(case: str | Path) -> Report:
    """Return what a check of a case's files finds; each fault of the files is a remark with its line.

    Raises
    ------
    CaseError
        If there is no such case, or a file cannot be read at all.
    """
    faults = problems(case)
    if not faults:
        loaded = load_case(case)
        return _with(check(loaded), map(_unread, unread_files(case, loaded.record)))
    if len(faults) == 1 and not _is_inside(faults[0]):
        raise faults[0]
    return Report(str(case), tuple(Remark(Kind.FAULT, fault.line()) for fault in faults))


def check(case: Case, cut_off: datetime.date | None = None) -> Report:
    """Return what a careful reader would ask of a case.

    Parameters
    ----------
    case : Case
        The case, whole: hindsight can be seen only while the later record is there.
    cut_off : date, optional
        The day after which a ground is hindsight; by default the case's own `cut_off`, else the end of its period.
    """
    day = cut_off if cut_off is not None else case.cut_off
    if day is None and case.period is not None:
        day = case.period.last
    remarks = [*_faults(case)]
    if not remarks:
        parts = (contradictions, line_problems, _consent, _uncoded, _owners, _ungrounded, _idle_numbers)
        remarks.extend(remark for part in parts for remark in part(case))
        remarks.extend(_hindsight(case, day))
        remarks.extend(_lenses(case))
        remarks.extend(_dates(case))
        remarks.extend(_memory(case))
        remarks.extend(_agenda(case))
    return _with(Report(case.id, ()), remarks)


def check_as_of(case: str | Path, day: datetime.date) -> Report:
    """Return what `check_files` finds, with what became public after a day as hindsight."""
    report = check_files(case)
    if report.of(Kind.FAULT):
        return report
    return _with(check(load_case(case), day), report.of(Kind.UNREAD_FILE))


def _unread(path: Path) -> Remark:
    return Remark(Kind.UNREAD_FILE, f"{shortened(str(path), keep_end=True)} is not read.", (path.name,))


def _with(report: Report, more: Iterable[Remark]) -> Report:
    """Return a report with further remarks, in the order of the kinds."""
    order = list(Kind)
    return Report(report.case, tuple(sorted((*report.remarks, *more), key=lambda remark: order.index(remark.kind))))


def _is_inside(fault: CaseError) -> bool:
    """Return whether a fault is of a place in a file, not of the file or folder as such."""
    return ":" in fault.where.rpartition("/")[2]


def _faults(case: Case) -> Iterator[Remark]:
    found = reference_problems(case)
    data = case.model_dump(mode="json") if found else {}
    for problem in found:
        error = CaseError(
            where=in_words(problem.path, data),
            what=problem.what,
            got=problem.got,
            allowed=problem.allowed,
            hint=problem.hint,
        )
        yield Remark(Kind.FAULT, error.line())


# gaps


def _consent(case: Case) -> Iterator[Remark]:
    if not case.consent_lists:
        yield Remark(Kind.NO_CONSENT_LIST, "No consent list says whose yes a settlement needs.")
    for one in case.consent_lists:
        without = [issue.id for issue in case.issues if not issue.consent.must_consent] if one.issue_by_issue else []
        if without:
            sentence = f"Consent list {one.id} runs issue by issue; {', '.join(without)} name nobody who must consent."
            yield Remark(Kind.NO_CONSENT_LIST, sentence, (one.id, *without))


def _uncoded(case: Case) -> Iterator[Remark]:
    for issue in case.issues:
        members: dict[str, None] = {}
        for one in case.consent_lists:
            members.update(dict.fromkeys(issue.consent.must_consent if one.issue_by_issue else one.parties))
        for party in members:
            cell = matrix_cell(case, party, issue.id)
            through = "" if cell.speaker == party else f" ({cell.speaker} stands for it)"
            if not cell.is_coded:
                sentence = f"{party}{through} has no coded position on {issue.id}."
                yield Remark(Kind.UNCODED, sentence, (party, issue.id))
            elif cell.unknown:
                sentence = f"What {party}{through} holds of {issue.id} {', '.join(cell.unknown)} is unknown."
                yield Remark(Kind.UNKNOWN_OPTION, sentence, (party, issue.id, *cell.unknown))


def _owners(case: Case) -> Iterator[Remark]:
    for issue in case.issues:
        needed: dict[str, list[str]] = {}
        for option in issue.options:
            for party in issue.consent_for(option.id).needed():
                needed.setdefault(party, []).append(option.id)
        for party, options in needed.items():
            if not case.is_coded(party, issue.id):
                every = len(options) == len(issue.options)
                which = "every option" if every else ", ".join(options)
                yield Remark(
                    Kind.UNCODED_OWNER,
                    f"{issue.id}: {which} needs the consent of {party}, which has no coded position on it.",
                    (party, issue.id, *options),
                )


# numbers


def _ungrounded(case: Case) -> Iterator[Remark]:
    data: object = None
    for path, number in estimates_of(case):
        if number.because or path[0] in {"text_class_priors", "lenses"} or "red_lines" in path:
            continue
        data = case.model_dump(mode="json") if data is None else data
        sentence = f"{in_words(path, data)}: this number rests on nothing (assumed)."
        yield Remark(Kind.UNGROUNDED, sentence, tuple(map(str, path)))


def _idle_numbers(case: Case) -> Iterator[Remark]:
    """Yield the numbers that no analysis can use, or that stand for nothing the party said."""
    for preference in case.preferences:
        party, speaker = preference.party, case.stand_in(preference.party)
        if speaker != party:
            sentence = f"The preferences of {party} are not used: {speaker} stands for it."
            yield Remark(Kind.NOT_USED, sentence, (party, speaker))
            continue
        judged = {**preference.weights, **preference.values}
        silent = [one.id for one in case.issues if one.id in judged and not case.is_coded(party, one.id)]
        if case.positions and silent:
            sentence = f"{party} has numbers and no coded position on {', '.join(silent)}."
            yield Remark(Kind.WITHOUT_POSITION, sentence, (party, *silent))
        if preference.weights and not any(weight.high for weight in preference.weights.values()):
            sentence = f"All weights of {party} are zero."
            yield Remark(Kind.NO_WEIGHT, sentence, (party,))


def _grounds_by_place(case: Case) -> Iterator[tuple[tuple[str | int, ...], tuple[str, ...]]]:
    """Yield what each number and each red line rests on."""
    for path, number in estimates_of(case):
        yield path, number.because
    for at, preference in enumerate(case.preferences):
        for index, line in enumerate(preference.red_lines):
            yield ("preferences", at, "red_lines", index), line.because


def _hindsight(case: Case, day: datetime.date | None) -> Iterator[Remark]:
    if day is None:
        return
    data: object = None
    for path, because in _grounds_by_place(case):
        since = ((name, case.public_since(name)) for name in because)
        late = [name for name, known in since if known is not None and known > day]
        if late:
            data = case.model_dump(mode="json") if data is None else data
            sentence = f"{in_words(path, data)}: rests on {', '.join(late)}, public only after {day}."
            yield Remark(Kind.HINDSIGHT, sentence, (*map(str, path), *late))
    later = judged_later(case, day)
    if later and data is None:
        data = case.model_dump(mode="json")
    for path in later:
        sentence = f"{in_words(path, data)}: judged after {day}."
        yield Remark(Kind.JUDGED_LATER, sentence, tuple(map(str, path)))


def _lenses(case: Case) -> Iterator[Remark]:
    """Yield the overrides that change nothing although all of the case is read, and the lenses without any."""
    for lens in case.lenses:
        lensed = read_through(case, lens.id)
        if not lensed.applied and not lensed.unresolved:
            yield Remark(Kind.LENS, effect_summary(lensed), (lens.id,))
        for one in lensed.unresolved:
            sentence = f"Lens {lens.id} changes nothing at {place(one.override)}: {one.reason}."
            yield Remark(Kind.LENS, sentence, (lens.id, one.override.party, one.override.path))


# the record


def _dates(case: Case) -> Iterator[Remark]:
    for kind, dated in (("Statement", case.statements), ("Event", case.events), ("Text", case.texts)):
        for one in dated:
            if one.happened is not None and one.public_since < one.happened.first:
                sentence = (
                    f"{kind} {one.id} is public since {one.public_since}, before it happened ({one.happened.when})."
                )
                yield Remark(Kind.DATES, sentence, (one.id,))
    for statement in case.statements:
        cited = {citation.source for citation in statement.cites}
        if len(cited) != 1 or statement.level is CitationLevel.MEMORY:
            continue
        source = case.source[cited.pop()]
        if source.grade is Grade.MEMORY or source.published is None:
            continue
        if source.published.first > statement.public_since:
            sentence = (
                f"Statement {statement.id} is public since {statement.public_since}, and its only source "
                f"{source.id} was published later ({source.published.when})."
            )
            yield Remark(Kind.DATES, sentence, (statement.id, source.id))


def _memory(case: Case) -> Iterator[Remark]:
    used = {name for position in case.positions for name in (*position.because, *position.see)}
    for statement in case.statements:
        if statement.level is CitationLevel.MEMORY and statement.id in used:
            sentence = f"Statement {statement.id} is cited from memory: look it up."
            yield Remark(Kind.MEMORY, sentence, (statement.id,))


def _agenda(case: Case) -> Iterator[Remark]:
    for share in agenda_shares(case) if case.texts else ():
        whose = f"texts by {' and '.join(share.authors)}" if share.authors else "no tabled text"
        sentence = f"{len(share.issues)} of {len(case.issues)} issues stem from {whose}."
        yield Remark(Kind.AGENDA, sentence, share.issues)
