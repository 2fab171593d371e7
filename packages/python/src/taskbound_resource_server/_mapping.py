# SPDX-License-Identifier: Apache-2.0
"""What the middlewares for WSGI and ASGI have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, List, Optional, Tuple
from urllib.parse import urlsplit

from . import _verdict
from ._presented import Presented, Token
from ._server import ResourceServer
from ._verdict import Refused, Verdict

ToUse = Callable[[Any], Optional[Tuple[str, str]]]
OnVerdict = Callable[[Verdict, Any], None]


@dataclass(frozen=True)
class Protection:
    """:param to_use: action and identifier that a request needs; None for a request that no token permits"""

    server: ResourceServer
    to_use: ToUse
    public_url: str
    introspect: bool
    on_verdict: Optional[OnVerdict]

    def __post_init__(self) -> None:
        url = urlsplit(self.public_url)
        if url.scheme not in ("http", "https") or not url.hostname:
            raise ValueError("public_url must be the address of this service, such as https://tickets.acme.example")
        if "@" in url.netloc or "?" in self.public_url or "#" in self.public_url:
            raise ValueError("public_url must have no user, query or fragment")

    def decide(self, presented: Presented, asked: Any, method: str, path: str) -> Verdict:
        """:param path: raw, as it was received"""
        verdict = self._verdict(presented, asked, method, path)
        if self.on_verdict is not None:
            self.on_verdict(verdict, asked)
        return verdict

    def _verdict(self, presented: Presented, asked: Any, method: str, path: str) -> Verdict:
        ask = self.server.introspect if self.introspect else self.server.redeem
        if not isinstance(presented, Token):
            return ask(presented, "", "", method=method, url="")
        try:
            use = self.to_use(asked) if path.startswith("/") else None
            if use is None:
                return _verdict.not_permitted(presented.scheme)
            action, identifier = use
            url = self.public_url.rstrip("/") + path
            return ask(presented, action, identifier, method=method, url=url)
        except Exception as fault:
            # Whatever a mapping does, nothing is let in for it; what it says may hold anything.
            return _verdict.misconfigured(f"the request could not be mapped to a use: {type(fault).__name__}")


def answer(refused: Refused) -> Tuple[List[Tuple[str, str]], bytes]:
    """Headers and body of a refusal."""
    body = (refused.message + "\n").encode()
    headers = [
        *refused.headers.items(),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("Content-Length", str(len(body))),
    ]
    return headers, body
