"""Breakpoints against cases in which the judgement is really changed, compiled anew and enumerated.

Nothing of the closed forms is used here: a number is set in the case, a line is taken out of it or called stated, the
settlement model is compiled from that case, and its packages are listed one by one.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pytest

from detente.case.case import Case
from detente.case.change import changed
from detente.case.position import Basis
from detente.case.preference import RedLine
from detente.case.red_lines import falls_with, standing_lines
from detente.compile.compiled import Missing
from detente.compile.settlement import Weights, compile_settlement
from detente.compile.utilities import exact
from detente.engines.settlement import Completion, count_keeping, utilities
from detente.engines.settlement.feasibility import demands
from detente.uncertainty.analysis import Analysis
from detente.uncertainty.breakpoints import breakpoint_report
from detente.uncertainty.judgements import Judged, Judgement, judgements_of, moved, with_preference
from tests.agreement.test_case_brute_force import Draw
from tests.brief.briefs import RIVER, WORKED, case_named

SEEDS = range(60)
STEP = 4e-6
"""Twice the rounding of a printed threshold, and far above the float error of a belief that is rescaled."""

Raw = dict[str, Any]


class DrawWithOutlook(Draw):
    """A drawn case in which some parties expect scenarios instead of having a reservation."""

    def case(self) -> Raw:
        raw = super().case()
        shares = [[1.0, 0.0], [0.5, 0.5], [0.25, 0.75]]
        outlooks = []
        for given in raw["preferences"]:
            if "reservation" not in given or self.random.random() < 0.5:
                given.pop("reservation", None)
                beliefs = self.random.choice(shares)
                outlooks.append(
                    {
                        "party": given["party"],
                        "beliefs": dict(zip(("war", "drift"), beliefs, strict=True)),
                        "payoffs": {"war": self.number(), "drift": self.number()},
                    }
                )
        scenarios = [{"id": "war", "text": "war"}, {"id": "drift", "text": "drift"}]
        return {**raw, "no_agreement": {"scenarios": scenarios, "outlooks": outlooks}}


def is_true(case: Case, members: list[str], conclusion: Raw, weights: Weights = Weights.ANALYST) -> bool:
    """Return whether a conclusion holds in a case, by listing its packages."""
    compiled = compile_settlement(case, members, weights=weights)
    assert not isinstance(compiled, Missing)
    model = compiled.model
    every = conclusion["lines"] == "stated_and_inferred"
    rules = [*model.links, *(line.rule for line in model.lines if every or line.stated)]
    completion = Completion.BEST if conclusion["reading"] == "possible" else Completion.WORST
    for package in itertools.product(*(range(size) for size in model.sizes)):
        if all(rule.keeps(package) for rule in rules):
            worth = utilities(model, package, completion)
            if conclusion["what"] == "package" or all(u >= d for u, d in zip(worth, model.reservation, strict=True)):
                return True
    return False


Numbers = dict[tuple[str, str], Judgement]


def named(case: Case, members: list[str]) -> Numbers:
    """Return every number by its party and path."""
    return {(one.party, one.path): one for one in all_numbers(case, members)}


def all_numbers(case: Case, members: list[str]) -> Iterator[Judgement]:
    """Yield every number of every speaker, unknown options at their worst."""
    compiled = compile_settlement(case, members)
    assert not isinstance(compiled, Missing)
    analysis = Analysis(case, compiled, Weights.ANALYST)
    for speaker in analysis.speakers:
        numbers = analysis.numbers_of(speaker, Completion.WORST)
        yield from judgements_of(case, speaker, compiled.trace, Weights.ANALYST, numbers)


def check_numbers(
    case: Case, numbers: Numbers, entry: Raw, truth: Callable[[Case], bool], *, most: int | None = None
) -> int:
    """Change each number that is listed to just beyond and just before its threshold, and see the conclusion turn."""
    listed = [single for single in entry["singles"] if single["kind"] != "line"][:most]
    for single in listed:
        judgement = numbers[single["party"], single["path"]]
        way = 1 if single["flips"] == "above" else -1
        beyond, at = single["threshold"], Fraction(single["exact"])
        assert truth(moved(case, judgement, beyond)) is not entry["now"], single
        if judgement.is_unknown and at in {judgement.low, judgement.high}:
            continue  # it turns as soon as the option is coded at all, its issue then being rescaled
        before = float(at) - way * STEP if abs(at - judgement.now) > STEP else float(judgement.now)
        assert truth(moved(case, judgement, before)) is entry["now"], single
    return len(listed)


def check_lines(case: Case, members: list[str], entry: Raw, truth: Callable[[Case], bool]) -> int:
    """Take each line out of the case, or call it stated, and see that those turn the conclusion which are listed."""
    listed = {(single["party"], single["line"]) for single in entry["singles"] if single["kind"] == "line"}
    found = set()
    for speaker in dict.fromkeys(map(case.stand_in, members)):
        preference = case.preference[speaker]
        for line in standing_lines(case, speaker):
            fallen = () if entry["now"] else falls_with(case, speaker, line)
            own = [one for one in preference.red_lines if one.id not in {line.id, *fallen}]
            if entry["now"]:
                if entry["conclusion"]["lines"] == "stated" and line.basis is not Basis.STATED and not line.relaxed:
                    stated = RedLine(id=line.id, never=line.condition, sense=line.sense, basis=Basis.STATED)
                    own.append(stated)
                else:
                    continue
            elif line.implied_by or line.relaxed:
                continue
            other = with_preference(case, changed(preference, red_lines=tuple(own)), speaker)
            if truth(other) is not entry["now"]:
                found.add((speaker, line.id))
    assert found == listed
    return len(listed)


@pytest.mark.parametrize("seed", SEEDS)
def test_single_breakpoints_of_a_drawn_case(seed: int) -> None:
    case = Case.model_validate((DrawWithOutlook if seed % 2 else Draw)(seed).case())
    weights = Weights.EQUAL if seed % 5 == 0 else Weights.ANALYST
    part = breakpoint_report(case, weights=weights)["by_consent"]["all"]
    members = [party.id for party in case.parties]
    if "not_computed" in part:
        assert isinstance(compile_settlement(case, members), Missing)
        return
    numbers = named(case, members)
    for entry in part["conclusions"]:
        conclusion = entry["conclusion"]

        def truth(other: Case, conclusion: Raw = conclusion) -> bool:
            return is_true(other, members, conclusion, weights)

        assert entry["now"] is truth(case)
        check_numbers(case, numbers, entry, truth)
        check_lines(case, members, entry, truth)


def on_a_grid(judgement: Judgement) -> list[float]:
    """Return values all over where a number may lie."""
    if judgement.kind is Judged.WEIGHT:
        return [0.0, 0.1, 0.3, 0.7, 1.0, 1.5, 2.5, 4.0, 9.0, 60.0]
    low, high = float(max(judgement.low, -30)), float(min(judgement.high, 30))
    return [low + (high - low) * k / 12 for k in range(13)]


def is_knife_edge(case: Case, judgement: Judgement) -> bool:
    """Return whether all options of a rescaled issue are worth the same: there alone a conclusion may differ."""
    if judgement.kind is not Judged.VALUE or case.scale is not None:
        return False
    values = case.preference[judgement.party].values[str(judgement.issue)]
    return len({exact(series[-1].mode) for series in values.values()}) == 1


@pytest.mark.parametrize("seed", range(1000, 1020))
def test_no_other_number_turns_a_conclusion_of_a_drawn_case(seed: int) -> None:
    case = Case.model_validate((DrawWithOutlook if seed % 2 else Draw)(seed).case())
    part = breakpoint_report(case)["by_consent"]["all"]
    members = [party.id for party in case.parties]
    numbers = named(case, members) if "conclusions" in part else {}
    for entry in part.get("conclusions", []):
        if entry["conclusion"]["what"] == "package":
            assert all(single["kind"] == "line" for single in entry["singles"])
            continue
        listed = [single for single in entry["singles"] if single["kind"] != "line"]
        flips = {(s["party"], s["path"], s["flips"]): Fraction(s["exact"]) for s in listed}
        best = entry["conclusion"]["reading"] == "possible"
        for judgement in numbers.values():
            start = judgement.now if not (best and judgement.is_unknown) else judgement.high
            for value in on_a_grid(judgement):
                other = moved(case, judgement, value)
                if is_knife_edge(other, judgement) or exact(value) == start:
                    continue
                way = "above" if exact(value) > start else "below"
                threshold = flips.get((judgement.party, judgement.path, way))
                if is_true(other, members, entry["conclusion"]) is not entry["now"]:
                    assert threshold is not None
                    assert (exact(value) >= threshold) if way == "above" else (exact(value) <= threshold)


@pytest.mark.parametrize("name", ["two-rivals", RIVER])
def test_every_breakpoint_of_a_small_bundled_case(name: str) -> None:
    case = case_named(name)
    checked = 0
    for list_id, part in breakpoint_report(case)["by_consent"].items():
        members = list(case.consent_list[list_id].parties)
        numbers = named(case, members) if "conclusions" in part else {}
        for entry in part.get("conclusions", []):

            def truth(other: Case, conclusion: Raw = entry["conclusion"], members: list[str] = members) -> bool:
                return is_true(other, members, conclusion)

            assert entry["now"] is truth(case)
            checked += check_numbers(case, numbers, entry, truth)
            checked += check_lines(case, members, entry, truth)
    assert checked > 5


def test_every_breakpoint_of_the_worked_example() -> None:
    """Its packages are too many to list, so existence is asked of the engine, on the case that was changed."""
    case = case_named(WORKED)
    checked = 0
    for list_id, part in breakpoint_report(case)["by_consent"].items():
        members = list(case.consent_list[list_id].parties)
        numbers = named(case, members) if "conclusions" in part else {}
        for entry in part.get("conclusions", []):

            def truth(other: Case, conclusion: Raw = entry["conclusion"], members: list[str] = members) -> bool:
                return exists(other, members, conclusion)

            assert entry["now"] is truth(case)
            checked += check_numbers(case, numbers, entry, truth, most=4)
            checked += check_lines(case, members, entry, truth)
    assert checked > 50


def exists(case: Case, members: list[str], conclusion: Raw) -> bool:
    """Return whether a conclusion holds by the engine's search in the compiled case."""
    compiled = compile_settlement(case, members)
    assert not isinstance(compiled, Missing)
    model = compiled.model
    every = conclusion["lines"] == "stated_and_inferred"
    binding = [k for k, line in enumerate(model.lines) if every or line.stated]
    if conclusion["what"] == "package":
        return count_keeping(model, model.rules(binding)).low > 0
    completion = Completion.BEST if conclusion["reading"] == "possible" else Completion.WORST
    asked = demands(model, lines=binding, completion=completion)
    return asked.ask((1 << asked.number) - 1).unmet is not None


