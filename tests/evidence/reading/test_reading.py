"""Files, folders and corpora: names, refusals, limits, what is read again and what is kept."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from detente.core.errors import EvidenceError
from detente.evidence.reading import (
    Limits,
    Refused,
    document_of_text,
    load_corpus,
    read_file,
    read_folder,
    read_into,
    save_corpus,
)
from detente.evidence.reading.corpus import DRAFT, LIST
from detente.evidence.reading.document import Format
from detente.evidence.reading.reading import Entered, Kept
from detente.evidence.reading.sandbox import Sandbox
from tests.evidence.reading import samples
from tests.evidence.reading.samples import NORTH, RUSSIAN, SOUTH

NEVER = 1_000_000  # seconds: no machine is so busy, so that what a test waits for decides and not the clock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents, one below another folder, and a picture."""
    made = tmp_path / "documents"
    (made / "south").mkdir(parents=True)
    (made / "a.txt").write_text(samples.TEXT, encoding="utf-8")
    (made / "south" / "b.pdf").write_bytes(samples.pdf())
    (made / "c.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (made / "photo.jpg").write_bytes(b"x")
    return made


def files_of(corpus: Path) -> dict[str, bytes]:
    return {path.relative_to(corpus).as_posix(): path.read_bytes() for path in corpus.rglob("*") if path.is_file()}


def states(steps: object) -> list[tuple[str, str]]:
    return [(step.entry["name"], step.state) for step in steps if isinstance(step, Entered)]  # type: ignore[attr-defined]


def test_a_folder_is_read_by_name_and_no_document_is_passed_over(folder: Path) -> None:
    found = read_folder(folder)
    assert [document.name for document in found.documents] == ["a.txt", "c.txt", "south/b.pdf"]
    assert (found.refused, found.passed_over) == ((), 1)


def test_one_file_is_read_and_one_that_cannot_be_is_an_error_with_its_reason(folder: Path) -> None:
    assert read_file(folder / "a.txt").text == samples.TEXT
    (folder / "d.pdf").write_bytes(b"%PDF-1.4 and nothing")
    with pytest.raises(EvidenceError, match=r"d\.pdf: the PDF is broken and cannot be opened"):
        read_file(folder / "d.pdf")
    with pytest.raises(EvidenceError, match=r"photo\.jpg: there is no reader for files of this kind"):
        read_file(folder / "photo.jpg")
    with pytest.raises(EvidenceError, match="there is no such file or folder"):
        read_file(folder / "missing.txt")


def test_what_is_not_a_file_is_refused_without_being_opened(folder: Path) -> None:
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "linked").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    with (folder / "huge.txt").open("wb") as opened:
        opened.truncate(500 * 2**20)  # a hole: it takes no room
    (folder / "old.doc").write_bytes(b"x")
    found = read_folder(folder)
    assert len(found.documents) == 3
    assert {one.name: one.what.partition(" (")[0] for one in found.refused} == {
        "huge.txt": "the file has 500 MB, more than the limit of 100 MB",
        "linked": "it is a link to a folder, which is not followed",
        "loop.txt": "it is a link that leads nowhere, or in a circle",
        "old.doc": "there is no reader for .doc files",
        "pipe.txt": "it is a device, a pipe or a socket, not a file",
        "zero.txt": "it is a device, a pipe or a socket, not a file",
    }


def test_a_page_is_read_without_the_folder_that_the_browser_saved_beside_it(folder: Path) -> None:
    (folder / "page.html").write_text(samples.PAGE, encoding="utf-8")
    (folder / "page_files").mkdir()
    (folder / "page_files" / "frame.html").write_text(samples.PAGE, encoding="utf-8")
    assert [one.name for one in read_folder(folder).documents] == ["a.txt", "c.txt", "page.html", "south/b.pdf"]


def test_a_document_that_asks_for_too_much_work_is_refused_and_the_next_is_read(folder: Path) -> None:
    (folder / "b.txt").write_text(NORTH, encoding="utf-8")
    (folder / "a.html").write_bytes(b"<p>words of a page</p>" * 1_000_000)
    with Sandbox(Limits(cpu_s=1, wall_s=NEVER)) as sandbox:  # work alone ends it, on however busy a machine
        answer = sandbox.read(folder / "a.html", "a.html", Format.HTML)
        assert isinstance(answer, Refused)
        assert answer.what == "reading it takes more than 1 s of work"
        assert not isinstance(sandbox.read(folder / "b.txt", "b.txt", Format.TEXT), Refused)


def test_a_reader_that_never_answers_is_ended_and_the_next_document_is_read(folder: Path) -> None:
    (folder / "b.txt").write_text(NORTH, encoding="utf-8")
    with Sandbox(Limits(wall_s=NEVER)) as sandbox:
        assert not isinstance(sandbox.read(folder / "b.txt", "b.txt", Format.TEXT), Refused)
        process = sandbox._process
        assert process is not None
        process.send_signal(signal.SIGSTOP)  # so that it cannot answer, however fast the machine is
        sandbox.limits = Limits(wall_s=1)
        answer = sandbox.read(folder / "b.txt", "b.txt", Format.TEXT)
        assert isinstance(answer, Refused)
        assert answer.what == "reading it takes longer than 1 s"
        assert process.poll() is not None
        sandbox.limits = Limits(wall_s=NEVER)
        assert not isinstance(sandbox.read(folder / "b.txt", "b.txt", Format.TEXT), Refused)
        assert sandbox._process is not process


