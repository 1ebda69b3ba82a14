import json

import pytest

import magewright

STORED = {
    "id": 5,
    "group_id": 1,
    "email": "a@example.test",
    "firstname": "A",
    "lastname": "B",
    "store_id": 1,
    "taxvat": "T",
    "website_id": 1,
    "addresses": [],
    "disable_auto_group_change": 0,
}


def test_a_create_is_saved_or_refused():
    ada = {"email": "ada@example.test", "firstname": "Ada", "lastname": "Lovelace"}
    saved = magewright.predict_create({"customer": ada})
    assert (saved.saved["id"], saved.refused) == ("<id>", None)
    refused = magewright.predict_create({"customer": {}}, caller="guest")
    assert (refused.saved, refused.refused.status) == (None, 400)


def test_a_create_is_checked_with_its_envelope():
    report = magewright.validate_create({"customer": {"email": "ada"}})
    assert "/customer/email" in [violation.pointer for violation in report.violations]


def test_an_update_tells_whom_it_changes():
    prediction = magewright.predict_update(STORED, {"customer": {"firstname": "Ada"}})
    assert [customer["firstname"] for customer in prediction.customers] == ["Ada"]


def test_a_bulk_update_tells_each_operation():
    store = magewright.Store(accounts=[STORED])
    run = magewright.predict_update_in_bulk([{"customer": {"id": 6, "firstname": "A"}}], store=store)
    assert [operation.status for operation in run.operations] == [3]


def test_an_audit_tells_what_is_sent_in_vain():
    effects = magewright.audit(STORED, {"customer": {"firstname": "N", "taxvat": None}})
    assert [(effect.pointer, effect.kind) for effect in effects] == [("/firstname", "changed"), ("/taxvat", "ignored")]


def test_an_audit_gives_the_words_of_a_refusal():
    [effect] = magewright.audit(STORED, {"customer": {"firstname": ""}})
    assert effect.kind == "refused"
    assert effect.refusal.message == '"First Name" is a required value.'


def test_a_plan_is_what_is_predicted():
    plan = magewright.plan(STORED, {"taxvat": None})
    assert (plan.request.method, plan.request.target) == ("PUT", "/rest/V1/customers/5")
    assert magewright.predict_update(STORED, plan.request.body).customers == [plan.expected]
    assert plan.removals == [magewright.Change("/taxvat", "T")]
    assert "taxvat" not in repr(plan.request)


def test_a_plan_for_the_queue_is_a_list():
    plan = magewright.plan(STORED, {"taxvat": None}, route="queue")
    assert len(json.loads(plan.request.body)) == 1


def test_what_cannot_be_planned_says_why():
    with pytest.raises(magewright.Unplannable) as caught:
        magewright.plan(STORED, {"addresses": None})
    assert caught.value.reasons[0].pointer == "/addresses"


def test_changes_are_told_place_by_place():
    assert magewright.changes({"a": 1}, {"a": 2}) == [magewright.Change("/a", 1, 2)]


def test_a_post_is_predicted_as_it_is_sent():
    body = {"customer": {"email": "ada@example.test", "firstname": "A", "lastname": "L"}}
    assert magewright.predict_post("/rest/V1/customers", body) == magewright.predict_create(body)
    assert magewright.predict_post("/rest/V1/customers", body, content_type=None).refused.status == 400
    assert magewright.predict_post("/rest/V1/nothing", body).refused.status == 404


def test_items_of_the_queue_are_judged_together_and_predicted_one_by_one():
    item = {"customer": {"email": "ada@example.test", "firstname": "A", "lastname": "L"}}
    assert [report.accepted for report in magewright.validate_batch([item, item])] == [True, False]
    assert magewright.predict_queued_create(item).saved["firstname"] == "A"
    assert magewright.predict_queued_create({"customer": {"nothing": 1}}).submission_refused
