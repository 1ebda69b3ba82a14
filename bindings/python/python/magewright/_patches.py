"""Patches: what is to change in a stored customer."""

from dataclasses import dataclass
from typing import Any, Literal

from ._desk import Document, ask, document


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that two writers changed to different values; ``None`` where nothing stood."""

    pointer: str
    """Where, as a JSON Pointer in which an item of a keyed list stands by its key."""
    base: Any = None
    current: Any = None
    desired: Any = None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a writer who holds an older copy is to send."""

    patch: dict[str, Any] | None
    """The changes to the current customer; ``None`` when nobody was to win and there are conflicts."""
    conflicts: list[Conflict]


def apply_patch(stored: Document, patch: Document) -> dict[str, Any]:
    """The customer that is wanted: the stored one with a patch applied.

    A patch is a JSON merge patch whose ``addresses`` are merged by ``id`` and whose
    ``custom_attributes`` by ``attribute_code``.

    Raises:
        MagewrightError: the patch is none, or names an address that is not stored.
    """
    wanted: dict[str, Any] = ask("patch.apply", document("stored", stored) | document("patch", patch))
    return wanted


def diff(before: Document, after: Document) -> dict[str, Any]:
    """The patch that makes ``after`` of ``before``; empty when they are the same customer."""
    patch: dict[str, Any] = ask("patch.diff", document("before", before) | document("after", after))
    return patch


def reconcile(
    base: Document,
    current: Document,
    desired: Document,
    policy: Literal["ours", "theirs", "fail"] = "fail",
) -> Reconciled:
    """The patch that brings the change from ``base`` to ``desired`` onto ``current``."""
    copies = document("base", base) | document("current", current) | document("desired", desired)
    found = ask("patch.reconcile", copies | {"policy": policy})
    return Reconciled(found["patch"], [Conflict(**conflict) for conflict in found["conflicts"]])
