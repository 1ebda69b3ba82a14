"""Tables in and out, by way of every library that people have."""

import json

import pytest

import magewright

pyarrow = pytest.importorskip("pyarrow")

FLAT = {
    "email": ["ada@example.test", "bob@", None],
    "firstname": ["Ada", "Bob", "Eve"],
    "lastname": ["L", "B", "E"],
    "group_id": [1, 1, None],
    "custom_attributes.tier": ["5", None, None],
    "addresses.0.city": ["Ulm", None, None],
    "extension_attributes.is_subscribed": [True, False, None],
}


def pandas():
    return pytest.importorskip("pandas").DataFrame(FLAT)


def polars():
    return pytest.importorskip("polars").DataFrame(FLAT)


def duckdb():
    connection = pytest.importorskip("duckdb").connect()
    connection.register("customers", pyarrow.table(FLAT))
    return connection.sql("select * from customers")


def table():
    return pyarrow.table(FLAT)


def reader():
    return pyarrow.table(FLAT).to_reader(max_chunksize=1)


def batch():
    return pyarrow.table(FLAT).to_batches()[0]


@pytest.mark.parametrize("make", [table, reader, batch, pandas, polars, duckdb])
def test_violations_come_out_of_any_table(make):
    found = pyarrow.table(magewright.validate_table(make())).to_pylist()
    assert {(row["row"], row["pointer"]) for row in found if row["row"]} == {(1, "/email"), (2, "/email")}


def test_violations_go_into_any_library():
    def found():
        return magewright.validate_table(pyarrow.table(FLAT))

    assert "pointer" in pytest.importorskip("polars").DataFrame(found()).columns
    assert "pointer" in pytest.importorskip("pandas").DataFrame.from_arrow(found()).columns
    connection = pytest.importorskip("duckdb").connect()
    for violations in (found(), pyarrow.RecordBatchReader.from_stream(found())):
        assert connection.sql("select count(*) from violations where row = 1").fetchall() == [(1,)]
    assert pyarrow.schema(found()).names == pyarrow.table(found()).schema.names


@pytest.mark.parametrize("rows", [[{"email": "a@"}], "customers.parquet", {"email": ["a@"]}, None])
def test_what_is_no_table_says_the_way_out(rows):
    for call in (magewright.validate_table, magewright.table_rows, lambda rows: magewright.plan_table(rows, {})):
        with pytest.raises(TypeError, match=f"a {type(rows).__name__} is no table: .*from_pylist"):
            call(rows)


@pytest.mark.parametrize("frame", [pandas, polars, table])
def test_a_table_is_no_customer(frame):
    with pytest.raises(TypeError, match="is a table: give it to `validate_table`"):
        magewright.validate(frame())


STORED = {"id": 5, "group_id": 1, "email": "ada@example.test", "firstname": "Ada", "lastname": "L", "store_id": 1,
          "website_id": 1, "disable_auto_group_change": 0, "addresses": []}


def test_nested_columns_and_json_text_are_read_alike():
    nested = pyarrow.Table.from_pylist([STORED])
    text = pyarrow.table({"json": [json.dumps(STORED)]})
    patch = {"taxvat": "T"}
    plans = [pyarrow.table(magewright.plan_table(one, patch)).to_pylist() for one in (nested, text)]
    by_hand = magewright.plan(STORED, patch)
    for plan in plans:
        assert plan[0]["is_empty"] is False and plan[0]["message"] is None
        assert json.loads(plan[0]["body"]) == json.loads(by_hand.request.body)


def test_what_cannot_be_planned_says_why():
    rows = pyarrow.table({"json": ["{", "{}", json.dumps(STORED)]})
    plans = pyarrow.table(magewright.plan_table(rows, {"id": 6})).to_pylist()
    assert all(plan["body"] is None and plan["message"] for plan in plans)
    assert plans[2]["pointer"] == "/id" and plans[2]["body"] is None


@pytest.mark.parametrize(
    ("column", "violations"),
    [
        (pyarrow.array(["x"]).dictionary_encode(), 0),
        (pyarrow.array(["x"], pyarrow.large_string()), 0),
        (pyarrow.array(["x"], pyarrow.string_view()), 0),
        (pyarrow.nulls(1), 0),
        (pyarrow.array([7]), 1),
    ],
)
def test_texts_come_in_many_types(column, violations):
    row = pyarrow.table({"email": ["a@b.test"], "firstname": ["A"], "lastname": ["B"], "prefix": column})
    assert pyarrow.table(magewright.validate_table(row)).num_rows == violations


