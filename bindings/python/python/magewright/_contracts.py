"""What a contract says of a field and of an endpoint."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractField:
    """A field of a type."""

    name: str
    """The name on the wire."""
    kind: str
    """``string``, ``integer``, ``number``, ``boolean``, ``mixed`` or the name of a type; lists end in ``[]``."""
    required: bool
    """Whether Magento's schema calls it required."""
    read_only: bool
    """Whether only the store writes it."""
    write_only: bool
    """Whether no reply shows it."""
    null_in_replies: bool
    on_null: Literal["kept", "cleared", "zero", "emptied", "refused"] | None
    """What ``null`` does in an update; ``None`` where that is not known."""
    secret: bool
    limit: int | None
    """The most that it holds, in ``limit_unit``."""
    limit_unit: Literal["characters", "bytes"] | None
    beyond_limit: Literal["cut", "refused"] | None
    """What becomes of more."""
    values: tuple[int | str, ...] | None
    """The values it may have; ``None`` for any."""
    format: Literal["email", "date", "date_time", "country", "digits", "uuid", "json", "url"] | None
    list_key: str | None
    """What the items of the list are told apart by."""
    module: str | None
    """The module that adds it; ``None`` when every store has it."""
    releases: str
    """The releases that have it, as in ``2.4.7+``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractEndpoint:
    """An endpoint."""

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    """As the schema writes it, ``/V1/customers/{customerId}``."""
    operation: str
    access: str | None
    """The ACL resource a caller needs, ``anonymous``, or ``self`` for the customer alone; ``None`` when unknown."""
    core: bool
    """Whether Magento itself has it, rather than a module."""
    releases: str
