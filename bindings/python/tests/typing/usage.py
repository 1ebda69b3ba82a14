"""Code as users write it; type checkers read it, nothing runs it."""

from typing import assert_type

import magewright
from magewright import Criteria, F, contract

report = magewright.validate({"email": "ada@example.test"})
assert_type(report, magewright.Report)
assert_type([violation.pointer for violation in report.violations], list[str])

condition = (F.group_id == 1) & (F.email.like("%@x.test") | F.taxvat.is_null())
assert_type(condition, magewright.Expression)
criteria = Criteria(condition).order_by(F.created_at.desc(), "entity_id").page(50, 2)
assert_type(criteria.encode(), str)

store = magewright.Store(release="2.4.8-p1", profile=magewright.Profile({"version": 1}))
plan = magewright.plan({"id": 5}, {"taxvat": None}, store=store)
assert_type(plan.request, magewright.Request)

for line, bad in magewright.validate_ndjson(b"", threads=2):
    assert_type(line, int)
    assert_type(bad, magewright.Report)


def greet(customer: contract.Customer) -> str:
    return customer["firstname"]
