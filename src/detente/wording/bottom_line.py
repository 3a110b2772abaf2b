"""The bottom line: at most six plain sentences without a decimal, each from the data of any case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.wording.naming import rotated
from detente.wording.obstacles import by_refuser, obstacles, only_read, procedure_gap, silent_on, statements_of
from detente.wording.printable import consent_test
from detente.wording.reading import Answer, Hinge, Outcome, Reading, Weakness, spoken_words
from detente.wording.sentence import Kind, Part, Sentence, count, sentence, series, some_of, verb

MOST_SENTENCES = 6
MOST_NUMBERS = 12
"""So many quantities the prose of the main part may state; the bottom line states nearly all of them."""
STRIKING_SHARE = 0.5
"""A share of the agenda above this is said in the bottom line."""


def bottom_line(reading: Reading, *, room: int = MOST_SENTENCES) -> tuple[Sentence, ...]:
    """Return the bottom line in order of weight, at most `room` sentences; whose yes is needed always has a place."""
    asked = tuple(consent_sentence(reading))
    found = (
        *zone_sentences(reading),
        *blocked_sentence(reading),
        *overlap_sentence(reading),
        *procedure_sentence(reading),
    )[: room - len(asked)]
    said = (*found, *asked, *silence_sentence(reading), *agenda_sentence(reading))[:room]
    for spare in (*silence_sentence(reading), *overlap_sentence(reading)):
        if _numbers(said) > MOST_NUMBERS:
            said = tuple(one for one in said if one.text != spare.text)
    return said


def _numbers(sentences: Iterable[Sentence]) -> int:
    return sum(run.kind is Kind.NUMBER and run.text != "no" for one in sentences for run in one.runs)


_STATED: dict[Answer | None, str] = {
    Answer.YES: "packages are left",
    Answer.PERHAPS: "packages may be left",
    Answer.NO: "no package is left",
}
_READ: dict[Answer | None, str] = {
    Answer.YES: "; some are still left if the red lines that we infer bind too",
    Answer.PERHAPS: "; some may still be left if the red lines that we infer bind too",
    Answer.NO: "; once the red lines that we infer bind too, none is left",
}
MOST_HINGES = 2
MOST_REFUSERS = 3
_PACKAGE = (
    "Package: one variant for every file on which all members of the list have spoken. Red line: a refusal of a party "
    "that is entered as a line which a package must not cross."
)
_PACKAGE_OF_NUMBERS = "Package: one variant for every file on which numbers are on record for all members of the list."


def zone_sentences(reading: Reading) -> Iterator[Sentence]:
    """Say whether a package is left, under which lines and lists, and on which variant that hinges: two sentences.

    Lists that agree share a sentence. It rests on refusals alone, on no judged number.
    """
    groups: dict[tuple[object, ...], list[Outcome]] = {}
    for outcome in reading.outcomes:
        if outcome.is_computed:
            groups.setdefault((outcome.answers, _turning(outcome)), []).append(outcome)
    found = list(groups.values())
    if not found:
        yield from _record_sentence(reading)
    for place, outcomes in enumerate(found[:2]):
        yield _zone_sentence(reading, outcomes, more=place == 1 and len(found) > 2)
    if len(found) == 1:
        yield from _hinge_sentence(reading, found[0])


def _record_sentence(reading: Reading) -> Iterator[Sentence]:
    """Say what refusals alone leave, where no list could be computed: it needs no number."""
    naming = reading.naming
    heard = [entry for entry in reading.list_ledgers if entry.roll.members and not entry.roll.missing]
    if not heard:
        return
    stated = dict.fromkeys(closure.issue for entry in heard for closure in entry.closed_by_stated)
    read = dict.fromkeys(closure.issue for entry in heard for closure in entry.closed_by_stated_and_inferred)
    ids = [entry.roll.consent_list.id for entry in heard]
    parts: list[Part] = ["On the record alone, under ", naming.lists(ids), ", "]
    if stated:
        parts += ["refusals in the parties' own words leave no variant on ", _files(reading, stated)]
    elif read:
        parts += [
            "refusals leave a variant on every file, but with those that we infer none on ",
            _files(reading, read),
        ]
    else:
        parts.append("refusals leave a variant on every file")
    yield sentence(*parts, ".", meaning="No package was counted: Annex A says why.", lists=ids)


def _files(reading: Reading, issues: Iterable[str]) -> Part:
    return some_of([reading.naming.file(issue) for issue in issues], 3, "other files")


def _turning(outcome: Outcome) -> tuple[Hinge, ...]:
    """Return the hinges that the lines we infer close; where they close none, all of them."""
    return tuple(hinge for hinge in outcome.hinges if hinge.turns) or outcome.hinges


def _zone_sentence(reading: Reading, outcomes: Sequence[Outcome], *, more: bool) -> Sentence:
    naming = reading.naming
    ids = [outcome.consent_list.id for outcome in outcomes]
    stated, read = outcomes[0].answers
    parts: list[Part] = [
        "Under ",
        naming.lists(ids),
        ", on the ",
        _covered(outcomes),
        f" {spoken_words(reading)}",
    ]
    if any(outcome.lines for outcome in outcomes):
        parts += [", if only the refusals that parties state themselves bind, ", _STATED[stated]]
    else:
        parts.append(", no red line is on record, so every package is left")
    hinges = _turning(outcomes[0])
    if hinges:
        named = [_hinge_words(reading, hinge) for hinge in hinges[:MOST_HINGES]]
        parts += [", and every one of them contains ", series(named)]
    if stated is not Answer.NO and read is not None:
        parts.append(_READ[read])
    unused = _refusals_that_are_no_lines(reading, outcomes)
    if unused:
        parts += ["; refusals in words that close ", _files(reading, unused), " are not entered as red lines"]
    if more:
        parts.append("; other lists differ again, as the table shows")
    meaning: list[Part] = [_PACKAGE if reading.case.positions else _PACKAGE_OF_NUMBERS]
    others = _also_down_to_one(outcomes, hinges[:MOST_HINGES])
    if others:
        told = [(_hinge_words(reading, hinge), " (", naming.lists(lists), ")") for hinge, lists in others]
        meaning += [" Also down to one variant: ", series(told), "."]
    return sentence(*parts, ".", meaning=meaning, lists=ids)


def _also_down_to_one(outcomes: Sequence[Outcome], named: Sequence[Hinge]) -> list[tuple[Hinge, list[str]]]:
    """Return the other files that stated lines leave one variant of, each with the lists under which they do."""
    said = {(hinge.issue, hinge.option) for hinge in named}
    found: dict[tuple[str, str], tuple[Hinge, list[str]]] = {}
    for outcome in outcomes:
        for hinge in outcome.hinges:
            key = (hinge.issue, hinge.option)
            if key not in said:
                found.setdefault(key, (hinge, []))[1].append(outcome.consent_list.id)
    return sorted(found.values(), key=lambda entry: (entry[0].issue, entry[0].option))


def _covered(outcomes: Sequence[Outcome]) -> Part:
    """Return on how many files these lists were computed."""
    numbers = sorted({len(outcome.shared) for outcome in outcomes})
    if len(numbers) == 1:
        return count(numbers[0], "file")
    return (count(numbers[0]), " to ", count(numbers[-1], "file"))


def _refusals_that_are_no_lines(reading: Reading, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Return the files that stated refusals close though stated red lines leave packages."""
    by_list = {entry.roll.consent_list.id: entry for entry in reading.list_ledgers}
    closed = [
        closure.issue
        for outcome in outcomes
        if outcome.lines_stated is not Answer.NO
        for closure in by_list[outcome.consent_list.id].closed_by_stated
        if closure.issue in outcome.shared
    ]
    return tuple(dict.fromkeys(closed))


