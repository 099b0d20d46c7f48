"""Requests and answers, the same for both kinds of client."""

from __future__ import annotations

from typing import Any

import httpx

from .errors import DoppelError, RefusedError
from .launch import Endpoints

#: Name under which the test holds the clock and gives commands.
CALLER = "test"


def client_options(endpoints: Endpoints) -> dict[str, Any]:
    """Options of an HTTP client for the bench; calls that let time pass may take long."""
    return {
        "base_url": endpoints.api,
        "headers": {"Authorization": f"Bearer {endpoints.token}", "X-Doppel-Client": CALLER},
        "timeout": httpx.Timeout(10.0, read=None),
        "trust_env": False,
    }


def answer_of(call: str, response: httpx.Response) -> dict[str, Any]:
    """What a call came to.

    :raises RefusedError: with code and sentence
    """
    body: Any = response.json()
    if response.is_success:
        return dict(body)
    if isinstance(body, dict) and "code" in body:
        raise RefusedError(call, str(body["code"]), str(body["message"]))
    raise DoppelError(f"{call}: HTTP {response.status_code}")


def given(**parameters: Any) -> dict[str, Any]:
    """Parameters that were given."""
    return {name: value for name, value in parameters.items() if value is not None}
