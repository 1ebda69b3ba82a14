import json

import pytest

import magewright
from magewright import customers

CREDENTIALS = magewright.Credentials("key", "secret", "token", "token secret")


def test_requests_are_ready_but_for_host_and_credentials():
    request = customers.get(5, scope="de", fields="id")
    assert request == magewright.Request("GET", "/rest/de/V1/customers/5?fields=id", None)
    assert customers.update(5, '{"credit":1.50}').body == '{"customer":{"credit":1.50}}'
    assert customers.delete(5).method == "DELETE"
    assert customers.search("group_id = 1").target.startswith("/rest/V1/customers/search?searchCriteria")


def test_a_request_does_not_show_its_body():
    request = customers.create({"firstname": "Ada"}, password="Pa55 word")
    assert json.loads(request.body)["password"] == "Pa55 word"
    assert "Pa55" not in repr(request)


def test_a_signature_depends_on_nonce_and_time_which_are_made_up_unless_given():
    url = "https://shop.test/rest/V1/customers/5"
    fixed = {"nonce": "n", "timestamp": 1_700_000_000}
    assert magewright.sign("GET", url, CREDENTIALS, **fixed) == magewright.sign("GET", url, CREDENTIALS, **fixed)
    assert magewright.sign("GET", url, CREDENTIALS) != magewright.sign("GET", url, CREDENTIALS)


def test_credentials_do_not_show_themselves():
    assert "secret" not in repr(CREDENTIALS)


def test_any_endpoint_of_the_contract_has_requests():
    request = magewright.request_for("GET", "/V1/customers/{customerId}", parameters={"customerId": 5}, scope="de")
    assert request == customers.get(5, scope="de")
    assert magewright.request_for("GET", "/V1/customers/search", criteria="group_id = 1") == customers.search("group_id = 1")
    with pytest.raises(magewright.MagewrightError) as caught:
        magewright.request_for("GET", "/V1/customers/{customerId}")
    assert caught.value.pointer.startswith("/parameters")


def test_the_releases_there_are():
    assert "2.4.7" in magewright.releases()
