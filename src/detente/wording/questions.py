"""Questions: at most three per party, each from a gap in the record, and what its answer would change.

They ask about words that are public or missing: never about confidences, last positions, intelligence, people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.case.ledger.option_view import issue_view
from detente.case.ledger.stances import OPEN_STANCES
from detente.case.position import Stance
from detente.core.fields import text_of
from detente.wording.obstacles import Obstacle, obstacles
from detente.wording.reading import Reading
from detente.wording.sentence import Part, Sentence, label, sentence, series

MOST_PER_PARTY = 3
MOST_ASKED_FULLY = 4
"""So many parties, those with most files coded, are asked up to three questions; the others one."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to one party, and what its answer would change."""

    party: str
    ask: Sentence
    would_change: Sentence


def questions(reading: Reading, turn: int = 0) -> tuple[Question, ...]:
    """Return the questions to the principals and to members of a consent list that nobody has heard."""
    blocked = obstacles(reading)
    asked = []
    fully = reading.columns(MOST_ASKED_FULLY)
    for party in reading.in_turn(reading.principals, turn):
        kinds = [
            list(_is_it_yours(reading, party, blocked)),
            list(_how_do_you_answer(reading, party)),
            list(_what_of(reading, party)),
        ]
        chosen = [found[0] for found in kinds if found]
        spare = [question for found in kinds for question in found[1:]]
        asked += [*chosen, *spare][: MOST_PER_PARTY if party in fully else 1]
    return (*asked, *_unheard(reading))


def _is_it_yours(reading: Reading, party: str, blocked: tuple[Obstacle, ...]) -> Iterator[Question]:
    """Ask about refusals that are only inferred, first on the files they help to close."""
    naming = reading.naming
    for obstacle in blocked:
        for option, held in obstacle.refusals:
            own = next((h for h in held if h.party == party and not h.is_stated), None)
            if own is None or any(h.is_stated for h in held):
                continue
            name = naming.option(obstacle.issue, option, basis=own.basis, cites=(own.statement,))
            others = [h.party for h in held if h.party != party]
            change: tuple[Part, ...]
            if not others and obstacle.closed_read and not obstacle.closed_stated:
                change = ("If it is not, the file is no longer closed under ", naming.lists(obstacle.closed_read), ".")
            elif others:
                change = (
                    "If it is not, the refusal rests on our reading of ",
                    series(naming.all_the(others)),
                    " alone.",
                )
            else:
                change = ("If it is not, nobody whose yes is needed refuses this variant.",)
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


def _how_do_you_answer(reading: Reading, party: str) -> Iterator[Question]:
    """Ask for the answers that were not found, first where nobody answered."""
    naming = reading.naming
    silent = {(s.text, s.article, s.item) for s in reading.ledger.silences}
    own = [a for a in reading.ledger.unanswered if a.addressee == party]
    own.sort(key=lambda a: (a.text, a.article, None if a.item is None else str(a.item)) not in silent)
    for answer in own:
        place = answer.article or (text_of(answer.item) if answer.item is not None else "the text")
        raised = series(naming.all_the(reading.case.text[answer.text].authors))
        yield Question(
            party,
            sentence(
                *("How do you answer ", label(f"“{place}”"), " in the text of ", raised),
                *(" on ", naming.file(answer.issue), "?"),
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


def _what_of(reading: Reading, party: str) -> Iterator[Question]:
    """Ask about variants that the party has not spoken of and that others hold open and none refuses."""
    naming = reading.naming
    for issue in reading.agenda:
        if (party, issue.id) not in reading.case.positions_of:
            continue
        for view in issue_view(reading.case, issue.id, reading.principals):
            if party not in view.silent or view.those_who(Stance.RULES_OUT):
                continue
            others = [h for h in view.held if h.stance in OPEN_STANCES and h.party != party]
            if not others:
                continue
            yield Question(
                party,
                sentence(
                    *("Would you discuss ", naming.option(issue.id, view.option, cites=(others[0].statement,))),
                    *(" on ", naming.file(issue.id), "?"),
                    because=[h.position for h in others],
                ),
                sentence(
                    *("A yes would meet ", series(naming.all_the([h.party for h in others][:3]))),
                    " on a variant that none of those asked here refuses.",
                ),
            )


def _unheard(reading: Reading) -> Iterator[Question]:
    """Ask the members of consent lists that have no coded position for their first word."""
    naming = reading.naming
    missing: dict[str, list[str]] = {}
    for outcome in reading.outcomes:
        for party in outcome.missing:
            missing.setdefault(party, []).append(outcome.consent_list.id)
    for party, lists in missing.items():
        bound = [i.id for i in reading.case.issues if party in (*i.consent.needed(), *i.consent.bound_but_absent)]
        about = series([naming.file(issue) for issue in bound[:2]]) if bound else "the files that concern you"
        yield Question(
            party,
            sentence("What have you said in public on ", about, "?"),
            sentence("Without it ", naming.lists(lists), " cannot be answered.", lists=lists),
        )
