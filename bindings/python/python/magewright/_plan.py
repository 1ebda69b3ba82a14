"""The update that does what a patch asks and loses nothing."""

from dataclasses import dataclass
from typing import Any, Literal

from ._desk import Document, ask, document
from ._errors import MagewrightError
from ._native import Store
from ._predict import Caller, Route
from ._replies import Refusal
from ._request import Request


@dataclass(frozen=True, slots=True)
class Change:
    """A place that is not as it was; ``None`` where nothing stood or stands."""

    pointer: str
    """Where, as a JSON Pointer in which an item of a keyed list stands by its key."""
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a request would do, or fail to do; ``None`` where nothing stood or stands."""

    pointer: str
    kind: str
    """What kind of effect, as a stable code: ``changed``, ``lost``, ``ignored``, ``refused``, ..."""
    severity: Literal["error", "loss"] | None
    """How bad it is; ``None`` for what the request asks for."""
    before: Any = None
    after: Any = None
    refusal: Refusal | None = None
    """What the store answers, when it refuses."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A request that does what a patch asks, and nothing else."""

    request: Request
    changes: list[Change]
    """What changes, the store's own fields aside."""
    removals: list[Change]
    """Those of the changes that take something away."""
    warnings: list[str]
    """What is worth knowing before it is sent, as stable codes."""
    unchecked: list[str]
    """Checks that could not be made for want of a profile."""
    expected: dict[str, Any]
    """The customer as GET returns it afterwards, with markers for what only the server knows."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A place that stands in the way of a plan."""

    pointer: str
    code: str
    message: str


class Unplannable(MagewrightError):
    """No request does what the patch asks, and nothing else."""

    def __init__(self, reasons: list[Reason], refusal: Refusal | None) -> None:
        super().__init__("unplannable", "; ".join(f"{reason.pointer or '/'}: {reason.message}" for reason in reasons))
        self.reasons = reasons
        self.refusal = refusal
        """What the store would answer to the body that comes closest."""

    def __reduce__(self) -> tuple[type["Unplannable"], tuple[list[Reason], Refusal | None]]:  # type: ignore[override]
        return type(self), (self.reasons, self.refusal)


def plan(
    stored: Document,
    patch: Document,
    *,
    route: Route = "id",
    caller: Caller = "admin",
    strategy: Literal["auto", "minimal", "full"] = "auto",
    store: Store | None = None,
) -> Plan:
    """The update that makes ``patch`` of the stored customer and changes nothing else.

    Args:
        stored: the whole customer as GET returns it, read as late as can be.
        patch: what is to change.
        route: where the update is sent.
        caller: who sends it.
        strategy: how much of the customer the body carries.
        store: the store it is sent to.

    Raises:
        Unplannable: no request does that.
        MagewrightError: stored customer or patch are not JSON, or the store is described wrongly.
    """
    request = document("stored", stored) | document("patch", patch)
    answer = ask("plan", request | {"route": route, "caller": caller, "strategy": strategy}, store=store)
    if "unplannable" in answer:
        raise unplannable(answer["unplannable"])
    return Plan(
        Request(**answer["request"]),
        [Change(**change) for change in answer["changes"]],
        [Change(**change) for change in answer["removals"]],
        answer["warnings"],
        answer["unchecked"],
        answer["expected"],
    )


def audit(
    stored: Document,
    body: Document,
    *,
    route: Route = "id",
    path_id: str | None = None,
    caller: Caller = "admin",
    store: Store | None = None,
) -> list[Effect]:
    """What a body written by hand would really do to the stored customer, place by place."""
    request = document("stored", stored) | document("body", body)
    found = ask("audit", request | {"route": route, "id": path_id, "caller": caller}, store=store)
    return [_effect(**effect) for effect in found]


def _effect(refusal: dict[str, Any] | None = None, **members: Any) -> Effect:
    return Effect(**members, refusal=Refusal(**refusal) if refusal else None)


def changes(before: Document, after: Document) -> list[Change]:
    """Every place where two copies of a customer differ."""
    found = ask("patch.changes", document("before", before) | document("after", after))
    return [Change(**change) for change in found]


def unplannable(answer: dict[str, Any]) -> Unplannable:
    """The exception of an answer."""
    refusal = answer["refusal"]
    reasons = [Reason(**reason) for reason in answer["reasons"]]
    return Unplannable(reasons, Refusal(**refusal) if refusal else None)
