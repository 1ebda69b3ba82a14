"""The command line: ``magewright``."""

from ._main import main

__all__ = ["main"]
