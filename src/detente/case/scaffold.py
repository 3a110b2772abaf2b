"""A new case to fill in: commented files that load, pass the check and already give a ledger, without a number."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from detente.core.errors import CaseError


def scaffold(directory: Path) -> tuple[Path, ...]:
    """Write a new case into a folder and return its files.

    Raises
    ------
    CaseError
        If the folder holds anything, or cannot be written.
    """
    if directory.exists() and not directory.is_dir():
        raise CaseError(where=str(directory), what="this is a file", hint="Name a folder that is new or empty")
    if directory.is_dir() and any(directory.iterdir()):
        raise CaseError(
            where=str(directory),
            what="the folder is not empty",
            allowed="A new case is written into a new or empty folder",
            hint="Name another folder",
        )
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, text in FILES.items():
            (directory / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CaseError(
            where=str(directory),
            what=f"the folder cannot be written ({(error.strerror or 'no reason given').lower()})",
            hint="Check its permissions, or name another",
        ) from None
    return tuple(directory / name for name in FILES)


_CASE = """\
# A case of détente. Replace what stands here by your dispute; `detente check .` says what is still open.
# Text may be a plain string or one per language: {en: …, fr: …}. Put words such as "1.0" in quotes.
# Ids are yours to choose: letters, digits, _ . + -. Nothing is read into an id or into the order of options.
schema_version: "1"
id: new-case
version: "0.1"
title: A dispute between two neighbours
# summary: What it is about, in a paragraph.
authors: [Your name]
licence: CC-BY-4.0        # of the data in this folder
illustrative: true        # false once it rests on documents that you have read
not_read: Nothing was read for this placeholder; every statement in it is invented.

period: {first: 2024-01-01, last: 2024-03-31}

# Whose consent or conduct matters. Kinds: state, organisation, group, administration, body, entity, class.
parties:
  - id: A
    name: Arland
    kind: state
  - id: B
    name: Borland
    kind: state
  - id: C
    name: Union of observers
    kind: organisation
    # members: [A, B]           # ids of other parties
    # represented_by: A         # whose coded text stands for this party, printed as an assumption

# Whose yes a settlement would need. Give several readings; none is the default.
consent_lists:
  - id: neighbours
    name: The two neighbours
    parties: [A, B]
    basis: both texts name these two as signatories
  - id: with-observers
    name: The neighbours and the observers
    parties: [A, B, C]
    basis: the observers would have to come

# What is negotiated. Options of an issue exclude each other; exactly one of them is chosen.
issues:
  - id: withdrawal
    title: Withdrawal of forces from the border
    options:
      - {id: w1, text: "forces stay where they are", status_quo: true}
      - {id: w2, text: both sides withdraw 10 km}
      - {id: w3, text: one side withdraws first}
    consent:
      owns: [A, B]              # who would have to act
  - id: observers
    title: Observers at the border
    options:
      - {id: b1, text: "no observers", status_quo: true}
      - {id: b2, text: observers by invitation of both sides}
      - {id: b3, text: a standing observer mission}
    consent:
      owns: [C]
      must_consent: [A, B]

# Packages that cannot be, as conditions. One is enough to show the grammar:
# links:
#   - {id: no-observers-without-withdrawal, condition: "if observers in [b3] then withdrawal in [w2, w3]"}
"""

_SOURCES = """\
# The documents that were read, and how well: primary_text_read, excerpt_of_primary, news_agency, commentary, memory.
# With `file` and `sha256` a source's quotations can be proved: `detente verify . --corpus FOLDER`.
sources:
  - id: draft
    title: Draft agreement of Arland
    author: Government of Arland
    published: 2024-01-15
    grade: memory               # replace it when you have read the document
  - id: reply
    title: Reply of Borland
    author: Government of Borland
    published: 2024-02-20
    grade: memory
