"""Genius domains and preference profiles, read into a case.

What Genius does with a file decides what it means here; read in Genius's own sources (packages
`genius.core`, `genius.core.issue` and `genius.core.utility`):

- a profile's issue belongs to the domain's issue with the same index; an evaluation belongs to the option
  with the same *value* text, whatever the item's index; where a value is evaluated twice the last one counts
  (`EvaluatorDiscrete.loadFromXML` puts them into a map);
- an evaluation is divided by the largest evaluation of the issue, and all are 0 where that is below 0.00001
  (`EvaluatorDiscrete.normalize`); negative evaluations are divided in the same way;
- an integer issue has the options `lowerbound` … `upperbound`; an option is worth
  `offset + slope × (option − lowerbound)`, kept within 0 to 1 (`EvaluatorInteger.getEvaluation`);
- a utility is the sum of weight × evaluation over the issues; weights are taken as they stand in the file and
  those of nested objectives are not multiplied in (`AdditiveUtilitySpace.getUtility`). Genius caps a sum above
  1 at 1; a case does not, and says so.

Left out: discounting (noted, not applied), real-valued issues and non-additive profiles (refused).
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.case.case import Case, Scale
from detente.case.consent import ConsentList
from detente.case.issue import Issue, Option
from detente.case.party import Party, PartyKind
from detente.case.preference import Preference
from detente.core.errors import ImportFileError
from detente.core.estimate import Estimate
from detente.interchange.xml_tree import Element, read_tree

MOST_OPTIONS = 10_000
SMALLEST_BEST = 0.00001  # Genius reads a smaller best evaluation as "nothing is worth anything"
WEIGHT_SLACK = 1e-6  # sums of weights nearer to 1 than this are rounding in the file
NOT_ADDITIVE = frozenset({"ufun", "utility_function", "hyperrectangle", "rule", "constraint"})
WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


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
    from_folder = len(given) == 1 and given[0].is_dir()
    files = _files_of(given[0]) if from_folder else _distinct(given)
    notes: list[str] = []
    domains: list[tuple[Path, Element]] = []
    spaces: list[tuple[Path, Element]] = []
    for path in files:
        root = read_tree(path)
        if root.tag == "negotiation_template":
            domains.append((path, root))
        elif root.tag == "utility_space":
            spaces.append((path, root))
        elif from_folder:
            notes.append(f"{path.name}: left out, it is no Genius file (its root is <{root.tag}>).")
        else:
            raise ImportFileError(
                where=f"{path}:{root.line}",
                what="not a Genius file, its root element is unknown",
                got=root.tag,
                allowed="A domain starts with <negotiation_template>, a profile with <utility_space>",
                hint="Name a Genius domain and its profiles",
            )
    domain_path, domain = _one_domain(domains, given[0] if given else Path(), from_folder)
    topics = _topics(domain_path, domain)
    profiles: list[_Profile] = []
    for path, root in spaces:
        if from_folder and _is_blank(root):
            notes.append(f"{path.name}: left out, it holds no evaluation.")
        else:
            profiles.append(_profile(path, root, topics))
    if not profiles:
        raise ImportFileError(
            where=str(given[0]),
            what="there is no preference profile to import",
            allowed="A profile starts with <utility_space> and holds evaluations",
            hint="Name at least one profile beside the domain",
        )
    if from_folder and len(profiles) > 2:
        notes.append(
            f"{len(profiles)} profiles make {len(profiles)} parties; a folder does not say which of them are "
            f"variants of one party. To choose: detente import genius {domain_path} PROFILE.xml … -o CASE"
        )
    notes.extend(f"{profile.path.name}: {note}" for profile in profiles for note in profile.notes)
    return GeniusImport(_case(domain_path, domain, topics, profiles), tuple(notes))


# --- The domain ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Topic:
    """One issue of the domain: its index in the files and its options, each as (text, number or None)."""

    index: int
    name: str
    options: tuple[tuple[str, int | None], ...]
    lower: int | None  # of an integer issue

    @property
    def is_integer(self) -> bool:
        return self.lower is not None


def _topics(path: Path, domain: Element) -> tuple[_Topic, ...]:
    space = domain.first("utility_space") or domain
    topics = tuple(_topic(path, issue) for issue, _ in _issues(space))
    if not topics:
        raise ImportFileError(
            where=f"{path}:{domain.line}",
            what="the domain has no issue",
            allowed="A domain holds <issue> elements within its <objective>",
            hint="Check that this is the domain file",
        )
    seen: dict[int, str] = {}
    for topic, (element, _) in zip(topics, _issues(space), strict=True):
        if topic.index in seen:
            raise ImportFileError(
                where=f"{path}:{element.line}",
                what=f'issue "{topic.name}" has the index of issue "{seen[topic.index]}"',
                got=topic.index,
                allowed="Indices of issues are unique within a domain",
                hint="Give one of them another index, in the profiles too",
            )
        seen[topic.index] = topic.name
    return topics


def _topic(path: Path, element: Element) -> _Topic:
    index = _whole(path, element, "index")
    name = (element.get("name") or "").strip() or f"issue {index}"
    kind = _kind(path, element, name)
    if kind == "integer":
        lower, upper = _bounds(path, element, name)
        if not 1 <= upper - lower + 1 <= MOST_OPTIONS:
            raise ImportFileError(
                where=f"{path}:{element.line}",
                what=f'integer issue "{name}" runs from {lower} to {upper}',
                got=f"{max(upper - lower + 1, 0)} options",
                allowed=f"1 to {MOST_OPTIONS:,} options are read",
                hint="Correct the bounds, or coarsen the issue",
            )
        return _Topic(index, name, tuple((str(n), n) for n in range(lower, upper + 1)), lower)
    values = list(dict.fromkeys(_value(path, item) for item in element.every("item")))
    if not 1 <= len(values) <= MOST_OPTIONS:
        raise ImportFileError(
            where=f"{path}:{element.line}",
            what=f'issue "{name}" has the wrong number of distinct values',
            got=len(values),
            allowed=f"1 to {MOST_OPTIONS:,} values are read, each an <item value=…>",
            hint="Add the values, or remove the issue from the domain and the profiles",
        )
    return _Topic(index, name, tuple((value, None) for value in values), None)


def _kind(path: Path, element: Element, name: str) -> str:
    """Return discrete or integer; like Genius, `type` comes first and discrete is the default."""
    kind = next((found for key in ("type", "vtype", "etype") if (found := element.get(key))), "discrete").lower()
    if kind in ("discrete", "integer"):
        return kind
    raise ImportFileError(
        where=f"{path}:{element.line}",
        what=f'issue "{name}" is of a type that cannot be imported',
        got=kind,
        allowed="Discrete and integer issues are read",
        hint="Replace it by a discrete issue with the values that matter",
    )


def _bounds(path: Path, element: Element, name: str) -> tuple[int, int]:
    """Return the bounds of an integer issue: attributes of the issue, or of its <range> in older files."""
    holder = element if element.get("lowerbound") is not None else element.first("range")
    if holder is None:
        raise ImportFileError(
            where=f"{path}:{element.line}",
            what=f'integer issue "{name}" has no bounds',
            allowed='An integer issue is written <issue type="integer" lowerbound="0" upperbound="5" …>',
            hint="Add both bounds",
        )
    return _whole(path, holder, "lowerbound"), _whole(path, holder, "upperbound")


def _issues(space: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each issue with its objective, through nested objectives; nothing inside an issue is an issue."""
    for child in space.children:
        if child.tag == "issue":
            yield child, space
        elif child.tag == "objective":
            yield from _issues(child)


