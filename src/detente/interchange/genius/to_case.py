"""A domain and its profiles as a case: one party for each profile, one consent list with all of them.

Numbers go over as they are, each an estimate without a spread; the case declares the scale that they are on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from detente.case.case import Case, Scale
from detente.case.consent import ConsentList
from detente.case.issue import Issue, Option
from detente.case.party import Party, PartyKind
from detente.case.preference import Preference
from detente.core.estimate import Estimate
from detente.interchange.genius.domain import Domain, Topic
from detente.interchange.genius.profiles import Profile


def to_case(domain: Domain, profiles: Sequence[Profile]) -> Case:
    """Return the case; its parties are named after the profiles' files, which have to be one or more."""
    issues = tuple(_issue(number, topic) for number, topic in enumerate(domain.topics, start=1))
    ids = _slugs([profile.path.stem for profile in profiles])
    lows, highs = zip(*(profile.extremes() for profile in profiles), strict=True)
    stem = re.sub(r"(?i)[ _-]*(domain|template)$", "", domain.path.stem) or domain.path.stem
    names = ", ".join(profile.path.name for profile in profiles)
    return Case(
        schema_version="1",
        id=_slugs([stem])[0],
        version="1",
        title=domain.title or stem,
        summary=f"Imported from Genius: domain {domain.path.name}; profiles {names}.",
        authors=("imported from Genius",),
        licence="as of the imported files: not stated",
        scale=Scale(
            low=min(0.0, *lows),
            high=max(1.0, *highs),
            note="The scale of the imported files: weights are not renormalised and issues are not rescaled.",
        ),
        parties=tuple(
            Party(id=party, name=profile.path.stem, kind=PartyKind.CLASS)
            for party, profile in zip(ids, profiles, strict=True)
        ),
        consent_lists=(ConsentList(id="all", name="All parties", parties=ids),),
        issues=issues,
        preferences=tuple(_preference(party, profile, issues) for party, profile in zip(ids, profiles, strict=True)),
    )


def _issue(number: int, topic: Topic) -> Issue:
    return Issue(
        id=f"i{number}",
        title=topic.name,
        options=tuple(
            _option(f"o{position}", text if text.strip() else "(no name)", value)
            for position, (text, value) in enumerate(topic.options, start=1)
        ),
    )


def _option(option: str, text: str, value: int | None) -> Option:
    return Option(id=option, text=text) if value is None else Option(id=option, text=text, value=value)


def _preference(party: str, profile: Profile, issues: Sequence[Issue]) -> Preference:
    preference = Preference(
        party=party,
        weights={issue.id: _exact(weight) for issue, weight in zip(issues, profile.weights, strict=True)},
        values={
            issue.id: {option.id: (_exact(value),) for option, value in zip(issue.options, row, strict=True)}
            for issue, row in zip(issues, profile.values, strict=True)
        },
        note=" ".join((f"From {profile.path.name}.", *(f"{note[0].upper()}{note[1:]}" for note in profile.notes))),
    )
    if profile.reservation is None:
        return preference
    return preference.model_copy(update={"reservation": _exact(profile.reservation)})


def _exact(number: float) -> Estimate:
    return Estimate(low=number, mode=number, high=number)


def _slugs(names: Iterable[str]) -> tuple[str, ...]:
    """Return ids made of names: plain letters and digits joined by hyphens, each of them once."""
    slugs: list[str] = []
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:70] or "imported"
        number, base = 2, slug
        while slug in slugs:
            slug, number = f"{base}-{number}", number + 1
        slugs.append(slug)
    return tuple(slugs)