def set_otherwise(case: Case, members: list[str], half: Raw, *, further: float) -> Case:
    """Return the case with one half of a pair changed; a number goes a little `further` than the report says."""
    if half["kind"] != "line":
        judgement = named(case, members)[half["party"], half["path"]]
        way = 1 if half["flips"] == "above" else -1
        to = min(max(half["to"] + way * further, float(judgement.low)), float(judgement.high))
        return moved(case, judgement, to)
    preference = case.preference[half["party"]]
    line = next(one for one in standing_lines(case, half["party"]) if one.id == half["line"])
    fallen = (line.id, *(falls_with(case, half["party"], line) if half["flips"] == "does_not_bind" else ()))
    lines = [one for one in preference.red_lines if one.id not in fallen]
    if half["flips"] == "read_as_stated":
        lines.append(RedLine(id=line.id, never=line.condition, sense=line.sense, basis=Basis.STATED))
    return with_preference(case, changed(preference, red_lines=tuple(lines)), half["party"])


def test_pairs_turn_conclusions_that_nothing_single_turns() -> None:
    """Of 250 drawn cases with outlooks; each pair is applied to the case, and where none is found all are tried."""
    kinds = set()
    for seed in range(2000, 2250):
        case = Case.model_validate(DrawWithOutlook(seed).case())
        members = [party.id for party in case.parties]
        for entry in breakpoint_report(case)["by_consent"]["all"].get("conclusions", []):
            assert not entry["pairs"] or all(single["beyond_scale"] for single in entry["singles"])
            for pair in entry["pairs"]:
                first = set_otherwise(case, members, pair["first"], further=STEP)
                both = set_otherwise(first, members, pair["second"], further=STEP)
                assert is_true(both, members, entry["conclusion"]) is not entry["now"], (seed, pair)
                kinds.add((pair["first"]["kind"] == "line", pair["second"]["kind"] == "line"))
    assert kinds >= {(True, True), (True, False), (False, False)}


