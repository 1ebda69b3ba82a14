"""The desk: one question in JSON text, one answer in JSON text."""

import json
from collections.abc import Mapping
from typing import Any

from ._errors import MagewrightError
from ._native import Store, call, dumps

Document = Mapping[str, Any] | list[Any] | str | bytes | bytearray | memoryview
"""A JSON document: ``str`` and ``bytes`` are JSON text as it would be sent."""


def ask(operation: str, request: Mapping[str, Any], *, store: Store | None = None) -> Any:
    """Ask the core by the name of an operation.

    The functions of this package are the typed way to ask.

    Args:
        operation: one of ``operations()``.
        request: what the operation takes.
        store: the store the question is about, in place of its description in the request.

    Raises:
        MagewrightError: the core has no answer.
    """
    answer = json.loads(call(operation, dumps(request), store))
    if "error" in answer:
        raise MagewrightError(**_named(answer["error"]))
    return answer["ok"]


def _named(error: dict[str, Any]) -> dict[str, Any]:
    """An error whose pointer names a document as the caller does: text and objects go by one name."""
    head, _, below = error.get("pointer", "").removeprefix("/").partition("/")
    if head.endswith("_text"):
        error["pointer"] = "/".join(["", head.removesuffix("_text"), *([below] if below else [])])
    return error


def operations() -> list[str]:
    """The names of everything the core can be asked."""
    names: list[str] = ask("operations", {})
    return names


def document(name: str, value: Document) -> dict[str, Any]:
    """A document as a member of a request.

    Text goes over as it is; anything else is written as JSON and has lost what
    a parser loses, such as keys written twice.

    Raises:
        MagewrightError: the text is not UTF-8.
    """
    match value:
        case str():
            return {f"{name}_text": value}
        case bytes() | bytearray() | memoryview():
            return {f"{name}_text": _decoded(name, bytes(value))}
        case _:
            return {name: value}


def _decoded(name: str, text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start}: write the text in UTF-8"
        raise MagewrightError("invalid_member", message, f"/{name}") from None


def releases() -> list[str]:
    """The lines of releases that can be asked about: of each any patch level, as in ``2.4.7-p3``."""
    lines: list[str] = ask("releases", {})["lines"]
    return lines
