"""A web server on loopback that serves one file as badly as a test wants."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Behaviour:
    """What the server does."""

    content: bytes
    status: int = 200
    ranges: bool = True
    """Whether it answers requests for a part."""
    tag: str = '"one"'
    drop_after: list[int] = field(default_factory=list)
    """For each request in turn: bytes of the body after which the connection is dropped."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Range and If-Range of each request that came."""


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[str]:
    """The address of the file."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range", ""), self.headers.get("If-Range", "")
            behaviour.asked.append(asked)
            if behaviour.status != 200:
                self.send_error(behaviour.status)
                return
            content, start = behaviour.content, 0
            found = re.fullmatch(r"bytes=(\d+)-", asked[0])
            if found and behaviour.ranges and asked[1] == behaviour.tag:
                start = int(found[1])
                if start >= len(content):
                    self.send_response(416)
                    self.send_header("Content-Range", f"bytes */{len(content)}")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                self.send_response(206)
                last = len(content) - 1
                self.send_header("Content-Range", f"bytes {start}-{last}/{len(content)}")
            else:
                self.send_response(200)
            self.send_header("ETag", behaviour.tag)
            self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            body = content[start:]
            if behaviour.drop_after:
                body = body[: behaviour.drop_after.pop(0)]
                self.close_connection = True
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/model.zip"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
