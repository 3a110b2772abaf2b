"""From events of a case to acts: who counts, which days, what is left out and why."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.references import reference_problems
from detente.compile.record import Every, Left, Model, NoRecord, Step, compile_record, step_of
from detente.core.errors import CaseError
from tests.case import builders

DAY = "2022-01-10"


def event(name: str, actors: list[str], targets: list[str], *, cameo: str = "111", **more: Any) -> dict[str, Any]:
    base = {"id": name, "happened": DAY, "public_since": DAY, "actors": actors, "targets": targets, "says": name}
    return {**base, "code": {"cameo": cameo, "goldstein": -2}, "grade": "memory", **more}


def compiled(*events: dict[str, Any], by: Every = Every.WEEK, since: datetime.date | None = None, **more: Any) -> Model:
    case = Case.model_validate({**builders.SMALL, **more, "events": list(events)})
    found = compile_record(case, by=by, since=since)
    assert not isinstance(found, NoRecord)
    return found


def pairs(model: Model) -> list[tuple[str, str]]:
    names = model.trace.parties
    acts = model.model.acts
    return [(names[a], names[b]) for a, b in zip(acts.actor, acts.target, strict=True)]


def test_an_act_counts_for_exactly_the_parties_named() -> None:
    model = compiled(event("e1", ["A"], ["B"]), event("e2", ["AB"], ["C"]), actors={"C": "the neighbour"})
    assert pairs(model) == [("A", "B"), ("AB", "C")]
    assert "their alliance or their members" in model.assumed[0]


def test_an_act_of_two_towards_two_is_one_act_in_each_pair_and_none_towards_oneself() -> None:
    model = compiled(event("e1", ["A", "B"], ["A", "B"]))
    assert sorted(pairs(model)) == [("A", "B"), ("B", "A")]


def test_what_is_left_out_is_listed_with_its_reason() -> None:
    coded = {"cameo": "111"}
    model = compiled(
        event("disputed", ["A"], ["B"], disputed=True),
        event("uncoded", ["A"], ["B"], code=coded),
        event("alone", ["A"], []),
        event("self", ["A"], ["A"]),
        event("old", ["A"], ["B"], happened="2021-12-31", public_since="2021-12-31"),
        event("ahead", ["A"], ["B"], happened="2022-04", public_since="2022-04-05"),
        event("kept", ["A"], ["B"]),
    )
    assert model.trace.left_out == {
        Left.DISPUTED: ("disputed",),
        Left.NOT_CODED: ("uncoded",),
        Left.ONE_SIDED: ("alone", "self"),
        Left.BEFORE: ("old",),
        Left.AHEAD: ("ahead",),
    }
    assert [model.trace.events[row].id for row in model.model.acts.row] == ["kept"]


def test_a_month_that_was_public_before_its_end_had_happened_by_then() -> None:
    model = compiled(event("e1", ["A"], ["B"], happened="2022-01", public_since="2022-01-20"))
    first, last = (
        datetime.date.fromordinal(int(column[0])) for column in (model.model.acts.first, model.model.acts.last)
    )
    assert (first, last) == (datetime.date(2022, 1, 1), datetime.date(2022, 1, 20))


@pytest.mark.parametrize(
    ("by", "count", "second"),
    [(Every.DAY, 90, "2022-01-02"), (Every.WEEK, 14, "2022-01-03"), (Every.MONTH, 3, "2022-02-01")],
)
def test_periods_cover_the_days_of_the_case(by: Every, count: int, second: str) -> None:
    periods = compiled(event("e1", ["A"], ["B"]), by=by).trace.periods
    assert len(periods) == count  # 1 January 2022 was a Saturday, 31 March a Thursday
    assert periods[0][0] == datetime.date(2022, 1, 1)
    assert periods[1][0].isoformat() == second
    assert periods[-1][1] == datetime.date(2022, 3, 31)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("150", Step.SHOWN),
        ("152", Step.ALERT),
        ("154", Step.MORE),
        ("0874", Step.FEWER),
        ("1385", Step.THREAT),
        ("195", Step.USED),
    ],
)
def test_steps_go_by_the_code_and_need_no_target(code: str, kind: Step) -> None:
    model = compiled(event("e1", ["A"], [], cameo=code))
    assert step_of(model.trace.events[0]) is kind
    assert model.model.moves.kind.tolist() == [list(Step).index(kind)]
    assert compiled(event("e1", ["A"], [], cameo=code, disputed=True)).model.moves.kind.tolist() == []


def test_other_codes_are_no_steps() -> None:
    model = compiled(event("e1", ["A"], ["B"], cameo="0871"))
    assert model.model.moves.kind.tolist() == []


def test_a_day_after_the_last_is_refused_and_an_empty_period_is_said() -> None:
    with pytest.raises(CaseError, match=r"--since: nothing is covered from that day on, got \"2023-01-01\""):
        compiled(event("e1", ["A"], ["B"]), since=datetime.date(2023, 1, 1))
    case = Case.model_validate(
        {**builders.SMALL, "events": [event("e1", ["A"], ["B"], happened="2021", public_since="2021-12-01")]}
    )
    found = compile_record(case.at(datetime.date(2021, 12, 30)))
    assert isinstance(found, NoRecord)
    assert "`period`" in found.reason


def test_a_claim_may_only_name_who_is_known() -> None:
    bad = event("e1", [], ["B"], disputed=True, claims=[{"who": "B", "says": "A", "public_since": DAY, "names": ["X"]}])
    case = Case.model_validate({**builders.SMALL, "events": [bad]})
    (found,) = [one for one in reference_problems(case) if one.path[-1] == 0 and "names" in one.path]
    assert found.got == "X"
