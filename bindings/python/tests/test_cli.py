"""The command line, in a process of its own as people run it."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from magewright import MagewrightError, Sandbox
from magewright._cli import main
from magewright._rows import count_rows, nested, read_rows

ADA = {"email": "ada@example.test", "firstname": "Ada", "lastname": "L"}


@pytest.fixture
def store(monkeypatch):
    with Sandbox(customers=12) as sandbox:
        monkeypatch.setenv("MAGEWRIGHT_URL", sandbox.url)
        monkeypatch.setenv("MAGEWRIGHT_USERNAME", "admin")
        monkeypatch.setenv("MAGEWRIGHT_PASSWORD", "admin123")
        yield sandbox


@pytest.fixture
def write(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        return str(path)

    return write


def test_validate_says_what_is_wrong(write, capsys):
    assert main(["validate", write("ada.json", ADA)]) == 0
    assert main(["validate", "--json", write("bad.json", {"email": "ada@"})]) == 1
    report = json.loads(capsys.readouterr().out)
    assert not report["accepted"] and "/email" in [found["pointer"] for found in report["violations"]]
    lines = write("two.ndjson", json.dumps(ADA) + "\n{}\n")
    for told in [["--ndjson", write("two.txt", json.dumps(ADA) + "\n{}\n")], [lines], [write("two.JSONL", "\n\n{}\n")]]:
        assert main(["validate", *told]) == 1
        assert re.match("[23]: error /", capsys.readouterr().out)
    assert main(["validate", "--json", "--create", lines]) == 1


def test_plan_and_audit(write, capsys):
    stored = ADA | {"id": 5, "group_id": 1, "store_id": 1, "website_id": 1, "addresses": [], "taxvat": "T",
                    "disable_auto_group_change": 0}
    stored, patch = write("stored.json", stored), write("patch.json", {"taxvat": None})
    assert main(["plan", stored, patch]) == 0
    assert capsys.readouterr().out.startswith("PUT /rest/V1/customers/5\n")
    assert main(["plan", stored, patch, "--route", "queue", "--strategy", "full"]) == 0
    assert "byCustomerId" in capsys.readouterr().out
    assert main(["plan", "--json", stored, write("id.json", {"id": 6})]) == 1
    assert json.loads(capsys.readouterr().out)["reasons"][0]["pointer"] == "/id"
    assert main(["audit", "--json", stored, write("body.json", {"customer": {"id": 5, "taxvat": None}})]) == 1


def test_search_encodes_decodes_and_explains(capsys):
    assert main(["search", "encode", "group_id = 1"]) == 0
    query = capsys.readouterr().out.strip()
    assert main(["search", "decode", query]) == 0
    assert capsys.readouterr().out == "group_id = 1\n"
    assert main(["search", "explain", "group_id = 1"]) == 0
    assert "group_id is equal to 1" in capsys.readouterr().out
    assert main(["search", "encode", "group_id ="]) == 2


def test_scan_writes_every_customer(store, tmp_path, capsys):
    assert main(["scan", "entity_id <= 5"]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == [1, 2, 3, 4, 5]
    assert main(["scan", "--out", str(tmp_path / "all.ndjson")]) == 0
    assert len((tmp_path / "all.ndjson").read_text(encoding="utf-8").splitlines()) == 12
    parquet = pytest.importorskip("pyarrow.parquet")
    assert main(["scan", "--out", str(tmp_path / "all.parquet")]) == 0
    assert parquet.read_table(tmp_path / "all.parquet")["id"].to_pylist() == list(range(1, 13))


def test_sync_reports_and_keeps_what_is_not_done(store, write, tmp_path, capsys):
    rows = write("rows.csv", "id,taxvat,addresses.0.id\n3,DE1,\n999,DE2,\n")
    rejects, report = tmp_path / "rejects.ndjson", tmp_path / "report.ndjson"
    assert main(["sync", rows, "--rejects", str(rejects), "--report", str(report), "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"updated": 1, "rejected": 1}
    assert json.loads(rejects.read_text())["$reject"]["line"] == 2
    assert len(report.read_text().splitlines()) == 2
    assert main(["sync", write("fine.ndjson", '{"id":3,"taxvat":"DE1"}'), "--dry-run"]) == 0
    assert "1 unchanged" in capsys.readouterr().out


def test_sync_reads_parquet(store, tmp_path, capsys):
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet

    path = tmp_path / "rows.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"id": [3, 4], "taxvat": ["A", "B"]}), path)
    assert main(["sync", str(path)]) == 0


def test_a_profile_is_pulled(store, tmp_path):
    path = tmp_path / "profile.json"
    assert main(["profile", "pull", "--out", str(path)]) == 0
    assert main(["search", "explain", "group_id = 1", "--profile", str(path)]) == 0


def test_help_says_the_exit_codes_and_the_version(capsys):
    for option, said in (("--help", "exit codes"), ("--version", "magewright 0.")):
        with pytest.raises(SystemExit):
            main([option])
        assert said in capsys.readouterr().out


def test_failures_have_codes(monkeypatch, store, capsys):
    monkeypatch.setenv("MAGEWRIGHT_PASSWORD", "wrong")
    assert main(["scan"]) == 3
    monkeypatch.delenv("MAGEWRIGHT_PASSWORD")
    assert main(["scan"]) == 2
    assert main(["validate", "/no/such/file"]) == 2
    assert "admin123" not in capsys.readouterr().err


def test_a_sandbox_runs_until_it_is_interrupted():
    command = [sys.executable, "-m", "magewright", "sandbox", "--port", "0", "--customers", "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        url, _, told = process.stdout.readline().partition(" ")
        assert url.startswith("http://127.0.0.1:") and told.startswith("with 3 customers")
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(timeout=10) == 130


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


def test_a_shop_s_contract_is_followed(write, capsys):
    fields = {"type": "object", "properties": {"points": {"type": "integer"}}}
    contract = write("contract.json", {"endpoints": [], "$defs": {"CustomerExtension": fields}})
    record = write("record.json", ADA | {"extension_attributes": {"points": 7}})
    assert main(["validate", record]) == 1
    assert main(["validate", record, "--contract", contract]) == 0
    assert main(["validate", record, "--contract", record]) == 2
    assert "/contract" in capsys.readouterr().err


def test_rows_are_counted_for_the_bar(write):
    assert count_rows(write("rows.csv", "id,taxvat\n1,A\n2,B\n")) == 2
    assert count_rows(write("rows.ndjson", '{"id":1}\n\n{"id":2}\n')) == 2
    assert count_rows("-") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b'id,taxvat\n3,"A\n', "after line 1"),
        (b"id,firstname\n3,J\xfcrgen\n", "not UTF-8"),
        (b"id,taxvat\n3,A,B\n", "line 2: 3 cells for 2 columns"),
        (b"id,id\n3,4\n", "two columns are for `id`"),
        (b"id,addresses,addresses.0.city\n3,x,Ulm\n", "two columns are for `addresses.0.city`"),
        (b"id," + b"a." * 2000 + b"b\n3,x\n", "nothing lies deeper"),
    ],
    ids=["quotes", "encoding", "cells", "twice", "inside", "deep"],
)
def test_a_csv_file_that_would_be_misread_is_refused(text, said, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_bytes(text)
    with pytest.raises(MagewrightError) as caught:
        list(read_rows(str(path)))
    assert said in str(caught.value) and str(path) in str(caught.value) and len(str(caught.value)) < 300


def test_a_file_that_is_no_parquet_is_refused(write):
    pytest.importorskip("pyarrow")
    with pytest.raises(MagewrightError, match="rows.parquet"):
        list(read_rows(write("rows.parquet", "PAR1junk")))


@pytest.mark.parametrize("option", ["journal", "rejects", "report"])
def test_nothing_is_written_over_the_rows(option, store, write, capsys):
    rows = write("rows.csv", "id,taxvat\n3,A\n")
    assert main(["sync", rows, f"--{option}", rows]) == 2
    assert f"--{option} is the file that is read" in capsys.readouterr().err
    with open(rows, encoding="utf-8") as file:
        assert file.read() == "id,taxvat\n3,A\n"
    assert main(["sync", rows, "--rejects", rows + ".out", "--report", rows + ".out"]) == 2


@pytest.mark.parametrize(
    "call",
    [
        "scan --page-size 0", "scan --parts -1", "scan --concurrency 0", "scan --timeout nan", "scan --timeout 0",
        "sync rows.csv --batch 0", "sandbox --port 99999", "sandbox --customers -1", "validate x --threads 0",
    ],
)
def test_numbers_that_cannot_be_are_wrong_calls(call, capsys):
    with pytest.raises(SystemExit) as ended:
        main(call.split())
    assert ended.value.code == 2 and "give " in capsys.readouterr().err


def test_a_file_that_is_not_utf8_is_named(write, tmp_path, capsys):
    (tmp_path / "latin.json").write_bytes(b'{"firstname":"J\xfcrgen"}')
    latin = str(tmp_path / "latin.json")
    for call in (["plan", write("stored.json", ADA), latin], ["audit", latin, write("body.json", {})]):
        assert main(call) == 2
        assert "not UTF-8 at byte 15" in capsys.readouterr().err


def test_wrong_faults_are_a_wrong_call(capsys):
    assert main(["sandbox", "--port", "0", "--faults", "nonsense"]) == 2
    assert "/faults: `nonsense` is no fault" in capsys.readouterr().err


def test_json_is_for_programs(store, tmp_path, capsys):
    assert main(["search", "encode", "--json", "group_id = 1"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), str)
    assert main(["scan", "--json", "--out", str(tmp_path / "all.ndjson")]) == 0
    assert json.loads(capsys.readouterr().out) == {"customers": 12}
    assert main(["profile", "pull", "--json", "--out", str(tmp_path / "profile.json")]) == 0
    assert "websites" in json.loads(capsys.readouterr().out)["sections"]


@pytest.mark.parametrize(
    ("call", "said"), [("scan --page-size 1", "interrupted"), ("sync rows.ndjson", "so far ")], ids=["scan", "sync"]
)
def test_ctrl_c_ends_a_run_and_says_how_far_it_came(call, said, tmp_path):
    (tmp_path / "rows.ndjson").write_text("".join(f'{{"id":{n},"taxvat":"T"}}\n' for n in range(1, 500)))
    with Sandbox(customers=500, faults="latency=20ms") as sandbox:
        reach = {"MAGEWRIGHT_URL": sandbox.url, "MAGEWRIGHT_USERNAME": "admin", "MAGEWRIGHT_PASSWORD": "admin123"}
        command = [sys.executable, "-m", "magewright", *call.split()]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, cwd=tmp_path, env=os.environ | reach, **pipes) as process:
            time.sleep(1)
            os.kill(process.pid, signal.SIGINT)
            _, told = process.communicate(timeout=10)
    assert process.returncode == 130 and said in told and "Traceback" not in told
