"""The text of a Gambit file: `.nfg` for a game in strategic form, `.efg` for a tree.

The formats are those that Gambit's documentation describes (version 1 R and 2 R).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from detente.core.errors import ModelError
from detente.interchange.gambit.game import Chance, Decision, GameTree, Node, Outcome, StrategicGame

MOST_PROFILES = 1 << 18
"""With more profiles a file would be larger than other programs read."""

MOST_NODES = 1 << 18


def to_nfg(game: StrategicGame) -> str:
    """Return the text of an `.nfg` file.

    Examples
    --------
    >>> one = (Fraction(1), Fraction(0))
    >>> game = StrategicGame("pick", ("A", "B"), (("x", "y"), ("z",)), (one, one))
    >>> print(to_nfg(game))
    NFG 1 R "pick" { "A" "B" }
    <BLANKLINE>
    { { "x" "y" }
    { "z" } }
    <BLANKLINE>
    1 0 1 0
    <BLANKLINE>
    """
    _not_more(len(game.payoffs), MOST_PROFILES, "profiles")
    strategies = "\n".join(_braces(map(_quoted, own)) for own in game.strategies)
    numbers = " ".join(_number(payoff) for profile in game.payoffs for payoff in profile)
    return f"NFG 1 R {_quoted(game.title)} {_braces(map(_quoted, game.players))}\n\n{{ {strategies} }}\n\n{numbers}\n"


def to_efg(game: GameTree) -> str:
    """Return the text of an `.efg` file: its nodes one to a line, each before what follows from it.

    Raises
    ------
    ModelError
        If there are too many nodes, the chances at a node do not add up to 1, or nodes of one information set differ
        in their choices.
    """
    lines = [f"EFG 2 R {_quoted(game.title)} {_braces(map(_quoted, game.players))}", '""', ""]
    sets: dict[tuple[int, str], tuple[int, tuple[str, ...]]] = {}
    counts = [0] * len(game.players)
    chances = outcomes = 0
    told: dict[str, int] = {}
    waiting: list[Node] = [game.root]
    while waiting:
        _not_more(len(lines) + len(waiting), MOST_NODES, "nodes")
        node = waiting.pop()
        match node:
            case Outcome(label, payoffs):
                outcomes += 1
                numbers = "{ " + ", ".join(map(_number, payoffs)) + " }"
                lines.append(f't "" {outcomes} {_quoted(label)} {numbers}')
            case Chance(label, branches):
                chances += 1
                if sum(chance for _, chance, _ in branches) != 1:
                    raise ModelError(
                        where="GameTree", what=f"the chances at {label!r} do not add up", allowed="Their sum is 1"
                    )
                words = _braces(f"{_quoted(name)} {_number(chance)}" for name, chance, _ in branches)
                told[label] = told.get(label, 0) + 1  # Gambit refuses a label that stands twice
                own = label if told[label] == 1 else f"{label} ({told[label]})"
                lines.append(f'c "" {chances} {_quoted(own)} {words} 0')
                waiting += [after for *_, after in reversed(branches)]
            case Decision(player, information, branches):
                names = tuple(name for name, _ in branches)
                if (player, information) not in sets:
                    counts[player] += 1
                    sets[player, information] = counts[player], names
                number, offered = sets[player, information]
                if offered != names:
                    raise ModelError(
                        where="GameTree", what=f"nodes of the information set {information!r} offer different choices",
                        got=", ".join(names), allowed=", ".join(offered),
                    )  # fmt: skip
                head = f'p "" {player + 1} {number} {_quoted(information)}'
                lines.append(f"{head} {_braces(map(_quoted, names))} 0")
                waiting += [after for _, after in reversed(branches)]
    return "\n".join(lines) + "\n"


def _not_more(count: int, most: int, what: str) -> None:
    if count > most:
        raise ModelError(
            where="gambit", what=f"the game has too many {what} for a file", got=count, allowed=f"At most {most:,}",
            hint="Choose a smaller model",
        )  # fmt: skip


def _quoted(text: str) -> str:
    """Return a text in double quotes; the format has no escapes, so inner ones become single."""
    return '"' + " ".join(text.replace('"', "'").split()) + '"'


def _braces(words: Iterable[str]) -> str:
    return "{ " + " ".join(words) + " }"


def _number(value: Fraction) -> str:
    return str(value)
