"""How the client that blocks waits: in native code, where Ctrl-C ends it at once."""

from collections.abc import Iterator
from typing import Any

from ._native import Flow, Task

MOST = 256
"""Items taken at once when they are there."""


def ended(task: Task) -> Any:
    """The result of a task."""
    return task.wait()


def items(flow: Flow) -> Iterator[dict[str, Any]]:
    """The items of a flow, as they come."""
    while (taken := ended(flow.take(MOST))) is not None:
        yield from taken
    flow.check()
