"""A second reading of Gambit files, by their documented format, and plain solutions of the games in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

TOKEN = re.compile(r'"[^"]*"|[{}]|[^\s{},]+')


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text)


@dataclass
class Reader:
    words: list[str]
    at: int = 0

    def next(self) -> str:
        self.at += 1
        return self.words[self.at - 1]

    def group(self) -> list[Any]:
        assert self.next() == "{"
        found: list[Any] = []
        while self.words[self.at] != "}":
            if self.words[self.at] == "{":
                found.append(self.group())
            else:
                found.append(self.next().strip('"'))
        self.at += 1
        return found


def read_nfg(text: str) -> tuple[list[str], list[list[str]], dict[tuple[int, ...], tuple[Fraction, ...]]]:
    """Return players, strategies, and the payoffs of each profile."""
    reader = Reader(tokens(text))
    assert [reader.next() for _ in range(3)] == ["NFG", "1", "R"]
    reader.next()
    players = reader.group()
    strategies = reader.group()
    numbers = [Fraction(word) for word in reader.words[reader.at :]]
    profiles = [tuple(reversed(one)) for one in product(*(range(len(own)) for own in reversed(strategies)))]
    width = len(players)
    rows = [tuple(numbers[at : at + width]) for at in range(0, len(numbers), width)]
    return players, strategies, dict(zip(profiles, rows, strict=True))


def pure_equilibria(
    strategies: list[list[str]], payoffs: dict[tuple[int, ...], tuple[Fraction, ...]]
) -> set[tuple[str, ...]]:
    """Return the profiles from which nobody gains by choosing otherwise alone."""
    return {
        tuple(strategies[player][choice] for player, choice in enumerate(profile))
        for profile in payoffs
        if all(
            payoffs[(*profile[:player], other, *profile[player + 1 :])][player] <= payoffs[profile][player]
            for player, own in enumerate(strategies)
            for other in range(len(own))
        )
    }


def backward_values(text: str) -> tuple[Fraction, ...]:
    """Return the payoffs of a tree of perfect information by backward induction, the first of equal choices taken."""
    reader = Reader(tokens(text))
    assert [reader.next() for _ in range(3)] == ["EFG", "2", "R"]
    reader.next()
    reader.group()
    reader.next()
    known: set[tuple[str, str]] = set()

    def node() -> tuple[Fraction, ...]:
        kind = reader.next()
        reader.next()
        if kind == "t":
            reader.next(), reader.next()
            return tuple(Fraction(word) for word in reader.group())
        if kind == "c":
            reader.next(), reader.next()
            words = reader.group()
            assert reader.next() == "0"
            chances = [Fraction(word) for word in words[1::2]]
            assert sum(chances) == 1
            below = [node() for _ in chances]
            return tuple(
                sum(c * v for c, v in zip(chances, column, strict=True)) for column in zip(*below, strict=True)
            )
        player, information = reader.next(), reader.next()
        assert (player, information) not in known, "perfect information: each set is one node"
        known.add((player, information))
        reader.next()
        choices = reader.group()
        assert reader.next() == "0"
        below = [node() for _ in choices]
        return max(below, key=lambda values: values[int(player) - 1])

    found = node()
    assert reader.at == len(reader.words)
    return found
