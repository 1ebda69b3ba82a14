import pytest

import magewright

CRITERIA = {
    "filter_groups": [{"filters": [{"field": "email", "value": "a+b%", "condition_type": "like"}]}],
    "sort_orders": [{"field": "entity_id", "direction": "ASC"}],
    "page_size": 5,
}
TEXT = "email like 'a+b%' order by entity_id asc limit 5"


def test_criteria_go_there_and_back_as_a_mapping_and_as_text():
    query = magewright.encode_criteria(CRITERIA)
    assert query == magewright.encode_criteria(TEXT)
    assert "value%5D=a%2Bb%25" in query
    assert magewright.decode_criteria(query) == magewright.Search(CRITERIA, TEXT, None)


def test_the_store_s_refusal_is_an_answer():
    assert magewright.decode_criteria("", release="2.4.6-p2").refused.status == 400


def test_criteria_that_are_none_are_refused_with_their_place():
    with pytest.raises(magewright.MagewrightError) as caught:
        magewright.encode_criteria({"pagesize": 5})
    assert caught.value.pointer == "/criteria/pagesize"


def test_a_search_is_explained_and_answered():
    assert "group_id is equal to 1" in magewright.explain_criteria("group_id = 1")["words"]
    store = magewright.Store(accounts=[{"id": 1, "email": "zoe@x.test", "website_id": 1, "firstname": "Zoë"}])
    assert magewright.answer_search("firstname = 'zoe'", store=store)["total_count"] == 1
    assert magewright.answer_search("id = 1", store=store).status == 400


def test_what_a_store_refuses_of_criteria_is_told():
    [warning] = magewright.check_criteria("id = 1")
    assert (warning.code, warning.severity) == ("unknown_field", "error")
    assert warning.pointer == "/filter_groups/0/filters/0/field"
    assert magewright.check_criteria(magewright.Criteria("entity_id = 1")) == []


def test_a_query_is_read_as_a_store_reads_it():
    store = magewright.Store(release="2.4.6-p2")
    assert magewright.decode_criteria("", store=store) == magewright.decode_criteria("", release="2.4.6-p2")
