"""``search``: criteria and query strings."""

import argparse
from typing import Any

from .._native import Criteria
from . import _described
from ._output import show


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    command = _described.command(commands, "search", "search criteria: encode, decode, explain")
    parts = command.add_subparsers(required=True, metavar="WHAT")
    encode = _described.command(parts, "encode", "the query string of criteria")
    encode.add_argument("criteria", help="group_id = 1 and email like '%%@x.test' limit 100")
    encode.add_argument("--json", action="store_true", help="as a JSON string")
    encode.set_defaults(run=_encode)
    decode = _described.command(parts, "decode", "the criteria that a query string is")
    decode.add_argument("query")
    _described.describe(decode)
    decode.add_argument("--json", action="store_true", help="in the store's own words")
    decode.set_defaults(run=_decode)
    explain = _described.command(parts, "explain", "criteria in words, with what the store makes of them")
    explain.add_argument("criteria")
    _described.describe(explain)
    explain.add_argument("--json", action="store_true", help="as a tree")
    explain.set_defaults(run=_explain)


def _print(text: Any) -> int:
    print(text)
    return 0


def _encode(given: argparse.Namespace) -> int:
    query = Criteria(given.criteria).encode()
    if given.json:
        show(query)
        return 0
    return _print(query)


def _decode(given: argparse.Namespace) -> int:
    criteria = Criteria.decode(given.query, release=given.release)
    if given.json:
        show(criteria.to_dict())
        return 0
    return _print(criteria)


def _explain(given: argparse.Namespace) -> int:
    explained = Criteria(given.criteria).explain(store=_described.store(given))
    if given.json:
        show(explained)
        return 0
    return _print(explained["words"])
