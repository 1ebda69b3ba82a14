"""One contender in Python.

usage: peer.py NAME RECORDS LABELS

Says how many records it judges otherwise than the labels do, then answers each
line of its input with the seconds that one round over all records took.
"""
import json
import sys
import time
from pathlib import Path

NAME, RECORDS, LABELS = sys.argv[1:]


def msgspec_full():
    import msgspec
    from models import MCustomer

    return msgspec.json.Decoder(MCustomer).decode, msgspec.ValidationError


def pydantic_json():
    import pydantic
    from models import PCustomer

    return PCustomer.model_validate_json, pydantic.ValidationError


def jsonschema_rs_orjson():
    import jsonschema_rs
    import orjson

    schema = json.loads((Path(__file__).parent / "schema.json").read_text())
    validate = jsonschema_rs.validator_for(schema).validate
    loads = orjson.loads
    return (lambda line: validate(loads(line))), jsonschema_rs.ValidationError


def main():
    judge, refusal = {"msgspec": msgspec_full, "pydantic": pydantic_json, "jsonschema-rs": jsonschema_rs_orjson}[NAME]()
    lines = Path(RECORDS).read_bytes().splitlines()
    valid = [label == b"null" for label in Path(LABELS).read_bytes().splitlines()]

    def accepts(line):
        try:
            judge(line)
            return True
        except refusal:
            return False

    print(sum(accepts(line) != label for line, label in zip(lines, valid, strict=True)), flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        for line in lines:
            try:
                judge(line)
            except refusal:
                pass
        print(time.perf_counter() - begun, flush=True)


main()