def _value(path: Path, item: Element) -> str:
    value = item.get("value")
    if value is None:
        raise ImportFileError(
            where=f"{path}:{item.line}",
            what="an item has no value",
            allowed='An item is written <item index="1" value="…"/>',
            hint="Add the attribute",
        )
    return value


# --- A profile ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Profile:
    """What one profile says: by the domain's issues in order, a weight and a value for each option."""

    path: Path
    weights: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]
    reservation: float | None
    notes: tuple[str, ...]

    def extremes(self) -> tuple[float, float]:
        """Return the lowest and the highest number on the profile's scale: of a package, a value, the reservation."""
        worth = [[weight * value for value in row] for weight, row in zip(self.weights, self.values, strict=True)]
        numbers = [math.fsum(map(min, worth)), math.fsum(map(max, worth)), *itertools.chain(*self.values)]
        if self.reservation is not None:
            numbers.append(self.reservation)
        return min(numbers), max(numbers)


def _profile(path: Path, root: Element, topics: Sequence[_Topic]) -> _Profile:
    _refuse_other_forms(path, root)
    notes: list[str] = []
    found = list(_issues(root))
    weights: list[float] = []
    values: list[tuple[float, ...]] = []
    for topic in topics:
        element, objective = _belonging(path, root, found, topic, notes)
        weights.append(_weight(path, element, objective, topic))
        if topic.is_integer:
            values.append(_linear(path, element, topic, notes))
        else:
            values.append(_evaluated(path, element, topic, notes))
    if len(found) > len(topics):
        notes.append(f"the profile has {len(found)} issues and the domain {len(topics)}; the others are not read.")
    if any(objective.first("weight") for objective in root.walk() if objective.first("objective")):
        notes.append("weights of nested objectives are not multiplied in, as in Genius.")
    total = math.fsum(weights)
    if abs(total - 1) > WEIGHT_SLACK:
        capped = " (Genius caps a utility above 1 at 1; the case does not)" if total > 1 else ""
        notes.append(f"weights sum to {total:.12g} and stay as they are{capped}.")
    discount = _number_of(path, root, "discount_factor")
    if discount is not None and discount != 1:
        notes.append(f"the discount factor {discount:g} is not applied: utilities are those at the start.")
    return _Profile(path, tuple(weights), tuple(values), _number_of(path, root, "reservation"), tuple(notes))


