"""The program as a whole: exit codes, one line for every failure, a quick start, help with examples."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from detente.cli import main as program
from detente.cli.lazy import Documented, LazyGroup
from detente.cli.main import group

ROOT = Path(__file__).resolve().parents[2]
FERRY = ROOT / "tests" / "interchange" / "data" / "ferry"
REFERENCE = ROOT / "docs" / "reference" / "commands.md"
HEAVY = ("pydantic", "numpy", "scipy", "numba", "yaml", "ruamel", "rich", "networkx", "jinja2")


def detente(*args: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "detente.cli.main", *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def every_command(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield (*words, name), found
        if isinstance(found, click.Group):
            yield from every_command(found, (*words, name))


ALL = dict(every_command(group))
NAMES = [" ".join(words) for words in ALL]


# --- Help ---------------------------------------------------------------------------------------------------


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from detente.cli.main import run\n"
        "assert run(['--help']) == 0\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_help_shows_an_example_that_names_the_command(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(group, [*words, "--help"], prog_name="detente")
    assert result.exit_code == 0
    example = result.output[re.search(r"^Examples?:$", result.output, re.M).start() :]  # type: ignore[union-attr]
    assert f"  detente {' '.join(words)}" in example


def test_the_lines_of_the_help_are_those_of_the_commands() -> None:
    output = CliRunner().invoke(group, ["--help"]).output
    for name, entry in program.COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(entry.line)}$", output, re.M)


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_option_of_a_command_is_explained(words: tuple[str, ...]) -> None:
    for parameter in ALL[words].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_examples_parse(words: tuple[str, ...]) -> None:
    command = ALL[words]
    assert isinstance(command, Documented)
    for example in command.examples:
        rest = example.removeprefix(f"detente {' '.join(words)}").split()
        if not isinstance(command, LazyGroup):
            command.make_context("example", rest)  # raises if an option is unknown


EXAMPLES = [
    example
    for command in ALL.values()
    if isinstance(command, Documented)
    for example in command.examples
    if re.match(r"detente (show|ledger|settle|check|cases) ?(river-basin|$)", example)
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_on_the_small_bundled_case_run(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run(example.split()[1:]) == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_and_option_is_in_the_reference(words: tuple[str, ...]) -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    head = re.search(rf"^###? detente {' '.join(words)}$", text, re.M)
    assert head is not None
    shared = text[text.index("## Options of every analysis") : text.index("## detente cases")]
    rest = text[head.end() :]
    own = rest[: following.start()] if (following := re.search(r"^## ", rest, re.M)) else rest
    for parameter in ALL[words].params:
        if isinstance(parameter, click.Option):
            for name in (*parameter.opts, *parameter.secondary_opts):
                assert f"`{name}" in own + shared, name


def test_the_reference_names_no_command_that_does_not_exist() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    assert sorted(re.findall(r"^###? detente (.+)$", text, re.M)) == sorted(NAMES)


@pytest.mark.parametrize("args", [("brief", "river-basin", "-o"), ("new",), ("schema", "-o")])
def test_a_place_where_nothing_can_be_made_is_one_line(
    args: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.run([*args, "/proc/x/y"]) == 2
    err = capsys.readouterr().err
    assert re.fullmatch(r'/proc/x[/y]*: nothing can be written there \(.*\), got "/proc"\. .*\n', err)


# --- Endings ------------------------------------------------------------------------------------------------


def test_version() -> None:
    done = detente("--version")
    assert (done.returncode, done.stdout) == (0, "detente 0.1.0\n")


def test_without_a_command_the_help_is_shown() -> None:
    assert detente().stdout == detente("--help").stdout
    assert detente("import").stdout == detente("import", "--help").stdout


WRONG: dict[str, tuple[tuple[str, ...], str]] = {
    "unknown command": (("setle", "x"), 'there is no such command, got "setle". Did you mean "settle"?'),
    "unknown import": (("import", "gnius"), 'there is no such command, got "gnius". Did you mean "genius"?'),
    "no case": (("settle",), "detente settle: CASE is missing. Add CASE. `detente settle --help` shows an example."),
    "unknown option": (("settle", "mini", "--frob"), 'there is no such option, got "--frob".'),
    "one word too many": (("cases", "now"), 'detente cases: there is a word too many, got "now". Leave it out.'),
    "bad date": (("settle", "mini", "--as-of", "2022-13-01"), 'not a day, got "2022-13-01"'),
    "a month is not a day": (("ledger", "mini", "--as-of", "2022-01"), 'not a day, got "2022-01"'),
    "bad seed": (("settle", "mini", "--seed", "x"), '--seed: this is not a whole number of at least 0, got "x"'),
    "bad weights": (
        ("settle", "mini", "--weights", "equl"),
        'this word is not known, got "equl". Allowed: analyst, equal. Did you mean "equal"?',
    ),
    "no such case": (("ledger", "no-such-case"), "no-such-case: there is no such folder, file or bundled case"),
    "unknown consent list": (("settle", "mini", "--consent", "al"), 'got "al". It has: all, one. Did you mean "all"?'),
    "unknown lens": (("ledger", "mini", "--lens", "z"), '--lens: the case has no such lens, got "z"'),
    "unknown party": (("brief", "mini", "--stance", "lefd"), 'no such party, got "lefd". It has: left, right.'),
    "output is a file": (("brief", "mini", "-o", "file"), "there is a file where a folder is to be written"),
    "output below a file": (("brief", "mini", "-o", "file/out"), "file/out: there is a file where a folder is needed"),
    "schema into a folder": (("schema", "-o", "full"), "there is a folder where a file is to be written"),
    "new into a full folder": (("new", "full"), "full: the folder is not empty"),
    "import into a full folder": (("import", "genius", str(FERRY), "-o", "full"), "full: the folder is not empty"),
    "import from nowhere": (("import", "genius", "nowhere", "-o", "out"), "nowhere: cannot be read"),
    "import without output": (("import", "genius", str(FERRY)), "--output is missing. Add --output and its value."),
    "no corpus": (("verify", "mini"), "--corpus is missing"),
    "corpus is nowhere": (("verify", "mini", "--corpus", "nowhere"), "nowhere"),
    "option without its value": (("settle", "mini", "--consent"), "detente settle: --consent: its value is missing."),
    "value for a flag": (("settle", "mini", "--json=3"), "detente settle: --json: this option takes no value."),
    "misspelt option": (("settle", "mini", "--weigths", "equal"), 'got "--weigths". Did you mean "--weights"?'),
    "output at a link to nowhere": (
        ("brief", "mini", "-o", "dangling"),
        "dangling: there is a link that leads nowhere",
    ),
    "output below a link to nowhere": (("new", "dangling/x"), "dangling/x: there is a link that leads nowhere"),
    "schema into a link to nowhere": (("schema", "-o", "dangling"), "dangling: there is a link that leads nowhere"),
    "schema below a file": (("schema", "-o", "file/sub"), "there is a file where a folder is needed"),
    "output over two lines": (("brief", "mini", "-o", "a\nb"), "a b: this name holds a line end"),
    "schema over two lines": (("schema", "-o", "a\nb"), "a b: this name holds a line end"),
    "case over two lines": (("check", "a\nb"), "a b: there is no such folder"),
    "unknown issue": (
        ("show", "mini", "--issue", "wter"),
        'no such issue, got "wter". It has: water, land. Did you mean',
    ),
}


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_is_one_line_and_loses_nothing(here: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    args, says = WRONG[name]
    before = files_of(here)
    code = program.run(args)
    out, err = capsys.readouterr()
    assert says in err
    assert (code, out) == (2, "")
    assert err.endswith("\n")
    assert err.count("\n") == 1
    assert files_of(here) == before


def test_wrong_input_ends_the_process_with_2() -> None:
    done = detente("settle", "no-such-case")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def break_it(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("detente.case.library.library_folder", broken)


def test_a_fault_of_the_program_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(program.TRACEBACK, raising=False)
    break_it(monkeypatch, ZeroDivisionError("division by\nzero"))
    assert program.run(["cases"]) == 70
    err = capsys.readouterr().err
    assert "this is a fault of the program, not of your input (ZeroDivisionError: division by zero)" in err
    assert err.count("\n") == 1


def test_a_fault_shows_where_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(program.TRACEBACK, "1")
    break_it(monkeypatch, ZeroDivisionError("here"))
    with pytest.raises(ZeroDivisionError, match="here"):
        program.run(["cases"])


def test_the_traceback_option_sets_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(program.TRACEBACK, "0")
    break_it(monkeypatch, ZeroDivisionError("here"))
    with pytest.raises(ZeroDivisionError, match="here"):
        program.run(["--traceback", "cases"])


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (KeyboardInterrupt(), 130, "stopped; what was finished is kept"),
        (MemoryError(), 2, "memory of this machine is used up"),
        (
            PermissionError(13, "Permission denied", "x.yaml"),
            2,
            "x.yaml: cannot be read or written (Permission denied)",
        ),
        (OSError(28, "No space left on device"), 2, "No space left on device"),
    ],
)
def test_other_endings_are_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException, code: int, says: str
) -> None:
    monkeypatch.delenv(program.TRACEBACK, raising=False)
    break_it(monkeypatch, error)
    assert program.run(["cases"]) == code
    assert says in capsys.readouterr().err.strip()


def test_a_reader_that_leaves_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "detente.cli.main", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
        assert process.wait() == 141
    assert err == b""


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("args", "code"),
    [
        ("cases", 141),
        ("--help", 141),
        ("show river-basin", 141),
        ("settle river-basin --consent cl_upper", 141),
        ("check no-such-case", 2),
    ],
)
def test_output_that_was_closed_from_the_start_is_no_error(args: str, code: int, closed: str) -> None:
    command = f'"{sys.executable}" -m detente.cli.main {args} {closed}'
    done = subprocess.run(["bash", "-c", command], stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == code
    assert ("fault of the program" in done.stderr, done.stderr.count("\n")) == (
        False,
        1 if (code, closed) == (2, ">&-") else 0,
    )


def test_files_are_written_though_nobody_reads_where(here: Path) -> None:
    command = f'"{sys.executable}" -m detente.cli.main schema -o schema.json >&-'
    assert subprocess.run(["bash", "-c", command], cwd=here, check=False).returncode == 141
    assert json.loads((here / "schema.json").read_text())["title"] == "A case of détente"


def test_ctrl_c_is_one_line() -> None:
    code = (
        "import os, signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a parent may have had it ignored
        "import detente.case.library as library\n"
        "library.library_folder = lambda: os.kill(os.getpid(), signal.SIGINT)\n"
        "from detente.cli.main import main\n"
        "main(['cases'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 128 + signal.SIGINT
    assert done.stderr.strip() == "stopped; what was finished is kept"


def test_output_that_is_piped_is_utf_8_everywhere() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "detente.cli.main", "show", "river-basin"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )
    assert "·" in done.stdout.decode("utf-8")


def test_output_that_is_piped_has_no_colour() -> None:
    assert "\x1b" not in detente("show", "drafts-and-replies-2021-22").stdout


def test_json_is_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run(["cases", "--json"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), list)
    assert program.run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "A case of détente"
