"""What one would have to believe to conclude otherwise, from the breakpoints: refusals side by side, then numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente.wording.judgements import Entry, kind_words
from detente.wording.reading import Reading
from detente.wording.sentence import Part, Sentence, sentence, series

Slot = tuple[str, str]


def believed_sentences(reading: Reading) -> Iterator[Sentence]:
    """Yield what one would have to believe for each conclusion to turn, lists that agree together."""
    yield from _if_stated(reading)
    yield from _if_none_binds(reading)
    yield from _numbers(reading)


def told_slots(reading: Reading) -> frozenset[Slot]:
    """Return the variants of which it is told what follows if their inferred refusals were stated."""
    found = (reading.conclusion(entry.id, "stated", None) for entry in reading.lists)
    turned = (single for one in found if one is not None and one["now"] for single in one["singles"])
    return frozenset((single["issue"], single["option"]) for single in turned if single["option"] is not None)


def told_lists(reading: Reading) -> frozenset[str]:
    """Return the lists for which the refusals that close a file are told side by side."""
    return frozenset(entry.id for entry in reading.lists if _closed_file(reading, entry.id) is not None)


def _if_stated(reading: Reading) -> Iterator[Sentence]:
    """Say which inferred refusals, were they stated, would leave nothing."""
    naming = reading.naming
    slots: dict[Slot, dict[str, None]] = {}
    lists: dict[str, None] = {}
    because: list[str] = []
    for entry in reading.lists:
        found = reading.conclusion(entry.id, "stated", None)
        if found is None or not found["now"]:
            continue
        for single in found["singles"]:
            if single["option"] is not None:
                slots.setdefault((single["issue"], single["option"]), {})[single["party"]] = None
                lists[entry.id] = None
                because += single["statements"]
    if slots:
        clauses = [
            (naming.option(*slot), " on ", naming.file(slot[0]), " (", _who(reading, parties, "or"), ")")
            for slot, parties in slots.items()
        ]
        yield sentence(
            *("Under ", naming.lists(list(lists)), " stated refusals leave some package. This changes if somebody "),
            *("states one of these refusals, which we only infer so far: of ", series(clauses, "or of"), "."),
            because=because,
            lists=lists,
        )


def _who(reading: Reading, parties: Iterable[str], last: str) -> Part:
    return series(reading.naming.all_the(reading.in_turn(tuple(parties), 1)), last)


def _closed_file(reading: Reading, consent_list: str) -> tuple[str, bool] | None:
    """Return the one file whose refusals leave nothing under a list, and whether inferred ones are needed for that."""
    report = reading.reports.get(consent_list, {})
    if not (report.get("lines") and consent_list in reading.breakpoints):
        return None
    lines = {line["id"]: line for line in report["lines"]}
    for key, part in (("stated", report), ("stated_and_inferred", report.get("with_inferred"))):
        found = reading.conclusion(consent_list, key, None)
        if found is None or found["now"] or not part:
            continue
        conflicts = part["red_line_conflicts"]
        named = [lines[line] for conflict in conflicts for line in conflict["lines"]]
        files = {line["issue"] if line["option"] is not None else None for line in named}
        alone = not any(conflict["reservations"] for conflict in conflicts)
        (file,) = files if len(files) == 1 else (None,)
        return (str(file), key != "stated") if file is not None and alone else None
    return None


def _if_none_binds(reading: Reading) -> Iterator[Sentence]:
    """Say, per file that refusals close, who refuses which variant: all of them side by side, nobody to move."""
    naming = reading.naming
    by_file: dict[tuple[str, bool], list[str]] = {}
    for entry in reading.lists:
        closed = _closed_file(reading, entry.id)
        if closed is not None:
            by_file.setdefault(closed, []).append(entry.id)
    for (file, inferred), lists in by_file.items():
        lines = [
            line
            for one in lists
            for line in reading.reports[one]["lines"]
            if line["issue"] == file and line["option"] is not None and (inferred or line["basis"] == "stated")
        ]
        who = dict.fromkeys(reading.case.stand_in(line["party"]) for line in lines)
        yield sentence(
            *("Under ", naming.lists(lists), " no package is left, as "),
            "stated and inferred refusals together" if inferred else "stated refusals",
            *(" leave no variant of ", naming.file(file), ". This changes if for one variant no refusal binds, "),
            *("whether of ", _who(reading, who, "or"), "."),
            because=[statement for line in lines for statement in line["statements"]],
            lists=lists,
        )


_THOUGHT = {
    True: "some package that stated refusals leave is as good as no deal for all, by the judged numbers. ",
    False: "no package that stated refusals leave is sure to be as good as no deal for all, by the judged numbers. ",
}


def _numbers(reading: Reading) -> Iterator[Sentence]:
    """Say whether one number turns that a package is certain to be as good as no deal, and where it would have to lie.

    Only kinds of numbers are named and whose they are, the nearest of each party side by side.
    """
    for now, thought in _THOUGHT.items():
        groups: dict[str, dict[str, Sequence[Entry]]] = {"inside": {}, "outside": {}, "beyond": {}}
        for entry in reading.lists:
            found = reading.conclusion(entry.id, "stated", "certain")
            if found is None or found["now"] is not now:
                continue
            numbers = [single for single in found["singles"] if single["kind"] != "line"]
            within = [single for single in numbers if single["within_range"]]
            if within:
                groups["inside"][entry.id] = within
            elif any(not single["beyond_scale"] for single in numbers):
                groups["outside"][entry.id] = [single for single in numbers if not single["beyond_scale"]]
            elif numbers:
                groups["beyond"][entry.id] = []
        for where, turning in groups.items():
            if turning:
                yield sentence(
                    *("Under ", reading.naming.lists(list(turning)), " ", thought, *_changes(reading, where, turning)),
                    because=[
                        statement
                        for found in turning.values()
                        for single in found
                        for statement in single["statements"]
                    ],
                    lists=turning,
                )


def _changes(reading: Reading, where: str, turning: Mapping[str, Sequence[Entry]]) -> tuple[Part, ...]:
    if where == "inside":
        nearest = _nearest_of_each(reading, turning.values())
        return ("This changes if one number lies elsewhere in its judged range, such as ", *nearest, " (Annex A).")
    if where == "outside":
        return ("This changes by a single number only if that number lies outside its judged range (Annex A).",)
    return ("No single number changes this, wherever it lies on its scale (Annex A).",)


def _nearest_of_each(reading: Reading, groups: Iterable[Sequence[Entry]]) -> tuple[Part, ...]:
    """Return, for each party in turn, the kind of the number that moves least."""
    nearest: dict[str, Entry] = {}
    for one in (entry for group in groups for entry in group):
        if one["party"] not in nearest or float(one["move"]) < float(nearest[one["party"]]["move"]):
            nearest[one["party"]] = one
    order = [party.id for party in reading.case.parties if party.id in nearest]
    return series([kind_words(reading.naming, nearest[party]) for party in reading.in_turn(order, 1)], "or")
