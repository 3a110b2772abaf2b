"""The JSON Schema of a case file, for editors and for other programs."""

from __future__ import annotations

from typing import Any

from detente.case.case import SCHEMA_VERSION, Case

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_ESTIMATE = {"$ref": "#/$defs/Estimate"}


def json_schema() -> Schema:
    """Return the JSON Schema (2020-12) of a case in one file.

    It is generated from the models, with the shorthands that they read: a bare number for an estimate, one estimate
    for a series, a word for a stance, a date for a time. References between ids are beyond a schema: `detente check`
    follows them.
    """
    schema = Case.model_json_schema(mode="validation")
    kinds = schema["$defs"]
    kinds["Estimate"] = _or(kinds["Estimate"], {"type": "number"}, required=["mode"])
    kinds["Happened"] = _or(kinds["Happened"], {"type": "string"})
    kinds["OptionStance"] = _or(kinds["OptionStance"], {"$ref": "#/$defs/Stance"})
    shaped: Schema = _shaped(schema)
    return {"$schema": DIALECT, "$id": f"urn:detente:case:{SCHEMA_VERSION}", **shaped, "title": "A case of détente"}


def _or(kind: Schema, shorthand: Schema, *, required: list[str] | None = None) -> Schema:
    """Return a kind that may also be written in a short way."""
    inner = {key: value for key, value in kind.items() if key not in {"title", "description"}}
    if required is not None:
        inner["required"] = required
    return {
        "title": kind["title"],
        "description": kind.get("description", kind["title"]),
        "anyOf": [shorthand, inner],
    }


def _shaped(node: Any) -> Any:
    """Return a schema in which objects may hold `x-` keys, and a series may be a single estimate."""
    if isinstance(node, list):
        return [_shaped(item) for item in node]
    if not isinstance(node, dict):
        return node
    shaped = {key: _shaped(value) for key, value in node.items()}
    if shaped.get("additionalProperties") is False and "properties" in shaped:
        shaped["patternProperties"] = {"^x-": {}}
    if shaped.get("type") == "array" and shaped.get("items") == _ESTIMATE:
        return {"anyOf": [_ESTIMATE, {"type": "array", "items": _ESTIMATE, "minItems": 1}]}
    if "description" in shaped and isinstance(shaped["description"], str):
        shaped["description"] = shaped["description"].split("\n\n")[0].replace("\n", " ")
    return shaped
