"""Whether claims, agreed texts, forecasts and pledges name what exists and do not contradict themselves."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from detente.case.case import Case
from detente.case.known import Known, each_unknown, repeated, unknown, unknown_grounds
from detente.case.problem import PathTo, Problem
from detente.evidence.claims import Closes, Kind
from detente.evidence.statement import Statement


def statement_problems(case: Case, statement: Statement, known: Known, path: PathTo) -> Iterator[Problem]:
    """Yield what is wrong with what a statement asserts, denies, relies on, foretells and closes."""
    for field in ("asserts", "denies"):
        names = getattr(statement, field)
        yield from each_unknown(names, case.claim, "claim", (*path, field))
        yield from repeated(names, (*path, field))
    for place, name in enumerate(statement.denies):
        if name in statement.asserts:
            allowed = "A statement asserts a claim or denies it"
            yield Problem((*path, "denies", place), "the statement asserts this claim too", name, allowed, "Keep one")
    for place, reliance in enumerate(statement.relies_on):
        here: PathTo = (*path, "relies_on", place)
        text = case.agreed_text.get(reliance.text)
        if text is None:
            yield from unknown(reliance.text, case.agreed_text, "agreed text", (*here, "text"))
            continue
        if reliance.principle is not None:
            principles = [one.id for one in text.principles]
            what = f'principle of agreed text "{text.id}"'
            yield from unknown(reliance.principle, principles, what, (*here, "principle"))
        if statement.public_since < text.date:
            allowed = f"The statement is public since {statement.public_since}"
            yield Problem(
                (*here, "text"), f"this text was agreed on {text.date}, later", text.id, allowed, "Correct it"
            )
    if statement.forecast is not None and statement.kind not in {None, Kind.FORECAST}:
        allowed = "A statement with a forecast is of the kind forecast"
        yield Problem((*path, "kind"), "this statement holds a forecast", statement.kind, allowed, "Correct the kind")
    by = None if statement.forecast is None else statement.forecast.by
    if by is not None and by < _said(statement):
        allowed = f"The statement was made on {_said(statement)}"
        yield Problem((*path, "forecast", "by"), "the forecast ends before it was made", by, allowed, "Correct the day")
    for place, closes in enumerate(statement.closes):
        yield from _closed(case, closes, known, (*path, "closes", place))


def _said(statement: Statement) -> datetime.date:
    return statement.public_since if statement.happened is None else statement.happened.first


def _closed(case: Case, closes: Closes, known: Known, path: PathTo) -> Iterator[Problem]:
    if closes.issue in known.issues:
        what = f'option of issue "{closes.issue}"'
        yield from each_unknown(closes.options, known.options[closes.issue], what, (*path, "options"))
    elif case.record is None:  # a shared record may mean another case's issue
        yield from unknown(closes.issue, known.issues, "issue", (*path, "issue"))
    yield from repeated(closes.options, (*path, "options"))


def claim_problems(case: Case, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with the claims, the agreed texts and the outcomes of forecasts."""
    for at, claim in enumerate(case.claims):
        if claim.issue is not None and case.record is None:
            yield from unknown(claim.issue, known.issues, "issue", ("claims", at, "issue"))
    for at, text in enumerate(case.agreed_texts):
        path: PathTo = ("agreed_texts", at)
        yield from each_unknown(text.parties, known.actors, "party or actor", (*path, "parties"))
        yield from repeated(text.parties, (*path, "parties"))
        yield from repeated([one.id for one in text.principles], (*path, "principles"))
    seen: set[str] = set()
    for at, outcome in enumerate(case.forecast_outcomes):
        path = ("forecast_outcomes", at)
        yield from unknown_grounds(outcome.because, known, (*path, "because"))
        statement = case.statement.get(outcome.statement)
        if statement is None:
            yield from unknown(outcome.statement, case.statement, "statement", (*path, "statement"))
            continue
        if statement.forecast is None:
            allowed = "An outcome belongs to a statement with a forecast"
            yield Problem((*path, "statement"), "this statement foretells nothing", statement.id, allowed, "Correct it")
        if statement.id in seen:
            allowed = "A forecast has one outcome"
            yield Problem(
                (*path, "statement"), "this forecast has an outcome already", statement.id, allowed, "Keep one"
            )
        seen.add(statement.id)
        early = outcome.public_since < statement.public_since
        grounds = [day for name in outcome.because if (day := case.public_since(name)) is not None]
        if early or (grounds and outcome.public_since < min(grounds)):
            allowed = "An outcome is public after its forecast, and not before the first of its grounds"
            got = outcome.public_since
            yield Problem((*path, "public_since"), "this outcome is public too early", got, allowed, "Correct the day")
