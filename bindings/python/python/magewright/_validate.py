"""What a store will refuse, and what it will silently change or drop."""

from dataclasses import dataclass
from typing import Any, Literal

from ._desk import Document, ask, document
from ._predict import Caller
from ._store import STOCK, Store


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong with a payload."""

    pointer: str
    """Where, as a JSON Pointer into the payload."""
    code: str
    """What kind of violation: stable across versions."""
    severity: Literal["error", "loss"]
    """``error``: the store refuses; ``loss``: the store silently changes or drops."""
    message: str
    """What is wrong and the way out; never holds the field's value."""
    source: str
    """Where the rule comes from."""
    releases: str
    """The releases the rule holds for."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that is to be said about a payload before it is sent."""

    accepted: bool
    """Whether the store takes the payload, be it with losses."""
    violations: list[Violation]
    unchecked: list[str]
    """Checks that could not be made for want of a profile."""


def validate(payload: Document, *, store: Store = STOCK) -> Report:
    """What a store will refuse of a customer record, and what it will silently change or drop.

    Args:
        payload: the customer, without the ``{"customer": ...}`` of a request around it.
        store: the store it is meant for.

    Raises:
        MagewrightError: the store is described wrongly. A payload is never an error.
    """
    return _report(ask("validate", document("payload", payload) | store.request()))


def validate_create(body: Document, *, caller: Caller = "admin", store: Store = STOCK) -> Report:
    """The same for the body of ``POST /V1/customers``, ``{"customer": ..., "password": ...}``."""
    return _report(ask("validate.create", document("body", body) | store.request() | {"caller": caller}))


def _report(answer: dict[str, Any]) -> Report:
    violations = [Violation(**violation) for violation in answer["violations"]]
    return Report(answer["accepted"], violations, answer["unchecked"])
