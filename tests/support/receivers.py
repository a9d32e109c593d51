"""A receiver of webhooks, which runs here for the time of a test."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver(ThreadingHTTPServer):
    """Keeps what it is sent, and answers with the statuses that a test sets, one after the other."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/hook"
        self.statuses: list[int] = []
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answering = threading.Event()
        """Until it is set, nobody gets an answer."""
        self.answering.set()


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.server.got.append(({"followed": self.path}, b""))
        self.send_response(200)
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.got.append((headers, body))
        self.server.answering.wait()
        status = self.server.statuses.pop(0) if self.server.statuses else 204
        if status < 0:
            self._drip()
            return
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def _drip(self) -> None:
        """Answer byte by byte until the other side has enough of it."""
        try:
            self.wfile.write(b"HTTP/1.1 204 No")
            while True:
                self.wfile.write(b" ")
                time.sleep(0.01)
        except OSError:
            self.close_connection = True


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver."""
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
