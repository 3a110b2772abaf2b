"""The entry point: the table of commands, and what every way of ending looks like.

Exit codes: 0 answered ("no deal" included), 1 a check or verification found breaks, 2 bad input or usage (one
line), 70 a fault of the program (one line), 130 stopped by the user. A traceback is printed only on request.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from detente import __version__
from detente.cli.lazy import Entry, LazyGroup
from detente.cli.usage import usage_line
from detente.core.errors import DetenteError, shortened

TRACEBACK = "DETENTE_TRACEBACK"
COMPLETION = "_DETENTE_COMPLETE"
NOBODY_READS = 141

COMMANDS = {
    "cases": Entry("detente.cli.cases", "List the cases that come with the program."),
    "new": Entry("detente.cli.new", "Begin a case: a commented folder to fill in."),
    "check": Entry("detente.cli.check", "Check a case: faults, gaps, contradictions, hindsight."),
    "show": Entry("detente.cli.show", "Show who holds which position on which issue."),
    "read": Entry("detente.cli.read", "Read documents: text with offsets, dates, and what was refused."),
    "code": Entry("detente.cli.coding", "Propose who does what towards whom in documents."),
    "verify": Entry("detente.cli.verify", "Prove the citations of a case against the documents."),
    "review": Entry("detente.cli.review", "Accept, correct or reject what was coded in documents."),
    "propose": Entry("detente.cli.propose", "Propose positions and red lines from reviewed statements."),
    "ledger": Entry("detente.cli.ledger", "List what was said, answered, left unanswered and moved."),
    "record": Entry("detente.cli.record", "Count the acts between parties, and which came after which."),
    "settle": Entry("detente.cli.settle", "Find the packages that all of a consent list could accept."),
    "stability": Entry("detente.cli.stability", "Tell which states would last, given who can do what alone."),
    "crisis": Entry("detente.cli.crisis", "Tell what both sides of a confrontation prefer to fighting."),
    "ladder": Entry("detente.cli.ladder", "Tell where each party would stop on the escalation ladder."),
    "signals": Entry("detente.cli.signals", "Tell what signals cost and bind, in public and in private."),
    "diff": Entry("detente.cli.diff", "Tell what two cases say and conclude differently."),
    "concessions": Entry(
        "detente.cli.concessions", "Show what a package asks of each party, and what would change it."
    ),
    "compare": Entry("detente.cli.compare", "Set two to six packages side by side."),
    "breakpoints": Entry("detente.cli.breakpoints", "Find which judgement, moved how far, turns a conclusion."),
    "infer": Entry("detente.cli.infer", "Infer a party's reservation and red lines from its dated acts."),
    "elicit": Entry("detente.cli.elicit", "Judge what a party wants, by pairwise comparisons."),
    "export": Entry("detente.cli.export", "Write a case without what is restricted."),
    "brief": Entry("detente.cli.brief", "Write the brief: HTML, Markdown and JSON."),
    "import": Entry("detente.cli.imports", "Read another program's files into a case."),
    "schema": Entry("detente.cli.schema", "Print the JSON Schema of a case file."),
}


def _ask_for_traceback(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        os.environ[TRACEBACK] = "1"


@click.group(
    cls=LazyGroup,
    entries=COMMANDS,
    examples=("detente brief river-basin -o out",),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="A case is a path or a name from `detente cases`. `detente COMMAND --help` shows an example of each.",
)
@click.version_option(__version__, prog_name="detente", message="%(prog)s %(version)s")
@click.option(
    "--traceback",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_ask_for_traceback,
    help="On a fault of the program, print where it happened.",
)
def group() -> None:
    """From published documents to a brief: negotiation analysis of security disputes, offline."""


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(args))


def run(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; every failure is one line on standard error."""
    unread = _stand_in_for_closed_streams()
    _speak_utf8()
    try:
        code = group.main(args=None if args is None else list(args), prog_name="detente", standalone_mode=False)
        sys.stdout.flush()
        if unread:
            return NOBODY_READS
    except BrokenPipeError:
        return _nobody_reads()
    except SystemExit:  # click leaves so when nobody reads, and after it has completed a word for the shell
        if COMPLETION in os.environ:
            raise
        return _nobody_reads()
    except (click.Abort, KeyboardInterrupt):
        return _say("stopped; what was finished is kept", 130)
    except click.ClickException as error:
        return _say(usage_line(error), 2)
    except DetenteError as error:
        return _say(error.line(), 2)
    except OSError as error:
        if os.environ.get(TRACEBACK) == "1":
            raise
        return _say(_file_line(error), 2)
    except MemoryError:
        return _say("detente: the memory of this machine is used up. Narrow the question, or use a larger machine.", 2)
    except Exception as error:  # the one place where a fault of the program becomes a sentence
        if os.environ.get(TRACEBACK) == "1":
            raise
        what = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        return _say(
            f"detente: this is a fault of the program, not of your input ({what}). "
            f"Please report it with what `detente --traceback …` prints.",
            70,
        )
    return code if isinstance(code, int) else 0


def _stand_in_for_closed_streams() -> bool:
    """Open nothing in place of streams that were closed before we began (`>&-`); say whether standard output was one.

    Their numbers are taken too: a file of ours that was opened under one would receive what others print.
    """
    unread = sys.stdout is None
    if unread or sys.stderr is None:
        for number in (0, 1, 2):
            try:
                os.fstat(number)
            except OSError:
                os.open(os.devnull, os.O_RDWR)  # the lowest free number is this one
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
    return unread


def _speak_utf8() -> None:
    """Write the same bytes wherever output is piped, and something readable on a terminal that lacks a character."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8")


def _say(line: str, code: int) -> int:
    click.echo(line, err=True)
    return code


def _nobody_reads() -> int:
    """Leave quietly when the reader of our output has gone, as in `detente cases | head -1`."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return NOBODY_READS


def _file_line(error: OSError) -> str:
    where = shortened(str(error.filename), keep_end=True) if error.filename is not None else "detente"
    reason = error.strerror or type(error).__name__
    return f"{where}: cannot be read or written ({reason}). Check the path, its permissions and the free space."


if __name__ == "__main__":
    main()
