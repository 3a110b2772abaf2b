"""Questions: at most three per party, each from a gap in the record, and what its answer would change.

They ask about words that are missing or that we inferred: never about confidences, last positions, intelligence,
people, nor about what was said in public, which is desk work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from detente.case.ledger.assent import members_on
from detente.case.ledger.option_view import issue_view
from detente.case.ledger.stances import OPEN_STANCES
from detente.case.position import Stance
from detente.core.fields import text_of
from detente.wording.naming import ours
from detente.wording.obstacles import Obstacle, is_act_of_another, obstacles, silent_on
from detente.wording.printable import is_holders_own
from detente.wording.reading import Hinge, Outcome, Reading
from detente.wording.sentence import Part, Sentence, label, sentence, separated, series, some_of, verb
from detente.wording.stances import is_unnamed

MOST_PER_PARTY = 3
MOST_ASKED_FULLY = 4
"""So many parties, those with most files coded, are asked two questions, the others one; on a hinge up to three."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to one party, and what its answer would change.

    `variant` is the issue and option of a question whether the party would discuss it, `meets` those who say of it
    themselves that they ask for it, would accept or would discuss it.
    """

    party: str
    ask: Sentence
    would_change: Sentence
    variant: tuple[str, str] | None = None
    meets: tuple[str, ...] = ()


def questions(reading: Reading, turn: int = 0) -> tuple[Question, ...]:
    """Return the questions to the principals, those on a hinge first."""
    blocked = obstacles(reading)
    asked: list[Question] = []
    fully = reading.columns(MOST_ASKED_FULLY)
    for party in reading.in_turn(reading.principals, turn):
        first = list(_what_is_your_position(reading, party))
        variants = {question.variant for question in asked if question.variant is not None}
        met = Counter(other for question in asked for other in question.meets)
        kinds = [
            list(_is_it_yours(reading, party, blocked)),
            list(_how_do_you_answer(reading, party)),
            _what_of(reading, party, variants, met),
        ]
        chosen = [*first[:1], *(found[0] for found in kinds if found)]
        spare = [*first[1:], *(question for found in kinds for question in found[1:])]
        asked += [*chosen, *spare][: MOST_PER_PARTY if first else 2 if party in fully else 1]
    return tuple(asked)


def _what_is_your_position(reading: Reading, party: str) -> Iterator[Question]:
    """Ask a member of a list that was computed for its word on a variant that every package left contains."""
    naming = reading.naming
    for hinge, outcomes in hinges(reading):
        theirs = [outcome for outcome in outcomes if party in reading.members_of([outcome])]
        if theirs and silent_on(reading, party, hinge):
            lists = [outcome.consent_list.id for outcome in theirs]
            yield Question(
                party,
                sentence(
                    *("What is your position on ", naming.option(hinge.issue, hinge.option)),
                    *(" on ", naming.file(hinge.issue), "?"),
                ),
                sentence(
                    *("Every package that stated refusals leave under ", naming.lists(lists), " contains it."),
                    lists=lists,
                ),
            )


def hinges(reading: Reading) -> tuple[tuple[Hinge, tuple[Outcome, ...]], ...]:
    """Return every hinge with the lists that turn on it, those first that the lines we infer close."""
    found: dict[tuple[str, str], list[tuple[Hinge, Outcome]]] = {}
    for outcome in reading.outcomes:
        for hinge in outcome.hinges:
            found.setdefault((hinge.issue, hinge.option), []).append((hinge, outcome))
    ordered = sorted(found.values(), key=lambda pairs: not any(hinge.turns for hinge, _ in pairs))
    return tuple((pairs[0][0], tuple(outcome for _, outcome in pairs)) for pairs in ordered)


def _is_it_yours(reading: Reading, party: str, blocked: tuple[Obstacle, ...]) -> Iterator[Question]:
    """Ask about refusals that are only inferred, first on the files they help to close.

    Nobody is asked about its refusal of what another party does alone: it has no say in it. Nor is a party asked
    whether it means to refuse what touches its own territory, recognition or arms, nor where nothing would change.
    """
    naming = reading.naming
    for obstacle in blocked:
        for option, held in obstacle.refusals:
            own = next((h for h in held if h.party == party and not h.is_stated), None)
            if own is None or any(h.is_stated for h in held):
                continue
            if is_act_of_another(reading.case, party, obstacle.issue, option):
                continue
            if is_holders_own(reading.case, party, obstacle.issue, option):
                continue
            name = naming.option(obstacle.issue, option, basis=own.basis, cites=(own.statement,))
            others = [h.party for h in held if h.party != party]
            change = _if_it_is_not(reading, obstacle, party, others)
            if change is None:
                continue
            yield Question(
                party,
                sentence(
                    *(
                        "On ",
                        naming.file(obstacle.issue),
                        " we read you as refusing ",
                        name,
                        "; is this refusal yours?",
                    ),
                    because=(own.position, own.statement),
                ),
                sentence(*change, lists=obstacle.closed_read),
            )


def _if_it_is_not(reading: Reading, obstacle: Obstacle, party: str, others: Sequence[str]) -> tuple[Part, ...] | None:
    """Return what changes under each list on which the party sits, those of one answer together; None if nothing."""
    naming = reading.naming
    by_rest: dict[tuple[str, ...], list[str]] = {}
    for outcome in reading.outcomes:
        listed = outcome.consent_list
        members = members_on(reading.case, listed, obstacle.issue)
        sitting = {reading.case.stand_in(member) for member in members}
        if listed.id in obstacle.closed_read and listed.id not in obstacle.closed_stated and party in sitting:
            by_rest.setdefault(tuple(other for other in others if other in sitting), []).append(listed.id)
    if not by_rest:
        return None
    clauses: list[Part] = []
    for rest, lists in by_rest.items():
        under = ("under ", naming.lists(lists))
        if rest:
            clauses.append((*under, " the refusal rests on our reading of ", series(naming.all_the(rest)), " alone"))
        else:
            clauses.append((*under, " the file is no longer closed"))
    return ("If it is not, ", separated(clauses), ".")


def _how_do_you_answer(reading: Reading, party: str) -> Iterator[Question]:
    """Ask for the answers that were not found, first where nobody answered."""
    naming = reading.naming
    silent = {(s.text, s.article, s.item) for s in reading.ledger.silences}
    own = [a for a in reading.ledger.unanswered if a.addressee == party]
    own.sort(key=lambda a: (a.text, a.article, None if a.item is None else str(a.item)) not in silent)
    for answer in own:
        place = answer.article or (ours(text_of(answer.item)) if answer.item is not None else "the text")
        raised = series(naming.all_the(reading.case.text[answer.text].authors))
        file = naming.file(answer.issue)
        about: Part = () if file.text == place else (" on ", file)
        yield Question(
            party,
            sentence(
                *("How do you answer ", label(place), " in the text of ", raised),
                *(about, "?"),
            ),
            sentence(
                "It fills a gap on this file"
                + (
                    " that no addressee has filled"
                    if (answer.text, answer.article, _item(answer.item)) in silent
                    else ""
                )
                + "."
            ),
        )


def _item(item: object) -> str | None:
    return None if item is None else str(item)


def _what_of(
    reading: Reading, party: str, asked: AbstractSet[tuple[str, str]], met: Mapping[str, int]
) -> list[Question]:
    """Ask about variants that the party has not spoken of, that others hold open in words and none refuses.

    What others are only read as holding open counts for nothing here. A variant asked of one party (`asked`) is not
    asked of another, and those whose variants were asked about least (`met`) come first.
    """
    naming = reading.naming
    found = []
    for issue in reading.agenda:
        if (party, issue.id) not in reading.case.positions_of:
            continue
        for view in issue_view(reading.case, issue.id, reading.principals):
            if party not in view.silent or view.those_who(Stance.RULES_OUT) or (issue.id, view.option) in asked:
                continue
            others = [
                held
                for held in view.those_who(*OPEN_STANCES, stated_only=True)
                if held.party != party and not is_unnamed(reading.case, held.statement)
            ]
            if not others or is_act_of_another(reading.case, party, issue.id, view.option):
                continue
            if is_holders_own(reading.case, party, issue.id, view.option):
                continue
            cites = tuple(dict.fromkeys(held.statement for held in others))
            question = Question(
                party,
                sentence(
                    *("Would you discuss ", naming.option(issue.id, view.option, cites=cites)),
                    *(" on ", naming.file(issue.id), "?"),
                    because=[held.position for held in others],
                ),
                sentence(
                    *("A yes would meet the words of ", some_of(naming.all_the([h.party for h in others]), 3)),
                    " on a variant that none of those asked here refuses.",
                ),
                (issue.id, view.option),
                tuple(held.party for held in others),
            )
            found.append(question)
    return sorted(found, key=lambda question: max(met.get(other, 0) for other in question.meets))


def desk_work(reading: Reading) -> tuple[Sentence, ...]:
    """Return what has to be looked up before anybody is asked: the public words of members that nobody has heard."""
    naming = reading.naming
    missing: dict[str, list[str]] = {}
    for outcome in reading.outcomes:
        for party in () if outcome.is_computed else outcome.missing:
            missing.setdefault(party, []).append(outcome.consent_list.id)
    found = []
    for party, lists in missing.items():
        bound = [i.id for i in reading.case.issues if party in (*i.consent.needed(), *i.consent.bound_but_absent)]
        about = some_of([naming.file(issue) for issue in bound], 2, "other files") if bound else "any file"
        found.append(
            sentence(
                *("What ", naming.the(party), f" {verb([naming.the(party)], 'has', 'have')} said in public on ", about),
                *("; without it ", naming.lists(lists), " cannot be answered."),
                lists=lists,
            )
        )
    return tuple(found)
