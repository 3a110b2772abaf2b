"""Where a case contradicts itself: positions against each other, red lines against positions."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from detente.case.case import Case
from detente.case.ledger.stances import YES, Held, held_stances
from detente.case.position import Position, Stance
from detente.case.preference import RedLine
from detente.case.red_lines import standing_lines
from detente.case.refusal import refused_options
from detente.case.remark import Kind, Remark


def contradictions(case: Case) -> Iterator[Remark]:
    """Yield where a party contradicts itself: on one day, or a red line against what it has come to say."""
    on_a_day: set[tuple[str, str, str]] = set()
    for (party, issue), positions in case.positions_of.items():
        yield from _two_demands(case, party, issue, positions)
        for remark in _at_once(case, party, issue, positions):
            on_a_day.add((party, issue, remark.ids[2]))
            yield remark
    for preference in case.preferences:
        if case.stand_in(preference.party) == preference.party:
            yield from _against_own_word(case, preference.party, on_a_day)


def _at_once(case: Case, party: str, issue: str, positions: tuple[Position, ...]) -> Iterator[Remark]:
    """Yield the options that a party opens and rules out on one day; ruling out later what one demanded is a move."""
    for option in case.issue[issue].options:
        said = [one for one in positions if option.id in one.stances]
        for opened in said:
            stance = opened.stances[option.id].stance
            refused = next((one for one in said if _refuses(one, option.id) and _same_day(case, one, opened)), None)
            if stance not in YES or refused is None or _is_settled(case, party, issue, option.id):
                continue
            yield Remark(
                Kind.CONTRADICTION,
                f"{party} both {YES[stance]} and rules out {issue} {option.id} on {_said_on(case, opened)}.",
                (party, issue, option.id, opened.id, refused.id),
            )
            break


def _against_own_word(case: Case, party: str, told: Collection[tuple[str, str, str]]) -> Iterator[Remark]:
    """Yield the red lines on what the party demands by its latest word, or accepts after it had ruled it out."""
    for line in standing_lines(case, party):
        if line.relaxed or line.contested:
            continue
        if line.issue is None:
            held = {issue: _demanded(case, party, issue) for issue in line.condition.issues()}
            demanded = {issue: now.option for issue, now in held.items() if now is not None}
            if line.condition.holds(demanded):
                sentence = f"Red line {line.id} of {party} refuses ({line.condition}) what {party} itself demands."
                yield Remark(Kind.CONTRADICTION, sentence, (party, line.id))
            continue
        stances = held_stances(case, party, line.issue)
        for option in line.options:
            now = stances.get(option)
            if now is None or now.stance not in YES or (party, line.issue, option) in told:
                continue
            earlier = [one for one in case.positions_of[party, line.issue] if _refuses(one, option)]
            if now.stance is not Stance.DEMANDS and not earlier:
                continue
            since = f"{YES[now.stance]} since {now.since}"
            yield Remark(
                Kind.CONTRADICTION,
                f"Red line {line.id} of {party} refuses {line.issue} {option}, which {party} {since}; "
                f"no position is named that relaxes it.",
                (party, line.issue, option, line.id, now.position, *(one.id for one in earlier)),
            )


def _demanded(case: Case, party: str, issue: str) -> Held | None:
    return next((held for held in held_stances(case, party, issue).values() if held.stance is Stance.DEMANDS), None)


def _refuses(position: Position, option: str) -> bool:
    return option in position.stances and position.stances[option].stance is Stance.RULES_OUT


def _same_day(case: Case, first: Position, second: Position) -> bool:
    return _said_on(case, first) == _said_on(case, second)


def _said_on(case: Case, position: Position) -> datetime.date:
    """Return the day on which a position was taken: texts of different days may become public on one."""
    statement = case.statement[position.because[0]]
    return statement.public_since if statement.happened is None else statement.happened.last


def _two_demands(case: Case, party: str, issue: str, positions: tuple[Position, ...]) -> Iterator[Remark]:
    """Yield the days on which a party demands two options; a voice that is named as contesting a line is another's."""
    lines = case.preference[party].red_lines if party in case.preference else ()
    other_voices = {name for line in lines for name in line.contested_by}
    by_day: dict[datetime.date, dict[str, str]] = {}
    for position in positions:
        if position.id in other_voices:
            continue
        for option, said in position.stances.items():
            if said.stance is Stance.DEMANDS:
                by_day.setdefault(_said_on(case, position), {}).setdefault(option, position.id)
    for day, demanded in by_day.items():
        if len(demanded) > 1:
            yield Remark(
                Kind.CONTRADICTION,
                f"{party} demands {' and '.join(demanded)} of {issue} on {day}; options exclude each other.",
                (party, issue, *demanded, *demanded.values()),
            )


def _is_settled(case: Case, party: str, issue: str, option: str) -> bool:
    """Return whether a red line on the option was relaxed or is contested by a coded position."""
    lines = case.preference[party].red_lines if party in case.preference else ()
    settled = (line for line in lines if line.relaxed_by or line.contested_by)
    return any((issue, option) in refused_options(case, line.never) for line in settled)


def line_problems(case: Case) -> Iterator[Remark]:
    """Yield the red lines whose grounds rule nothing out, and the refusals that no red line names."""
    for preference in case.preferences:
        party = preference.party
        listed = {one for line in preference.red_lines for one in refused_options(case, line.never)}
        for line in preference.red_lines:
            grounds = [case.position[name] for name in line.because]
            if not grounds:
                sentence = f"Red line {line.id} of {party} rests on no position."
                yield Remark(Kind.UNGROUNDED_LINE, sentence, (party, line.id))
            elif not any(_refuses(one, option) for one in grounds for option in _refused_of(case, line, one.issue)):
                yield Remark(
                    Kind.LINE_WITHOUT_REFUSAL,
                    f"Red line {line.id} of {party} ({line.never}) rests on positions that rule none of it out.",
                    (party, line.id, *line.because),
                )
        for position in case.positions:
            if position.party != party:
                continue
            for option, said in position.stances.items():
                if said.stance is Stance.RULES_OUT and (position.issue, option) not in listed:
                    yield Remark(
                        Kind.REFUSAL_WITHOUT_LINE,
                        f"{party} rules out {position.issue} {option} in {position.id}, and no red line names it.",
                        (party, position.issue, option, position.id),
                    )


def _refused_of(case: Case, line: RedLine, issue: str) -> list[str]:
    return [option for read, option in refused_options(case, line.never) if read == issue]
