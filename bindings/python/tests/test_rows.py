"""Rows of files."""

import io
import json
import sys

import pytest

from magewright import MagewrightError, read_rows
from magewright._csv import nested
from magewright._rows import count_rows, numbered


@pytest.fixture
def write(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rows.csv", "id,taxvat\n3,A\n"),
        ("rows.CSV", "id;taxvat\r\n3;A\r\n"),
        ("rows.Csv", "\ufeffid|taxvat\n3|A\n"),
        ("rows.csv", '"id"\t"taxvat"\n"3"\t"A"\n'),
        ("rows.tsv", "id\ttaxvat\n3\tA\n"),
        ("rows.csv", "id, taxvat ,\n3,A,\n,,\n\n"),
        ("rows.csv", "id;taxvat;group_id\n3.0;A\n"),
        ("rows.ndjson", '{"id":3,"taxvat":"A"}\n'),
        ("rows.JSONL", '\ufeff\n{"id":3,"taxvat":"A"}'),
        ("rows", '{"id":3,"taxvat":"A"}\n'),
    ],
)
def test_the_name_says_the_form_and_the_first_line_the_delimiter(name, text, write):
    rows = list(read_rows(write(name, text)))
    read = [json.loads(row) if isinstance(row, bytes) else row for row in rows if row != b"\n"]
    assert read == [{"id": 3, "taxvat": "A"}]


def test_a_delimiter_that_is_given_is_taken(write):
    assert list(read_rows(write("rows.txt", "id!a;b\n3!A,B\n"), delimiter="!")) == [{"id": 3, "a;b": "A,B"}]
    with pytest.raises(MagewrightError, match="one character"):
        read_rows(write("rows.csv", "id,a\n3,A\n"), delimiter="::")


@pytest.mark.parametrize("name", ["rows.parquet", "rows.PARQUET"])
def test_parquet_is_read(name, tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.table({"id": [3, 4]}), tmp_path / name)
    assert [json.loads(row)["id"] for row in read_rows(tmp_path / name)] == [3, 4]
    assert count_rows(tmp_path / name) == 2
    assert [line for line, _ in numbered(tmp_path / name)] == [1, 2]


def test_columns_with_dots_lead_inside():
    row = {"id": "5", "addresses.0.city": "Ulm", "addresses.0.postcode": "01234", "addresses.1.id": "7",
           "custom_attributes.tier": "5", "extension_attributes.is_subscribed": "true", "gender": "1"}
    assert nested(row) == {
        "id": 5,
        "addresses": [{"city": "Ulm", "postcode": "01234"}, {"id": 7}],
        "custom_attributes": [{"attribute_code": "tier", "value": "5"}],
        "extension_attributes": {"is_subscribed": True},
        "gender": 1,
    }


@pytest.mark.parametrize("text", ["²", "--5", "1" * 5000, "1,5", "0x1", " 7"])
def test_what_is_no_number_stays_a_text(text):
    assert nested({"group_id": text}) == {"group_id": text}


def test_rows_have_the_line_they_begin_on(write):
    path = write("rows.csv", 'id,taxvat\n\n3,"A\nB"\n,\n4,C\n')
    assert [line for line, _ in numbered(path)] == [3, 6]


def test_rows_are_counted_for_the_bar(write):
    assert count_rows(write("rows.CSV", "id,taxvat\n1,A\n2,B\n")) == 2
    assert count_rows(write("rows.txt", "id;taxvat\n1;A\n2;B\n"), ";") == 2
    assert count_rows(write("rows.ndjson", '{"id":1}\n\n{"id":2}\n')) == 2
    assert count_rows("-") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('id,taxvat\n3,"A\n', "after line 1"),
        (b"id,firstname\n3,J\xfcrgen\n", "not UTF-8"),
        ("id,taxvat\n3,A,B\n", "line 2: 3 cells for 2 columns: put quotes around a text with commas"),
        ("id;taxvat\n3;A;B\n", "a text with semicolons"),
        ("id,id\n3,4\n", "two columns are for `id`"),
        ("id,addresses,addresses.0.city\n3,x,Ulm\n", "two columns are for `addresses.0.city`"),
        ("id," + "a." * 2000 + "b\n3,x\n", "nothing lies deeper"),
        (",id,taxvat\n0,3,A\n", "line 2: a cell in a column without a name"),
        ("id;taxvat,x\n3;A\n", "commas and semicolons: give `delimiter`"),
        ("Kundennummer;Vorname\n3;Ada\n", "line 1: no column `id` or `email`"),
        ("", "no column `id` or `email`"),
        (b"\xff\xfei\x00d\x00", "not UTF-8"),
    ],
    ids=["quotes", "encoding", "cells", "semicolons", "twice", "inside", "deep", "unnamed", "unsure", "key", "empty", "utf16"],
)
def test_a_csv_file_that_would_be_misread_is_refused(text, said, write):
    path = write("rows.csv", text)
    with pytest.raises(MagewrightError) as caught:
        list(read_rows(path))
    message = str(caught.value)
    assert said in message and path in message and len(message) < 300
    assert "Ada" not in message and "Vorname" not in message


@pytest.mark.parametrize("text", ["id,taxvat\n3,A\n", "\n[1]\n", "PK\x03\x04"])
def test_lines_that_are_of_another_form_are_refused(text, write, monkeypatch):
    with pytest.raises(MagewrightError, match="rows.xlsx: no object of JSON on the first line"):
        list(read_rows(write("rows.xlsx", text)))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    with pytest.raises(MagewrightError, match="the standard input: no object"):
        list(read_rows("-"))


def test_a_file_that_is_no_parquet_is_refused(write):
    pytest.importorskip("pyarrow")
    with pytest.raises(MagewrightError, match="rows.parquet"):
        list(read_rows(write("rows.parquet", "PAR1junk")))
