"""The sub-process that reads: it takes one document after the other, and can do nothing but answer.

Before each document its limits are set where the system has them: address space, processor time, no file may be
written, no program started, no core dumped. It speaks JSON, one message to a line, and never more than was asked.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
from typing import IO, Any

from detente.evidence.reading.document import Format
from detente.evidence.reading.document_json import document_to_json
from detente.evidence.reading.language import load_model
from detente.evidence.reading.limits import MIB, Limits
from detente.evidence.reading.reader import document_of_bytes
from detente.evidence.reading.refused import Unreadable


def serve(asked: IO[str], answers: IO[str]) -> None:
    """Answer each line that is asked until there are no more."""
    for line in asked:
        task = json.loads(line)
        answer = answer_to(task["path"], task["name"], Format(task["format"]), Limits(**task["limits"]))
        answers.write(json.dumps(answer) + "\n")  # escaped, so that no line end of a text ends the line
        answers.flush()


def answer_to(path: str, name: str, kind: Format, limits: Limits) -> dict[str, Any]:
    """Return a document as JSON with its text, or why it is refused; `spent` where the process should be replaced."""
    try:
        _limit_work(limits)
        document = document_of_bytes(_bytes(path, limits), name, kind, limits)
        return {"document": document_to_json(document), "text": document.text}
    except Unreadable as reason:
        return {"what": reason.what, "hint": reason.hint}
    except MemoryError:
        return {
            "what": f"reading it takes more than {limits.memory_mib:,} MB of memory",
            "hint": "Split it",
            "spent": True,
        }
    except RecursionError:
        return {"what": "it is nested too deeply", "hint": "Save its text alone"}
    except OSError as error:
        return {"what": f"cannot be read ({error.strerror or type(error).__name__})", "hint": "Check its permissions"}
    except Exception as error:  # noqa: BLE001 - whatever a library makes of a broken file, the next file must be read
        return {
            "what": f"is broken ({type(error).__name__}: {' '.join(str(error).split())[:120]})",
            "hint": "Open it in its own program and save it again",
        }


def _bytes(path: str, limits: Limits) -> bytes:
    """Return the bytes of a regular file, whatever has been put in its place since it was looked at."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as opened:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Unreadable("it is not a file", "Name a file")
        raw = opened.read(limits.file_mib * MIB + 1)
    if len(raw) > limits.file_mib * MIB:
        raise Unreadable(f"the file has more than {limits.file_mib:,} MB", "Split it, or allow more with --largest")
    return raw


def _limit_work(limits: Limits) -> None:
    """Allow the next document its processor time, counted from now; the kernel ends the process beyond it."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits; the wall clock stays
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_s
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


def _limit_process(memory_mib: int) -> None:
    """Set, once and for good, what this process may do."""
    with contextlib.suppress(ImportError):
        import resource

        wanted = {
            "RLIMIT_AS": memory_mib * MIB,
            "RLIMIT_FSIZE": 0,
            "RLIMIT_CORE": 0,
            "RLIMIT_NPROC": 0,
        }
        for name, value in wanted.items():
            if hasattr(resource, name):
                with contextlib.suppress(ValueError, OSError):  # a limit that is lower already stays
                    resource.setrlimit(getattr(resource, name), (value, value))


def main() -> None:
    """Read until standard input ends; what libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    load_model()  # it unpacks itself into a temporary file, which is not allowed later
    _limit_process(int(sys.argv[1]))
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        serve(sys.stdin, answers)


if __name__ == "__main__":
    main()
