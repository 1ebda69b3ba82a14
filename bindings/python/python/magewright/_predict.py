"""What a store will make of a request."""

from dataclasses import dataclass
from typing import Any, Literal

from ._desk import Document, ask, document
from ._native import Store
from ._replies import Refusal

Caller = Literal["admin", "integration", "customer", "guest", "limited"]
"""Who sends a request; ``limited`` is an administrator without rights to customers."""

Route = Literal["id", "me", "queue"]
"""By which route an update goes: ``PUT /V1/customers/{id}``, ``.../me``, or the bulk queue."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What becomes of a request: a customer is saved, or the store refuses.

    What only the server knows stands as a marker in the customer: ``"<id>"``,
    ``"<a1>"``, ``"<new1>"``, ``"<time>"``.
    """

    saved: dict[str, Any] | None
    """The customer in the store's reply; ``None`` when it refuses."""
    refused: Refusal | None
    """What the store says when it refuses."""
    kept: dict[str, Any] | None
    """The customer that the store keeps although it refuses."""
    customers: list[dict[str, Any]]
    """The customers that an update leaves not as they were."""
    submission_refused: bool = False
    """Whether a whole submission to the queue is refused, rather than one item."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a bulk when the queue's consumer is done with it."""

    status: int
    """1 complete, 3 failed and not to be retried."""
    error_code: int | None
    message: str


@dataclass(frozen=True, slots=True)
class BulkPrediction:
    """What becomes of a bulk update."""

    operations: list[Operation]
    """One an item, in order; empty when the whole submission is refused."""
    customers: list[dict[str, Any]]
    """The customers that are not as they were."""
    refused: Refusal | None
    """What the store says when it refuses the whole submission."""


def predict_create(body: Document, *, caller: Caller = "admin", store: Store | None = None) -> Prediction:
    """What becomes of ``POST /V1/customers`` with this body, ``{"customer": ..., "password": ...}``.

    Raises:
        MagewrightError: the store is described wrongly. A body is never an error.
    """
    return _prediction(ask("predict.create", document("body", body) | {"caller": caller}, store=store))


def predict_post(
    path: str,
    body: Document,
    *,
    content_type: str | None = "application/json",
    caller: Caller = "admin",
    store: Store | None = None,
) -> Prediction:
    """What becomes of a POST of a customer as it is sent.

    Args:
        path: from the host on, ``/rest/de/V1/customers``; its store code takes the place of the store's ``scope``.
        body: the request's body.
        content_type: the header of that name; ``None`` for none.
        caller: who sends it.
        store: the store it is sent to.

    Raises:
        MagewrightError: the store is described wrongly.
    """
    request = document("body", body) | {"path": path, "content_type": content_type, "caller": caller}
    return _prediction(ask("predict.post", request, store=store))


def predict_queued_create(item: Document, *, caller: Caller = "admin", store: Store | None = None) -> Prediction:
    """What becomes of one item of ``POST /async/bulk/V1/customers``, where a store checks less.

    ``submission_refused`` says that the store refuses all items for it.
    """
    answer = ask("predict.create_queued", document("item", item) | {"caller": caller}, store=store)
    refused = answer.get("not_accepted")
    if refused:
        return Prediction(None, Refusal(**refused), None, [], submission_refused=True)
    return _prediction(answer)


def predict_update(
    stored: Document,
    body: Document,
    *,
    route: Route = "id",
    path_id: str | None = None,
    caller: Caller = "admin",
    store: Store | None = None,
) -> Prediction:
    """What becomes of an update with this body, ``{"customer": ...}``.

    Args:
        stored: the customer as GET returns it.
        body: the request's body; for the queue one item of the list.
        route: where it is sent.
        path_id: the id in the path; that of the stored customer when left out.
        caller: who sends it.
        store: the store it is sent to.

    Raises:
        MagewrightError: body or stored customer are not JSON, or the store is described wrongly.
    """
    request = document("stored", stored) | document("body", body)
    return _prediction(ask("predict.update", request | {"route": route, "id": path_id, "caller": caller}, store=store))


def predict_update_in_bulk(items: Document, *, caller: Caller = "admin", store: Store | None = None) -> BulkPrediction:
    """What becomes of ``PUT /async/bulk/V1/customers/byCustomerId``; the store's ``accounts`` are the customers."""
    answer = ask("predict.update_in_bulk", document("items", items) | {"caller": caller}, store=store)
    operations = [Operation(**operation) for operation in answer.get("operations", [])]
    return BulkPrediction(operations, answer.get("customers", []), _refusal(answer))


def _prediction(answer: dict[str, Any]) -> Prediction:
    return Prediction(answer.get("saved"), _refusal(answer), answer.get("kept"), answer.get("customers", []))


def _refusal(answer: dict[str, Any]) -> Refusal | None:
    refused = answer.get("refused")
    return Refusal(**refused) if refused else None
