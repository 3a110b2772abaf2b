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
        """Return the error as one line: where, what, the value, what is allowed and what to do."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        if self.got is not None:
            head += f", got {_shown(self.got)}"
        text = ". ".join(part.rstrip(".") for part in (head, self.allowed, self.hint) if part)
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


_SHOWN_LENGTH = 60


def _shown(value: object) -> str:
    """Return a value on one line and short enough to read."""
    text = value if isinstance(value, str) else repr(value)
    text = " ".join(text.split())
    text = text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"
    return f'"{text}"' if isinstance(value, str) else text
