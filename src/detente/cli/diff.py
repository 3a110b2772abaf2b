"""`detente diff CASE_A CASE_B`: what two cases, or two readings of one, say and conclude differently."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from detente.case.case import Case
from detente.cli.lazy import Documented
from detente.cli.opening import as_asked, named, open_whole
from detente.cli.options import day_of, json_option, progress_option
from detente.cli.output import print_json
from detente.cli.progress import progress_on_stderr
from detente.core.errors import CaseError, DetenteError
from detente.core.progress import Progress

if TYPE_CHECKING:
    from detente.case.diff import CaseDiff, Change
    from detente.registry.effects import Conclusion


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the case as it was asked for, and what tells it from the other."""

    case: Case
    lens: str | None
    hash: str


@dataclass(frozen=True, slots=True)
class Effects:
    """What follows from the differences: findings of the ledger, facts of the settlement, conclusions."""

    ledger: tuple[Change, ...]
    settlement: tuple[Change, ...]
    conclusions: tuple[Conclusion, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is told of two cases; `not_compared` says why no conclusion was compared."""

    a: Side
    b: Side
    found: CaseDiff
    effects: Effects | None
    not_compared: str = ""

    def common(self, kind: str) -> tuple[str, ...]:
        """Return the ids of a kind (`party`, `issue`, `consent_list`) that both cases have, in the order of A."""
        known = getattr(self.b.case, kind)
        return tuple(name for name in getattr(self.a.case, kind) if name in known)


@click.command(
    "diff",
    cls=Documented,
    examples=(
        "detente diff yesterday/ today/",
        "detente diff river-basin river-basin --as-of-a 2019-04-05 --as-of-b 2019-05-01",
        "detente diff river-basin river-basin --lens-b lens_column --json",
    ),
)
@click.argument("case_a", metavar="CASE_A")
@click.argument("case_b", metavar="CASE_B")
@click.option("--as-of-a", callback=day_of, metavar="DATE", help="Use only what was public in CASE_A on that day.")
@click.option("--as-of-b", callback=day_of, metavar="DATE", help="Use only what was public in CASE_B on that day.")
@click.option("--lens-a", metavar="ID", help="Read the numbers of CASE_A through one of its lenses.")
@click.option("--lens-b", metavar="ID", help="Read the numbers of CASE_B through one of its lenses.")
@click.option("--consent", metavar="ID", help="Compare one consent list; default: each that both cases have.")
@click.option("--data-only", is_flag=True, help="Compare the data only: no ledger, no settlement, no conclusion.")
@json_option
@progress_option
def command(
    case_a: str,
    case_b: str,
    as_of_a: datetime.date | None,
    as_of_b: datetime.date | None,
    lens_a: str | None,
    lens_b: str | None,
    consent: str | None,
    data_only: bool,
    as_json: bool,
    progress: bool | None,
) -> None:
    """Tell what two cases say differently, and whether any conclusion differs.

    The two may be versions of a case, one case as of two days, or one case read through two lenses. A difference is an
    answer (exit code 0).
    """
    whole_a = _opened("CASE_A", case_a)
    whole_b = whole_a if case_a == case_b else _opened("CASE_B", case_b)
    one = as_asked(whole_a, as_of_a, lens_a, side="-a").case
    other = as_asked(whole_b, as_of_b, lens_b, side="-b").case
    if consent is not None:
        for where, case in (("CASE_A", one), ("CASE_B", other)):
            named(f"--consent, {where}", "consent list", consent, case.consent_list)
    with progress_on_stderr(progress) as told:
        compared = compare_cases(one, other, (lens_a, lens_b), consent=consent, data_only=data_only, progress=told)
    if as_json:
        print_json(as_plain(compared))
        return
    from detente.cli.diff_text import lines_of

    for line in lines_of(compared):
        click.echo(line)


def compare_cases(
    one: Case,
    other: Case,
    lenses: tuple[str | None, str | None],
    *,
    consent: str | None,
    data_only: bool,
    progress: Progress,
) -> Comparison:
    """Return what differs between two opened cases."""
    from detente.case.diff import diff
    from detente.case.digest import case_hash

    a, b = (Side(case, lens, case_hash(case)) for case, lens in zip((one, other), lenses, strict=True))
    compared = Comparison(a, b, diff(one, other), None)
    if data_only:
        return Comparison(a, b, compared.found, None, "only the data were asked for")
    if not compared.common("issue"):
        return Comparison(a, b, compared.found, None, "the two have no issue in common")
    none = "" if compared.common("consent_list") else "the two have no consent list in common"
    return Comparison(a, b, compared.found, _effects(compared, consent, progress), none)


def _effects(compared: Comparison, consent: str | None, progress: Progress) -> Effects:
    if compared.a.hash == compared.b.hash:
        return Effects((), (), ())
    from detente.case.diff import ledger_changes
    from detente.registry.effects import conclusions, settlement_changes

    one, other = compared.a.case, compared.b.case
    ledger = ledger_changes(one, other, consent)
    settlement = settlement_changes(one, other, consent, progress=progress)
    return Effects(ledger, settlement, conclusions(ledger, settlement))


def _opened(side: str, name: str) -> Case:
    """Return a case; a complaint names the side that it is about."""
    try:
        return open_whole(name)
    except DetenteError as error:
        raise CaseError(
            where=f"{side}, {error.where}", what=error.what, got=error.got, allowed=error.allowed, hint=error.hint
        ) from None


def as_plain(compared: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON has it; `docs/reference/diff-report.md` lists the keys."""
    effects, not_compared = compared.effects, compared.not_compared or None
    return {
        "a": _side(compared.a),
        "b": _side(compared.b),
        "same": compared.found.is_empty,
        "common": {
            "parties": compared.common("party"),
            "issues": compared.common("issue"),
            "consent_lists": compared.common("consent_list"),
        },
        "counts": counts(compared),
        "data": _by_kind(compared.found.data),
        "order": [
            {"kind": one.kind, "of": "/".join(one.holder) or None, "a": one.a, "b": one.b}
            for one in compared.found.order
        ],
        "standing_lines": [_change(change) for change in compared.found.standing_lines],
        "not_compared": not_compared,
        "conclusions": None if not_compared or effects is None else [_conclusion(one) for one in effects.conclusions],
        "ledger": None if effects is None else _by_kind(effects.ledger),
        "settlement": None if effects is None else [_change(change) for change in effects.settlement],
    }


def counts(compared: Comparison) -> dict[str, dict[str, int]]:
    """Return, per kind of record that either case has, how many each has and how many differ."""
    from detente.case.diff.record import KINDS, records

    one, other = (Counter(record.kind for record in records(side.case)) for side in (compared.a, compared.b))
    how = Counter((change.kind, change.how.value) for change in compared.found.data)
    return {
        kind: {
            "a": one[kind],
            "b": other[kind],
            **{word: how[kind, word] for word in ("added", "removed", "changed")},
        }
        for kind in KINDS
        if one[kind] or other[kind]
    }


def _side(side: Side) -> dict[str, Any]:
    case = side.case
    return {
        "case": case.id,
        "version": case.version,
        "as_of": case.cut_off,
        "lens": side.lens,
        "hash": side.hash,
    }


def _by_kind(changes: Iterable[Change]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for change in changes:
        found.setdefault(change.kind, []).append(_change(change))
    return found


def _change(change: Change) -> dict[str, Any]:
    from detente.case.diff.record import plain

    def whole(fields: Any) -> dict[str, object] | None:
        return None if fields is None else {name: plain(leaf) for name, leaf in fields.items()}

    return {
        "id": "/".join(part for part in change.id if part),
        "change": change.how.value,
        "a": whole(change.a),
        "b": whole(change.b),
        "fields": [
            {
                "field": field.field,
                "a": plain(field.a),
                "b": plain(field.b),
                **({"only_a": plain(field.only_a), "only_b": plain(field.only_b)} if field.is_set else {}),
            }
            for field in change.fields
        ],
    }


def _conclusion(one: Conclusion) -> dict[str, Any]:
    from detente.case.diff.record import plain

    return {
        "consent": one.consent,
        "issue": one.issue,
        "what": one.what,
        "a": plain(one.change.a),
        "b": plain(one.change.b),
    }
