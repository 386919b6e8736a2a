"""Talks HTTP; the only room that does.

`HttpClient` asks one thing of one host and follows no redirect, `send_with_retry` asks again where that may help, and
`Route` with its `Allow` says how hosts are reached and what is not dialled. Importing this room loads httpx, aiohttp
and asyncio: whoever may do without imports it late.
"""

from harvester.http.client import HttpClient
from harvester.http.dialling import MakeSocket, Resolve
from harvester.http.guards import PORTS, Allow, Part, Target, check_url
from harvester.http.retry import RetryBudget, RetryPolicy, send_with_retry, worth_retrying
from harvester.http.transport import GuardedTransport, Route, Timeouts

__all__ = [
    "PORTS",
    "Allow",
    "GuardedTransport",
    "HttpClient",
    "MakeSocket",
    "Part",
    "Resolve",
    "RetryBudget",
    "RetryPolicy",
    "Route",
    "Target",
    "Timeouts",
    "check_url",
    "send_with_retry",
    "worth_retrying",
]
