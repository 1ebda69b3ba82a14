import json

import pytest

import magewright

ADA = {"email": "ada@example.test", "firstname": "Ada", "lastname": "Lovelace"}


@pytest.mark.parametrize("payload", [ADA, json.dumps(ADA), json.dumps(ADA).encode()])
def test_a_clean_record_is_accepted(payload):
    report = magewright.validate(payload)
    assert report.accepted
    assert report.violations == []


def test_all_violations_are_told_at_once():
    report = magewright.validate({"email": ADA["email"], "prefix": 7})
    found = sorted((violation.pointer, violation.severity) for violation in report.violations)
    assert not report.accepted
    assert found == [("/firstname", "error"), ("/lastname", "error"), ("/prefix", "loss")]


def test_text_that_is_no_json_is_a_violation():
    assert magewright.validate("{").violations[0].code == "not_json"


def test_a_store_that_cannot_be_is_refused_with_its_place():
    with pytest.raises(magewright.MagewrightError) as caught:
        magewright.validate(ADA, store=magewright.Store(release="2.3.7"))
    assert caught.value.pointer == "/release"
