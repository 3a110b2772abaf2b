"""`detente export`: the case as it may leave, without what is restricted; or its games as files of other programs."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.lazy import Documented
from detente.cli.names import count_of
from detente.cli.opening import open_whole
from detente.cli.output import folder_to_write, write_text
from detente.cli.usage import Words

COUNTED = {"sources": "source", "statements": "statement", "events": "event", "positions": "position", "texts": "text"}


GMCR = "gmcr"
GAMBIT = "gambit"
GAMES = ("graph-model", "no-agreement", "ladder")


@click.command(
    "export",
    cls=Documented,
    examples=(
        "detente export my-case -o my-case-public",
        "detente export gmcr my-case -o my-case.gmcr",
        "detente export gambit my-case -o my-case.nfg",
    ),
)
@click.argument("words", metavar="[gmcr|gambit] CASE", nargs=-1, required=True)
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder or file to write."
)
@click.option("--game", type=Words(list(GAMES)), help="With gambit: which game of the case; default: graph-model.")
def command(words: tuple[str, ...], output: Path, game: str | None) -> None:
    """Write the case without what is restricted: sources, statements, events, and all that rests on them.

    DIR must be new or empty. Words are not read: look through notes that may tell what a restricted source says.
    With gmcr before CASE, its graph model is written instead, as one file (.gmcr) that GMCR+ opens; with gambit, one of
    its games, as a file (.nfg or .efg) that Gambit solves.
    """
    if len(words) > 2 or (len(words) == 2 and words[0] not in {GMCR, GAMBIT}):
        raise click.UsageError(
            f'one case is exported, got "{" ".join(words)}". Name a case, or gmcr or gambit and a case'
        )
    if len(words) == 1 and words[0] in {GMCR, GAMBIT} and not Path(words[0]).exists():
        raise click.UsageError(
            f'no case is named, got "{words[0]}" alone. Write `detente export {words[0]} CASE -o {output}`'
        )
    if game is not None and words[0] != GAMBIT:
        raise click.UsageError(
            f'--game goes with gambit, got "{game}". Write `detente export gambit CASE --game {game}`'
        )
    if len(words) == 2 and words[0] == GAMBIT:
        _game(words[1], output, game or GAMES[0])
    elif len(words) == 2:
        _graph_model(words[1], output)
    else:
        _public(words[0], output)


def _graph_model(case: str, output: Path) -> None:
    from detente.case.as_of import export_public
    from detente.interchange.gmcr import to_gmcr

    text, notes = to_gmcr(export_public(open_whole(case)))
    write_text(output, text)
    for note in notes:
        click.echo(note, err=True)
    click.echo(output)


def _game(case: str, output: Path, name: str) -> None:
    from detente.case.as_of import export_public
    from detente.interchange.gambit import game_of, text_of_game

    game = game_of(export_public(open_whole(case)), name)
    suffix, text = text_of_game(game)
    if output.suffix != suffix:
        allowed = f"This game is written as {suffix}. Write -o {output.stem}{suffix}"
        raise click.UsageError(f'-o: a file of this kind has another ending, got "{output.name}". {allowed}')
    write_text(output, text)
    click.echo(output)


def _public(case: str, output: Path) -> None:
    from detente.case.as_of import export_public
    from detente.case.save import dump_case

    folder_to_write(output, must_be_new=True)
    whole = open_whole(case)
    public = export_public(whole)
    dump_case(public, output)
    click.echo(output)
    lost = {noun: len(getattr(whole, key)) - len(getattr(public, key)) for key, noun in COUNTED.items()}
    left_out = ", ".join(count_of(number, noun) for noun, number in lost.items() if number) or "nothing"
    click.echo(f"Left out: {left_out}. Words were not read: look through the notes before you pass it on.", err=True)
