"""One sub-process that reads many documents, and is replaced when one of them breaks it.

What it sends is not believed further than a text and some numbers: JSON, checked, of bounded length. A document that
makes it crash, hang or ask for too much is refused in one line, and a new process reads the next one.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from detente.evidence.reading.document import Document, Format
from detente.evidence.reading.document_json import document_from_json
from detente.evidence.reading.limits import Limits
from detente.evidence.reading.refused import Refused

_SPARE = 50_000_000  # characters of an answer beyond six for each character of text, for its paragraphs


class Sandbox:
    """A reader in a process of its own; use it in a `with`.

    Parameters
    ----------
    limits : Limits
        What each document may take.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.end()

    def read(self, path: Path, name: str, kind: Format) -> Document | Refused:
        """Return a document, or why it is refused."""
        process = self._running()
        task = {
            "path": str(path.absolute()),
            "name": name,
            "format": kind.value,
            "limits": dataclasses.asdict(self.limits),
        }
        try:
            assert process.stdin is not None
            process.stdin.write(json.dumps(task) + "\n")
            process.stdin.flush()
            line = self._answers.get(timeout=self.limits.wall_s)
        except queue.Empty:
            self.end()
            return Refused(
                name, f"reading it takes longer than {self.limits.wall_s} s", "Split it, or save its text alone"
            )
        except OSError:
            line = ""
        except BaseException:  # stopped by the user: the process must not outlive us
            self.end()
            raise
        if not line.endswith("\n"):
            return self._crashed(name)
        return self._believed(name, line)

    def end(self) -> None:
        """End the process, if one is running."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        # -P: a file `json.py` in the folder one stands in must not become part of the program
        command = [sys.executable, "-P", "-m", "detente.evidence.reading.worker", str(self.limits.memory_mib)]
        process: subprocess.Popen[str] = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="ascii",
            errors="replace",
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            start_new_session=os.name == "posix",  # Ctrl-C is for us; we end the process ourselves
        )
        answers: queue.Queue[str] = queue.Queue()
        longest = 12 * self.limits.characters + _SPARE
        threading.Thread(target=_listen, args=(process, answers, longest), daemon=True).start()
        self._process, self._answers = process, answers
        return process

    def _crashed(self, name: str) -> Refused:
        process = self._process
        code = None
        if process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = process.wait(timeout=5)
        self.end()
        if code is not None and code == -_signal("SIGXCPU"):
            return Refused(
                name, f"reading it takes more than {self.limits.cpu_s} s of work", "Split it, or save its text alone"
            )
        return Refused(
            name,
            f"its reader broke on it, or it takes more than {self.limits.memory_mib:,} MB of memory",
            "Open it in its own program and save it again",
        )

    def _believed(self, name: str, line: str) -> Document | Refused:
        """Return what an answer says, if it is one."""
        try:
            answer: dict[str, Any] = json.loads(line)
            if "document" in answer:
                found = document_from_json(answer["document"], answer["text"])
                if found.name != name:
                    raise ValueError("an answer to another question")
                return found
            if answer.get("spent"):
                self.end()
            return Refused(name, str(answer["what"]), str(answer["hint"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            self.end()
            return Refused(
                name, "its reader answered what it cannot mean", "Open it in its own program and save it again"
            )


def _listen(process: subprocess.Popen[str], answers: queue.Queue[str], longest: int) -> None:
    """Hand on each line of a process; an unfinished one tells that it has ended, or answers without end."""
    assert process.stdout is not None
    with contextlib.suppress(OSError, ValueError):
        while (line := process.stdout.readline(longest)).endswith("\n"):
            answers.put(line)
    answers.put("")


def _signal(name: str) -> int:
    import signal

    return int(getattr(signal, name, 0))
