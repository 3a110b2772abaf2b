"""Read the examples out of a documentation page and run them.

A page is a story: its examples run from top to bottom in one empty working directory, and its Python
examples share their names. Three kinds of fenced block count.

``console``
    A line ``$ detente …`` is a command, and the lines up to the next ``$`` are what it prints (standard output
    and error together). No lines: any output will do. A line ``...`` stands for any number of lines, and ``...``
    inside a line for any characters. A command ends with code 0 unless it ends in the comment ``# exit code 2``.
    A command line that ends in a backslash goes on in the next line.
``python``
    Blocks with ``>>>`` are doctests.
any other
    If its first line is the comment ``# file: NAME`` (in XML ``<!-- file: NAME -->``), the lines below it become that
    file in the working directory.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Commands that an example may use around `detente`; they are run too.
RUN_TOO = frozenset({"cat", "cp", "head", "ls", "mkdir", "python", "sed", "tail"})
#: Commands that a page may show without their being run: they need the network, or act on the reader's own machine.
SHOWN_ONLY = frozenset({"apt-get", "cd", "export", "git", "make", "pip", "sudo"})

SECONDS_PER_COMMAND = 120
_FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_CODE_DIRECTIVE = re.compile(r"^\{code(?:-block)?\}\s*(?P<language>\S*)")
_FILE = re.compile(r"^(?:#|<!--) file: (?P<name>\S+)(?: -->)?$")
_EXIT_CODE = re.compile(r"\s+# exit code (?P<code>\d+)$")


class ExampleError(Exception):
    """An example that is not written so that it can be run, or that does not do what the page says."""


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block of a page; `line` is the number of its first line of content."""

    language: str
    lines: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a console block, with what the page says that it prints."""

    text: str
    expected: tuple[str, ...]
    exit_code: int
    line: int

    @property
    def is_run(self) -> bool:
        """Say whether the command is run, or only shown; refuse one that the page should not contain."""
        word = Path(self.text.split()[0]).name
        if word == "detente" or word in RUN_TOO:
            return True
        if word in SHOWN_ONLY:
            return False
        raise ExampleError(
            f'line {self.line}: command "{word}" is unknown to the example runner. '
            f"Run are detente, {', '.join(sorted(RUN_TOO))}; shown only are {', '.join(sorted(SHOWN_ONLY))}. "
            f"Use one of these or extend the lists in tests/docs/pages.py."
        )


def blocks(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a Markdown page, in order."""
    lines = iter(enumerate(text.splitlines(), start=1))
    for number, line in lines:
        opening = _FENCE.match(line)
        if not opening:
            continue
        indent, fence, info = opening["indent"], opening["fence"], opening["info"].strip()
        content: list[str] = []
        for _, inner in lines:
            closing = inner.strip()
            if closing.startswith(fence) and set(closing) == {fence[0]}:
                break
            content.append(inner.removeprefix(indent))
        else:
            raise ExampleError(f"line {number}: fenced block is not closed. Close it with {fence}.")
        directive = _CODE_DIRECTIVE.match(info)
        start = number + 1
        if directive:
            while content and (content[0].startswith(":") or not content[0].strip()):
                content.pop(0)
                start += 1
        language = directive["language"] if directive else info.split()[0] if info else ""
        yield Block(language, tuple(content), start)


def commands(block: Block) -> Iterator[Command]:
    """Yield the commands of a console block."""
    text, expected, start = "", [], block.line
    continued = False
    for number, line in enumerate(block.lines, start=block.line):
        if continued:
            text += "\n" + line.removeprefix("> ")
        elif line.startswith("$ "):
            if text:
                yield _command(text, expected, start)
            text, expected, start = line[2:], [], number
        elif text:
            expected.append(line)
        elif line.strip():
            raise ExampleError(f'line {number}: console block begins with output, got "{line}". Begin it with "$ ".')
        continued = text.endswith("\\") and not expected
    if text:
        yield _command(text, expected, start)


