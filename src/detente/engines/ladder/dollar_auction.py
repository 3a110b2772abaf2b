"""The dollar auction with a budget: a toy of escalation in which both pay what they bid [ONeill1986]_.

Two bid in turn in whole units for a stake; who passes loses its bid, the other gets the stake less its own. Neither can
bid above the budget. It shows that the first step may settle the matter, and how far it would have to go; no case is
computed with it.

References
----------
.. [ONeill1986] O'Neill (1986). International escalation and the dollar auction. Journal of Conflict Resolution 30(1),
   33-50.
"""

from __future__ import annotations

from detente.core.errors import ModelError


def first_bid(*, stake: int, budget: int) -> int:
    """Return the first bid after which the other passes: (budget - 1) mod (stake - 1) + 1.

    Raises
    ------
    ModelError
        If the stake is below 2 or the budget below the stake.

    Examples
    --------
    >>> first_bid(stake=20, budget=50), first_bid(stake=5, budget=11)
    (12, 3)
    """
    if stake < 2 or budget < stake:
        raise ModelError(
            where="dollar_auction",
            what="the formula is for a stake of at least 2 and a budget that is no less",
            got=f"stake {stake}, budget {budget}",
            allowed="Whole units, 2 <= stake <= budget",
            hint="Correct them",
        )
    return (budget - 1) % (stake - 1) + 1
