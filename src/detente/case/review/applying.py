"""From decisions to the record: what was accepted or corrected becomes statements, with who decided and when.

Only what a person decided enters. A statement that is in the record already is left as it is, unless it is word for
word what an earlier decision on the same coding had put there; then the later decision replaces it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from detente.case.case import Case
from detente.case.review.decision import Decision, Outcome, State, Verdict, outcome, standing
from detente.case.review.folder import Review
from detente.case.review.item import Item
from detente.case.save import Append, Change, Set
from detente.core.errors import CaseError
from detente.evidence.source import Source
from detente.evidence.statement import Judged


@dataclass(frozen=True, slots=True)
class Application:
    """What applying a review changes, and what it leaves.

    Attributes
    ----------
    changes : tuple of Change
        For `detente.case.save.edit`; none if nothing is new.
    statements, sources, actors : tuple of str
        Ids that would be added; `replaced` those of statements that a later decision changes.
    kept : tuple of (str, str)
        Statements of the record that the review would have otherwise, each with the reason why it stays as it is.
    waiting : mapping of State to int
        How many codings are not decided, by where they stand.
    """

    changes: tuple[Change, ...]
    statements: tuple[str, ...]
    replaced: tuple[str, ...]
    sources: tuple[str, ...]
    actors: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]
    waiting: Mapping[State, int]


def application(case: Case, review: Review) -> Application:
    """Return what the review would change in a case.

    Raises
    ------
    CaseError
        If a decision cannot be put into the case, such as one on an issue that the case no longer has.
    """
    known = {**review.sources, **case.source}
    standing = review.standing()
    changes: list[Change] = []
    statements: list[str] = []
    replaced: list[str] = []
    kept: list[tuple[str, str]] = []
    waiting: dict[State, int] = {}
    actors: dict[str, None] = {}
    sources: dict[str, Source] = {}
    places = {one.id: place for place, one in enumerate(case.statements)}
    taken = {*case.statement, *case.position, *case.event}
    for item in review.items.values():
        name = statement_id(item, case)
        found = outcome(standing.get(item.id, ()))
        if found.state is not State.ACCEPTED or found.decision is None:
            if found.state is not State.REJECTED:
                waiting[found.state] = waiting.get(found.state, 0) + 1
            if name in places and case.statements[places[name]].reviewed is not None:
                kept.append((name, f"its coding is now {found.state.value}; take it out by hand if it is to go"))
            continue
        values = _statement(case, item, found, known)
        if name in places:
            held = case.statements[places[name]].model_dump(mode="json", exclude_unset=True)
            values["cites"] = held["cites"]  # the document may have changed since, and the citation been moved
            if held == values:
                continue
            if any({**one, "cites": held["cites"]} == held for one in _earlier(case, item, review, known)):
                changes.append(Set(("statements", places[name]), values))
                replaced.append(name)
            else:
                kept.append((name, "it was changed by hand"))
                continue
        elif name in taken:
            kept.append((name, "another item of the case has this id"))
            continue
        else:
            changes.append(Append(("statements",), values))
            statements.append(name)
        if item.source not in case.source:
            sources[item.source] = known[item.source]
        actors.update(dict.fromkeys(_new_actors(case, values)))
    before: list[Change] = [Append(("sources",), _plain(one)) for one in sources.values()]
    before += _actor_changes(case, actors)
    return Application(
        (*before, *changes), tuple(statements), tuple(replaced), tuple(sources), tuple(actors), tuple(kept), waiting
    )


def statement_id(item: Item, case: Case) -> str:
    """Return the id of the statement that a coding becomes: always the same for the same coding."""
    return f"{item.source[:66]}-{item.id}"


def _statement(case: Case, item: Item, found: Outcome, known: Mapping[str, Source]) -> dict[str, Any]:
    assert found.decision is not None
    return _values(case, item, found.decision, found.by, known[item.source])


def _values(case: Case, item: Item, decision: Decision, by: tuple[str, ...], source: Source) -> dict[str, Any]:
    codes = decision.codes if decision.codes is not None else item.proposed
    if source.published is None:
        raise CaseError(
            where=f"source {source.id}",
            what="nothing says when this document was published",
            allowed="A statement has a day since which it is public",
            hint="Add `published` to the source",
        )
    coded = codes.model_dump(mode="json", exclude_defaults=True, exclude={"voices"})
    values: dict[str, Any] = {
        "id": statement_id(item, case),
        "cites": [{"source": item.source, "span": item.span.model_dump(mode="json", exclude_unset=True)}],
        "voice": codes.voice,
        "attribution": codes.attribution.value,
        "actors": list(codes.actors),
        "targets": list(codes.targets),
        "act": codes.act.value,
        **{
            key: coded[key]
            for key in ("second_act", "topic", "issue", "option", "kind", "negated", "hedged")
            if key in coded
        },
        "says": decision.says,
        **({"happened": coded["happened"]} if "happened" in coded else {}),
        "public_since": source.published.last.isoformat(),
        **({"text_class": codes.text_class.value} if codes.text_class else {}),
        "grade": source.grade.value,
        "confidence": item.confidence,
        "reviewed": {
            "by": ", ".join(by),
            "on": decision.on.isoformat(),
            "decision": (Judged.ACCEPTED if decision.verdict is Verdict.ACCEPT else Judged.CORRECTED).value,
            "rule": item.rule,
        },
    }
    if not values["targets"]:
        del values["targets"]
    return values


def _earlier(case: Case, item: Item, review: Review, known: Mapping[str, Source]) -> Iterator[dict[str, Any]]:
    """Yield what earlier decisions on a coding made of it, each as it stood when it was the last one."""
    mine = [one for one in review.decisions if one.item == item.id]
    for length in range(1, len(mine)):
        found = outcome(standing(mine[:length]).get(item.id, ()))
        if found.state is State.ACCEPTED:
            yield _statement(case, item, found, known)


def _new_actors(case: Case, values: Mapping[str, Any]) -> Iterator[str]:
    known = {*case.party, *case.actors, *(one.id for one in case.third_parties)}
    for actor in (*values["actors"], *values.get("targets", ())):
        if actor not in known:
            yield actor


def _actor_changes(case: Case, actors: Mapping[str, None]) -> list[Change]:
    names = {actor: actor.replace("-", " ").replace("_", " ") for actor in actors}
    if not names:
        return []
    if not case.actors:
        return [Set(("actors",), names)]
    return [Set(("actors", actor), name) for actor, name in names.items()]


def _plain(source: Source) -> dict[str, Any]:
    return source.model_dump(mode="json", exclude_unset=True)
