"""What pydantic found wrong, in the words of the house: what is wrong, what is allowed, what to do."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from detente.case.problem import Problem, Step, did_you_mean


def explained(errors: Iterable[ErrorDetails], data: object, model: type[BaseModel]) -> tuple[Problem, ...]:
    """Return one problem for each place at which validation failed, in the order of the model's fields.

    Keys at the top that are not known come first: one that is misspelt explains one that is missing.
    """
    placed = [(_path(error, data), error) for error in errors]
    # where a text may be a word or a mapping, the branch that came further says what is wrong
    inner = {path[:length] for path, _ in placed for length in range(len(path))}
    found: dict[tuple[Step, ...], Problem] = {}
    for path, error in sorted(placed, key=lambda one: (len(one[0]), one[1]["type"]) != (1, "extra_forbidden")):
        # a list whose entries all fail is told to be too short; the entries say what is wrong
        if not (error["type"] in {"string_type", "too_short"} and path in inner):
            found.setdefault(path, _problem(error, path, model))
    return tuple(found.values())


def _path(error: ErrorDetails, data: object) -> tuple[Step, ...]:
    """Return an error's location without the steps that pydantic adds (branches of unions, keys' marks)."""
    steps: list[Step] = []
    here = data
    for step in error["loc"]:
        in_mapping = isinstance(here, Mapping) and step in here
        if in_mapping or (isinstance(here, list) and isinstance(step, int) and step < len(here)):
            here = here[step]  # type: ignore[index]  # one of the two kinds, as just seen
            steps.append(step)
        elif error["type"] == "missing" and step == error["loc"][-1]:
            steps.append(step)
    return tuple(steps)


def _problem(error: ErrorDetails, path: tuple[Step, ...], model: type[BaseModel]) -> Problem:
    kind, got, context = error["type"], error["input"], error.get("ctx", {})
    key = str(path[-1]) if path else ""
    if kind == "missing":
        return Problem(path[:-1], f'"{key}" is missing', hint=f"Add {key}: …")
    if kind == "extra_forbidden":
        known = _fields_at(model, path[:-1])
        return Problem(
            path,
            "this key is not known",
            key,
            hint=did_you_mean(key, known) or "Remove it, or begin it with x- to keep it as extra data",
        )
    if kind == "value_error":
        what, _, allowed = str(context.get("error", error["msg"])).partition(". ")
        shown = got if isinstance(got, (str, int, float)) else None
        return Problem(path, what, shown, allowed, "" if allowed else "Correct it")
    if error["loc"][-1:] == ("[key]",):
        return Problem(path, "this key is not allowed here", got, _allowed(kind, context), "Rename it")
    if kind.startswith("model_") and context.get("class_name") != "Estimate" and (keys := _fields_at(model, path)):
        return Problem(path, _WRONG[kind], _brief(got), f"Its keys are {', '.join(keys)}", f"Write {{{keys[0]}: …}}")
    if context.get("class_name") == "Estimate":
        allowed = "A judged number is written as 0.3 or as {low: 0.2, mode: 0.3, high: 0.5}"
        return Problem(path, "this is not a number", _brief(got), allowed, "Correct it")
    if kind.startswith("date_"):
        return Problem(path, "this is not a day", _brief(got), "A day is written as 2022-02-17", "Correct it")
    if kind not in _WRONG:
        message = error["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
        return Problem(path, f"this should be {message}", _brief(got), hint="Correct it")
    return Problem(path, _WRONG[kind], _brief(got), _allowed(kind, context), _remedy(kind, got))


_WRONG = {
    "string_type": "this is not text",
    "string_pattern_mismatch": "this is not an id",
    "string_sub_type": "this is not text",
    "float_type": "this is not a number",
    "float_parsing": "this is not a number",
    "int_type": "this is not a whole number",
    "int_from_float": "this is not a whole number",
    "int_parsing": "this is not a whole number",
    "bool_type": "this is neither true nor false",
    "bool_parsing": "this is neither true nor false",
    "finite_number": "this is not a finite number",
    "greater_than_equal": "the number is too small",
    "less_than_equal": "the number is too large",
    "too_short": "there are too few",
    "too_long": "there are too many",
    "tuple_type": "this is not a list",
    "list_type": "this is not a list",
    "dict_type": "these are not keys with values",
    "model_type": "these are not keys with values",
    "model_attributes_type": "these are not keys with values",
    "literal_error": "this word is not known",
    "enum": "this word is not known",
    "is_instance_of": "this is not a condition",
}


def _allowed(kind: str, context: Mapping[str, Any]) -> str:
    match kind:
        case "greater_than_equal":
            return f"It is at least {context['ge']:g}"
        case "less_than_equal":
            return f"It is at most {context['le']:g}"
        case "too_short":
            return f"At least {context['min_length']} of them {'is' if context['min_length'] == 1 else 'are'} needed"
        case "literal_error" | "enum":
            return f"Allowed: {str(context['expected']).replace(chr(39), chr(34))}"
        case "string_pattern_mismatch":
            return "An id is Latin letters, digits and . _ + - only, 80 at most, and begins with a letter or digit"
        case "finite_number":
            return "Numbers are finite"
        case "tuple_type" | "list_type":
            return "A list is written as [a, b], or one to a line after a dash"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "Keys with values are written as key: value, indented alike"
        case "is_instance_of":
            return "A condition is text such as: A in [o1, o2] and not B in [o3]"
    return ""


def _remedy(kind: str, got: object) -> str:
    if kind in {"string_type", "string_sub_type", "literal_error"} and isinstance(got, (bool, int, float)):
        return "Put it in quotes"
    if got is None:
        return "Write a value, or remove the key"
    if kind in {"float_type", "int_type"} and isinstance(got, str):
        return "Write the number without quotes or words"
    return "Correct it"


def _brief(got: object) -> object:
    """Return a value that reads well in a sentence."""
    if got is None:
        return "nothing"
    if isinstance(got, bool):
        return str(got).lower()
    if isinstance(got, Mapping):
        return f"keys {', '.join(map(str, got))}" if got else "no keys"
    if isinstance(got, (list, tuple)) and not got:
        return "an empty list"
    return got


def _fields_at(model: type[BaseModel], path: tuple[Step, ...]) -> tuple[str, ...]:
    """Return the field names of the model that a path leads to."""
    here: Any = model
    for step in path:
        found = _models(here) if isinstance(step, str) else []
        if found:
            fields = [one.model_fields[step] for one in found if step in one.model_fields]
            here = fields[0].annotation if fields else None
        else:
            here = _element(here)
    return tuple(name for one in _models(here) for name in one.model_fields)


def _models(kind: Any) -> list[type[BaseModel]]:
    kind = _bare(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    if get_origin(kind) is tuple:  # a series, of which a single one may stand alone
        return _models(get_args(kind)[0])
    if get_origin(kind) in {Union, types.UnionType}:
        return [model for argument in get_args(kind) for model in _models(argument)]
    return []


def _element(kind: Any) -> Any:
    """Return what a list or mapping holds; itself where a single value may stand for a list of one."""
    kind = _bare(kind)
    if get_origin(kind) in {Union, types.UnionType}:
        return next((_element(argument) for argument in get_args(kind) if get_origin(_bare(argument))), None)
    if get_origin(kind) is tuple:
        return get_args(kind)[0]
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    return None


def _bare(kind: Any) -> Any:
    return _bare(get_args(kind)[0]) if get_origin(kind) is Annotated else kind
