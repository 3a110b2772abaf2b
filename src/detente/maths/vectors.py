"""Sets of integer vectors, each with how often it occurs and one thing that has it.

A `Vectors` holds *distinct* utility vectors in descending lexicographic order.
Beside each vector stand the number of packages that have it and the smallest
*code* of such a package. A code is a mixed-radix number spread over one or more
int64 words, the most significant first; codes of packages over disjoint issues
add, so the smallest code of a sum is the sum of the smallest codes, and the
example found for a vector does not depend on the order in which issues came.

Counts are exact below `MANY`; a count that reaches it stays there, and whoever
needs the number counts again modulo several primes (`residues`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.maths.compiled import Int64Array, compiled

MANY = 1 << 62
"""A count that is at least this large is not known exactly in one int64 word."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """Distinct vectors in descending lexicographic order, with counts and smallest codes."""

    values: Int64Array  # (N, n)
    counts: Int64Array  # (N,)
    codes: Int64Array  # (N, W)

    def __len__(self) -> int:
        """Return the number of distinct vectors."""
        return int(self.values.shape[0])

    def take(self, rows: Int64Array) -> "Vectors":
        """Return the vectors at `rows`, which must keep their order."""
        return Vectors(
            np.ascontiguousarray(self.values[rows]),
            np.ascontiguousarray(self.counts[rows]),
            np.ascontiguousarray(self.codes[rows]),
        )

    def reaching(self, need: Int64Array) -> "Vectors":
        """Return the vectors that are at least `need` in every coordinate."""
        return self.take(np.flatnonzero((self.values >= need).all(axis=1)))


@compiled("int64(int64, int64, int64)")
def times(a: int, b: int, modulus: int) -> int:
    """Return a·b, modulo `modulus` if that is positive, else held at MANY."""
    if modulus > 0:
        return (a * b) % modulus
    if a == 0 or b == 0:
        return 0
    if b != 1 and a > MANY // b:
        return MANY
    return min(a * b, MANY)


@compiled("int64(int64, int64, int64)")
def plus(a: int, b: int, modulus: int) -> int:
    """Return a + b, modulo `modulus` if that is positive, else held at MANY."""
    if modulus > 0:
        return (a + b) % modulus
    if a > MANY - b:
        return MANY
    return a + b


@compiled("int64[::1](int64[::1], int64[::1], int64)")
def _group_counts(counts: Int64Array, starts: Int64Array, modulus: int) -> Int64Array:
    out = np.zeros(len(starts), dtype=np.int64)
    for group in range(len(starts)):
        end = starts[group + 1] if group + 1 < len(starts) else len(counts)
        for row in range(starts[group], end):
            out[group] = plus(out[group], counts[row], modulus)
    return out


def unit(parties: int, words: int) -> Vectors:
    """Return the set that holds only the zero vector: the package over no issue."""
    return Vectors(np.zeros((1, parties), np.int64), np.ones(1, np.int64), np.zeros((1, words), np.int64))


def empty(parties: int, words: int) -> Vectors:
    """Return the set without any vector."""
    return Vectors(np.zeros((0, parties), np.int64), np.zeros(0, np.int64), np.zeros((0, words), np.int64))


def collapse(values: Int64Array, counts: Int64Array, codes: Int64Array, *, modulus: int = 0) -> Vectors:
    """Join equal rows: counts are added, the smallest code is kept."""
    if len(values) == 0:
        return empty(values.shape[1], codes.shape[1])
    keys = [codes[:, w] for w in reversed(range(codes.shape[1]))]
    keys += [-values[:, j] for j in reversed(range(values.shape[1]))]
    order = np.lexsort(keys)
    values = values[order]
    new = np.ones(len(values), dtype=np.bool_)
    new[1:] = (values[1:] != values[:-1]).any(axis=1)
    starts = np.flatnonzero(new)
    return Vectors(
        np.ascontiguousarray(values[starts]),
        _group_counts(np.ascontiguousarray(counts[order]), starts, modulus),
        np.ascontiguousarray(codes[order][starts]),
    )


def from_residues(residues: Sequence[Sequence[int]], primes: Sequence[int]) -> tuple[int, ...]:
    """Return the numbers below the product of `primes` that leave these residues.

    `residues[k][i]` is the i-th number modulo `primes[k]` (Chinese remainders).
    """
    product = 1
    numbers = [0] * len(residues[0])
    for row, prime in zip(residues, primes, strict=True):
        inverse = pow(product, -1, prime)
        numbers = [x + product * (((int(r) - x) * inverse) % prime) for x, r in zip(numbers, row, strict=True)]
        product *= prime
    return tuple(numbers)


def primes_for(bound: int) -> tuple[int, ...]:
    """Return distinct primes below 2^31 whose product exceeds `bound`."""
    found: list[int] = []
    product, candidate = 1, (1 << 31) - 1
    while product <= bound:
        if _is_prime(candidate):
            found.append(candidate)
            product *= candidate
        candidate -= 2
    return tuple(found)


def _is_prime(number: int) -> bool:
    """Miller-Rabin with bases that decide every number below 3,215,031,751."""
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in (2, 3, 5, 7):
        power = pow(base, odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True
