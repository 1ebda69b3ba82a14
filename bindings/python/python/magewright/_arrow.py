"""What gives Arrow data through the PyCapsule interface: pyarrow, pandas, Polars, DuckDB and others."""

from typing import Protocol


class Table(Protocol):
    """A table or a stream of batches."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


class RecordBatch(Protocol):
    """One batch."""

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]: ...
