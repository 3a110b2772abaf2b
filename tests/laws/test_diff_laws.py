"""Laws of the difference of two cases: nothing, mirror, replay, one edit, another order, another day, a lens."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from detente.case.case import Case
from detente.case.diff import Change, How, diff, ledger_changes
from detente.case.diff.record import Record, plain, records
from detente.case.digest import case_hash
from detente.case.lens_apply import read_through
from detente.case.lens_path import Target, lens_target
from detente.case.library import library_cases
from detente.case.load import load_case
from detente.case.red_lines import standing_lines
from detente.case.references import reference_problems
from detente.core.canonical import canonical
from detente.registry.effects import settlement_changes

WORKED = load_case("drafts-and-replies-2021-22")
BASIN = load_case("river-basin")
BASIN_VALUES = json.loads(BASIN.model_dump_json(exclude_unset=True))
DAYS = st.dates(date(2019, 2, 1), date(2019, 7, 15))


def as_text(record: Record) -> tuple[str, tuple[str, ...], str]:
    """Return a record as a text that can be counted."""
    return record.kind, record.id, repr(sorted((name, plain(leaf)) for name, leaf in record.fields.items()))


def counted(case: Case) -> Counter[tuple[str, tuple[str, ...], str]]:
    return Counter(as_text(record) for record in records(case))


def mirrored(changes: tuple[Change, ...]) -> Counter[str]:
    """Return changes read the other way, as texts that can be counted."""
    turned = {How.ADDED: How.REMOVED, How.REMOVED: How.ADDED, How.CHANGED: How.CHANGED}
    return Counter(
        shown(Change(one.kind, one.id, turned[one.how], one.b, one.a, ()), [(f.field, f.b, f.a) for f in one.fields])
        for one in changes
    )


def as_told(changes: tuple[Change, ...]) -> Counter[str]:
    return Counter(shown(one, [(f.field, f.a, f.b) for f in one.fields]) for one in changes)


def shown(change: Change, fields: list[tuple[str, Any, Any]]) -> str:
    sides = [
        None if side is None else {name: plain(leaf) for name, leaf in side.items()} for side in (change.a, change.b)
    ]
    return json.dumps(
        [change.kind, change.id, change.how, sides, [(name, plain(a), plain(b)) for name, a, b in fields]],
        sort_keys=True,
    )


def assert_mirrored(one: Case, other: Case) -> None:
    there, back = diff(one, other), diff(other, one)
    assert mirrored(there.data) == as_told(back.data)
    assert mirrored(there.standing_lines) == as_told(back.standing_lines)
    assert [(entry.kind, entry.holder, entry.b, entry.a) for entry in there.order] == [
        (entry.kind, entry.holder, entry.a, entry.b) for entry in back.order
    ]


def assert_replayed(one: Case, other: Case) -> None:
    """What the difference tells, done to the records of A, gives those of B: nothing is left out."""
    found = counted(one)
    for change in diff(one, other).data:
        if change.a is not None:
            found[as_text(Record(change.kind, change.id, change.a))] -= 1
        if change.b is not None:
            found[as_text(Record(change.kind, change.id, change.b))] += 1
    assert +found == counted(other)
    assert all(number >= 0 for number in found.values())


# --- Nothing, the mirror, the replay


@pytest.mark.parametrize("name", library_cases())
def test_a_case_does_not_differ_from_itself(name: str) -> None:
    case, again = load_case(name), load_case(name)
    assert diff(case, again).is_empty
    assert ledger_changes(case, again) == ()
    assert settlement_changes(case, again) == ()


@pytest.mark.parametrize("pair", [("river-basin", "two-rivals"), ("river-basin", WORKED.id)])
def test_two_disputes_are_mirrored_and_replayed(pair: tuple[str, str]) -> None:
    one, other = map(load_case, pair)
    assert_mirrored(one, other)
    assert_replayed(one, other)


@given(DAYS, DAYS)
@settings(max_examples=10)
def test_two_days_are_mirrored_and_replayed(one: date, other: date) -> None:
    assert_mirrored(BASIN.at(one), BASIN.at(other))
    assert_replayed(BASIN.at(one), BASIN.at(other))


# --- One edit


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of each single value in plain values."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from leaves(item, (*path, place))
    else:
        yield path


LEAVES = [path for path in leaves(BASIN_VALUES) if path[0] not in {"record", "schema_version"}]


def edits(old: Any) -> list[Any]:
    """Return other values that might stand in place of one."""
    if isinstance(old, bool):
        return [not old]
    if isinstance(old, (int, float)):
        return [old + 0.015625, old - 0.015625, old + 1]
    words = ["rules_out", "would_discuss", "excerpt_of_primary", "commentary", "accuse", "reported_event", "inferred"]
    words += ["state", "group", "2019-04-02", "A", "TAR", "OST", "o1", "o2", "add", "scale", "too_little", "restricted"]
    return [f"{old} and more", *(word for word in words if word != old)]


def edited(path: tuple[str | int, ...], value: Any) -> Case | None:
    """Return the river's case with one value replaced, or None if that is no case."""
    values = json.loads(json.dumps(BASIN_VALUES))
    here = values
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    try:
        case = Case.model_validate(values)
    except ValidationError:
        return None
    return None if reference_problems(case) else case


