"""The fingerprint of a case: the same for the same content, however it is laid out in files."""

from __future__ import annotations

from detente.case.case import Case
from detente.core.canonical import digest


def case_hash(case: Case) -> str:
    """Return the SHA-256 of the canonical JSON of the whole record without unset fields, as hexadecimal.

    It depends neither on the order of keys, nor on comments, nor on which file holds what (`record` is left out for
    that reason); it does depend on the order of lists.
    """
    return digest(case.model_dump(mode="json", exclude_unset=True, exclude={"record"}))
