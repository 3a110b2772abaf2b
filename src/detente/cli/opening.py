"""From the words on the command line to a case: open it, cut it at a date, put a lens on, find ids in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.case.case import Case
from detente.case.library import library_folder
from detente.case.load import find_case, load_case
from detente.core.errors import CaseError
from detente.core.names import nearest

if TYPE_CHECKING:
    from detente.case.lens_apply import Lensed


@dataclass(frozen=True, slots=True)
class Opened:
    """A case as it stood on a day, read through a lens if one was asked for."""

    case: Case
    lensed: Lensed | None = None


def open_case(name: str, as_of: datetime.date | None = None, lens: str | None = None) -> Case:
    """Return a case as it stood on a day, read through a lens; see `open_read`."""
    return open_read(name, as_of, lens).case


def open_read(name: str, as_of: datetime.date | None = None, lens: str | None = None) -> Opened:
    """Return a case as it stood on a day, read through a lens, and what the lens did to it.

    What a lens changes, and what it does not, is said on standard error too, whatever the command prints.

    Parameters
    ----------
    name : str
        A path, or the name of a bundled case.
    as_of : date, optional
        The day; without it the case's own cut-off, and without that all that the case holds. A day after the
        case's own cut-off does not undo it: that is said on standard error.
    lens : str, optional
        The id of one of its lenses.

    Raises
    ------
    CaseError
        If the case does not load, or the lens is unknown or was not public on the day.
    """
    return as_asked(open_whole(name), as_of, lens)


def as_asked(whole: Case, as_of: datetime.date | None, lens: str | None, *, side: str = "") -> Opened:
    """Return a whole case as `open_read` does; `side` ends the names of the options that asked."""
    day = as_of or whole.cut_off
    if as_of is not None and whole.cut_off is not None and as_of > whole.cut_off:
        said = f"--as-of{side} {as_of}: the case is cut off on {whole.cut_off}, and the earlier day counts."
        click.echo(said, err=True)
        day = whole.cut_off
    case = whole if day is None else whole.at(day)
    if as_of is not None and day is not None:
        _say_if_nothing_was_public(whole, day, f"--as-of{side}")
    if lens is None:
        return Opened(case)
    known = {entry.id: entry.public_since for entry in whole.lenses}
    named(f"--lens{side}", "lens", lens, known)
    if day is not None and known[lens] > day:
        never = whole.cut_off is not None and known[lens] > whole.cut_off
        raise CaseError(
            where=f"--lens{side}",
            what=f'lens "{lens}" was not public on {day}',
            got=known[lens].isoformat(),
            allowed="A lens is used from the day it was public",
            hint=f"The case is cut off on {whole.cut_off}: choose another lens"
            if never
            else f"Choose a later --as-of{side}, or another lens",
        )
    from detente.case.lens_apply import read_through
    from detente.case.lens_effect import effect_lines

    lensed = read_through(case, lens)
    for line in effect_lines(lensed):
        click.echo(line, err=True)
    return Opened(lensed.case, lensed)


def _say_if_nothing_was_public(case: Case, day: datetime.date, option: str) -> None:
    days = [one.public_since for one in case.statements]
    days += [one.public_since for one in case.events]
    days += [one.public_since for one in case.texts]
    if days and min(days) > day:
        click.echo(
            f"{option} {day}: nothing of this case was public yet; the first of it was on {min(days)}.", err=True
        )


def open_whole(name: str) -> Case:
    """Return a case with all that it holds, whatever its cut-off."""
    return load_case(name)


def own_case(name: str, where: str) -> Path:
    """Return the folder or file of a case that may be changed; `where` is what an error names.

    Raises
    ------
    CaseError
        If it comes with the program, or shares the record of one that does.
    """
    path = find_case(name)
    bundled = library_folder().parent.resolve()
    record = load_case(path).record if not path.resolve().is_relative_to(bundled) else None
    base = path if path.is_dir() else path.parent
    if path.resolve().is_relative_to(bundled) or (record and (base / record).resolve().is_relative_to(bundled)):
        raise CaseError(
            where=where,
            what="a case that comes with the program is not changed",
            got=name,
            allowed="Only a case of your own is written to",
            hint=f"Copy it: `detente new my-{path.stem} --from {path.stem}`",
        )
    return path


def named(option: str, kind: str, got: str, known: Iterable[str]) -> str:
    """Return an id if the case has it.

    Raises
    ------
    CaseError
        With the nearest id, if it has not.
    """
    ids = list(known)
    if got in ids:
        return got
    raise CaseError(
        where=option,
        what=f"the case has no such {kind}",
        got=got,
        allowed=f"It has: {', '.join(ids)}" if ids else f"It has no {kind} at all",
        hint=nearest(got, ids),
    )


def consent_of(case: Case, consent: str | None) -> str | None:
    """Return the id of a consent list if the case has it; None stands for all of them."""
    return None if consent is None else named("--consent", "consent list", consent, case.consent_list)


def party_of(case: Case, party: str, option: str = "--party") -> str:
    """Return the id of a party if the case has it."""
    return named(option, "party", party, case.party)


def issue_of(case: Case, issue: str) -> str:
    """Return the id of an issue if the case has it."""
    return named("--issue", "issue", issue, case.issue)
