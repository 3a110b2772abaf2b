"""The posteriors and the cheap talk of the literature and of the theory oracles."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.engines.inference import (
    Band,
    InferenceModel,
    Prior,
    Threats,
    cheap_talk,
    infer_following_through,
    infer_reservation,
    probability_of_yes,
)
from tests.engines.inference.observed import answers

PUBLISHED: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "published" / "inference.toml").read_text(encoding="utf-8")
)


def check(band: Band | None, expected: dict[str, float], tol: float) -> None:
    assert band is not None
    for name, value in expected.items():
        assert getattr(band, name) == pytest.approx(value, abs=tol * (1 + abs(value))), name


@pytest.mark.parametrize("record", PUBLISHED["reserve"], ids=lambda record: record["record"])
def test_answers_to_five_packages_give_the_published_law(record: dict[str, Any]) -> None:
    low, high = record["scale"]
    found = infer_reservation(Prior(low, None, high), answers(PUBLISHED["answers"]["observations"]), record["beta"])
    check(found.posterior, record["expected"], record["tol"])
    assert [found.bounds.low, found.bounds.high] == PUBLISHED["answers"]["bounds"]


def test_the_small_case_gives_the_published_law_and_the_probability_of_a_yes() -> None:
    mini = PUBLISHED["mini"]
    low, high = mini["scale"]
    model = InferenceModel(Prior(low, None, high), answers(mini["observations"]), (), mini["beta"])
    found = infer_reservation(model.prior, model.answers, model.beta)
    check(found.posterior, mini["expected"], mini["tol"])
    assert probability_of_yes(model, 44.0) == pytest.approx(mini["p_accept_44"], abs=mini["tol"])


def test_a_declared_threshold_gives_the_published_probability() -> None:
    given = PUBLISHED["redline"]
    declared = answers([(given["x"], 0)], line=[True], honesty=[given["rho"]])
    law = infer_reservation(Prior(0, None, 1), declared, 10.0).posterior
    # above x the density is 1.8 / 2 over a total of 0.42, and below it 0.2 / 2: the mean follows from the probability
    above = given["p_above"]
    expected = above * (given["x"] + 1) / 2 + (1 - above) * given["x"] / 2
    check(law, {"mean": expected}, 1e-9)


def test_three_threats_of_ten_give_the_published_law() -> None:
    given = PUBLISHED["threat"]
    before, after = infer_following_through(Threats(given["carried_out"], given["due"]))
    check(after, given["expected"], 1e-9)
    check(before, {"mean": 0.5, "low": 0.05, "high": 0.95}, 1e-12)


@pytest.mark.parametrize("record", PUBLISHED["cheap_talk"], ids=lambda record: str(record["bias"]))
def test_cheap_talk_carries_the_published_messages(record: dict[str, Any]) -> None:
    found = cheap_talk(record["bias"])
    assert found.messages == record["messages"]
    assert np.allclose(found.cuts, record["cuts"], atol=1e-9)
    assert found.residual_variance == pytest.approx(record["residual_variance"], abs=1e-9)


def test_from_a_quarter_of_the_scale_on_words_carry_nothing() -> None:
    assert cheap_talk(0.25).informativeness == 0.0
    assert cheap_talk(0.2499).messages == 2
    assert cheap_talk(0.0).informativeness == 1.0