def test_a_reader_that_dies_between_two_documents_is_replaced(folder: Path) -> None:
    (folder / "b.txt").write_text(NORTH, encoding="utf-8")
    with Sandbox(Limits(wall_s=NEVER)) as sandbox:
        assert not isinstance(sandbox.read(folder / "b.txt", "b.txt", Format.TEXT), Refused)
        process = sandbox._process
        assert process is not None
        process.kill()
        process.wait()
        assert not isinstance(sandbox.read(folder / "b.txt", "b.txt", Format.TEXT), Refused)
        assert sandbox._process is not process


def test_a_document_that_asks_for_too_much_memory_is_refused(folder: Path) -> None:
    (folder / "b.txt").write_text(NORTH, encoding="utf-8")
    (folder / "big.txt").write_bytes(b"x y\n" * 15_000_000)
    with Sandbox(Limits(memory_mib=700)) as sandbox:
        answer = sandbox.read(folder / "big.txt", "big.txt", Format.TEXT)
        assert isinstance(answer, Refused)
        assert "700 MB of memory" in answer.what
        assert not isinstance(sandbox.read(folder / "b.txt", "b.txt", Format.TEXT), Refused)


def test_a_corpus_gives_back_what_was_read(folder: Path, tmp_path: Path) -> None:
    documents = read_folder(folder).documents
    save_corpus(documents, tmp_path / "one")
    list(read_into([folder], tmp_path / "two"))
    assert tuple(load_corpus(tmp_path / "one")) == documents
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")
    assert (tmp_path / "one" / "texts" / "a.txt").read_bytes() == (folder / "a.txt").read_bytes()
    assert set(files_of(tmp_path / "one")) == {
        LIST,
        "texts/a.txt",
        "extracted/c.txt.txt",
        "extracted/south/b.pdf.txt",
    }


def test_only_what_has_changed_is_read_again(folder: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    assert {state for _, state in states(read_into([folder], corpus))} == {"read"}
    before = files_of(corpus)
    assert {state for _, state in states(read_into([folder], corpus))} == {"unchanged"}
    assert files_of(corpus) == before
    (folder / "a.txt").write_text(SOUTH, encoding="utf-8")
    (corpus / "extracted" / "c.txt.txt").write_text("edited by hand", encoding="utf-8")
    assert states(read_into([folder], corpus)) == [
        ("a.txt", "changed"),
        ("c.txt", "changed"),
        ("south/b.pdf", "unchanged"),
    ]


def test_documents_of_earlier_runs_are_kept_unless_they_are_to_be_dropped(folder: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    list(read_into([folder], corpus))
    (folder / "c.txt").unlink()
    steps = list(read_into([folder], corpus))
    assert [step for step in steps if isinstance(step, Kept)] == [Kept("c.txt", kept=True)]
    assert [document.name for document in load_corpus(corpus)] == ["a.txt", "c.txt", "south/b.pdf"]
    steps = list(read_into([folder], corpus, drop=True))
    assert [step for step in steps if isinstance(step, Kept)] == [Kept("c.txt", kept=False)]
    assert [document.name for document in load_corpus(corpus)] == ["a.txt", "south/b.pdf"]
    assert "extracted/c.txt.txt" not in files_of(corpus)


def test_a_run_that_is_stopped_loses_nothing_that_is_done(folder: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    save_corpus([document_of_text(SOUTH, "z.txt")], corpus)
    steps = read_into([folder], corpus)
    assert isinstance(next(steps), Entered)
    with pytest.raises(KeyboardInterrupt):
        steps.throw(KeyboardInterrupt)
    assert [document.name for document in load_corpus(corpus)] == ["a.txt", "z.txt"]
    assert states(read_into([folder], corpus))[:2] == [("a.txt", "unchanged"), ("c.txt", "read")]


def test_a_run_that_was_killed_loses_nothing_that_is_done(folder: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    list(read_into([folder], corpus))
    lines = (corpus / LIST).read_text(encoding="utf-8").splitlines(keepends=True)
    (corpus / DRAFT).write_text("".join(lines[:2]) + lines[2][:40], encoding="utf-8")
    (corpus / LIST).unlink()
    assert [state for _, state in states(read_into([folder], corpus))] == ["unchanged", "unchanged", "read"]
    assert not (corpus / DRAFT).exists()


def test_a_corpus_that_was_changed_by_hand_is_not_believed(folder: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    list(read_into([folder / "a.txt"], corpus))
    (corpus / "texts" / "a.txt").write_text(samples.TEXT + "more", encoding="utf-8")
    with pytest.raises(EvidenceError, match="the text is not the one that was read"):
        list(load_corpus(corpus))
    entry = json.loads((corpus / LIST).read_text(encoding="utf-8")) | {"text": "../../etc/passwd"}
    (corpus / LIST).write_text(json.dumps(entry) + "\n", encoding="utf-8")
    with pytest.raises(EvidenceError, match="this is not a line of a corpus"):
        list(load_corpus(corpus))
    with pytest.raises(EvidenceError, match=r"there is no corpus\.jsonl in it"):
        list(load_corpus(folder))


def test_a_corpus_names_no_place_of_this_machine(folder: Path, tmp_path: Path) -> None:
    list(read_into([folder], tmp_path / "corpus"))
    assert all(str(tmp_path).encode() not in content for content in files_of(tmp_path / "corpus").values())


def test_a_file_in_the_working_folder_does_not_become_part_of_the_program(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "json.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(folder)
    assert read_file(Path("a.txt")).text == samples.TEXT
