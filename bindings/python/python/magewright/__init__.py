"""Knows what a Magento 2 store will do with a customer request before it is sent."""

from ._desk import Document, MagewrightError, ask, operations
from ._patches import Conflict, Reconciled, apply_patch, diff, reconcile
from ._replies import Cause, StoreError, decode_error, select_fields

__all__ = [
    "Cause",
    "Conflict",
    "Document",
    "MagewrightError",
    "Reconciled",
    "StoreError",
    "apply_patch",
    "ask",
    "decode_error",
    "diff",
    "operations",
    "reconcile",
    "select_fields",
]
