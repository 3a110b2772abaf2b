"""Every error is one line that can be read, whatever stands in its parts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.core.errors import LONGEST_PART, LONGEST_PLACE, LONGEST_VALUE, DetenteError, shortened

ANYTHING = st.text(max_size=900)


@given(where=ANYTHING, what=ANYTHING, got=st.one_of(st.none(), ANYTHING, st.floats()), allowed=ANYTHING, hint=ANYTHING)
def test_an_error_is_one_line_of_bounded_length(where: str, what: str, got: object, allowed: str, hint: str) -> None:
    line = str(DetenteError(where=where, what=what, got=got, allowed=allowed, hint=hint))
    assert line.isprintable()
    assert len(line) <= LONGEST_PLACE + 3 * LONGEST_PART + LONGEST_VALUE + 20


def test_what_is_short_stays_as_it_is() -> None:
    error = DetenteError(where="a.yaml:3", what="this is wrong", got="x", allowed="Write y", hint="Correct it.")
    assert str(error) == 'a.yaml:3: this is wrong, got "x". Write y. Correct it.'


def test_a_long_place_keeps_its_beginning_and_its_line() -> None:
    place = shortened(f"/data/{'a' * 900}/case.yaml:17", LONGEST_PLACE, keep_end=True)
    assert (place[:6], place[-13:], len(place)) == ("/data/", "/case.yaml:17"[-13:], LONGEST_PLACE)
    assert shortened("a\nb\x1b[0m") == "a b�[0m"
