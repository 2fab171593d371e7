# SPDX-License-Identifier: Apache-2.0
"""A middleware for WSGI (PEP 3333)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple
from urllib.parse import quote

from ._mapping import OnVerdict, Protection, ToUse, answer
from ._presented import presented
from ._server import ResourceServer
from ._verdict import ActiveToken, Refused

Environ = Dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

TOKEN = "taskbound.token"
"""Where the application finds the living ActiveToken in its environ."""


def protect(
    application: Application,
    server: ResourceServer,
    to_use: ToUse,
    *,
    public_url: str,
    introspect: bool = False,
    on_verdict: Optional[OnVerdict] = None,
) -> Application:
    """Lets a request on to the application when its token was redeemed for what ``to_use`` makes of it.

    :param to_use: called with the environ; returns action and identifier, or None for a request that no token permits
    :param public_url: the service's own address as callers know it, which proofs have to name
    :param introspect: ask whether the token is alive, and count nothing
    :param on_verdict: hears each verdict with the environ, for logs and metrics; must not raise
    """
    protection = Protection(server, to_use, public_url, introspect, on_verdict)

    def guarded(environ: Environ, start_response: Any) -> Iterable[bytes]:
        # Servers join repeated headers by commas, which neither a token nor a proof can hold.
        asked = presented(_values(environ, "HTTP_AUTHORIZATION"), _values(environ, "HTTP_DPOP"))
        verdict = protection.decide(asked, environ, environ["REQUEST_METHOD"], _path(environ))
        if isinstance(verdict, Refused):
            headers, body = answer(verdict)
            start_response(f"{verdict.status} {HTTPStatus(verdict.status).phrase}", headers)
            return [body]
        more = list(verdict.headers.items())

        def started(status: str, headers: List[Tuple[str, str]], *fault: Any) -> Any:
            return start_response(status, headers + more, *fault)

        return application({**environ, TOKEN: verdict.token}, started)

    return guarded


def token_of(environ: Environ) -> ActiveToken:
    """The living token of a request that ``protect`` let through."""
    token: ActiveToken = environ[TOKEN]
    return token


def _values(environ: Environ, name: str) -> List[str]:
    return [environ[name]] if name in environ else []


def _path(environ: Environ) -> str:
    """WSGI decodes the path; written again as a URL has it, it is the same URL (RFC 3986 section 6.2.2)."""
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return quote(path.encode("latin-1"), safe="/~!$&'()*+,;=:@")
