"""Judgements in words: a number by what it is about, a line by who refuses what, and how each would have to change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.core.condition import parse_condition
from detente.wording.naming import Naming
from detente.wording.sentence import Part, label, series
from detente.wording.settlement import condition_words, line_words

Entry = Mapping[str, Any]


def judgement_words(naming: Naming, entry: Entry) -> Part:
    """Return what a judged number of a breakpoint report is about, and whose it is."""
    who = naming.the(entry["party"])
    match entry["kind"]:
        case "value":
            return ("the value of ", naming.option(entry["issue"], entry["option"]), " on ",
                    naming.file(entry["issue"]), " to ", who)  # fmt: skip
        case "weight":
            return ("the weight of ", naming.file(entry["issue"]), " for ", who)
        case "belief":
            return ("the judged belief of ", who, " in scenario ", label(entry["scenario"]))
        case "payoff":
            return ("the judged value of scenario ", label(entry["scenario"]), " for ", who)
        case "joint_value":
            return ("the joint value of ", label(condition_words(naming, entry["when"])), " for ", who)
        case _:
            return ("the judged value of no deal for ", who)


def kind_words(naming: Naming, entry: Entry) -> Part:
    """Return only which kind of judged number it is, and whose: for the main part, which prints no utility."""
    who = naming.the(entry["party"])
    match entry["kind"]:
        case "value":
            return ("a judged value on ", naming.file(entry["issue"]), " for ", who)
        case "weight":
            return ("the judged weight of ", naming.file(entry["issue"]), " for ", who)
        case "joint_value":
            files = [naming.file(issue) for issue in parse_condition(entry["when"]).issues()]
            return ("a judged joint value on ", series(files), " for ", who)
        case _:
            return ("a judged number on no deal for ", who)


def moved_words(entry: Entry) -> str:
    """Return how a number stands and where it turns a conclusion, in figures: for tables."""
    now = "not coded" if entry["now"] is None else f"{entry['now']:g}"
    judged = "" if entry["range"] is None else f" ({entry['range'][0]:g} to {entry['range'][1]:g})"
    at = "at or " if entry["reached"] else ""
    return f"{now}{judged}; turns {at}{entry['flips']} {entry['threshold']:.4g}"


def half_words(naming: Naming, half: Entry, lines: Mapping[str, Entry]) -> Part:
    """Return one half of a pair of judgements, and how it would have to be read."""
    if half["kind"] != "line":
        return (judgement_words(naming, half), f" {half['flips']} {half['to']:.4g}")
    how = " if it did not bind" if half["flips"] == "does_not_bind" else " if it were stated"
    return (line_words(naming, lines[half["line"]]), how)
