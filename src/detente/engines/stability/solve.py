"""Which states would last: stability of every state for every player, and the equilibria."""

from collections.abc import Sequence

import numpy as np

from detente.core.progress import Progress, silent
from detente.engines.stability.general import solve_general
from detente.engines.stability.model import (
    Concept,
    Findings,
    Players,
    Reply,
    StabilityModel,
    check_players,
    single_parties,
)
from detente.engines.stability.reversible import solve_reversible


def solve(
    model: StabilityModel,
    *,
    concepts: Sequence[Concept] = tuple(Concept),
    reply: Reply = Reply.LEGAL,
    players: Players | None = None,
    progress: Progress = silent,
) -> Findings:
    r"""Return which states are stable for each player, and which for all.

    A player leaves a state for an improvement unless something deters it:

    * Nash: nothing does; stable where there is no improvement.
    * GMR: some reply of the others leads to a state that is no better for it.
    * SMR: the same, and from there no move of its own gets it to a better one.
    * SEQ: the same as GMR, with replies that are improvements for those who make them.
    * SIM: the others do not wait; each stays or makes one improvement of its own from
      the same state, and the changes add up to a state that can occur and is no better.

    "Better" and "no better" are against the state that the player thinks of leaving.
    Nash implies every other concept, SMR implies GMR, SEQ implies GMR.

    Parameters
    ----------
    model : StabilityModel
        Who may do what, and the rankings.
    concepts : sequence of Concept
        Those wanted; SIM costs most, since it looks at every sum of improvements.
    reply : Reply
        How the others may answer under GMR, SMR and SEQ.
    players : tuple of tuples of int, optional
        A partition of the parties into players; each party for itself when absent.
    progress : Progress
        Told the share of the work that is done.

    Returns
    -------
    Findings

    Raises
    ------
    ModelError
        If the players are no partition, or, with the states, too many for replies of each once.

    References
    ----------
    [Fang1993]_, chapter 3; [Nash1950]_; [Howard1971]_; [FraserHipel1979]_;
    [Kilgour2001]_ for coalitions.

    Examples
    --------
    The prisoner's dilemma; switch j is "cooperate" of party j, and codes are 0 to 3.

    >>> import numpy as np
    >>> from detente.engines.stability import Concept, Direction, StabilityModel, solve
    >>> ranks = np.array([[1, 0, 3, 2], [1, 3, 0, 2]], dtype=np.int32)
    >>> model = StabilityModel(2, (0, 1), (Direction.BOTH,) * 2, ranks)
    >>> found = solve(model)
    >>> found.equilibria[Concept.NASH].tolist(), found.equilibria[Concept.SEQ].tolist()
    ([0], [0, 3])
    """
    parts = single_parties(model) if players is None else tuple(tuple(sorted(part)) for part in players)
    check_players(model, parts, "stability.solve")
    wanted = tuple(dict.fromkeys(concepts))
    alone = all(len(part) == 1 for part in parts)
    fast: tuple[Concept, ...] = ()
    if model.reversible and alone and reply is Reply.LEGAL and model.switches:
        fast = tuple(concept for concept in wanted if concept is not Concept.SIM)
    stability = {}
    if fast:
        by_party = solve_reversible(model, fast)
        rows = [part[0] for part in parts]
        plain = rows == list(range(model.parties))
        stability = {concept: found if plain else found[rows] for concept, found in by_party.items()}
    slow = [concept for concept in wanted if concept not in fast]
    for done, concept in enumerate(slow):
        progress(done / len(slow), concept.value)
        stability |= solve_general(model, (concept,), reply, parts)
    progress(1.0, "")
    return Findings(
        players=parts,
        reply=reply,
        stability={concept: stability[concept] for concept in wanted},
        equilibria={concept: np.flatnonzero(stability[concept].all(axis=0)).astype(np.int64) for concept in wanted},
    )
