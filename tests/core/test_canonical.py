"""One way to write a value: the same bytes for the same meaning."""

from __future__ import annotations

import json
import math
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.core.canonical import canonical, digest, to_json

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=10,
)


@given(VALUES)
def test_writing_twice_changes_nothing_more(value: object) -> None:
    assert canonical(canonical(value)) == canonical(value)
    assert json.loads(to_json(value)) == canonical(value)


@given(st.dictionaries(st.text(max_size=4), VALUES, max_size=5))
def test_the_digest_does_not_depend_on_the_order_of_keys(value: dict[str, object]) -> None:
    assert digest(dict(reversed(value.items()))) == digest(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1 + 0.2, 0.3),
        (1.0, 1),
        (1e300, 1e300),
        (math.inf, "inf"),
        (math.nan, "nan"),
        ((1, 2), [1, 2]),
        ({"b", "a"}, ["a", "b"]),
        (MappingProxyType({1: "x"}), {"1": "x"}),
        (np.float64(0.5), 0.5),
        (np.int64(7), 7),
        (True, True),
    ],
)
def test_values_become_plain(value: object, expected: object) -> None:
    assert canonical(value) == expected


def test_letters_are_not_escaped() -> None:
    assert to_json({"é": "ж"}, indent=None) == '{"é": "ж"}'


def test_the_digest_is_sha_256_of_sorted_compact_json() -> None:
    assert digest({"b": 1, "a": [1.0]}) == digest({"a": [1], "b": 1.0})
    # printf '{"a":1}' | sha256sum
    assert digest({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
