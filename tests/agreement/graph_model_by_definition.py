"""The definitions of the graph model written out, with sets and loops and nothing clever."""

from collections.abc import Callable, Iterator
from itertools import product

from detente.engines.stability import Concept, Direction, Players, Reply, StabilityModel

State = int
Better = Callable[[State, State], bool]


class ByDefinition:
    """Stability of states by looking at every improvement, every reply and every escape."""

    def __init__(self, model: StabilityModel, players: Players, reply: Reply) -> None:
        self.model, self.players, self.reply = model, players, reply
        self.occurring = [s for s in range(model.states) if model.feasible is None or model.feasible[s]]

    def moves(self, player: int, s: State) -> set[State]:
        """Return the states that a player reaches from s in one move."""
        return {t for t in self.occurring if t != s and self.may_move(player, s, t)}

    def may_move(self, player: int, s: State, t: State) -> bool:
        model = self.model
        for j in range(model.switches):
            before, after = s >> j & 1, t >> j & 1
            if before == after:
                continue
            if model.owner[j] not in self.players[player]:
                return False
            if not before and model.allowed[j] is Direction.DROP_ONLY:
                return False
            if before and model.allowed[j] is Direction.TAKE_ONLY:
                return False
            if model.banned is not None and int(model.banned[s]) >> j & 1:
                return False
        return True

    def better(self, player: int, s: State, t: State) -> bool:
        """Return whether every member of the player strictly prefers t to s."""
        return all(self.model.ranks[party, t] > self.model.ranks[party, s] for party in self.players[player])

    def improvements(self, player: int, s: State) -> set[State]:
        return {t for t in self.moves(player, s) if self.better(player, s, t)}

    def replies(self, player: int, s1: State, *, improving: bool) -> set[State]:
        """Return the states at which the others may end after the player has moved to s1."""
        others = frozenset(k for k in range(len(self.players)) if k != player)
        step = self.improvements if improving else self.moves
        if self.reply is Reply.SINGLE:
            return {t for k in others for t in step(k, s1)}
        reached: set[tuple[State, frozenset[int]]] = set()
        waiting: list[tuple[State, frozenset[int]]] = [(s1, frozenset())]
        while waiting:
            s, barred = waiting.pop()  # barred: who has moved (once each), or who moved last (legal)
            for k in others - barred:
                for t in step(k, s):
                    node = (t, barred | {k} if self.reply is Reply.ONCE else frozenset({k}))
                    if node not in reached:
                        reached.add(node)
                        waiting.append(node)
        return {t for t, _ in reached}

    def stable(self, concept: Concept, player: int, s: State) -> bool:
        return all(self.deterred(concept, player, s, s1) for s1 in self.improvements(player, s))

    def deterred(self, concept: Concept, player: int, s: State, s1: State) -> bool:
        if concept is Concept.NASH:
            return False
        if concept is Concept.SIM:
            return any(not self.better(player, s, s2) for s2 in self.sums(player, s, s1))
        for s2 in self.replies(player, s1, improving=concept is Concept.SEQ):
            escapes = self.moves(player, s2) if concept is Concept.SMR else set()
            if not any(self.better(player, s, s3) for s3 in {s2} | escapes):
                return True
        return False

    def sums(self, player: int, s: State, s1: State) -> Iterator[State]:
        """Return where changes from s end up when others improve at the same time as the player moves to s1."""
        others = [k for k in range(len(self.players)) if k != player]
        for targets in product(*({s} | self.improvements(k, s) for k in others)):
            s2 = s1
            for t in targets:
                s2 ^= s ^ t
            if s2 in self.occurring:
                yield s2