def _refuse_other_forms(path: Path, root: Element) -> None:
    for element in root.walk():
        if element.tag.lower() in NOT_ADDITIVE:
            raise ImportFileError(
                where=f"{path}:{element.line}",
                what="the profile is not additive",
                got=f"<{element.tag}>",
                allowed="Profiles with a weight for each issue and an evaluation for each value are read",
                hint="Export an additive profile",
            )


def _belonging(
    path: Path, root: Element, found: Sequence[tuple[Element, Element]], topic: _Topic, notes: list[str]
) -> tuple[Element, Element]:
    """Return the profile's issue for an issue of the domain, with its objective: by index, else by name."""
    by_index = [pair for pair in found if _whole(path, pair[0], "index") == topic.index]
    by_name = [pair for pair in found if _same(pair[0].get("name"), topic.name)]
    if len(by_index) > 1:
        raise ImportFileError(
            where=f"{path}:{by_index[1][0].line}",
            what="two issues of the profile have the same index",
            got=topic.index,
            allowed="Indices of issues are unique within a profile",
            hint="Give each the index that the issue has in the domain",
        )
    if by_index:
        name = by_index[0][0].get("name")
        if by_name and not _same(name, topic.name):
            raise ImportFileError(
                where=f"{path}:{by_index[0][0].line}",
                what=f'issue {topic.index} is "{topic.name}" in the domain, and another issue here',
                got=name,
                allowed="An issue has the same index and name in the domain and in its profiles",
                hint="Exchange the indices in the profile, in its weights too",
            )
        if name and not by_name:
            notes.append(f'issue {topic.index} is called "{name}" here and "{topic.name}" in the domain.')
        return by_index[0]
    if len(by_name) == 1:
        notes.append(f'issue "{topic.name}" has another index than in the domain and is read by its name.')
        return by_name[0]
    raise ImportFileError(
        where=f"{path}:{root.line}",
        what=f'issue {topic.index}, "{topic.name}", of the domain is missing',
        allowed="A profile holds every issue of its domain",
        hint="Add it, or choose a profile of this domain",
    )


