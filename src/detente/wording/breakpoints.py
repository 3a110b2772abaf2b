"""What would make us wrong: the readings and choices on which a conclusion turns, without a number."""

from __future__ import annotations

from collections.abc import Iterator

from detente.core.fields import text_of
from detente.wording.believing import believed_sentences, told_lists, told_slots
from detente.wording.lens import other_lenses, used_lens
from detente.wording.obstacles import is_act_of_another, obstacles, only_read
from detente.wording.reading import Answer, Outcome, Reading
from detente.wording.sentence import Part, Sentence, label, sentence, separated, series, some_of


def breakpoint_sentences(reading: Reading) -> tuple[Sentence, ...]:
    """Return what one would have to believe for the bottom line to change."""
    return (
        *believed_sentences(reading),
        *_inferred_refusals(reading),
        *_inferred_lines(reading),
        *_consent_lists(reading),
        *_stand_ins(reading),
        *_readings(reading),
    )


def _inferred_refusals(reading: Reading) -> Iterator[Sentence]:
    naming = reading.naming
    told = told_slots(reading)
    for obstacle in obstacles(reading):
        weak = [
            (option, held)
            for option, held in only_read(obstacle)
            if (obstacle.issue, option) not in told
            and not all(is_act_of_another(reading.case, h.party, obstacle.issue, option) for h in held)
        ]
        if not obstacle.closed_read or obstacle.closed_stated or not weak:
            continue
        clauses: list[Part] = []
        for option, held in weak:
            who = reading.in_turn(tuple(h.party for h in held), 0)
            name = naming.option(obstacle.issue, option, basis=held[0].basis, cites=[h.statement for h in held])
            clauses.append((name, " (our reading of ", some_of(naming.all_the(who), 3), ")"))
        opens = "any of these is" if len(clauses) > 1 else "this is"
        yield sentence(
            *("The file ", naming.file(obstacle.issue), " is closed only if we read refusals rightly; it opens if "),
            *(opens, " not refused: ", series(clauses), "."),
            because=[h.position for _, held in weak for h in held],
            lists=obstacle.closed_read,
        )


def _inferred_lines(reading: Reading) -> Iterator[Sentence]:
    turning = [o for o in reading.outcomes if o.is_computed and o.inferred_lines and o.lines_stated is not o.lines_all]
    ids = [o.consent_list.id for o in turning if o.consent_list.id not in told_lists(reading)]
    if ids:
        yield sentence(
            *(
                "Whether any package is left turns on the red lines that we infer, under ",
                reading.naming.lists(ids),
                ".",
            ),
            lists=ids,
        )
    unattractive = [
        o.consent_list.id for o in reading.outcomes if o.lines_stated is Answer.YES and o.zone_stated is Answer.NO
    ]
    if unattractive:
        yield sentence(
            *(
                "Under ",
                reading.naming.lists(unattractive),
                " packages cross no stated line, but by the judged numbers of ",
            ),
            "Annex B none of them is as good as no deal for every member; other numbers may change that.",
            lists=unattractive,
        )
    perhaps = [o for o in reading.outcomes if Answer.PERHAPS in o.answers]
    if perhaps:
        ids = [o.consent_list.id for o in perhaps]
        yield sentence(
            *("Under ", reading.naming.lists(ids), " packages were counted between bounds only; some may be left."),
            lists=ids,
        )


def _consent_lists(reading: Reading) -> Iterator[Sentence]:
    naming = reading.naming
    groups: dict[object, list[Outcome]] = {}
    for outcome in reading.outcomes:
        if not outcome.consent_list.issue_by_issue:
            groups.setdefault(outcome.answers if outcome.is_computed else None, []).append(outcome)
    if len(groups) < 2:
        return
    clauses: list[Part] = []
    for key, outcomes in groups.items():
        lists = naming.lists([o.consent_list.id for o in outcomes])
        clauses.append((lists, " cannot be answered") if key is None else ("under ", lists, " ", _summary(outcomes[0])))
    yield sentence("The consent list changes the answer: ", separated(clauses), ".")


def _summary(outcome: Outcome) -> str:
    if outcome.lines_stated is Answer.NO:
        return "stated lines leave nothing"
    if outcome.lines_all is Answer.YES:
        return "something is left whichever lines bind"
    if outcome.lines_all is Answer.PERHAPS:
        return "something may be left whichever lines bind"
    return "something is left only while inferred lines do not bind"


def _stand_ins(reading: Reading) -> Iterator[Sentence]:
    naming = reading.naming
    pairs = {pair: None for entry in reading.list_ledgers for pair in entry.roll.represented}
    for member, speaker in pairs:
        yield sentence(
            *("The text of ", naming.the(speaker), " stands for ", naming.the(member)),
            " here; a member that says otherwise changes every conclusion that names it.",
        )


def _readings(reading: Reading) -> Iterator[Sentence]:
    case = reading.case
    yield from used_lens(reading.lensed)
    yield from other_lenses(reading)
    if case.dissent:
        yield sentence("Dissent recorded: ", label(" ".join(text_of(text) for text in case.dissent)))
