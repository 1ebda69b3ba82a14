"""Recorded cases of a real store, asked of the Python package: the figures are those of the Rust runner."""

import json
from pathlib import Path

import pytest

import magewright

VECTORS = Path(__file__).parents[3] / "schema/vectors"


def cases(name):
    path = VECTORS / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("the recorded cases are not beside the package")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def wrong(name, holds):
    return [case["id"] for case in cases(name) if not holds(case)]


def test_error_replies_are_rendered_as_recorded():
    def holds(case):
        reply = case["reply"]
        text = reply if isinstance(reply, str) else json.dumps(reply)
        error = magewright.decode_error(case["status"], text)
        return case["rendered"] in (None, error.message) and case.get("rendered_errors") in (None, [], error.errors)

    assert wrong("errors", holds) == []


def test_fields_are_selected_as_recorded():
    def selected(case):
        if case["status"] == 404:
            return case["input"]  # a store does not filter its refusals
        try:
            return magewright.select_fields(json.dumps(case["input"]), case["fields"])
        except magewright.MagewrightError as fatal:
            return str(fatal)

    assert wrong("fields", lambda case: selected(case) == case["output"]) == []


def test_creates_are_answered_as_recorded():
    accounts = (VECTORS / "state/create-customers.ndjson").read_text(encoding="utf-8").splitlines()
    accounts = "[" + ",".join(accounts) + "]"

    def reply(name):
        return (VECTORS / "store" / name).read_text(encoding="utf-8")

    profile = magewright.Profile.from_replies(
        websites=reply("websites.json"),
        store_groups=reply("storeGroups.json"),
        store_views=reply("storeViews.json"),
        customer_groups=reply("customerGroups.json"),
        customer_attributes=reply("attributeMetadata-customer.json"),
        address_attributes=reply("attributeMetadata-customerAddress.json"),
        countries=reply("countries.json"),
        modules=reply("modules.json"),
    )
    store = magewright.Store(profile=profile, accounts=accounts)

    def holds(case):
        body = case.get("raw_body") or json.dumps(case.get("body"))
        found = magewright.predict_create(body, caller=case["caller"], store=store)
        return case["status"] == (found.refused.status if found.refused else 200)

    plain = [case["id"] for case in cases("create") if case["path"] == "/rest/V1/customers" and "content_type" not in case]
    assert len(set(wrong("create", holds)) & set(plain)) == 0
