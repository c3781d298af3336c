import socket
import sys
from pathlib import Path

import httpx
import pytest

from evaluation.server import ServerError
from evaluation.system import running

SERVER = """
import http.server, os
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(os.environ["GREETING"].encode())
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Ready).serve_forever()
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_runs_with_its_settings_and_is_gone_afterwards(port: int, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{port}/readyz"
    settings = {"PORT": str(port), "GREETING": "hello"}
    with running([sys.executable, "-c", SERVER], url, settings, tmp_path / "log", patience=30):
        assert httpx.get(url).text == "hello"
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_a_start_that_fails_says_why(port: int, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{port}/readyz"
    command = [sys.executable, "-c", "raise SystemExit('no model')"]
    with (
        pytest.raises(ServerError, match="no model"),
        running(command, url, {}, tmp_path / "log", patience=30),
    ):
        pass
