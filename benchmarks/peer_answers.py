"""Print NegMAS's answers to the questions of "Peers' wrong answers" in docs/benchmarks.md.

Run as `python benchmarks/peer_answers.py` by a Python that has NegMAS. One issue, two parties;
utilities are in hundredths.
"""

from collections.abc import Sequence
from typing import Any

from negmas.outcomes import make_issue, make_os
from negmas.preferences import MappingUtilityFunction
from negmas.preferences.ops import calc_scenario_stats


def stats(
    first: Sequence[int], second: Sequence[int], reserved: tuple[int, int] = (0, 0), refused: int | None = None
) -> Any:
    """Return NegMAS's statistics; the first party never accepts the option `refused`."""
    space = make_os([make_issue(len(first), "option")])
    ufuns = [
        MappingUtilityFunction(
            {(option,): value / 100 for option, value in enumerate(values)},
            outcome_space=space,
            reserved_value=least / 100,
            constraints=[lambda outcome: outcome != (refused,)] if party == 0 and refused is not None else None,
        )
        for party, (values, least) in enumerate(zip((first, second), reserved, strict=True))
    ]
    return calc_scenario_stats(ufuns)


def main() -> None:
    """Ask the four questions."""
    line = stats([90, 60, 30], [90, 50, 70], refused=0)
    print("a red line on option 0: frontier", line.pareto_outcomes)
    ratio = stats([40, 90, 0, 100], [42, 41, 100, 0])
    print("Kalai-Smorodinsky", ratio.ks_outcomes)
    below = stats([51, 70, 20], [100, 70, 20])
    print("no agreement worse than every option: Nash", below.nash_outcomes)
    equal = stats([50, 60, 20], [100, 40, 20], reserved=(60, 10))
    print("exactly as good as no agreement: frontier", equal.pareto_outcomes, "rational share", equal.rational_fraction)


if __name__ == "__main__":
    main()
