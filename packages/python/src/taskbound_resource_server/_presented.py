# SPDX-License-Identifier: Apache-2.0
"""What a request brings to be let in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn, Optional, Sequence, Union

# RFC 9110 section 11.4: a scheme, spaces, and the token68 of RFC 6750 section 2.1.
_CREDENTIALS = re.compile(r"([A-Za-z]{1,16}) +([A-Za-z0-9._~+/-]+=*) *")
_JWT = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}")
_SIGNS = re.compile(r"[\x21-\x7e]{1,16384}")
_MAX_PROOF = 8 * 1024
_SCHEMES = {"bearer": "Bearer", "dpop": "DPoP"}


def is_secret_text(text: object) -> bool:
    """1 to 16,384 visible ASCII characters: anything else could end a header line."""
    return isinstance(text, str) and _SIGNS.fullmatch(text) is not None


class TaskToken:
    """A task token as it was received, unchecked. ``reveal`` is the one way to its text."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if not is_secret_text(text):
            raise ValueError("a task token is 1 to 16384 visible ASCII characters")
        self._text = text

    def reveal(self) -> str:
        """Hand it to nobody but the issuer; never log it."""
        return self._text

    def __repr__(self) -> str:
        return "TaskToken[secret]"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a task token is not written anywhere")


@dataclass(frozen=True)
class Nothing:
    """No token: the caller does not know yet that one is needed."""


@dataclass(frozen=True)
class Malformed:
    """Something that is not one token, such as two of them. ``why`` repeats nothing of the request."""

    why: str


@dataclass(frozen=True)
class Token:
    """One token, unchecked. ``scheme`` is Bearer or DPoP; ``proof`` is there under DPoP alone."""

    token: TaskToken
    scheme: str
    proof: Optional[str] = None

    def __repr__(self) -> str:
        return f"Token[{self.scheme} secret]"


Presented = Union[Nothing, Malformed, Token]


def presented(authorization: Sequence[str], dpop: Sequence[str] = ()) -> Presented:
    """Reads the values of all headers ``Authorization`` and ``DPoP`` of a request, in the order in which they came.

    Two tokens are malformed: never guess which is meant.
    """
    if not authorization:
        return Nothing()
    if len(authorization) > 1:
        return Malformed("the request has more than one header Authorization")
    match = _CREDENTIALS.fullmatch(authorization[0])
    scheme = _SCHEMES.get(match.group(1).lower()) if match else None
    if match is None or scheme is None or not is_secret_text(match.group(2)):
        return Malformed("the header Authorization is not `Bearer` or `DPoP` with one token")
    token = TaskToken(match.group(2))
    return Token(token, scheme) if scheme == "Bearer" else _with_proof(token, dpop)


def is_jwt(token: TaskToken) -> bool:
    """Whether it has the form of a task token at all."""
    return _JWT.fullmatch(token.reveal()) is not None


def _with_proof(token: TaskToken, dpop: Sequence[str]) -> Presented:
    """RFC 9449 section 4.3, check 1."""
    if len(dpop) != 1:
        return Malformed("a request under the scheme DPoP needs exactly one header DPoP")
    proof = dpop[0].strip()
    if len(proof) > _MAX_PROOF or _JWT.fullmatch(proof) is None:
        return Malformed("the header DPoP is not one JWT")
    return Token(token, "DPoP", proof)
