"""A client for asyncio: cancelling a task cancels its call at once."""

import os
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any, Literal

from ._awaited import ended, items
from ._credentials import Who, parts
from ._desk import Document
from ._native import Connection, Profile
from ._results import Changed, Created, Page, Row, Settled, Updated
from ._roots import Roots, pem
from ._searches import CriteriaLike, made


class AsyncClient:
    """Sends calls to a store; for any number of tasks of any event loop.

    Args:
        base_url: the store's, such as ``https://shop.example/``.
        credentials: who asks; nobody in particular when left out.
        release: the store's release, 2.4.7-p3 when left out.
        scope: the store code in every path.
        profile: what the store says of itself, which plans and checks rest on; see ``pull_profile``.
        timeout: seconds for one request and its reply.
        connect_timeout: seconds for a connection.
        concurrency: the most requests under way at once.
        roots: authorities to trust beside those of the operating system, as PEM: ``bytes`` are the text itself,
            a ``str`` is the path of a file.
        plain_http: allow credentials over plain HTTP to another machine.

    Raises:
        MagewrightError: a base URL or setting that cannot be.
        OSError: the file named as ``roots`` cannot be read.
    """

    def __init__(
        self,
        base_url: str,
        credentials: Who = None,
        *,
        release: str | None = None,
        scope: str | None = None,
        profile: Profile | None = None,
        timeout: float = 60.0,
        connect_timeout: float = 10.0,
        concurrency: int = 8,
        roots: Roots = None,
        plain_http: bool = False,
    ) -> None:
        self._connection = Connection(
            base_url,
            parts(credentials),
            release=release,
            scope=scope,
            profile=profile,
            timeout=timeout,
            connect_timeout=connect_timeout,
            concurrency=concurrency,
            roots=pem(roots),
            plain_http=plain_http,
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._connection!r})"

    async def get(self, customer_id: int) -> dict[str, Any]:
        """The customer with this id, as GET returns it."""
        customer: dict[str, Any] = await ended(self._connection.get(customer_id))
        return customer

    async def find(self, email: str, website_id: int | None = None) -> dict[str, Any] | None:
        """The customer with this e-mail address, or ``None``."""
        customer: dict[str, Any] | None = await ended(self._connection.find(email, website_id))
        return customer

    async def search(self, criteria: CriteriaLike) -> Page:
        """One page of the customers that match."""
        return Page(**await ended(self._connection.search(made(criteria))))

    async def create(self, customer: Document, *, password: str | None = None) -> Created:
        """Creates a customer; when no reply comes, looks whether it was created."""
        return Created(**await ended(self._connection.create(customer, password)))

    async def update(self, customer_id: int, patch: Document) -> Updated:
        """Makes a patch of the customer and loses nothing.

        Reads, plans, sends, looks, and does so again when others wrote meanwhile.

        Raises:
            Unplannable: no update does that.
            Unsettled: others kept changing the customer.
        """
        return Updated.told(await ended(self._connection.update(customer_id, patch)))

    async def delete(self, customer_id: int) -> bool:
        """Deletes a customer; ``False`` when there was none."""
        return bool(await ended(self._connection.delete(customer_id)))

    async def pull_profile(self) -> Profile:
        """What the store says of itself, asked of its metadata endpoints."""
        return Profile(await ended(self._connection.pull_profile()))

    async def bulk_create(self, customers: Sequence[Mapping[str, Any]], *, patience: float = 600.0) -> list[Settled]:
        """Creates customers through the queue; gives the end of each, in order."""
        return [Settled(**one) for one in await ended(self._connection.bulk("create", customers, patience))]

    async def bulk_update(self, customers: Sequence[Mapping[str, Any]], *, patience: float = 600.0) -> list[Settled]:
        """Replaces customers through the queue, where a store does not merge: give them whole, or use ``sync``."""
        return [Settled(**one) for one in await ended(self._connection.bulk("update", customers, patience))]

    async def bulk_delete(self, ids: Sequence[int], *, patience: float = 600.0) -> list[Settled]:
        """Deletes customers through the queue; gives the end of each, in order."""
        return [Settled(**one) for one in await ended(self._connection.bulk("delete", list(ids), patience))]

    async def scan(
        self,
        criteria: CriteriaLike | None = None,
        *,
        page_size: int = 500,
        parts: int = 1,
        fields: str | None = None,
    ) -> AsyncIterator[dict[str, Any]]:
        """Every customer that matches once, in the order of ids, however many there are.

        Args:
            criteria: all customers when left out.
            page_size: customers a request asks for.
            parts: pages asked for side by side.
            fields: fields of a customer to read, ``id,email``; all when left out.
        """
        flow = self._connection.scan(made(criteria), page_size=page_size, parts=parts, fields=fields)
        async for customer in items(flow):
            yield customer

    async def changes(
        self,
        criteria: CriteriaLike | None = None,
        *,
        since: str | None = None,
        every: float = 60.0,
        overlap: int = 60,
        page_size: int = 500,
        polls: int | None = None,
    ) -> AsyncIterator[Changed]:
        """Customers that are new or have changed, asked for again and again.

        Args:
            criteria: of those that match.
            since: begin with changes after this time, ``until`` of an earlier run.
            every: seconds between two questions.
            overlap: seconds that each question looks back, for clocks that differ.
            page_size: customers a request asks for.
            polls: end after so many questions.
        """
        flow = self._connection.changes(
            made(criteria), since=since, every=every, overlap=overlap, page_size=page_size, polls=polls
        )
        async for told in items(flow):
            yield Changed(**told)

    async def sync(
        self,
        rows: Iterable[Document],
        *,
        via: Literal["put", "bulk"] = "put",
        batch: int = 100,
        missing: Literal["create", "reject"] = "create",
        losses: Literal["refuse", "allow"] = "refuse",
        dry_run: bool = False,
        journal: str | os.PathLike[str] | None = None,
    ) -> AsyncIterator[Row]:
        """Brings rows to the store and says what became of each, in order.

        A row is a patch with the customer's key in it: ``id``, or ``email`` and ``website_id``.

        Args:
            rows: the rows, read as they are needed.
            via: one request for each row, or the bulk queue.
            batch: rows that are looked up together.
            missing: whether an account that does not exist is created or its row rejected.
            losses: whether a row that would lose something is rejected.
            dry_run: say what would become of the rows, and send no update.
            journal: a file by which a run that was ended is taken up again.

        Raises:
            TypeError, ValueError: a row is no JSON; it names the row. What came before it is done.
            MagewrightError: the journal cannot be used (code ``journal``).
        """
        flow = self._connection.sync(
            rows, via=via, batch=batch, missing=missing, losses=losses, dry_run=dry_run, journal=journal
        )
        async for told in items(flow):
            yield Row(**told)