def _command(text: str, expected: Sequence[str], line: int) -> Command:
    code = _EXIT_CODE.search(text)
    return Command(
        text=text[: code.start()] if code else text,
        expected=tuple(expected),
        exit_code=int(code["code"]) if code else 0,
        line=line,
    )


def matches(expected: Sequence[str], actual: str) -> bool:
    """Say whether an output is what a page shows, with ``...`` as the wildcard.

    Spaces at the ends of lines and empty lines at the end of the output do not count.
    """
    pattern = "".join(
        r"(?:[^\n]*\n)*?" if line.strip() == "..." else _line_pattern(line) for line in _stripped("\n".join(expected))
    )
    shown = "".join(f"{line}\n" for line in _stripped(actual))
    return re.fullmatch(pattern, shown) is not None


def _line_pattern(line: str) -> str:
    return r"[^\n]*".join(re.escape(part) for part in line.split("...")) + r"\n"


def _stripped(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def run_page(page: Path, directory: Path) -> int:
    """Run every example of a page in a working directory and return how many there were."""
    session: dict[str, object] = {"__name__": "__main__"}
    count = 0
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.lines and (file := _FILE.match(block.lines[0])):
            target = (directory / file["name"]).resolve()
            if not target.is_relative_to(directory.resolve()):
                raise ExampleError(f"line {block.line}: file leaves the working directory, got {file['name']}.")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("\n".join(block.lines[1:]) + "\n", encoding="utf-8")
        elif block.language == "console":
            for command in commands(block):
                if command.is_run:
                    run_command(command, directory)
                    count += 1
        elif block.language in {"bash", "sh", "shell"} and any(_is_detente(line) for line in block.lines):
            raise ExampleError(
                f"line {block.line}: commands of détente stand in a {block.language} block, where nothing runs them. "
                f'Make it a console block with "$ " before each command.'
            )
        elif block.language == "python" and any(line.lstrip().startswith(">>>") for line in block.lines):
            count += _run_doctest(block, session, page, directory)
    return count


def _is_detente(line: str) -> bool:
    return re.match(r"\s*(?:\$ )?(?:\.venv/bin/)?detente\b", line) is not None


def run_command(command: Command, directory: Path) -> None:
    """Run one command and compare what it prints, and its exit code, with the page."""
    done = subprocess.run(
        ["bash", "-c", command.text.removeprefix(".venv/bin/")],
        cwd=directory,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=SECONDS_PER_COMMAND,
        check=False,
    )
    where = f"line {command.line}: $ {command.text}"
    if done.returncode != command.exit_code:
        raise ExampleError(f"{where}\nexit code {done.returncode}, expected {command.exit_code}\n{done.stdout}")
    if any(line.strip() for line in command.expected) and not matches(command.expected, done.stdout):
        page = "\n".join(f"    {line}" for line in command.expected)
        shown = "\n".join(f"    {line}" for line in _stripped(done.stdout))
        raise ExampleError(f"{where}\nthe page says\n{page}\nit prints\n{shown}")


def environment() -> dict[str, str]:
    """Return the environment of an example: this Python's commands first, plain text, a fixed width."""
    here = str(Path(sys.executable).parent)
    return os.environ | {
        "PATH": os.pathsep.join([here, os.environ.get("PATH", "")]),
        "COLUMNS": "100",
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
        "TERM": "dumb",
    }


def _run_doctest(block: Block, session: dict[str, object], page: Path, directory: Path) -> int:
    """Run one Python block; its names stay in `session` for the blocks after it."""
    source = "\n".join(block.lines) + "\n"
    test = doctest.DocTestParser().get_doctest(source, session, page.name, str(page), block.line - 1)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    before = Path.cwd()
    os.chdir(directory)
    try:
        result = runner.run(test, out=report.append, clear_globs=False)
    finally:
        os.chdir(before)
    session.update(test.globs)
    if result.failed:
        raise ExampleError("".join(report))
    return result.attempted
