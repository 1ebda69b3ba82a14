"""Authorities to trust."""

import os
from pathlib import Path

Roots = bytes | str | os.PathLike[str] | None
"""Certificates in PEM: ``bytes`` are the text itself, a ``str`` is the path of a file."""


def pem(roots: Roots) -> bytes | None:
    """The text of certificates."""
    return roots if roots is None or isinstance(roots, bytes) else Path(roots).read_bytes()
