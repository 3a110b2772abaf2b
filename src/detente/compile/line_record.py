"""What became of a red line after it was declared: declared again, kept or crossed, by which statements.

The statements that ground a line have set its prior, so they never count again; nor do others of the same text and day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.case.case import Case
from detente.case.position import Stance
from detente.case.red_lines import StandingLine
from detente.compile.answers import RecordedAnswer, said_of
from detente.engines.inference import Conduct
from detente.evidence.statement import Statement

Act = tuple[str, datetime.date]
"""A text and the day on which it became public: statements that share both are one act."""


@dataclass(frozen=True, slots=True)
class LineEvent:
    """One thing that was seen of a line, and the statement that shows it."""

    conduct: Conduct
    statement: Statement
    item: str

    @property
    def act(self) -> Act:
        """The act that it is part of."""
        return act_of(self.statement)


def act_of(statement: Statement) -> Act:
    """Return the text and the day of a statement."""
    return statement.cites[0].source, statement.public_since


def line_events(case: Case, line: StandingLine, answers: Sequence[RecordedAnswer]) -> tuple[LineEvent, ...]:
    """Return what was seen of a line after its first ground, in the order of days.

    A line over several issues is refused by no single option, so nothing is read off for it.
    """
    grounds = [case.statement[name] for name in line.statements]
    if not grounds or not line.options or line.issue is None:
        return ()
    first = min(ground.public_since for ground in grounds)
    used = {act_of(ground) for ground in grounds}
    found = [*_said(case, line), *_done(line, answers)]
    later = [one for one in found if one.statement.public_since > first and one.act not in used]
    return tuple(sorted(later, key=lambda one: (one.statement.public_since, one.statement.id, one.item)))


def _said(case: Case, line: StandingLine) -> Iterator[LineEvent]:
    """Yield refusals and acceptances of the line's options in other positions of the party."""
    for position in case.positions:
        if position.party != line.party or position.issue != line.issue or position.id in line.because:
            continue
        statement = case.statement[position.because[0]]
        if any(said_of(position, option, Stance.DEMANDS, Stance.WOULD_ACCEPT) for option in line.options):
            yield LineEvent(Conduct.CROSSED, statement, position.id)
        elif any(said_of(position, option, Stance.RULES_OUT) for option in line.options):
            yield LineEvent(Conduct.DECLARED, statement, position.id)


def _done(line: StandingLine, answers: Sequence[RecordedAnswer]) -> Iterator[LineEvent]:
    """Yield packages across the line that the party refused or countered."""
    for answer in answers:
        held = answer.package.get(line.issue or "", ())
        if held and not answer.reaction.accepts and set(held) <= set(line.options):
            for statement in answer.statements:
                yield LineEvent(Conduct.KEPT, statement, answer.item)
