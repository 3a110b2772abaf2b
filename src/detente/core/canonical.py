"""One way to write a value: the JSON that is hashed, and the JSON that is printed."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence

SIGNIFICANT_DIGITS = 12


def canonical(value: object) -> object:
    """Return `value` with floats rounded to 12 significant digits and mappings as plain dicts.

    Rounding makes the printed bytes the same wherever the last bits of a sum differ.
    """
    if isinstance(value, bool) or value is None or isinstance(value, (int, str)):
        return value
    if isinstance(value, float):
        return _rounded(value)
    if isinstance(value, Mapping):
        return {str(key): canonical(item) for key, item in value.items()}
    if isinstance(value, (Sequence, set, frozenset)):
        items = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [canonical(item) for item in items]
    if hasattr(value, "item"):  # a NumPy scalar
        return canonical(value.item())
    return str(value)


def to_json(value: object, *, indent: int | None = 2) -> str:
    """Return the printed JSON of a value: keys in their given order, no escapes of letters."""
    return json.dumps(canonical(value), ensure_ascii=False, indent=indent)


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical JSON of a value (sorted keys, no spaces), as hexadecimal."""
    text = json.dumps(canonical(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _rounded(number: float) -> float | int | str:
    if not math.isfinite(number):
        return str(number)
    number = float(f"{number:.{SIGNIFICANT_DIGITS}g}")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
