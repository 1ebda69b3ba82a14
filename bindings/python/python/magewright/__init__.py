"""Knows what a Magento 2 store will do with a customer request before it is sent."""

from . import customers
from ._desk import Document, MagewrightError, ask, operations
from ._patches import Conflict, Reconciled, apply_patch, diff, reconcile
from ._plan import Change, Effect, Plan, Reason, Unplannable, audit, changes, plan
from ._predict import (
    BulkPrediction,
    Caller,
    Operation,
    Prediction,
    Route,
    predict_create,
    predict_update,
    predict_update_in_bulk,
)
from ._replies import Cause, Refusal, StoreError, decode_error, select_fields
from ._request import Credentials, Request, sign
from ._searches import Search, answer_search, decode_criteria, encode_criteria, explain_criteria
from ._store import Store
from ._validate import Report, Violation, validate, validate_create

__all__ = [
    "BulkPrediction",
    "Caller",
    "Cause",
    "Change",
    "Conflict",
    "Credentials",
    "Document",
    "Effect",
    "MagewrightError",
    "Operation",
    "Plan",
    "Prediction",
    "Reason",
    "Reconciled",
    "Refusal",
    "Report",
    "Request",
    "Route",
    "Search",
    "Store",
    "StoreError",
    "Unplannable",
    "Violation",
    "answer_search",
    "apply_patch",
    "ask",
    "audit",
    "changes",
    "customers",
    "decode_criteria",
    "decode_error",
    "diff",
    "encode_criteria",
    "explain_criteria",
    "operations",
    "plan",
    "predict_create",
    "predict_update",
    "predict_update_in_bulk",
    "reconcile",
    "select_fields",
    "sign",
    "validate",
    "validate_create",
]
