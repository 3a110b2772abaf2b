"""Laws of draws: chance that no split of work and no name changes, errors that shrink, refusals that nest."""

from __future__ import annotations

import json

import numpy as np
import pytest

from detente.case.case import Case
from detente.case.load import load_case
from detente.case.red_lines import shared_draws, standing_lines
from detente.cli.output import plain
from detente.compile.compiled import Compiled
from detente.compile.draws import BLOCK, Chance, columns_of, plan_draws
from detente.compile.settlement import Weights, compile_settlement
from detente.registry.settlement import settlement_report
from detente.uncertainty.answer import settlement_answer
from tests.laws.test_labels import relabelled, renamed

WORKED = "drafts-and-replies-2021-22"


@pytest.fixture(scope="module")
def worked() -> Case:
    case = load_case(WORKED)
    return case.at(case.cut_off)


def test_the_bytes_do_not_depend_on_how_the_work_is_split(worked: Case) -> None:
    one, two, seven = (
        json.dumps(plain(settlement_answer(worked, "cl_A3", draws=4 * BLOCK + 9, seed=11, workers=workers)))
        for workers in (1, 2, 7)
    )
    assert one == two == seven


def test_another_seed_gives_other_draws(worked: Case) -> None:
    first, second = (settlement_answer(worked, "cl_A3", draws=100, seed=seed)["draws"] for seed in (1, 2))
    assert first["readings"] != second["readings"]


def test_more_draws_keep_the_first_ones(worked: Case) -> None:
    columns = columns_of(worked)
    few, many = (Chance.of(3, block, columns, 4) for block in (0, 0))
    assert (few.estimates == many.estimates).all()
    assert (few.binding == many.binding).all()
    assert (Chance.of(3, 1, columns, 4).estimates != few.estimates).any()


def test_the_error_falls_as_one_over_the_root_of_the_draws(worked: Case) -> None:
    errors = {}
    for draws in (256, 1024, 4096):
        zone = settlement_answer(worked, "cl_A3", draws=draws, seed=5)["draws"]["readings"][0]["zone"]
        errors[draws] = zone["certain"]["error"]
    # four times the draws, half the error; a standard deviation from 256 draws is known to about 5 %
    assert errors[256] / errors[1024] == pytest.approx(2, rel=0.2)
    assert errors[1024] / errors[4096] == pytest.approx(2, rel=0.2)


def test_the_stated_error_is_that_of_repeated_runs(worked: Case) -> None:
    zones = [
        settlement_answer(worked, "cl_A3", draws=256, seed=seed)["draws"]["readings"][0]["zone"]["certain"]
        for seed in range(40)
    ]
    spread = float(np.std([zone["probability"] for zone in zones], ddof=1))
    stated = float(np.mean([zone["error"] for zone in zones]))
    # a standard deviation from 40 runs is known to about 11 %: four of these
    assert spread == pytest.approx(stated, rel=0.45)


@pytest.mark.parametrize("consent", ["cl_A1", "cl_A2", "cl_A3"])
def test_whoever_refuses_an_option_refuses_all_that_holds_more_of_the_same(worked: Case, consent: str) -> None:
    compiled = compile_settlement(worked, worked.consent_list[consent].parties)
    assert isinstance(compiled, Compiled)
    columns = columns_of(worked)
    plan = plan_draws(worked, compiled, columns, weights=Weights.ANALYST)
    nested = 0
    for block in range(4):
        chance = Chance.of(7, block, columns, 20)
        binding = plan.inner(chance, plan.outer(columns.drawn(chance)))
        lines = compiled.trace.lines
        for weak, line in enumerate(lines):
            for strong, other in enumerate(lines):
                if line.party == other.party and other.id in line.stronger:
                    nested += 1
                    assert not (binding[:, :, strong] & ~binding[:, :, weak]).any()
    assert nested > 0


