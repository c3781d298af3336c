import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from evaluation.chat import chat_over_http
from evaluation.server import AnswerError, ServerError

GOOD = (
    b'{"replies":[{"text":"hello","sources":["a 2023"],"cites":["card:a"]}],'
    b'"flags":{"emergency":true,"handover":false},"alarm_ref":"1234"}'
)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        status, answer = (422, b'{"detail":"no"}') if b"bad" in body else (200, GOOD)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(b"[]" if b"odd" in body else answer)

    def log_message(self, *_args: object) -> None:
        """Silent."""


@pytest.fixture
def url() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_answer_is_read_whole(url: str) -> None:
    answer = chat_over_http(url)("sender", "hello")
    assert answer.replies[0].cites == ["card:a"]
    assert answer.flags.emergency
    assert answer.alarm_ref == "1234"


@pytest.mark.parametrize("text", ["bad", "odd"])
def test_a_refusal_or_nonsense_is_an_answer_error(url: str, text: str) -> None:
    with pytest.raises(AnswerError):
        chat_over_http(url)("sender", text)


def test_nobody_there_is_a_server_error() -> None:
    with pytest.raises(ServerError, match="is away"):
        chat_over_http("http://127.0.0.1:9")("sender", "hello")
