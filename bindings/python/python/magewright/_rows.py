"""Rows of files, as patches."""

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from typing import IO, Any

from ._csv import Table
from ._errors import MagewrightError
from ._files import Path, form
from ._native import table_rows

Row = bytes | dict[str, Any]


def parquet() -> Any:
    """The module ``pyarrow.parquet``."""
    try:
        return import_module("pyarrow.parquet")
    except ImportError:
        raise MagewrightError("unsupported", "Parquet needs pyarrow: pip install magewright[parquet]") from None


def read_rows(path: Path, *, delimiter: str | None = None) -> Iterable[Row]:
    """The rows of a file, as ``sync`` takes them.

    The ending of its name says what it holds, in letters of either case: ``.csv`` and ``.tsv`` a table,
    ``.parquet`` Parquet, any other a line of JSON for each row. ``-`` is such lines from the standard input.

    A column is a field, with dots for what is inside: ``addresses.0.city``,
    ``custom_attributes.tier``; a cell with nothing in it is left out, and so is a row without anything. Of a CSV
    file only fields that the contract calls numbers or truth values are read as such, so that ``01234`` stays a
    postcode.

    Args:
        path: the file's.
        delimiter: what is between the columns of a table, whatever the file's name; when left out commas,
            semicolons, tabs or bars, whichever the first line has.

    Raises:
        OSError: the file cannot be read.
        MagewrightError: it is not in that form, such as a line with more cells than columns; it names the line.
    """
    match form(path, delimiter):
        case "csv":
            return (customer for _, customer in customers(Table.of(path, delimiter)))
        case "parquet":
            return _parquet(path)
        case _:
            return _lines(path)


def customers(table: Table) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a table, each with the line it begins on."""
    return ((line, table.customer(cells)) for line, cells in table.rows())


def numbered(path: Path, delimiter: str | None = None) -> Iterator[tuple[int, Row]]:
    """The rows of a file, each with its line, or its number where there are no lines; both count from 1."""
    if form(path, delimiter) == "csv":
        return customers(Table.of(path, delimiter))
    return enumerate(read_rows(path), 1)


def count_rows(path: Path, delimiter: str | None = None) -> int | None:
    """How many rows a file has, at least about; ``None`` for the standard input."""
    if path == "-":
        return None
    if form(path, delimiter) == "parquet":
        with parquet().ParquetFile(path) as file:
            return int(file.metadata.num_rows)
    with open(path, "rb") as file:
        # A text in quotes may go over lines.
        lines = sum(1 for line in file if line.strip())
    return max(lines - (form(path, delimiter) == "csv"), 0)


def _lines(path: Path) -> Iterator[bytes]:
    if path == "-":
        yield from _objects("the standard input", sys.stdin.buffer)
        return
    with open(path, "rb") as file:
        yield from _objects(path, file)


def _objects(path: Path, file: IO[bytes]) -> Iterator[bytes]:
    """Lines, of which the first with anything on it must look like an object: a whole file of another form is no row."""
    first = file.readline().removeprefix(b"\xef\xbb\xbf")
    begun = [first]
    while first and not first.strip():
        first = file.readline()
        begun.append(first)
    if first and not first.lstrip().startswith(b"{"):
        why = "no object of JSON on the first line: rows are such lines, or a file .csv, .tsv or .parquet"
        raise MagewrightError("invalid_member", f"{path}: {why}")
    yield from filter(None, chain(begun, file))


def _parquet(path: Path) -> Iterator[bytes]:
    reader = parquet()
    try:
        with reader.ParquetFile(path) as file:
            for batch in file.iter_batches():
                yield from table_rows(batch)
    except import_module("pyarrow").ArrowInvalid as error:
        raise MagewrightError("invalid_member", f"{path}: {error}") from None
