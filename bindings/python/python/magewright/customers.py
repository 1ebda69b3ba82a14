"""Requests for customers.

``scope`` is the store code in the path. ``release`` is the store's, 2.4.7-p3 when left out; in the
SaaS edition, ``saas``, the store code is a header.
"""

from ._desk import Document, ask, document
from ._request import Request
from ._searches import CriteriaLike, plain


def get(
    customer_id: int, *, fields: str | None = None, scope: str | None = None, release: str | None = None
) -> Request:
    """``GET /V1/customers/{id}``"""
    request = {"id": customer_id, "fields": fields, "scope": scope, "release": release}
    return Request(**ask("customers.get", request))


def search(criteria: CriteriaLike, *, scope: str | None = None, release: str | None = None) -> Request:
    """``GET /V1/customers/search``"""
    request = {"criteria": plain(criteria), "scope": scope, "release": release}
    return Request(**ask("customers.search", request))


def create(
    customer: Document, *, password: str | None = None, scope: str | None = None, release: str | None = None
) -> Request:
    """``POST /V1/customers``"""
    request = document("customer", customer) | {"password": password, "scope": scope, "release": release}
    return Request(**ask("customers.create", request))


def update(
    customer_id: int, customer: Document, *, scope: str | None = None, release: str | None = None
) -> Request:
    """``PUT /V1/customers/{id}``: what is not sent may be lost; a plan keeps it."""
    request = document("customer", customer) | {"id": customer_id, "scope": scope, "release": release}
    return Request(**ask("customers.update", request))


def delete(customer_id: int, *, scope: str | None = None, release: str | None = None) -> Request:
    """``DELETE /V1/customers/{id}``"""
    return Request(**ask("customers.delete", {"id": customer_id, "scope": scope, "release": release}))
