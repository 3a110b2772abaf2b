"""What the options of one issue are worth in a profile, as Genius evaluates them (`genius.core.utility`).

- An evaluation belongs to the option with the same *value* text, whatever the item's index; where a value is
  evaluated twice the last one counts (`EvaluatorDiscrete.loadFromXML` puts them into a map).
- An evaluation is divided by the largest evaluation of the issue, and all are 0 where that is below 0.00001
  (`EvaluatorDiscrete.normalize`); negative evaluations are divided in the same way.
- An option of an integer issue is worth `offset + slope × (option − lowerbound)`, kept within 0 to 1
  (`EvaluatorInteger.getEvaluation`).
"""

from __future__ import annotations

from detente.interchange.genius.domain import Topic, bounds_of, issues_within, value_of
from detente.interchange.xml_tree import Element

SMALLEST_BEST = 0.00001  # Genius reads a smaller best evaluation as "nothing is worth anything"


def option_values(element: Element, topic: Topic, notes: list[str]) -> tuple[float, ...]:
    """Return the values of an issue's options in the domain's order; what is unusual is added to the notes.

    Raises
    ------
    ImportFileError
        If an option of a discrete issue has no evaluation, or what is written is not a number.
    """
    return _linear(element, topic, notes) if topic.is_integer else _evaluated(element, topic, notes)


def is_blank(root: Element) -> bool:
    """Return whether a profile holds no evaluation at all: a template to be filled in."""
    issues = [element for element, _ in issues_within(root)]
    return bool(issues) and not any(
        child.tag == "evaluator" or (child.tag == "item" and _has_evaluation(child))
        for issue in issues
        for child in issue.children
    )


def _has_evaluation(item: Element) -> bool:
    return item.get("evaluation") not in (None, "null")


def _evaluated(element: Element, topic: Topic, notes: list[str]) -> tuple[float, ...]:
    """Return the values of a discrete issue's options: evaluations over the best of the issue."""
    evaluations: dict[str, float] = {}
    for item in element.every("item"):
        value = value_of(item)
        if not _has_evaluation(item):
            continue
        evaluation = item.decimal("evaluation")
        if evaluations.get(value, evaluation) != evaluation:
            notes.append(
                f'"{value}" of issue "{topic.name}" is evaluated twice; the last ({evaluation:g}, line {item.line}) '
                f"counts, as in Genius."
            )
        evaluations[value] = evaluation
    options = [text for text, _ in topic.options]
    for text in options:
        if text not in evaluations:
            raise element.error(
                f'issue "{topic.name}" has no evaluation of its value "{text}"',
                allowed="A profile evaluates every value of its domain",
                hint="Add the evaluation, or leave this profile out",
            )
    extra = [value for value in evaluations if value not in options]
    if extra:
        notes.append(
            f'issue "{topic.name}" evaluates values that the domain lacks ({len(extra)}; the first is "{extra[0]}"); '
            f"they count for the best of the issue only, as in Genius."
        )
    best = max(evaluations.values())
    if best < SMALLEST_BEST:
        notes.append(f'issue "{topic.name}" has no positive evaluation, so all its values are 0, as in Genius.')
        return (0.0,) * len(options)
    return tuple(evaluations[text] / best for text in options)


def _linear(element: Element, topic: Topic, notes: list[str]) -> tuple[float, ...]:
    """Return the values of an integer issue's options: linear from the profile's lower bound, within 0 to 1."""
    evaluator = element.first("evaluator")
    if evaluator is None and element.first("item") is not None:
        return _evaluated(element, topic, notes)
    lower, upper = bounds_of(element, topic.name)
    numbers = [number for _, number in topic.options if number is not None]
    if (lower, upper) != (numbers[0], numbers[-1]):
        notes.append(
            f'issue "{topic.name}" runs from {lower} to {upper} here and from {numbers[0]} to {numbers[-1]} '
            f"in the domain; the domain's options are valued from {lower} on, as in Genius."
        )
    if evaluator is None:
        notes.append(f'issue "{topic.name}" has no evaluator, so all its values are 0, as in Genius.')
        return (0.0,) * len(numbers)
    slope, offset = evaluator.decimal("slope"), evaluator.decimal("offset")
    return tuple(min(max(slope * (number - lower) + offset, 0.0), 1.0) for number in numbers)
