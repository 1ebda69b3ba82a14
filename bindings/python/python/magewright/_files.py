"""What a file holds, told by its name."""

import os
from typing import Literal

Form = Literal["ndjson", "csv", "parquet"]

ENDINGS: dict[str, Form] = {
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}

Path = str | os.PathLike[str]


def form(path: Path, delimiter: str | None = None) -> Form | None:
    """The form of a file's rows by the ending of its name, in letters of either case; ``None`` for any other ending.

    Whoever says what is between columns says that they are a table.
    """
    return "csv" if delimiter else ENDINGS.get(ending(path))


def ending(path: Path) -> str:
    """The ending of a name in small letters, with its dot."""
    return os.path.splitext(path)[1].lower()
