"""Knows what a Magento 2 store will do with a customer request before it is sent."""

from ._desk import Document, MagewrightError, ask, operations
from ._patches import Conflict, Reconciled, apply_patch, diff, reconcile
from ._replies import Cause, Refusal, StoreError, decode_error, select_fields
from ._searches import Search, decode_criteria, encode_criteria

__all__ = [
    "Cause",
    "Conflict",
    "Document",
    "MagewrightError",
    "Reconciled",
    "Refusal",
    "Search",
    "StoreError",
    "apply_patch",
    "ask",
    "decode_criteria",
    "decode_error",
    "diff",
    "encode_criteria",
    "operations",
    "reconcile",
    "select_fields",
]
