r"""How sums of independent choices are distributed over a lattice of cells.

Each block adds one of its vectors, each with a weight; asked is the weight of
sums that reach a threshold. If the values are whole cells the count is exact
(`count_on_lattice`, modulo primes where it is large). Otherwise each block is rounded down and up to
cells and the histograms are multiplied in the frequency domain
(`share_on_lattice`): the true share lies between the two results, but for the
error of the transforms, for which :math:`10^{-9}` is allowed. With spectra of
modulus at most 1, a relative error of :math:`\delta \approx 10^{-13}` per spectrum
in the Euclidean norm and :math:`S` cells, a sum over cells errs by at most
:math:`\delta\sqrt S < 10^{-9}` for :math:`S \le 2^{24}`.
"""

from collections.abc import Sequence
from math import prod

import numpy as np

from detente.maths.compiled import FloatArray, Int64Array

TRANSFORM_ERROR = 1e-9
"""Allowed absolute error of a share computed by transforms."""


def count_on_lattice(blocks: Sequence[tuple[Int64Array, Int64Array]], need: Sequence[int], *, modulus: int) -> int:
    """Return the weighted number of sums that are at least `need`.

    Parameters
    ----------
    blocks : sequence of ((N, n) values, (N,) weights)
        Values count cells from 0; weights lie below `modulus`, if there is one.
    need : sequence of int
        Threshold in cells.
    modulus : int
        A number below 2**31 modulo which is counted; 0 if all weights multiplied stay below 2**63.
    """
    shape = tuple(1 + sum(int(v[:, j].max()) for v, _ in blocks) for j in range(len(need)))
    strides = [prod(shape[j + 1 :]) for j in range(len(shape))]
    cells = np.zeros(prod(shape), np.int64)
    cells[0] = 1
    reach = 0
    for values, weights in blocks:
        shifts = values @ np.array(strides, np.int64)
        after = np.zeros_like(cells)
        top = int(shifts.max())
        for shift, weight in zip(shifts.tolist(), weights.tolist(), strict=True):
            moved = cells[: reach + 1] if weight == 1 else cells[: reach + 1] * weight
            after[shift : shift + reach + 1] += moved % modulus if modulus else moved
        reach += top
        cells = after % modulus if modulus else after
    corner = cells.reshape(shape)[tuple(slice(max(0, n), None) for n in need)]
    return int(corner.sum()) % modulus if modulus else int(corner.sum())


def share_on_lattice(
    blocks: Sequence[tuple[Int64Array, FloatArray]], need: Int64Array, *, sides: int
) -> tuple[float, float]:
    """Return bounds on the share of sums that are at least `need`.

    Parameters
    ----------
    blocks : sequence of ((N, n) values, (N,) shares)
        Shares of a block add to 1.
    need : (n,) int64
        Threshold.
    sides : int
        Cells per coordinate.
    """
    from scipy import fft  # a slow import that few questions need

    width = len(need)
    lows = [values.min(axis=0) for values, _ in blocks]
    spans = np.sum([values.max(axis=0) - low for (values, _), low in zip(blocks, lows, strict=True)], axis=0)
    target = need - np.sum(lows, axis=0)
    room = sides - len(blocks) - 1
    cell = np.maximum(1, -(-spans // max(1, room)))
    bounds = []
    for up in (False, True):
        spectrum = None
        for (values, shares), low in zip(blocks, lows, strict=True):
            steps = values - low
            places = -(-steps // cell) if up else steps // cell
            grid = np.zeros((sides,) * width)
            np.add.at(grid, tuple(places.T), shares)
            turned = fft.rfftn(grid, workers=2)
            spectrum = turned if spectrum is None else spectrum * turned
        assert spectrum is not None
        final = fft.irfftn(spectrum, s=(sides,) * width, workers=2)
        first = -(-target // cell)
        bounds.append(float(final[tuple(slice(max(0, int(f)), None) for f in first)].sum()))
    return max(0.0, bounds[0] - TRANSFORM_ERROR), min(1.0, bounds[1] + TRANSFORM_ERROR)
