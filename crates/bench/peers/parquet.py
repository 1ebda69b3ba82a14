"""A Parquet file of many customers, validated and planned from end to end in bounded memory.

usage: parquet.py RECORDS ROWS
"""

import resource
import subprocess
import sys
import time
from pathlib import Path

import magewright
import orjson
import pyarrow
import pyarrow.parquet

RECORDS, ROWS = Path(sys.argv[1]), int(sys.argv[2])
GROUP = 10_000
FILE = RECORDS / f"customers-{ROWS}.parquet"


def peak():
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write():
    """The records again and again, in nested columns, each with an id of its own."""
    known, schema = records(), None
    for begin in range(0, ROWS, GROUP):
        part = known[: min(GROUP, ROWS - begin)]
        for id, record in enumerate(part, begin + 1):
            record["id"] = id
            for address in record.get("addresses", []):
                address["customer_id"] = id
        table = pyarrow.Table.from_pylist(part, schema)
        if schema is None:
            schema, writer = table.schema, pyarrow.parquet.ParquetWriter(FILE, table.schema, compression="zstd")
        writer.write_table(table)
    writer.close()


def records():
    """Sound records, as columns of one type can hold them; of each fifty one has no e-mail address to speak of."""
    lines, labels = ((RECORDS / name).read_bytes().splitlines() for name in ("plain.ndjson", "labels.ndjson"))
    sound = [orjson.loads(line) for line, label in zip(lines, labels, strict=True) if label == b"null"][:GROUP]
    if len(sound) < GROUP:
        sys.exit(f"{GROUP} sound records are needed: make more with --records")
    for at, record in enumerate(sound):
        for attribute in record.get("custom_attributes", []):
            if not isinstance(attribute["value"], str):
                attribute["value"] = orjson.dumps(attribute["value"]).decode()
        if at % 50 == 0:
            record["email"] = "nobody"
    return sound


def batches():
    file = pyarrow.parquet.ParquetFile(FILE)
    return pyarrow.RecordBatchReader.from_batches(file.schema_arrow, file.iter_batches(batch_size=8192))


def patches():
    """A patch of its own for every tenth customer."""
    ids = range(1, ROWS + 1, 10)
    return pyarrow.table({"id": ids, "taxvat": [f"DE{number}" for number in ids]})


def timed(name, stream):
    begun, rows = time.perf_counter(), 0
    for batch in pyarrow.RecordBatchReader.from_stream(stream):
        rows += batch.num_rows
    seconds = time.perf_counter() - begun
    read = stream.counts[0]
    print(
        f"  {name:<26}{seconds:7.1f} s {read / seconds:10,.0f} rows/s   {read} rows in, {rows} out, peak {peak():.0f} MB",
        flush=True,
    )


def main():
    if sys.argv[3:] == ["write"]:
        return write()
    if not FILE.exists():
        # In a process of its own, whose memory does not count.
        subprocess.run([sys.executable, __file__, *sys.argv[1:], "write"], check=True)
    print(f"{ROWS} customers, {FILE.stat().st_size >> 20} MB of Parquet; one thread; peak {peak():.0f} MB before")
    timed("validated", magewright.validate_table(batches()))
    timed("planned, one patch for all", magewright.plan_table(batches(), {"suffix": "Jr", "taxvat": None}))
    timed("planned, patches by id", magewright.plan_table(batches(), patches=patches()))
    if peak() > 500:
        sys.exit("more than 500 MB were held")


main()
