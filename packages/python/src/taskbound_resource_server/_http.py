# SPDX-License-Identifier: Apache-2.0
"""One POST over urllib, with a limit on its time and on its answer."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import urllib.error
import urllib.request
from typing import Any, Callable, List, Optional

from ._call import Outcome, Request

_MAX_ANSWER_BYTES = 64 * 1024


class Sender:
    """Follows no redirect, reads no more than 64 KB, and ends within the limit, in seconds."""

    def __init__(self) -> None:
        self._trust: Optional[ssl.SSLContext] = None

    def __call__(self, request: Request, limit: float) -> Outcome:
        asked = urllib.request.Request(request.url, request.body, dict(request.headers), method="POST")
        watch = _Watch(limit)
        try:
            return _read(_open(_opener(_Handler(watch, self._context)), asked, limit))
        except urllib.error.URLError as fault:
            return Outcome(_kind(fault.reason, watch))
        except (OSError, http.client.HTTPException, ValueError) as fault:
            return Outcome(_kind(fault, watch))
        finally:
            watch.stop()

    def _context(self) -> ssl.SSLContext:
        """Made once: it reads every certificate that the system trusts."""
        if self._trust is None:
            self._trust = ssl.create_default_context()
        return self._trust


def _opener(handler: urllib.request.BaseHandler) -> urllib.request.OpenerDirector:
    """With the proxies that the environment names."""
    opener = urllib.request.OpenerDirector()
    for one in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        handler,
    ):
        opener.add_handler(one)
    return opener


def _open(opener: urllib.request.OpenerDirector, asked: urllib.request.Request, limit: float) -> Any:
    """An answer of any status."""
    try:
        return opener.open(asked, timeout=limit)
    except urllib.error.HTTPError as refusal:
        return refusal


def _read(answer: Any) -> Outcome:
    with answer:
        body = answer.read(_MAX_ANSWER_BYTES + 1)
    if len(body) > _MAX_ANSWER_BYTES:
        return Outcome("large")
    if answer.status == 407:
        return Outcome("login")
    length = answer.headers.get("Content-Length", "")
    if length.isdecimal() and len(body) < int(length):
        return Outcome("lost")
    return Outcome("answer", answer.status, answer.headers.get("Retry-After"), body)


def _kind(fault: object, watch: _Watch) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return "tls"
    if watch.connected:
        return "lost"
    # There is no type for a proxy that opens no tunnel without a password.
    return "login" if str(fault).startswith("Tunnel connection failed: 407") else "refused"


class _Watch:
    """Cuts the connection when the time is over: the timeout of a socket begins again with each byte that comes."""

    def __init__(self, limit: float) -> None:
        self.connected = False
        self._sockets: List[socket.socket] = []
        self._connecting: Optional[http.client.HTTPConnection] = None
        self._timer = threading.Timer(limit, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def connect(self, connection: http.client.HTTPConnection, connect: Any) -> None:
        self._connecting = connection
        connect()
        # From here on the request may arrive. The connection forgets its socket once the answer has begun.
        self._sockets.append(connection.sock)
        self.connected = True

    def _cut(self) -> None:
        """A proxy that opens its tunnel slowly is cut too."""
        unfinished = None if self._connecting is None else self._connecting.sock
        for one in [*self._sockets, *([] if unfinished is None else [unfinished])]:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # It is closed already.

    def stop(self) -> None:
        self._timer.cancel()


class _Handler(urllib.request.AbstractHTTPHandler):
    """Both schemes; without what urllib does about redirects, and without a new set of certificates for each request."""

    def __init__(self, watch: _Watch, context: Callable[[], ssl.SSLContext]) -> None:
        super().__init__()
        self._watch = watch
        self._context = context

    http_request = https_request = urllib.request.AbstractHTTPHandler.do_request_

    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(self._plain, req)

    def https_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(self._secure, req)

    def _plain(self, host: str, **settings: Any) -> http.client.HTTPConnection:
        return _watched(http.client.HTTPConnection(host, **settings), self._watch)

    def _secure(self, host: str, **settings: Any) -> http.client.HTTPConnection:
        return _watched(http.client.HTTPSConnection(host, context=self._context(), **settings), self._watch)


def _watched(connection: http.client.HTTPConnection, watch: _Watch) -> http.client.HTTPConnection:
    connect = connection.connect
    connection.connect = lambda: watch.connect(connection, connect)  # type: ignore[method-assign]
    return connection
