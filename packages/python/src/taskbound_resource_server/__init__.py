# SPDX-License-Identifier: Apache-2.0
"""For services that accept Taskbound's task tokens.

Reads the token out of a request, asks the issuer about one use of it, and says what to answer. Standard library only.
"""

from ._call import Patience
from ._presented import Malformed, Nothing, Presented, TaskToken, Token, presented
from ._server import ResourceServer
from ._verdict import ActiveToken, Allowed, Refused, TaskDetail, Verdict

__all__ = [
    "ActiveToken",
    "Allowed",
    "Malformed",
    "Nothing",
    "Patience",
    "Presented",
    "Refused",
    "ResourceServer",
    "TaskDetail",
    "TaskToken",
    "Token",
    "Verdict",
    "presented",
]
