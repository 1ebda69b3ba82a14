"""Requests, ready but for the base URL and the caller's credentials."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ._desk import Document, ask, document

if TYPE_CHECKING:
    from ._searches import CriteriaLike


@dataclass(frozen=True, slots=True)
class Request:
    """A request for any HTTP library."""

    method: str
    target: str
    """Path and query from the store's base URL on."""
    body: str | None = field(repr=False)
    """The body as JSON text; ``None`` for none. Not shown by ``repr``: it may hold secrets."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the release wants beside credentials and content type: in the SaaS edition the store view."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """The four values that a store gives an integration when it is activated."""

    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    token: str = field(repr=False)
    token_secret: str = field(repr=False)


def request_for(
    method: Literal["GET", "POST", "PUT", "DELETE"],
    path: str,
    *,
    parameters: Mapping[str, str | int] | None = None,
    criteria: "CriteriaLike | None" = None,
    body: Document | None = None,
    scope: str | None = None,
    release: str | None = None,
) -> Request:
    """A request on any endpoint of the contract.

    Args:
        method: of the endpoint.
        path: of the endpoint as the contract writes it, placeholders included: ``Contract().endpoints`` lists them.
        parameters: of path and query, by name.
        criteria: what a search asks for.
        body: as the endpoint takes it.
        scope: the store code in the path.
        release: the store's release, 2.4.7-p3 when left out.

    Raises:
        MagewrightError: there is no such endpoint, or a parameter is missing or not one of its.
    """
    from ._searches import plain

    request: dict[str, Any] = {"method": method, "path": path, "scope": scope, "release": release}
    request["parameters"] = parameters
    request["criteria"] = None if criteria is None else plain(criteria)
    return Request(**ask("request", request if body is None else request | document("body", body)))


def sign(
    method: str,
    url: str,
    credentials: Credentials,
    *,
    nonce: str | None = None,
    timestamp: int | None = None,
    release: str | None = None,
) -> str:
    """The value of the ``Authorization`` header that an integration sends.

    Args:
        method: in upper case.
        url: the whole URL exactly as it is sent.
        credentials: the integration's.
        nonce: made up when left out.
        timestamp: seconds since 1970; now when left out.
        release: the store's release, 2.4.7-p3 when left out; stores from 2.4.8 on sign differently.
    """
    request = {
        "method": method,
        "url": url,
        "consumer_key": credentials.consumer_key,
        "consumer_secret": credentials.consumer_secret,
        "token": credentials.token,
        "token_secret": credentials.token_secret,
        "nonce": secrets.token_hex(16) if nonce is None else nonce,
        "timestamp": int(time.time()) if timestamp is None else timestamp,
        "release": release,
    }
    header: str = ask("oauth.sign", request)
    return header
