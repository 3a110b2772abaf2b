"""Posteriors by cells, by adaptive quadrature, and by weighted draws; cheap talk by indifference."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import beta as beta_law

from detente.engines.inference import Conduct, Prior, cheap_talk, infer_binding, infer_jointly, infer_reservation
from tests.engines.inference.observed import answers, line

OBSERVED = [(0.2, 0), (0.5, 1), (0.35, 0), (0.8, 1)]
HONESTY = [0.8, 0.6, 0.9, 0.3]
HOPE = [0.5, 0.2, 0.0, 0.7]
BARRED = [0.0, 0.1, 0.4, 0.2]
GROUP = [0, 1, 1, 2]
PRIOR = (0.1, 0.4, 0.9)
BETA = 12.0


def likelihood(r: float) -> float:
    """Return the likelihood of the observations, written out from the definition in docs/theory/inference.md."""
    product = 1.0
    for k, (worth, yes) in enumerate(OBSERVED):
        takes = (1 - HOPE[k]) * (1 - BARRED[k]) / (1 + math.exp(-BETA * (worth - r)))
        probability = HONESTY[k] * (takes if yes else 1 - takes) + (1 - HONESTY[k]) / 2
        product *= probability ** (1 / GROUP.count(GROUP[k]))
    return product


def pert(r: float) -> float:
    low, mode, high = PRIOR
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    return float(beta_law.pdf((r - low) / (high - low), a, b)) / (high - low)


def found() -> tuple[float, float, float, float]:
    record = answers(OBSERVED, honesty=HONESTY, hope=HOPE, barred=BARRED, group=GROUP)
    law = infer_reservation(Prior(*PRIOR), record, BETA).posterior
    assert law is not None
    return law.mean, law.sd, law.low, law.high


def test_cells_agree_with_adaptive_quadrature() -> None:
    def moment(power: int, end: float = PRIOR[2]) -> float:
        return quad(lambda r: r**power * pert(r) * likelihood(r), PRIOR[0], end, epsabs=1e-13, epsrel=1e-12)[0]

    mean, sd, low, high = found()
    assert mean == pytest.approx(moment(1) / moment(0), abs=1e-9)
    assert sd == pytest.approx(math.sqrt(moment(2) / moment(0) - (moment(1) / moment(0)) ** 2), abs=1e-9)
    assert moment(0, low) / moment(0) == pytest.approx(0.05, abs=1e-6)
    assert moment(0, high) / moment(0) == pytest.approx(0.95, abs=1e-6)


def test_cells_agree_with_weighted_draws_from_the_prior() -> None:
    low, mode, high = PRIOR
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    draws = low + (high - low) * np.random.default_rng(7).beta(a, b, size=100_000)
    weights = np.array([likelihood(float(r)) for r in draws])
    weights /= weights.sum()
    effective = 1 / (weights**2).sum()
    mean, sd, *_ = found()
    assert effective > 50_000
    assert float((weights * draws).sum()) == pytest.approx(mean, abs=5 * sd / math.sqrt(effective))


def test_a_line_agrees_with_counting_worlds() -> None:
    """Of the worlds in which the line binds with probability 0.4, count those in which so much is seen."""
    rng = np.random.default_rng(3)
    count, rho, hope = 400_000, 0.8, 0.5
    binds = rng.random(count) < 0.4
    honest = rng.random((2, count)) < rho
    coin = rng.random((2, count)) < 0.5
    declares = np.where(honest[0], binds, coin[0])
    refuses = np.where(honest[1], binds | (rng.random(count) < (1 + hope) / 2), coin[1])
    seen = declares & refuses
    record = line((0.2, 0.4, 0.6), Conduct.DECLARED, Conduct.KEPT, honesty=rho, hope=hope)
    expected = float(binds[seen].mean())
    assert infer_binding(record).posterior[1] == pytest.approx(expected, abs=5 / math.sqrt(int(seen.sum())))


@pytest.mark.parametrize("bias", [0.2, 0.1, 0.05, 0.01, 0.003])
def test_at_each_cut_the_speaker_is_indifferent_between_two_messages(bias: float) -> None:
    """After a message the hearer acts at the middle of its interval; the speaker wants the act `bias` higher."""
    talk = cheap_talk(bias)
    middles = [(a + b) / 2 for a, b in zip(talk.cuts, talk.cuts[1:], strict=False)]
    for cut, below, above in zip(talk.cuts[1:-1], middles, middles[1:], strict=False):
        assert abs(cut + bias - below) == pytest.approx(abs(cut + bias - above), abs=1e-9)
    widths = np.diff(talk.cuts)
    assert (widths > 0).all()
    assert talk.residual_variance == pytest.approx(float((widths**3).sum()) / 12, abs=1e-12)


def test_over_two_kinds_of_weights_the_joint_law_is_that_of_quadrature() -> None:
    """A weight of 0.2 or 0.8, equally likely, makes a refused package worth so much: mix the laws by evidence."""
    rng = np.random.default_rng(11)
    weight = np.where(rng.permutation(200) < 100, 0.2, 0.8)
    record = answers([(0.0, 0)], honesty=[0.9], hope=[0.3])
    found = infer_jointly(Prior(0, None, 1), record, BETA, weight[:, None], weight[:, None])

    def refuses(r: float, worth: float) -> float:
        return 0.9 * (1 - 0.7 / (1 + math.exp(-BETA * (worth - r)))) + 0.05

    evidence = {worth: quad(refuses, 0, 1, args=(worth,))[0] for worth in (0.2, 0.8)}
    total = sum(evidence.values())
    mean = sum(quad(lambda r, u=worth: r * refuses(r, u), 0, 1)[0] for worth in evidence) / total
    assert found.posterior is not None
    assert found.posterior.mean == pytest.approx(mean, abs=1e-9)
    assert found.before[0] == pytest.approx(0.5)
    assert found.after[0] == pytest.approx(sum(worth * e for worth, e in evidence.items()) / total, abs=1e-9)
    shares = [evidence[worth] for worth in weight]
    assert found.effective == pytest.approx(sum(shares) ** 2 / sum(e**2 for e in shares))


def test_draws_that_do_not_differ_give_the_law_without_draws() -> None:
    record = answers(OBSERVED, honesty=HONESTY, hope=HOPE, barred=BARRED, group=GROUP)
    worths = np.tile(record.utility, (3, 1))
    joint = infer_jointly(Prior(*PRIOR), record, BETA, worths, np.ones((3, 1)))
    law = joint.posterior
    assert law is not None
    assert (law.mean, law.sd, law.low, law.high) == pytest.approx(found(), abs=1e-8)
    assert joint.effective == pytest.approx(3)