def value_at(path: tuple[str | int, ...]) -> Any:
    here: Any = BASIN_VALUES
    for step in path:
        here = here[step]
    return here


@given(st.sampled_from(LEAVES), st.integers(0, 30))
@settings(max_examples=100)
def test_one_edit_is_told_as_that_edit(path: tuple[str | int, ...], which: int) -> None:
    """One value replaced is one field of one record; where the value names records, those are removed and added."""
    old = value_at(path)
    candidates = edits(old)
    new = candidates[which % len(candidates)]
    case = edited(path, new)
    assume(case is not None)
    assert case is not None
    assert_one_edit(path, old, new, case)


@pytest.mark.parametrize(
    ("path", "new"),
    [
        (("title",), "Another title"),
        (("cut_off",), "2019-06-29"),
        (("consent_lists", 0, "name"), "two of them"),
        (("issues", 0, "options", 1, "text"), "something else"),
        (("preferences", 0, "weights", "R1_border_flow", "high"), 0.9),
        (("preferences", 0, "red_lines", 0, "never"), "R1_border_flow in [o2]"),
        (("lenses", 0, "pairs", 0, "overrides", 0, "value", "mode"), 2.25),
        (("statements", 0, "grade"), "commentary"),
        (("events", 0, "says"), "Something happened."),
        (("terms", 0, "prints"), "water"),
        (("calendar", 0, "what"), "another meeting"),
    ],
)
def test_an_edit_of_each_kind_is_told_as_that_edit(path: tuple[str | int, ...], new: Any) -> None:
    case = edited(path, new)
    assert case is not None
    assert_one_edit(path, value_at(path), new, case)


def assert_one_edit(path: tuple[str | int, ...], old: Any, new: Any, case: Case) -> None:
    found = diff(BASIN, case)
    assert case_hash(case) != case_hash(BASIN)
    told = Counter(change.how for change in found.data)
    if told[How.ADDED] or told[How.REMOVED]:  # a value that names records
        assert told[How.ADDED] == told[How.REMOVED]
        assert all(change.kind == "overrides" for change in found.data if change.how is How.CHANGED)
        return
    [change] = found.data
    [field] = change.fields
    assert field.field.split(".")[0] in (*path, "name" if path[0] == "actors" else "")
    if field.is_set:
        assert len(field.only_a) <= 1
        assert len(field.only_b) <= 1
        assert field.only_a or field.only_b
        told_old, told_new = " ".join(field.a or ()), " ".join(field.b or ())  # type: ignore[arg-type]
    else:
        told_old, told_new = (json.dumps(plain(leaf), ensure_ascii=False) for leaf in (field.a, field.b))
    assert json.dumps(canonical(old), ensure_ascii=False).strip('"') in told_old
    assert json.dumps(canonical(new), ensure_ascii=False).strip('"') in told_new


@pytest.mark.parametrize(
    "kind", ["statements", "events", "sources", "calendar", "terms", "answers", "lenses", "forums"]
)
def test_a_record_taken_away_is_told_as_that_record(kind: str) -> None:
    for place, item in enumerate(getattr(BASIN, kind)):
        left = getattr(BASIN, kind)
        fewer = BASIN.model_copy(update={kind: left[:place] + left[place + 1 :]})
        gone = [change for change in diff(BASIN, fewer).data if change.kind == kind]
        assert [change.how for change in gone] == [How.REMOVED]
        assert getattr(item, "id", gone[0].id[0]) == gone[0].id[0]
        assert {change.how for change in diff(fewer, BASIN).data} == {How.ADDED}


# --- Another order


