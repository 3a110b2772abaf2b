"""Which pairs are found depends on no order of a file and on no name, also where only some of them are tried."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from detente.case.case import Case
from detente.compile.compiled import Missing
from detente.compile.settlement import Weights, compile_settlement
from detente.uncertainty.analysis import Analysis
from detente.uncertainty.pairs import pairs_that_turn
from tests.agreement.test_breakpoints_brute_force import DrawWithOutlook
from tests.agreement.test_case_brute_force import Draw
from tests.agreement.test_pairs_by_recompiling import DrawWithBoth
from tests.brief.briefs import WORKED, case_named

Raw = dict[str, Any]
Half = tuple[Any, ...]
Found = list[tuple[Any, set[frozenset[Half]], bool]]


def found(case: Case, members: list[str], *, mirrored: bool = False, **limits: int) -> Found:
    """Return the pairs of each conclusion about a zone, labels as in the first case, and whether some were left out."""
    compiled = compile_settlement(case, members)
    if isinstance(compiled, Missing):
        return []
    analysis = Analysis(case, compiled, Weights.ANALYST)
    entries: Found = []
    for conclusion in analysis.conclusions():
        if conclusion.completion is None:
            continue
        pairs, notes = pairs_that_turn(analysis, conclusion, analysis.holds(conclusion), **limits)
        pairs = mirror(pairs) if mirrored else pairs
        sides = {
            frozenset(
                (half["kind"], half["party"], label(half), half.get("to"), half["flips"], pair["of"])
                for half in (pair["first"], pair["second"])
            )
            for pair in pairs
        }
        entries.append(
            ((conclusion, sorted(str(pair["fraction"]) for pair in pairs)), sides, bool(notes) and bool(pairs))
        )
    return entries


def label(half: Raw) -> str:
    """Return what a half is about; joint values on one condition are counted in the order of the file."""
    return str(half.get("when") or half["path"] or half["line"])


def mirror(value: Any) -> Any:
    """Return a JSON value with the numbers of the ids of parties, issues and options turned round."""
    return json.loads(re.sub(r"\b([pio])(\d)\b", lambda m: f"{m[1]}{9 - int(m[2])}", json.dumps(value)))


def turned(raw: Raw) -> Raw:
    """Return a drawn case with its parties, issues, options and scenarios in reverse, and other ids."""
    raw = {**raw, "issues": [{**issue, "options": issue["options"][::-1]} for issue in raw["issues"]]}
    for key in ("parties", "issues", "preferences", "links"):
        raw[key] = raw[key][::-1]
    for entry in raw["preferences"]:
        for field in ("weights", "values"):
            entry[field] = dict(reversed(entry[field].items()))
        entry["values"] = {issue: dict(reversed(values.items())) for issue, values in entry["values"].items()}
        entry["red_lines"] = entry["red_lines"][::-1]
        entry["interactions"] = entry["interactions"][::-1]
    outlooks = raw["no_agreement"]["outlooks"][::-1]
    for outlook in outlooks:
        for field in ("beliefs", "payoffs"):
            outlook[field] = dict(reversed(outlook[field].items()))
    raw["no_agreement"] = {"scenarios": raw["no_agreement"]["scenarios"][::-1], "outlooks": outlooks}
    return dict(mirror(raw))


@pytest.mark.parametrize("draw", [DrawWithOutlook, DrawWithBoth])
@pytest.mark.parametrize("limits", [{}, {"listed": 0, "tries": 4, "most": 1000}], ids=["decided", "cut"])
def test_other_orders_and_names_give_the_same_pairs_of_drawn_cases(limits: dict[str, int], draw: type[Draw]) -> None:
    pairs, numbers, joint, cuts = 0, 0, 0, 0
    for seed in range(3000, 3050):
        raw = draw(seed).case()
        case, other = Case.model_validate(raw), Case.model_validate(turned(raw))
        members = [party.id for party in case.parties]
        plain = found(case, members, **limits)
        assert plain == found(other, [party.id for party in other.parties], mirrored=True, **limits), seed
        pairs += sum(len(sides) for _, sides, _ in plain)
        numbers += sum(all(half[0] != "line" for half in side) for _, sides, _ in plain for side in sides)
        joint += sum(any(half[0] == "joint_value" for half in side) for _, sides, _ in plain for side in sides)
        cuts += sum(is_cut for _, _, is_cut in plain)
    assert pairs > 100
    assert (cuts > 0) is ("tries" in limits)
    assert numbers > 20
    assert joint > (20 if draw is DrawWithBoth else 0)


@pytest.mark.parametrize("limits", [{}, {"listed": 0, "tries": 20}], ids=["decided", "cut"])
def test_other_orders_give_the_same_pairs_of_a_list_of_the_worked_example(limits: dict[str, int]) -> None:
    case = case_named(WORKED)
    data = case.model_dump(mode="json", by_alias=True, exclude_unset=True)
    data["issues"] = [{**issue, "options": issue["options"][::-1]} for issue in data["issues"][::-1]]
    data["preferences"].reverse()
    data["parties"].reverse()
    members = list(case.consent_list["cl_A3"].parties)
    plain = found(case, members, **limits)
    assert any(sides for _, sides, _ in plain)
    assert plain == found(Case.model_validate(data), members[::-1], **limits)
