"""What is pure data goes to other processes, and can be copied."""

import copy
import json
import multiprocessing
import pickle
import urllib.request
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from magewright import (
    Admin, Client, Contract, Credentials, Criteria, F, Field, MagewrightError, Planner, Profile, Sandbox, Store,
    Validator, audit, plan, predict_update, reconcile, validate, validate_ndjson,
)
from magewright._native import dumps

ADA = {"email": "ada@example.test", "firstname": "Ada", "lastname": "L"}
STORED = ADA | {"id": 5, "group_id": 1, "store_id": 1, "website_id": 1, "addresses": [], "disable_auto_group_change": 0}
GROUPS = {"items": [{"id": number, "code": f"G{number}", "tax_class_id": 3} for number in (0, 1, 7)]}
SHOP = {
    "$defs": {"CustomerExtension": {"type": "object", "properties": {"points": {"type": "integer"}}}},
    "endpoints": [{"method": "GET", "path": "/V1/acme/points", "operation": "acmePoints"}],
}
STORE = Store(release="2.4.8-p1", profile=Profile.from_replies(customer_groups=GROUPS).with_contract(Contract(SHOP)),
              accounts=[STORED, STORED | {"id": 6, "email": "B@example.test"}], scope="default", now=1_700_000_000)


def again(value):
    return pickle.loads(pickle.dumps(value))


WAYS = [again, copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value, protocol=2))]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "value",
    [
        Criteria(),
        Criteria(F.group_id == 1).order_by(F.email.desc(), "entity_id").page(20, 3).fields("items[id],total_count"),
        Criteria({"filter_groups": [{"filters": [{"value": "1"}]}, {"filters": []}], "sort_orders": [{"field": "a"}]}),
        F.email == None,  # noqa: E711
        ~((F.a.is_not_null() & F.b.like("%ü'\"") & (F.c != 2)) | F.d.in_([1, "x,y"]) | F.e.compare("moreq", 3)),
        F.email.desc(),
        F["entity_id"].asc(),
        Profile(),
        Profile.from_replies(customer_groups=GROUPS),
        STORE.profile,
        Contract(),
        Contract(release="2.4.6-p2"),
        Contract(SHOP),
        Contract(SHOP, release="2.4.9"),
        STORE.contract,
    ],
    ids=repr,
)
def test_what_is_equal_stays_so(value, way):
    assert way(value) == value and type(way(value)) is type(value)


@pytest.mark.parametrize("way", WAYS)
def test_what_differs_stays_so(way):
    assert way(F.a == 1) != (F.a == 2) and way(F.a.is_null()) != F.a.is_not_null() and way(F.a.asc()) != F.a.desc()
    assert way(Criteria(F.a == 1)) != Criteria(F.b == 1)
    assert way(Contract(release="2.4.6-p2")) != Contract() and way(Contract(SHOP)) != Contract()


def test_a_contract_keeps_its_own_endpoints():
    paths = [endpoint.path for endpoint in again(Contract(SHOP)).endpoints]
    assert paths == [endpoint.path for endpoint in Contract(SHOP).endpoints] and "/V1/acme/points" in paths
    assert Contract(Contract(SHOP).to_dict()) == Contract(SHOP)


def test_a_shop_s_own_schema_stays_what_it_is():
    with Sandbox() as sandbox:
        with urllib.request.urlopen(f"{sandbox.url}/rest/all/schema?services=all") as reply:
            schema = Contract(reply.read())
    assert again(schema) == schema and again(schema).endpoints == schema.endpoints


@pytest.mark.parametrize("way", WAYS)
def test_a_store_answers_as_before(way):
    made = way(STORE)
    assert (made.release, made.scope, made.now) == (STORE.release, STORE.scope, STORE.now)
    assert (made.profile, made.contract) == (STORE.profile, STORE.contract) and repr(made) == repr(STORE)
    for body in ({"customer": {"id": 5, "email": "b@example.test"}}, {"customer": {"id": 5, "taxvat": "T", "group_id": 7}}):
        assert predict_update(STORED, body, store=made) == predict_update(STORED, body, store=STORE)
    assert again(Store()).profile == Store().profile


