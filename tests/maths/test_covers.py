"""Minimal covers against trying every set."""

from hypothesis import given
from hypothesis import strategies as st

from detente.maths.covers import Covers, minimal_covers

ELEMENTS = 7


@given(st.lists(st.integers(1, (1 << ELEMENTS) - 1), max_size=8))
def test_minimal_covers_are_all_of_them(family: list[int]) -> None:
    meeting = [mask for mask in range(1 << ELEMENTS) if all(mask & member for member in family)]
    minimal = {m for m in meeting if not any(o != m and o & ~m == 0 for o in meeting)}
    assert set(minimal_covers(family)) == minimal
    assert len(minimal_covers(family)) == len(minimal)


@given(st.lists(st.integers(1, (1 << ELEMENTS) - 1), max_size=8), st.integers(1, 5))
def test_covers_left_by_a_limit_are_minimal_covers(family: list[int], limit: int) -> None:
    assert set(minimal_covers(family, limit=limit)) <= set(minimal_covers(family))


def test_elements_beyond_one_word_are_kept() -> None:
    covers = Covers(130, 10)
    for member in (1 << 129 | 1, 1 << 129 | 1 << 70):
        covers.add(member)
    assert sorted(covers) == [1 | 1 << 70, 1 << 129]
