# SPDX-License-Identifier: Apache-2.0
"""One question to the issuer, with its tries."""

from __future__ import annotations

import email.utils
import random
import re
import time
from dataclasses import dataclass
from typing import Callable, Mapping, Optional
from urllib.parse import urlsplit

# An issuer or a gateway before it asks for another try (429, 503), or admits that it lost an answer.
_REPEATABLE = frozenset({429, 502, 503, 504})
_GATEWAY_LOST_IT = frozenset({502, 504})
_SECONDS = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Patience:
    """How long one question keeps trying, in seconds.

    At most ``attempts`` tries, none begun after ``deadline``; pauses double from ``first_pause`` to ``longest_pause``, the
    second half of each random. A Retry-After is waited in full, plus up to one first pause so that services do not all
    come back at once. The defaults survive a cold start behind a lost answer.
    """

    attempts: int = 4
    deadline: float = 60.0
    try_timeout: float = 20.0
    first_pause: float = 0.5
    longest_pause: float = 8.0


@dataclass(frozen=True)
class Request:
    url: str
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"Request[{self.url}]"


@dataclass(frozen=True)
class Outcome:
    """Of one try: ``answer``, or the kind of fault.

    ``refused``: nothing was sent. ``tls``: no trust. ``large``: too long an answer. ``login``: the proxy wants a password.
    ``lost``: it may have arrived.
    """

    kind: str
    status: int = 0
    retry_after: Optional[str] = None
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    """The end of a call: an answer that asks for no other try, or none, with a sentence for the service's log.

    ``lost_one``: a try may have reached the issuer without its answer reaching us.
    """

    lost_one: bool
    status: int = 0
    body: bytes = b""
    sentence: Optional[str] = None
    retry_after: Optional[float] = None


@dataclass(frozen=True)
class Surroundings:
    """What a call stands in; other ones are for tests of this package."""

    send: Callable[[Request, float], Outcome]
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random


def call(request: Request, patience: Patience, around: Surroundings) -> Reply:
    """Sends the very same request until it is answered. Never raises for what the other side does."""
    deadline = around.clock() + patience.deadline
    lost_one = False
    tries = 0
    while True:
        tries += 1
        limit = max(0.001, min(deadline - around.clock(), patience.try_timeout))
        outcome = around.send(request, limit)
        if outcome.kind == "answer" and outcome.status not in _REPEATABLE:
            return Reply(lost_one, status=outcome.status, body=outcome.body)
        after = _retry_after(outcome.retry_after, around.clock())
        pause = _pause(patience, tries, after, around.random())
        lost_one = lost_one or _may_have_arrived(outcome)
        none = Reply(lost_one, sentence=_sentence(outcome, request), retry_after=after)
        if tries >= patience.attempts or not _is_worth_repeating(outcome) or pause >= deadline - around.clock():
            return none
        around.sleep(pause)
        # A machine that was suspended wakes up late.
        if around.clock() >= deadline:
            return none


def _pause(patience: Patience, done: int, after: Optional[float], share: float) -> float:
    if after is not None:
        return after + patience.first_pause * share
    full = min(patience.first_pause * 2.0 ** (done - 1), patience.longest_pause)
    return full / 2 + full / 2 * share


def _retry_after(header: Optional[str], now: float) -> Optional[float]:
    """RFC 9110 section 10.2.3: seconds or a date; what is neither is as if absent."""
    text = (header or "").strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    try:
        when = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return max(0.0, when.timestamp() - now) if when.tzinfo is not None else None


def _is_worth_repeating(outcome: Outcome) -> bool:
    """A certificate does not get better by trying, nor does a password or an answer that is too long."""
    return outcome.kind in ("answer", "refused", "lost")


def _may_have_arrived(outcome: Outcome) -> bool:
    return outcome.kind in ("lost", "large") or outcome.status in _GATEWAY_LOST_IT


def _sentence(outcome: Outcome, request: Request) -> str:
    """For the service's log; ours, and never what the other side sent."""
    host = urlsplit(request.url).netloc
    return {
        "answer": f"the issuer answered {outcome.status}",
        "refused": f"no connection to {host}",
        "tls": f"TLS handshake failed with {host}",
        "large": "the answer is longer than 64 KB",
        "login": "the proxy wants a user and password, or other ones",
    }.get(outcome.kind, "no whole answer from the issuer")
