"""From what was learned to the case file: what changes, and writing it; or a snippet to paste."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.case.case import Case
from detente.case.load import read_files
from detente.case.save import Append, Change, Set, on_one_line, to_yaml
from detente.case.yamlfile import read_text
from detente.cli.names import issue_name, option_name
from detente.cli.output import folder_to_write, plain
from detente.core.errors import DetenteError
from detente.uncertainty.elicitation import Judged, Judgement

HEAD = "# From `detente elicit`: judgements from public material of what the party is taken to want.\n"


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose judgement it is: author, day, grounds, and a note on how it was reached."""

    by: str
    on: datetime.date
    because: tuple[str, ...]
    questions: int

    def estimate(self, one: Judgement) -> dict[str, object]:
        """Return an estimate as it stands in a case file."""
        low, mode, high = one.estimate
        note = f"pairwise comparisons: {one.comparisons} of {self.questions} name it"
        grounds = {"because": list(self.because)} if self.because else {}
        return {"low": low, "mode": mode, "high": high, **grounds, "by": self.by, "judged_on": self.on, "note": note}


def asked_about(known: Judged) -> tuple[dict[str, Judgement], dict[str, dict[str, Judgement]]]:
    """Return the weights and the values that an answered question named; the rest stays as it is."""
    weights = {issue: one for issue, one in known.weights.items() if one.comparisons}
    values = {
        issue: told
        for issue, options in known.values.items()
        if (told := {option: one for option, one in options.items() if one.comparisons})
    }
    return weights, values


def fit_for_snippet(output: Path, session: Path) -> None:
    """Refuse a file to which no snippet may be written, before anything is asked.

    Raises
    ------
    DetenteError
        If it is the session, a folder, or a file that holds something else.
    """
    if output.resolve() == session.resolve():
        raise DetenteError(
            where="-o", what="this is the session file", got=str(output), hint="Name another file for the snippet"
        )
    if output.exists() and not (output.is_file() and read_text(output).startswith(HEAD)):
        raise DetenteError(
            where="-o",
            what="there is something else already",
            got=str(output),
            allowed="Only an earlier snippet is written over",
            hint="Name another file",
        )
    folder_to_write(output.parent)


def snippet(party: str, known: Judged, signed: Signed) -> str:
    """Return the preferences of a party as YAML to paste into a case."""
    weights, values = asked_about(known)
    entry = {
        "party": party,
        "weights": {issue: signed.estimate(one) for issue, one in weights.items()},
        "values": {
            issue: {option: signed.estimate(one) for option, one in options.items()}
            for issue, options in values.items()
        },
    }
    return HEAD + to_yaml(plain({"preferences": [entry]}))


def changes(path: Path, party: str, known: Judged, signed: Signed) -> tuple[Change, ...]:
    """Return the changes that put what was asked about into the files of a case, and touch nothing else."""
    weights, values = asked_about(known)
    new_weights = {issue: on_one_line(signed.estimate(one)) for issue, one in weights.items()}
    new_values = {
        issue: {option: on_one_line(signed.estimate(one)) for option, one in options.items()}
        for issue, options in values.items()
    }
    at, entry = _entry(path, party)
    if entry is None:
        new = {"party": party, "weights": new_weights, "values": new_values}
        return (Append(("preferences",), {key: value for key, value in new.items() if value}),)
    base = ("preferences", at)
    found: list[Change] = []
    held = entry.get("weights")
    if not isinstance(held, Mapping):
        found += [Set((*base, "weights"), new_weights)] if new_weights else []
    else:
        found += [Set((*base, "weights", issue), one) for issue, one in new_weights.items()]
    held = entry.get("values")
    if not isinstance(held, Mapping):
        return (*found, *([Set((*base, "values"), new_values)] if new_values else []))
    for issue, options in new_values.items():
        if isinstance(held.get(issue), Mapping):
            found += [Set((*base, "values", issue, option), one) for option, one in options.items()]
        else:
            found.append(Set((*base, "values", issue), options))
    return tuple(found)


def change_lines(case: Case, party: str, known: Judged) -> Iterator[str]:
    """Yield one line for each number that would change: what it was, and what it would be."""
    weights, values = asked_about(known)
    preference = case.preference.get(party)
    for issue, one in weights.items():
        old = None if preference is None else preference.weights.get(issue)
        was = "none" if old is None else _three((old.low, old.mode, old.high))
        yield f"weight of {issue_name(case, issue)}: {was} → {_three(one.estimate)}"
    for issue, options in values.items():
        for option, one in options.items():
            series = () if preference is None else preference.values.get(issue, {}).get(option, ())
            was = _three((series[-1].low, series[-1].mode, series[-1].high)) if series else "none"
            revisions = f" ({len(series)} revisions)" if len(series) > 1 else ""
            name = f"{issue_name(case, issue)}, {option_name(case, issue, option)}"
            yield f"value of {name}: {was}{revisions} → {_three(one.estimate)}"


def _entry(path: Path, party: str) -> tuple[int, Mapping[str, object] | None]:
    listed = read_files(path).data.get("preferences")
    entries: Sequence[object] = listed if isinstance(listed, Sequence) else ()
    for at, entry in enumerate(entries):
        if isinstance(entry, Mapping) and entry.get("party") == party:
            return at, entry
    return 0, None


def _three(numbers: tuple[float, float, float]) -> str:
    return " / ".join(f"{number:.3g}" for number in numbers)
