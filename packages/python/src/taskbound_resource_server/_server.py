# SPDX-License-Identifier: Apache-2.0
"""One resource server of one issuer's policy."""

from __future__ import annotations

import base64
import re
import uuid
from typing import Dict, NoReturn, Optional, Tuple, Union
from urllib.parse import quote_plus, urlencode, urlsplit

from . import _answers, _http, _verdict
from ._call import Patience, Reply, Request, Surroundings, call
from ._presented import Malformed, Presented, Token, is_jwt, is_secret_text
from ._verdict import ActiveToken, Refused, Verdict

_NAME = re.compile(r"[a-z0-9-]{1,32}")
_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1")
_ERROR = re.compile(r"[a-z0-9_]{1,64}")

_Form = Dict[str, str]
_Read = Union[Tuple[ActiveToken, _answers.Object], Refused]


class ResourceServer:
    """Says what to answer to a request that brings a task token.

    Fails closed: without the issuer's word nothing is let in. May be shared by threads.
    """

    def __init__(
        self,
        issuer: str,
        name: str,
        secret: str,
        patience: Patience = Patience(),
        _around: Optional[Surroundings] = None,
    ) -> None:
        """Raises a ValueError for settings that cannot be meant; its message repeats neither secret nor URL.

        :param issuer: its URL: https, or http on a loopback address
        :param name: this server's name in the policy
        :param secret: what ``taskbound policy secret`` wrote; a line feed at its end does no harm
        """
        self._issuer = _issuer_url(issuer)
        self._basic = _basic(name, secret)
        self._patience = patience
        self._around = _around or Surroundings(_http.Sender())

    def redeem(
        self,
        presented: Presented,
        action: str,
        identifier: str,
        *,
        method: str,
        url: str,
        use_id: Optional[str] = None,
        repeat_allowed: bool = False,
    ) -> Verdict:
        """Uses the presented token once. The answer that allows it is also what counts it.

        :param identifier: the one target, built by you from what you received; compared character by character
        :param method: of the request that brought the token
        :param url: of that request, as you know your own public URL, never put together from its Host: what a proof has to
            name. Query and fragment do not matter
        :param use_id: your own name for this use, such as the id of a job that you stored before. The same use asked for
            again counts once. Never take it from the caller. By default a random one, which no other call shares
        :param repeat_allowed: only for a job that your own record says is undone
        """
        if not isinstance(presented, Token) or _is_none(presented):
            return _unasked(presented)
        form = {
            "token": presented.token.reveal(),
            "action": _filled("action", action),
            "identifier": _filled("identifier", identifier),
            "use_id": str(uuid.uuid4()) if use_id is None else _filled("use_id", use_id),
            **_proof(presented, method, url),
        }
        repeat = {**form, "repeat": "allowed"}
        reply = self._ask("/redeem", repeat if repeat_allowed else form)
        if _is_repeat(reply) and reply.lost_one and not repeat_allowed:
            # The answer to an earlier try of this very call got lost, so it was this call that was counted.
            reply, repeat_allowed = self._ask("/redeem", repeat), True
        read = _read(reply, presented.scheme)
        if isinstance(read, Refused):
            return read
        token, body = read
        if body.get("first_use") is False and not repeat_allowed:
            return _verdict.repeated()
        return _verdict.allowed(token)

    def introspect(self, presented: Presented, action: str, identifier: str, *, method: str, url: str) -> Verdict:
        """Asks whether the token is alive and permits exactly this, without using it."""
        if not isinstance(presented, Token) or _is_none(presented):
            return _unasked(presented)
        _filled("action", action)
        _filled("identifier", identifier)
        form = {"token": presented.token.reveal(), **_proof(presented, method, url)}
        read = _read(self._ask("/introspect", form), presented.scheme)
        if isinstance(read, Refused):
            return read
        token, _ = read
        # Without a proof the issuer says what the token is bound to, and leaves the rest to us (RFC 9449 section 6.2).
        if token.key_thumbprint is not None and presented.proof is None:
            return _verdict.invalid_proof(token.nonce)
        if not token.permits(action, identifier):
            return _verdict.not_permitted(presented.scheme, token.nonce)
        return _verdict.allowed(token)

    def _ask(self, path: str, form: _Form) -> Reply:
        headers = {
            "Authorization": self._basic,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        return call(Request(self._issuer + path, headers, urlencode(form).encode()), self._patience, self._around)

    def __repr__(self) -> str:
        return f"ResourceServer[{self._issuer}]"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a server's secret is not written anywhere")


def _is_none(presented: Token) -> bool:
    # The issuer would refuse what is no JWT as a fault of this service's request, and not as the caller's.
    return _is_downgraded(presented) or not is_jwt(presented.token)


def _is_downgraded(presented: Token) -> bool:
    return presented.scheme == "DPoP" and not _answers.says_it_is_bound(presented.token)


def _unasked(presented: Presented) -> Refused:
    """What can be said without the issuer."""
    if isinstance(presented, Malformed):
        return _verdict.malformed(presented.why)
    if not isinstance(presented, Token):
        return _verdict.nothing()
    return _verdict.not_bound() if _is_downgraded(presented) else _verdict.dead(None, presented.scheme, None)


def _is_repeat(reply: Reply) -> bool:
    body = _answers.json_object(reply.body) if reply.status == 200 else None
    if body is None:
        return False
    return body.get("reason") == "repeat" if body.get("active") is False else body.get("first_use") is False


def _read(reply: Reply, scheme: str) -> _Read:
    """The living token, or why there is none."""
    if reply.sentence is not None:
        return _verdict.unavailable(reply.sentence, reply.retry_after)
    body = _answers.json_object(reply.body)
    if reply.status != 200:
        return _not_answered(reply.status, body)
    if body is not None and body.get("active") is False:
        reason = body.get("reason")
        return _verdict.repeated() if reason == "repeat" else _verdict.dead(reason, scheme, _answers.nonce(body))
    token = _answers.active_token(body) if body is not None and body.get("active") is True else None
    if body is None or token is None:
        return _verdict.unavailable("the address answered 200 without a whole state")
    return token, body


def _not_answered(status: int, body: Optional[_answers.Object]) -> Refused:
    error = None if body is None else body.get("error")
    if isinstance(error, str) and _ERROR.fullmatch(error):
        return _verdict.misconfigured(f"the issuer refused this service's own request: {status} {error}")
    return _verdict.unavailable(f"the address answered {status}, which no issuer does")


def _proof(presented: Token, method: str, url: str) -> _Form:
    if presented.proof is None:
        return {}
    return {"dpop": presented.proof, "htm": _filled("method", method), "htu": _filled("url", url)}


def _issuer_url(text: str) -> str:
    try:
        url = urlsplit(text)
        host = url.hostname
    except (ValueError, AttributeError, TypeError):
        # Not as the cause: its message may repeat the text.
        raise ValueError("issuer is not a URL") from None
    if not host or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("issuer is not a URL")
    if url.scheme != "https" and not (url.scheme == "http" and _LOOPBACK.fullmatch(host)):
        raise ValueError("issuer must be https (plain http only on a loopback address)")
    if "@" in url.netloc or "?" in text or "#" in text:
        raise ValueError("issuer must have no user, password, query or fragment")
    return text[:-1] if text.endswith("/") else text


def _basic(name: str, secret: str) -> str:
    """RFC 6749 section 2.3.1."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ValueError("name must be the resource server's name in the policy: [a-z0-9-]{1,32}")
    checked = secret.strip() if isinstance(secret, str) else ""
    if not is_secret_text(checked):
        raise ValueError("secret must be 1 to 16384 visible ASCII characters, as policy secret wrote it")
    pair = f"{quote_plus(name)}:{quote_plus(checked)}"
    return "Basic " + base64.b64encode(pair.encode()).decode()


def _filled(name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} must be a text that is not empty")
    return value
