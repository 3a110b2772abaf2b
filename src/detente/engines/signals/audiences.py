r"""Words before two audiences: in private to one, in private to the other, or in public to both.

A speaker knows which of two states holds. Each hearer has two acts, one that suits it in each state. If hearer P
believes the first state it does what gives the speaker :math:`v_1` there, and if it believes the second, what gives
:math:`v_2` there; a wrong belief gives 0. For the other hearer these are :math:`w_1, w_2`. Words cost nothing. They
can tell the states apart

* in private to P if :math:`v_1 \ge 0` and :math:`v_2 \ge 0`;
* in private to Q if :math:`w_1 \ge 0` and :math:`w_2 \ge 0`;
* in public if :math:`v_1 + w_1 \ge 0` and :math:`v_2 + w_2 \ge 0`.

So a second audience can *discipline* words that would tell nothing without it, or *subvert* words that would; and what
can be told to each in private can be told to both in public.

References
----------
.. [FarrellGibbons1989] Farrell, J. & Gibbons, R. (1989). Cheap talk with two audiences. American Economic Review 79(5),
   1214-1223.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Disclosure(StrEnum):
    """What a second audience does to words."""

    NOTHING = "nothing can be told"
    FULL = "all can be told, in private and in public"
    ONE_SIDED = "one-sided discipline"
    MUTUAL = "mutual discipline"
    SUBVERSION = "subversion"


@dataclass(frozen=True, slots=True)
class TwoAudiences:
    """What being believed is worth to a speaker in each state, with each of two hearers."""

    first: tuple[float, float]
    second: tuple[float, float]

    @property
    def private(self) -> tuple[bool, bool]:
        """Whether words can tell the states apart in private, to each hearer."""
        return min(self.first) >= 0, min(self.second) >= 0

    @property
    def public(self) -> bool:
        """Whether words can tell the states apart before both."""
        return all(one + other >= 0 for one, other in zip(self.first, self.second, strict=True))

    @property
    def disclosure(self) -> Disclosure:
        """Return what the presence of both does.

        Examples
        --------
        >>> TwoAudiences(first=(1.0, -1.0), second=(0.0, 2.0)).disclosure.value
        'one-sided discipline'
        """
        alone = sum(self.private)
        if self.public:
            return (Disclosure.MUTUAL, Disclosure.ONE_SIDED, Disclosure.FULL)[alone]
        return Disclosure.SUBVERSION if alone else Disclosure.NOTHING
