"""Documents that were not read, and the one line that says why."""

from __future__ import annotations

from dataclasses import dataclass

from detente.core.errors import EvidenceError, shortened


class Unreadable(Exception):
    """A document cannot be read: what is wrong with it, and what a person can do."""

    def __init__(self, what: str, hint: str = "") -> None:
        self.what, self.hint = what, hint
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that was not read; `name` as in `Document`."""

    name: str
    what: str
    hint: str = ""

    def line(self) -> str:
        """Return what a person reads: the file, what is wrong, what to do."""
        return self.error().line()

    def error(self, where: str | None = None) -> EvidenceError:
        """Return it as an error, for a caller who asked for this one document."""
        return EvidenceError(where=self.name if where is None else where, what=self.what, hint=self.hint)

    @classmethod
    def because(cls, name: str, reason: Unreadable) -> Refused:
        """Return the refusal of a document for a reason; whatever the file put into it becomes one short line."""
        return cls(name, shortened(reason.what), shortened(reason.hint))
