"""What click finds wrong with a command line, in the words of the house."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import click

from detente.core.errors import LONGEST_VALUE, shortened
from detente.core.names import nearest

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)


class Words(click.Choice[str]):
    """A choice among a few words; where they are many, the sentence about a wrong one lists only those in `named`."""

    def __init__(self, choices: Sequence[str], named: Sequence[str] | None = None) -> None:
        super().__init__(choices)
        self._named = tuple(choices if named is None else named)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word, or fail with a sentence that holds those allowed."""
        if value in self.choices:
            return str(value)
        known = ", ".join(self._named)
        meant = nearest(str(value), self.choices)
        got = shortened(str(value), LONGEST_VALUE)
        text = f'{_name(param)}: this word is not known, got "{got}". Allowed: {known}.{meant and f" {meant}"}'
        raise click.UsageError(text, ctx)


class Whole(click.IntRange):
    """A whole number from a lowest one, 0 if none is named, and up to a highest one if it is named."""

    def __init__(self, lowest: int = 0, highest: int | None = None) -> None:
        super().__init__(min=lowest, max=highest)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or fail with a sentence."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            got = shortened(str(value), LONGEST_VALUE)
            bounds = f"of at least {self.min}" if self.max is None else f"from {self.min} to {self.max}"
            text = f'{_name(param)}: this is not a whole number {bounds}, got "{got}". Write one such as 7'
            raise click.UsageError(text, ctx) from None


def usage_line(error: click.ClickException) -> str:
    """Return click's complaint as one line: the command, what is wrong, the value, what to do."""
    context = getattr(error, "ctx", None)
    where = context.command_path if isinstance(context, click.Context) else "detente"
    message = shortened(_message(error)).rstrip(".")
    return f"{where}: {message}{'' if message.endswith('?') else '.'} `{where} --help` shows an example."


def _message(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f' Did you mean "{error.possibilities[0]}"?' if error.possibilities else ""
        return f'there is no such option, got "{shortened(error.option_name, LONGEST_VALUE)}".{near}'
    if isinstance(error, click.MissingParameter):
        name = _name(error.param)
        return f"{name} is missing. Add {name if name.isupper() else f'{name} and its value'}"
    if isinstance(error, click.BadOptionUsage):
        if "requires an argument" in error.message:
            return f"{error.option_name}: its value is missing. Write it after the option"
        if "does not take a value" in error.message:
            return f"{error.option_name}: this option takes no value. Leave out what follows the ="
    extra = _EXTRA.match(error.format_message())
    if extra is not None:
        return f'there is a word too many, got "{shortened(extra[1], LONGEST_VALUE)}". Leave it out'
    message = error.format_message().replace("'", '"')
    return message[0].lower() + message[1:] if message[:1].isupper() and not message[:2].isupper() else message


def _name(parameter: click.Parameter | None) -> str:
    """Return what a user types for a parameter: its longest option, or the word that the help shows for it."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return "the argument" if parameter is None else parameter.make_metavar(click.Context(click.Command(""))).rstrip(".")