def _weight(path: Path, element: Element, objective: Element, topic: _Topic) -> float:
    index = _whole(path, element, "index")
    weights = [weight for weight in objective.every("weight") if _whole(path, weight, "index") == index]
    if not weights:
        raise ImportFileError(
            where=f"{path}:{element.line}",
            what=f'issue "{topic.name}" has no weight',
            allowed=f'A weight is written <weight index="{index}" value="0.25"/> beside the issue',
            hint="Add it; an issue that does not matter has the weight 0",
        )
    weight = _decimal(path, weights[-1], "value")
    if weight < 0:
        raise ImportFileError(
            where=f"{path}:{weights[-1].line}",
            what=f'the weight of issue "{topic.name}" is negative',
            got=weight,
            allowed="Weights are 0 or more",
            hint="Turn the evaluations of the issue around instead",
        )
    return weight


def _evaluated(path: Path, element: Element, topic: _Topic, notes: list[str]) -> tuple[float, ...]:
    """Return the values of a discrete issue's options: evaluations over the best of the issue."""
    evaluations: dict[str, float] = {}
    for item in element.every("item"):
        value = _value(path, item)
        if item.get("evaluation") in (None, "null"):
            continue
        evaluation = _decimal(path, item, "evaluation")
        if evaluations.get(value, evaluation) != evaluation:
            notes.append(
                f'"{value}" of issue "{topic.name}" is evaluated twice; the last ({evaluation:g}, line {item.line}) '
                f"counts, as in Genius."
            )
        evaluations[value] = evaluation
    options = [text for text, _ in topic.options]
    for text in options:
        if text not in evaluations:
            raise ImportFileError(
                where=f"{path}:{element.line}",
                what=f'issue "{topic.name}" has no evaluation of its value "{text}"',
                allowed="A profile evaluates every value of its domain",
                hint="Add the evaluation, or leave this profile out",
            )
    extra = [value for value in evaluations if value not in options]
    if extra:
        notes.append(
            f'issue "{topic.name}" evaluates values that the domain lacks ({len(extra)}; the first is "{extra[0]}"); '
            f"they count for the best of the issue only, as in Genius."
        )
    best = max(evaluations.values())
    if best < SMALLEST_BEST:
        notes.append(f'issue "{topic.name}" has no positive evaluation, so all its values are 0, as in Genius.')
        return (0.0,) * len(options)
    return tuple(evaluations[text] / best for text in options)


def _linear(path: Path, element: Element, topic: _Topic, notes: list[str]) -> tuple[float, ...]:
    """Return the values of an integer issue's options: linear from the profile's lower bound, within 0 to 1."""
    evaluator = element.first("evaluator")
    if evaluator is None and element.first("item") is not None:
        return _evaluated(path, element, topic, notes)
    lower, upper = _bounds(path, element, topic.name)
    numbers = [number for _, number in topic.options if number is not None]
    if (lower, upper) != (numbers[0], numbers[-1]):
        notes.append(
            f'issue "{topic.name}" runs from {lower} to {upper} here and from {numbers[0]} to {numbers[-1]} '
            f"in the domain; the domain's options are valued from {lower} on, as in Genius."
        )
    if evaluator is None:
        notes.append(f'issue "{topic.name}" has no evaluator, so all its values are 0, as in Genius.')
        return (0.0,) * len(numbers)
    slope, offset = _decimal(path, evaluator, "slope"), _decimal(path, evaluator, "offset")
    return tuple(min(max(slope * (number - lower) + offset, 0.0), 1.0) for number in numbers)


