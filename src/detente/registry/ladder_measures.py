"""Sanctions as a threat and as a schedule of relief: the beliefs, costs and shares on which they turn."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

from detente.case.case import Case
from detente.case.crisis import Measure, Relief
from detente.compile.in_texts import in_texts
from detente.compile.judged import Number, of_estimate, under
from detente.compile.ladder import LadderTrace
from detente.compile.worth import Worth
from detente.core.condition import Condition
from detente.core.fields import text_of
from detente.engines.ladder import needed_belief

Report = dict[str, Any]


def measures_entry(case: Case, trace: LadderTrace | None) -> Report:
    """Return for each measure its threat, its credibility for those who take it, and its schedule of relief.

    Parameters
    ----------
    trace : LadderTrace or None
        The compiled ladder, from which what its target stands to gain is taken.
    """
    measures = () if case.crisis is None else case.crisis.measures
    if not measures:
        return {"not_computed": "The case has no measures (crisis.measures)."}
    return {
        "measures": [_measure(case, one, trace) for one in measures],
        "assumptions": [
            "A cost per year is compared with the worth of terms as if both lasted as long: worth is a mean in time."
        ],
    }


def _measure(case: Case, one: Measure, trace: LadderTrace | None) -> Report:
    cost = of_estimate(one.cost_to_target, f"crisis.measures.{one.id}.cost_to_target")
    return {
        "id": one.id,
        "text": text_of(one.text),
        "by": list(one.by),
        "on": one.on,
        "in_force": one.in_force,
        "cost_to_target": cost.entry(),
        "threat": _threat(case, one, cost, trace),
        "senders": [_sender(case, one, sender) for sender in one.by],
        "relief": [_relief(case, one, step, cost) for step in one.relief],
    }


def _threat(case: Case, one: Measure, cost: Number, trace: LadderTrace | None) -> Report:
    """Return the gain that the cost outweighs, and the belief from which it does, against the target's stake."""
    found: Report = {"outweighs_gains_below": {"low": cost.low, "mode": cost.mode, "high": cost.high}}
    if trace is None or one.on not in trace.parties:
        name = text_of(case.party[one.on].name)
        words = (
            f"What standing firm is worth to {name} is not coded: it takes a ladder with {name} on it (crisis.ladder)."
        )
        return {**found, "not_computed": words}
    place = trace.parties.index(one.on)
    senders = [at for at in trace.opponents[place] if trace.parties[at] in one.by] or list(trace.opponents[place])
    ends = [trace.gives_way[place][at] for at in senders]
    top = trace.prevails[place]
    gain = (top.low - max(end.high for end in ends), top.high - min(end.low for end in ends))
    return {
        **found,
        "gain": {"low": gain[0], "high": gain[1]},
        "needed_belief": {"low": needed_belief(gain[0], cost.high), "high": _finite(needed_belief(gain[1], cost.low))},
        "believed_for_certain_it_outweighs": str(under(cost.low - gain[1], cost.high - gain[0])),
    }


def _finite(value: float) -> float | None:
    return None if math.isinf(value) else value


def _sender(case: Case, one: Measure, sender: str) -> Report:
    """Return under which numbers a sender would rather take the measure than be seen not to."""
    name = text_of(case.party[sender].name)
    assert case.crisis is not None
    audiences = [entry for entry in case.crisis.audiences if entry.party == sender]
    if sender not in one.cost_to_senders:
        return {
            "party": sender,
            "not_computed": (
                f"What the measure costs {name} is not coded (crisis.measures.{one.id}.cost_to_senders.{sender})."
            ),
        }
    cost = of_estimate(one.cost_to_senders[sender], f"crisis.measures.{one.id}.cost_to_senders.{sender}")
    if not audiences:
        words = f"What {name} loses if it is seen not to act is not coded (crisis.audiences of {name}: after_public)."
        return {"party": sender, "cost": cost.entry(), "not_computed": words}
    losses = [entry.after_public for entry in audiences]
    word = {end: sum(getattr(loss, end) for loss in losses) for end in ("low", "mode", "high")}
    return {
        "party": sender,
        "cost": cost.entry(),
        "word": word,
        "audiences": [entry.id for entry in audiences],
        "rather_takes_it": str(under(word["low"] - cost.high, word["high"] - cost.low)),
    }


def _relief(case: Case, one: Measure, step: Relief, cost: Number) -> Report:
    """Return what the condition of a step costs the target, and the share of relief that is worth as much."""
    share = of_estimate(step.share, f"crisis.measures.{one.id}.relief.share")
    found: Report = {
        "text": text_of(step.text),
        "when": None if step.when is None else str(step.when),
        "share": share.entry(),
        "in_texts": in_texts(case, step.when),
    }
    if step.when is None:
        return {**found, "not_computed": "The step names no condition over issues (relief: when)."}
    asked = _price(case, one.on, step.when)
    if isinstance(asked, str):
        return {**found, "not_computed": asked}
    low, high = asked
    least, most = share.low * cost.low - high, share.high * cost.high - low
    return {
        **found,
        "condition_costs": {"low": low, "high": high},
        "even_share": {
            "low": low / cost.high if cost.high > 0 else None,
            "high": high / cost.low if cost.low > 0 else None,
        },
        "worth_meeting": str(under(least, most)),
    }


def _price(case: Case, party: str, when: Condition) -> tuple[float, float] | str:
    """Return how much less the best that fulfils a condition is worth to a party than the best that does not."""
    name = text_of(case.party[party].name)
    worth = Worth.of(case, case.stand_in(party))
    issues = when.issues()
    if worth is None or any(issue not in worth.options for issue in issues):
        return f"{name} has no weights and values on {', '.join(issues)} (preferences)."
    inside, outside = [(-math.inf, -math.inf)], [(-math.inf, -math.inf)]
    for chosen in product(*(worth.options[issue] for issue in issues)):
        held = dict(zip(issues, chosen, strict=True))
        places = [(issue, worth.options[issue].index(option)) for issue, option in held.items()]
        span = (
            float(sum(worth.utilities.worst[issue][at] for issue, at in places)),
            float(sum(worth.utilities.best[issue][at] for issue, at in places)),
        )
        (inside if when.holds(held) else outside).append(span)
    best_in = max(low for low, _ in inside), max(high for _, high in inside)
    best_out = max(low for low, _ in outside), max(high for _, high in outside)
    if math.isinf(best_in[1]) or math.isinf(best_out[1]):
        return "The condition holds always or never, so meeting it is no choice (relief: when)."
    return max(best_out[0] - best_in[1], 0.0), max(best_out[1] - best_in[0], 0.0)
