"""Whether everything that a case names exists, and every number lies where it may.

The parts are read in the order of the files. What one part cannot know of another is checked here; what a part
knows by itself is refused when it is built.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from detente.case.case import Case
from detente.case.claim_problems import claim_problems, statement_problems
from detente.case.consent import Consent
from detente.case.crisis_problems import crisis_problems
from detente.case.issue import Issue
from detente.case.known import Known, each_unknown, repeated, unknown, unknown_grounds, unknown_in
from detente.case.lens_path import FORMS, lens_target
from detente.case.preference_problems import preference_problems
from detente.case.problem import PathTo, Problem
from detente.case.ranges import LARGEST, number_problems
from detente.case.stability_problems import stability_problems
from detente.case.tabled import demanded_in
from detente.core.condition import Condition, Every

SEARCH_STEPS = 20_000


def reference_problems(case: Case) -> tuple[Problem, ...]:
    """Return what is wrong across the parts of a case whose parts are each well formed.

    Numbers outside their range, ids that stand twice, names of nothing, cycles, links and texts that contradict
    themselves; in the order of the case, each with its path.
    """
    known = Known(case)
    duplicates = list(_duplicates(case))
    if duplicates:  # what an id means is not settled: every other finding could mislead
        return tuple(duplicates)
    frame, said = (_frame, _parties, _issues, _links), (_positions, _texts)
    parts = (
        *(*frame, *said, preference_problems, number_problems),
        *(_context, stability_problems, crisis_problems, _lenses, _record, claim_problems),
    )
    return tuple(problem for part in parts for problem in part(case, known))


# ids


def _duplicates(case: Case) -> Iterator[Problem]:
    kinds = (
        *("parties", "consent_lists", "issues", "links", "texts", "packages", "moves", "forums", "third_parties"),
        *("terms", "constituencies", "trust_classes", "lenses", "sources", "claims", "agreed_texts"),
    )
    for kind in kinds:
        yield from _twice([((kind, place), item.id) for place, item in enumerate(getattr(case, kind))], kind)
    yield from _twice(
        [
            ((kind, place), item.id)
            for kind in ("positions", "statements", "events")
            for place, item in enumerate(getattr(case, kind))
        ],
        "statements, positions and events together",
    )
    scenarios = case.no_agreement.scenarios
    yield from _twice([(("no_agreement", "scenarios", at), one.id) for at, one in enumerate(scenarios)], "scenarios")
    outlooks = case.no_agreement.outlooks
    yield from _twice([(("no_agreement", "outlooks", at), one.party) for at, one in enumerate(outlooks)], "outlooks")
    yield from _twice([(("preferences", at), one.party) for at, one in enumerate(case.preferences)], "preferences")
    yield from _twice(
        [
            (("preferences", at, "red_lines", place), line.id)
            for at, one in enumerate(case.preferences)
            for place, line in enumerate(one.red_lines)
        ],
        "red lines",
    )
    for at, issue in enumerate(case.issues):
        options = [(("issues", at, "options", place), option.id) for place, option in enumerate(issue.options)]
        yield from _twice(options, "the options of an issue")
    for at, text in enumerate(case.texts):
        articles = [(("texts", at, "articles", place), article.id) for place, article in enumerate(text.articles)]
        yield from _twice(articles, "the articles of a text")


def _twice(items: Sequence[tuple[PathTo, str]], kind: str) -> Iterator[Problem]:
    counts = Counter(name for _, name in items)
    seen: set[str] = set()
    for path, name in items:
        if counts[name] > 1 and name in seen:
            words = f"Ids are unique among {kind.replace('_', ' ')}"
            yield Problem(path, "this id stands here twice", name, words, "Rename or remove one of them")
        if name.startswith("x-"):
            yield Problem(path, "an id cannot begin with x-", name, "x- marks extra data", "Rename it")
        seen.add(name)


# the frame: period, scale, parties, consent


def _frame(case: Case, known: Known) -> Iterator[Problem]:
    if case.period is not None and case.period.last < case.period.first:
        yield Problem(
            ("period",),
            "the period ends before it begins",
            f"{case.period.first} to {case.period.last}",
            hint="Exchange the two days",
        )
    if case.scale is not None and not case.scale.low < case.scale.high:
        got = f"{case.scale.low:g} to {case.scale.high:g}"
        yield Problem(("scale",), "the scale is empty", got, "Its low end lies below its high end", "Correct it")
    if case.scale is not None:
        for field, end in (("low", case.scale.low), ("high", case.scale.high)):
            if abs(end) > LARGEST:
                allowed = f"Utilities lie between -{LARGEST:,.0f} and {LARGEST:,.0f}"
                yield Problem(
                    ("scale", field), "this end of the scale is too far out", end, allowed, "Use larger units"
                )
    for at, one in enumerate(case.consent_lists):
        path: PathTo = ("consent_lists", at)
        for field in ("parties", "ratifies"):
            yield from each_unknown(getattr(one, field), known.parties, "party", (*path, field))
            yield from repeated(getattr(one, field), (*path, field))
        if one.issue_by_issue and one.parties:
            allowed = "issue_by_issue uses each issue's own must_consent"
            yield Problem((*path, "parties"), "this list runs issue by issue and names parties too", None, allowed,
                          "Leave parties out")  # fmt: skip
        if not one.issue_by_issue and not one.parties:
            yield Problem(path, "the list names no party", hint="Add parties, or issue_by_issue: true")


def _parties(case: Case, known: Known) -> Iterator[Problem]:
    members: dict[str, Sequence[str]] = {party.id: party.members for party in case.parties}
    stands: dict[str, Sequence[str]] = {
        party.id: () if party.represented_by is None else (party.represented_by,) for party in case.parties
    }
    for at, party in enumerate(case.parties):
        path: PathTo = ("parties", at)
        yield from each_unknown(party.members, known.parties, "party", (*path, "members"))
        yield from repeated(party.members, (*path, "members"))
        if party.represented_by is not None:
            yield from unknown(party.represented_by, known.parties, "party", (*path, "represented_by"))
        for field in ("aliases", "roles"):
            for place, word in enumerate(getattr(party, field)):
                if word.since is not None and word.until is not None and word.until < word.since:
                    got = f"{word.since} to {word.until}"
                    yield Problem((*path, field, place), "the time ends before it begins", got, "", "Exchange the days")
    places = {party.id: at for at, party in enumerate(case.parties)}
    for field, edges in (("members", members), ("represented_by", stands)):
        cycle = _cycle(edges)
        if cycle:
            yield Problem(
                ("parties", places[cycle[0]], field),
                "there is a cycle in the requirements",
                " → ".join((*cycle, cycle[0])),
                "A party is no member of its members, and stands for nobody who stands for it",
                "Remove one of these references",
            )
            return
    for at, party in enumerate(case.parties):
        if party.represented_by is not None and stands.get(party.represented_by):
            yield Problem(
                ("parties", at, "represented_by"),
                "this party is itself represented by another",
                party.represented_by,
                "A party that stands for another speaks for itself",
                f"Write {stands[party.represented_by][0]} here",
            )


def _cycle(edges: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return one cycle of a graph, or nothing; without recursion, so that a long chain is no danger."""
    done: set[str] = set()
    for start in edges:
        trail: list[str] = []
        stack = [(start, iter(edges[start]))] if start not in done else []
        trail.extend(node for node, _ in stack)
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                trail.pop()
                done.add(node)
            elif following in trail:
                return tuple(trail[trail.index(following) :])
            elif following not in done and following in edges:
                stack.append((following, iter(edges[following])))
                trail.append(following)
    return ()


