"""What an override of a lens changes: one estimate of one party, named by a path with dots.

A path that is well formed and names things of the case is a target, whether or not the party has a number there: that
may depend on the day, and `read_through` lists what it did not find.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from detente.case.case import Case

FORMS = (
    "weights.ISSUE",
    "values.ISSUE.OPTION",
    "red_lines.ISSUE.OPTION.p_binding",
    "no_agreement.beliefs.SCENARIO",
    "no_agreement.payoffs.SCENARIO",
    "reservation",
    "trust.PARTY-PARTY",
    "time.patience_6m",
)


class Target(StrEnum):
    """The kind of number that an override changes."""

    WEIGHT = "weights"
    VALUE = "values"
    RED_LINE = "red_lines"  # the probability that it binds
    BELIEF = "no_agreement.beliefs"
    PAYOFF = "no_agreement.payoffs"
    RESERVATION = "reservation"
    TRUST = "trust"
    PATIENCE = "time.patience_6m"  # one number for all parties, so no party's own to change


@dataclass(frozen=True, slots=True)
class LensTarget:
    """An override's path, read: the kind of number and the ids that name it."""

    kind: Target
    ids: tuple[str, ...] = ()


def lens_target(case: Case, path: str) -> LensTarget | None:
    """Return what a path means in a case, or None if it names nothing.

    Ids may hold dots, so a path is read against the ids that exist, never split blindly.
    """
    for kind in (Target.RESERVATION, Target.PATIENCE):
        if path == kind:
            return LensTarget(kind)
    for kind in (Target.BELIEF, Target.PAYOFF):
        if path.startswith(f"{kind}."):
            scenario = path.removeprefix(f"{kind}.")
            known = any(one.id == scenario for one in case.no_agreement.scenarios)
            return LensTarget(kind, (scenario,)) if known else None
    head, _, rest = path.partition(".")
    if head == Target.WEIGHT and rest in case.issue:
        return LensTarget(Target.WEIGHT, (rest,))
    if head == Target.TRUST:
        pairs = ((dyad.of, dyad.towards) for dyad in case.dyads)
        named = next((pair for pair in pairs if rest in {"-".join(pair), "-".join(pair[::-1])}), None)
        return None if named is None else LensTarget(Target.TRUST, named)
    if head == Target.VALUE:
        return _answer(case, Target.VALUE, rest)
    if head == Target.RED_LINE:
        return _answer(case, Target.RED_LINE, rest.removesuffix(".p_binding"))
    return None


def _answer(case: Case, kind: Target, path: str) -> LensTarget | None:
    for issue in case.issues:
        option = path.removeprefix(f"{issue.id}.")
        if option != path and any(one.id == option for one in issue.options):
            return LensTarget(kind, (issue.id, option))
    return None
