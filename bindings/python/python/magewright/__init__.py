"""Knows what a Magento 2 store will do with a customer request before it is sent."""

from . import contract, customers
from ._desk import Document, ask, operations
from ._errors import MagewrightError
from ._native import (
    ArrowStream,
    Criteria,
    Expression,
    Field,
    Order,
    Profile,
    Store,
    Validator,
    plan_table,
    validate_table,
)
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
from ._searches import F, Search, answer_search, decode_criteria, encode_criteria, explain_criteria
from ._reports import Batch, Report, Tally, Violation
from ._validate import iter_ndjson, validate, validate_create, validate_ndjson

__all__ = [
    "ArrowStream",
    "Batch",
    "BulkPrediction",
    "Caller",
    "Cause",
    "Change",
    "Conflict",
    "Credentials",
    "Criteria",
    "Document",
    "Effect",
    "Expression",
    "F",
    "Field",
    "MagewrightError",
    "Operation",
    "Order",
    "Plan",
    "Prediction",
    "Profile",
    "Reason",
    "Reconciled",
    "Refusal",
    "Report",
    "Request",
    "Route",
    "Search",
    "Store",
    "StoreError",
    "Tally",
    "Unplannable",
    "Validator",
    "Violation",
    "answer_search",
    "apply_patch",
    "ask",
    "audit",
    "changes",
    "contract",
    "customers",
    "decode_criteria",
    "decode_error",
    "diff",
    "encode_criteria",
    "explain_criteria",
    "iter_ndjson",
    "operations",
    "plan",
    "plan_table",
    "predict_create",
    "predict_update",
    "predict_update_in_bulk",
    "reconcile",
    "select_fields",
    "sign",
    "validate",
    "validate_create",
    "validate_ndjson",
    "validate_table",
]
