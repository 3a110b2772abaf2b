"""Whose yes is needed: per issue or option, and as lists for a whole settlement."""

from __future__ import annotations

from detente.core.fields import Flag, Id, Part, Text


class Consent(Part):
    """Who owns, signs, ratifies, must consent, can spoil, or is bound but absent.

    An option's consent replaces its issue's in full.
    """

    owns: tuple[Id, ...] = ()
    signs: tuple[Id, ...] = ()
    must_consent: tuple[Id, ...] = ()
    ratifies: tuple[Id, ...] = ()
    can_spoil: tuple[Id, ...] = ()
    bound_but_absent: tuple[Id, ...] = ()
    note: Text | None = None

    def needed(self) -> tuple[Id, ...]:
        """Return whose agreement the content needs: owners, signatories and those who must consent."""
        return tuple(dict.fromkeys((*self.owns, *self.signs, *self.must_consent)))


class ConsentList(Part):
    """A reading of whose yes a settlement needs; a case has several and none is the default.

    With `issue_by_issue` each issue's own `must_consent` is used and `parties` is empty.
    """

    id: Id
    name: Text
    parties: tuple[Id, ...] = ()
    ratifies: tuple[Id, ...] = ()
    issue_by_issue: Flag = False
    basis: Text | None = None
    disputed: Text | None = None
