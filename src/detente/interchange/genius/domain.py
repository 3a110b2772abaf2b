"""The domain: its issues, each with its index and its options.

As in Genius (`genius.core.issue`), an issue is discrete where its type is not named, and has the values of its items
as options; an integer issue has the options `lowerbound` … `upperbound`. Here a value stated twice is one option, and
issues of another type, such as real, are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.interchange.xml_tree import Element

MOST_OPTIONS = 10_000


@dataclass(frozen=True, slots=True)
class Topic:
    """One issue of the domain: its index in the files and its options, each as (text, number or None)."""

    index: int
    name: str
    options: tuple[tuple[str, int | None], ...]
    lower: int | None  # of an integer issue

    @property
    def is_integer(self) -> bool:
        """Return whether the options are the whole numbers from `lower` on."""
        return self.lower is not None


@dataclass(frozen=True, slots=True)
class Domain:
    """What the domain file says: its issues in order, and the title of the whole where it has one."""

    path: Path
    title: str | None
    topics: tuple[Topic, ...]


def read_domain(root: Element) -> Domain:
    """Return the domain of a <negotiation_template>.

    Raises
    ------
    ImportFileError
        If there is no issue, two have one index, or one is of another type or without options.
    """
    space = root.first("utility_space") or root
    elements = [element for element, _ in issues_within(space)]
    topics = tuple(_topic(element) for element in elements)
    if not topics:
        raise root.error(
            "the domain has no issue",
            allowed="A domain holds <issue> elements within its <objective>",
            hint="Check that this is the domain file",
        )
    seen: dict[int, str] = {}
    for topic, element in zip(topics, elements, strict=True):
        if topic.index in seen:
            raise element.error(
                f'issue "{topic.name}" has the index of issue "{seen[topic.index]}"',
                got=topic.index,
                allowed="Indices of issues are unique within a domain",
                hint="Give one of them another index, in the profiles too",
            )
        seen[topic.index] = topic.name
    return Domain(root.path, _title(space), topics)


def issues_within(space: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each issue with its objective, through nested objectives; nothing inside an issue is an issue."""
    for child in space.children:
        if child.tag == "issue":
            yield child, space
        elif child.tag == "objective":
            yield from issues_within(child)


def bounds_of(element: Element, name: str) -> tuple[int, int]:
    """Return the bounds of an integer issue: attributes of the issue, or of its <range> in older files."""
    holder = element if element.get("lowerbound") is not None else element.first("range")
    if holder is None:
        raise element.error(
            f'integer issue "{name}" has no bounds',
            allowed='An integer issue is written <issue type="integer" lowerbound="0" upperbound="5" …>',
            hint="Add both bounds",
        )
    return holder.whole("lowerbound"), holder.whole("upperbound")


def value_of(item: Element) -> str:
    """Return the value that an item stands for: the text by which domain and profiles agree."""
    value = item.get("value")
    if value is None:
        raise item.error(
            "an item has no value",
            allowed='An item is written <item index="1" value="…"/>',
            hint="Add the attribute",
        )
    return value


def _topic(element: Element) -> Topic:
    index = element.whole("index")
    name = (element.get("name") or "").strip() or f"issue {index}"
    kind = _kind(element, name)
    if kind == "integer":
        lower, upper = bounds_of(element, name)
        if not 1 <= upper - lower + 1 <= MOST_OPTIONS:
            raise element.error(
                f'integer issue "{name}" runs from {lower} to {upper}',
                got=f"{max(upper - lower + 1, 0)} options",
                allowed=f"1 to {MOST_OPTIONS:,} options are read",
                hint="Correct the bounds, or coarsen the issue",
            )
        return Topic(index, name, tuple((str(n), n) for n in range(lower, upper + 1)), lower)
    values = list(dict.fromkeys(value_of(item) for item in element.every("item")))
    if not 1 <= len(values) <= MOST_OPTIONS:
        raise element.error(
            f'issue "{name}" has the wrong number of distinct values',
            got=len(values),
            allowed=f"1 to {MOST_OPTIONS:,} values are read, each an <item value=…>",
            hint="Add the values, or remove the issue from the domain and the profiles",
        )
    return Topic(index, name, tuple((value, None) for value in values), None)


def _kind(element: Element, name: str) -> str:
    """Return discrete or integer; like Genius, `type` comes first and discrete is the default."""
    kind = next((found for key in ("type", "vtype", "etype") if (found := element.get(key))), "discrete").lower()
    if kind in ("discrete", "integer"):
        return kind
    raise element.error(
        f'issue "{name}" is of a type that cannot be imported',
        got=kind,
        allowed="Discrete and integer issues are read",
        hint="Replace it by a discrete issue with the values that matter",
    )


def _title(space: Element) -> str | None:
    objective = space.first("objective")
    name = "" if objective is None else (objective.get("name") or "").strip()
    return None if name.lower() in ("", "root") else name  # Genius calls an objective without a name "root"
