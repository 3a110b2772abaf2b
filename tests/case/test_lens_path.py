"""What an override's path means."""

from __future__ import annotations

import pytest

from detente.case.lens_path import LensTarget, Target, lens_target
from tests.case.builders import small, small_case


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("weights.water", LensTarget(Target.WEIGHT, ("water",))),
        ("values.water.w2", LensTarget(Target.VALUE, ("water", "w2"))),
        ("red_lines.bridge.b2.p_binding", LensTarget(Target.RED_LINE, ("bridge", "b2"))),
        ("no_agreement.beliefs.quiet", LensTarget(Target.BELIEF, ("quiet",))),
        ("no_agreement.payoffs.fight", LensTarget(Target.PAYOFF, ("fight",))),
        ("reservation", LensTarget(Target.RESERVATION)),
        ("weights.wine", None),
        ("values.water", None),
        ("values.water.w9", None),
        ("red_lines.water.w1.p_binding", LensTarget(Target.RED_LINE, ("water", "w1"))),
        ("red_lines.water.w9.p_binding", None),
        ("time.patience_6m", LensTarget(Target.PATIENCE)),
        ("time.audience_cost", None),
        ("no_agreement.payoffs.peace", None),
        ("trust.A-B", None),
        ("nonsense", None),
    ],
)
def test_a_path_is_read_against_what_exists(path: str, target: LensTarget | None) -> None:
    assert lens_target(small_case(), path) == target


def test_ids_may_hold_dots() -> None:
    values = small(links=[], packages=[])
    values["issues"][1] |= {"id": "a.b", "options": [{"id": "c.d", "text": "x"}, {"id": "d", "text": "y"}]}
    values["issues"].append(
        {"id": "a", "title": "t", "options": [{"id": "b.c", "text": "x"}, {"id": "e", "text": "y"}]}
    )
    case = small_case(**{key: values[key] for key in ("links", "packages", "issues")})
    assert lens_target(case, "values.a.b.c.d") == LensTarget(Target.VALUE, ("a.b", "c.d"))
    assert lens_target(case, "values.a.b.c") == LensTarget(Target.VALUE, ("a", "b.c"))


def test_trust_is_that_of_a_dyad() -> None:
    case = small_case(trust_classes=[{"id": "low", "value": 0.2}], dyads=[{"of": "A", "towards": "B", "trust": "low"}])
    for path in ("trust.A-B", "trust.B-A"):
        assert lens_target(case, path) == LensTarget(Target.TRUST, ("A", "B"))
