"""The way from paths to a case: choose the files, read the domain, read each profile, build the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.case.case import Case
from detente.core.errors import ImportFileError
from detente.interchange.genius.domain import read_domain
from detente.interchange.genius.files import choose_files
from detente.interchange.genius.profiles import read_profile
from detente.interchange.genius.to_case import to_case


@dataclass(frozen=True, slots=True)
class GeniusImport:
    """A case and what the person who imports it should know: profiles left out, items ignored, discounts."""

    case: Case
    notes: tuple[str, ...]


def read_genius(paths: Sequence[Path | str]) -> Case:
    """Return the case that a Genius domain and its profiles describe; see `import_genius`."""
    return import_genius(paths).case


def import_genius(paths: Sequence[Path | str]) -> GeniusImport:
    """Read a Genius domain and its preference profiles.

    Utilities stay on the files' scale: the case declares its `scale`, values are evaluations divided by the
    best of their issue and weights are as in the file.

    Parameters
    ----------
    paths : sequence of path
        One folder with one domain and its profiles, or the domain file and profile files in any order.
        In a folder, profiles without a single evaluation and other XML files are left out and noted.

    Returns
    -------
    GeniusImport
        The case, one party for every profile and one consent list, `all`, with all of them; and notes.

    Raises
    ------
    ImportFileError
        If a file is not what it should be, naming file, line and remedy.
    """
    given = [Path(path) for path in paths]
    files = choose_files(given)
    domain = read_domain(files.domain)
    profiles = tuple(read_profile(root, domain.topics) for root in files.profiles)
    if not profiles:
        raise ImportFileError(
            where=str(given[0]),
            what="there is no preference profile to import",
            allowed="A profile starts with <utility_space> and holds evaluations",
            hint="Name at least one profile beside the domain",
        )
    notes = (f"{profile.path.name}: {note}" for profile in profiles for note in profile.notes)
    return GeniusImport(to_case(domain, profiles), (*files.notes, *notes))
