"""What is printed, and how files are read."""

import json
import sys
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any


def say(line: str) -> None:
    """A line for people."""
    print(line, file=sys.stderr)


def show(value: Any) -> None:
    """A value for programs, as one line of JSON."""
    print(json.dumps(value, default=plain, ensure_ascii=False))


def plain(value: Any) -> Any:
    """A result as JSON can say it."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def read(path: str) -> bytes:
    """A file, or the standard input for ``-``."""
    return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
