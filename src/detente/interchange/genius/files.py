"""Which of the files given, or of a folder's files, is the domain and which are profiles; told by the root element.

Files named one by one must all be Genius's. A folder may hold more: what is no Genius file, and a profile without any
evaluation (a template to be filled in), is left out with a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.core.errors import ImportFileError
from detente.interchange.genius.evaluation import is_blank
from detente.interchange.xml_tree import Element, read_tree, xml_files


@dataclass(frozen=True, slots=True)
class Files:
    """The root elements of one domain and of its profiles, and notes about what was left out."""

    domain: Element
    profiles: tuple[Element, ...]
    notes: tuple[str, ...]


def choose_files(given: Sequence[Path]) -> Files:
    """Return the domain and the profiles, maybe none, of one folder or of files in any order.

    Raises
    ------
    ImportFileError
        If a file or the folder cannot be read, a named file is not Genius's or there is not exactly one domain.
    """
    from_folder = len(given) == 1 and given[0].is_dir()
    notes: list[str] = []
    domains: list[Element] = []
    spaces: list[Element] = []
    for path in _files_of(given[0]) if from_folder else _distinct(given):
        root = read_tree(path)
        if root.tag == "negotiation_template":
            domains.append(root)
        elif root.tag == "utility_space":
            spaces.append(root)
        elif from_folder:
            notes.append(f"{path.name}: left out, it is no Genius file (its root is <{root.tag}>).")
        else:
            raise root.error(
                "not a Genius file, its root element is unknown",
                got=root.tag,
                allowed="A domain starts with <negotiation_template>, a profile with <utility_space>",
                hint="Name a Genius domain and its profiles",
            )
    domain = _one_domain(domains, given[0] if given else Path(), from_folder)
    if from_folder:
        notes.extend(f"{root.path.name}: left out, it holds no evaluation." for root in spaces if is_blank(root))
        spaces = [root for root in spaces if not is_blank(root)]
        if len(spaces) > 2:
            notes.append(
                f"{len(spaces)} profiles make {len(spaces)} parties; a folder does not say which of them are "
                f"variants of one party. To choose: detente import genius {domain.path} PROFILE.xml … -o CASE"
            )
    return Files(domain, tuple(spaces), tuple(notes))


def _files_of(folder: Path) -> list[Path]:
    files = xml_files(folder)
    if not files:
        raise ImportFileError(
            where=str(folder),
            what="the folder holds no XML file",
            allowed="A folder with one Genius domain and its profiles is read",
            hint="Name the folder in which they are",
        )
    return files


def _distinct(paths: Sequence[Path]) -> list[Path]:
    for path in paths:
        if path.is_dir():
            raise ImportFileError(
                where=str(path),
                what="a folder is given together with files",
                allowed="Either one folder, or a domain file and its profiles",
                hint="Name the folder alone, or name the files in it",
            )
    twice = next((path for number, path in enumerate(paths) if path in paths[:number]), None)
    if twice is not None:
        raise ImportFileError(
            where=str(twice),
            what="the file is given twice",
            allowed="Each profile makes one party",
            hint="Name it once, or copy it under another name",
        )
    return list(paths)


def _one_domain(domains: Sequence[Element], where: Path, from_folder: bool) -> Element:
    if len(domains) == 1:
        return domains[0]
    remedy = "Name the domain and its profiles one by one" if from_folder and domains else "Name its domain file"
    raise ImportFileError(
        where=str(where),
        what="there is not exactly one domain among the files",
        got=", ".join(domain.path.name for domain in domains) or "none",
        allowed="One file starts with <negotiation_template>",
        hint=remedy,
    )
