"""A case as flat records: each value stands in one field of one record, which is found by ids and never by place.

Fields are named by their path inside the record (`consent.owns`); what is not given has no field. Judged numbers are
records of their own, named by their place in the file. A list in which order says nothing is kept as a set; one in
which it does (a chain, the first statement of a position) as a sequence.
"""

from __future__ import annotations

import datetime
import enum
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from detente.case.case import Case
from detente.case.context import Constituency
from detente.case.crisis import (
    Audience,
    Confrontation,
    Delay,
    Measure,
    Patronage,
    Rung,
    Safeguard,
    Signal,
    TurningPoint,
)
from detente.case.issue import Issue, Nesting
from detente.case.lens import Lens
from detente.case.package import TabledText
from detente.case.position import Basis, OptionStance, Position
from detente.case.preference import Preference
from detente.core.canonical import canonical
from detente.core.condition import Condition
from detente.core.estimate import Estimate
from detente.core.fields import text_of

Path = tuple[str, ...]
Leaf = str | int | float | bool | tuple[Any, ...] | frozenset[str]
"""A value that is compared whole; a frozenset holds the members of a set, each as canonical JSON."""

KINDS = (
    *("case", "parties", "consent_lists", "issues", "options", "links", "positions", "texts", "articles", "answers"),
    *("packages", "preferences", "red_lines", "interactions", "estimates", "scenarios", "outlooks", "alternatives"),
    *("moves", "perceptions", "forums", "third_parties", "calendar", "terms", "constituencies", "author_claims"),
    *("record_notes", "trust_classes", "dyads", "lenses", "overrides", "actors", "sources", "statements", "events"),
    *("claims", "agreed_texts", "forecast_outcomes"),
)
"""The kinds of record, in the order in which differences are told."""

_KEYS: Mapping[str, tuple[str, ...]] = {
    "answers": ("text", "article", "item", "addressee", "issue"),
    "preferences": ("party",),
    "interactions": ("when",),
    "outlooks": ("party",),
    "alternatives": ("party",),
    "perceptions": ("of", "about"),
    "calendar": ("on",),
    "author_claims": ("about", "issue", "statement"),
    "record_notes": ("document",),
    "dyads": ("of", "towards"),
    "forecast_outcomes": ("statement",),
}
"""What tells the records of a kind apart where they have no id; several may share it, and are then told apart by what
they say."""

_INNER: Mapping[tuple[type[BaseModel], str], str] = {
    (Issue, "options"): "options",
    (TabledText, "articles"): "articles",
    (Preference, "red_lines"): "red_lines",
    (Preference, "interactions"): "interactions",
}
"""The lists inside a record that hold records of a kind of their own."""

