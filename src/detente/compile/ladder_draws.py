"""Draws of a ladder's numbers and of the orders of turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.compile.judged import Number, drawn
from detente.core.streams import Purpose, stream
from detente.engines.ladder import LadderModel

if TYPE_CHECKING:
    from detente.compile.ladder import LadderTrace


def ladder_model(trace: LadderTrace) -> LadderModel:
    """Return the model of a ladder with its numbers drawn.

    A number that stands for several ends is drawn once. Places of draws belong to the place of a number in the ladder,
    never to a name.
    """
    parties, rungs, chosen = len(trace.parties), len(trace.rungs), trace.choices
    columns: dict[str, int] = {}
    numbers: list[Number] = []

    def column(number: Number, own: str) -> int:
        """Return the column of a number: one per field of the case, one per end where it is worked out."""
        key = number.basis if number.is_field else own
        if key not in columns:
            columns[key] = len(numbers)
            numbers.append(number)
        return columns[key]

    accident = [column(one, f"accident {at}") for at, one in enumerate(trace.accident)]
    cost = [[column(one, f"cost {i} {at}") for at, one in enumerate(row)] for i, row in enumerate(trace.cost)]
    end = [[column(one, f"end {i} {w}") for w, one in enumerate(row)] for i, row in enumerate(trace.gives_way)]
    lost = [column(one, f"uncontrolled {i}") for i, one in enumerate(trace.uncontrolled)]
    places = stream(chosen.seed, Purpose.LADDER, 0).random((chosen.draws, len(numbers)))
    values = drawn(numbers, places)
    order = np.tile(np.arange(parties, dtype=np.int64), (chosen.draws, 1))
    moves = np.zeros((parties, rungs), dtype=np.bool_)
    for one in trace.moves:
        if one.not_counted is None:
            moves[one.party, one.rung] = True
    opposed = np.zeros((parties, parties), dtype=np.bool_)
    for place, others in enumerate(trace.opponents):
        opposed[place, list(others)] = True
    return LadderModel(
        moves=moves,
        opposed=opposed,
        accident=1.0 - (1.0 - values[:, accident]) ** chosen.months,
        cost=values[:, np.array(cost)] * chosen.months,
        end=values[:, np.array(end)],
        uncontrolled=values[:, lost],
        order=stream(chosen.seed, Purpose.LADDER, 1).permuted(order, axis=1),
        climb=chosen.climb,
    )
