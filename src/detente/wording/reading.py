"""What all sentences are made from: a case, its ledger, the settlement report, and who is named first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from detente.case.case import Case
from detente.case.consent import ConsentList
from detente.case.issue import Issue
from detente.case.ledger import Ledger, ListLedger
from detente.case.ledger.assent import members_on
from detente.case.ledger.option_view import OptionView, issue_view
from detente.case.ledger.stances import OPEN_STANCES
from detente.case.lens_apply import Lensed
from detente.evidence.source import Grade
from detente.evidence.statement import Statement, TextClass
from detente.wording.naming import Naming, rotated

Report = Mapping[str, Any]


class Answer(StrEnum):
    """Whether there is any package of a kind."""

    YES = "yes"
    PERHAPS = "perhaps"  # it depends on options nobody has coded, or the count is known between bounds only
    NO = "no"


class Weakness(StrEnum):
    """Why a word is less firm than a text that was read."""

    MEMORY = "memory"
    SPOKEN = "spoken remark"


SPOKEN = frozenset({TextClass.OFFICIAL_REMARK, TextClass.SPOKESPERSON_REMARK})


@dataclass(frozen=True, slots=True)
class Hinge:
    """An issue on which stated refusals leave exactly one option: every package that they leave contains it.

    `turns` says whether the lines that we infer refuse that option too.
    """

    issue: str
    option: str
    turns: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What holds under one consent list.

    Attributes
    ----------
    lines_stated, lines_all : Answer, optional
        Whether a package crosses no stated line, and none of the stated and inferred ones.
    zone_stated, zone_all : Answer, optional
        Whether such a package also leaves every member at least as well off as no agreement (judged numbers).
    shared : tuple of str
        The issues that every member has coded.
    missing : tuple of str
        Members without any coded position.
    reason : str
        Why nothing was computed, as a sentence; empty where it was.
    lines, inferred_lines : int
        Red lines on the shared issues, and how many of them are not stated.
    hinges : tuple of Hinge
        Issues on which stated lines leave exactly one option, those first on which inferred lines refuse that too.
    """

    consent_list: ConsentList
    members: tuple[str, ...]
    shared: tuple[str, ...]
    missing: tuple[str, ...]
    is_computed: bool
    lines: int = 0
    inferred_lines: int = 0
    lines_stated: Answer | None = None
    lines_all: Answer | None = None
    zone_stated: Answer | None = None
    zone_all: Answer | None = None
    hinges: tuple[Hinge, ...] = ()
    reason: str = ""

    @property
    def answers(self) -> tuple[Answer | None, Answer | None]:
        """What stated lines leave, and what inferred ones leave too (None where no line is inferred).

        No judged number has a part in either.
        """
        return self.lines_stated, self.lines_all if self.inferred_lines else None


