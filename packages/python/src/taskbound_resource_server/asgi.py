# SPDX-License-Identifier: Apache-2.0
"""A middleware for ASGI 3, such as Starlette and FastAPI stand on."""

from __future__ import annotations

import asyncio
from typing import Any, Awaitable, Callable, Dict, List, Optional
from urllib.parse import quote

from ._mapping import OnVerdict, Protection, ToUse, answer
from ._presented import presented
from ._server import ResourceServer
from ._verdict import ActiveToken, Refused

Scope = Dict[str, Any]
Receive = Callable[[], Awaitable[Dict[str, Any]]]
Send = Callable[[Dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

TOKEN = "taskbound.token"
"""Where the application finds the living ActiveToken in its scope."""


def protect(
    application: Application,
    server: ResourceServer,
    to_use: ToUse,
    *,
    public_url: str,
    introspect: bool = False,
    on_verdict: Optional[OnVerdict] = None,
) -> Application:
    """Lets an HTTP request on to the application when its token was redeemed for what ``to_use`` makes of it.

    The issuer is asked in a thread, so that it does not hold up the event loop. Start and stop of the server pass through; any other
    kind of connection, such as a WebSocket, is not let in.

    :param to_use: called with the scope, in that thread; returns action and identifier, or None for a request that no
        token permits
    :param public_url: the service's own address as callers know it, which proofs have to name
    :param introspect: ask whether the token is alive, and count nothing
    :param on_verdict: hears each verdict with the scope, for logs and metrics; must not raise
    """
    protection = Protection(server, to_use, public_url, introspect, on_verdict)

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await application(scope, receive, send)
            return
        if scope["type"] != "http":
            raise ValueError(f"taskbound lets no {scope['type']} connection in")
        asked = presented(_values(scope, b"authorization"), _values(scope, b"dpop"))
        verdict = await asyncio.to_thread(protection.decide, asked, scope, scope["method"], _path(scope))
        if isinstance(verdict, Refused):
            headers, body = answer(verdict)
            await send({"type": "http.response.start", "status": verdict.status, "headers": _bytes(headers)})
            await send({"type": "http.response.body", "body": body})
            return
        more = _bytes(list(verdict.headers.items()))

        async def started(message: Dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *more]}
            await send(message)

        await application({**scope, TOKEN: verdict.token}, receive, started)

    return guarded


def token_of(scope: Scope) -> ActiveToken:
    """The living token of a request that ``protect`` let through."""
    token: ActiveToken = scope[TOKEN]
    return token


def _values(scope: Scope, name: bytes) -> List[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


def _path(scope: Scope) -> str:
    raw: Optional[bytes] = scope.get("raw_path")
    return quote(scope["path"], safe="/~!$&'()*+,;=:@") if raw is None else raw.split(b"?")[0].decode("latin-1")


def _bytes(headers: Any) -> List[Any]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
