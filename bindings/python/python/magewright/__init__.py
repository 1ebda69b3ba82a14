"""Knows what a Magento 2 store will do with a customer request before it is sent."""

from . import customers
from ._desk import Document, MagewrightError, ask, operations
from ._patches import Conflict, Reconciled, apply_patch, diff, reconcile
from ._replies import Cause, Refusal, StoreError, decode_error, select_fields
from ._request import Credentials, Request, sign
from ._searches import Search, decode_criteria, encode_criteria
from ._store import Store
from ._validate import Report, Violation, validate

__all__ = [
    "Cause",
    "Conflict",
    "Credentials",
    "Document",
    "MagewrightError",
    "Reconciled",
    "Refusal",
    "Report",
    "Request",
    "Search",
    "Store",
    "StoreError",
    "Violation",
    "apply_patch",
    "ask",
    "customers",
    "decode_criteria",
    "decode_error",
    "diff",
    "encode_criteria",
    "operations",
    "reconcile",
    "select_fields",
    "sign",
    "validate",
]