def test_lines_on_one_ground_share_a_draw(worked: Case) -> None:
    lines = [line for party in ("USA", "RUS") for line in standing_lines(worked, party)]
    draw = dict(zip([line.id for line in lines], shared_draws(lines), strict=True))
    assert draw["USA-A04-o1"] == draw["USA-A04-o5"]  # both rest on P018
    assert draw["RUS-A21-o1"] == draw["RUS-A21-o3"]  # both on P085
    assert draw["USA-A04-o1"] != draw["RUS-A21-o1"]


@pytest.mark.parametrize("pair", [("RUS", "USA"), ("NATO_MEMBERS", "RUS")])
def test_swapping_two_parties_swaps_the_draws_and_nothing_else(worked: Case, pair: tuple[str, str]) -> None:
    names = {pair[0]: pair[1], pair[1]: pair[0]}
    plainly = worked.model_copy(update={"lenses": ()})
    for consent in ("cl_A2", "cl_A3"):
        one = settlement_answer(plainly, consent, draws=200)["draws"]
        other = settlement_answer(relabelled(plainly, names), consent, draws=200)["draws"]
        assert renamed(json.loads(json.dumps(one)), names) == json.loads(json.dumps(other))


def test_before_any_position_there_is_no_number(worked: Case) -> None:
    report = settlement_answer(worked.at("2021-11-30"), draws=50)
    assert {"draws", "packages", "solutions"} & set().union(*map(set, report["by_consent"].values())) == set()
    single = report["by_consent"]["cl_A6"]["by_issue"].values()
    assert all(set(part) == {"parties", "not_computed"} for part in single)


def test_members_for_whom_one_party_speaks_have_one_draw(worked: Case) -> None:
    doubled = worked.model_copy(
        update={
            "consent_lists": (
                *worked.consent_lists,
                worked.consent_list["cl_A2"].model_copy(
                    update={"id": "twice", "parties": ("RUS", "USA", "NATO_MEMBERS", "NATO")}
                ),
            )
        }
    )
    once, twice = (settlement_answer(doubled, name, draws=300)["draws"]["readings"][0] for name in ("cl_A2", "twice"))
    assert once["zone"] == twice["zone"]


@pytest.mark.parametrize(("name", "consent"), [(WORKED, "cl_A1"), ("settlement-talks-2024", "cl_C1")])
def test_a_set_of_lines_is_as_likely_not_to_bind_as_the_draws_have_it(name: str, consent: str) -> None:
    """The cost of relaxing lines is minus the logarithm of the probability that the draws give them not to bind."""
    case = load_case(name)
    case = case.at(case.cut_off)
    compiled = compile_settlement(case, case.consent_list[consent].parties)
    assert isinstance(compiled, Compiled)
    columns = columns_of(case)
    plan = plan_draws(case, compiled, columns, weights=Weights.ANALYST)
    likely = columns.mode[None, plan.probabilities]
    place = {line.id: k for k, line in enumerate(compiled.trace.lines)}
    relaxed = settlement_report(case, consent)["with_inferred"]["relaxations"]
    sets = [*relaxed["certain"]["line_sets"], *relaxed["possible"]["line_sets"]]
    assert len(sets) > 5
    for one in sets:
        safe = plan.ties.none_binds(likely, [place[name] for name in one["lines"]])[0]
        assert one["p_none_binds"] == pytest.approx(safe)
        assert one["cost"] == pytest.approx(-np.log(safe))


def test_equal_weights_that_are_judged_equal_change_nothing() -> None:
    """On the scale of an imported case too, where weights add up to more than one."""
    case = load_case("two-rivals")
    reports = [settlement_answer(case, weights=weights, draws=40) for weights in ("analyst", "equal")]
    for report in reports:
        own, other = report.pop("draws")["readings"]
        assert own["zone"] == other["zone"]
    assert reports[0] == reports[1]
    assert reports[0]["packages"]["in_zone"] == "29"
