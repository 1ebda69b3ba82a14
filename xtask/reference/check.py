"""The JSON Schema bundle in jsonschema-rs and jsonschema, the OpenAPI document in its validator, the types in mypy."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
from openapi_spec_validator import validate

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Runs every check; a failed one raises."""
    bundle = json.loads((ROOT / "docs/reference/schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(bundle)
    customers = (ROOT / "schema/vectors/state/update-customers.ndjson").read_text().splitlines()
    for name in ("Customer", "CustomerInput"):
        schema = {**bundle, "$ref": f"#/$defs/{name}"}
        check(jsonschema_rs.Draft202012Validator(schema), map(json.loads, customers))
        check(jsonschema.Draft202012Validator(schema), map(json.loads, customers))
    validate(json.loads((ROOT / "docs/reference/openapi.json").read_text()))
    types = ROOT / "bindings/python/python/magewright/contract.py"
    mypy = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--cache-dir=/dev/null"]
    subprocess.run([*mypy, types], check=True)


def check(validator: Any, customers: Any) -> None:
    """Recorded customers are valid, one with a number for an e-mail address is not."""
    for customer in customers:
        validator.validate(customer)
    assert not validator.is_valid({"email": 5, "firstname": "Ada", "lastname": "Lovelace"})


main()