def _is_blank(root: Element) -> bool:
    """Return whether a profile holds no evaluation at all: a template to be filled in."""
    issues = [element for element, _ in _issues(root)]
    return bool(issues) and not any(
        child.tag == "evaluator" or (child.tag == "item" and child.get("evaluation") not in (None, "null"))
        for issue in issues
        for child in issue.children
    )


# --- The case -----------------------------------------------------------------------------------------------


def _case(domain_path: Path, domain: Element, topics: Sequence[_Topic], profiles: Sequence[_Profile]) -> Case:
    issues = tuple(_case_issue(number, topic) for number, topic in enumerate(topics, start=1))
    ids = _slugs([profile.path.stem for profile in profiles])
    lows, highs = zip(*(profile.extremes() for profile in profiles), strict=True)
    stem = re.sub(r"(?i)[ _-]*(domain|template)$", "", domain_path.stem) or domain_path.stem
    names = ", ".join(profile.path.name for profile in profiles)
    return Case(
        schema_version="1",
        id=_slugs([stem])[0],
        version="1",
        title=_title(domain) or stem,
        summary=f"Imported from Genius: domain {domain_path.name}; profiles {names}.",
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


def _case_issue(number: int, topic: _Topic) -> Issue:
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


def _preference(party: str, profile: _Profile, issues: Sequence[Issue]) -> Preference:
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


def _title(domain: Element) -> str | None:
    objective = (domain.first("utility_space") or domain).first("objective")
    name = "" if objective is None else (objective.get("name") or "").strip()
    return None if name.lower() in ("", "root") else name  # Genius calls an objective without a name "root"


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


# --- Files and numbers --------------------------------------------------------------------------------------


def _files_of(folder: Path) -> list[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".xml" and path.is_file())
    except OSError as error:
        raise ImportFileError(
            where=str(folder),
            what=f"the folder cannot be read ({error.strerror or error})",
            allowed="A readable folder is needed",
            hint="Check its permissions",
        ) from None
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


def _one_domain(domains: Sequence[tuple[Path, Element]], where: Path, from_folder: bool) -> tuple[Path, Element]:
    if len(domains) == 1:
        return domains[0]
    remedy = "name the domain and its profiles one by one" if from_folder and domains else "name its domain file"
    raise ImportFileError(
        where=str(where),
        what="there is not exactly one domain among the files",
        got=", ".join(path.name for path, _ in domains) or "none",
        allowed="One file starts with <negotiation_template>",
        hint=f"{remedy[0].upper()}{remedy[1:]}",
    )


def _number_of(path: Path, root: Element, tag: str) -> float | None:
    element = root.first(tag)
    return None if element is None or element.get("value") is None else _decimal(path, element, "value")


def _whole(path: Path, element: Element, name: str) -> int:
    text = (element.get(name) or "").strip()
    if not WHOLE.fullmatch(text):
        raise _not_a_number(path, element, name, "a whole number")
    return int(text)


def _decimal(path: Path, element: Element, name: str) -> float:
    text = (element.get(name) or "").strip()
    number = float(text) if DECIMAL.fullmatch(text) else math.nan
    if not math.isfinite(number):
        raise _not_a_number(path, element, name, "a finite number, such as 0.25")
    return number


def _not_a_number(path: Path, element: Element, name: str, what: str) -> ImportFileError:
    got = element.get(name)
    return ImportFileError(
        where=f"{path}:{element.line}",
        what=f"{name} of <{element.tag}> is {'missing' if got is None else 'not a number'}",
        got=got,
        allowed=f"It is {what}",
        hint="Correct it",
    )


def _same(one: str | None, other: str) -> bool:
    return one is not None and one.strip().casefold() == other.strip().casefold()
