"""What is wrong with a party's judged numbers and red lines."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.case import Case
from detente.case.known import Known, each_unknown, unknown, unknown_in
from detente.case.position import Basis
from detente.case.preference import Preference, RedLine
from detente.case.problem import PathTo, Problem
from detente.case.ranges import out_of_range, too_large_together
from detente.case.red_lines import derived_basis

MOST_ISSUES_OF_A_JOINT_VALUE = 2


def preference_problems(case: Case, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with the preferences of a case."""
    low, high = (0.0, 1.0) if case.scale is None else (case.scale.low, case.scale.high)
    for at, preference in enumerate(case.preferences):
        path: PathTo = ("preferences", at)
        yield from unknown(preference.party, known.parties, "party", (*path, "party"))
        for issue, weight in preference.weights.items():
            yield from unknown(issue, known.issues, "issue", (*path, "weights", issue))
            yield from out_of_range(weight, 0.0, None, (*path, "weights", issue), "weight")
        for issue, values in preference.values.items():
            if issue not in known.issues:
                yield from unknown(issue, known.issues, "issue", (*path, "values", issue))
                continue
            for option, series in values.items():
                here = (*path, "values", issue, option)
                yield from unknown(option, known.options[issue], f'option of issue "{issue}"', here)
                for value in series:
                    yield from out_of_range(value, low, high, here, "value")
        yield from _interactions(known, preference, path)
        if preference.reservation is not None:
            yield from out_of_range(preference.reservation, None, None, (*path, "reservation"), "reservation")
        yield from too_large_together(case, preference, path)
        for place, line in enumerate(preference.red_lines):
            yield from _red_line(case, known, preference.party, line, (*path, "red_lines", place))


def _interactions(known: Known, preference: Preference, path: PathTo) -> Iterator[Problem]:
    for place, interaction in enumerate(preference.interactions):
        here = (*path, "interactions", place)
        yield from unknown_in(interaction.when, known, (*here, "when"))
        yield from out_of_range(interaction.value, None, None, (*here, "value"), "joint value")
        read = interaction.when.issues()
        if len(read) > MOST_ISSUES_OF_A_JOINT_VALUE:
            yield Problem(
                (*here, "when"),
                "a joint value reads too many issues",
                ", ".join(read),
                "A joint value is for the options of two issues",
                "Split it into pairs",
            )


def _red_line(case: Case, known: Known, party: str, line: RedLine, here: PathTo) -> Iterator[Problem]:
    yield from unknown_in(line.never, known, (*here, "never"))
    for field in ("because", "relaxed_by", "contested_by"):
        yield from each_unknown(getattr(line, field), case.position, "position", (*here, field))
    for field, does in (("because", "grounds"), ("relaxed_by", "takes back")):
        for place, name in enumerate(getattr(line, field)):
            if name in case.position and case.position[name].party in known.parties - {party}:
                yield Problem(
                    (*here, field, place),
                    f"this is a position of {case.position[name].party}",
                    name,
                    f"Only a position of {party} itself {does} a red line of {party}",
                    "Remove it, or name one of its own",
                )
    if line.p_binding is not None:
        yield from out_of_range(line.p_binding, 0.0, 1.0, (*here, "p_binding"), "probability")
    yield from _basis(case, line, here)
    issues = line.never.issues()
    if line.sense is not None and len(issues) != 1:
        yield Problem(
            (*here, "sense"),
            "a sense belongs to a line over one issue",
            line.sense.value,
            "This line reads " + (", ".join(issues) or "none"),
            "Leave it out",
        )


def _basis(case: Case, line: RedLine, here: PathTo) -> Iterator[Problem]:
    """Yield a problem if a line is given as stated and nothing that the party said states it."""
    if line.basis is not Basis.STATED or derived_basis(case, line) is Basis.STATED:
        return
    if line.because:
        allowed = "A line is stated if its grounds rule out in words all that it refuses"
        yield Problem(
            (*here, "basis"),
            "the grounds of this line do not state it",
            "stated",
            allowed,
            "Leave basis out, or split it",
        )
    elif case.positions:
        allowed = "A stated line names the positions in which it was stated; without any it is a judgement"
        yield Problem(
            (*here, "basis"), "this line rests on no position", "stated", allowed, "Add because, or leave it out"
        )
