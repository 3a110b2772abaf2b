"""`detente review CASE`: codings of documents, accepted, corrected or rejected one by one, then put into the record."""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.case.case import Case
from detente.case.load import load_case
from detente.case.review.adding import NewSource, added
from detente.case.review.agreement import Agreement, agreements
from detente.case.review.applying import Application, application
from detente.case.review.decision import Decision, State, outcome
from detente.case.review.documents import CORPUS, cited_file, documents_in
from detente.case.review.folder import DECISIONS, QUEUE, SOURCES, Review, append, load_review
from detente.case.review.item import Item
from detente.case.save import edit
from detente.case.yamlfile import read_text
from detente.cli.lazy import Documented
from detente.cli.names import count_of, joined
from detente.cli.opening import own_case
from detente.cli.options import case_argument, day_of, json_option
from detente.cli.output import print_json
from detente.cli.review_dialogue import Dialogue, Passage, Reviewer, decided, passage_words
from detente.cli.usage import Words
from detente.core.errors import DetenteError, EvidenceError
from detente.evidence.coding.coding import Guess
from detente.evidence.happened import Happened
from detente.evidence.source import Grade
from detente.evidence.statement import TextClass
from detente.evidence.verify import span_hash

if TYPE_CHECKING:
    from detente.evidence.reading.document import Document
    from detente.maths.agreement import Kappa


@click.command(
    "review",
    cls=Documented,
    examples=(
        "detente review my-case --add codings.json --corpus corpus",
        "detente review my-case --reviewer Lee --corpus corpus",
        "detente review my-case --reviewer Kim --blind --corpus corpus",
        "detente review my-case --agreement",
        "detente review my-case --reviewer Ada --resolve --corpus corpus",
        "detente review my-case --apply",
    ),
)
@case_argument
@click.option("--add", metavar="FILE", help="Put what `detente code --json` printed into the queue; - reads it here.")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The documents: what `detente read` wrote, or a folder of .txt; default: corpus in the folder of the record.",
)
@click.option("--published", callback=day_of, metavar="DATE", help="With --add: the day of documents that say none.")
@click.option(
    "--grade",
    type=Words([one.value for one in Grade]),
    metavar="GRADE",
    help="With --add: how well documents that are new to the case were read; default: commentary.",
)
@click.option(
    "--text-class",
    type=Words([one.value for one in TextClass]),
    metavar="CLASS",
    help="With --add: the class of text of all these codings; default: none, to be typed where it matters.",
)
@click.option("--reviewer", metavar="NAME", help="Who decides; default: the only one who decided so far.")
@click.option("--on", callback=day_of, metavar="DATE", help="Day of the decisions; default: today.")
@click.option("--blind", is_flag=True, help="Decide act, actor and target from the text, unseen what others decided.")
@click.option("--resolve", is_flag=True, help="Decide what two reviewers decided differently.")
@click.option("--agreement", is_flag=True, help="Print how far reviewers agree (kappa), and where they do not.")
@click.option("--list", "as_list", is_flag=True, help="List the codings and where each stands.")
@click.option("--apply", is_flag=True, help="Put what was accepted or corrected into the record of the case.")
@json_option
def command(
    case: str,
    add: str | None,
    corpus: Path | None,
    published: datetime.date | None,
    grade: str | None,
    text_class: str | None,
    reviewer: str | None,
    on: datetime.date | None,
    blind: bool,
    resolve: bool,
    agreement: bool,
    as_list: bool,
    apply: bool,
    as_json: bool,
) -> None:
    """Accept, correct or reject codings one by one; what nobody reviewed never enters the case.

    Every decision is kept at once in the folder `review` of the case: the same command goes on where it stopped.
    """
    asked = [
        name
        for name, is_so in (
            ("--add", add is not None),
            ("--blind", blind),
            ("--resolve", resolve),
            ("--agreement", agreement),
            ("--list", as_list),
            ("--apply", apply),
        )
        if is_so
    ]
    if len(asked) > 1:
        raise DetenteError(
            where="detente review",
            what="these options ask for different things",
            got=" ".join(asked),
            allowed="One of them at a time",
            hint="Run the command once for each",
        )
    only_with_add = [
        name
        for name, value in (("--published", published), ("--grade", grade), ("--text-class", text_class))
        if value is not None and add is None
    ]
    if only_with_add:
        raise DetenteError(
            where=only_with_add[0], what="this says something of documents that are added", hint="Use it with --add"
        )
    path = own_case(case, "CASE")
    opened = load_case(path)
    review = load_review(path)
    if add is not None:
        new = NewSource(
            Grade.COMMENTARY if grade is None else Grade(grade),
            None if published is None else Happened(when=published.isoformat()),
            None if text_class is None else TextClass(text_class),
        )
        _add(path, opened, review, add, _corpus(path, opened, corpus), new, as_json=as_json)
    elif agreement:
        _agreement(opened, review, as_json=as_json)
    elif as_list:
        _list(review, as_json=as_json)
    elif apply:
        _apply(path, opened, review, as_json=as_json)
    else:
        who = Reviewer(_name(review, reviewer), on or datetime.date.today(), blind, resolve)
        _review(path, opened, review, who, corpus, as_json=as_json)