def _hinge_words(reading: Reading, hinge: Hinge) -> Part:
    return (reading.naming.option(hinge.issue, hinge.option), " on ", reading.naming.file(hinge.issue))


def _hinge_sentence(reading: Reading, outcomes: Sequence[Outcome]) -> Iterator[Sentence]:
    """Say who has not spoken on the variant that every package contains, and whose choice it is."""
    if not outcomes[0].hinges:
        return
    hinge = _turning(outcomes[0])[0]
    naming = reading.naming
    silent = [party for party in reading.members_of(outcomes) if silent_on(reading, party, hinge)]
    option = reading.case.issue[hinge.issue].option(hinge.option)
    owners = () if option.status_quo else reading.case.issue[hinge.issue].consent_for(hinge.option).owns
    missing = _yes_missing(reading, hinge, outcomes)
    clauses: list[Part] = []
    if silent:
        who = naming.all_the(reading.in_turn(silent, 0))
        clauses.append((series(who), f" {verb(who, 'has', 'have')} said nothing that we found"))
    if owners:
        clauses.append(("it takes the yes of ", series(naming.all_the(owners))))
    if missing:
        whose = ("their yes",) if set(missing) == set(owners) else ("the yes of ", series(naming.all_the(missing)))
        clauses.append(("no package that contains it can be put forward without ", whose))
    if clauses:
        yield sentence(
            "On ",
            naming.option(hinge.issue, hinge.option),
            " ",
            series(clauses) if len(clauses) < 3 else (clauses[0], "; ", clauses[1], ", and ", clauses[2]),
            ".",
            lists=[outcome.consent_list.id for outcome in outcomes],
        )


