"""What is printed, and how files are read."""

import argparse
import json
import math
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


def positive(text: str) -> int:
    """A whole number from 1 on, as an option takes it."""
    return _within(text, 1, 2**31 - 1)


def natural(text: str) -> int:
    """A whole number from 0 on."""
    return _within(text, 0, 2**31 - 1)


def port(text: str) -> int:
    """The number of a port."""
    return _within(text, 0, 65535)


def _within(text: str, least: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"give a whole number from {least} to {most}")
    return int(text)


def seconds(text: str) -> float:
    """A time in seconds."""
    try:
        given = float(text)
    except ValueError:
        given = 0.0
    if not math.isfinite(given) or given <= 0:
        raise argparse.ArgumentTypeError("give seconds, more than 0")
    return given


def delimiter(text: str) -> str:
    """One character, or ``tab``."""
    if text in {"tab", "\\t"}:
        return "\t"
    if len(text) != 1 or text in '"\r\n':
        raise argparse.ArgumentTypeError("give one character, or `tab`")
    return text
