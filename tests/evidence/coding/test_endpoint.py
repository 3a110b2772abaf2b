"""Proposals of a model: asked only at the address given, matched to spans, marked, and never silently taken."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from detente.core.errors import EvidenceError
from detente.evidence.coding.endpoint import Endpoint, proposals
from detente.evidence.reading.document import Document, Format, Paragraph, Role
from detente.evidence.statement import Act

TEXT = "Menu\nOstia turned the draft down. Tarvia offered to mediate, and Tarvia offered to host."


def document() -> Document:
    return Document("a.txt", Format.TEXT, "0", TEXT, (Paragraph(1, 0, 4, Role.BOILERPLATE), Paragraph(2, 5, len(TEXT))))


class Answering:
    """A server on this machine that answers each request with the next of its answers and keeps what it was sent."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str], bytes]] = []
        self.requests: list[tuple[str, dict[str, str], Any]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append((self.path, dict(self.headers), body))
                status, headers, raw = outer.answers.pop(0)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def says(self, content: object) -> None:
        text = content if isinstance(content, str) else json.dumps(content)
        self.answers.append((200, {}, json.dumps({"choices": [{"message": {"content": text}}]}).encode()))


@pytest.fixture
def server() -> Iterator[Answering]:
    one = Answering()
    yield one
    one.server.shutdown()
    one.server.server_close()


def proposal(**changes: object) -> dict[str, object]:
    return {
        "quote": "Ostia turned the draft down",
        "act": "reject",
        "voice": "author",
        "attribution": "reported_event",
        "actor": ["OST"],
        "target": ["TAR"],
    } | changes


def test_a_proposal_that_quotes_the_text_is_marked_and_sent_to_review(server: Answering) -> None:
    server.says("Here it is:\n```json\n" + json.dumps([proposal()]) + "\n```")
    found = proposals(document(), Endpoint(server.address, "small", "secret"), actors=["OST", "TAR"])
    (coding,) = found.codings
    assert TEXT[coding.start : coding.end] == "Ostia turned the draft down"
    assert (coding.act, coding.actors, coding.rule, coding.confidence) == (Act.REJECT, ("OST",), "model:small", 0.0)
    assert coding.review
    (path, headers, body) = server.requests[0]
    assert (path, headers["Authorization"]) == ("/v1/chat/completions", "Bearer secret")
    assert body["messages"][1]["content"] == TEXT[5:]  # the body only, no boilerplate


@pytest.mark.parametrize(
    "wrong",
    [
        proposal(quote="Ostia rejected the draft"),  # not the words of the text
        proposal(quote="Tarvia offered to"),  # stands there twice
        proposal(quote=" "),
        proposal(quote=7),
        proposal(act="surrender"),
        proposal(attribution="gossip"),
        proposal(actor=[]),
        proposal(actor={"OST": 1}),
        proposal(voice=""),
    ],
)
def test_a_proposal_that_fits_no_span_or_no_code_is_dropped_and_counted(
    server: Answering, wrong: dict[str, object]
) -> None:
    server.says([wrong, proposal(), proposal()])
    found = proposals(document(), Endpoint(server.address, "small"))
    assert len(found.codings) == 1
    assert found.dropped == 2  # the wrong one, and the same once more


@pytest.mark.parametrize("content", ["I cannot do that.", "[" * 5000, "[1, 2]", "{}"])
def test_an_answer_that_is_no_list_proposes_nothing(server: Answering, content: str) -> None:
    server.says(content)
    assert proposals(document(), Endpoint(server.address, "small")).codings == ()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((500, {}, b""), "answers 500"),
        ((302, {"Location": "http://127.0.0.1:9/elsewhere"}, b""), "answers 302"),
        ((200, {}, b"not json"), "not JSON"),
        ((200, {}, b" " * ((1 << 20) + 2)), "more than"),
    ],
)
def test_an_endpoint_that_fails_is_one_line(
    server: Answering, answer: tuple[int, dict[str, str], bytes], said: str
) -> None:
    server.answers.append(answer)
    with pytest.raises(EvidenceError) as refused:
        proposals(document(), Endpoint(server.address, "small"))
    assert said in refused.value.line()
    assert len(server.requests) == 1


def test_an_endpoint_that_is_not_there_is_one_line() -> None:
    with pytest.raises(EvidenceError, match="cannot be asked"):
        proposals(document(), Endpoint("http://127.0.0.1:9/v1", "small"))


@pytest.mark.parametrize("address", ["", "localhost", "file:notes", "ftp://host", "http://"])
def test_an_address_is_http_with_a_host(address: str) -> None:
    with pytest.raises(EvidenceError, match="no address"):
        Endpoint(address, "small")


def test_no_proxy_of_the_environment_is_asked(server: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    server.says([proposal()])
    assert len(proposals(document(), Endpoint(server.address, "small")).codings) == 1
