"""Proposals of codings by a language model behind an address that the user gives; off unless the user gives one.

The only module that opens a connection, and only to that address: no proxy of the environment is used and no
redirection followed. The text of the paragraph leaves the machine with the request, so an address on the same machine
is the usual one. A proposal has to quote its span; one whose words do not stand in the paragraph, once and exactly as
quoted, is dropped and counted. What is left is marked and goes to review like every coding.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from detente.core.errors import EvidenceError
from detente.evidence.coding.coding import Coding
from detente.evidence.coding.modality import is_hedged, is_negated, kind_of
from detente.evidence.reading.document import Document, Paragraph
from detente.evidence.statement import Act, Attribution

SECONDS = 120.0
"""How long one answer may take."""

MOST_BYTES = 1 << 20
"""Of one answer; a longer one is refused."""

INSTRUCTION = """\
You code statements in a paragraph about a dispute. Answer with JSON only: a list of objects with the keys
quote (words of the paragraph, copied exactly, one clause), act (one of: {acts}), voice (who says it; "author" for the
writer), attribution (one of: {attributions}), actor (list: whose act it is) and target (list: towards whom).
Use these ids for actors where they fit: {actors}. Code every clause that carries an act, and nothing else."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked: an address that ends before `/chat/completions`, the model's name, and a key if any."""

    address: str
    model: str
    key: str | None = None

    def __post_init__(self) -> None:
        check_address(self.address)

    @property
    def rule(self) -> str:
        """Return what stands for the rule in a coding that the model proposed."""
        return f"model:{self.model}"


def check_address(address: str) -> None:
    """Refuse what cannot be the address of an endpoint.

    Raises
    ------
    EvidenceError
        If it does not begin with http:// or https://, or names no host or no port that there can be.
    """
    try:
        parts = urlsplit(address)
        named = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that do not close, a port that is no number
        named = False
    if not named:
        raise EvidenceError(
            where="--endpoint",
            what="this is no address of an endpoint",
            got=address,
            allowed="An address begins with http:// or https:// and names a host",
            hint="Give it as far as /v1, such as http://localhost:8080/v1",
        )


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a model proposed of one document; `dropped` counts what matches no span or is outside the codebook."""

    codings: tuple[Coding, ...]
    dropped: int


def proposals(document: Document, endpoint: Endpoint, *, actors: Iterable[str] = ()) -> Proposals:
    """Return what the model behind an address proposes for a document, paragraph by paragraph.

    Parameters
    ----------
    document : Document
        Only its body is sent.
    endpoint : Endpoint
        The address that the user gave.
    actors : iterable of str
        Ids that the model may use.

    Raises
    ------
    EvidenceError
        If the address cannot be reached or does not answer as an OpenAI-compatible endpoint does.
    """
    known = ", ".join(sorted(set(actors))) or "none"
    found: list[Coding] = []
    dropped = 0
    for paragraph in document.body():
        text = document.text[paragraph.start : paragraph.end]
        for one in _asked(endpoint, text, known):
            coding = _matched(one, paragraph, text, endpoint.rule)
            if coding is None or any(coding.start == other.start and coding.end == other.end for other in found):
                dropped += 1
            else:
                found.append(coding)
    return Proposals(tuple(sorted(found, key=lambda one: (one.start, one.end))), dropped)


def _asked(endpoint: Endpoint, text: str, actors: str) -> Iterator[Mapping[str, Any]]:
    instruction = INSTRUCTION.format(acts=", ".join(Act), attributions=", ".join(Attribution), actors=actors)
    body = {
        "model": endpoint.model,
        "temperature": 0,
        "seed": 0,
        "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": text}],
    }
    answer = _sent(endpoint, body)
    try:
        content = answer["choices"][0]["message"]["content"]
        listed = json.loads(content[content.index("[") : content.rindex("]") + 1])
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError):
        return  # the model answered something else: nothing is proposed for this paragraph
    yield from (one for one in listed if isinstance(one, Mapping))


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def _sent(endpoint: Endpoint, body: Mapping[str, Any]) -> Any:
    headers = {"Content-Type": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    address = f"{endpoint.address.rstrip('/')}/chat/completions"
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirection())
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            raw = answer.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        raise _refused(endpoint, f"answers {error.code} {error.reason}") from None
    except (OSError, ValueError) as error:
        raise _refused(endpoint, f"cannot be asked: {getattr(error, 'reason', None) or error}") from None
    if len(raw) > MOST_BYTES:
        raise _refused(endpoint, f"answers with more than {MOST_BYTES:,} bytes")
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise _refused(endpoint, "answers with something that is not JSON") from None


def _refused(endpoint: Endpoint, what: str) -> EvidenceError:
    return EvidenceError(
        where=endpoint.address,
        what=f"the endpoint {what}",
        allowed="An endpoint answers POST /chat/completions as the OpenAI programming interface does",
        hint="Start it, or leave --endpoint out: rules code without it",
    )


def _matched(one: Mapping[str, Any], paragraph: Paragraph, text: str, rule: str) -> Coding | None:
    """Return a proposal as a coding, or None if its words or codes do not fit."""
    quote = one.get("quote")
    if not isinstance(quote, str) or not (quote := quote.strip()) or text.count(quote) != 1:
        return None
    try:
        act, attribution = Act(str(one.get("act"))), Attribution(str(one.get("attribution", "author_assertion")))
    except ValueError:
        return None
    actors, targets = _ids(one.get("actor")), _ids(one.get("target"))
    voice = _ids(one.get("voice", "author"))
    if not actors or not voice:
        return None
    start = paragraph.start + text.index(quote)
    return Coding(
        start=start,
        end=start + len(quote),
        act=act,
        second_act=None,
        voices=("author",) if voice == ("author",) else ("author", voice[0]),
        attribution=attribution,
        actors=actors,
        targets=targets,
        kind=kind_of(act, attribution, quote),
        confidence=0.0,
        rule=rule,
        negated=is_negated(quote),
        hedged=is_hedged(quote),
        review="proposed by a model, not by a rule",
    )


def _ids(value: Any) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(dict.fromkeys(one.strip()[:80] for one in listed if isinstance(one, str) and one.strip()))
