"""What the client gives."""

from dataclasses import dataclass, field
from typing import Any, Literal, Self

from ._plan import Change


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a search."""

    items: list[dict[str, Any]] = field(repr=False)
    total_count: int
    """How many customers the search finds, on all pages."""


@dataclass(frozen=True, slots=True)
class Created:
    """A customer that was created."""

    customer: dict[str, Any] = field(repr=False)
    looked_up: bool
    """Whether no reply came, and the customer was found by its e-mail address."""


@dataclass(frozen=True, slots=True)
class Updated:
    """A customer that was updated."""

    customer: dict[str, Any] = field(repr=False)
    """The customer as it is now."""
    changes: list[Change] = field(repr=False)
    """What was changed; empty when the customer was as wanted."""
    drift: list[Change] = field(repr=False)
    """What the store keeps otherwise than was predicted, though it is as wanted."""
    sent: int
    """How many updates were sent; more than one when others wrote meanwhile."""

    @classmethod
    def told(cls, told: dict[str, Any]) -> Self:
        changes, drift = ([Change(**change) for change in told[name]] for name in ("changes", "drift"))
        return cls(told["customer"], changes, drift, told["sent"])


@dataclass(frozen=True, slots=True)
class Changed:
    """Customers that are new or have changed."""

    customers: list[dict[str, Any]] = field(repr=False)
    until: str | None
    """The time up to which everything has been seen: ``since`` of a later run."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one item of a bulk."""

    state: Literal["done", "retriable", "failed", "open", "rejected", "lost"]
    message: str | None
    code: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one row of a sync."""

    line: int
    """Counted from 1."""
    id: int | None
    """The customer's, once it is known."""
    outcome: Literal["created", "updated", "unchanged", "rejected", "conflict", "failed"]
    why: str | None
    """What is wrong and the way out; ``None`` for a row that is done."""
    earlier: bool
    """Whether it was done in an earlier run, as the journal says."""
    reject: str | None = field(repr=False)
    """The row as a line to be mended and run again, with the reason in ``$reject``; ``None`` when it is done."""
