"""The consent test: whether a package may be printed, and if not, who has to be coded first.

A package may be printed if each option in it that is not the status quo passes the never-print rules on packages, and
every member, owner, signatory and party that must consent to it has a coded position on its issue. Options are tested
one by one, so the test of a package's changes is the test of what would be printed of them.

An imported case has numbers from elsewhere and no record that could be asked who has spoken, so the test does not apply
to it: it declares its `scale` and codes no position. In a case of judged numbers silence is no yes. Without a single
position it prints no package that changes something, and names everybody who has to be coded first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.ledger.assent import missing_assent
from detente.core.fields import text_of
from detente.wording.never_print import Violation, howlers


@dataclass(frozen=True, slots=True)
class ConsentTest:
    """What the test says of one package.

    `stops` are the rules that stop it, option by option; `to_code_first` names, per issue in the order of the case,
    the parties whose position has to be coded before it may be printed. A package can be stopped with nobody to be
    coded, as where an owner is not on the consent list.
    """

    stops: tuple[Violation, ...] = ()
    to_code_first: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def printable(self) -> bool:
        """Return whether the package may be printed."""
        return not self.stops

    @property
    def rules(self) -> tuple[str, ...]:
        """Return the ids of the rules that stop it, each once."""
        return tuple(dict.fromkeys(stop.rule for stop in self.stops))


def consent_test(case: Case, package: Mapping[str, str], members: Sequence[str]) -> ConsentTest:
    """Return whether a package may be printed for the members of a consent list.

    Parameters
    ----------
    case : Case
        Cut at its date.
    package : mapping
        Issue → option; issues that it leaves out are not tested.
    members : sequence of str
        The parties whose yes is required.
    """
    if _is_imported(case):
        return ConsentTest()
    stops = tuple(_stops(case, package, members))
    return ConsentTest(stops, uncoded_in(case, stops))


def _is_imported(case: Case) -> bool:
    """Return whether a case keeps the scale of its origin and codes no position; one that codes some can be asked."""
    return case.scale is not None and not case.positions


def _stops(case: Case, package: Mapping[str, str], members: Sequence[str]) -> Iterator[Violation]:
    """Yield the rules that stop a package, then, per issue, whoever is not coded though no rule asks for it."""
    found = howlers(case, package, members)
    yield from found
    for issue, option in package.items():
        if case.issue[issue].option(option).status_quo:
            continue
        missing = missing_assent(case, issue, option, members)
        if missing and not any(stop.rule == "uncoded-consent" and stop.issue == issue for stop in found):
            text = text_of(case.issue[issue].title)
            yield Violation("uncoded-consent", text, "A party is not coded.", issue, option, missing)


def uncoded_in(case: Case, stops: Sequence[Violation]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return, per issue, the parties named by the stops whose position has to be coded first."""
    found: dict[str, dict[str, None]] = {}
    for stop in stops:
        if stop.issue is None:
            continue
        for party in stop.parties:
            if not case.is_coded(party, stop.issue):
                found.setdefault(stop.issue, {})[party] = None
    ordered = [issue.id for issue in case.issues if issue.id in found]
    return tuple((issue, tuple(found[issue])) for issue in ordered)


HOLDERS_RULES = frozenset({"territory-as-chip", "recognition-by-others", "disarmed-without-consent"})
"""The rules on packages that touch what a party holds: its territory, its recognition, its arms."""


def is_holders_own(case: Case, party: str, issue: str, option: str) -> bool:
    """Return whether an option touches the territory, recognition or arms of a party that has not agreed in words.

    Of such an option the party is not asked whether its refusal is real, and no number is put on the refusal.
    """
    return any(
        party in (holder, case.stand_in(holder))
        for stop in howlers(case, {issue: option}, ())
        if stop.rule in HOLDERS_RULES
        for holder in stop.parties
    )
