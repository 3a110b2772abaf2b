"""Confidence after calibration, and the file that holds the curve."""

from __future__ import annotations

import json

import pytest

from benchmarks.fit_coding_weights import CALIBRATION
from detente.evidence.coding.calibration import calibrated
from detente.evidence.coding.coder import explained
from detente.evidence.coding.names import general_lexicon
from detente.evidence.reading import document_of_text
from detente.maths.calibration import by_platt

GRID = [0.0, 0.01, 0.2, 0.5, 0.77, 0.99, 1.0]


def test_the_coder_uses_platts_curve_with_the_fitted_parameters():
    read = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    assert [calibrated(one) for one in GRID] == pytest.approx(by_platt((read["slope"], read["shift"]), GRID))


def test_the_more_probable_is_the_more_confident():
    found = [calibrated(one) for one in GRID]
    assert found == sorted(set(found))


def test_a_coding_has_the_calibrated_probability_of_its_act():
    one = next(explained(document_of_text("Peru rejected the map of Ecuador."), general_lexicon()))
    assert one.coding.confidence == round(calibrated(one.reading.p_act), 2)
    assert one.coding.confidence != round(one.reading.p_act, 2)
