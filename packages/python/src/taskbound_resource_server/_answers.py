# SPDX-License-Identifier: Apache-2.0
"""Reads what the issuer answers. What is not plainly active is not active."""

from __future__ import annotations

import base64
import binascii
import json
import re
from datetime import datetime, timezone
from typing import Any, Dict, Optional, Tuple

from ._presented import TaskToken
from ._verdict import ActiveToken, TaskDetail

_IDENTIFIER = re.compile(r"[A-Za-z0-9._~@+=,/:-]{1,512}")
_ONLY_DOTS = re.compile(r"(^|[/:@+=,])[.]+([/:@+=,]|$)")
# What may stand in a header field (RFC 9449 section 8.1).
_NONCE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{1,128}")
# The last second of the year 9999, which is as far as datetime goes.
_LAST_SECOND = 253402300799

Object = Dict[str, Any]


def json_object(text: bytes) -> Optional[Object]:
    """None unless the text is one JSON object."""
    try:
        value = json.loads(text.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _no_number(word: str) -> None:
    raise ValueError("NaN and Infinity are not JSON")


def active_token(body: Object) -> Optional[ActiveToken]:
    """None unless every member that a decision rests on is there."""
    details = _details(body.get("authorization_details"))
    expires = _whole(body.get("exp"))
    names = [_text(body.get(name)) for name in ("jti", "sub", "aud")]
    if details is None or expires is None or not 0 <= expires <= _LAST_SECOND:
        return None
    handle, subject, audience = names
    if not handle or not subject or not audience:
        return None
    cnf = body.get("cnf")
    return ActiveToken(
        handle=handle,
        subject=subject,
        audience=audience,
        txn=_text(body.get("txn")),
        expires_at=datetime.fromtimestamp(expires, timezone.utc),
        details=details,
        uses_left=_whole(body.get("uses_left")),
        key_thumbprint=_text(cnf.get("jkt")) if isinstance(cnf, dict) else None,
        nonce=nonce(body),
    )


def nonce(body: Object) -> Optional[str]:
    text = _text(body.get("dpop_nonce"))
    return text if text is not None and _NONCE.fullmatch(text) else None


def says_it_is_bound(token: TaskToken) -> bool:
    """Whether a token says of itself that it is bound to a key.

    Under the scheme DPoP, one that is not would be let in without its proof being looked at (RFC 9449 section 7.1). Looked
    at before the issuer is asked, which counts the use and which alone knows whether the token is genuine.
    """
    parts = token.reveal().split(".")
    if len(parts) != 3:
        return False
    try:
        claims = json_object(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return False
    cnf = None if claims is None else claims.get("cnf")
    return isinstance(cnf, dict) and isinstance(cnf.get("jkt"), str)


def _details(value: object) -> Optional[Tuple[TaskDetail, ...]]:
    if not isinstance(value, list):
        return None
    details = tuple(detail for detail in map(_detail, value) if detail is not None)
    return details if details and len(details) == len(value) else None


def _detail(value: object) -> Optional[TaskDetail]:
    if not isinstance(value, dict) or value.get("type") != "task":
        return None
    task, identifier = _text(value.get("task")), _text(value.get("identifier"))
    actions = _texts(value.get("actions"))
    if not task or not actions or identifier is None or not _is_identifier(identifier):
        return None
    return TaskDetail(task, actions, _texts(value.get("locations")) or (), identifier)


def _is_identifier(text: str) -> bool:
    return bool(_IDENTIFIER.fullmatch(text)) and "//" not in text and not _ONLY_DOTS.search(text)


def _text(value: object) -> Optional[str]:
    return value if isinstance(value, str) else None


def _texts(value: object) -> Optional[Tuple[str, ...]]:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    return None


def _whole(value: object) -> Optional[int]:
    """A bool is an int in Python, and no number in JSON."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