# adding


def _add(path: Path, case: Case, review: Review, file: str, corpus: Path, new: NewSource, *, as_json: bool) -> None:
    text = sys.stdin.read() if file == "-" else read_text(Path(file))
    found = added(case, review, documents_in(corpus), text, new, where="standard input" if file == "-" else file)
    append(review.folder / SOURCES, (one for one in found.sources if one.id not in review.sources))
    append(review.folder / QUEUE, found.items)
    if as_json:
        print_json({"added": [one.id for one in found.items], "already": found.already, "sources": found.sources})
        return
    click.echo(f"{count_of(len(found.items), 'coding')} added to {review.folder}, {found.already} there already.")
    for source in found.sources:
        when = source.published.when if source.published else "no day"
        click.echo(f"New source {source.id}: {source.file}, published {when}, graded {source.grade.value}.")
    if found.items:
        click.echo(f"Next: `detente review {path} --reviewer NAME`.", err=True)


def _corpus(path: Path, case: Case, given: Path | None) -> Path:
    """Return the folder of documents: the one that is named, or `corpus` beside the record or the case."""
    if given is not None:
        return given
    base = path if path.is_dir() else path.parent
    for folder in ((base / case.record) if case.record is not None else base, base):
        if (folder / CORPUS).is_dir():
            return folder / CORPUS
    raise EvidenceError(
        where="--corpus",
        what="it is not said where the documents are",
        allowed=f"A folder that `detente read` wrote or a folder of .txt files; without the option, {base / CORPUS}",
        hint="Add --corpus DIR",
    )


# reviewing


def _name(review: Review, given: str | None) -> str:
    names = list(dict.fromkeys(one.by for one in review.decisions))
    if given is not None and given.strip():
        return " ".join(given.split())
    if given is None and len(names) == 1:
        return names[0]
    raise DetenteError(
        where="--reviewer",
        what="it is not said who decides",
        got=given,
        allowed=f"So far decided: {joined(names)}",
        hint="Add --reviewer and a name",
    )


def _review(path: Path, case: Case, review: Review, who: Reviewer, corpus: Path | None, *, as_json: bool) -> None:
    standing = review.standing()
    items = [one for one in _in_order(review) if not who.resolves or _is_disputed(standing, one)]
    if not items:
        what = "Nothing is in dispute" if who.resolves else "The queue is empty"
        click.echo(f"{what}: nothing to decide.")
        return
    passages, lost = _passages(case, review, items, documents_in(_corpus(path, case, corpus)))
    for name, count in lost.items():
        click.echo(f"{count_of(count, 'coding')} of {name} cannot be shown: its words are not there.", err=True)
    shown = [(one, passages[one.id]) for one in items if one.id in passages]
    decisions = list(review.decisions)

    def keep(decision: Decision) -> None:
        append(review.folder / DECISIONS, [decision])
        decisions.append(decision)

    dialogue = Dialogue(case, who, shown, review.decisions, standing, keep)
    made = dialogue.run()
    now = Review(review.folder, review.sources, review.items, tuple(decisions))
    if as_json:
        print_json({"decisions": max(made, 0), **_states(now)})
    else:
        click.echo(_summary(now))
    click.echo(f"Decisions are kept in {review.folder / DECISIONS}; the same command goes on.", err=True)
    found = application(case, now)
    if found.changes and not who.blind:
        for line in _application_lines(found):
            click.echo(line, err=True)
        if dialogue.terminal.agreed("Put this into the record? yes, or anything else to leave it > "):
            for written in edit(path, found.changes):
                click.echo(written, err=as_json)
        else:
            click.echo(f"The record is left as it was; `detente review {path} --apply` does it later.", err=True)


