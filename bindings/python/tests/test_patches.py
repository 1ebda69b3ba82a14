import json

import pytest

import magewright

STORED = {"id": 5, "taxvat": "T", "addresses": [{"id": 1, "city": "Ulm"}]}
PATCH = {"taxvat": None, "addresses": [{"id": 1, "city": "Bonn"}]}
WANTED = {"id": 5, "addresses": [{"id": 1, "city": "Bonn"}]}


@pytest.mark.parametrize("stored", [STORED, json.dumps(STORED), json.dumps(STORED).encode()])
def test_a_patch_is_applied_to_dict_text_and_bytes_alike(stored):
    assert magewright.apply_patch(stored, PATCH) == WANTED


def test_a_difference_is_the_patch_back():
    assert magewright.diff(STORED, WANTED) == PATCH


def test_two_writers_who_changed_the_same_thing_are_in_conflict():
    found = magewright.reconcile({"a": 1}, {"a": 2}, {"a": 3})
    assert found == magewright.Reconciled(None, [magewright.Conflict("/a", 1, 2, 3)])
    assert magewright.reconcile({"a": 1}, {"a": 2}, {"a": 3}, "ours").patch == {"a": 3}


def test_text_that_is_not_json_is_refused_with_the_member_s_name():
    with pytest.raises(magewright.MagewrightError) as caught:
        magewright.apply_patch("{", PATCH)
    assert (caught.value.code, caught.value.pointer) == ("syntax", "/stored")


def test_half_a_surrogate_pair_is_refused_too():
    with pytest.raises(magewright.MagewrightError, match="surrogate"):
        magewright.apply_patch('{"firstname":"\ud800"}', PATCH)


def test_a_planner_writes_the_body_that_a_plan_has():
    stored = {"id": 5, "group_id": 1, "email": "ada@example.test", "firstname": "Ada", "lastname": "L", "store_id": 1,
              "website_id": 1, "disable_auto_group_change": 0, "addresses": []}
    planner = magewright.Planner()
    for form in (dict, json.dumps, lambda of: json.dumps(of).encode()):
        planned = planner.plan(form(stored), form({"taxvat": "T"}))
        assert planned.body.decode() == magewright.plan(stored, {"taxvat": "T"}).request.body
        assert not planned.is_empty and planned.warnings == () and "T" not in repr(planned)
    with pytest.raises(magewright.Unplannable) as caught:
        planner.plan(stored, {"id": 6})
    assert caught.value.reasons[0].pointer == "/id"
    with pytest.raises(magewright.MagewrightError):
        magewright.Planner(route="post")
