"""What a case still lacks, and where it contradicts itself.

Faults and contradictions are breaks: something must be mended. Everything else is what a careful reader would ask:
cells that nobody has coded, numbers without grounds or judged with hindsight, owners who have not been heard.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from detente.case.as_of import judged_later
from detente.case.case import Case
from detente.case.change import estimates_of
from detente.case.ledger.agenda import agenda_shares
from detente.case.load import load_case, problems
from detente.case.matrix import matrix_cell
from detente.case.position import Position, Stance
from detente.case.preference import RedLine
from detente.case.problem import in_words
from detente.case.red_lines import refusing_stances
from detente.case.references import reference_problems
from detente.core.errors import CaseError
from detente.evidence.statement import CitationLevel


class Kind(StrEnum):
    """What a remark is about; the value is the key in JSON."""

    FAULT = "fault"  # the case does not load, or names something that does not exist
    CONTRADICTION = "contradiction"  # a party demands and rules out the same, or demands two things at once
    LINE_WITHOUT_REFUSAL = "line_without_refusal"  # a red line whose grounds rule nothing out
    REFUSAL_WITHOUT_LINE = "refusal_without_line"  # an option ruled out, and no red line says so
    NO_CONSENT_LIST = "no_consent_list"
    UNCODED = "uncoded"  # a member of a consent list has no position on an issue
    UNKNOWN_OPTION = "unknown_option"  # options of a coded issue of which a member says nothing
    UNCODED_OWNER = "uncoded_owner"  # someone whose yes an option needs has no position on its issue
    UNGROUNDED = "ungrounded"  # a number that rests on nothing
    UNGROUNDED_LINE = "ungrounded_line"  # a red line that rests on no position
    HINDSIGHT = "hindsight"  # a number that rests on something public only after the cut-off
    JUDGED_LATER = "judged_later"  # a number judged after the cut-off
    MEMORY = "memory"  # a statement cited from memory
    AGENDA = "agenda"  # whose texts the list of issues stems from


BREAKS = frozenset({Kind.FAULT, Kind.CONTRADICTION, Kind.LINE_WITHOUT_REFUSAL, Kind.REFUSAL_WITHOUT_LINE})
"""The kinds that must be mended."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: a plain sentence, and the ids that it is about."""

    kind: Kind
    sentence: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, in the order of `Kind`."""

    case: str
    remarks: tuple[Remark, ...]

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many remarks there are of each kind, zero included."""
        found = Counter(remark.kind for remark in self.remarks)
        return {kind: found[kind] for kind in Kind}

    @property
    def breaks(self) -> tuple[Remark, ...]:
        """The faults and contradictions."""
        return tuple(remark for remark in self.remarks if remark.kind in BREAKS)

    @property
    def exit_code(self) -> int:
        """1 if something must be mended, else 0: gaps alone are no break."""
        return 1 if self.breaks else 0

    def of(self, kind: Kind) -> tuple[Remark, ...]:
        """Return the remarks of one kind."""
        return tuple(remark for remark in self.remarks if remark.kind is kind)

    def as_json(self) -> dict[str, object]:
        """Return the report as plain values."""
        return {
            "case": self.case,
            "breaks": len(self.breaks),
            "counts": {kind.value: count for kind, count in self.counts.items()},
            "remarks": [
                {"kind": one.kind.value, "sentence": one.sentence, "ids": list(one.ids)} for one in self.remarks
            ],
        }


def check_files(case: str | Path) -> Report:
    """Return what a check of a case's files finds; each fault of the files is a remark with its line.

    Raises
    ------
    CaseError
        If there is no such case, or a file cannot be read at all.
    """
    faults = problems(case)
    if not faults:
        return check(load_case(case))
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
        parts = (_contradictions, _lines, _consent, _uncoded, _owners, _ungrounded)
        remarks.extend(remark for part in parts for remark in part(case))
        remarks.extend(_hindsight(case, day))
        remarks.extend(_memory(case))
        remarks.extend(_agenda(case))
    order = list(Kind)
    return Report(case.id, tuple(sorted(remarks, key=lambda remark: order.index(remark.kind))))


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


# contradictions


def _contradictions(case: Case) -> Iterator[Remark]:
    for (party, issue), positions in case.positions_of.items():
        yield from _two_demands(case, party, issue, positions)
        for option in case.issue[issue].options:
            said = [one for one in positions if option.id in one.stances]
            demands = [one for one in said if one.stances[option.id].stance is Stance.DEMANDS]
            refusals = [one for one in said if one.stances[option.id].stance is Stance.RULES_OUT]
            if not demands or not refusals or _is_settled(case, party, issue, option.id):
                continue
            days = {str(case.day_of(one)) for one in (*demands, *refusals)}
            when = f"on {days.pop()}" if len(days) == 1 else "over time, and no red line says that it was relaxed"
            yield Remark(
                Kind.CONTRADICTION,
                f"{party} both demands and rules out {issue} {option.id} {when}.",
                (party, issue, option.id, *(one.id for one in (*demands, *refusals))),
            )


def _two_demands(case: Case, party: str, issue: str, positions: tuple[Position, ...]) -> Iterator[Remark]:
    by_day: dict[datetime.date, dict[str, str]] = {}
    for position in positions:
        for option, said in position.stances.items():
            if said.stance is Stance.DEMANDS:
                by_day.setdefault(case.day_of(position), {}).setdefault(option, position.id)
    for day, demanded in by_day.items():
        if len(demanded) > 1:
            yield Remark(
                Kind.CONTRADICTION,
                f"{party} demands {' and '.join(demanded)} of {issue} on {day}; options exclude each other.",
                (party, issue, *demanded, *demanded.values()),
            )


def _is_settled(case: Case, party: str, issue: str, option: str) -> bool:
    """Return whether a red line on the option was relaxed or is contested by a coded position."""
    lines = case.preference[party].red_lines if party in case.preference else ()
    return any(line.relaxed_by or line.contested_by for line in lines if _names(line, issue, option))


def _names(line: RedLine, issue: str, option: str) -> bool:
    return any(atom.issue == issue and option in atom.options for atom in line.never.atoms())


def _lines(case: Case) -> Iterator[Remark]:
    for preference in case.preferences:
        party = preference.party
        for line in preference.red_lines:
            grounds = [case.position[name] for name in line.because]
            if not grounds:
                sentence = f"Red line {line.id} of {party} rests on no position."
                yield Remark(Kind.UNGROUNDED_LINE, sentence, (party, line.id))
            elif not any(refusing_stances(ground, line.never) for ground in grounds):
                yield Remark(
                    Kind.LINE_WITHOUT_REFUSAL,
                    f"Red line {line.id} of {party} ({line.never}) rests on positions that rule none of it out.",
                    (party, line.id, *line.because),
                )
        for position in case.positions:
            if position.party != party:
                continue
            for option, said in position.stances.items():
                listed = any(_names(line, position.issue, option) for line in preference.red_lines)
                if said.stance is Stance.RULES_OUT and not listed:
                    yield Remark(
                        Kind.REFUSAL_WITHOUT_LINE,
                        f"{party} rules out {position.issue} {option} in {position.id}, and no red line names it.",
                        (party, position.issue, option, position.id),
                    )


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


def _hindsight(case: Case, day: datetime.date | None) -> Iterator[Remark]:
    if day is None:
        return
    data: object = None
    for path, number in estimates_of(case):
        since = ((name, case.public_since(name)) for name in number.because)
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


# the record


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
