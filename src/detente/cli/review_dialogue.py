"""The dialogue of `detente review`: one coding after the other, each decision kept before the next question."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import click

from detente.case.case import Case
from detente.case.review.decision import Decision, Standing, Verdict
from detente.case.review.fields import ACT, ACTOR, FIELDS, TARGET, Field, NotUnderstood, why_not_kept
from detente.case.review.item import Codes, Item
from detente.case.review.paraphrase import MOST_COPIED, copied_words, proposed_sentence
from detente.cli.names import issue_name, joined, option_name, party_name
from detente.cli.terminal import Ended, Terminal
from detente.core.fields import text_of
from detente.evidence.coding.coding import Guess
from detente.evidence.statement import Act, Attribution

OPEN, CLOSE = "⟦", "⟧"
AROUND = 600
"""Characters of the paragraph that are shown on each side of the coded words."""

KEYS = {"a": "accept", "c": "correct", "r": "reject", "s": "skip", "u": "undo", "q": "quit"}
BLIND_KEYS = {"d": "decide", "r": "reject", "s": "skip", "u": "undo", "q": "quit"}
RESOLVE_KEYS = {"1": "first", "2": "second", "c": "correct", "r": "reject", "s": "skip", "u": "undo", "q": "quit"}


@dataclass(frozen=True, slots=True)
class Passage:
    """The text around a coding: its paragraph with the words marked, and the whole text, for comparing paraphrases."""

    document: str
    paragraph: int
    marked: str
    text: str


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who decides, on which day, and how: blind, or resolving what two decided differently."""

    name: str
    on: datetime.date
    blind: bool = False
    resolves: bool = False

    @property
    def keys(self) -> Mapping[str, str]:
        """The keys of this reviewer's questions."""
        return BLIND_KEYS if self.blind else RESOLVE_KEYS if self.resolves else KEYS