def _consent(consent: Consent, known: Known, path: PathTo) -> Iterator[Problem]:
    for field in ("owns", "signs", "must_consent", "ratifies", "can_spoil", "bound_but_absent"):
        yield from each_unknown(getattr(consent, field), known.parties, "party", (*path, field))


# issues and links


def _issues(case: Case, known: Known) -> Iterator[Problem]:
    for at, issue in enumerate(case.issues):
        path: PathTo = ("issues", at)
        yield from _consent(issue.consent, known, (*path, "consent"))
        yield from unknown_grounds(issue.statements, known, (*path, "statements"))
        for place, option in enumerate(issue.options):
            if option.consent is not None:
                yield from _consent(option.consent, known, (*path, "options", place, "consent"))
        if sum(option.status_quo for option in issue.options) > 1:
            yield Problem(path, "two options are the status quo", hint="Mark one at most")
        if issue.nesting is not None:
            chain = (*path, "nesting", "chain")
            yield from each_unknown(
                issue.nesting.chain, known.options[issue.id], f'option of issue "{issue.id}"', chain
            )
            yield from repeated(issue.nesting.chain, chain)


def _links(case: Case, known: Known) -> Iterator[Problem]:
    sound = True
    for at, link in enumerate(case.links):
        path: PathTo = ("links", at, "condition")
        broken = list(unknown_in(link.condition, known, path))
        yield from broken
        yield from unknown_grounds(link.because, known, ("links", at, "because"))
        if not broken and not _satisfiable(link.condition, case.issue):
            broken = [Problem(path, "no package keeps this link", str(link.condition), "", "Correct or remove it")]
            yield from broken
        sound = sound and not broken
    if case.links and sound and not _satisfiable(Every(tuple(link.condition for link in case.links)), case.issue):
        yield Problem(("links",), "no package keeps all links together", hint="Correct or remove one of them")