@dataclass(frozen=True)
class Reading:
    """A case with what was found in it.

    Attributes
    ----------
    case : Case
        Cut at its date.
    ledger : Ledger
        Of all consent lists of the case.
    reports : mapping
        Consent list → settlement report; empty if the engine could not be asked, and `no_report` says why.
    lists : tuple of ConsentList
        The lists that are printed, in printing order.
    lead : str, optional
        The party whose agenda leads a print.
    lensed : Lensed, optional
        The lens through which the numbers were read, and what it did to them.
    breakpoints : mapping
        Consent list → its part of the breakpoint report; empty if it was not asked for.
    """

    case: Case
    ledger: Ledger
    reports: Mapping[str, Report]
    lists: tuple[ConsentList, ...]
    lead: str | None = None
    no_report: str = ""
    lensed: Lensed | None = None
    breakpoints: Mapping[str, Report] = field(default_factory=dict)

    @property
    def is_drawn(self) -> bool:
        """Whether the judged ranges were drawn from, for some consent list or an issue of one."""
        parts = (part for report in self.reports.values() for part in (report, *report.get("by_issue", {}).values()))
        return any("draws" in part for part in parts)

    @property
    def lens(self) -> str | None:
        """The id of the lens through which the numbers were read."""
        return None if self.lensed is None else self.lensed.lens.id

    @cached_property
    def naming(self) -> Naming:
        """Short names."""
        return Naming(self.case)

    @cached_property
    def list_ledgers(self) -> tuple[ListLedger, ...]:
        """The ledger of each printed list."""
        by_id = {entry.roll.consent_list.id: entry for entry in self.ledger.lists}
        return tuple(by_id[entry.id] for entry in self.lists)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What holds under each printed list."""
        return tuple(
            _outcome(self.case, entry, self.reports.get(entry.roll.consent_list.id)) for entry in self.list_ledgers
        )

    @cached_property
    def common_members(self) -> tuple[str, ...]:
        """The parties, at least two, that every list names whose members have all spoken; else none."""
        named = [
            entry.roll.members for entry in self.list_ledgers if len(entry.roll.members) > 1 and not entry.roll.missing
        ]
        if named:
            common = tuple(party for party in named[0] if all(party in members for members in named))
            if len(common) > 1:
                return common
        return ()

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Parties with a coded position, in the order of the case."""
        return self.ledger.speakers

    @cached_property
    def principals(self) -> tuple[str, ...]:
        """The parties that the printed lists name and that speak, by the order of the case; else all speakers."""
        named = {self.case.stand_in(member) for entry in self.lists for member in entry.parties}
        found = tuple(party for party in self.speakers if party in named)
        return found if len(found) > 1 else self.speakers

    def conclusion(self, consent_list: str, lines: str, reading: str | None) -> Report | None:
        """Return what turns one conclusion under a list; None where it was not computed."""
        for entry in self.breakpoints.get(consent_list, {}).get("conclusions", ()):
            if (entry["conclusion"]["lines"], entry["conclusion"]["reading"]) == (lines, reading):
                return dict(entry)
        return None

    def columns(self, most: int) -> tuple[str, ...]:
        """Return the principals with most files coded, at most so many, in the order of the case."""
        coded = {p: sum((p, issue.id) in self.case.positions_of for issue in self.case.issues) for p in self.principals}
        chosen = sorted(self.principals, key=lambda party: (party != self.lead, -coded[party]))[:most]
        return tuple(party for party in self.principals if party in chosen)

    def in_turn(self, parties: Sequence[str], turn: int) -> tuple[str, ...]:
        """Return parties beginning with the lead, or else turned so that another comes first in each section."""
        if self.lead is not None and self.lead in parties:
            return rotated(parties, list(parties).index(self.lead))
        return rotated(parties, turn)

    def views(self, issue: str) -> tuple[OptionView, ...]:
        """Return each option of an issue with the stances of all who speak."""
        return issue_view(self.case, issue, self.speakers)

    @cached_property
    def agenda(self) -> tuple[Issue, ...]:
        """Issues in printing order: those first put on the table by the lead, then the others."""
        own = {
            issue
            for share in self.ledger.agenda
            if self.lead is not None and self.lead in share.authors
            for issue in share.issues
        }
        issues = self.case.issues
        return (*(i for i in issues if i.id in own), *(i for i in issues if i.id not in own))

    def clusters(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the issues in printing order, by cluster."""
        groups: dict[str, list[str]] = {}
        for issue in self.agenda:
            groups.setdefault(issue.cluster or "", []).append(issue.id)
        return tuple((cluster, tuple(issues)) for cluster, issues in groups.items())

    @cached_property
    def common_ground(self) -> tuple[tuple[str, bool], ...]:
        """Issues with an option that all common members hold open, and whether all say so in their own words."""
        found = []
        for issue in self.case.issues:
            views = issue_view(self.case, issue.id, self.common_members)
            shared = [
                v.held for v in views if not v.silent and v.held and all(h.stance in OPEN_STANCES for h in v.held)
            ]
            if shared:
                found.append((issue.id, any(all(h.is_stated for h in held) for held in shared)))
        return tuple(found)

    def members_of(self, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
        """Return the members of several lists, each as the one whose text stands for it, in the order of the case."""
        named = {self.case.stand_in(member) for outcome in outcomes for member in outcome.members}
        return tuple(party.id for party in self.case.parties if party.id in named)

    def meeting_in_words(self, issues: Sequence[str]) -> tuple[str, ...]:
        """Return the statements in which the common members hold one option of these issues open in words."""
        views = (view for issue in issues for view in issue_view(self.case, issue, self.common_members))
        return tuple(dict.fromkeys(held.statement for view in views if _meets(view) for held in view.held))

    def weakness_of_meeting(self, issue: str) -> Weakness | None:
        """Return on what a meeting in words rests at its firmest: on memory, on a spoken remark, or on better."""
        firmest: list[Weakness | None] = []
        for view in issue_view(self.case, issue, self.common_members):
            if _meets(view):
                firmest.append(self._weakest([self.case.statement[held.statement] for held in view.held]))
        if not firmest or None in firmest:
            return None
        return Weakness.SPOKEN if Weakness.SPOKEN in firmest else Weakness.MEMORY

    @staticmethod
    def _weakest(statements: Sequence[Statement]) -> Weakness | None:
        if any(statement.grade is Grade.MEMORY for statement in statements):
            return Weakness.MEMORY
        return Weakness.SPOKEN if any(statement.text_class in SPOKEN for statement in statements) else None

    def whose_yes(self, consent_list: ConsentList, issue: str) -> tuple[str, ...]:
        """Return whose yes a list needs on one issue."""
        return members_on(self.case, consent_list, issue)


def _meets(view: OptionView) -> bool:
    """Return whether all hold an option open in their own words."""
    return not view.silent and bool(view.held) and all(h.stance in OPEN_STANCES and h.is_stated for h in view.held)


def _outcome(case: Case, entry: ListLedger, report: Report | None) -> Outcome:
    roll = entry.roll
    if report is None or "packages" not in report:
        reason = "" if report is None else reason_words(report)
        return Outcome(roll.consent_list, roll.members, roll.shared, roll.missing, is_computed=False, reason=reason)
    with_all = report.get("with_inferred") or report
    return Outcome(
        consent_list=roll.consent_list,
        members=roll.members,
        shared=tuple(report["issues"]),
        missing=roll.missing,
        is_computed=True,
        lines=len(report["lines"]),
        inferred_lines=sum(line["basis"] != "stated" for line in report["lines"]),
        lines_stated=any_package(report["packages"]["no_red_line"]),
        lines_all=any_package(with_all["packages"]["no_red_line"]),
        zone_stated=in_zone(report),
        zone_all=in_zone(with_all),
        hinges=_hinges(case, report),
    )


def spoken_words(reading: Reading) -> str:
    """Return on what files a list is computed; where no position is on record, numbers alone are."""
    if reading.case.positions:
        return "on which all members have spoken"
    return "on which numbers are on record for all members"


def reason_words(report: Report) -> str:
    """Return the report's own sentence on why it computed nothing."""
    return str(report.get("not_computed", {}).get("reason", ""))


def _hinges(case: Case, report: Report) -> tuple[Hinge, ...]:
    """Return the issues that stated lines leave with one option, as long as they leave a package at all."""
    if any_package(report["packages"]["no_red_line"]) is Answer.NO:
        return ()
    refused: dict[str, dict[str, bool]] = {}  # issue → option → whether a stated line refuses it
    for line in report["lines"]:
        if line.get("issue") is not None and line.get("option") is not None:
            options = refused.setdefault(line["issue"], {})
            options[line["option"]] = options.get(line["option"], False) or line["basis"] == "stated"
    found = []
    for issue in (case.issue[item] for item in report["issues"] if len(case.issue[item].options) > 1):
        lines = refused.get(issue.id, {})
        left = [option.id for option in issue.options if not lines.get(option.id, False)]
        if len(left) == 1:
            found.append(Hinge(issue.id, left[0], turns=left[0] in lines))
    return tuple(sorted(found, key=lambda hinge: not hinge.turns))


def in_zone(report: Report) -> Answer:
    """Return whether a package is no worse than no deal for all; perhaps, if only at the best of unknown options."""
    certain = any_package(report["packages"]["in_zone"])
    possible = report.get("possible")
    if certain is Answer.NO and possible and any_package(possible["packages"]["in_zone"]) is not Answer.NO:
        return Answer.PERHAPS
    return certain


def any_package(count: str | Mapping[str, str]) -> Answer:
    """Return whether a count, exact or between bounds, says that there is any."""
    low, high = (count, count) if isinstance(count, str) else (count["low"], count["high"])
    if int(low) > 0:
        return Answer.YES
    return Answer.PERHAPS if int(high) > 0 else Answer.NO
