"""The sandbox as tests set it up: who may sign in, what time it is, when its queue is worked."""

import json
import urllib.error
import urllib.request

import pytest

import magewright

ADA = {"id": 7, "email": "ada@example.test", "firstname": "Ada", "lastname": "L", "website_id": 1, "store_id": 1}


def post(url, body):
    asked = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked) as reply:
        return json.loads(reply.read())


def test_customers_and_other_administrators_sign_in():
    options = {"accounts": [ADA], "password": "Passw0rd!x", "administrators": {"eve": ("secret1", ["Magento_Catalog::catalog"])}}
    with magewright.Sandbox(**options) as sandbox:
        shopper = magewright.Client(sandbox.url, magewright.Admin("eve", "secret1"))
        with pytest.raises(magewright.PermissionDenied) as caught:
            shopper.get(7)
        assert caught.value.acl == "Magento_Customer::customer"
        asked = {"username": ADA["email"], "password": "Passw0rd!x"}
        assert post(f"{sandbox.url}/rest/V1/integration/customer/token", asked)


def test_an_integration_signs_its_requests():
    with magewright.Sandbox(accounts=[ADA]) as sandbox:
        assert magewright.Client(sandbox.url, sandbox.credentials).get(7)["email"] == ADA["email"]
        assert sandbox.credentials.consumer_secret not in repr(sandbox.credentials)


def test_time_stands_still_when_it_is_told():
    with magewright.Sandbox(now=1_700_000_000) as sandbox:
        client = magewright.Client(sandbox.url, magewright.Admin("admin", "admin123"))
        person = {"email": "eve@example.test", "firstname": "E", "lastname": "V"}
        assert client.create(person).customer["created_at"] == "2023-11-14 22:13:20"
        sandbox.set_now(1_700_000_060)
        assert client.update(1, {"firstname": "Eve"}).customer["updated_at"] == "2023-11-14 22:14:20"


def test_the_queue_is_worked_on_demand():
    with magewright.Sandbox(accounts=[ADA], consumer=False) as sandbox:
        client = magewright.Client(sandbox.url, magewright.Admin("admin", "admin123"))
        [settled] = client.bulk_delete([7], patience=0.0)
        assert settled.state == "open" and len(sandbox.customers()) == 1
        assert sandbox.run_consumer() == 1
        assert sandbox.customers() == []


def test_replies_about_itself_are_given_as_they_are():
    reply = [{"id": 0, "code": "admin", "name": "Admin", "default_group_id": 0, "acme": True}]
    with magewright.Sandbox(replies={"/rest/V1/store/websites": reply}) as sandbox:
        client = magewright.Client(sandbox.url, magewright.Admin("admin", "admin123"))
        assert client.pull_profile().to_dict()["websites"][0]["code"] == "admin"