def _in_order(review: Review) -> list[Item]:
    return sorted(review.items.values(), key=lambda one: (one.source, one.span.start, one.span.end, one.id))


def _is_disputed(standing: Mapping[str, tuple[Decision, ...]], item: Item) -> bool:
    mine = tuple(one for one in standing.get(item.id, ()) if not one.resolves)
    return outcome(mine).state is State.DISPUTED


def _passages(
    case: Case, review: Review, items: Sequence[Item], documents: Sequence[Document]
) -> tuple[dict[str, Passage], Counter[str]]:
    """Return the text around each coding, and how many codings of which file have lost theirs."""
    by_hash: dict[str, Document] = {}
    for one in documents:
        by_hash[one.sha256] = by_hash[cited_file(one)[1]] = one
    sources = {**review.sources, **case.source}
    found: dict[str, Passage] = {}
    lost: Counter[str] = Counter()
    for item in items:
        source, span = sources.get(item.source), item.span
        document = by_hash.get(source.sha256 or "") if source is not None else None
        if document is None or span_hash(document.text[span.start : span.end]) != span.sha256_16:
            lost[source.file or item.source if source is not None else item.source] += 1
            continue
        inside = [one for one in document.paragraphs if one.start < span.end and span.start < one.end]
        place = (inside[0].start, inside[-1].end) if inside else (span.start, span.end)
        marked = passage_words(document.text, place, (span.start, span.end))
        found[item.id] = Passage(document.name, span.paragraph, marked, document.text)
    return found, lost


# what there is


def _states(review: Review) -> dict[str, Any]:
    standing = review.standing()
    counts = Counter(outcome(standing.get(one, ())).state for one in review.items)
    return {"states": {state.value: counts[state] for state in State}}


def _summary(review: Review) -> str:
    counts = _states(review)["states"]
    told = ", ".join(f"{number} {state}" for state, number in counts.items() if number)
    return f"{count_of(len(review.items), 'coding')}: {told or 'none'}."


def _list(review: Review, *, as_json: bool) -> None:
    standing = review.standing()
    rows: list[dict[str, Any]] = []
    for item in _in_order(review):
        found = outcome(standing.get(item.id, ()))
        codes = found.decision.codes if found.decision is not None and found.decision.codes else item.proposed
        rows.append(
            {
                "item": item.id,
                "source": item.source,
                "start": item.span.start,
                "end": item.span.end,
                "state": found.state.value,
                "by": list(found.by),
                "act": codes.act.value,
                "actors": list(codes.actors),
                "targets": list(codes.targets),
                "rule": item.rule,
                "review": item.review,
                "guessed": [one.value for one in item.guessed],
            }
        )
    if as_json:
        print_json({"items": rows, **_states(review)})
        return
    for row in rows:
        who = f" ({', '.join(row['by'])})" if row["by"] else ""
        doubt = f"  in doubt: {row['review']}" if row["review"] and row["state"] == State.OPEN.value else ""
        guessed = row["guessed"] if row["state"] == State.OPEN.value else []
        if guessed:
            doubt += f"  guessed: {', '.join(guessed)}"
        told = [
            f"{joined(row[key])}{'?' if guess.value in guessed else ''}" if row[key] else "-"
            for key, guess in (("actors", Guess.ACTOR), ("targets", Guess.TARGET))
        ]
        click.echo(
            f"{row['item']}  {row['source']} {row['start']}–{row['end']}  {' > '.join(told)}: {row['act']}  "
            f"{row['state']}{who}{doubt}"
        )
    click.echo(_summary(review))


