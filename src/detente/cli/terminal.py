"""What a person types: single keys on a terminal, whole lines everywhere else, so that a file can answer too."""

from __future__ import annotations

import io
import os
import shutil
import sys
import textwrap
from collections.abc import Mapping

import click

from detente.core.errors import shortened

WIDTH = 100
_END = {"\x04", "\x1a", ""}


class Ended(Exception):
    """The input has ended."""


class Terminal:
    """Questions on standard error, answers from standard input."""

    def __init__(self) -> None:
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")

    @property
    def has_keys(self) -> bool:
        """Whether a person sits at a keyboard."""
        return sys.stdin is not None and sys.stdin.isatty()

    def choose(self, prompt: str, keys: Mapping[str, str]) -> str:
        """Return the key that was pressed, or that a typed line begins with or spells out; anything else asks again.

        Raises
        ------
        Ended
            If there is no more input.
        """
        shown = ", ".join(f"{key} {word}" for key, word in keys.items())
        while True:
            if self.has_keys:
                click.echo(f"{prompt}{shown} > ", nl=False, err=True)
                typed = _key()
                if typed in _END:
                    click.echo(err=True)
                    raise Ended
                click.echo(shortened(typed, 10), err=True)
            else:
                typed = self.ask(f"{prompt}{shown} > ")
            word = typed.strip().casefold()
            for key, meaning in keys.items():
                if word in {key, meaning.split()[0]}:
                    return key
            wrong = f'This key means nothing here, got "{shortened(word, 20)}". ' if word else ""
            self.say(f"{wrong}Keys: {shown}.")

    def ask(self, prompt: str) -> str:
        """Return a typed line without its end.

        Raises
        ------
        Ended
            If there is no more input.
        """
        click.echo(prompt, nl=False, err=True)
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if not line:
            click.echo(err=True)
            raise Ended
        if not self.has_keys:
            click.echo(shortened(line, WIDTH), err=True)
        return line.strip()

    def agreed(self, prompt: str) -> bool:
        """Ask for a yes; the end of the input is none."""
        try:
            return self.ask(prompt).casefold() in {"yes", "y"}
        except Ended:
            return False

    def say(self, text: str, indent: int = 0) -> None:
        """Print a text broken to the width of the terminal."""
        width = min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)
        lead = " " * indent
        body = textwrap.wrap(text, max(width, 40), initial_indent=lead, subsequent_indent=f"{lead}  ")
        click.echo("\n".join(body), err=True)


def _key() -> str:
    """Return the key that is pressed; what was typed while the last answer was worked on is not lost."""
    try:
        import termios
        import tty
    except ImportError:  # pragma: no cover - a machine without POSIX terminals
        return click.getchar(echo=False)
    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    try:
        tty.setcbreak(number, termios.TCSADRAIN)
        return os.read(number, 1).decode("utf-8", errors="replace")
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)
