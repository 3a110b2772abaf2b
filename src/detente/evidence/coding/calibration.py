r"""From the probability that the weighed rules give to an act to how often such codings are right.

.. math:: c = \frac{1}{1 + \exp(-(a \log\frac{p}{1 - p} + b))}

The slope a and the shift b are fitted on the development paragraphs, each read with weights that were fitted on the
others; `benchmarks/fit_coding_weights.py` writes them to `data/calibration.json`. A coding is right where it matches a
statement in span and act, the statement's second act included; the probability is learnt for the first act rather, so
it is too low by itself.

References
----------
Platt, J. (1999): Probabilistic outputs for support vector machines, section 2.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files

_SMALLEST = 1e-6


def calibrated(p: float) -> float:
    """Return how often codings with such a probability are right, 0 to 1; it grows with `p`.

    Examples
    --------
    >>> 0 < calibrated(0.0) < calibrated(0.3) < calibrated(0.9) < calibrated(1.0) < 1
    True
    """
    slope, shift = _parameters()
    kept = min(max(p, _SMALLEST), 1 - _SMALLEST)
    return 1 / (1 + math.exp(-(slope * math.log(kept / (1 - kept)) + shift)))


@cache
def _parameters() -> tuple[float, float]:
    text = (files("detente.evidence.coding") / "data" / "calibration.json").read_text(encoding="utf-8")
    read = json.loads(text)
    return float(read["slope"]), float(read["shift"])
