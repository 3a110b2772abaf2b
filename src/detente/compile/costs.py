"""What it costs to say something, by who says it and in what kind of text: the table that says what a statement tells.

The rows are looked through in order, and the first that fits a statement decides. A *costly* act tells what its honesty
says; a *cheap* one at most what words can carry between two whose interests differ so much; of *nothing* nothing is
inferred. An analyst may override a row, but for those that are fixed: what a columnist asserts or reports, what unnamed
persons say and what a coder concludes is no act of the party, whatever it cost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from detente.core.errors import ModelError
from detente.core.names import nearest
from detente.evidence.source import Grade
from detente.evidence.statement import Act, Attribution, Statement, TextClass


class Cost(StrEnum):
    """What an act cost the party, and so what it can tell."""

    COSTLY = "costly"
    CHEAP = "cheap"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class CostRow:
    """One row of the table: statements whose attribution (of commentary), act or text class is `word` cost so much."""

    word: str
    cost: Cost
    why: str
    fixed: bool = False


_OTHERS = (
    CostRow(Attribution.AUTHOR_ASSERTION, Cost.NOTHING, "the author's own claim, no act of a party", fixed=True),
    CostRow(Attribution.REPORTED_EVENT, Cost.NOTHING, "an author's report, no act of a party", fixed=True),
    CostRow(TextClass.ADVISERS_OR_UNNAMED_SOURCES, Cost.NOTHING, "nobody stands for it by name", fixed=True),
    CostRow(TextClass.INFERRED, Cost.NOTHING, "a coder's conclusion, no act of a party", fixed=True),
)
_ACTS = (
    CostRow(Act.DEPLOY, Cost.COSTLY, "forces are moved: the cost is sunk"),
    CostRow(Act.SANCTION, Cost.COSTLY, "trade or money is given up: the cost is sunk"),
)
REPLY = CostRow("written_reply", Cost.COSTLY, "part of a party's own text in reply to another's, public or not")
"""For every statement in a text of the case that replies to another, whichever class the text has."""

_TEXTS = (
    CostRow(TextClass.DRAFT_TREATY_DEMAND, Cost.COSTLY, "a text that the other side could sign at once"),
    CostRow(TextClass.WRITTEN_CONFIDENTIAL_REPLY, Cost.COSTLY, "a government's written answer to a text"),
    CostRow(TextClass.LEGAL_ACT, Cost.COSTLY, "in force until it is undone by law"),
    CostRow(TextClass.PUBLIC_WRITTEN_STATEMENT, Cost.CHEAP, "words for everybody, nothing tabled"),
    CostRow(TextClass.LEADER_PUBLIC_IMPERATIVE, Cost.CHEAP, "words; a cost with an audience at home is a judgement"),
    CostRow(TextClass.OFFICIAL_REMARK, Cost.CHEAP, "words"),
    CostRow(TextClass.SPOKESPERSON_REMARK, Cost.CHEAP, "words"),
)
COSTS: tuple[CostRow, ...] = (*_OTHERS, *_ACTS, REPLY, *_TEXTS)
"""The table, in the order in which it is looked through."""

UNCLASSED = CostRow("no text class", Cost.NOTHING, "the kind of text is not coded", fixed=True)
"""For a statement that no row fits."""


def cost_of(statement: Statement, costs: Mapping[str, Cost], *, in_reply: bool = False) -> tuple[Cost, CostRow]:
    """Return what a statement cost, and the row that says so, with an analyst's overrides of rows by their word.

    `in_reply` tells that it is part of a text by which its party replies to another text.
    """
    for row in COSTS:
        if (row is REPLY and in_reply) or _fits(row, statement):
            return (row.cost if row.fixed else costs.get(row.word, row.cost)), row
    return UNCLASSED.cost, UNCLASSED


def _fits(row: CostRow, statement: Statement) -> bool:
    if row.word in {Attribution.AUTHOR_ASSERTION, Attribution.REPORTED_EVENT}:
        return statement.attribution == row.word and statement.grade is Grade.COMMENTARY
    if row in _ACTS:
        return statement.act == row.word and statement.text_class is not None
    return statement.text_class == row.word


def with_overrides(words: Mapping[str, str]) -> dict[str, Cost]:
    """Return an analyst's overrides of the table, checked.

    Raises
    ------
    ModelError
        If a word names no row, or one that is fixed, or the cost is unknown.
    """
    free = [row.word for row in COSTS if not row.fixed]
    found = {}
    for word, cost in words.items():
        if word not in free:
            fixed = any(row.word == word for row in COSTS)
            raise ModelError(
                where="--cost",
                what="this row of the table is fixed" if fixed else "the table has no such row",
                got=str(word),
                allowed=f"Rows that may be changed: {', '.join(free)}",
                hint="What no named party says never moves its posterior" if fixed else nearest(word, free),
            )
        if cost not in {one.value for one in Cost}:
            raise ModelError(
                where="--cost",
                what="the cost is not known",
                got=cost,
                allowed=f"Costs: {', '.join(one.value for one in Cost)}",
                hint=f"Write it as {word}=costly",
            )
        found[str(word)] = Cost(cost)
    return found
