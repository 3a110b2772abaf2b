"""Errors that a person can act on: one line saying where, what, the value, what is allowed and what to do."""

from __future__ import annotations


class DetenteError(Exception):
    """Something a user can mend; printed as one line, exit code 2.

    Parameters
    ----------
    where : str
        File and line, or the name of the function and argument.
    what : str
        What is wrong there.
    got : object, optional
        The value that was found; left out when there is none to show.
    allowed : str
        What would be allowed, a full sentence without its final stop.
    hint : str
        What to do, a full sentence without its final stop.
    """

    def __init__(self, *, where: str, what: str, got: object = None, allowed: str = "", hint: str = "") -> None:
        self.where, self.what, self.got, self.allowed, self.hint = where, what, got, allowed, hint
        super().__init__(self.line())

    def line(self) -> str:
        """Return the error as one line: where, what, the value, what is allowed and what to do; each part shortened."""
        where, what = shortened(self.where, LONGEST_PLACE, keep_end=True), shortened(self.what)
        head = f"{where}: {what}" if where else what
        if self.got is not None:
            head += f", got {_shown(self.got)}"
        text = ". ".join(part.rstrip(".") for part in (head, shortened(self.allowed), shortened(self.hint)) if part)
        return text if text.endswith("?") else text + "."


class CaseError(DetenteError):
    """The case file is not what it should be."""


class EvidenceError(DetenteError):
    """A document or a citation is not what it should be."""


class ModelError(DetenteError):
    """An engine was asked for something outside its model."""


class ImportFileError(DetenteError):
    """Another program's file cannot be read."""


class MissingExtraError(DetenteError):
    """A feature needs an extra that is not installed."""


LONGEST_VALUE = 60
LONGEST_PART = 300
LONGEST_PLACE = 300


def shortened(text: str, longest: int = LONGEST_PART, *, keep_end: bool = False) -> str:
    r"""Return a text on one line, without characters that cannot be seen, and short enough to read.

    Parameters
    ----------
    text : str
        Whatever a file or a user put there.
    longest : int
        The number of characters that are left at most.
    keep_end : bool
        Whether to cut in the middle, as for a path with its line.

    Examples
    --------
    >>> shortened("a long\nstory", 8), shortened("a long story", 9, keep_end=True)
    ('a long …', 'a lo…tory')
    """
    line = "".join(character if character.isprintable() else "�" for character in " ".join(text.split()))
    if len(line) <= longest:
        return line
    end = (longest - 1) // 2 if keep_end else 0
    return f"{line[: longest - 1 - end]}…{line[len(line) - end :]}"


def _shown(value: object) -> str:
    """Return a value on one line and short enough to read."""
    text = shortened(value if isinstance(value, str) else repr(value), LONGEST_VALUE)
    return f'"{text}"' if isinstance(value, str) else text
