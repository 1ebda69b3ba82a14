import json

import pytest

import magewright
from magewright import Contract

SHOP = {
    "endpoints": [],
    "$defs": {
        "CustomerExtension": {
            "x-definition": "customer-data-customer-extension-interface",
            "type": "object",
            "properties": {"card": {"$ref": "#/$defs/LoyaltyCard"}},
        },
        "LoyaltyCard": {
            "x-definition": "acme-loyalty-data-card-interface",
            "type": "object",
            "properties": {"points": {"type": "integer"}},
        },
    },
}
SWAGGER = {
    "swagger": "2.0",
    "definitions": {
        "customer-data-customer-interface": {
            "type": "object",
            "properties": {
                "extension_attributes": {"$ref": "#/definitions/customer-data-customer-extension-interface"}
            },
        },
        "customer-data-customer-extension-interface": {
            "type": "object",
            "properties": {"points": {"type": "integer"}},
        },
    },
}
STORED = {"id": 5, "group_id": 1, "email": "ada@example.test", "firstname": "Ada", "lastname": "L", "store_id": 1,
          "website_id": 1, "disable_auto_group_change": 0, "addresses": []}


def record(points):
    person = {"email": "ada@example.test", "firstname": "Ada", "lastname": "L"}
    return person | {"extension_attributes": {"card": {"points": points}}}


def test_the_built_in_contract_says_what_a_release_has():
    everything, old = Contract(), Contract(release="2.4.6-p2")
    names = {field.name for field in everything.fields("CustomerExtension")}
    assert "all_company_attributes" in names
    assert "all_company_attributes" not in {field.name for field in old.fields("CustomerExtension")}
    assert everything.release is None and old.release == "2.4.6-p2"
    assert len(old.endpoints) <= len(everything.endpoints)
    assert {"Customer", "Address"} <= set(everything.types)


def test_fields_and_endpoints_say_what_holds_for_them():
    fields = {field.name: field for field in Contract().fields("Customer")}
    assert (fields["email"].format, fields["email"].required) == ("email", True)
    assert (fields["addresses"].kind, fields["addresses"].list_key) == ("Address[]", "id")
    save = next(one for one in Contract().endpoints if (one.method, one.path) == ("PUT", "/V1/customers/{customerId}"))
    assert save.access == "Magento_Customer::manage"
    with pytest.raises(KeyError):
        Contract().fields("Adress")


@pytest.mark.parametrize("form", [dict, json.dumps, lambda shop: json.dumps(shop).encode()])
def test_a_shop_s_contract_is_read_in_every_form_and_written_again(form):
    contract = Contract(form(SHOP))
    assert [field.kind for field in contract.fields("CustomerExtension")][-1] == "LoyaltyCard"
    assert Contract(contract.to_dict()) == contract != Contract()
    assert "LoyaltyCard" not in repr(contract)


def test_a_store_s_own_schema_is_a_contract():
    contract = Contract(SWAGGER)
    assert contract.fields("CustomerExtension")[0].name == "points"
    profile = magewright.Profile.from_replies(schema=SWAGGER)
    assert profile == magewright.Profile().with_contract(contract)
    assert "schema" in profile.sections


def test_validation_prediction_and_plan_follow_the_contract():
    shop = magewright.Store(contract=Contract(SHOP))
    assert not magewright.validate(record(7)).clean
    assert magewright.validate(record(7), store=shop).clean
    assert not magewright.validate(record("many"), store=shop).clean
    assert magewright.Validator(store=shop).is_clean(record(7))
    body = {"customer": record("many")}
    assert magewright.predict_create(body, store=shop).refused.status == 400
    patch = {"extension_attributes": {"card": {"points": "many"}}}
    with pytest.raises(magewright.Unplannable):
        magewright.plan(STORED, patch, store=shop)


def test_a_store_takes_the_release_of_its_contract():
    store = magewright.Store(contract=Contract(release="2.4.8-p1"))
    assert store.release == "2.4.8-p1" and store.contract.release == "2.4.8-p1"
    assert magewright.Store(contract=Contract(release="2.4.8-p1"), release="2.4.7").release == "2.4.7"


@pytest.mark.parametrize(("wrong", "pointer"), [({"$defs": []}, "/contract/$defs"), ("{", "/contract")])
def test_what_is_no_contract_is_refused_with_its_place(wrong, pointer):
    with pytest.raises(magewright.MagewrightError) as caught:
        Contract(wrong)
    assert caught.value.pointer == pointer