def test_times_and_numbers_are_written_as_a_store_does():
    import datetime
    from decimal import Decimal

    moment = datetime.datetime(2026, 1, 31, 10, 0, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    row = STORED | {"created_at": moment, "dob": datetime.date(1990, 2, 3), "group_id": 1.0, "x": Decimal("1.50")}
    table = pyarrow.Table.from_pylist([row])
    plan = pyarrow.table(magewright.plan_table(table, {"firstname": "Eve"}, strategy="full")).to_pylist()[0]
    assert '"created_at":"2026-01-31 08:00:00"' in plan["body"]
    assert '"dob":"1990-02-03"' in plan["body"] and '"group_id":1,' in plan["body"]


def test_two_columns_for_one_place_are_refused():
    with pytest.raises(magewright.MagewrightError, match="`a.b`|column `a`"):
        magewright.validate_table(pyarrow.table({"a": ["x"], "a.b": ["y"]}))


def test_a_column_that_no_customer_has_is_refused():
    times = pyarrow.table({"email": pyarrow.array([1], pyarrow.duration("s"))})
    with pytest.raises(magewright.MagewrightError, match="column `email`: .* cast it"):
        magewright.validate_table(times)
    inside = pyarrow.table({"addresses": pyarrow.array([], pyarrow.list_(pyarrow.struct({"city": pyarrow.binary()})))})
    with pytest.raises(magewright.MagewrightError, match="column `addresses`: .* cast it"):
        magewright.table_rows(inside)


def test_counts_and_threads():
    rows = pyarrow.table({"json": [json.dumps(STORED), "{}"] * 2000})
    for threads in (1, 2):
        stream = magewright.validate_table(rows, threads=threads)
        found = pyarrow.table(stream)
        assert stream.counts == (4000, 2000, 2000)
        assert found["row"].to_pylist() == sorted(found["row"].to_pylist())


ANNA = STORED | {"id": 6, "email": "anna@example.test"}


def outcomes(table, *patch, **options):
    return pyarrow.table(magewright.plan_table(table, *patch, **options)).to_pylist()


def test_a_row_has_its_own_patch_in_a_column():
    rows = [STORED | {"patch": '{"firstname":"Eve"}'}, ANNA | {"patch": None}, ANNA | {"patch": "{"}]
    plans = outcomes(pyarrow.Table.from_pylist(rows), patch_column="patch")
    assert [(plan["row"], plan["id"]) for plan in plans] == [(0, 5), (2, 6)]
    assert json.loads(plans[0]["body"])["customer"]["firstname"] == "Eve"
    assert plans[1]["body"] is None and plans[1]["message"]


@pytest.mark.parametrize("stored", [
    pyarrow.Table.from_pylist([STORED, ANNA]),
    pyarrow.table({"json": [json.dumps(STORED), json.dumps(ANNA)]}),
])
def test_patches_of_another_table_are_matched_by_id(stored):
    patches = pyarrow.table({"id": [6, 9], "firstname": ["Zoë", "X"], "lastname": [None, "Y"]})
    plans = outcomes(stored, patches=patches)
    assert [(plan["row"], plan["id"], plan["code"]) for plan in plans] == [(1, 6, None), (None, 9, "no_such_customer")]
    assert "lastname" not in json.loads(plans[0]["body"])["customer"] or json.loads(plans[0]["body"])["customer"]["lastname"] == "L"


def test_patches_as_json_text_can_clear_fields():
    patches = pyarrow.table({"json": ['{"id":5,"firstname":"Eve","taxvat":null}']})
    [plan] = outcomes(pyarrow.Table.from_pylist([STORED | {"taxvat": "T"}]), patches=patches)
    assert json.loads(plan["body"])["customer"]["taxvat"] == ""


def test_patches_come_in_one_way_and_once_for_each_customer():
    stored = pyarrow.Table.from_pylist([STORED])
    with pytest.raises(TypeError, match="one of them"):
        magewright.plan_table(stored)
    with pytest.raises(magewright.MagewrightError, match="two patches"):
        magewright.plan_table(stored, patches=pyarrow.table({"id": [5, 5], "firstname": ["A", "B"]}))
    with pytest.raises(ValueError, match="without the customer's `id`"):
        magewright.plan_table(stored, patches=pyarrow.table({"firstname": ["A"]}))
    with pytest.raises(Exception, match="patch"):
        magewright.plan_table(stored, patch_column="patch")


def test_names_with_dots_and_numbers_lead_inside():
    columns = {"id": [1], "addresses.0.city": ["Ulm"], "custom_attributes.tier": ["5"], "addresses.0.id": [7]}
    [text] = magewright.table_rows(pyarrow.table(columns))
    assert json.loads(text) == {
        "id": 1,
        "addresses": [{"city": "Ulm", "id": 7}],
        "custom_attributes": [{"attribute_code": "tier", "value": "5"}],
    }


def test_frames_of_which_rows_were_taken_are_read_as_meant():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"id": [3, None, 5], "taxvat": ["A", "B", None]})
    taken = frame[frame["taxvat"].isna() | (frame["id"] == 3)]
    assert magewright.table_rows(taken) == [b'{"id":3,"taxvat":"A"}', b'{"id":5}']
    plans = pyarrow.table(magewright.plan_table(pyarrow.Table.from_pylist([STORED]), patches=taken)).to_pylist()
    assert [(plan["id"], plan["code"]) for plan in plans] == [(5, None), (3, "no_such_customer")]
