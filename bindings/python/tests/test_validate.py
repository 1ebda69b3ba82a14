import io
import json
from decimal import Decimal

import pytest

import magewright

ADA = {"email": "ada@example.test", "firstname": "Ada", "lastname": "Lovelace"}
LINES = b"\n".join([json.dumps(ADA).encode(), b"", b"{oops", b'{"email":"ada@example.test"}'])


@pytest.mark.parametrize("form", [dict, json.dumps, lambda ada: json.dumps(ada).encode()])
def test_a_clean_record_is_accepted_in_every_form(form):
    report = magewright.validate(form(ADA))
    assert report.accepted and report.clean
    assert report.violations == ()
    assert "email_taken" in report.unchecked


def test_other_buffers_are_text_too():
    text = json.dumps(ADA).encode()
    assert magewright.validate(bytearray(text)).clean
    assert magewright.validate(memoryview(text)).clean


def test_all_violations_are_told_at_once():
    report = magewright.validate({"email": ADA["email"], "prefix": 7})
    found = sorted((violation.pointer, violation.severity) for violation in report.violations)
    assert not report.accepted
    assert found == [("/firstname", "error"), ("/lastname", "error"), ("/prefix", "loss")]


def test_text_that_is_no_json_is_a_violation():
    assert magewright.validate("{").violations[0].code == "not_json"


@pytest.mark.parametrize("half", [ADA | {"prefix": "\ud800"}, '{"prefix":"\ud800"}', {"\ud800": 1}])
def test_half_a_surrogate_pair_is_a_violation(half):
    assert magewright.validate(half).violations[0].code == "not_json"


def test_objects_are_read_as_json_would_write_them():
    odd = ADA | {"firstname": 'A"\\\n\u20ac\U0001f600', "group_id": 1, "addresses": [], "default_billing": None}
    assert magewright.validate(odd).violations == magewright.validate(json.dumps(odd)).violations
    assert magewright.ask("patch.apply", {"stored": {"a": Decimal("1.50"), "b": 2**70, "c": (True,)}, "patch": {}}) == {
        "a": 1.5,
        "b": 2**70,
        "c": [True],
    }


@pytest.mark.parametrize(
    ("wrong", "error", "place"),
    [
        ({"addresses": [{"city": object()}]}, TypeError, "/addresses/0/city"),
        ({"custom_attributes": {"x": float("nan")}}, ValueError, "/custom_attributes/x"),
        ({"addresses": {7: 1}}, TypeError, "/addresses"),
    ],
)
def test_what_json_cannot_say_is_refused_with_its_place(wrong, error, place):
    with pytest.raises(error, match=place):
        magewright.validate(ADA | wrong)


def test_objects_within_themselves_are_refused():
    endless = dict(ADA)
    endless["extension_attributes"] = endless
    with pytest.raises(RecursionError):
        magewright.validate(endless)


def test_a_store_that_cannot_be_is_refused_with_its_place():
    with pytest.raises(magewright.MagewrightError) as caught:
        magewright.Store(release="2.3.7")
    assert caught.value.pointer == "/release"
    with pytest.raises(magewright.MagewrightError) as caught:
        magewright.Store(profile={"version": 1, "countries": {}})
    assert caught.value.pointer == "/profile/countries"


def test_a_validator_reports_clean_payloads_with_one_object():
    validator = magewright.Validator()
    assert validator.check(ADA) is validator.check(json.dumps(ADA))
    assert validator.is_clean(ADA) and not validator.is_clean(b"[]")
    assert not magewright.Validator(operation="create").check({"customer": {}}).accepted
    with pytest.raises(magewright.MagewrightError):
        magewright.Validator(operation="update")


def expected(batch):
    assert batch.tally == magewright.Tally(records=3, clean=1, refused=2, blank=1)
    assert [(line, report.violations[0].code) for line, report in batch] == [(3, "not_json"), (4, "missing_value")]


@pytest.mark.parametrize("threads", [1, 2])
def test_many_records_are_read_from_bytes_path_and_file(tmp_path, threads):
    path = tmp_path / "records.ndjson"
    path.write_bytes(LINES)
    for source in (LINES, bytearray(LINES), path, str(path), io.BytesIO(LINES)):
        expected(magewright.validate_ndjson(source, threads=threads))


def test_bad_lines_are_told_as_they_are_read():
    assert [line for line, _ in magewright.iter_ndjson(io.BytesIO(LINES))] == [3, 4]
    assert [line for line, _ in magewright.iter_ndjson(LINES)] == [3, 4]


def test_records_as_bodies_of_a_create():
    bodies = json.dumps({"customer": ADA}).encode()
    assert magewright.validate_ndjson(bodies, operation="create").tally.refused == 0


def test_a_file_that_is_not_there_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        magewright.validate_ndjson(tmp_path / "none")
