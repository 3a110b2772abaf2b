"""From a case to the model of what its record says of one party's reservation and red lines."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType

import numpy as np

from detente.case.case import Case
from detente.case.red_lines import StandingLine, standing_lines
from detente.compile.answers import NoAnswer, RecordedAnswer, recorded_answers
from detente.compile.compiled import Compiled
from detente.compile.costs import Cost, CostRow, cost_of
from detente.compile.hearers import NOTHING, Carried, carried_by_words
from detente.compile.line_record import LineEvent, act_of, line_events
from detente.compile.reservation_prior import ReservationPrior, analysts_prior, case_prior, uniform_prior
from detente.compile.worth import Worth
from detente.core.errors import ModelError
from detente.core.fields import text_of
from detente.engines.inference import Answers, InferenceModel, LineRecord, Threats
from detente.evidence.statement import Statement

BETA = 10.0
"""Precision of answers per width of the scale: a package a tenth of it above the reservation is accepted in 73%."""

HONESTY = 0.8
"""Probability that a costly act follows what the party holds."""

HOPE = 0.5
"""Probability that a party refuses what it prefers to no agreement, in hope of more."""


@dataclass(frozen=True, slots=True)
class InferenceChoices:
    """An analyst's assumptions.

    `beta` is per width of the scale. `prior` is three numbers, "uniform", or None for the case's own (uniform where it
    gives none). `costs` overrides rows of the table of costs, `bias` the distance of interests for all hearers,
    `threats` is how many were carried out of how many that came due.
    """

    beta: float = BETA
    honesty: float = HONESTY
    hope: float = HOPE
    prior: tuple[float, float, float] | str | None = None
    costs: Mapping[str, Cost] = field(default_factory=lambda: MappingProxyType({}))
    bias: float | None = None
    threats: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        for name, value in (("--rho", self.honesty), ("--hope", self.hope)):
            if not 0 <= value <= 1:
                raise ModelError(
                    where=name,
                    what="this is no probability",
                    got=value,
                    allowed="It is a number from 0 to 1",
                    hint="Correct it",
                )


@dataclass(frozen=True, slots=True)
class Told:
    """How much one statement can tell: what it cost, by which row of the table, what words carry, and the honesty."""

    statement: Statement
    cost: Cost
    row: CostRow
    carried: Carried
    honesty: float


@dataclass(frozen=True, slots=True)
class AnswerTrace:
    """One answer of the model: the party's answer, what the package is worth, and what its statements can tell.

    `in_prior` tells that the prior rests on it already, so that it counts no second time. `crosses` are the party's
    own red lines that the package crosses for certain; of a refusal they are the reason with probability `barred`,
    whatever the package is worth.
    """

    answer: RecordedAnswer
    worth: tuple[float, float]
    told: tuple[Told, ...]
    honesty: float
    in_prior: bool
    crosses: tuple[str, ...]
    barred: float


@dataclass(frozen=True, slots=True)
class LineTrace:
    """One red line of the model, and what was seen of it: events in the order of the model's rows."""

    line: StandingLine
    events: tuple[LineEvent, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class InferenceTrace:
    """What each index of an inference model stands for.

    `unanswered` are texts and packages without an answer, `relaxed` the lines that the case lists as taken back, and
    `told` all statements in which the party is an actor, with what each could tell.
    """

    party: str
    prior: ReservationPrior
    scale: tuple[float, float]
    answers: tuple[AnswerTrace, ...]
    unanswered: tuple[NoAnswer, ...]
    lines: tuple[LineTrace, ...]
    relaxed: tuple[str, ...]
    told: tuple[Told, ...]
    choices: InferenceChoices


def compile_inference(
    case: Case, party: str, choices: InferenceChoices | None = None
) -> Compiled[InferenceModel, InferenceTrace] | str:
    """Return the inference model of one party, or one sentence that says which input is missing.

    Parameters
    ----------
    case : Case
        As of its day.
    party : str
        Whose reservation and red lines are inferred.
    choices : InferenceChoices, optional
        Precision, honesty, hope, prior, costs and bias where they are not the usual ones.
    """
    chosen = choices or InferenceChoices()
    name = text_of(case.party[party].name)
    if (stand_in := case.stand_in(party)) != party:
        other = text_of(case.party[stand_in].name)
        return f"{name} is represented by the coded text of {other} (represented_by): infer from that party's acts."
    worth = Worth.of(case, party)
    if worth is None:
        return (
            f"There are no weights and values of {name} (preferences), so nobody can say what a package is worth to it."
        )
    low, high = worth.scale()
    prior = _prior(case, party, (low, high), chosen)
    telling = _teller(case, party, chosen)
    recorded, unanswered = recorded_answers(case, party)
    standing = [line for line in standing_lines(case, party) if not line.implied_by]
    answers = tuple(_answer(case, one, worth, prior, standing, telling) for one in recorded)
    lines = tuple(_line(case, line, recorded, telling) for line in standing if not line.relaxed)
    model = InferenceModel(
        prior=prior.prior,
        answers=_answers(answers, chosen),
        lines=tuple(_record(line, chosen) for line in lines),
        beta=chosen.beta / (high - low or 1.0),
        threats=Threats(*chosen.threats),
    )
    trace = InferenceTrace(
        party=party,
        prior=prior,
        scale=(low, high),
        answers=answers,
        unanswered=unanswered,
        lines=lines,
        relaxed=tuple(line.id for line in standing if line.relaxed),
        told=tuple(telling(one) for one in case.statements if party in one.actors),
        choices=chosen,
    )
    return Compiled(model, trace, tuple(_assumptions(case, name, worth, answers, chosen)))


def _prior(case: Case, party: str, scale: tuple[float, float], chosen: InferenceChoices) -> ReservationPrior:
    if isinstance(chosen.prior, tuple):
        return analysts_prior(chosen.prior)
    own = None if chosen.prior == "uniform" else case_prior(case, party)
    return uniform_prior(scale) if own is None else own


def _teller(case: Case, party: str, chosen: InferenceChoices) -> Callable[[Statement], Told]:
    heard = carried_by_words(case, party, chosen.bias)
    replies = {source for text in case.texts if text.replies_to and party in text.authors for source in text.sources}

    def telling(statement: Statement) -> Told:
        in_reply = party in statement.actors and any(citation.source in replies for citation in statement.cites)
        cost, row = cost_of(statement, chosen.costs, in_reply=in_reply)
        if cost is Cost.COSTLY:
            return Told(statement, cost, row, NOTHING, chosen.honesty)
        carried = heard(statement) if cost is Cost.CHEAP else NOTHING
        return Told(statement, cost, row, carried, chosen.honesty * carried.share)

    return telling


def _answer(
    case: Case,
    answer: RecordedAnswer,
    worth: Worth,
    prior: ReservationPrior,
    standing: Sequence[StandingLine],
    telling: Callable[[Statement], Told],
) -> AnswerTrace:
    """Return an answer with what it can tell: handing over a text is one act, as telling as its most telling part.

    Of the lines that a refused package crosses the likeliest counts: the probability that one of several binds is no
    less.
    """
    told = tuple(telling(statement) for statement in answer.statements)
    used = {_statement_of(case, ground) for ground in prior.because}
    in_prior = any(statement.id in used for statement in answer.statements)
    honesty = 0.0 if in_prior else max(one.honesty for one in told)
    crossed = [line for line in standing if not line.relaxed and not answer.reaction.accepts and _bars(line, answer)]
    barred = max((line.probability.mode for line in crossed), default=0.0)
    crosses = tuple(line.id for line in crossed)
    return AnswerTrace(answer, worth.range_of(answer.package), told, honesty, in_prior, crosses, barred)


def _bars(line: StandingLine, answer: RecordedAnswer) -> bool:
    """Return whether every package that an answer may be about crosses a line."""
    issues = line.condition.issues()
    if any(issue not in answer.package for issue in issues):
        return False
    held = product(*(answer.package[issue] for issue in issues))
    return all(line.condition.holds(dict(zip(issues, chosen, strict=True))) for chosen in held)


def _statement_of(case: Case, ground: str) -> str:
    """Return the statement that a ground names or, for a position, was taken in."""
    return case.position[ground].because[0] if ground in case.position else ground


def _answers(traces: Sequence[AnswerTrace], chosen: InferenceChoices) -> Answers:
    """Return the answers as arrays; a range of worth counts by the end at which the answer says least."""
    accepted = [one.answer.reaction.accepts for one in traces]
    ends = [one.worth[1] if yes else one.worth[0] for one, yes in zip(traces, accepted, strict=True)]
    count = len(traces)
    return Answers(
        utility=np.array(ends, dtype=np.float64),
        accepted=np.array(accepted, dtype=np.bool_),
        line=np.zeros(count, dtype=np.bool_),
        honesty=np.array([one.honesty for one in traces], dtype=np.float64),
        hope=np.full(count, chosen.hope),
        barred=np.array([one.barred for one in traces], dtype=np.float64),
        group=np.arange(count, dtype=np.int64),
        day=np.array([one.answer.day.toordinal() for one in traces], dtype=np.int64),
    )


def _line(
    case: Case, line: StandingLine, recorded: Sequence[RecordedAnswer], telling: Callable[[Statement], Told]
) -> LineTrace:
    events = line_events(case, line, recorded)
    return LineTrace(line, events, tuple(telling(event.statement) for event in events))


def _record(trace: LineTrace, chosen: InferenceChoices) -> LineRecord:
    acts = [act_of(event.statement) for event in trace.events]
    order = list(dict.fromkeys(acts))
    whole = trace.line.probability
    return LineRecord(
        low=whole.low,
        mode=whole.mode,
        high=whole.high,
        conduct=np.array([int(event.conduct) for event in trace.events], dtype=np.int64),
        honesty=np.array([one.honesty for one in trace.told], dtype=np.float64),
        hope=np.full(len(acts), chosen.hope),
        group=np.array([order.index(act) for act in acts], dtype=np.int64),
        day=np.array([day.toordinal() for _, day in acts], dtype=np.int64),
    )


def _assumptions(
    case: Case, name: str, worth: Worth, answers: Sequence[AnswerTrace], chosen: InferenceChoices
) -> list[str]:
    sentences = [
        (
            f"{name} decides with precision {chosen.beta:g} per width of the scale, follows what it holds in a costly "
            f"act with probability {chosen.honesty:g}, and refuses in hope of more with probability {chosen.hope:g}."
        ),
    ]
    silent = [issue.id for issue in case.issues if issue.id not in worth.options]
    for trace in answers:
        lost = [issue for issue in trace.answer.package if issue in silent]
        if lost:
            sentences.append(
                f"{trace.answer.item}: {len(lost)} of its {len(trace.answer.package)} issues have no numbers of "
                f"{name}; what a package is worth is taken over the others."
            )
        if trace.worth[0] < trace.worth[1]:
            end = "most" if trace.answer.reaction.accepts else "least"
            sentences.append(
                f"{trace.answer.item}: worth {trace.worth[0]:.3g} to {trace.worth[1]:.3g} to {name}, as options "
                f"are open or unknown; it counts at the {end} that it can be worth, where the answer says least."
            )
    return sentences


def day_of(ordinal: int) -> datetime.date:
    """Return the day that an ordinal of the model stands for."""
    return datetime.date.fromordinal(ordinal)
