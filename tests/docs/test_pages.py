"""The example runner itself: what it accepts, and that it fails when a page is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import ExampleError, blocks, commands, matches, run_page


@pytest.fixture
def run(tmp_path: Path):
    """Return a function that runs a page given as text."""

    def run_text(text: str) -> int:
        page = tmp_path / "page.md"
        page.write_text(text, encoding="utf-8")
        directory = tmp_path / "here"
        directory.mkdir(exist_ok=True)
        return run_page(page, directory)

    return run_text


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        (["one", "two"], "one\ntwo\n", True),
        (["one", "two"], "one  \ntwo\n\n", True),
        (["one", "two"], "one\ntwo\nthree\n", False),
        (["one", "...", "four"], "one\ntwo\nthree\nfour\n", True),
        (["one", "...", "four"], "one\nfour\n", True),
        (["one", "..."], "one\n", True),
        (["hash ... of 3"], "hash a1b2 of 3\n", True),
        (["hash ... of 3"], "hash a1\nb2 of 3\n", False),
        (["a.c (b)"], "abc (b)\n", False),
    ],
)
def test_three_dots_stand_for_lines_or_characters(expected: list[str], actual: str, same: bool) -> None:
    assert matches(expected, actual) is same


def test_commands_of_one_page_share_a_working_directory(run) -> None:
    assert run("```console\n$ mkdir a\n```\ntext\n```console\n$ ls\na\n```\n") == 2


def test_a_named_block_becomes_a_file(run) -> None:
    assert run("```yaml\n# file: d/x.yaml\na: 1\n```\n```console\n$ cat d/x.yaml\na: 1\n```\n") == 1


def test_a_named_block_of_xml_becomes_a_file_without_its_first_line(run) -> None:
    assert run("```xml\n<!-- file: x.xml -->\n<a/>\n```\n```console\n$ cat x.xml\n<a/>\n```\n") == 1


def test_a_file_stays_in_the_working_directory(run) -> None:
    with pytest.raises(ExampleError, match="leaves the working directory"):
        run("```yaml\n# file: ../x.yaml\na: 1\n```\n")


def test_wrong_output_fails(run) -> None:
    with pytest.raises(ExampleError, match="the page says"):
        run("```console\n$ ls\nnothing like this\n```\n")


def test_an_unexpected_exit_code_fails(run) -> None:
    with pytest.raises(ExampleError, match=r"line 2: \$ ls absent\nexit code 2, expected 0"):
        run("```console\n$ ls absent\n```\n")


def test_an_expected_exit_code_passes(run) -> None:
    assert run("```console\n$ ls absent # exit code 2\n...\n```\n") == 1


def test_commands_for_the_readers_own_machine_are_shown_only(run) -> None:
    assert run("```console\n$ make setup\n```\n") == 0


def test_an_unknown_command_fails_rather_than_passing_unrun(run) -> None:
    with pytest.raises(ExampleError, match="unknown to the example runner"):
        run("```console\n$ frobnicate\n```\n")


def test_a_command_in_a_block_that_nothing_runs_fails(run) -> None:
    with pytest.raises(ExampleError, match="where nothing runs them"):
        run("```bash\ndetente cases\n```\n")


def test_python_blocks_share_their_names(run) -> None:
    assert run("```python\n>>> a = 20\n```\n```python\n>>> a + 1\n21\n```\n") == 2


def test_a_wrong_python_result_fails(run) -> None:
    with pytest.raises(ExampleError, match="Expected"):
        run("```python\n>>> 1 + 1\n3\n```\n")


def test_a_block_is_read_with_its_directive_and_indent() -> None:
    text = "- item\n\n  ```{code-block} console\n  :caption: x\n\n  $ detente a \\\n  >   b\n  out\n  ```\n"
    (block,) = blocks(text)
    assert block.language == "console"
    (command,) = commands(block)
    assert command.text == "detente a \\\n  b"
    assert command.expected == ("out",)
    assert command.line == 6


def test_an_open_block_is_an_error() -> None:
    with pytest.raises(ExampleError, match="line 1: fenced block is not closed"):
        list(blocks("```console\n$ detente\n"))
