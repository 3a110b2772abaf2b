"""Each party's own game in sentences: what would last there, and what would surprise it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.case.case import Case
from detente.wording.sentence import capital
from detente.wording.stability_words import MOST_SHOWN, Report, folded, party_of, player_of


def views_lines(case: Case, report: Report) -> Iterator[str]:
    """Yield each party's own game, and by what it would be surprised; concepts that say the same share a line."""
    for party, view in report.get("views", {}).items():
        name = player_of(case, party)
        unseen = report["count"] - view["count"]
        differs = [f"does not see {unseen:,} of {report['count']:,} states"] if unseen else []
        others = ", ".join(party_of(case, one) for one in view["takes_otherwise"])
        differs += [f"takes the ranking of {others} for another than it is"] if others else []
        yield f"{capital(name)} {' and '.join(differs) or 'sees the game as it is'}. What would last in its own game:"
        yield from (
            f"  {under}: {', '.join(states[:MOST_SHOWN]) or 'none'}."
            for under, states in _alike(report, {word: tuple(states) for word, states in view["equilibria"].items()})
        )
        said: dict[str, list[str]] = {}
        for word, surprises in view["surprised"].items():
            for one in surprises[:MOST_SHOWN]:
                said.setdefault(_surprised(case, name, one), []).append(word)
        for word, states in view["lasts_only_there"].items():
            for one in states[:MOST_SHOWN]:
                leaving = " and ".join(player_of(case, who) for who in one["leaving"])
                said.setdefault(f"{one['state']} would last there, and {leaving} would leave it", []).append(word)
        if said:
            yield f"  What would surprise {name}:"
        yield from (f"    {line} ({folded(report, words)})." for line, words in said.items())


def _alike(report: Report, by_word: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the concepts that hold for the same states, and these."""
    words: dict[tuple[str, ...], list[str]] = {}
    for word, states in by_word.items():
        words.setdefault(states, []).append(word)
    yield from ((folded(report, some), states) for states, some in words.items())


def _surprised(case: Case, name: str, one: Mapping[str, Any]) -> str:
    if not one["seen"]:
        return f"{one['state']} lasts, and {name} does not see this state"
    others = " and ".join(player_of(case, party) for party in one["expected_to_move"])
    return f"{one['state']} lasts, where in the game that {name} sees {others} would move"