"""

_STATEMENTS = """\
{"id": "s1", "cites": [{"source": "draft", "locator": "Art. 1"}], "voice": "Government of Arland", \
"attribution": "own_document", "actors": ["A"], "targets": ["B"], "act": "demand", "issue": "withdrawal", \
"says": "Arland's draft asks that both sides withdraw 10 km from the border.", "happened": "2024-01-15", \
"public_since": "2024-01-15", "text_class": "draft_treaty_demand", "grade": "memory"}
{"id": "s2", "cites": [{"source": "draft", "locator": "Art. 2"}], "voice": "Government of Arland", \
"attribution": "own_document", "actors": ["A"], "targets": ["B"], "act": "propose", "issue": "observers", \
"says": "Arland's draft provides for a standing observer mission.", "happened": "2024-01-15", \
"public_since": "2024-01-15", "text_class": "draft_treaty_demand", "grade": "memory"}
{"id": "s3", "cites": [{"source": "reply", "locator": "para. 3"}], "voice": "Government of Borland", \
"attribution": "own_document", "actors": ["B"], "targets": ["A"], "act": "engage", "issue": "withdrawal", \
"says": "Borland replies that it is ready to discuss a withdrawal by both sides, and rules out going first.", \
"happened": "2024-02-20", "public_since": "2024-02-20", "text_class": "written_confidential_reply", "grade": "memory"}
"""

_POSITIONS = """\
# What each party says of the options of an issue: demands, would_accept, would_discuss, rules_out, no_answer.
# An option that is not listed is unknown. What you conclude, rather than read, is {stance: …, basis: inferred}.
# The first statement of `because` is the one in which the position was taken; it gives the position its date.
positions:
  - id: p1
    party: A
    issue: withdrawal
    because: [s1]
    stances:
      w2: demands
      w1: {stance: rules_out, basis: inferred}
  - id: p2
    party: A
    issue: observers
    because: [s2]
    stances: {b3: demands}
  - id: p3
    party: B
    issue: withdrawal
    because: [s3]
    stances: {w2: would_discuss, w3: rules_out}
"""

_PACKAGES = """\
# Texts on the table, article by article, and what each addressee answered. The package that a text amounts to is
# derived: it is what its authors demand in the positions that cite its sources.
texts:
  - id: arland-draft
    title: Draft agreement of Arland
    sources: [draft]
    authors: [A]
    addressees: [B]
    happened: 2024-01-15
    public_since: 2024-01-15
    articles:
      - {id: "1", says: both sides withdraw 10 km, issues: [withdrawal]}
      - {id: "2", says: a standing observer mission is set up, issues: [observers]}
  - id: borland-reply
    title: Reply of Borland
    sources: [reply]
    authors: [B]
    addressees: [A]
    replies_to: [arland-draft]
    status: countered
    happened: 2024-02-20
    public_since: 2024-02-20

# Statuses: answered, partly_answered, own_statement, no_answer (none was found in what was read), not_addressed.
answers:
  - text: arland-draft
    article: "1"
    addressee: B
    issue: withdrawal
    status: partly_answered
    because: [p3]
    public_since: 2024-02-20
  - text: arland-draft
    article: "2"
    addressee: B
    issue: observers
    status: no_answer
    public_since: 2024-02-20

# The next step, once the ledger is right, is preferences.yaml: judged numbers, each with its grounds, such as
#   weights: {withdrawal: {low: 0.3, mode: 0.5, high: 0.7, because: [p1], by: you, judged_on: 2024-04-01}}
# and red lines, such as
#   red_lines: [{id: no-first-step, never: "withdrawal in [w3]", because: [p3]}]
"""

FILES: Mapping[str, str] = MappingProxyType(
    {
        "case.yaml": _CASE,
        "positions.yaml": _POSITIONS,
        "packages.yaml": _PACKAGES,
        "sources.yaml": _SOURCES,
        "statements.jsonl": _STATEMENTS,
    }
)
"""The files of a new case and what they say."""