def test_where_no_pair_is_found_none_of_a_grid_turns_the_conclusion() -> None:
    tried = 0
    for seed in range(2000, 2030):
        case = Case.model_validate(DrawWithOutlook(seed).case())
        members = [party.id for party in case.parties]
        for entry in breakpoint_report(case)["by_consent"]["all"].get("conclusions", []):
            if not any(note.startswith("No single judgement and no pair") for note in entry["notes"]):
                continue
            for other in _two_changes(case, members, entry):
                tried += 1
                assert is_true(other, members, entry["conclusion"]) is entry["now"], seed
    assert tried > 50


def _two_changes(case: Case, members: list[str], entry: Raw) -> Iterator[Case]:
    """Yield the case with two of its lines read otherwise, or with one and a number at an end of its judged range."""
    turn = "read_as_stated" if entry["now"] else "does_not_bind"
    halves = [
        {"kind": "line", "party": party, "line": line.id, "flips": turn}
        for party in members
        for line in (standing_lines(case, party) if entry["now"] else case.preference[party].red_lines)
    ]
    if entry["now"] and entry["conclusion"]["lines"] != "stated":
        return
    for first, second in itertools.combinations(halves, 2):
        yield set_otherwise(set_otherwise(case, members, first, further=0), members, second, further=0)
    if entry["conclusion"]["what"] == "package":
        return
    for half in halves:
        other = set_otherwise(case, members, half, further=0)
        for judgement in named(other, members).values():
            for end in judgement.judged or ():
                changed_case = moved(other, judgement, float(end))
                if not is_knife_edge(changed_case, judgement):
                    yield changed_case
