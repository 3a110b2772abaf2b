"""From the record of events to how grave the answers of one opponent to the other were."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.case import Case
from detente.compile.ladder import LadderTrace
from detente.compile.record import NoRecord, compile_record
from detente.engines.ladder import AnswerSizes, answer_sizes

WITHIN_DAYS = 14
"""Days that an answer may take."""

STEPS = 1000.0
"""Steps of a recorded value per point of the conflict-cooperation scale."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one party to the acts of another; `undated` acts have no exact day and are left out."""

    acts_of: str
    answered_by: str
    undated: int
    sizes: tuple[AnswerSizes, ...]


def sizes_of_moves(case: Case, trace: LadderTrace) -> dict[str, tuple[float, ...]]:
    """Return for each move of the ladder the sizes of the acts of conflict on record that it rests on.

    An act belongs to a move that names it, or one of its statements, as its grounds.
    """
    found = {}
    for one in trace.moves:
        named = set(one.move.because)
        values = {
            -event.code.goldstein
            for event in case.events
            if event.code is not None and event.code.goldstein is not None and event.code.goldstein < 0
            and (event.id in named or named & set(event.statements))
        }  # fmt: skip
        found[one.move.id] = tuple(sorted(float(value) for value in values))
    return found


def answers_on_record(case: Case, trace: LadderTrace) -> tuple[Answers, ...] | str:
    """Return the answers between opponents of a ladder on record, or one sentence that says what is missing."""
    compiled = compile_record(case)
    if isinstance(compiled, NoRecord):
        return f"There is no record of events. {compiled.reason}"
    acts, parties = compiled.model.acts, compiled.trace.parties
    exact = acts.first == acts.last
    found = []
    for place, others in enumerate(trace.opponents):
        for other in others:
            one, two = trace.parties[place], trace.parties[other]
            if one not in parties or two not in parties:
                continue
            a, b = parties.index(one), parties.index(two)
            acting = (acts.actor == a) & (acts.target == b) & (acts.value < 0)
            answering = (acts.actor == b) & (acts.target == a) & (acts.value < 0)
            sizes = answer_sizes(
                acts.first[acting & exact],
                -acts.value[acting & exact] / STEPS,
                acts.first[answering & exact],
                -acts.value[answering & exact] / STEPS,
                acts.end,
                WITHIN_DAYS,
            )
            found.append(Answers(one, two, int((acting & ~exact).sum()), sizes))
    if not found:
        return "No two opponents of the ladder act towards each other on record (events)."
    return tuple(found)
