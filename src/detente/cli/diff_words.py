"""Values, sets and numbers of a difference in words: short, on one line, and never the same where they differ."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence

from detente.case.diff import FieldChange
from detente.case.diff.record import Leaf
from detente.cli.names import joined
from detente.core.errors import shortened

LONGEST = 44
MOST_MEMBERS = 4
BOUNDS = ("low", "mode", "high")
SHORT, LONG = 6, 12
"""So many significant digits are shown, and so many where fewer would show no difference."""


def change_of(field: FieldChange, *, absent: str = "not given") -> str:
    """Return a field that differs as `old → new`, or for a set as what came and what went."""
    if field.is_set and absent == "not given":
        return set_change(field)
    if isinstance(field.a, str) and isinstance(field.b, str) and not (field.a.isdigit() and field.b.isdigit()):
        return " → ".join(parted(field.a, field.b))
    short, long = (
        f"{value(field.a, absent=absent, digits=digits)} → {value(field.b, absent=absent, digits=digits)}"
        for digits in (SHORT, LONG)
    )
    return long if _says_nothing(short) else short


def number_change(a: Mapping[str, Leaf], b: Mapping[str, Leaf], head: str = "") -> str:
    """Return a judged number of either side as `old → new`; `head` is the field that holds it."""
    short, long = (f"{number(a, head, digits)} → {number(b, head, digits)}" for digits in (SHORT, LONG))
    return long if _says_nothing(short) else short


def number(fields: Mapping[str, Leaf], head: str = "", digits: int = SHORT) -> str:
    """Return a judged number: its most likely value, and its bounds where they differ from it.

    Examples
    --------
    >>> number({"low": 0.2, "mode": 0.3, "high": 0.5}), number({"low": 1, "mode": 1, "high": 1}), number({})
    ('0.3 (0.2 to 0.5)', '1', 'not given')
    """
    low, mode, high = (fields.get(f"{head}.{bound}" if head else bound) for bound in BOUNDS)
    if mode is None:
        return "not given"
    if low == mode == high:
        return value(mode, digits=digits)
    return f"{value(mode, digits=digits)} ({value(low, digits=digits)} to {value(high, digits=digits)})"


def value(leaf: Leaf | None, *, absent: str = "not given", digits: int = SHORT) -> str:
    """Return a value in words."""
    if leaf is None:
        return absent
    if isinstance(leaf, bool):
        return "yes" if leaf else "no"
    if isinstance(leaf, frozenset):
        return some([_member(one) for one in sorted(leaf)])
    if isinstance(leaf, tuple):
        return ", ".join("/".join(one) if isinstance(one, tuple) else str(one) for one in leaf)
    if isinstance(leaf, (int, float)):
        return f"{leaf:.{digits}g}"
    return f"{int(leaf):,}" if leaf.isdigit() else quoted(shortened(leaf, LONGEST))


def set_change(field: FieldChange) -> str:
    """Return what came to a set, and what went."""
    parts = ((mark, one) for mark, one in (("+", field.only_b), ("−", field.only_a)) if one)
    return "; ".join(f"{mark} {some([_member(member) for member in sorted(one)])}" for mark, one in parts)


def parted(one: str, other: str) -> tuple[str, str]:
    """Return two texts shortened to where they part, in quotation marks where they hold a space.

    Examples
    --------
    >>> parted("rules_out", "demands")
    ('rules_out', 'demands')
    >>> parted("Aland asks in a long letter for half of the water", "Aland asks in a long letter for all of the water")
    ('“… letter for half of the water”', '“… letter for all of the water”')
    """
    start = 0
    if max(len(one), len(other)) > LONGEST:
        same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
        words_before = one[:same].split(" ")[:-1]
        start = len(" ".join(words_before[:-2])) + (len(words_before) > 2)  # two words before they part
        if same - start > LONGEST // 2:  # words too long for that, such as addresses
            start = same - LONGEST // 4
    first, second = (quoted(shortened(("… " if start else "") + text[start:], LONGEST)) for text in (one, other))
    return first, second


def quoted(text: str) -> str:
    """Return a text in quotation marks if it is more than a word."""
    return f"“{text}”" if " " in text else text


def some(words: Sequence[str], most: int = MOST_MEMBERS) -> str:
    """Return the first of some words, and how many more there are."""
    more = len(words) - most
    return joined(words[:most]) + (f" and {more:,} more" if more > 0 else "")


def _member(text: str) -> str:
    """Return a member of a set in words: its id, or what it is made of."""
    held = json.loads(text)
    if not isinstance(held, dict):
        return shortened(str(held), 2 * LONGEST)
    parts: list[str] = []
    for name, one in held.items():
        if isinstance(one, list):
            parts += [str(item) if name == "lines" else f"reservation of {item}" for item in one]
        else:
            parts.append(f"{name} {one:.4g}" if isinstance(one, (int, float)) else str(one))
    return "(" + shortened(", ".join(parts), 2 * LONGEST) + ")"


def _says_nothing(text: str) -> bool:
    a, _, b = text.partition(" → ")
    return a == b
