"""Helping somebody who misspelt a name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `Did you mean "…"?` for the closest of the known names, or an empty text.

    Examples
    --------
    >>> nearest("lens-000", ["lens_000", "lens_001"]), nearest("draft", ["the-draft-of-december"]), nearest("x", ["yz"])
    ('Did you mean "lens_000"?', 'Did you mean "the-draft-of-december"?', '')
    """
    names = {one.casefold(): one for one in known}
    typed = name.strip().casefold()
    close = difflib.get_close_matches(typed, names, n=1, cutoff=0.5)
    if not close and len(typed) > 2:  # a part of a long name is far from it by letters, and still meant
        close = [one for one in names if typed in one][:1]
    return f'Did you mean "{names[close[0]]}"?' if close else ""
