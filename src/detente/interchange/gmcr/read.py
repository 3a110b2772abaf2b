"""The `.gmcr` file as a frozen value, checked: who owns which option, what cannot be, who prefers what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from detente.case.stability import MOST_SWITCHES
from detente.core.errors import ImportFileError

Pattern = tuple[tuple[int, str], ...]
"""Options, each with Y or N: all of them hold."""

Patterns = tuple[Pattern, ...]
"""Patterns of which at least one holds."""

DIRECTIONS = ("both", "fwd", "back")
LARGEST = 20_000_000
MOST_MAKERS = 200


@dataclass(frozen=True, slots=True)
class Maker:
    """A decision maker: its options by place, its ranked conditions, and the states that it does not see.

    `ranking` holds the numbers of the states from the best to the worst, ties together; empty where none is given.
    """

    name: str
    options: tuple[int, ...]
    conditions: tuple[Patterns, ...]
    not_seen: tuple[Patterns, ...]
    ranking: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class GmcrFile:
    """What a `.gmcr` file says; `title` is the name of the file."""

    title: str
    options: tuple[tuple[str, str], ...]
    makers: tuple[Maker, ...]
    infeasible: tuple[Patterns, ...]
    by_hand: bool
    coalitions: tuple[tuple[int, ...], ...]

    @property
    def owner(self) -> tuple[int, ...]:
        """Return the place of the decision maker that owns each option."""
        owners = {option: place for place, maker in enumerate(self.makers) for option in maker.options}
        return tuple(owners[option] for option in range(len(self.options)))


def read_gmcr(path: Path) -> GmcrFile:
    """Return what a `.gmcr` file says.

    Raises
    ------
    ImportFileError
        With one line on what is wrong, and where.
    """
    return _Reader(path).file()


class _Reader:
    """Reads one file; every refusal names it and the place in it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def file(self) -> GmcrFile:
        data = self._loaded()
        for key in ("decisionMakers", "options"):
            if key not in data:
                self._fail(key, "this key is missing", None, "A .gmcr file has decisionMakers, options and infeasibles")
        options = tuple(self._option(one, f"options[{at}]") for at, one in enumerate(self._list(data, "options")))
        if not 1 <= len(options) <= MOST_SWITCHES:
            self._fail("options", "the number of options is out of range", len(options), f"From 1 to {MOST_SWITCHES}")
        listed = self._list(data, "decisionMakers")
        if not 1 <= len(listed) <= MOST_MAKERS:
            what = "the number of decision makers is out of range"
            self._fail("decisionMakers", what, len(listed), f"From 1 to {MOST_MAKERS}")
        makers = tuple(self._maker(one, f"decisionMakers[{at}]", len(options)) for at, one in enumerate(listed))
        self._owned_once(makers, options)
        infeasible = self._conditions(data.get("infeasibles", []), "infeasibles", len(options))
        by_hand = data.get("useManualPreferenceRanking", data.get("useManualPreferenceVectors", False))
        if not isinstance(by_hand, bool):
            self._fail("useManualPreferenceRanking", "this is neither true nor false", by_hand, "true or false")
        coalitions = self._coalitions(data.get("coalitions"), len(makers))
        return GmcrFile(self._path.stem, options, makers, infeasible, by_hand, coalitions)

    def _loaded(self) -> Mapping[str, Any]:
        if self._path.is_file() and self._path.stat().st_size > LARGEST:
            self._fail("", "the file is too large", self._path.stat().st_size, f"At most {LARGEST:,} bytes are read")
        try:
            data = json.loads(self._path.read_text(encoding="utf-8-sig"))
        except IsADirectoryError:
            self._fail("", "this is a folder", None, "A .gmcr file is needed", "Name the file in it")
        except FileNotFoundError:
            self._fail("", "there is no such file", None, "", "Check the path")
        except UnicodeDecodeError:
            self._fail("", "this is not text in UTF-8", None, "A .gmcr file is JSON", "Name another file")
        except (json.JSONDecodeError, RecursionError) as error:
            line = f"line {error.lineno}: {error.msg.lower()}" if isinstance(error, json.JSONDecodeError) else "nesting"
            self._fail("", f"this is not JSON ({line})", None, "A .gmcr file is JSON", "Mend it, or save it again")
        if not isinstance(data, dict):
            self._fail("", "this is no mapping of keys", type(data).__name__, "A .gmcr file is an object in braces")
        return data

    def _option(self, given: Any, place: str) -> tuple[str, str]:
        if not isinstance(given, dict):
            self._fail(place, "this is no option", given, 'An option is {"name": …, "permittedDirection": …}')
        direction = given.get("permittedDirection", "both")
        if direction not in DIRECTIONS:
            self._fail(f"{place}.permittedDirection", "this direction is not known", direction, ", ".join(DIRECTIONS))
        return self._name(given, place), direction

    def _maker(self, given: Any, place: str, options: int) -> Maker:
        if not isinstance(given, dict):
            self._fail(place, "this is no decision maker", given, 'A decision maker is {"name": …, "options": […], …}')
        own = tuple(self._place(one, f"{place}.options", options) for one in self._list(given, "options", place))
        ranking = given.get("preferenceRanking", given.get("preferenceVector", []))
        return Maker(
            name=self._name(given, place),
            options=own,
            conditions=self._conditions(given.get("preferences", []), f"{place}.preferences", options),
            not_seen=self._conditions(given.get("misperceptions", []), f"{place}.misperceptions", options),
            ranking=self._ranking(ranking, f"{place}.preferenceRanking"),
        )

    def _owned_once(self, makers: tuple[Maker, ...], options: tuple[tuple[str, str], ...]) -> None:
        owned = [option for maker in makers for option in maker.options]
        for option, (name, _) in enumerate(options):
            if owned.count(option) != 1:
                got = f"{owned.count(option)} owners"
                self._fail(f"options[{option}]", f'option "{name}" has no single owner', got, "Each has one owner")

    def _conditions(self, given: Any, place: str, options: int) -> tuple[Patterns, ...]:
        if not isinstance(given, list):
            self._fail(place, "this is no list of conditions", given, "A list of conditions in brackets")
        return tuple(self._patterns(one, f"{place}[{at}]", options) for at, one in enumerate(given))

    def _patterns(self, given: Any, place: str, options: int) -> Patterns:
        """Return one condition: a pattern, or a compound of patterns of which one holds."""
        if isinstance(given, dict):
            members = given.get("members")
            if not isinstance(members, list) or not members:
                self._fail(place, "this compound condition has no members", None, 'Its key is "members", a list')
            return tuple(
                pattern
                for at, one in enumerate(members)
                for pattern in self._patterns(one, f"{place}.members[{at}]", options)
            )
        if not isinstance(given, list) or not given:
            self._fail(place, "this is no condition", given, 'A condition is a list such as [[0, "Y"], [2, "N"]]')
        pattern: dict[int, str] = {}
        for pair in given:
            if not isinstance(pair, list) or len(pair) != 2 or pair[1] not in ("Y", "N"):
                self._fail(place, "this is no option with Y or N", pair, 'A pair such as [0, "Y"]')
            option = self._place(pair[0], place, options)
            if pattern.get(option, pair[1]) != pair[1]:
                self._fail(place, "this condition asks for Y and N of one option", option, "Each option once")
            pattern[option] = pair[1]
        return (tuple(pattern.items()),)

    def _ranking(self, given: Any, place: str) -> tuple[tuple[int, ...], ...]:
        if not isinstance(given, list):
            self._fail(place, "this is no ranking", given, "States from the best to the worst, ties in brackets")
        ranking = []
        for one in given:
            tie = one if isinstance(one, list) else [one]
            if not tie or not all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in tie):
                self._fail(place, "this is no state", one, "A state is a whole number, a tie a list of them")
            ranking.append(tuple(tie))
        return tuple(ranking)

    def _coalitions(self, given: Any, makers: int) -> tuple[tuple[int, ...], ...]:
        """Return the coalitions of two or more; one of a single decision maker says nothing."""
        if given is None:
            return ()
        if not isinstance(given, list):
            self._fail("coalitions", "this is no list", given, "Decision makers by place, those who join in brackets")
        parts = [tuple(one) if isinstance(one, list) else (one,) for one in given]
        members = [self._place(one, "coalitions", makers, "decision maker") for part in parts for one in part]
        if len(set(members)) != len(members):
            self._fail("coalitions", "a decision maker stands here twice", given, "Coalitions share no member")
        return tuple(part for part in parts if len(part) > 1)

    def _place(self, given: Any, place: str, count: int, what: str = "option") -> int:
        if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given < count:
            self._fail(place, f"there is no {what} at this place", given, f"Whole numbers from 0 to {count - 1}")
        return given

    def _name(self, given: Mapping[str, Any], place: str) -> str:
        name = given.get("name")
        if not isinstance(name, str) or not name.strip():
            self._fail(f"{place}.name", "this is no name", name, "A name is text")
        if not name.isprintable():
            self._fail(f"{place}.name", "this name holds a character that cannot be seen", name, "A name is one line")
        return name.strip()

    def _list(self, given: Mapping[str, Any], key: str, place: str = "") -> list[Any]:
        found = given.get(key, [])
        if not isinstance(found, list):
            self._fail(f"{place}.{key}" if place else key, "this is no list", found, "A list in brackets")
        return found

    def _fail(self, place: str, what: str, got: object, allowed: str, hint: str = "Correct the file") -> NoReturn:
        where = f"{self._path}, {place}" if place else str(self._path)
        raise ImportFileError(where=where, what=what, got=got, allowed=allowed, hint=hint)
