"""A dict is judged as its JSON text is, however it was made: a law over customers with odd values in random places."""

import collections
import copy
import enum
import json
import random

import pytest

import magewright

CLEAN = {
    "id": 1007,
    "group_id": 1,
    "default_billing": "4028",
    "default_shipping": "4029",
    "created_at": "2019-05-01 10:11:12",
    "updated_at": "2024-02-29 23:59:59",
    "created_in": "日本語ストア",
    "dob": "1984-02-29",
    "email": "zoe.o-brien+shop@example.co.uk",
    "firstname": "Zoë",
    "lastname": "O'Brien",
    "gender": 2,
    "store_id": 1,
    "taxvat": 'DE "123" \\ 4',
    "website_id": 1,
    "addresses": [
        {
            "id": 4028,
            "customer_id": 1007,
            "region": {"region_code": "BAY", "region": "Bayern", "region_id": 81},
            "region_id": 81,
            "country_id": "DE",
            "street": ["1 Hauptstraße", "№ 7"],
            "company": 'Widgets "R" Us',
            "telephone": "+49 1234567890",
            "postcode": "01234",
            "city": "München",
            "firstname": "Zoë",
            "lastname": "O'Brien",
            "default_billing": True,
        }
    ],
    "disable_auto_group_change": 0,
    "extension_attributes": {"is_subscribed": False},
    "custom_attributes": [
        {"attribute_code": "notes", "value": 'Says "ring twice"\nthen wait / ☎'},
        {"attribute_code": "segments", "value": ["1", {"a": None}, 1.5, -3]},
    ],
}


class Text(str):
    pass


class Level(enum.IntEnum):
    ONE = 1


ODD = [
    None, True, False, 0, 1, -1, 2, 9, 64, 65_535, 65_536, 999_999_999, 1_000_000_000, 2**31, 2**63, 2**80, 0.0, 1.0, 1.5,
    1e22, "", " ", "a", " a", "a ", "0", "01", "1", "12345678901", "x" * 63, "x" * 128, "x" * 129, "x" * 255, "x" * 256,
    "é" * 64, "é" * 255, "é" * 256, "王" * 50, "<b>", "a\\/b", "\\u0041", 'a"b', 'a",', "a\n", "\x00", "\x1f", "\x7f", "😀",
    "2024-02-29", "2023-02-29", "2024-02-29 00:00:00", "2024-02-29 24:00:00", "1990-5-1", "ada@example.com",
    "ada@", "two@@example.com", "DE", "de", "US", "XX", "+49 1", [], {}, [""], ["a"], [" a"], ["a", "b", "c"], ["a"] * 9, [1],
    [[]], [{}], {"a": 1}, Text("Zoë"), Text("ada@example.com"), Level.ONE, ("1 Main St",), collections.OrderedDict(a=1),
]  # fmt: skip
NAMES = [*CLEAN, *CLEAN["addresses"][0], "a", "", "is_active", "groupId", "StoreId", "prefix", "vat_id", "fax", "value", "x" * 200]


def places(value):
    """Every object and list in a document."""
    if isinstance(value, dict | list):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from places(inner)


def changed(chance):
    """The clean customer with a few odd values in random places."""
    customer = json.loads(json.dumps(CLEAN)) if chance.random() < 0.5 else copy.deepcopy(CLEAN)
    odd = lambda: copy.deepcopy(chance.choice(ODD))
    for _ in range(chance.randrange(4)):
        place = chance.choice([place for place in places(customer) if place])
        key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
        match chance.randrange(5):
            case 0:
                place.pop(key)
            case 1 if isinstance(place, dict):
                place[chance.choice(NAMES)] = odd()
            case 2 if isinstance(place, dict):
                shuffled = chance.sample(list(place.items()), len(place))
                place.clear()
                place.update(shuffled)
            case 3 if isinstance(place, list):
                place.append(odd() if chance.random() < 0.5 else copy.deepcopy(place[key]))
            case _:
                place[key] = odd()
    return customer


@pytest.mark.parametrize("seed", range(20))
def test_a_dict_is_judged_as_its_text(seed):
    chance = random.Random(seed)
    for operation in ("record", "create"):
        validator = magewright.Validator(operation=operation)
        for _ in range(250):
            payload = changed(chance)
            payload = {"customer": payload} if operation == "create" else payload
            # As a message says at which byte a text ends to be JSON, it is written as the package writes it.
            report = validator.check(json.dumps(payload, separators=(",", ":"), ensure_ascii=False))
            assert validator.check(payload) == report, payload
            assert validator.check(json.loads(json.dumps(payload))) == report, payload
            assert validator.is_clean(payload) == report.clean, payload


def test_the_clean_customer_is_clean_and_its_report_shared():
    validator = magewright.Validator()
    assert validator.check(CLEAN).clean and validator.check(CLEAN) is validator.check(b'{"email":"a@b.de","firstname":"A","lastname":"B"}')


def test_half_a_surrogate_pair_is_no_json_in_either():
    validator = magewright.Validator()
    reports = [validator.check(payload) for payload in (CLEAN | {"prefix": "\ud800"}, json.dumps({"prefix": "\ud800"}))]
    assert [[violation.code for violation in report.violations] for report in reports] == [["not_json"]] * 2


def test_equal_reports_are_one_object():
    validator = magewright.Validator()
    assert validator.check({}) is validator.check(b"{}")
    assert validator.check({}) is not validator.check({"email": "a@b.de"})


def test_no_dict_is_too_long_to_be_judged_as_text():
    validator = magewright.Validator()
    many = CLEAN | {"custom_attributes": [{"attribute_code": f"c{n}", "value": "x" * 100} for n in range(150_000)]}
    assert validator.check(many) == validator.check(json.dumps(many))
    assert validator.check(many).violations[0].code == "record_too_large"
