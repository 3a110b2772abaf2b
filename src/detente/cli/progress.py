"""Progress on standard error, where a person watches; nothing where the output is piped or logged."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from detente.core.progress import Progress, silent

WIDTH = 79


@contextmanager
def progress_on_stderr(wanted: bool | None) -> Iterator[Progress]:
    """Yield where work reports to: one line on a terminal that is overwritten, lines of a log if asked for.

    Parameters
    ----------
    wanted : bool, optional
        True or False as `--progress` or `--no-progress` say; None means "if standard error is a terminal".
    """
    terminal = sys.stderr.isatty()
    if not (terminal if wanted is None else wanted):
        yield silent
        return
    before = ""

    def report(done: float, note: str) -> None:
        nonlocal before
        line = f"{min(max(done, 0.0), 1.0):4.0%} {note}"[:WIDTH]
        if line != before:
            sys.stderr.write(f"\r{line:<{WIDTH}}" if terminal else f"{line}\n")
            sys.stderr.flush()
            before = line

    try:
        yield report
    finally:
        if terminal and before:
            sys.stderr.write(f"\r{'':<{WIDTH}}\r")
            sys.stderr.flush()
