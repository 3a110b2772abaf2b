"""`detente code FILE|CORPUS…`: who says that who did what, clause by clause, proposed for a person to review."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.lazy import Documented
from detente.cli.options import json_option
from detente.cli.output import plain
from detente.cli.tables import table_lines
from detente.core.canonical import to_json
from detente.core.errors import EvidenceError, shortened
from detente.evidence.coding.coding import Guess

if TYPE_CHECKING:
    from detente.evidence.coding.coder import Explained
    from detente.evidence.coding.coding import Coding
    from detente.evidence.coding.endpoint import Endpoint
    from detente.evidence.coding.lexicon import Lexicon
    from detente.evidence.reading.document import Document
    from detente.evidence.reading.refused import Refused

KEY = "DETENTE_ENDPOINT_KEY"
"""Environment variable with the key of an endpoint that wants one."""

SHOWN = 60
WORDS_WIDTH = 30
HEADS = ("words", "act, or", "says", "actor > towards", "when", "sure")


@click.command(
    "code",
    cls=Documented,
    examples=(
        "detente code reply.pdf",
        "detente code corpus --case river-basin --json",
        "detente code reply.txt --explain",
    ),
)
@click.argument("documents", metavar="FILE|CORPUS…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--case", "case", metavar="CASE", help="Know the case's parties, issues and options too.")
@click.option(
    "--rules",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Add the rules of a folder; one with the id of a rule of the program stands in its place.",
)
@click.option(
    "--names",
    "own_names",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Add the names of a file; they hold where the general lists have them too.",
)
@click.option(
    "--endpoint",
    "address",
    metavar="URL",
    help="Let a model propose too, behind this OpenAI-compatible address; the text is sent there. Off by default.",
)
@click.option("--model", metavar="NAME", help="The model to ask for at --endpoint.")
@click.option("--explain", is_flag=True, help="Print under each coding which rules fired, and why it is so.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    documents: Sequence[Path],
    case: str | None,
    folder: Path | None,
    own_names: Path | None,
    address: str | None,
    model: str | None,
    explain: bool,
    as_json: bool,
) -> None:
    """Propose who does what towards whom in each clause, with the rule that saw it; nothing enters a case by this.

    Only with --endpoint does anything leave this machine, and only to that address; a key for it is taken from
    the environment variable DETENTE_ENDPOINT_KEY.

    Exit code 1 when some documents were refused, 2 when none could be read.
    """
    from detente.evidence.coding.coder import explained
    from detente.evidence.coding.own_rules import rules_with
    from detente.evidence.coding.rules import general_rules

    rules = general_rules() if folder is None else rules_with(folder)
    lexicon = _lexicon(case, own_names)
    endpoint = _endpoint(address, model)
    refused: list[Refused] = []
    coded = (
        (document, (*explained(document, lexicon, rules), *_by_model(document, endpoint, lexicon)))
        for document in _documents(documents, refused)
    )
    number = _print_json(coded, explain=explain) if as_json else _print(coded, explain=explain)
    for one in refused:
        click.echo(f"Refused: {one.line()}", err=True)
    if not number:
        raise EvidenceError(
            where=str(documents[0]) if len(documents) == 1 else "detente code",
            what="there was no document to code",
            allowed="Documents end in .txt, .md, .html, .pdf, .docx or .eml; a corpus comes from `detente read`",
            hint="Name a file, a folder or a corpus",
        )
    if refused:
        context.exit(1)


def _lexicon(name: str | None, file: Path | None) -> Lexicon:
    """Return the general names and subjects, with those of a case and of a file after them."""
    from detente.evidence.coding.names import general_lexicon
    from detente.evidence.coding.own_names import own_names

    lexicon = general_lexicon()
    if name is not None:
        from detente.cli.opening import open_case
        from detente.compile.lexicon import lexicon_of

        lexicon = lexicon.joined(lexicon_of(open_case(name)))
    return lexicon if file is None else lexicon.joined(own_names(file))


def _endpoint(address: str | None, model: str | None) -> Endpoint | None:
    """Return where a model is asked, None unless the user says where."""
    if address is None and model is None:
        return None
    from detente.evidence.coding.endpoint import Endpoint, check_address

    if address is not None:
        check_address(address)
    if address is None or model is None:
        raise EvidenceError(
            where="--endpoint" if address is not None else "--model",
            what="an address and a model are given together or not at all",
            allowed="--endpoint http://localhost:8080/v1 --model NAME asks that model there",
            hint="Give both, or leave both out",
        )
    return Endpoint(address, model, os.environ.get(KEY) or None)


def _by_model(document: Document, endpoint: Endpoint | None, lexicon: Lexicon) -> Iterator[Explained]:
    """Yield what a model proposes, and say how much of its answer was dropped."""
    if endpoint is None:
        return
    from detente.evidence.coding.coder import Explained
    from detente.evidence.coding.endpoint import proposals
    from detente.evidence.coding.mentions import mentions

    actors = {one.actor for one in mentions(document.text, lexicon, None)}
    found = proposals(document, endpoint, actors=actors)
    if found.dropped:
        click.echo(f"{document.name}: {found.dropped} proposals of the model fit no words or no code.", err=True)
    for coding in found.codings:
        yield Explained(coding, None, {"voice": "as the model says", "actor": "as the model says"})


def _documents(paths: Iterable[Path], refused: list[Refused]) -> Iterator[Document]:
    """Yield the documents of files, folders and corpora, one after another, and collect what was refused."""
    from detente.evidence.reading import is_corpus, load_corpus, read_file, read_folder

    for path in paths:
        if is_corpus(path):
            yield from load_corpus(path)
        elif path.is_dir():
            found = read_folder(path)
            refused.extend(found.refused)
            yield from found.documents
        else:
            yield read_file(path)


def row_of(document: Document, coding: Coding) -> dict[str, Any]:
    """Return one coding as `--json` prints it."""
    time = coding.time
    return {
        "file": document.name,
        "start": coding.start,
        "end": coding.end,
        "act": coding.act,
        "second_act": coding.second_act,
        "voice": coding.voice,
        "actor": coding.actors,
        "target": coding.targets,
        "topic": coding.topic,
        "issue": coding.issue,
        "date": None if time is None else time.happened.when,
        "confidence": coding.confidence,
        "rule": coding.rule,
        "option": coding.option,
        "voices": coding.voices,
        "attribution": coding.attribution,
        "kind": coding.kind,
        "negated": coding.negated,
        "hedged": coding.hedged,
        "date_reason": None if time is None else time.reason,
        "review": coding.review,
        "guessed": coding.guessed,
    }


def _why(one: Explained) -> dict[str, Any]:
    """Return what decided a coding, as `--json --explain` prints it."""
    reading = one.reading
    if reading is None:
        return dict(one.reasons)
    return {
        "fired": [{"rule": fired.rule.id, "act": fired.act, "words": fired.words} for fired in reading.fired],
        "circumstances": reading.circumstances,
        "weighed": [{"what": name, "weight": weight} for name, weight in reading.weighed],
        "p_act": round(reading.p_act, 3),
        "p_second": round(reading.p_second, 3),
        "p_nothing": round(reading.p_nothing, 3),
        **one.reasons,
    }


Coded = Iterable[tuple["Document", tuple["Explained", ...]]]


def _print_json(coded: Coded, *, explain: bool) -> int:
    """Print one list, a coding as soon as it is there, and return the number of documents."""
    number, separator = 0, "[\n"
    for document, codings in coded:
        number += 1
        for one in codings:
            row = row_of(document, one.coding) | ({"why": _why(one)} if explain else {})
            click.echo(separator + to_json(plain(row)).rstrip("\n"), nl=False)
            separator = ",\n"
    if number:
        click.echo("[]" if separator == "[\n" else "\n]")
    return number


def _print(coded: Coded, *, explain: bool) -> int:
    number = 0
    for document, codings in coded:
        if number:
            click.echo()
        number += 1
        published = "not dated" if document.published is None else document.published.when
        click.echo(f"{document.name} ({published}): {len(codings)} proposed")
        if explain:
            for one in codings:
                for line in _explanation(document, one):
                    click.echo(f"  {line}")
        elif codings:
            rows = [_cells(document, one.coding) for one in codings]
            for line in table_lines(HEADS, rows, label=WORDS_WIDTH, indent=2):
                click.echo(f"  {line}".rstrip())
    if number:
        click.echo("Proposals, not findings: nothing here is part of a case before a person has accepted it.")
        if not explain:
            click.echo("? the words do not say it: the coder guessed; ! to be looked at first.")
    return number


def _cells(document: Document, coding: Coding) -> list[str]:
    return [
        f"“{shortened(document.text[coding.start : coding.end], SHOWN)}”",
        _acts(coding),
        " > ".join(coding.voices),
        f"{_told(coding, Guess.ACTOR)} > {_told(coding, Guess.TARGET, nobody='-')}",
        "" if coding.time is None else coding.time.happened.when,
        f"{coding.confidence:.2f}" + (" !" if coding.review else ""),
    ]


def _acts(coding: Coding) -> str:
    act = f"{coding.act}?" if Guess.ACT in coding.guessed else str(coding.act)
    return act if coding.second_act is None else f"{act},\n{coding.second_act}"


def _explanation(document: Document, one: Explained) -> Iterator[str]:
    coding, reading = one.coding, one.reading
    yield f"{coding.start}-{coding.end} “{shortened(document.text[coding.start : coding.end], 2 * SHOWN)}”"
    if reading is None:
        yield f"  {coding.act}, by {coding.rule}"
    else:
        yield f"  {coding.act} ({reading.p_act:.2f}), or {coding.second_act} ({reading.p_second:.2f}), by {coding.rule}"
        yield f"    sure: {coding.confidence:.2f}, after calibration"
        for fired in reading.fired:
            yield f"    {fired.rule.id}: “{shortened(fired.words, SHOWN)}” for {fired.act}"
        if reading.weighed:
            learnt = ", ".join(f"{name.removeprefix('~')} {weight:+.2f}" for name, weight in reading.weighed)
            yield f"    learnt for {coding.act}: {learnt}"
    yield f"  says: {' > '.join(coding.voices)} ({coding.attribution}): {one.reasons['voice']}"
    yield f"  actor: {_told(coding, Guess.ACTOR)}; towards: {_told(coding, Guess.TARGET)}: {one.reasons['actor']}"
    if coding.guessed:
        yield f"  guessed: {', '.join(coding.guessed)}"
    about = {"topic": coding.topic, "issue": coding.issue, "option": coding.option}
    if any(about.values()):
        named = ", ".join(f"{key} {value}" for key, value in about.items() if value)
        yield f"  about: {named}: “{one.reasons.get('topic', '')}”"
    if coding.time is not None:
        yield f"  when: {coding.time.happened.when}: {coding.time.reason}"
    marks: Mapping[str, bool] = {"negated": coding.negated, "hedged": coding.hedged}
    yield f"  {', '.join([coding.kind, *(name for name, is_so in marks.items() if is_so)])}"
    if coding.review:
        yield f"  look first: {coding.review}"


def _told(coding: Coding, which: Guess, *, nobody: str = "nobody") -> str:
    """Return actors or targets; a question mark follows those that are guessed."""
    named = ", ".join(coding.actors if which is Guess.ACTOR else coding.targets)
    return f"{named}?" if which in coding.guessed else named or nobody