def _satisfiable(rule: Condition, issues: Mapping[str, Issue]) -> bool:
    """Return whether some package keeps a rule; yes, too, where a search of bounded length does not settle it."""
    names = rule.issues()
    open_choices: list[dict[str, str]] = [{}]
    for _ in range(SEARCH_STEPS):
        if not open_choices:
            return False
        choice = open_choices.pop()
        value = rule.holds(choice)
        if value is True:
            return True
        if value is None:
            issue = issues[names[len(choice)]]
            open_choices.extend({**choice, issue.id: option.id} for option in issue.options)
    return True


# positions, texts, answers, packages


def _positions(case: Case, known: Known) -> Iterator[Problem]:
    for at, position in enumerate(case.positions):
        path: PathTo = ("positions", at)
        yield from unknown(position.party, known.parties, "party", (*path, "party"))
        if position.because[0] not in case.statement:
            yield from unknown(
                position.because[0],
                case.statement,
                "statement",
                (*path, "because", 0),
                "The first ground is the statement in which the position was taken",
            )
        yield from unknown_grounds(position.because[1:], known, (*path, "because"))
        yield from unknown_grounds(position.see, known, (*path, "see"))
        if position.issue not in known.issues:
            yield from unknown(position.issue, known.issues, "issue", (*path, "issue"))
            continue
        for option in position.stances:
            what = f'option of issue "{position.issue}"'
            yield from unknown(option, known.options[position.issue], what, (*path, "stances", option))


