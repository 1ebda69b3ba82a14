"""The command line, in a process of its own as people run it."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from magewright import Sandbox
from magewright._cli import main

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
    assert json.loads(rejects.read_text())["$reject"]["line"] == 3
    assert len(report.read_text().splitlines()) == 2
    assert main(["sync", write("fine.ndjson", '{"id":3,"taxvat":"DE1"}'), "--dry-run"]) == 0
    assert "1 unchanged" in capsys.readouterr().out


def test_rejects_of_csv_are_csv_that_runs_again(store, write, tmp_path, capsys):
    rows = write("rows.csv", "")
    text = '\ufeffid;taxvat;group_id\r\n3;DE1;1.0\r\n\r\n999;"A;B";007\r\n998;C\r\n'
    (tmp_path / "rows.csv").write_text(text, encoding="utf-8", newline="")
    rejects, report = tmp_path / "rejects.CSV", tmp_path / "report.csv"
    assert main(["sync", rows, "--rejects", str(rejects), "--report", str(report)]) == 1
    out, err = capsys.readouterr()
    assert out == "2 rejected, 1 updated\n"
    assert err.splitlines() == [
        f"{rows}: semicolons tell its columns apart",
        "2 rows rejected: /id: the store has no customer with this id",
    ]
    why = "rejected: /id: the store has no customer with this id"
    with open(rejects, encoding="utf-8", newline="") as file:
        kept = file.read()
    assert kept == f'\ufeffid;taxvat;group_id;$reject\r\n999;"A;B";007;{why}\r\n998;C;;{why}\r\n'
    assert "5;999;rejected;/id: the store has no customer with this id;False" not in report.read_text(encoding="utf-8-sig")
    assert "4;999;rejected;" in report.read_text(encoding="utf-8-sig")
    again = tmp_path / "again.tsv"
    assert main(["sync", str(rejects), "--rejects", str(again)]) == 1
    assert again.read_text(encoding="utf-8-sig").splitlines() == [
        "id\ttaxvat\tgroup_id\t$reject", f"999\tA;B\t007\t{why}", f"998\tC\t\t{why}"
    ]


@pytest.mark.parametrize(
    ("option", "name", "said"),
    [
        ("rejects", "x.parquet", "not written as Parquet"),
        ("report", "x.PARQUET", "not written as Parquet"),
        ("rejects", "x.csv", "came from CSV"),
        ("journal", "no/such/folder", "the journal: "),
    ],
)
def test_what_cannot_be_written_is_a_wrong_call(option, name, said, store, write, tmp_path, capsys):
    rows = write("rows.ndjson", '{"id":3,"taxvat":"A"}')
    assert main(["sync", rows, f"--{option}", str(tmp_path / name)]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / name).exists()


def test_telephone_numbers_that_were_numbers_are_told_once(store, write, capsys):
    rows = write("rows.csv", "id;fax;taxvat\n3;4,93012E+10;1\n4;4.93012e+10;49301234567.0\n")
    main(["sync", rows, "--dry-run"])
    said = [line for line in capsys.readouterr().err.splitlines() if "round" in line]
    assert [line.split(" holds")[0] for line in said] == ["line 2: `fax`", "line 3: `taxvat`"]


def test_rows_that_failed_are_to_be_run_again(monkeypatch, store, write, capsys):
    rows = write("rows.ndjson", '{"id":3,"taxvat":"A"}\n{"id":999}\n')
    monkeypatch.setenv("MAGEWRIGHT_URL", "http://127.0.0.1:1")
    assert main(["sync", rows]) == 3
    out, err = capsys.readouterr()
    assert out == "2 failed\n" and err.startswith("line 1: failed: ")


def test_many_rows_that_are_wrong_in_one_way_are_said_in_short(store, write, capsys):
    lines = "".join(f"{number}|A\n" for number in range(1000, 1030))
    assert main(["sync", write("rows.txt", f"id|taxvat\n{lines}"), "--delimiter", "|", "--missing", "reject"]) == 1
    said = capsys.readouterr().err.splitlines()
    why = "rejected: /id: the store has no customer with this id"
    assert said == [f"line {line}: {why}" for line in range(2, 22)] + [f"30 rows {why}"]


def test_tables_are_validated(write, capsys):
    rows = write("rows.csv", "email;firstname;lastname\nada@example.test;Ada;L\n\nada@;Ada;L\n")
    assert main(["validate", rows]) == 1
    assert capsys.readouterr().out.startswith("4: error /email ")
    assert main(["validate", "--create", rows]) == 2
    assert main(["validate", write("fine.TSV", "email\tfirstname\tlastname\nada@example.test\tAda\tL\n")]) == 0
    assert main(["scan", "--out", "customers.csv"]) == 2


def test_sync_reads_parquet(store, tmp_path, capsys):
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet

    path = tmp_path / "rows.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"id": [3, 4], "taxvat": ["A", "B"]}), path)
    assert main(["sync", str(path)]) == 0


def test_a_profile_is_pulled(store, write, tmp_path):
    path = tmp_path / "profile.json"
    assert main(["profile", "pull", "--out", str(path)]) == 0
    record = write("ada.json", ADA | {"extension_attributes": {"is_subscribed": True}})
    assert main(["validate", record, "--profile", str(path)]) == 0
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


@contextlib.contextmanager
def started(*arguments, **options):
    """The command line in a process of its own, which ends with the test whatever becomes of it."""
    command = [sys.executable, "-m", "magewright", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_sandbox_runs_until_it_is_interrupted():
    with started("sandbox", "--port", "0", "--customers", "3") as process:
        url, _, told = process.stdout.readline().partition(" ")
        assert url.startswith("http://127.0.0.1:") and told.startswith("with 3 customers")
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(timeout=10) == 130


def test_a_shop_s_contract_is_followed(write, capsys):
    fields = {"type": "object", "properties": {"points": {"type": "integer"}}}
    contract = write("contract.json", {"endpoints": [], "$defs": {"CustomerExtension": fields}})
    record = write("record.json", ADA | {"extension_attributes": {"points": 7}})
    assert main(["validate", record]) == 1
    assert main(["validate", record, "--contract", contract]) == 0
    assert main(["validate", record, "--contract", record]) == 2
    assert "/contract" in capsys.readouterr().err


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
        with started(*call.split(), cwd=tmp_path, env=os.environ | reach, stderr=subprocess.PIPE) as process:
            time.sleep(1)
            os.kill(process.pid, signal.SIGINT)
            _, told = process.communicate(timeout=10)
    assert process.returncode == 130 and said in told and "Traceback" not in told
