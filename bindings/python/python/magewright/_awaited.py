"""How the client for asyncio waits: the event loop goes on meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from ._native import Flow, Task
from ._waited import MOST

__all__ = ["ended", "items"]


async def ended(task: Task) -> Any:
    """The result of a task; cancelling ends its call."""
    loop = asyncio.get_running_loop()
    over = loop.create_future()

    def told() -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, over)

    task.notify(told)
    try:
        await over
    except asyncio.CancelledError:
        task.cancel()
        raise
    return task.result()


def _settle(over: "asyncio.Future[None]") -> None:
    if not over.done():
        over.set_result(None)


async def items(flow: Flow) -> AsyncIterator[dict[str, Any]]:
    """The items of a flow, as they come."""
    while (taken := await ended(flow.take(MOST))) is not None:
        for item in taken:
            yield item
    flow.check()
