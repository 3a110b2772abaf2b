"""The bottom line: at most six plain sentences without a decimal, each from the data of any case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.wording.naming import rotated
from detente.wording.obstacles import by_refuser, obstacles, only_read, procedure_gap, statements_of
from detente.wording.reading import Answer, Outcome, Reading
from detente.wording.sentence import Part, Sentence, count, sentence, series, some_of, verb

MOST_SENTENCES = 6
STRIKING_SHARE = 0.5
"""A share of the agenda above this is said in the bottom line."""


def bottom_line(reading: Reading, *, room: int = MOST_SENTENCES) -> tuple[Sentence, ...]:
    """Return the bottom line in order of weight, at most `room` sentences."""
    found = (
        *zone_sentences(reading),
        *blocked_sentence(reading),
        *overlap_sentence(reading),
        *procedure_sentence(reading),
        *silence_sentence(reading),
        *consent_sentence(reading),
        *agenda_sentence(reading),
    )
    return found[:room]


_STATED: dict[Answer | None, str] = {
    Answer.YES: "some package survives every red line that the parties state themselves",
    Answer.NO: "every package crosses a red line that the parties state themselves",
}
_WORTH: dict[Answer | None, str] = {
    Answer.YES: ", and by our own estimates some of these are no worse than no deal for any member",
    Answer.PERHAPS: ", and by our own estimates some of these may be no worse than no deal for any member",
    Answer.NO: ", but by our own estimates none of these is as good as no deal for every member",
}
_READ: dict[tuple[Answer | None, Answer | None], str] = {
    (Answer.YES, Answer.YES): "; some still do if the red lines that we infer bind too",
    (Answer.YES, Answer.PERHAPS): "; some may still do if the red lines that we infer bind too",
    (
        Answer.YES,
        Answer.NO,
    ): "; if the red lines that we infer bind too, packages survive but none beats no deal for all",
    (Answer.NO, Answer.NO): "; once the red lines that we infer bind too, none is left",
}


def zone_sentences(reading: Reading) -> Iterator[Sentence]:
    """Say whether a package is left, under which lines and which consent lists; lists that agree share a sentence."""
    groups: dict[tuple[Answer | None, ...], list[Outcome]] = {}
    for outcome in reading.outcomes:
        if outcome.is_computed:
            groups.setdefault(outcome.answers, []).append(outcome)
    meaning = (
        "Package: one option for every file that all members of the list have coded. "
        "Red line: an option that a party refuses. No deal: judged, illustrative numbers of Annex A."
    )
    for place, (answers, outcomes) in enumerate(list(groups.items())[:2]):
        stated, read, worth, worth_read = answers
        words = _STATED[stated] if any(o.lines for o in outcomes) else "no red line is coded, so every package is left"
        ids = [outcome.consent_list.id for outcome in outcomes]
        parts: list[Part] = ["Under ", reading.naming.lists(ids), " ", words]
        if stated is Answer.YES:
            parts.append(_WORTH[worth])
        if stated is Answer.YES and read is not None:
            same = worth is not Answer.YES and worth_read is worth and read is Answer.YES
            parts.append(
                "; the same holds if the red lines that we infer bind too" if same else _READ[read, worth_read]
            )
        if place == 1 and len(groups) > 2:
            parts.append("; other lists differ again, as the table shows")
        yield sentence(*parts, ".", meaning=meaning, lists=ids)


def blocked_sentence(reading: Reading) -> Iterator[Sentence]:
    """Say which file is blocked most, by whom, in whose words; or that refusals close none."""
    found = obstacles(reading)
    naming = reading.naming
    ids = [entry.id for entry in reading.lists]
    if not found:
        heard = [entry for entry in reading.list_ledgers if entry.roll.shared]
        if heard:
            yield sentence("On paper nobody whose yes is needed refuses any option in what was read.", lists=ids)
        return
    top = found[0]
    issue = reading.case.issue[top.issue]
    under = top.closed_stated or top.closed_read
    opening: list[Part]
    if top.closed_stated:
        opening = [
            "On paper the file ",
            naming.file(top.issue),
            " is closed by stated refusals (",
            naming.lists(under),
            ")",
        ]
    elif top.closed_read:
        opening = ["On paper the file ", naming.file(top.issue), " stays blocked (", naming.lists(under), ")"]
    else:
        opening = ["Refusals close no file; the narrowest is ", naming.file(top.issue)]
    parts: list[Part] = [*opening, ": of ", *count(len(issue.options), "variant"), " on record, "]
    groups = by_refuser(top)[:3]
    clauses: list[Part] = []
    for parties, options in rotated(groups, 1):
        who = naming.all_the(reading.in_turn(parties, 0))
        clauses.append((series(who), f" {verb(who, 'refuses', 'refuse')} ", count(len(options))))
    parts += [series(clauses, "and")] if clauses else ["none is refused in anybody's own words"]
    rest = only_read(top)
    if rest:
        names = series([naming.option(top.issue, option) for option, _ in rest][:2])
        parts += [
            "; ",
            names,
            " is refused only in our reading" if len(rest) == 1 else " are refused only in our reading",
        ]
    elif top.open_options and len(top.open_options) < len(issue.options):
        names = some_of([naming.option(top.issue, option) for option in top.open_options], 2)
        parts += ["; ", names, " is refused by none" if len(top.open_options) == 1 else " are refused by none"]
    others = [other for other in found[1:] if other.closed_stated or other.closed_read]
    if others:
        parts += [
            "; also blocked: ",
            series(
                [(naming.file(o.issue), " (", naming.lists(o.closed_stated or o.closed_read), ")") for o in others[:2]]
            ),
        ]
    held = [entry for _, entries in top.refusals for entry in entries]
    yield sentence(
        *parts,
        ".",
        because=(*(entry.position for entry in held), *statements_of(held)),
        meaning="Variant: one of the options coded for the file. Blocked: each variant is refused by somebody on the "
        "list, in words or in our reading. Counts: refusals in a party's own words.",
        lists=under,
    )


def overlap_sentence(reading: Reading) -> Iterator[Sentence]:
    """Say on how many files the words of those named by every list meet, and on how many only in our reading."""
    members = reading.common_members
    if len(members) < 2:
        return
    naming = reading.naming
    touching = reading.common_ground
    in_words = [issue for issue, stated in touching if stated]
    who = series(naming.all_the(reading.in_turn(members, 1)))
    whose: Part = ("The texts of ", who)
    files = len(reading.case.issues)
    if not touching:
        parts: tuple[Part, ...] = (whose, " touch on none of the ", count(files, "file"), ".")
    else:
        parts = (
            *(whose, " touch on "),
            *(("all ",) if len(touching) == files else (count(len(touching)), " of ")),
            count(files, "file"),
            *_how_many_in_words(len(in_words), len(touching)),
            " in words all of them used" if len(members) > 2 else " in words both used",
            "; the rest is our reading." if len(in_words) < len(touching) else ".",
        )
    yield sentence(
        *parts,
        because=in_words,
        meaning="Touch: there is an option that each of them demands, would accept or would discuss. "
        "In words used: each says so itself, nothing is inferred. It is the same under every list.",
    )


def _how_many_in_words(in_words: int, touching: int) -> tuple[Part, ...]:
    if in_words == touching:
        return (",",)
    return (", but on only ", count(in_words)) if in_words else (", but on none",)


def procedure_sentence(reading: Reading) -> Iterator[Sentence]:
    """Say who asks for one package and who for separate tracks."""
    gap = procedure_gap(reading)
    if gap is None:
        return
    naming = reading.naming
    clauses: list[Part] = []
    for option, held in gap.demands:
        who = naming.all_the(reading.in_turn(tuple(entry.party for entry in held), 2))
        basis = held[0].basis
        clauses.append(
            (series(who), f" {verb(who, 'asks for', 'ask for')} ", naming.option(gap.issue, option, basis=basis))
        )
    clauses = list(_turned(clauses, 1))
    everyone = [entry for _, entries in gap.demands for entry in entries]
    yield sentence(
        *series(clauses),
        ": while this gap in procedure stays, files on which their words already meet wait for the others."
        if reading.common_ground
        else ": this gap in procedure comes before any file.",
        because=(*(entry.position for entry in everyone), *statements_of(everyone)),
        lists=[entry.id for entry in reading.lists],
    )


def _turned(items: Sequence[Part], turn: int) -> Sequence[Part]:
    return [*items[turn % len(items) :], *items[: turn % len(items)]]


def silence_sentence(reading: Reading) -> Iterator[Sentence]:
    """Say how many articles and items nobody answered, and which files they are about."""
    asked = {(a.text, a.article, str(a.item)) for a in reading.case.answers if a.status != "not_addressed"}
    if not asked:
        return
    silences = reading.ledger.silences
    naming = reading.naming
    issues = list(dict.fromkeys(issue for silence in silences for issue in silence.issues))
    if not silences:
        yield sentence("Every article and item that was put in writing drew some answer.", meaning=_NO_ANSWER)
        return
    yield sentence(
        *("Of ", count(len(asked), "article and item", "articles and items"), " put in writing, "),
        *(count(len(silences)), " drew no answer that we found"),
        *((", on ", some_of([naming.file(issue) for issue in issues], 4, "other files")) if issues else ()),
        ".",
        meaning=_NO_ANSWER,
    )


_NO_ANSWER = "No answer: none was found in what was read, from any addressee; it is neither a yes nor a no."


def consent_sentence(reading: Reading) -> Iterator[Sentence]:
    """Say how many consent lists there are, which have no answer, and who is bound without signing."""
    naming = reading.naming
    if not reading.lists:
        yield sentence("Nobody has coded whose yes is needed, so no conclusion can be drawn for any group.")
        return
    unanswered = [o for o in reading.outcomes if not o.is_computed and not o.consent_list.issue_by_issue]
    parts: list[Part] = []
    if len(reading.lists) > 1:
        parts = ["Whose yes is needed is itself open: ", count(len(reading.lists), "list", "lists"), " are on record"]
    else:
        members = reading.lists[0].parties
        parts = (
            ["Needed is the yes of ", series(naming.all_the(members))] if members else ["Consent is asked file by file"]
        )
    if unanswered:
        ids = [outcome.consent_list.id for outcome in unanswered]
        missing = list(dict.fromkeys(party for outcome in unanswered for party in outcome.missing))
        parts += [", and ", naming.lists(ids), " cannot be answered yet"]
        if missing:
            names = naming.all_the(missing)
            parts += [" because ", some_of(names, 3), f" {verb(names, 'has', 'have')} no coded position"]
    bound = sorted(reading.ledger.bound_but_absent, key=lambda entry: -len(entry[1]))
    speaking = [party for party, _ in bound if party in reading.speakers][:3]
    if speaking:
        who = naming.all_the(speaking)
        parts += ["; ", series(who), f" {verb(who, 'is', 'are')} bound by files that others would sign"]
    yield sentence(*parts, ".", meaning="List: a reading of whose yes a settlement needs; none is the default.")


def agenda_sentence(reading: Reading) -> Iterator[Sentence]:
    """Say whose texts put most files on the table, if it is more than half."""
    total = len(reading.case.issues)
    for share in reading.ledger.agenda:
        if share.authors and len(share.issues) > STRIKING_SHARE * total and reading.case.texts:
            yield sentence(
                *((count(len(share.issues)), " of the ") if len(share.issues) < total else ("all ",)),
                *(count(total, "file"), " were first put on the table by "),
                *(series(reading.naming.all_the(share.authors)), "."),
                meaning="First put on the table: the earliest text with an article or item on the file.",
            )
