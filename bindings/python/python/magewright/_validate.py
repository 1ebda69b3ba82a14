"""What a store will refuse, and what it will silently change or drop."""

import os
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Literal

from ._desk import Document, ask, document
from ._native import Store, Validator
from ._predict import Caller
from ._reports import Batch, Report, Tally

Source = bytes | bytearray | memoryview | str | os.PathLike[str] | IO[bytes]
"""Records, one a line: ``bytes`` are the text itself, a ``str`` is the path of a file."""

CHUNK = 1 << 20


def validate(payload: Document, *, store: Store | None = None) -> Report:
    """What a store will refuse of a customer record, and what it will silently change or drop.

    Args:
        payload: the customer, without the ``{"customer": ...}`` of a request around it.
        store: the store it is meant for; a freshly installed one when left out.

    Raises:
        TypeError: the payload holds an object that is not JSON; what is JSON is never an error.
    """
    return _validator(store, "record", "admin").check(payload)


def validate_create(body: Document, *, caller: Caller = "admin", store: Store | None = None) -> Report:
    """The same for the body of ``POST /V1/customers``, ``{"customer": ..., "password": ...}``."""
    return _validator(store, "create", caller).check(body)


def validate_batch(items: Document, *, caller: Caller = "admin", store: Store | None = None) -> list[Report]:
    """The same for each item of ``POST /async/bulk/V1/customers``, in order.

    An e-mail address that an earlier item takes is an error too.
    """
    reports = ask("validate.batch", document("items", items) | {"caller": caller}, store=store)
    return [Report.told(report) for report in reports]


def validate_ndjson(
    source: Source,
    *,
    operation: Literal["record", "create"] = "record",
    caller: Caller = "admin",
    store: Store | None = None,
    threads: int = 1,
) -> Batch:
    """What is wrong with many records, one a line.

    Other threads run meanwhile. A file is read in pieces: memory grows with the
    number of bad records only; ``iter_ndjson`` does not even keep those.

    Args:
        source: the text as ``bytes``, the path of a file, or a file open for reading bytes.
        operation: ``record`` for customers by themselves, ``create`` for bodies of a create.
        caller: who sends a create.
        store: the store they are meant for.
        threads: the most threads to use.

    Raises:
        OSError: the file cannot be read. A line that is no JSON is that line's violation.
    """
    validator = _validator(store, operation, caller)
    if isinstance(source, bytes | bytearray | memoryview):
        told, reports = validator.ndjson(source, threads=threads)
        return Batch(Tally(*told), tuple(reports))
    lines = _Lines(validator, source, threads)
    reports = list(lines)
    return Batch(lines.tally(), tuple(reports))


def iter_ndjson(
    source: Source,
    *,
    operation: Literal["record", "create"] = "record",
    caller: Caller = "admin",
    store: Store | None = None,
    threads: int = 1,
) -> Iterator[tuple[int, Report]]:
    """The line and report of each record that is not clean, as the records are read, in constant memory."""
    return iter(_Lines(_validator(store, operation, caller), source, threads))


class _Lines:
    """The bad lines of a source, one after the other."""

    def __init__(self, validator: Validator, source: Source, threads: int) -> None:
        self._stream = validator.stream(threads=threads)
        self._source = source
        self._told: tuple[int, int, int, int] | None = None

    def __iter__(self) -> Iterator[tuple[int, Report]]:
        for chunk in _chunks(self._source):
            yield from self._stream.push(chunk)
        last, self._told = self._stream.finish()
        yield from last

    def tally(self) -> Tally:
        return Tally(*self._told or (0, 0, 0, 0))


def _chunks(source: Source) -> Iterator[bytes]:
    match source:
        case str() | os.PathLike():
            with open(source, "rb", buffering=0) as file:
                yield from _read(file)
        case bytes() | bytearray() | memoryview():
            view = memoryview(source)
            yield from (bytes(view[at : at + CHUNK]) for at in range(0, len(view), CHUNK))
        case _:
            yield from _read(source)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


@lru_cache(maxsize=32)
def _validator(store: Store | None, operation: str, caller: str) -> Validator:
    return Validator(operation=operation, caller=caller, store=store)