def _agreement(case: Case, review: Review, *, as_json: bool) -> None:
    found = agreements(review)
    if as_json:
        print_json({"pairs": [_pair(one) for one in found]})
        return
    if not found:
        click.echo("No two reviewers decided the same coding yet: there is no agreement to measure.")
        return
    for one in found:
        blind = f" ({' and '.join(one.blind)} blind)" if one.blind else " (neither blind)"
        click.echo(f"{one.first} and {one.second}{blind}")
        for name, kappa in one.kappas.items():
            click.echo(f"  {name:<7} {_kappa_words(kappa)}")
        left = [apart for apart in one.disagreements if not apart.resolved]
        click.echo(f"  {count_of(len(one.disagreements), 'disagreement')}, {len(left)} not resolved")
        for apart in one.disagreements:
            place = review.items[apart.item]
            mark = " · resolved" if apart.resolved else ""
            where = f"{place.source} {place.span.start}–{place.span.end}"
            click.echo(f"  {apart.item}  {where}  {joined(apart.differs)}{mark}")
            for decision in (apart.first, apart.second):
                click.echo(f"    {decision.by}: {decided(case, decision)}")
    if any(not apart.resolved for one in found for apart in one.disagreements):
        click.echo("`detente review CASE --reviewer NAME --resolve` decides them.", err=True)


def _kappa_words(kappa: Kappa) -> str:
    if kappa.value is None:
        why = "no coding in common" if not kappa.items else "both chose one and the same throughout"
        return f"kappa cannot be told: {why} ({count_of(kappa.items, 'coding')})"
    return (
        f"kappa {kappa.value:5.2f}, 95 % from {kappa.low:.2f} to {kappa.high:.2f}; "
        f"same in {kappa.observed:.0%} of {count_of(kappa.items, 'coding')}, {kappa.expected:.0%} by chance"
    )


def _pair(one: Agreement) -> dict[str, Any]:
    return {
        "first": one.first,
        "second": one.second,
        "blind": one.blind,
        "kappa": one.kappas,
        "disagreements": [
            {
                "item": apart.item,
                "differs": apart.differs,
                "first": apart.first,
                "second": apart.second,
                "resolved": apart.resolved,
            }
            for apart in one.disagreements
        ],
    }


# the record


def _apply(path: Path, case: Case, review: Review, *, as_json: bool) -> None:
    found = application(case, review)
    written = edit(path, found.changes) if found.changes else ()
    if as_json:
        print_json(
            {
                "statements": found.statements,
                "replaced": found.replaced,
                "sources": found.sources,
                "actors": found.actors,
                "kept": [{"statement": name, "why": why} for name, why in found.kept],
                "waiting": {state.value: count for state, count in found.waiting.items()},
                "files": [str(file) for file in written],
            }
        )
        return
    for line in _application_lines(found):
        click.echo(line)
    for file in written:
        click.echo(file)


def _application_lines(found: Application) -> Iterator[str]:
    if not found.changes:
        yield "The record has all that was accepted or corrected; nothing to add."
    if found.statements:
        yield f"{count_of(len(found.statements), 'statement')} for the record: {', '.join(found.statements)}."
    if found.replaced:
        yield f"{count_of(len(found.replaced), 'statement')} by a later decision: {', '.join(found.replaced)}."
    if found.sources:
        yield f"{count_of(len(found.sources), 'source')} for sources.yaml: {', '.join(found.sources)}."
    if found.actors:
        yield f"Actors that the case did not know: {', '.join(found.actors)}."
    for name, why in found.kept:
        yield f"{name} stays as it is: {why}."
    for state, count in found.waiting.items():
        yield f"{count_of(count, 'coding')} {state.value}: not in the record."
