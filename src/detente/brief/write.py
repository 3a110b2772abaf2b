"""Writing a brief to a folder: HTML, Markdown and JSON, the same bytes for the same case, seed and version."""

from __future__ import annotations

import dataclasses
import errno
import os
from collections.abc import Mapping
from pathlib import Path

from detente.brief.compose import compose, compose_all
from detente.brief.document import Brief, Grid, Paragraph, Picture, Points
from detente.brief.examination import contested_words, faults
from detente.brief.markdown import to_markdown
from detente.brief.page import to_html
from detente.case.case import Case
from detente.case.lens_apply import Lensed
from detente.core.canonical import to_json
from detente.core.errors import CaseError
from detente.core.progress import Progress, silent
from detente.core.streams import DRAWS
from detente.wording.sentence import Sentence

ALL_STANCES = "all"


def write_brief(
    case: Case,
    directory: str | Path,
    *,
    consent: str | None = None,
    stance: str | None = None,
    lens: Lensed | None = None,
    seed: int = 0,
    draws: int = DRAWS,
    progress: Progress = silent,
) -> tuple[Path, ...]:
    """Write the brief of a case and return the files.

    Parameters
    ----------
    case : Case
        Cut at its date and read through its lens, if any, by the caller.
    directory : path
        Where the files go; made if it is not there. Files of the same names are replaced.
    consent : str, optional
        Only this consent list; without it every list is printed.
    stance : str, optional
        A party that leads the print, or `all`: one print per party of the consent lists.
    lens : Lensed, optional
        The lens through which the case was read, and what it did to it.
    seed, draws : int
        Of the draws of judged numbers in Annex A; with 0 draws there are none.

    Returns
    -------
    tuple of Path
        `brief.html`, `brief.md`, `brief.json`; with a stance `brief-PARTY.html` and so on.

    Raises
    ------
    CaseError
        If a consent list or party is not known, the term sheet contests the brief's own words, or the folder cannot
        be written.
    """
    if stance == ALL_STANCES:
        briefs = dict(compose_all(case, consent=consent, lens=lens, seed=seed, draws=draws, progress=progress))
        named = {f"brief-{party}": brief for party, brief in briefs.items()}
    else:
        one = compose(case, consent=consent, stance=stance, lens=lens, seed=seed, draws=draws, progress=progress)
        named = {"brief" if stance is None else f"brief-{stance}": one}
    for brief in named.values():
        if broken := faults(brief):
            raise CaseError(
                where=f"case {case.id}",
                what="the brief would break a rule of its own",
                got="; ".join(broken),
                allowed="docs/theory/never-print.md holds the rules",
                hint="Please report this with the case: the fault is the program's",
            )
        if contested := contested_words(case, brief):
            raise CaseError(
                where=f"case {case.id}, terms",
                what="the term sheet contests a wording that every brief uses",
                got=contested[0],
                allowed="A contested wording is of a party, and more special than the brief's own words",
                hint="Write the wording out, or add it to what the term prints",
            )
    texts = {
        f"{name}.{ending}": text
        for name, brief in named.items()
        for ending, text in (("html", to_html(brief)), ("md", to_markdown(brief)), ("json", brief_json(brief)))
    }
    return _written(Path(directory), texts)


def _written(folder: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write all files or none: first drafts beside them, which then take their names."""
    drafts: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            path = folder / name
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, f"{name} is a folder")
            drafts[path] = folder / f".{name}.{os.getpid()}.part"
            drafts[path].write_bytes(text.encode("utf-8"))
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        raise CaseError(
            where=str(folder), what="the brief cannot be written there", got=error.strerror, hint="Name another folder"
        ) from None
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
    return tuple(drafts)


def brief_json(brief: Brief) -> str:
    """Return the brief as JSON: the same structure, with ids of statements and the facts needed to repeat it."""
    return to_json(_plain(brief), indent=1) + "\n"


def _plain(value: object) -> object:
    """Return frozen parts as plain JSON values: with their kind where several could stand, without what is empty."""
    if isinstance(value, (str, int, float)) or value is None:
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    assert dataclasses.is_dataclass(value)
    plain: dict[str, object] = {}
    if isinstance(value, (Paragraph, Points, Grid, Picture)):
        plain["block"] = type(value).__name__.lower()
    elif isinstance(value, Sentence):
        plain["text"] = value.text
    for field in dataclasses.fields(value):
        item = getattr(value, field.name)
        if item in (field.default, ()):
            continue
        plain[field.name] = _plain(item)
    return plain
