"""The merge of a patch as one writes it by hand in Python, over orjson.

usage: merge.py RECORDS PATCHES EXPECTED

Says how many merges differ from the expected ones, then answers each line of
its input with the seconds that one round over all records took.
"""
import sys
import time
from pathlib import Path

import orjson

KEYS = {"addresses": "id", "custom_attributes": "attribute_code"}


def merged(base, patch):
    out = dict(base)
    for name, change in patch.items():
        if change is None:
            out.pop(name, None)
        elif name in KEYS and isinstance(change, list):
            out[name] = merged_list(out.get(name, []), change, KEYS[name])
        elif isinstance(change, dict) and isinstance(out.get(name), dict):
            out[name] = merged(out[name], change)
        else:
            out[name] = change
    return out


def merged_list(base, changes, key):
    items = list(base)
    places = {item[key]: at for at, item in enumerate(items)}
    gone = set()
    for change in changes:
        at = places.get(change.get(key))
        if key == "attribute_code" and change["value"] is None:
            gone.add(at)
        elif at is None:
            items.append(change)
        else:
            items[at] = merged(items[at], change)
    return [item for at, item in enumerate(items) if at not in gone]


def main():
    records, patches, expected = (Path(name).read_bytes().splitlines() for name in sys.argv[1:])
    pairs = list(zip(records, patches, strict=True))
    loads, dumps = orjson.loads, orjson.dumps
    wrong = sum(
        merged(loads(record), loads(patch)) != loads(wanted)
        for (record, patch), wanted in zip(pairs, expected, strict=True)
    )
    print(wrong, flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        for record, patch in pairs:
            dumps(merged(loads(record), loads(patch)))
        print(time.perf_counter() - begun, flush=True)


if __name__ == "__main__":
    main()
