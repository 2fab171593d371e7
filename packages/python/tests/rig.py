# SPDX-License-Identifier: Apache-2.0
"""A stand-in issuer on loopback, and the vectors that the tests of every language read."""

import json
import pathlib
import socket
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from taskbound_resource_server._call import Surroundings

CONTRACT = pathlib.Path(__file__).resolve().parents[3] / "contract"
START = datetime.fromisoformat("2026-11-23T10:00:00+00:00").timestamp()


def vectors(name):
    return json.loads((CONTRACT / name).read_text(encoding="utf-8"))


def answer(status, body="", headers=None):
    """A body that is no text is written as JSON."""
    return ("answer", status, body if isinstance(body, str) else json.dumps(body), headers or {})


CUT = ("cut",)
HANG = ("hang",)
DRIP = ("drip",)


class Still:
    """Numbers and pauses that are always the same; the clock moves on by the pauses alone."""

    def __init__(self):
        self.now = START
        self.pauses = []

    def around(self, send):
        return Surroundings(send, clock=lambda: self.now, sleep=self.sleep, random=lambda: 0.5)

    def sleep(self, seconds):
        self.pauses.append(round(seconds * 1000))
        self.now += seconds


class StandIn:
    """Plays turns, the last one for ever, and keeps what was asked."""

    def __init__(self, *turns):
        self.turns = list(turns)
        self.asked = []
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def _next(self):
        with self._lock:
            return self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]

    def _handler(stand_in):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                asked = {"path": self.path, "headers": self.headers, "form": dict(parse_qsl(body))}
                stand_in.asked.append(asked)
                kind, *more = stand_in._next()
                getattr(self, kind)(*more)

            def answer(self, status, text, headers):
                self.send_response(status)
                for name, value in {"Content-Length": str(len(text.encode())), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text.encode())

            def cut(self):
                self.connection.shutdown(socket.SHUT_RDWR)

            def hang(self):
                stand_in.closing.wait(30)

            def drip(self):
                """A byte now and then: no single wait is long."""
                self.send_response(200)
                self.end_headers()
                while not stand_in.closing.wait(0.02):
                    self.wfile.write(b" ")
                    self.wfile.flush()

            def log_message(self, *_):
                pass

        return Handler
