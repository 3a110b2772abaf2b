"""What the record says of one party's reservation and red lines, in the case's own names: before and after."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from detente.case.case import Case
from detente.compile.costs import COSTS
from detente.compile.inference import (
    AnswerTrace,
    InferenceChoices,
    InferenceTrace,
    LineTrace,
    Told,
    compile_inference,
    day_of,
)
from detente.compile.inference_draws import drawn_worths
from detente.engines.inference import (
    Band,
    Binding,
    Inference,
    InferenceModel,
    Step,
    infer_jointly,
    probability_of_yes,
    solve,
)
from detente.registry.entries import line_entry

Report = dict[str, Any]


def inference_report(
    case: Case, party: str, choices: InferenceChoices | None = None, *, draws: int = 0, seed: int = 0
) -> Report:
    """Return the posterior of one party's reservation and red lines, with the statements that moved it.

    Parameters
    ----------
    case : Case
        As of its day.
    party : str
        The id of the party.
    choices : InferenceChoices, optional
        The analyst's assumptions.
    draws, seed : int
        Draws of the party's weights and values, over which the reservation is inferred once more; 0 for none.

    Returns
    -------
    dict
        Under `not_computed` one sentence that names what is missing; else `reservation` and `lines`, each before and
        after with its `steps`, `threats`, `sensitivity`, what was `not_counted` and why, and the table of `costs`.
        `applied` is always false: nothing uses a posterior unless the analyst adds the lens that says so.
    """
    compiled = compile_inference(case, party, choices)
    head: Report = {"case": case.id, "engine": "inference", "party": party, "applied": False}
    if isinstance(compiled, str):
        return {**head, "not_computed": compiled}
    model, trace = compiled.model, compiled.trace
    found = solve(model)
    (inference,) = found.solutions
    moved = [_binding_moved(one) for one in inference.lines]
    return {
        **head,
        "scale": list(trace.scale),
        "prior": {
            "basis": trace.prior.basis.value,
            "low": model.prior.low,
            "mode": model.prior.mode,
            "high": model.prior.high,
            "because": list(trace.prior.because),
        },
        "moved": inference.reservation.moved or any(moved),
        "reservation": _reservation(inference, trace),
        "joint": _joint(case, model, trace, draws, seed),
        "acceptance": _acceptance(model, trace),
        "lines": [_line(one, binding) for one, binding in zip(trace.lines, inference.lines, strict=True)],
        "taken_back": list(trace.relaxed),
        "threats": {
            "carried_out": model.threats.carried_out,
            "due": model.threats.due,
            "before": _band(inference.threats[0]),
            "after": _band(inference.threats[1]),
        },
        "sensitivity": [
            {"beta": _finite(one.beta * _width(trace)), "hope": one.hope, "posterior": _band(one.posterior)}
            for one in inference.sensitivity
        ],
        "not_counted": _not_counted(trace),
        "unanswered": [{"item": one.item, "reason": one.reason} for one in trace.unanswered],
        "costs": [
            {
                "row": str(row.word),
                "cost": (row.cost if row.fixed else trace.choices.costs.get(row.word, row.cost)).value,
                "why": row.why,
                "fixed": row.fixed,
            }
            for row in COSTS
        ],
        "parameters": {
            "beta": _finite(trace.choices.beta),
            "rho": trace.choices.honesty,
            "hope": trace.choices.hope,
            "bias": trace.choices.bias,
        },
        "assumptions": [*compiled.assumed, *found.assumptions],
        "notes": list(found.notes),
    }


def _width(trace: InferenceTrace) -> float:
    low, high = trace.scale
    return high - low or 1.0


def _finite(value: float) -> float | str:
    return "inf" if math.isinf(value) else value


def _band(band: Band | None) -> dict[str, float] | None:
    if band is None:
        return None
    return {
        "mean": band.mean,
        "sd": band.sd,
        "p05": band.low,
        "median": band.median,
        "p95": band.high,
        "mode": band.mode,
    }


def _reservation(inference: Inference, trace: InferenceTrace) -> Report:
    found = inference.reservation
    return {
        "before": _band(found.prior),
        "after": _band(found.posterior),
        "moved": found.moved,
        "bounds": {"low": found.bounds.low, "high": found.bounds.high, "conflict": found.bounds.conflict},
        "steps": [_step(step, trace.answers[step.rows[0]], found.posterior) for step in found.steps],
    }


def _step(step: Step, trace: AnswerTrace, posterior: Band | None) -> Report:
    answer = trace.answer
    accepts = answer.reaction.accepts
    return {
        "day": answer.day.isoformat(),
        "item": answer.item,
        "reaction": answer.reaction.value,
        "worth": list(trace.worth),
        "counts_at": trace.worth[1] if accepts else trace.worth[0],
        "honesty": trace.honesty,
        "in_prior": trace.in_prior,
        "crosses": list(trace.crosses),
        "barred": trace.barred,
        "statements": [_told(one) for one in trace.told],
        "before": _band(step.before),
        "after": _band(step.after),
        "shift": _shift(step.before, step.after),
        "alone": _shift(step.without, posterior),
    }


def _shift(before: Band | None, after: Band | None) -> float | None:
    return None if before is None or after is None else after.mean - before.mean


def _told(told: Told) -> Report:
    return {
        "id": told.statement.id,
        "cost": told.cost.value,
        "row": str(told.row.word),
        "honesty": told.honesty,
        "hearer": told.carried.hearer,
        "bias": told.carried.bias,
        "messages": told.carried.messages,
    }


def _joint(case: Case, model: InferenceModel, trace: InferenceTrace, draws: int, seed: int) -> Report | None:
    """Return the inference over draws of weights and values; None without draws, answers, or a range to infer."""
    if not draws or not trace.answers or model.prior.low == model.prior.high:
        return None
    drawn = drawn_worths(case, trace, draws, seed)
    found = infer_jointly(model.prior, model.answers, model.beta, drawn.worths, drawn.weights)
    pairs = zip(drawn.issues, found.before, found.after, strict=True)
    return {
        "draws": draws,
        "seed": seed,
        "effective": found.effective,
        "before": _band(found.prior),
        "after": _band(found.posterior),
        "weights": {issue: {"before": float(before), "after": float(after)} for issue, before, after in pairs},
    }


def _acceptance(model: InferenceModel, trace: InferenceTrace) -> Report:
    """Return the probability that the party prefers each text to no agreement, at both ends of its worth."""
    yes: Callable[[float], float | None] = lambda worth: probability_of_yes(model, worth)  # noqa: E731
    return {one.answer.item: [yes(worth) for worth in one.worth] for one in trace.answers}


def _line(trace: LineTrace, binding: Binding) -> Report:
    entry = line_entry(trace.line)
    return {
        "id": entry["id"],
        "never": entry["never"],
        "issue": entry["issue"],
        "option": entry["option"],
        "grounds": entry["statements"],
        "before": list(binding.prior),
        "after": list(binding.posterior),
        "moved": _binding_moved(binding),
        "conflict": binding.conflict,
        "steps": [
            {
                "day": day_of(step.day).isoformat(),
                "seen": sorted({trace.events[row].conduct.name.lower() for row in step.rows}),
                "items": list(dict.fromkeys(trace.events[row].item for row in step.rows)),
                "statements": [_told(trace.told[row]) for row in step.rows],
                "before": list(step.before),
                "after": list(step.after),
                "without": list(step.without),
            }
            for step in binding.steps
        ],
    }


def _binding_moved(binding: Binding) -> bool:
    return binding.prior != binding.posterior


def _not_counted(trace: InferenceTrace) -> list[Report]:
    """Return the statements of the party that moved nothing, by the reason: most statements answer no package."""
    used = {one.statement.id for answer in trace.answers for one in answer.told if not answer.in_prior}
    used |= {one.statement.id for line in trace.lines for one in line.told}
    prior = {one.statement.id for answer in trace.answers for one in answer.told if answer.in_prior}
    reasons: dict[str, list[str]] = {}
    for told in trace.told:
        name = told.statement.id
        if told.honesty == 0.0:
            words = "costs nothing, and no hearer whose interests are near enough"
            reason = told.row.why if told.carried.messages is None or told.cost.value == "nothing" else words
        elif name in prior:
            reason = "the prior rests on it already"
        elif name in used:
            continue
        else:
            reason = (
                "answers no whole package, and neither repeats nor crosses a red line after the act that declared it"
            )
        reasons.setdefault(reason, []).append(name)
    return [{"reason": reason, "statements": names} for reason, names in reasons.items()]


def counterparts(case: Case, party: str) -> tuple[str, ...]:
    """Return the parties with numbers that share a text on the table with a party; without one, all others."""
    numbered = [one.party for one in case.preferences if one.party != party]
    shared = {
        other
        for text in case.texts
        if party in (sides := {*text.authors, *_members(case, text.addressees)})
        for other in sides
    }
    found = tuple(one for one in numbered if one in shared)
    return found or tuple(numbered)


def _members(case: Case, names: Sequence[str]) -> set[str]:
    members = {member for name in names if name in case.party for member in case.party[name].members}
    return {*names, *members}
