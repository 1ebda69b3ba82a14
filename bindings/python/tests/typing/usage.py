"""Code as users write it; type checkers read it, nothing runs it."""

from typing import Any, assert_type

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


shop = magewright.Store(contract=magewright.Contract(release="2.4.6-p2"))
assert_type([field.kind for field in shop.contract.fields("Customer")], list[str])
assert_type(magewright.predict_post("/rest/V1/customers", {}, store=shop).saved, dict[str, Any] | None)
assert_type(magewright.validate_batch([{}])[0], magewright.Report)
assert_type(magewright.request_for("GET", "/V1/customers/{customerId}", parameters={"customerId": 5}), magewright.Request)


async def names(client: magewright.AsyncClient) -> list[str]:
    return [customer["firstname"] async for customer in client.scan(F.group_id == 1)]


def waited(client: magewright.Client) -> list[str]:
    return [customer["firstname"] for customer in client.scan(Criteria(F.group_id == 1))]
