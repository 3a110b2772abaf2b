"""How GMCR+ numbers states, by which a ranking by hand names them.

When the program opens a file it first puts the options of each decision maker together, in the order of the decision
makers. Only then is bit j of a state's code its option j; states that can be are numbered from 1 by this code. A
file may list the options otherwise, so its numbers cannot be told from the order of the options alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def program_codes(states: Iterable[int], owned: Sequence[Sequence[int]]) -> Mapping[int, int]:
    """Return the program's code of each state, in the order of its numbers.

    Parameters
    ----------
    states : iterable of int
        Codes in the order of the file: bit j is its option j.
    owned : sequence of sequences of int
        The options of each decision maker, by place in the file.

    Examples
    --------
    >>> list(program_codes([0, 1, 2, 4], [(0, 2), (1,)]).items())  # the middle option becomes the last
    [(0, 0), (1, 1), (4, 2), (2, 4)]
    """
    order = [option for options in owned for option in options]
    codes = {code: sum(1 << at for at, option in enumerate(order) if code >> option & 1) for code in states}
    return dict(sorted(codes.items(), key=lambda pair: pair[1]))