def _texts(case: Case, known: Known) -> Iterator[Problem]:
    articles = {text.id: frozenset(article.id for article in text.articles) for text in case.texts}
    for at, text in enumerate(case.texts):
        path: PathTo = ("texts", at)
        yield from each_unknown(text.sources, case.source, "source", (*path, "sources"))
        yield from each_unknown(text.authors, known.parties, "party", (*path, "authors"))
        yield from each_unknown(text.addressees, known.parties, "party", (*path, "addressees"))
        yield from each_unknown(text.replies_to, case.text, "text", (*path, "replies_to"))
        for place, article in enumerate(text.articles):
            yield from each_unknown(article.issues, known.issues, "issue", (*path, "articles", place, "issues"))
        for issue, options in demanded_in(case, text).items():
            if len(options) > 1:
                said = "; ".join(f"{option} in {', '.join(positions)}" for option, positions in options.items())
                yield Problem(
                    path,
                    f'the text demands more than one option of issue "{issue}"',
                    said,
                    "Options exclude each other, so a text demands one at most",
                    "Correct the positions, or code what the text would accept besides as would_accept",
                )
    for at, answer in enumerate(case.answers):
        path = ("answers", at)
        yield from unknown(answer.text, case.text, "text", (*path, "text"))
        if answer.article is not None and answer.text in articles:
            what = f'article of text "{answer.text}"'
            yield from unknown(answer.article, articles[answer.text], what, (*path, "article"))
        yield from unknown(answer.addressee, known.parties, "party", (*path, "addressee"))
        yield from unknown(answer.issue, known.issues, "issue", (*path, "issue"))
        if answer.through is not None:
            yield from unknown(answer.through, known.parties, "party", (*path, "through"))
        yield from unknown_grounds(answer.raised_by, known, (*path, "raised_by"))
        yield from unknown_grounds(answer.because, known, (*path, "because"))
    for at, package in enumerate(case.packages):
        path = ("packages", at)
        yield from each_unknown(package.authors, known.parties, "party", (*path, "authors"))
        yield from unknown_grounds(package.because, known, (*path, "because"))
        for issue, option in package.choice.items():
            if issue not in known.issues:
                yield from unknown(issue, known.issues, "issue", (*path, "choice", issue))
            else:
                what = f'option of issue "{issue}"'
                yield from unknown(option, known.options[issue], what, (*path, "choice", issue))


# context and lenses


def _context(case: Case, known: Known) -> Iterator[Problem]:
    for at, alternative in enumerate(case.alternatives):
        yield from unknown(alternative.party, known.parties, "party", ("alternatives", at, "party"))
        yield from unknown_grounds(alternative.because, known, ("alternatives", at, "because"))
    for at, move in enumerate(case.moves):
        yield from unknown(move.party, known.parties, "party", ("moves", at, "party"))
        yield from each_unknown(move.against, known.actors, "actor", ("moves", at, "against"))
        if move.available_if is not None:
            yield from unknown_in(move.available_if, known, ("moves", at, "available_if"))
        yield from unknown_grounds(move.because, known, ("moves", at, "because"))
    for at, perception in enumerate(case.perceptions):
        yield from unknown(perception.of, known.parties, "party", ("perceptions", at, "of"))
        yield from unknown(perception.about, known.parties, "party", ("perceptions", at, "about"))
        yield from unknown_grounds(perception.because, known, ("perceptions", at, "because"))
    for at, forum in enumerate(case.forums):
        yield from each_unknown(forum.members, known.seats, "party or third party", ("forums", at, "members"))
        if forum.host is not None:
            yield from unknown(forum.host, known.seats, "party or third party", ("forums", at, "host"))
        yield from each_unknown(forum.issues, known.issues, "issue", ("forums", at, "issues"))
        yield from unknown_grounds(forum.because, known, ("forums", at, "because"))
    for at, third in enumerate(case.third_parties):
        if third.party is not None:
            yield from unknown(third.party, known.parties, "party", ("third_parties", at, "party"))
        yield from unknown_grounds(third.because, known, ("third_parties", at, "because"))
    for at, group in enumerate(case.constituencies):
        path: PathTo = ("constituencies", at)
        ranked = [scenario for tie in group.order_of_harm for scenario in tie]
        yield from (
            problem
            for name in ranked
            for problem in unknown(name, known.scenarios, "scenario", (*path, "order_of_harm"))
        )
        yield from repeated(ranked, (*path, "order_of_harm"))
        yield from unknown_grounds(group.because, known, ("constituencies", at, "because"))
    yield from _claims(case, known)
    classes = frozenset(trust.id for trust in case.trust_classes)
    for at, dyad in enumerate(case.dyads):
        path = ("dyads", at)
        yield from unknown(dyad.of, known.parties, "party", (*path, "of"))
        yield from unknown(dyad.towards, known.parties, "party", (*path, "towards"))
        yield from unknown(dyad.trust, classes, "trust class", (*path, "trust"))
        if dyad.of == dyad.towards:
            yield Problem(path, "a dyad joins two parties", dyad.of, hint="Name another party")