@pytest.mark.parametrize("way", WAYS)
def test_validators_and_planners_answer_as_before(way):
    bad = ADA | {"group_id": 3, "extension_attributes": {"points": "many"}}
    for validator in (Validator(store=STORE), Validator(), Validator(operation="create", caller="guest")):
        made = way(validator)
        for payload in (ADA, bad, {"customer": bad}, {"customer": ADA, "password": "Secret12!"}):
            assert made.check(payload) == validator.check(payload)
        assert made.unchecked == validator.unchecked
    planner = Planner(route="queue", caller="integration", strategy="full", store=STORE)
    assert way(planner).plan(STORED, {"taxvat": "T"}).body == planner.plan(STORED, {"taxvat": "T"}).body
    assert planner.plan(STORED, {"taxvat": "T"}).body != Planner().plan(STORED, {"taxvat": "T"}).body


def test_other_processes_work_with_them():
    spawn = multiprocessing.get_context("spawn")
    records = [ADA, ADA | {"group_id": 3}, {"email": "ada@"}]
    validator, planner = Validator(store=STORE), Planner(store=STORE)
    with spawn.Pool(2) as pool:
        assert pool.map(validator.check, records) == [validator.check(record) for record in records]
        told = pool.apply(Criteria(F.group_id == 1).explain, kwds={"store": STORE})
        assert told == Criteria(F.group_id == 1).explain(store=STORE)
        assert pool.apply(validate, (records[1],), {"store": STORE}) == validate(records[1], store=STORE)
        with pytest.raises(MagewrightError) as caught:
            pool.apply(planner.plan, ("{", "{}"))
        assert caught.value.code
    assert len({validator.check(record).clean for record in records}) == 2


def test_results_are_data():
    keys = Credentials("a", "b", "c", "d")
    results = [
        validate({"email": "ada@"}), validate_ndjson(b"{}\n"), plan(STORED, {"taxvat": "T"}),
        audit(STORED, {"customer": {"taxvat": None}}), reconcile(STORED, STORED, STORED | {"taxvat": "T"}),
        predict_update(STORED, {"customer": {"id": 5}}), keys,
    ]
    assert again(results) == results


@pytest.mark.parametrize("one", [Client("http://127.0.0.1:1"), Validator().stream()], ids=["client", "stream"])
def test_what_is_under_way_stays_where_it_is(one):
    with pytest.raises(TypeError, match="cannot pickle"):
        pickle.dumps(one)


def test_dates_are_written_as_a_store_does():
    zone = timezone(timedelta(hours=2))
    moments = {
        "dob": date(1980, 2, 3),
        "created_at": datetime(1980, 2, 3, 1, 30, 5, 999, tzinfo=zone),
        "updated_at": datetime(980, 2, 3, 4, 5, tzinfo=UTC),
        "naive": datetime(2026, 1, 31, 10),
    }
    told = predict_update(STORED, {"customer": {"id": 5, "dob": moments["dob"]}})
    assert told == predict_update(STORED, {"customer": {"id": 5, "dob": "1980-02-03"}})
    assert json.loads(dumps(moments)) == {
        "dob": "1980-02-03",
        "created_at": "1980-02-02 23:30:05",
        "updated_at": "0980-02-03 04:05:00",
        "naive": "2026-01-31 10:00:00",
    }


def test_what_pandas_has_for_nothing_says_the_way_out():
    pandas = pytest.importorskip("pandas")
    with pytest.raises(ValueError, match="/dob: no time: leave it out"):
        validate(ADA | {"dob": pandas.NaT})
    with pytest.raises(ValueError, match="/taxvat: NaN or infinity is no JSON number: .*table_rows"):
        validate(ADA | {"taxvat": float("nan")})
    with pytest.raises(TypeError, match="/dob: a Period is not JSON"):
        validate(ADA | {"dob": pandas.Period("2026")})
    assert validate(ADA | {"dob": pandas.Timestamp("1980-02-03").date()}).clean


def test_a_row_that_is_no_json_is_named():
    def rows():
        yield {"id": 3, "taxvat": "A"}
        yield {"id": 4, "taxvat": float("nan")}

    with Sandbox(customers=5) as sandbox:
        client, done = Client(sandbox.url, Admin("admin", "admin123")), []
        with pytest.raises(ValueError, match="row 2: /taxvat: NaN"):
            done.extend(row.outcome for row in client.sync(rows()))
        assert client.get(3)["taxvat"] == "A"


def test_fields_keep_their_names():
    assert again(Field("x.y ü")).name == "x.y ü" and copy.copy(F.email).name == "email"
