"""How a model falls apart into blocks that do not depend on each other.

Issues joined by a rule or an interaction belong to one *block*; a block lists
its rule-keeping combinations of options with what they are worth, so over
blocks utility is additive and rules need no further thought. A block is built
issue by issue. Where only the frontier is wanted, combinations that are
dominated by others which agree on every issue still to be compared with later
ones are dropped on the way; a long chain of linked issues then stays small.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from math import prod

import numpy as np

from detente.engines.settlement.model import Completion, Interaction, Package, Rule, SettlementModel
from detente.maths.compiled import BoolArray, Int64Array
from detente.maths.dominance import non_dominated
from detente.maths.vectors import Vectors, collapse

WORD = 1 << 62
"""Codes are split over words below this size."""

LISTED = 1 << 22
"""Largest number of combinations that a block may hold while it is built."""

PRUNED_FROM = 1 << 12
"""Blocks below this size are enumerated before dominated combinations are dropped."""


class TooManyCombinations(Exception):
    """A block of joined issues cannot be listed; `issues` names them."""

    def __init__(self, issues: tuple[int, ...], combinations: int) -> None:
        self.issues, self.combinations = issues, combinations
        super().__init__(f"issues {issues}: {combinations} combinations")


@dataclass(frozen=True, slots=True)
class Coding:
    """How a package is written as a number: per issue its word and its stride."""

    sizes: tuple[int, ...]
    word: tuple[int, ...]
    stride: tuple[int, ...]

    @property
    def words(self) -> int:
        """Return the number of int64 words of a code."""
        return max(self.word) + 1

    def package(self, code: Sequence[int]) -> Package:
        """Return the package that has this code."""
        words = [int(word) for word in code]
        return tuple(words[w] // s % k for k, w, s in zip(self.sizes, self.word, self.stride, strict=True))

    def packages(self, codes: Int64Array) -> tuple[Package, ...]:
        """Return the packages that have these codes."""
        columns = [codes[:, w] // s % k for k, w, s in zip(self.sizes, self.word, self.stride, strict=True)]
        return tuple(zip(*(column.tolist() for column in columns), strict=True))


@lru_cache(maxsize=256)
def coding(sizes: tuple[int, ...]) -> Coding:
    """Return the coding in which smaller codes are lexicographically smaller packages."""
    words: list[list[int]] = [[]]
    room = WORD
    for issue, size in enumerate(sizes):
        if room // size < 1:
            words.append([])
            room = WORD
        words[-1].append(issue)
        room //= size
    stride = [1] * len(sizes)
    word = [0] * len(sizes)
    for number, issues in enumerate(words):
        step = 1
        for issue in reversed(issues):
            stride[issue], word[issue] = step, number
            step *= sizes[issue]
    return Coding(sizes, tuple(word), tuple(stride))


@dataclass(frozen=True, slots=True)
class Block:
    """Joined issues and the rule-keeping combinations of their options."""

    issues: tuple[int, ...]
    choices: Vectors


def components(issues: int, edges: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """Return the groups of issues that the edges join, each sorted, by first issue."""
    group = list(range(issues))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for edge in edges:
        for other in edge[1:]:
            a, b = sorted((root(edge[0]), root(other)))
            group[b] = a
    found: dict[int, list[int]] = {}
    for issue in range(issues):
        found.setdefault(root(issue), []).append(issue)
    return tuple(tuple(members) for members in found.values())


def permitted(sizes: Sequence[int], rules: Sequence[Rule]) -> tuple[BoolArray, ...]:
    """Return per issue which options the rules about that issue alone permit."""
    options = [np.ones(size, dtype=np.bool_) for size in sizes]
    for rule in rules:
        if len(rule.issues) == 1:
            options[rule.issues[0]] &= rule.allowed
    return tuple(options)


def blocks(
    model: SettlementModel,
    *,
    rules: Sequence[Rule],
    completion: Completion,
    parties: Sequence[int] | None = None,
    every: bool = False,
    marks: Sequence[Rule] = (),
    modulus: int = 0,
    listed: int = LISTED,
) -> tuple[Block, ...]:
    """Return the blocks of a model under rules, without its bias.

    Parameters
    ----------
    rules : sequence of Rule
        Rules that every listed combination keeps.
    completion : Completion
        Value of unknown options.
    parties : sequence of int, optional
        Parties whose utility matters; all by default.
    every : bool
        List every distinct vector; else only the non-dominated ones.
    marks : sequence of Rule
        Rules that combinations may break: each adds a coordinate after the parties',
        -1 where it is broken and 0 elsewhere.
    modulus : int
        0, or the prime modulo which counts are kept.
    listed : int
        Largest number of combinations held at a time.

    Raises
    ------
    TooManyCombinations
        If a block cannot be listed.
    """
    chosen = tuple(range(model.parties)) if parties is None else tuple(parties)
    tables = model.tables(completion)
    if parties is not None:
        tables = tuple(table[list(chosen)] for table in tables)
    if marks:
        tables = tuple(np.concatenate((t, np.zeros((len(marks), t.shape[1]), np.int64))) for t in tables)
    several = [rule for rule in rules if len(rule.issues) > 1]
    terms = [term for term in model.interactions if term.party in chosen]
    scopes = [r.issues for r in (*several, *marks)] + [t.issues for t in terms]
    groups = components(len(model.sizes), scopes)
    builder = _Builder(
        tables=tables,
        options=tuple(mask.nonzero()[0] for mask in permitted(model.sizes, rules)),
        rules=tuple(several),
        terms=tuple((chosen.index(term.party), term) for term in terms),
        marks=tuple((len(chosen) + k, rule) for k, rule in enumerate(marks)),
        code=coding(model.sizes),
        every=every,
        modulus=modulus,
        listed=listed,
    )
    return tuple(Block(group, builder.build(group)) for group in groups)


@dataclass(frozen=True, slots=True)
class _Builder:
    """What is needed to list the combinations of one group of issues."""

    tables: tuple[Int64Array, ...]
    options: tuple[Int64Array, ...]
    rules: tuple[Rule, ...]
    terms: tuple[tuple[int, Interaction], ...]
    marks: tuple[tuple[int, Rule], ...]
    code: Coding
    every: bool
    modulus: int
    listed: int

    def build(self, group: tuple[int, ...]) -> Vectors:
        if len(group) == 1 and not any(rule.issues == group for _, rule in self.marks):
            return self._alone(group[0])
        rules = [r for r in self.rules if r.issues[0] in group]
        terms = [t for t in self.terms if t[1].issues[0] in group]
        marks = [m for m in self.marks if m[1].issues[0] in group]
        scopes = [r.issues for r in rules] + [t.issues for _, t in terms] + [r.issues for _, r in marks]
        order = _narrow_order(group, scopes, [len(options) for options in self.options])
        nominal = prod(len(self.options[i]) for i in group)
        parties = self.tables[0].shape[0]
        rows = _Rows(
            np.zeros((1, parties), np.int64), np.ones(1, np.int64), np.zeros((1, self.code.words), np.int64), {}
        )
        done: set[int] = set()
        for issue in order:
            if len(rows.counts) * len(self.options[issue]) > self.listed:
                raise TooManyCombinations(group, nominal)
            rows = self._extend(rows, issue)
            done.add(issue)
            rows = self._apply(rows, issue, done, rules, terms, marks)
            live = {i for scope in scopes if not done.issuperset(scope) for i in scope} & done
            rows = rows.on(live)
            if len(live) < len(done) and (len(rows.counts) > PRUNED_FROM or len(done) == len(group)):
                rows = self._thinned(rows)
        return Vectors(rows.values, rows.counts, rows.codes)

    def _alone(self, issue: int) -> Vectors:
        """Return the choices of an issue that no other one has to do with."""
        options = self.options[issue]
        codes = np.zeros((len(options), self.code.words), np.int64)
        codes[:, self.code.word[issue]] = options * self.code.stride[issue]
        keep = collapse if self.every else non_dominated
        return keep(self.tables[issue].T[options], np.ones(len(options), np.int64), codes, modulus=self.modulus)

    def _extend(self, rows: "_Rows", issue: int) -> "_Rows":
        options = self.options[issue]
        count = len(rows.counts)
        value = self.tables[issue][:, options].T
        codes = np.zeros((len(options), self.code.words), np.int64)
        codes[:, self.code.word[issue]] = options * self.code.stride[issue]
        chosen = {i: np.repeat(column, len(options)) for i, column in rows.chosen.items()}
        chosen[issue] = np.tile(options, count)
        return _Rows(
            (rows.values[:, None, :] + value[None, :, :]).reshape(-1, value.shape[1]),
            np.repeat(rows.counts, len(options)),
            (rows.codes[:, None, :] + codes[None, :, :]).reshape(-1, codes.shape[1]),
            chosen,
        )

    def _apply(
        self,
        rows: "_Rows",
        issue: int,
        done: set[int],
        rules: Sequence[Rule],
        terms: Sequence[tuple[int, Interaction]],
        marks: Sequence[tuple[int, Rule]],
    ) -> "_Rows":
        for rule in rules:
            if issue in rule.issues and done.issuperset(rule.issues):
                rows = rows.where(rule.allowed[tuple(rows.chosen[i] for i in rule.issues)])
        values = rows.values
        for party, term in terms:
            if issue in term.issues and done.issuperset(term.issues):
                first, second = term.issues
                values[:, party] += term.table[rows.chosen[first], rows.chosen[second]]
        for column, rule in marks:
            if issue in rule.issues and done.issuperset(rule.issues):
                values[:, column] -= ~rule.allowed[tuple(rows.chosen[i] for i in rule.issues)]
        return rows

    def _thinned(self, rows: "_Rows") -> "_Rows":
        """Join equal rows, or drop dominated ones, among rows that agree on the live issues."""
        keep = collapse if self.every else non_dominated
        live = sorted(rows.chosen)
        if not live:
            one = keep(rows.values, rows.counts, rows.codes, modulus=self.modulus)
            return _Rows(one.values, one.counts, one.codes, {})
        key = reduce(lambda k, i: k * self.code.sizes[i] + rows.chosen[i], live, np.zeros(len(rows.counts), np.int64))
        order = np.argsort(key, kind="stable")
        starts = np.flatnonzero(np.diff(key[order], prepend=-1))
        parts = []
        for start, end in zip(starts, [*starts[1:], len(order)], strict=True):
            part = order[start:end]
            kept = keep(rows.values[part], rows.counts[part], rows.codes[part], modulus=self.modulus)
            head = part[0]
            parts.append((kept, {i: np.full(len(kept), rows.chosen[i][head]) for i in live}))
        return _Rows(
            np.concatenate([kept.values for kept, _ in parts] or [rows.values]),
            np.concatenate([kept.counts for kept, _ in parts] or [rows.counts]),
            np.concatenate([kept.codes for kept, _ in parts] or [rows.codes]),
            {i: np.concatenate([columns[i] for _, columns in parts] or [rows.chosen[i]]) for i in live},
        )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Partial combinations: value, count, code, and the options of the live issues."""

    values: Int64Array
    counts: Int64Array
    codes: Int64Array
    chosen: dict[int, Int64Array]

    def where(self, mask: BoolArray) -> "_Rows":
        """Return the rows where the mask holds."""
        return _Rows(
            self.values[mask],
            self.counts[mask],
            self.codes[mask],
            {i: column[mask] for i, column in self.chosen.items()},
        )

    def on(self, live: set[int]) -> "_Rows":
        """Forget the options of issues that no later rule or interaction reads."""
        return _Rows(self.values, self.counts, self.codes, {i: c for i, c in self.chosen.items() if i in live})


def _narrow_order(group: tuple[int, ...], scopes: Sequence[tuple[int, ...]], sizes: Sequence[int]) -> tuple[int, ...]:
    """Return an order of issues in which few remain live at a time (greedy, smallest boundary first)."""
    left, done = set(group), set[int]()
    order: list[int] = []
    while left:

        def boundary(issue: int) -> tuple[int, int]:
            after = done | {issue}
            live = {i for s in scopes if not after.issuperset(s) for i in s} & after
            return prod(sizes[i] for i in live), issue

        issue = min(left, key=boundary)
        left.remove(issue)
        done.add(issue)
        order.append(issue)
    return tuple(order)
