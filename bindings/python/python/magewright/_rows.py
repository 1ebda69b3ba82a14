"""Rows of files, as patches."""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, get_args, get_type_hints

from . import contract
from ._errors import MagewrightError
from ._native import table_rows


def parquet() -> Any:
    """The module ``pyarrow.parquet``."""
    try:
        return import_module("pyarrow.parquet")
    except ImportError:
        raise MagewrightError("unsupported", "Parquet needs pyarrow: pip install magewright[parquet]") from None


def read_rows(path: str) -> Iterable[bytes | dict[str, Any]]:
    """The rows of an NDJSON, CSV or Parquet file, as ``sync`` takes them; ``-`` is NDJSON from the standard input.

    A column is a field, with dots for what is inside: ``addresses.0.city``,
    ``custom_attributes.tier``; a cell with nothing in it is left out. Of a CSV file only fields
    that the contract calls numbers or truth values are read as such, so that ``01234`` stays a postcode.

    Raises:
        OSError: the file cannot be read.
        MagewrightError: it is not in that form, such as a line with more cells than columns; it names the line.
    """
    if path.endswith(".parquet"):
        return _parquet(path)
    if path.endswith(".csv"):
        return _csv(path)
    return _lines(path)


def count_rows(path: str) -> int | None:
    """How many rows a file has, at least about; ``None`` for the standard input."""
    if path == "-":
        return None
    if path.endswith(".parquet"):
        with parquet().ParquetFile(path) as file:
            return int(file.metadata.num_rows)
    with open(path, "rb") as file:
        # A text in quotes may go over lines.
        lines = sum(1 for line in file if line.strip())
    return max(lines - path.endswith(".csv"), 0)


def _lines(path: str) -> Iterator[bytes]:
    if path == "-":
        yield from sys.stdin.buffer
        return
    with open(path, "rb") as file:
        yield from file


def _parquet(path: str) -> Iterator[bytes]:
    reader = parquet()
    try:
        with reader.ParquetFile(path) as file:
            for batch in file.iter_batches():
                yield from table_rows(batch)
    except import_module("pyarrow").ArrowInvalid as error:
        raise MagewrightError("invalid_member", f"{path}: {error}") from None


def _csv(path: str) -> Iterator[dict[str, Any]]:
    line = 1
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            columns = next(reader, [])
            _check_columns(columns)
            for cells in reader:
                line = reader.line_num
                if len(cells) > len(columns):
                    raise ValueError(f"{len(cells)} cells for {len(columns)} columns: put quotes around a text with a comma")
                yield nested({name: cell for name, cell in zip(columns, cells, strict=False) if cell})
    except UnicodeDecodeError:
        raise MagewrightError("invalid_member", f"{path}: not UTF-8 after line {line}: save it in UTF-8") from None
    except csv.Error as error:
        raise MagewrightError("invalid_member", f"{path}: after line {line}: {error}") from None
    except ValueError as error:
        raise MagewrightError("invalid_member", f"{path}: line {line}: {error}") from None


DEEPEST = 8
"""No field of the contract lies deeper."""


def _check_columns(names: Sequence[str]) -> None:
    """Each column has a place of its own."""
    for name in names:
        parts = name.split(".")
        above = {".".join(parts[:length]) for length in range(1, len(parts))}
        if names.count(name) > 1 or above.intersection(names):
            raise ValueError(f"two columns are for `{name}`: leave one out")
        if len(parts) > DEEPEST:
            raise ValueError(f"`{name[:64]}` is no field: nothing lies deeper than {DEEPEST}")


def nested(row: dict[str, str]) -> dict[str, Any]:
    """A row with dots in its names as the object it stands for."""
    root: dict[str, Any] = {}
    for name, value in row.items():
        *path, last = name.split(".")
        place = root
        for step in path:
            place = place.setdefault(step, {})
        place[last] = _read(path, last, value)
    return {name: _lists(name, value) for name, value in root.items()}


def _lists(name: str, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if name == "custom_attributes":
        return [{"attribute_code": code, "value": of} for code, of in value.items()]
    if value and all(step.isdigit() for step in value):
        return [_lists("", value[step]) for step in sorted(value, key=int)]
    return {step: _lists(step, of) for step, of in value.items()}


def _kinds(model: Any) -> dict[str, set[type]]:
    hints = get_type_hints(model)
    return {name: _flat(hint) for name, hint in hints.items()}


def _flat(hint: Any) -> set[type]:
    inner = get_args(hint)
    return {hint if isinstance(hint, type) else type(hint)} if not inner else set().union(*(_flat(part) for part in inner if part is not Ellipsis))


CUSTOMER = _kinds(contract.CustomerInput)
ADDRESS = _kinds(contract.AddressInput)
EXTENSION = _kinds(contract.CustomerExtensionInput)


def _read(path: list[str], name: str, value: str) -> Any:
    kinds = {"addresses": ADDRESS, "extension_attributes": EXTENSION}.get(path[0], {}) if path else CUSTOMER
    kind = kinds.get(name, set())
    if bool in kind and value.lower() in {"true", "false", "0", "1"}:
        return value.lower() in {"true", "1"}
    if int in kind and value.lstrip("-").isdigit():
        return int(value)
    return value
