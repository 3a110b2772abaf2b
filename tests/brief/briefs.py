"""Cases and briefs that several tests look at; each is composed once."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

from detente.brief.compose import compose
from detente.brief.document import Brief, Section, runs_of
from detente.case.as_of import at
from detente.case.case import Case
from detente.case.load import load_case
from detente.case.scaffold import scaffold
from detente.wording.sentence import text_of_runs

WORKED = "drafts-and-replies-2021-22"
RIVER = "river-basin"


@cache
def case_named(name: str) -> Case:
    """Return a bundled case, cut at the last day of its period."""
    case = load_case(name)
    return case if case.period is None else at(case, case.period.last)


@cache
def brief_of(name: str, stance: str | None = None) -> Brief:
    """Return the brief of a bundled case."""
    return compose(case_named(name), stance=stance)


def scaffolded(folder: Path) -> Case:
    """Return the case that `detente new` writes."""
    scaffold(folder)
    return load_case(folder)


def cut(name: str, day: str) -> Case:
    """Return a bundled case as of a day."""
    return at(load_case(name), datetime.date.fromisoformat(day))


def words(section: Section) -> str:
    """Return everything a section says, as plain text."""
    return text_of_runs(runs_of(section))