class Dialogue:
    """One sitting of one reviewer; `keep` is called with each decision before anything else happens."""

    def __init__(
        self,
        case: Case,
        reviewer: Reviewer,
        items: Sequence[tuple[Item, Passage]],
        decisions: Sequence[Decision],
        standing: Standing,
        keep: Callable[[Decision], None],
    ) -> None:
        self.case, self.reviewer, self.items, self.standing, self.keep = case, reviewer, items, standing, keep
        self.terminal = Terminal()
        self.mine = _mine(reviewer, decisions)
        self.made = 0

    def run(self) -> int:
        """Ask about each coding; return how many decisions were made."""
        with contextlib.suppress(Ended):
            self._ask_all()
        return self.made

    def _ask_all(self) -> None:
        places = {item.id: place for place, (item, _) in enumerate(self.items)}
        place = 0
        while place < len(self.items):
            item, passage = self.items[place]
            if item.id in self.mine:
                place += 1
                continue
            self._show(place, item, passage)
            move = self._decide(item, passage)
            if move == "q":
                return
            if move == "u":
                back = self._undo()
                place = places.get(back, place) if back is not None else place
            else:
                place += 1
        self.terminal.say("All of it is looked at.")

    def _decide(self, item: Item, passage: Passage) -> str:
        """Ask until the coding is decided or left; return the key that ends it."""
        while True:
            key = self.terminal.choose("", self.reviewer.keys)
            if key in {"s", "u", "q"}:
                return key
            decision = self._decision(key, item, passage)
            if decision is not None:
                self.keep(decision)
                self.mine[item.id] = decision
                self.made += 1
                return key

    def _decision(self, key: str, item: Item, passage: Passage) -> Decision | None:
        if key == "r":
            reason = self.terminal.ask("Why? Enter goes back > ")
            return self._made(item, Verdict.REJECT, reason=reason) if reason else None
        if key == "d":
            blank = Codes(act=Act.ASSESS_PERCEPTION, attribution=Attribution.AUTHOR_ASSERTION)
            codes = self._typed(blank, (ACT, ACTOR, TARGET), keep=False)
            return self._made(item, Verdict.CORRECT, codes=codes)
        if key in {"1", "2"}:
            return self._adopted(item, passage, self._others(item)[int(key) - 1])
        if key == "a" and Guess.ACT in item.guessed:
            self.terminal.say("No act was read in these words. Correct it, or reject it.")
            return None
        codes = item.proposed if key == "a" else self._typed(self._start(item), FIELDS)
        problem = why_not_kept(self.case, codes)
        if problem is not None:
            self.terminal.say(problem)
            return None
        says = self._paraphrase(codes, passage)
        verdict = Verdict.ACCEPT if codes == item.proposed else Verdict.CORRECT
        return self._made(item, verdict, codes=codes, says=says)

    def _adopted(self, item: Item, passage: Passage, one: Decision) -> Decision | None:
        """Return a decision as another reviewer made it, completed by what a blind one leaves out."""
        if not one.keeps:
            return self._made(item, Verdict.REJECT, reason=one.reason)
        codes = self._completed(item, one)
        problem = why_not_kept(self.case, codes)
        if problem is not None:
            self.terminal.say(problem)
            return None
        says = one.says if one.says is not None else self._paraphrase(codes, passage)
        return self._made(item, Verdict.ACCEPT if codes == item.proposed else Verdict.CORRECT, codes=codes, says=says)

    def _completed(self, item: Item, one: Decision) -> Codes:
        codes = one.codes or item.proposed
        return (
            item.proposed.model_copy(update={"act": codes.act, "actors": codes.actors, "targets": codes.targets})
            if one.blind
            else codes
        )

    def _start(self, item: Item) -> Codes:
        """Return the codes that a correction begins with: the coder's, or those of the first who kept it."""
        kept = [one for one in self._others(item) if one.keeps] if self.reviewer.resolves else []
        return self._completed(item, kept[0]) if kept else item.proposed

    def _others(self, item: Item) -> tuple[Decision, ...]:
        return tuple(one for one in self.standing.get(item.id, ()) if not one.resolves)

    def _made(
        self,
        item: Item,
        verdict: Verdict,
        *,
        codes: Codes | None = None,
        says: object = None,
        reason: str | None = None,
    ) -> Decision:
        who = self.reviewer
        given = {"codes": codes, "says": says, "reason": reason, "blind": who.blind, "resolves": who.resolves}
        kept = {key: value for key, value in given.items() if value not in (None, False)}
        return Decision.model_validate({"item": item.id, "by": who.name, "on": who.on, "verdict": verdict, **kept})

    def _undo(self) -> str | None:
        """Take the last decision back and return its coding."""
        if not self.mine:
            self.terminal.say("There is no decision of yours to take back.")
            return None
        item = list(self.mine)[-1]
        last = self.mine.pop(item)
        who = self.reviewer
        self.keep(
            Decision.model_validate(
                {
                    **{"item": item, "by": who.name, "on": who.on, "verdict": Verdict.WITHDRAW},
                    **{key: True for key, value in (("blind", last.blind), ("resolves", last.resolves)) if value},
                }
            )
        )
        self.made -= 1
        self.terminal.say("Your last decision is taken back; it stays in the log.")
        return item

    def _typed(self, codes: Codes, fields: Sequence[Field], *, keep: bool = True) -> Codes:
        """Ask for the fields one by one."""
        for one in fields:
            shown = one.shown(codes)
            while True:
                text = self.terminal.ask(f"{one.word} [{shown}] > " if keep else f"{one.word} > ")
                if not text and (keep or one is TARGET):
                    break
                try:
                    codes = one.typed(self.case, codes, text)
                    break
                except NotUnderstood as error:
                    self.terminal.say(str(error))
        return codes

    def _paraphrase(self, codes: Codes, passage: Passage) -> str:
        """Ask for a paraphrase in own words; Enter takes the sentence made from the codes."""
        proposed = proposed_sentence(self.case, codes)
        self.terminal.say(f"Says: {proposed}")
        while True:
            says = self.terminal.ask("In your own words; Enter takes this sentence > ")
            if not says:  # made of the codes and the case's own words, so that it copies nothing from the source
                return proposed
            copied = copied_words(says, passage.text)
            if copied is None:
                return says
            self.terminal.say(
                f"This copies {MOST_COPIED + 1} words in a row from the source (“{copied}”). A paraphrase says it in "
                "other words."
            )

    def _show(self, place: int, item: Item, passage: Passage) -> None:
        say = self.terminal.say
        click.echo(err=True)
        say(f"{place + 1} of {len(self.items)} · {passage.document}, paragraph {passage.paragraph}")
        say(passage.marked, 2)
        if self.reviewer.blind:
            return
        if self.reviewer.resolves:
            for number, one in enumerate(self._others(item), start=1):
                say(f"{number}  {one.by}{' (blind)' if one.blind else ''}: {decided(self.case, one)}", 2)
            return
        say(f"Coder: {told(self.case, item.proposed)} Confidence {item.confidence:.2f}; rule {item.rule}.", 2)
        if item.review is not None:
            say(f"In doubt: {item.review}", 2)
        if item.guessed:
            say(f"Guessed, not said in these words: {joined(guess_words(self.case, item))}.", 2)


