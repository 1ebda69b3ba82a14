"""magewright's Python package against what one would use in its place: one thread, by turns.

usage: python.py RECORDS ROUNDS

Every round times each contender once in the same process, so that a busy
machine slows all alike; the median of a contender's rounds counts. Where a
process happens to have its stack and heap moves a time by a tenth and more,
so there are several processes, and the median of theirs counts.
"""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import jsonschema_rs
import magewright
import msgspec
import orjson
import pydantic
from magento.queries import make_search_query
from merge import merged
from models import MCustomer, PCustomer

HERE = Path(__file__).parent
DATA, ROUNDS = Path(sys.argv[1]), int(sys.argv[2])
ENCODINGS = 2000
PROCESSES = 5


def each(act, inputs):
    """A round that gives every input to ``act``."""

    def go():
        for one in inputs:
            act(one)

    return go


def tried(judge, refusal, inputs):
    """The same for a judge that raises."""

    def go():
        for one in inputs:
            try:
                judge(one)
            except refusal:
                pass

    return go


def accepts(judge, refusal, one):
    try:
        judge(one)
    except refusal:
        return False
    return True


def validation():
    text = (DATA / "plain.ndjson").read_bytes()
    lines = text.splitlines()
    dicts = [orjson.loads(line) for line in lines]
    labels = [label == b"null" for label in (DATA / "labels.ndjson").read_bytes().splitlines()]
    validator = magewright.Validator()
    schema = jsonschema_rs.validator_for(json.loads((HERE / "schema.json").read_text())).validate
    judges = {
        "msgspec (full), bytes": (msgspec.json.Decoder(MCustomer).decode, msgspec.ValidationError, lines),
        "pydantic v2 validate_json": (PCustomer.model_validate_json, pydantic.ValidationError, lines),
        "orjson + jsonschema-rs": (lambda line: schema(orjson.loads(line)), jsonschema_rs.ValidationError, lines),
        "jsonschema-rs, dict": (schema, jsonschema_rs.ValidationError, dicts),
    }
    for name, (judge, refusal, inputs) in judges.items():
        agree(name, [accepts(judge, refusal, one) for one in inputs], labels)
    for name, inputs in (("bytes", lines), ("dict", dicts)):
        agree(name, [validator.check(one).clean for one in inputs], labels)
    bad = {line for line, _ in magewright.validate_ndjson(text)}
    agree("NDJSON", [line not in bad for line in range(1, len(lines) + 1)], labels)
    ours = {
        "NDJSON": lambda: magewright.validate_ndjson(text),
        "validate(bytes)": each(validator.check, lines),
        "validate(dict)": each(validator.check, dicts),
    }
    return len(lines), ours | {name: tried(*judge) for name, judge in judges.items()}


def agree(name, verdicts, labels):
    if wrong := sum(verdict != label for verdict, label in zip(verdicts, labels, strict=True)):
        sys.exit(f"{name} judges {wrong} records otherwise than the labels")


def searches():
    query = json.loads((HERE / "queries.json").read_text(encoding="utf-8"))["ascii"]
    groups = [[tuple(part) for part in group] for group in query["groups"]]
    sort = [tuple(order) for order in query["sort"]]
    page = {"page_size": query["page_size"], "current_page": query["page"]}
    pymagento = lambda: urlencode(make_search_query(groups, sort_orders=sort, **page))
    criteria = magewright.Criteria.decode(pymagento())
    if magewright.Criteria.decode(criteria.encode()) != criteria:
        sys.exit("criteria change on the way")
    times = range(ENCODINGS)
    return ENCODINGS, {
        "Criteria.encode": each(lambda _: criteria.encode(), times),
        "pymagento + urlencode": each(lambda _: pymagento(), times),
    }


def updates():
    records = (DATA / "plain.ndjson").read_bytes().splitlines()
    labels = (DATA / "labels.ndjson").read_bytes().splitlines()
    valid = [record for record, label in zip(records, labels, strict=True) if label == b"null"]
    pairs = [(record, patch(at, orjson.loads(record))) for at, record in enumerate(valid)]
    pairs = [pair for pair in pairs if plannable(*pair)]

    def by_hand():
        for record, change in pairs:
            orjson.dumps({"customer": merged(orjson.loads(record), orjson.loads(change))})

    plan = magewright.Planner().plan

    def planned():
        for record, change in pairs:
            plan(record, change).body

    return len(pairs), {"plan": planned, "orjson + merge by hand + dumps": by_hand}


def plannable(record, change):
    try:
        magewright.plan(record, change)
    except magewright.Unplannable:
        return False
    return True


def patch(at, customer):
    """One of five usual patches, by turns."""
    address = next((address["id"] for address in customer.get("addresses", [])), None)
    code = next((one["attribute_code"] for one in customer.get("custom_attributes", [])), None)
    named = {"group_id": 3}
    match at % 5:
        case 1 if address:
            named = {"addresses": [{"id": address, "city": "Aalen", "postcode": "73430", "street": ["1 New Road"]}]}
        case 2 if code:
            named = {"custom_attributes": [{"attribute_code": code, "value": "changed"}]}
        case 3:
            named = {"middlename": None, "prefix": None}
        case 4 if address:
            named = {"firstname": "Zoë", "addresses": [{"id": address, "telephone": "555"}]}
    return orjson.dumps(named)


PROMISES = [
    ("NDJSON", "msgspec (full), bytes", 8),
    ("NDJSON", "pydantic v2 validate_json", 17),
    ("NDJSON", "orjson + jsonschema-rs", 9),
    ("validate(bytes)", "msgspec (full), bytes", 6),
    ("validate(dict)", "jsonschema-rs, dict", 3),
    ("Criteria.encode", "pymagento + urlencode", 100),
    ("plan", "orjson + merge by hand + dumps", 4),
]


def timed(count, contenders):
    """The median microseconds of one input, of each contender."""
    rounds = {name: [] for name in contenders}
    for _ in range(ROUNDS + 1):
        for name, go in contenders.items():
            begun = time.process_time()
            go()
            rounds[name].append((time.process_time() - begun) / count * 1e6)
    return {name: statistics.median(found[1:]) for name, found in rounds.items()}


def one_process():
    """Times everything here and tells the medians as JSON."""
    print(json.dumps(timed(*validation()) | timed(*searches()) | timed(*updates())))


def all_processes():
    command = [sys.executable, __file__, *sys.argv[1:3], "--one"]
    found = [json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout) for _ in range(PROCESSES)]
    return {name: sorted(times[name] for times in found) for name in found[0]}


def main():
    print(f"one thread, {ROUNDS} rounds by turns after one to warm up, medians of processor time in {PROCESSES} processes")
    times = all_processes()
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, median in medians.items():
        print(f"  {name:<32}{median:9.3f} µs   ({times[name][0]:.3f} to {times[name][-1]:.3f})")
    for ours, theirs, promised in PROMISES:
        ratio = medians[theirs] / medians[ours]
        verdict = "" if ratio >= promised else "   MISSED"
        print(f"{ours} is {ratio:.1f} times {theirs} (promised {promised}){verdict}")


one_process() if "--one" in sys.argv else main()
