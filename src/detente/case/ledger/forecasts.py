r"""Forecasts with what came of them, and a score for each who made some.

A forecast counts with the probability that it states. One that states a word of likelihood counts with the middle of
the range of that word, and its score is given with the best and the worst value within the range. One that states
neither is listed and not scored: silence on likelihood is not certainty.

Only outcomes that are public at the cut-off are known. Few events give a score, and no comparison of forecasters.

References
----------
[ICD203]_, sec. D.6.e(2)(a), the table of words and ranges.

.. [ICD203] Office of the Director of National Intelligence (2015). *Intelligence Community Directive 203: Analytic
   Standards*. Washington.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.ledger.said import in_order
from detente.core.fields import Text
from detente.evidence.claims import Forecast, Likelihood
from detente.maths.scoring import Scores, scores

LIKELIHOODS: Mapping[Likelihood, tuple[float, float]] = {
    Likelihood.ALMOST_NO_CHANCE: (0.01, 0.05),
    Likelihood.VERY_UNLIKELY: (0.05, 0.20),
    Likelihood.UNLIKELY: (0.20, 0.45),
    Likelihood.ROUGHLY_EVEN: (0.45, 0.55),
    Likelihood.LIKELY: (0.55, 0.80),
    Likelihood.VERY_LIKELY: (0.80, 0.95),
    Likelihood.ALMOST_CERTAIN: (0.95, 0.99),
}
"""The range of probabilities that each word stands for."""


@dataclass(frozen=True, slots=True)
class ForecastView:
    """A forecast and its outcome, as far as that is public.

    `low`, `probability` and `high` are None where neither a number nor a word of likelihood is stated. `overdue` says
    that its day is past at the cut-off and no outcome is on record, `inferred` that the word of likelihood is the
    analyst's reading of a forecast that states none.
    """

    statement: str
    author: str
    what: Text
    since: datetime.date
    by: datetime.date | None
    low: float | None
    probability: float | None
    high: float | None
    occurred: bool | None
    outcome_since: datetime.date | None
    because: tuple[str, ...]
    overdue: bool
    inferred: bool


@dataclass(frozen=True, slots=True)
class AuthorScore:
    """How the forecasts of one author fared.

    `with_outcome` of `forecasts` are decided; `scores` are of those among them that state how likely. `brier_best` and
    `brier_worst` are the Brier scores at the ends of the ranges of words.
    """

    author: str
    forecasts: int
    with_outcome: int
    scores: Scores | None
    brier_best: float | None
    brier_worst: float | None


def forecast_views(case: Case) -> tuple[ForecastView, ...]:
    """Return all forecasts, oldest first."""
    outcomes = {one.statement: one for one in case.forecast_outcomes}
    found = []
    for one in sorted(case.statements, key=in_order):
        if one.forecast is None:
            continue
        outcome = outcomes.get(one.id)
        low, middle, high = _range(one.forecast)
        by = one.forecast.by
        found.append(
            ForecastView(
                statement=one.id,
                author=one.voice,
                what=one.forecast.what,
                since=one.public_since,
                by=by,
                low=low,
                probability=middle,
                high=high,
                occurred=None if outcome is None else outcome.occurred,
                outcome_since=None if outcome is None else outcome.public_since,
                because=() if outcome is None else outcome.because,
                overdue=outcome is None and by is not None and case.cut_off is not None and by < case.cut_off,
                inferred=one.forecast.inferred,
            )
        )
    return tuple(found)


def _range(forecast: Forecast) -> tuple[float, float, float] | tuple[None, None, None]:
    if forecast.probability is not None:
        return forecast.probability, forecast.probability, forecast.probability
    if forecast.likelihood is None:
        return None, None, None
    low, high = LIKELIHOODS[forecast.likelihood]
    return low, round((low + high) / 2, 4), high


def author_scores(views: tuple[ForecastView, ...]) -> tuple[AuthorScore, ...]:
    """Return the score of each author of forecasts, by name: the order says nothing of who fared better."""
    return tuple(_score(author, views) for author in sorted({view.author for view in views}))


def _score(author: str, views: tuple[ForecastView, ...]) -> AuthorScore:
    own = [view for view in views if view.author == author]
    decided = [view for view in own if view.occurred is not None]
    stated = [(v.low, v.probability, v.high, v.occurred) for v in decided]
    scored = [
        (low, middle, high, occurred)
        for low, middle, high, occurred in stated
        if low is not None and middle is not None and high is not None and occurred is not None
    ]
    if not scored:
        return AuthorScore(author, len(own), len(decided), None, None, None)
    happened = [occurred for *_, occurred in scored]
    best = scores([high if occurred else low for low, _, high, occurred in scored], happened)
    worst = scores([low if occurred else high for low, _, high, occurred in scored], happened)
    return AuthorScore(
        author=author,
        forecasts=len(own),
        with_outcome=len(decided),
        scores=scores([middle for _, middle, _, _ in scored], happened),
        brier_best=best.brier,
        brier_worst=worst.brier,
    )