def _mine(reviewer: Reviewer, decisions: Sequence[Decision]) -> dict[str, Decision]:
    """Return this reviewer's standing decisions, the last one made at the end."""
    mine: dict[str, Decision] = {}
    for one in decisions:
        if one.by == reviewer.name and one.resolves is reviewer.resolves:
            mine.pop(one.item, None)
            if one.verdict is not Verdict.WITHDRAW:
                mine[one.item] = one
    return mine


def guess_words(case: Case, item: Item) -> Iterator[str]:
    """Yield what the coder guessed of an item, with what it guessed."""
    whom = {Guess.ACTOR: item.proposed.actors, Guess.TARGET: item.proposed.targets}
    for one in item.guessed:
        named = whom.get(one)
        yield f"{one.value} ({joined(party_name(case, who) for who in named)})" if named else one.value


def told(case: Case, codes: Codes) -> str:
    """Return codes as sentences: whose act, towards whom, who says so and how, on what, when."""
    second = f" (or {codes.second_act.value})" if codes.second_act else ""
    parts = [
        f"{joined(party_name(case, one) for one in codes.actors)}: {codes.act.value}{second}"
        + (f", towards {joined(party_name(case, one) for one in codes.targets)}" if codes.targets else ""),
        f"voice {' > '.join(codes.voices) or 'author'}, {codes.attribution.value.replace('_', ' ')}",
    ]
    marks = [word for word, is_so in (("negated", codes.negated), ("hedged", codes.hedged)) if is_so]
    parts += [", ".join([*([codes.kind.value] if codes.kind else []), *marks])] if codes.kind or marks else []
    if codes.issue is not None:
        option = f": {option_name(case, codes.issue, codes.option)} [{codes.option}]" if codes.option else ""
        parts.append(f"issue {issue_name(case, codes.issue)} [{codes.issue}]{option}")
    elif codes.topic is not None:
        parts.append(f"topic {codes.topic}")
    if codes.happened is not None:
        parts.append(f"happened {codes.happened.when} ({codes.happened.how.value})")
    return f"{'; '.join(parts)}."


def decided(case: Case, one: Decision) -> str:
    """Return a decision in words."""
    if not one.keeps or one.codes is None:
        return f"rejected: {one.reason or 'no reason given'}"
    codes = one.codes
    towards = f" towards {joined(codes.targets)}" if codes.targets else ""
    says = f". {text_of(one.says)}" if one.says is not None else ""
    return f"{joined(codes.actors)}: {codes.act.value}{towards}{says}"


def passage_words(text: str, paragraph: tuple[int, int], span: tuple[int, int]) -> str:
    """Return a paragraph on one line with the coded words marked, cut where it is very long."""
    (first, last), (start, end) = paragraph, span
    first, last = min(first, start), max(last, end)
    begin, stop = max(first, start - AROUND), min(last, end + AROUND)
    head = ("…" if begin > first else "") + text[begin:start]
    tail = text[end:stop] + ("…" if stop < last else "")
    words = " ".join(f"{head}{OPEN}{text[start:end]}{CLOSE}{tail}".split())
    return "".join(one if one.isprintable() else "�" for one in words)
