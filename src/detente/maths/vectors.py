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

FEW = 24
"""Up to this many rows are sorted by insertion."""


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


@compiled("int64[::1](int64[:,::1])")
def order_of_few(values: Int64Array) -> Int64Array:
    """Return the descending lexicographic order of a few rows, equal ones as they came (insertion)."""
    total, width = values.shape
    order = np.empty(total, dtype=np.int64)
    for row in range(total):
        at = row
        while at > 0:
            other = order[at - 1]
            larger = False
            for j in range(width):
                if values[row, j] != values[other, j]:
                    larger = values[row, j] > values[other, j]
                    break
            if not larger:
                break
            order[at] = other
            at -= 1
        order[at] = row
    return order


@compiled("Tuple((int64[:,::1], int64[::1], int64[:,::1]))(int64[:,::1], int64[::1], int64[:,::1], int64[::1], int64)")
def join_in_order(
    values: Int64Array, counts: Int64Array, codes: Int64Array, order: Int64Array, modulus: int
) -> tuple[Int64Array, Int64Array, Int64Array]:
    """Walk the rows in an order that puts equal ones together and join those."""
    total, width = values.shape
    words = codes.shape[1]
    out = np.empty((total, width), dtype=np.int64)
    out_counts = np.empty(total, dtype=np.int64)
    out_codes = np.empty((total, words), dtype=np.int64)
    found = 0
    for row in order:
        new = found == 0
        if not new:
            for j in range(width):
                if values[row, j] != out[found - 1, j]:
                    new = True
                    break
        smaller = new
        if new:
            for j in range(width):
                out[found, j] = values[row, j]
            out_counts[found] = plus(0, counts[row], modulus)
            found += 1
        else:
            out_counts[found - 1] = plus(out_counts[found - 1], counts[row], modulus)
            for w in range(words):
                if codes[row, w] != out_codes[found - 1, w]:
                    smaller = codes[row, w] < out_codes[found - 1, w]
                    break
        if smaller:
            for w in range(words):
                out_codes[found - 1, w] = codes[row, w]
    return out[:found].copy(), out_counts[:found].copy(), out_codes[:found].copy()


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
    values = np.ascontiguousarray(values)
    if len(values) <= FEW:
        order = order_of_few(values)
    else:
        order = np.lexsort([-values[:, j] for j in reversed(range(values.shape[1]))] or [np.zeros(len(values))])
    return Vectors(
        *join_in_order(values, np.ascontiguousarray(counts), np.ascontiguousarray(codes), order, modulus),
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
