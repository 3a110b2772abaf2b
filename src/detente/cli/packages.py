"""From a word of the command line to the package that is meant: a name in the case, or a file."""

from __future__ import annotations

from pathlib import Path

from detente.case.case import Case
from detente.core.errors import CaseError
from detente.registry.asked import Asked, asked_choice, asked_package

ENDINGS = frozenset({".yaml", ".yml", ".json"})


def package_of(case: Case, word: str) -> Asked:
    """Return the package that a word means; a file is meant if the word ends in .yaml, .yml or .json.

    Raises
    ------
    CaseError
        If there is no such package, or the file is none.
    """
    return _from_file(case, word) if Path(word).suffix.lower() in ENDINGS else asked_package(case, word)


def _from_file(case: Case, word: str) -> Asked:
    from detente.case.yamlfile import parse_yaml, read_text

    located = parse_yaml(read_text(Path(word)), word)
    whole = located.data
    if not isinstance(whole, dict) or set(whole) != {"choice"}:
        raise CaseError(
            where=f"{word}:1",
            what="this is no package",
            got=", ".join(map(str, whole)) if isinstance(whole, dict) else type(whole).__name__,
            allowed="A package is one key, choice, with one option for some or all issues",
            hint="Write choice: {ISSUE: OPTION}",
        )
    choice = whole["choice"]
    if not isinstance(choice, dict) or not choice:
        raise CaseError(
            where=f"{word}:{located.line(('choice',))}",
            what="the choice is empty" if choice in ({}, None) else "the choice is no list of issues",
            allowed="A choice names at least one issue with an option",
            hint="Write choice: {ISSUE: OPTION}",
        )
    for issue, option in choice.items():
        if not isinstance(option, str):
            raise CaseError(
                where=f"{word}:{located.line(('choice', issue))}",
                what=f'issue "{issue}" has no single option',
                got=option,
                allowed="One option id per issue; an issue that is left out is open",
                hint="Name one option, or leave the issue out",
            )
    where = {issue: f"{word}:{located.line(('choice', issue))}" for issue in choice}
    return asked_choice(case, word, choice, where=where)
