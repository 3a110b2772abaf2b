"""The settlement report in sentences: what it says, on which assumptions, and what excludes what.

Neutral throughout: a conflict names the lines that cannot hold together, never who should move.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.position import Basis
from detente.core.condition import Among, parse_condition
from detente.core.condition import condition_words as words_of
from detente.core.rounding import about
from detente.wording.naming import Naming
from detente.wording.reading import Reading, Report
from detente.wording.sentence import Part, Runs, Sentence, count, flat, label, quoted, sentence, separated, series, verb

CONCEPTS = {
    "nash": "largest product of gains over no deal (Nash 1950)",
    "kalai_smorodinsky": "equal shares of each party's largest possible gain (Kalai and Smorodinsky 1975)",
    "egalitarian": "largest smallest gain (Kalai 1977)",
    "utilitarian": "largest sum of utilities",
}


def model_sentences(reading: Reading) -> tuple[Sentence, ...]:
    """Return what the model is, what it assumes, and what it reproduces."""
    return (
        sentence(
            "The settlement model asks which packages cross no binding red line and leave every member of a consent "
            "list at least as well off as no agreement."
        ),
        sentence(
            "It adds up each party's weighted values of the chosen options; weights, values and the value of no "
            "agreement are judged, illustrative numbers that stand in Annex B and may be changed there."
        ),
        sentence(
            "An option that a party has not spoken of counts with its whole range: what holds at its worst is certain, "
            "what holds only at its best is possible. A file that a member has not coded is left out."
        ),
        sentence(
            "Red lines bind first as stated, then stated and inferred, then as a curve over how many are taken as "
            "binding. "
            "It reproduces the worked example of Nash (1950) and agrees with independent computations of the others: "
            "tier 1."
        ),
    )


def assumption_sentences(report: Report) -> tuple[Sentence, ...]:
    """Return the report's own assumptions and notes."""
    return tuple(sentence(label(str(text))) for text in (*report.get("assumptions", ()), *report.get("notes", ())))


def printed_count(value: str | Mapping[str, str]) -> str:
    """Return a count of packages for a table: to two digits beyond 9,999, or between bounds."""
    if isinstance(value, str):
        return about(int(value))
    low, high = about(int(value["low"])), about(int(value["high"]))
    return low if low == high else f"{low} to {high}"


def line_words(naming: Naming, line: Mapping[str, Any]) -> Runs:
    """Return a red line in words: who refuses what, and how it is known."""
    basis = Basis(line["basis"])
    cites = tuple(line["statements"])
    issue = line.get("issue")
    if issue is not None and line.get("option") is not None:
        what: Part = (naming.option(issue, line["option"], basis=basis, cites=cites), " on ", naming.issue(issue))
    else:
        what = quoted(condition_words(naming, str(line["never"])), basis=basis, cites=cites)
    name = naming.party(line["party"])
    return tuple(flat((name, f" {verb([name], 'refuses', 'refuse')} ", what, f" ({basis.value})")))


def condition_words(naming: Naming, condition: str) -> str:
    """Return a condition over issues in words."""

    def among(atom: Among) -> str:
        options = " or ".join(naming.option(atom.issue, option).text for option in atom.options)
        return f"{options} on {naming.issue(atom.issue).text}"

    return words_of(parse_condition(condition), among)


MOST_CONFLICTS = 8


def conflict_sentences(reading: Reading, report: Report, conflicts: Sequence[Mapping[str, Any]]) -> Iterator[Sentence]:
    """Say which smallest sets of lines and reservations cannot hold together.

    Sets that differ only in who refuses an option are said together: of those named for one option, any is enough.
    """
    lines = {line["id"]: line for line in report["lines"]}
    naming = reading.naming
    groups: dict[tuple[object, ...], list[Mapping[str, Any]]] = {}
    for conflict in conflicts:
        slots = tuple(sorted({_slot(lines[i]) for i in conflict["lines"]}))
        groups.setdefault((slots, tuple(conflict["reservations"])), []).append(conflict)
    ordered = sorted(groups.items(), key=lambda item: (len(item[1][0]["reservations"]), len(item[1][0]["lines"])))
    for (_, reserved), members in ordered[:MOST_CONFLICTS]:
        refusers: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
        for conflict in members:
            for line_id in conflict["lines"]:
                refusers.setdefault(_slot(lines[line_id]), {})[lines[line_id]["party"]] = lines[line_id]
        clauses: list[Part] = []
        files = {issue for issue, _ in refusers if issue}
        for who in refusers.values():
            names: list[Part] = [(naming.the(line["party"]), f" ({line['basis']})") for line in who.values()]
            does = verb([naming.the(line["party"]) for line in who.values()][-1:], "refuses", "refuse")
            clauses.append(
                (
                    series(names, "or"),
                    f" {does} ",
                    _refused(naming, who, named=len(files) > 1),
                )
            )
        if reserved:
            assert isinstance(reserved, tuple)
            clauses.append(("it is no worse than no deal for ", series(naming.all_the(reserved))))
        yield sentence(
            *(
                ("On ", naming.file(next(iter(files))), ", these cannot all hold: ")
                if len(files) == 1
                else ("These cannot all hold: ",)
            ),
            *separated(clauses),
            ".",
            because=[s for who in refusers.values() for line in who.values() for s in line["statements"]],
            lists=[report["consent"]] if "consent" in report else [],
        )
    if len(ordered) > MOST_CONFLICTS:
        yield sentence("And ", count(len(ordered) - MOST_CONFLICTS, "further set"), ", in the JSON form of the report.")


def _slot(line: Mapping[str, Any]) -> tuple[str, str]:
    return (str(line.get("issue") or ""), str(line.get("option") or line["never"]))


def _refused(naming: Naming, who: Mapping[str, Mapping[str, Any]], *, named: bool) -> Part:
    line = next(iter(who.values()))
    cites = tuple(dict.fromkeys(s for entry in who.values() for s in entry["statements"]))
    if line.get("issue") is not None and line.get("option") is not None:
        basis = Basis.STATED if any(entry["basis"] == "stated" for entry in who.values()) else Basis.INFERRED
        option = naming.option(line["issue"], line["option"], basis=basis, cites=cites)
        return (option, " on ", naming.file(line["issue"])) if named else option
    return quoted(condition_words(naming, str(line["never"])), cites=cites)


def package_words(naming: Naming, package: Mapping[str, str]) -> Runs:
    """Return a package as a list of files and chosen options."""
    parts: list[Part] = []
    for issue, option in package.items():
        if parts:
            parts.append("; ")
        parts += [naming.issue(issue), ": ", naming.option(issue, option)]
    return tuple(flat(parts))


def concept_name(concept: str) -> Runs:
    """Return the words for a bargaining solution."""
    return (label(CONCEPTS.get(concept, concept.replace("_", " "))),)
