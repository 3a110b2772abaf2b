"""The record in one call: every ordered pair's series, how each answers the other, and the build-up of each party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from detente.core.errors import ModelError
from detente.core.findings import Findings
from detente.core.progress import Progress, silent
from detente.core.streams import Purpose, stream
from detente.engines.record.answers import DRAWS, MINIMUM, Answers, answers
from detente.engines.record.autoregression import LAGS, Autoregression, autoregression
from detente.engines.record.build_up import BuildUp, build_up
from detente.engines.record.model import STEP, EventRecord, Floats, Ints, Moves, Sign
from detente.engines.record.series import Series, series

WITHIN = 14
WEEK = 7

ASSUMES = (
    "The record was kept equally thickly on all the days covered, for all parties.",
    "An act of the other party on a later day is its next act in kind; whether it was a reaction, dates do not say.",
    "Acts of the same day have no order.",
    "An act stands for one act, whatever its size; sums use the scale's value of its code.",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties: acts of the first towards the second, and back.

    `forth` and `back` are the series; `answers` holds, for each sign, how acts of the first are followed by acts of
    the second (`True`) and the other way about (`False`).
    """

    first: int
    second: int
    forth: Series
    back: Series
    answers: tuple[tuple[Sign, bool, Answers], ...]
    weekly: Autoregression


@dataclass(frozen=True, slots=True)
class Record:
    """Every pair with an act between them, lowest numbers first, and the build-ups."""

    pairs: tuple[Pair, ...]
    build_ups: tuple[BuildUp, ...]


def solve(
    model: EventRecord,
    *,
    edges: Ints,
    moves: Moves | None = None,
    pairs: Sequence[tuple[int, int]] | None = None,
    within: int = WITHIN,
    lags: int = LAGS,
    draws: int = DRAWS,
    minimum: int = MINIMUM,
    seed: int = 0,
    progress: Progress | None = None,
) -> Findings[Record]:
    """Return what the record says of each pair of parties, and of each party's build-up.

    Every pair is resampled with the same stream, so that numbering the parties otherwise numbers the findings
    otherwise and changes nothing in them. Weeks of the autoregression are counted from the first day covered.

    Parameters
    ----------
    model : EventRecord
        Acts between parties.
    edges : array of int64
        First days of the periods of the series, and the day after the last.
    moves : Moves, optional
        Steps of the build-ups.
    pairs : sequence of (int, int), optional
        Which pairs; without it each that has an act.
    within : int
        Days of the window in which an act counts as answered.
    lags : int
        Past weeks in the autoregression.
    draws, minimum, seed : int
        Resampled records, 0 for no intervals; fewest acts; seed of the resampling.

    Raises
    ------
    ModelError
        If the window, the lags or the minimum are below 1, or the draws below 0.

    References
    ----------
    [GoldsteinFreeman1990]_; [Goldstein1992]_, Table 1 for the scale.
    """
    told = progress or silent
    for name, number, least in (("within", within, 1), ("lags", lags, 1), ("draws", draws, 0), ("minimum", minimum, 1)):
        if number < least:
            raise ModelError(
                where=f"record.{name}",
                what="nothing can be counted with it",
                got=number,
                allowed=f"Whole numbers from {least} on are allowed",
                hint=f"Pass {least} or more",
            )
    code = model.actor * model.parties + model.target
    order = np.argsort(code, kind="stable")
    bounds = np.searchsorted(code[order], np.arange(model.parties * model.parties + 1))
    chosen = _pairs_with_acts(model) if pairs is None else tuple(pairs)
    found = []
    for number, (first, second) in enumerate(chosen):
        forth, back = (
            model.those(order[bounds[a * model.parties + b] : bounds[a * model.parties + b + 1]])
            for a, b in ((first, second), (second, first))
        )
        found.append(
            Pair(
                first=first,
                second=second,
                forth=series(forth, edges),
                back=series(back, edges),
                answers=tuple(
                    (
                        sign,
                        is_forth,
                        answers(
                            acts.of_sign(sign),
                            replies.of_sign(sign),
                            within=within,
                            generator=stream(seed, Purpose.RECORD, 0),
                            draws=draws,
                            minimum=minimum,
                        ),
                    )
                    for sign in Sign
                    for is_forth, acts, replies in ((True, forth, back), (False, back, forth))
                ),
                weekly=_weekly(forth, back, lags, draws, seed),
            )
        )
        told((number + 1) / len(chosen), "pairs")
    parameters: dict[str, object] = {
        "pairs": chosen,
        "within": within,
        "lags": lags,
        "draws": draws,
        "minimum": minimum,
        "seed": seed,
    }
    record = Record(tuple(found), () if moves is None else build_up(moves))
    notes = () if found else ("No act of one party towards another is on record.",)
    return Findings("record", (record,), ASSUMES, notes, MappingProxyType(parameters))


def _pairs_with_acts(model: EventRecord) -> tuple[tuple[int, int], ...]:
    low, high = np.minimum(model.actor, model.target), np.maximum(model.actor, model.target)
    codes = np.unique(low * model.parties + high)
    return tuple((int(code // model.parties), int(code % model.parties)) for code in codes)


def _weekly(forth: EventRecord, back: EventRecord, lags: int, draws: int, seed: int) -> Autoregression:
    whole = forth.days // WEEK
    if not whole:
        return autoregression(np.zeros((0, 2)), generator=stream(seed, Purpose.RECORD, 1), lags=lags)
    edges = forth.start + WEEK * np.arange(whole + 1)
    if edges[-1] <= forth.end:  # the days after the last whole week fall into a week of their own, which is dropped
        edges = np.append(edges, forth.end + 1)
    columns: list[Floats] = [series(acts, edges).net[:whole] / STEP for acts in (forth, back)]
    generator = stream(seed, Purpose.RECORD, 1)
    return autoregression(np.column_stack(columns), generator=generator, lags=lags, draws=draws)
