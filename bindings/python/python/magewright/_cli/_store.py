"""``scan``, ``sandbox`` and ``profile``: whole stores."""

import argparse
import json
import sys
import threading
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from .._errors import MagewrightError
from .._files import form
from .._native import Sandbox
from .._rows import parquet
from . import _described
from ._output import natural, port, positive, say, show


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the commands."""
    scan = _described.command(commands, "scan", "every customer that matches, as NDJSON or Parquet")
    scan.add_argument("criteria", nargs="?", help="all customers when left out")
    scan.add_argument("--out", default="-", metavar="FILE", help="a name that ends in .parquet takes that form")
    scan.add_argument("--page-size", type=positive, default=500, metavar="N", help="customers a request asks for; %(default)s when left out")
    scan.add_argument("--parts", type=positive, default=1, metavar="N", help="pages asked for side by side; %(default)s when left out")
    scan.add_argument("--json", action="store_true", help="how many they are as JSON, where --out names a file")
    _described.reach(scan)
    scan.set_defaults(run=_scan)
    sandbox = _described.command(commands, "sandbox", "a store on loopback to try things on; admin, admin123")
    sandbox.add_argument("--port", type=port, default=8070, help="%(default)s when left out; 0 takes a free one")
    sandbox.add_argument("--customers", type=natural, default=0, metavar="N", help="begin with so many made-up ones")
    sandbox.add_argument("--seed", type=natural, default=1, help="other seeds make up other customers")
    sandbox.add_argument("--faults", default="", metavar="SPEC", help="what goes wrong on purpose")
    sandbox.add_argument("--json", action="store_true", help="where it listens, as JSON")
    _described.describe(sandbox)
    sandbox.set_defaults(run=_sandbox)
    profile = _described.command(commands, "profile", "what a store says of itself")
    pull = _described.command(profile.add_subparsers(required=True, metavar="WHAT"), "pull", "asks the store")
    pull.add_argument("--out", default="-", metavar="FILE", help="the standard output when left out")
    pull.add_argument("--json", action="store_true", help="the sections as JSON, where --out names a file")
    _described.reach(pull)
    pull.set_defaults(run=_pull)


def _scan(given: argparse.Namespace) -> int:
    if form(given.out) == "csv":
        raise MagewrightError("invalid_member", "--out: customers hold lists, so that CSV loses: name it .ndjson or .parquet")
    client = _described.client(given)
    customers = client.scan(given.criteria, page_size=given.page_size, parts=given.parts)
    if form(given.out) == "parquet":
        count = _parquet(customers, given.out)
    elif given.out == "-":
        count = _ndjson(customers, sys.stdout)
    else:
        with open(given.out, "w", encoding="utf-8") as out:
            count = _ndjson(customers, out)
    if given.json and given.out != "-":
        show({"customers": count})
    else:
        say(f"{count} customers")
    return 0


def _ndjson(customers: Iterator[dict[str, Any]], out: Any) -> int:
    count = 0
    for count, customer in enumerate(customers, 1):
        out.write(json.dumps(customer, ensure_ascii=False) + "\n")
    return count


ROWS = 5000
"""Customers of one row group."""


def _parquet(customers: Iterator[dict[str, Any]], path: str) -> int:
    """Customers as one text column ``json`` beside the columns one searches by."""
    writer_of, pyarrow = parquet().ParquetWriter, import_module("pyarrow")
    schema = pyarrow.schema([("id", "int64"), ("email", "string"), ("website_id", "int64"), ("json", "string")])
    count = 0
    with writer_of(path, schema) as writer:
        while rows := list(islice(customers, ROWS)):
            columns = [[row.get(name) for row in rows] for name in ("id", "email", "website_id")]
            columns.append([json.dumps(row, ensure_ascii=False) for row in rows])
            writer.write_table(pyarrow.table(columns, schema=schema))
            count += len(rows)
    return count


def _sandbox(given: argparse.Namespace) -> int:
    options = {"port": given.port, "customers": given.customers, "seed": given.seed, "faults": given.faults}
    with Sandbox(release=given.release, profile=_described.profile(given), **options) as sandbox:
        if given.json:
            show({"url": sandbox.url, "customers": given.customers})
        else:
            print(f"{sandbox.url} with {given.customers} customers; sign in as admin, admin123")
        sys.stdout.flush()
        threading.Event().wait()
    return 0


def _pull(given: argparse.Namespace) -> int:
    profile = _described.client(given).pull_profile()
    if given.out == "-":
        show(profile.to_dict())
    else:
        Path(given.out).write_text(json.dumps(profile.to_dict(), ensure_ascii=False), encoding="utf-8")
    if given.json and given.out != "-":
        show({"sections": profile.sections})
    else:
        say(f"the store described {', '.join(profile.sections)}")
    return 0
