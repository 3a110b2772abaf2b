"""Refuse what must not be in a committed file.

Three kinds: where packages came from on one machine, paths of one machine, and traces of the tools
with which a text was written. A lock file stays valid behind every package source, and an example
works for every reader, only while none of these is there.

Usage: python scripts/check_files.py [FILE…] (all files known to git, and new ones, when none is named)
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_LINE = 2_000_000


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of text that is refused, and what to write instead."""

    what: str
    pattern: re.Pattern[str]
    remedy: str


# The brackets keep each pattern from matching its own line.
RULES = (
    Rule(
        "a package source",
        re.compile(
            r"https?://[^\s\"'<>]*/simpl[e]\b"
            r"|(?:extra-)?inde[x]-url|find-link[s]|trusted-hos[t]|[\"']?resolve[d][\"']?\s*:\s*[\"']?http",
            re.IGNORECASE,
        ),
        "Leave it to each machine's own configuration",
    ),
    Rule(
        "a path of one machine",
        re.compile(r"file:/{2}/|(?<![\w.:/\-)\]}>*%~$])/(?:work|tmp|root|home)/|[A-Z]:\\Users\\"),
        "Write a path relative to the repository or to the working directory",
    ),
    Rule(
        "a trace of the tools that wrote it",
        re.compile(r"\bsub-?agen[t]s?\b|\bhelper agen[t]s?\b|co-authored-b[y]|\.librar[y]/", re.IGNORECASE),
        "Say what the reader needs, in the project's own words",
    ),
)


def committed_files() -> list[Path]:
    """Return the files that git knows or would add, or every file outside a repository."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def breaks_in(path: Path) -> list[str]:
    """Return one line for each refused text in a file; files that are not text have none."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return []
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return [
        f'{shown}:{number}: {rule.what}, got "{match.group()}". {rule.remedy}.'
        for number, line in enumerate(text.splitlines(), start=1)
        for rule in RULES
        for match in rule.pattern.finditer(line[:LONGEST_LINE])
    ]


def main(names: list[str]) -> int:
    paths = [Path(name).resolve() for name in names] or committed_files()
    found = [line for path in paths for line in breaks_in(path)]
    print("\n".join(found) if found else f"{len(paths)} files: no package source, machine path or tool trace.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