_INSIDE = frozenset({*_INNER.values(), "overrides"})
_ELSEWHERE = frozenset({"record", "actors", "no_agreement", "shared", "text_class_priors"})
_SEQUENCES = frozenset({(Nesting, "chain"), (Constituency, "order_of_harm")})
_ORDERED = frozenset({"sides"})
_UNORDERED = (Confrontation, Audience, Signal, Rung, Safeguard, Measure, Patronage, TurningPoint, Delay)
"""Records inside the crisis section, in whose lists order says nothing but for _ORDERED."""

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its kind, the ids that name it, and what its fields say."""

    kind: str
    id: Path
    fields: Mapping[str, Leaf]

    @property
    def holder(self) -> Path:
        """The id of the record in whose list it stands; empty at the top of a case."""
        return self.id[:1] if self.kind in _INSIDE else ()


def records(case: Case) -> Iterator[Record]:
    """Yield every record of a case; each list in its order."""
    header = (name for name in Case.model_fields if name not in KINDS and name not in _ELSEWHERE)
    yield Record(
        "case", ("case",), _joined(found for name in header for found in _leaves(getattr(case, name), (name,)))
    )
    for kind in (name for name in Case.model_fields if name in KINDS and name != "actors"):
        yield from _list(kind, getattr(case, kind), (), (kind,))
    for kind in ("scenarios", "outlooks"):
        yield from _list(kind, getattr(case.no_agreement, kind), (), ("no_agreement", kind))
    for name in ("text_class_priors", "shared"):
        yield from (_estimate(path, leaf) for path, leaf in _leaves(getattr(case, name), (name,)))
    for actor, called in case.actors.items():
        yield Record("actors", (actor,), _joined(_leaves(called, ("name",))))


def fields_of(value: object, names: Iterable[str]) -> dict[str, Leaf]:
    """Return some attributes of a finding as the fields of a record."""
    return _joined(found for name in names for found in _leaves(getattr(value, name), (name,)))


def members(values: Iterable[object]) -> frozenset[str]:
    """Return a list in which order says nothing."""
    return frozenset(_as_json(one) for one in values)


def plain(leaf: Leaf | None) -> object:
    """Return a leaf as JSON has it; the members of a set in the order of their text."""
    if isinstance(leaf, frozenset):
        return [json.loads(one) for one in sorted(leaf)]
    return [plain(one) for one in leaf] if isinstance(leaf, tuple) else leaf


def _list(kind: str, items: Iterable[BaseModel], holder: Path, place: Path) -> Iterator[Record]:
    for item in items:
        own = tuple(_key(getattr(item, name)) for name in _KEYS.get(kind, ("id",)))
        yield from _record(kind, (*holder, *own), (*place, *own), item)


def _record(kind: str, name: Path, place: Path, part: BaseModel) -> Iterator[Record]:
    """Yield a record, then the records and numbers inside it."""
    fields: dict[str, Leaf] = {}
    inside: list[Record] = []
    keys = {key for key in _KEYS.get(kind, ("id",)) if not isinstance(getattr(part, key), Mapping)}
    for field in type(part).model_fields:
        value = getattr(part, field)
        inner = _INNER.get((type(part), field))
        if inner is not None:
            inside += _list(inner, value, name, (*place, field))
        elif isinstance(part, Lens) and field == "pairs":
            inside += _overrides(part)
        elif field not in keys:
            for path, leaf in _field(part, field):
                if isinstance(leaf, Estimate):
                    inside.append(_estimate((*place, *path), leaf))
                else:
                    fields[".".join(path)] = leaf
    yield Record(kind, name, fields)
    yield from inside


def _field(part: BaseModel, field: str) -> Iterator[tuple[Path, Leaf | Estimate]]:
    value = getattr(part, field)
    if isinstance(part, Position) and field == "because":  # the first is the statement in which it was taken
        yield (field,), (value[0], *sorted(value[1:]))
    elif (type(part), field) in _SEQUENCES:
        yield (field,), tuple(one if isinstance(one, str) else tuple(sorted(one)) for one in value)
    else:
        optional = type(part).model_fields[field].default is None
        yield from ((path, leaf) for path, leaf in _leaves(value, (field,), mark_empty=optional))


def _leaves(value: Any, path: Path, *, mark_empty: bool = False) -> Iterator[tuple[Path, Leaf | Estimate]]:
    """Yield the values inside a value with their paths."""
    if value is None:
        return
    if isinstance(value, Estimate):
        yield path, value
    elif isinstance(value, OptionStance):
        yield path, value.stance.value if value.basis is Basis.STATED else f"{value.stance.value} ({value.basis.value})"
    elif isinstance(value, BaseModel):
        found = [((*path, *rest), leaf) for name in type(value).model_fields for rest, leaf in _field(value, name)]
        yield from found
        if mark_empty and not found:  # an option whose consent is given and empty needs nobody's, unlike its issue
            yield path, "given, and empty"
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, (*path, str(key)))
    elif isinstance(value, tuple):
        if value and isinstance(value[0], Estimate):
            yield from ((path, one) for one in value)
        elif value:
            yield path, members(value)
    else:
        yield path, _scalar(value)


def _joined(leaves: Iterable[tuple[Path, Leaf | Estimate]]) -> dict[str, Leaf]:
    """Return leaves as fields; a number in them by its bounds and grounds."""
    fields: dict[str, Leaf] = {}
    for path, leaf in leaves:
        if isinstance(leaf, Estimate):
            fields.update({".".join((*path, name)): one for name, one in _estimate((), leaf).fields.items()})
        else:
            fields[".".join(path)] = leaf
    return fields


def _estimate(place: Path, number: Leaf | Estimate) -> Record:
    assert isinstance(number, Estimate)
    return Record("estimates", place, fields_of(number, Estimate.model_fields))


def _overrides(lens: Lens) -> Iterator[Record]:
    """Yield the overrides of a lens, each with the others of its pair."""
    for pair in lens.pairs:
        names = [f"{one.party} {one.path}" for one in pair.overrides]
        for at, one in enumerate(pair.overrides):
            said = fields_of(one, (name for name in type(one).model_fields if name not in {"party", "path"}))
            paired = members(names[:at] + names[at + 1 :])
            yield Record("overrides", (lens.id, one.party, one.path), {**said, "paired_with": paired})


def _key(value: Any) -> str:
    return "" if value is None else text_of(value) if isinstance(value, Mapping) else str(_scalar(value))


def _scalar(value: Any) -> str | int | float | bool:
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, (datetime.date, Condition)):
        value = value.isoformat() if isinstance(value, datetime.date) else str(value)
    return canonical(value)  # type: ignore[return-value]  # rounded as for the hash: equal hashes, no difference


def _without_order(value: Any, name: str = "") -> Any:
    """Return what a part of the crisis section says, its lists in the order of their text, but for the two sides."""
    if isinstance(value, dict):
        return {key: _without_order(item, key) for key, item in value.items()}
    if isinstance(value, list) and name not in _ORDERED:
        return sorted((_without_order(item) for item in value), key=_as_json)
    return value


def _as_json(value: object) -> str:
    if isinstance(value, BaseModel):
        kept = value.model_dump(mode="json", exclude_defaults=True)
        value = _without_order(kept) if isinstance(value, _UNORDERED) else kept
    return json.dumps(canonical(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