@given(st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_another_order_is_no_other_data(random: Any) -> None:
    """Shuffling every list of records, and every list in which order says nothing, changes no data and no finding."""
    values = json.loads(json.dumps(BASIN_VALUES))

    def shuffle(value: Any, name: str = "") -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                shuffle(item, key)
        elif isinstance(value, list):
            for item in value:
                shuffle(item)
            if name not in {"because", "chain", "order_of_harm", "sides", *value_series}:
                random.shuffle(value)

    value_series = {option.id for issue in BASIN.issues for option in issue.options}  # revisions, oldest first
    shuffle(values)
    case = Case.model_validate(values)
    found = diff(BASIN, case)
    assert found.data == ()
    assert found.standing_lines == ()
    assert ledger_changes(BASIN, case) == ()
    assert settlement_changes(BASIN, case) == ()
    was = [issue.id for issue in BASIN.issues]
    now = [issue.id for issue in case.issues]
    assert [entry for entry in found.order if entry.kind == "issues"] == [
        entry for entry in found.order if entry.kind == "issues" and (list(entry.a), list(entry.b)) == (was, now)
    ]
    assert any(entry.kind == "issues" for entry in found.order) is (was != now)
    turned = {entry.holder[0] for entry in found.order if entry.kind == "options"}
    assert turned == {
        issue.id
        for issue in BASIN.issues
        if [o.id for o in issue.options] != [o.id for o in case.issue[issue.id].options]
    }


# --- Another day


@pytest.mark.parametrize("case", [BASIN, WORKED], ids=lambda case: case.id)
def test_between_two_days_lies_what_became_public(case: Case) -> None:
    assert case.cut_off is not None
    since = {one.public_since for kind in ("statements", "events", "texts") for one in getattr(case, kind)}
    days = sorted(day for day in since if day <= case.cut_off)
    first, last = days[len(days) // 3], days[2 * len(days) // 3]
    found = diff(case.at(first), case.at(last)).data
    for kind in ("statements", "events", "texts", "lenses"):
        came = {one.id for one in getattr(case, kind) if first < one.public_since <= last}
        told = [change.id[0] for change in found if change.kind == kind and change.how is How.ADDED]
        assert sorted(told) == sorted(came)
    positions = {one.id for one in case.positions if first < case.day_of(one) <= last}
    assert {change.id[0] for change in found if change.kind == "positions" and change.how is How.ADDED} == positions
    calendar = Counter(one.on.isoformat() for one in case.calendar if first < one.public_since <= last)
    assert calendar == Counter(c.id[0] for c in found if c.kind == "calendar" and c.how is How.ADDED)
    gone = {change.kind for change in found if change.how is How.REMOVED}
    assert gone == set()


@given(DAYS, st.integers(0, 60))
@settings(max_examples=20)
def test_a_later_day_takes_no_record_away(day: date, more: int) -> None:
    """Numbers may be revised and grounds be added, but nothing that was public ceases to be."""
    for change in diff(BASIN.at(day), BASIN.at(day + timedelta(days=more))).data:
        assert change.how is not How.REMOVED


# --- A lens


def expected(case: Case, lens: str) -> Counter[tuple[str, ...]]:
    """Return the estimates that a lens's overrides name, as far as the case has them; a belief moves the others too."""
    lensed = read_through(case, lens)
    found: set[tuple[str, ...]] = set()
    times: Counter[tuple[str, ...]] = Counter()  # revisions of a value are estimates of one name
    for override in (one.override for one in lensed.applied):
        target = lens_target(case, override.path)
        assert target is not None
        own = ("preferences", override.party)
        match target.kind:
            case Target.WEIGHT:
                found.add((*own, "weights", *target.ids))
            case Target.VALUE:
                issue, option = target.ids
                times[*own, "values", issue, option] = len(case.preference[override.party].values[issue][option])
            case Target.RED_LINE:
                lines = standing_lines(case, override.party)
                own_lines = {line.id for line in case.preference[override.party].red_lines}
                found |= {
                    (*own, "red_lines", line.id, "p_binding")
                    for line in lines
                    if (line.issue, line.option) == target.ids and line.id in own_lines
                }
            case Target.RESERVATION:
                found.add((*own, "reservation"))
            case Target.PAYOFF:
                found.add(("no_agreement", "outlooks", override.party, "payoffs", target.ids[0]))
            case Target.BELIEF:
                found |= {
                    ("no_agreement", "outlooks", override.party, "beliefs", one.id)
                    for one in case.no_agreement.scenarios
                }
            case Target.TRUST:
                other = target.ids[1] if override.party == target.ids[0] else target.ids[0]
                found.add(("dyads", override.party, other, "value"))
    return Counter(found) + times


@pytest.mark.parametrize(
    ("case", "lens"),
    [(case, lens.id) for case in map(load_case, library_cases()) for lens in case.lenses],
    ids=lambda one: one if isinstance(one, str) else one.id,
)
def test_each_estimate_that_a_lens_changes_is_told_once(case: Case, lens: str) -> None:
    found = diff(case, read_through(case, lens).case).data
    told = Counter(change.id for change in found if change.kind == "estimates")
    assert told == expected(case, lens)
    assert bool(told) is read_through(case, lens).has_effect
    assert {change.kind for change in found} <= {"estimates", "dyads"}