def _yes_missing(reading: Reading, hinge: Hinge, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Return those without whose yes no package with this variant may be printed, under every one of the lists."""
    per_list = [
        {
            party
            for stop in consent_test(reading.case, {hinge.issue: hinge.option}, outcome.members).stops
            for party in stop.parties
        }
        for outcome in outcomes
    ]
    everywhere = set.intersection(*per_list)
    return tuple(party.id for party in reading.case.parties if party.id in everywhere)


def blocked_sentence(reading: Reading) -> Iterator[Sentence]:
    """Say which file is blocked most, by whom, in whose words; or that refusals close none."""
    found = obstacles(reading)
    naming = reading.naming
    ids = [entry.id for entry in reading.lists]
    if not found:
        heard = [entry for entry in reading.list_ledgers if entry.roll.shared]
        if heard:
            yield sentence("On paper nobody whose yes is needed refuses any variant in what was read.", lists=ids)
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
    groups = by_refuser(top)
    unnamed = sum(len(parties) for parties, _ in groups[MOST_REFUSERS:])
    groups = groups[:MOST_REFUSERS]
    clauses: list[Part] = []
    for parties, options in rotated(groups, 1):
        who = naming.all_the(reading.in_turn(parties, 0))
        clauses.append((series(who), f" {verb(who, 'refuses', 'refuse')} ", count(len(options))))
    if unnamed > 0:
        clauses.append((count(unnamed), " more refuse others" if unnamed > 1 else " more refuses others"))
    parts += [series(clauses, "and")] if clauses else ["none is refused in anybody's own words"]
    rest = only_read(top)
    if rest:
        read = [
            (naming.option(top.issue, option), " (by ", series(naming.all_the(h.party for h in held)), ")")
            for option, held in rest
        ]
        parts += [
            "; ",
            _and_more(read, 2),
            " is refused only in our reading" if len(rest) == 1 else " are refused only in our reading",
        ]
    elif top.open_options and len(top.open_options) < len(issue.options):
        names = some_of([naming.option(top.issue, option) for option in top.open_options], 2)
        parts += ["; ", names, " is refused by none" if len(top.open_options) == 1 else " are refused by none"]
    others = [other for other in found[1:] if other.closed_stated or other.closed_read]
    if others:
        parts += [
            "; also blocked: ",
            _and_more(
                [(naming.file(o.issue), " (", naming.lists(o.closed_stated or o.closed_read), ")") for o in others], 2
            ),
        ]
    held = [entry for _, entries in top.refusals for entry in entries]
    yield sentence(
        *parts,
        ".",
        because=(*(entry.position for entry in held), *statements_of(held)),
        meaning="Variant: one of the answers on record for the file. Blocked: each is refused by somebody on the "
        "list, in words or in our reading. Counts: refusals in a party's own words.",
        lists=under,
    )


def _and_more(parts: Sequence[Part], most: int) -> Part:
    """Return at most so many parts as a series that ends by saying how many more there are."""
    return series(parts) if len(parts) <= most else series([*parts[:most], (count(len(parts) - most), " more")])


def overlap_sentence(reading: Reading) -> Iterator[Sentence]:
    """Say on how many files the words of those named by every list meet, and on how many only in our reading."""
    members = reading.common_members
    if len(members) < 2:
        return
    naming = reading.naming
    touching = reading.common_ground
    in_words = [issue for issue, stated in touching if stated]
    spoken = [i.id for i in reading.case.issues if all(reading.case.is_coded(m, i.id) for m in members)]
    if not spoken:
        return
    who = series(naming.all_the(reading.in_turn(members, 1)))
    whose: Part = ("The texts of ", who)
    files = len(spoken)
    heard = " on which all of them have spoken" if len(members) > 2 else " on which both have spoken"
    if not touching:
        parts: tuple[Part, ...] = (whose, " touch on none of the ", count(files, "file"), heard, ".")
    else:
        parts = (
            *(whose, " touch on "),
            *(
                _all_files(files)
                if len(touching) == files
                else (count(len(touching)), " of the ", count(files, "file"))
            ),
            heard,
            *_how_many_in_words(len(in_words), len(touching)),
            " in words all of them used" if len(members) > 2 else " in words both used",
            _how_firm(reading, in_words),
            "; the rest is our reading." if len(in_words) < len(touching) else ".",
        )
    yield sentence(
        *parts,
        because=reading.meeting_in_words(in_words),
        meaning="Touch: there is a variant that each of them demands, would accept or would discuss. "
        "In words used: each says so itself, nothing is inferred. Memory, spoken remark: what one of "
        "them says is known no better. It is the same under every list.",
    )


def _all_files(files: int) -> tuple[Part, ...]:
    if files < 3:
        return ("the only file",) if files == 1 else ("both files",)
    return ("all ", count(files, "file"))


def _how_many_in_words(in_words: int, touching: int) -> tuple[Part, ...]:
    if in_words == touching:
        return (",",)
    return (", but on only ", count(in_words)) if in_words else (", but on none",)


def _how_firm(reading: Reading, in_words: Sequence[str]) -> Part:
    """Say how many meetings in words rest on memory, and how many others on a spoken remark."""
    weak = [reading.weakness_of_meeting(issue) for issue in in_words]
    clauses: list[Part] = []
    for kind, words in ((Weakness.MEMORY, "on memory"), (Weakness.SPOKEN, "on a spoken remark")):
        number = weak.count(kind)
        if number and number == len(weak):
            clauses.append(("both " if number == 2 else "all " if number > 2 else "", f"resting {words}"))
        elif number:
            clauses.append((count(number), f" resting {words}"))
    return (" (", series(clauses), ")") if clauses else ()


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
        ": as long as this gap in procedure stays, we expect the files on which their words already meet to wait."
        if reading.common_ground
        else ": this gap in procedure comes before any file.",
        because=(*(entry.position for entry in everyone), *statements_of(everyone)),
        lists=gap.lists,
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
    """Say how many consent lists there are, which have no answer, and who is affected without signing."""
    naming = reading.naming
    if not reading.lists:
        yield sentence("Whose yes is needed is not on record, so no conclusion can be drawn for any group.")
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
    unheard = [outcome for outcome in unanswered if outcome.missing]
    if unheard:
        names = naming.all_the(dict.fromkeys(party for outcome in unheard for party in outcome.missing))
        parts += [", and ", naming.lists([o.consent_list.id for o in unheard]), " cannot be answered yet because "]
        parts += [some_of(names, 3), f" {verb(names, 'has', 'have')} said nothing on these files that we found"]
    others = [outcome.consent_list.id for outcome in unanswered if not outcome.missing]
    if others:
        parts += [
            "; ",
            naming.lists(others),
            f" {'was' if len(others) == 1 else 'were'} not computed, as Annex A explains",
        ]
    bound = sorted(reading.ledger.bound_but_absent, key=lambda entry: -len(entry[1]))
    speaking = [party for party, _ in bound if party in reading.speakers][:3]
    if speaking:
        who = naming.all_the(speaking)
        parts += ["; ", series(who), f" {verb(who, 'is', 'are')} affected by files that others would sign"]
    yield sentence(*parts, ".", meaning="List: a reading of whose yes a settlement needs; none is the default.")


def agenda_sentence(reading: Reading) -> Iterator[Sentence]:
    """Say whose texts put most files on the table, if it is more than half."""
    total = len(reading.case.issues)
    for share in reading.ledger.agenda:
        if share.authors and len(share.issues) > STRIKING_SHARE * total and reading.case.texts:
            yield sentence(
                "All files" if len(share.issues) == total else "Most files",
                " were first put on the table by ",
                series(reading.naming.all_the(share.authors)),
                ".",
                meaning="First put on the table: the earliest text with an article or item on the file.",
            )
