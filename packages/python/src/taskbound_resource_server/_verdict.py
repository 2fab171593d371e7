# SPDX-License-Identifier: Apache-2.0
"""What a service answers; contract/verdicts.json keeps it in step with Java and Node."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Mapping, Optional, Tuple, Union

_ALGORITHMS = 'algs="ES256"'
_RETRY_AFTER = 5.0
# A bounded set, whatever a newer issuer says.
_KNOWN = frozenset({"expired", "closed", "lapsed", "window", "spent"})


@dataclass(frozen=True)
class TaskDetail:
    """One permission of a token."""

    task: str
    actions: Tuple[str, ...]
    locations: Tuple[str, ...]
    identifier: str


@dataclass(frozen=True)
class ActiveToken:
    """What the issuer says about a living token. ``handle`` is its ``jti``: public, the word for it in your log."""

    handle: str
    subject: str
    audience: str
    txn: Optional[str]
    expires_at: datetime
    details: Tuple[TaskDetail, ...]
    uses_left: Optional[int]
    key_thumbprint: Optional[str]
    nonce: Optional[str]

    def permits(self, action: str, identifier: str) -> bool:
        """Exactly this action on exactly this target: no patterns, no other case, no decoding."""
        return any(action in detail.actions and identifier == detail.identifier for detail in self.details)


@dataclass(frozen=True)
class Allowed:
    """Do the task. ``headers`` are to be set on your answer: ``DPoP-Nonce``, if the token is bound to a key."""

    token: ActiveToken
    headers: Mapping[str, str] = field(default_factory=dict)
    allowed: bool = field(default=True, init=False)
    status: int = field(default=200, init=False)
    reason: str = field(default="allowed", init=False)


@dataclass(frozen=True)
class Refused:
    """Do not do the task.

    ``status`` is 401, 403, 409 or 503. ``reason`` is a word of a bounded set, for logs and metrics: no_token, malformed,
    invalid_token, expired, closed, lapsed, window, spent, not_permitted, repeat, invalid_dpop_proof, use_dpop_nonce,
    misconfigured, unavailable. ``message`` is one sentence for the caller. ``headers`` are to be set on your answer:
    WWW-Authenticate, DPoP-Nonce, Retry-After. ``operator`` is for your own log, where it is your own fault or an outage;
    never for the caller.
    """

    status: int
    reason: str
    message: str
    headers: Mapping[str, str] = field(default_factory=dict)
    operator: Optional[str] = None
    allowed: bool = field(default=False, init=False)


Verdict = Union[Allowed, Refused]


def allowed(token: ActiveToken) -> Allowed:
    return Allowed(token, _nonce_header(token.nonce))


def nothing() -> Refused:
    """The request brings no token (RFC 6750 section 3, RFC 9449 section 7.1)."""
    return _unauthorised("no_token", "This needs a task token.", f"Bearer, DPoP {_ALGORITHMS}")


def malformed(why: str) -> Refused:
    return _unauthorised("malformed", f"The token cannot be read: {why}.", 'Bearer error="invalid_request"')


def not_bound() -> Refused:
    return _unauthorised(
        "invalid_token",
        "The token is bound to no key, so it cannot be used under the scheme DPoP.",
        f'DPoP error="invalid_token", {_ALGORITHMS}',
    )


def repeated() -> Refused:
    return Refused(409, "repeat", "This use was counted before.")


def not_permitted(scheme: str, nonce: Optional[str] = None) -> Refused:
    challenge = f'{scheme} error="insufficient_scope"{_algorithms(scheme)}'
    headers = {"WWW-Authenticate": challenge, **_nonce_header(nonce)}
    return Refused(403, "not_permitted", "The token does not permit this.", headers)


def invalid_proof(nonce: Optional[str]) -> Refused:
    message = "The proof of the token's key is missing or is not for this request."
    return _unauthorised("invalid_dpop_proof", message, f'DPoP error="invalid_dpop_proof", {_ALGORITHMS}', nonce)


def dead(reason: object, scheme: str, nonce: Optional[str]) -> Refused:
    """A token that the issuer does not let through."""
    if reason == "not_permitted":
        return not_permitted(scheme, nonce)
    if reason == "invalid_dpop_proof":
        return invalid_proof(nonce)
    if reason == "use_dpop_nonce":
        message = "The proof must carry the nonce of this answer."
        return _unauthorised("use_dpop_nonce", message, f'DPoP error="use_dpop_nonce", {_ALGORITHMS}', nonce)
    challenge = f'{scheme} error="invalid_token"{_algorithms(scheme)}'
    word = reason if isinstance(reason, str) and reason in _KNOWN else "invalid_token"
    return _unauthorised(word, "The token is not valid, or no longer.", challenge, nonce)


def misconfigured(operator: str) -> Refused:
    return _unknown("misconfigured", operator, None)


def unavailable(operator: str, retry_after: Optional[float] = None) -> Refused:
    return _unknown("unavailable", operator, retry_after)


def _unknown(reason: str, operator: str, retry_after: Optional[float]) -> Refused:
    seconds = max(1, int(_RETRY_AFTER if retry_after is None else retry_after))
    message = "It is not known at present whether the token may be used. Try again later."
    return Refused(503, reason, message, {"Retry-After": str(seconds)}, operator)


def _unauthorised(reason: str, message: str, challenge: str, nonce: Optional[str] = None) -> Refused:
    return Refused(401, reason, message, {"WWW-Authenticate": challenge, **_nonce_header(nonce)})


def _algorithms(scheme: str) -> str:
    return f", {_ALGORITHMS}" if scheme == "DPoP" else ""


def _nonce_header(nonce: Optional[str]) -> Mapping[str, str]:
    return {} if nonce is None else {"DPoP-Nonce": nonce}