def _claims(case: Case, known: Known) -> Iterator[Problem]:
    for at, claim in enumerate(case.author_claims):
        path: PathTo = ("author_claims", at)
        yield from unknown(claim.about, known.parties, "party", (*path, "about"))
        yield from unknown(claim.statement, case.statement, "statement", (*path, "statement"))
        yield from unknown(claim.issue, known.issues, "issue", (*path, "issue"))
        if claim.issue in known.issues:
            what = f'option of issue "{claim.issue}"'
            yield from each_unknown(claim.rules_out, known.options[claim.issue], what, (*path, "rules_out"))
    for at, note in enumerate(case.record_notes):
        yield from unknown_grounds(note.statements, known, ("record_notes", at, "statements"))


def _lenses(case: Case, known: Known) -> Iterator[Problem]:
    for at, lens in enumerate(case.lenses):
        for place, pair in enumerate(lens.pairs):
            path: PathTo = ("lenses", at, "pairs", place)
            for number, override in enumerate(pair.overrides):
                here = (*path, "overrides", number)
                yield from unknown(override.party, known.parties, "party", (*here, "party"))
                yield from unknown_grounds(override.because, known, (*here, "because"))
                if lens_target(case, override.path) is None:
                    yield Problem(
                        (*here, "path"),
                        "this path leads to no number of the case",
                        override.path,
                        f"A path is {', '.join(FORMS[:-1])} or {FORMS[-1]}",
                        "Correct the ids in it",
                    )
            if len({override.party for override in pair.overrides}) < 2:
                yield Problem(path, "a pair changes one side only", hint="Add the override on the other side")


# the record


def _record(case: Case, known: Known) -> Iterator[Problem]:
    shared = case.record is not None  # another case's issues may be meant
    for at, statement in enumerate(case.statements):
        path: PathTo = ("statements", at)
        for place, citation in enumerate(statement.cites):
            here = (*path, "cites", place)
            yield from unknown(citation.source, case.source, "source", (*here, "source"))
            if citation.span is not None and citation.span.end <= citation.span.start:
                got = f"{citation.span.start} to {citation.span.end}"
                yield Problem((*here, "span"), "the span is empty", got, "It ends after its start", "Correct it")
        yield from each_unknown(statement.actors, known.actors, "party or actor", (*path, "actors"))
        yield from each_unknown(statement.targets, known.actors, "party or actor", (*path, "targets"))
        if statement.issue is not None and not shared:
            yield from unknown(statement.issue, known.issues, "issue", (*path, "issue"))
        if statement.option is not None and (statement.issue in known.issues or not shared):
            what = f'option of issue "{statement.issue}"' if statement.issue else "option: the statement names no issue"
            yield from unknown(statement.option, known.options.get(statement.issue or "", ()), what, (*path, "option"))
        yield from each_unknown(statement.acknowledges, case.statement, "statement", (*path, "acknowledges"))
        yield from statement_problems(case, statement, known, path)
    for at, event in enumerate(case.events):
        path = ("events", at)
        yield from each_unknown(event.actors, known.actors, "party or actor", (*path, "actors"))
        yield from each_unknown(event.targets, known.actors, "party or actor", (*path, "targets"))
        for place, claim in enumerate(event.claims):
            yield from each_unknown(claim.names, known.actors, "party or actor", (*path, "claims", place, "names"))
        yield from each_unknown(event.statements, case.statement, "statement", (*path, "statements"))
        for place, citation in enumerate(event.cites):
            yield from unknown(citation.source, case.source, "source", (*path, "cites", place, "source"))
