"""Settlement in one call: how many packages there are, the frontiers, and what theory recommends."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from detente.core.errors import ModelError
from detente.core.findings import Findings
from detente.core.progress import Progress
from detente.engines.settlement.counting import EFFORT, Count, count_keeping, count_zone
from detente.engines.settlement.frontier import LIMIT, Frontier, find_frontier
from detente.engines.settlement.model import Completion, SettlementModel
from detente.engines.settlement.solutions import Solution, solve_concepts

ASSUMES = (
    "Utility is additive over issues, but for the pairs of options listed as interactions.",
    "A package is acceptable to a party that it gives at least the value of no agreement.",
    "One package is signed as a whole; there are no lotteries or side payments beyond the issues.",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many packages there are."""

    total: int
    no_red_line: Count  # keep every link and every binding line
    in_zone: Count  # and give every party its reservation value


@dataclass(frozen=True, slots=True)
class Settlement:
    """What can be agreed when the lines in `binding` bind and unknown options are completed so.

    `ideal` is the most that each party can get in the zone; None if the zone is empty.
    `feasible_frontier` ignores red lines and reservations; None if it was not asked
    for or too large (a note says so).
    """

    binding: tuple[int, ...]
    completion: Completion
    counts: Counts
    zone_frontier: Frontier
    feasible_frontier: Frontier | None
    solutions: tuple[Solution, ...]
    ideal: tuple[int, ...] | None


def solve(
    model: SettlementModel,
    *,
    binding: Sequence[int],
    completion: Completion,
    feasible: bool = True,
    limit: int = LIMIT,
    effort: int = EFFORT,
    progress: Progress | None = None,
) -> Findings[Settlement]:
    """Return the zone, its frontier and its solutions.

    Parameters
    ----------
    model : SettlementModel
        Utilities in steps of 1/GRID, links and lines.
    binding : sequence of int
        Indices of the red lines that bind.
    completion : Completion
        Whether unknown options count at their worst or at their best.
    feasible : bool
        Also find the frontier of all packages that keep the links.
    limit : int
        Largest frontier.
    effort : int
        Vectors held per half when the zone is counted.
    progress : Progress, optional
        Called with the share done and a word.

    Returns
    -------
    Findings of Settlement
        Exactly one solution; an empty zone is a finding and not an error.

    Raises
    ------
    ModelError
        If `binding` names no line, or the zone's frontier exceeds `limit`.
    """
    chosen = tuple(sorted(set(binding)))
    rules = model.rules(chosen)
    notes: list[str] = []
    no_red_line = count_keeping(model, rules)
    if not no_red_line.exact:
        notes.append("The number of packages that cross no red line is bounded: rules join too many issues.")
    zone = find_frontier(model, rules=rules, completion=completion, limit=limit, progress=_part(progress, 0.0, 0.4))
    everywhere: Frontier | None = None
    if feasible:
        try:
            everywhere = find_frontier(
                model,
                rules=model.links,
                completion=completion,
                reserved=False,
                limit=limit,
                progress=_part(progress, 0.4, 0.8),
            )
        except ModelError as error:
            notes.append(f"The frontier of all feasible packages is left out. {error}")
    in_zone = count_zone(model, rules=rules, completion=completion, at_least=sum(zone.counts), effort=effort)
    if len(zone) == 0:
        in_zone = Count(0, 0, "empty frontier")
        notes.append("No package keeps every binding line and gives every party the value of no agreement.")
    if not in_zone.exact:
        notes.append(f"The number of packages in the zone is an interval ({in_zone.method}).")
    if progress is not None:
        progress(1.0, "done")
    settlement = Settlement(
        binding=chosen,
        completion=completion,
        counts=Counts(model.total, no_red_line, in_zone),
        zone_frontier=zone,
        feasible_frontier=everywhere,
        solutions=solve_concepts(zone, model.reservation),
        ideal=tuple(int(u) for u in zone.values.max(axis=0)) if len(zone) else None,
    )
    parameters: dict[str, object] = {
        "binding": chosen,
        "completion": completion.value,
        "feasible": feasible,
        "limit": limit,
        "effort": effort,
    }
    return Findings("settlement", (settlement,), ASSUMES, tuple(notes), MappingProxyType(parameters))


def _part(progress: Progress | None, start: float, end: float) -> Progress | None:
    """Return a progress that fills only the part from `start` to `end`."""
    if progress is None:
        return None
    report = progress

    def partly(done: float, note: str) -> None:
        report(start + (end - start) * done, note)

    return partly
