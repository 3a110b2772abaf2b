"""Helping somebody who misspelt a name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `Did you mean "…"?` for the closest of the known names, or an empty text."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f'Did you mean "{close[0]}"?' if close else ""
