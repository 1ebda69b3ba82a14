"""The client, blocking and in asyncio, against a sandbox."""

import asyncio
import contextlib
import copy
import os
import pickle
import signal
import socket
import threading
import time

import pytest

import magewright
from magewright import Admin, AsyncClient, Client, F, Sandbox

ADMIN = Admin("admin", "admin123")


@pytest.fixture
def sandbox():
    with Sandbox(customers=60) as sandbox:
        yield sandbox


@pytest.fixture
def client(sandbox):
    return Client(sandbox.url, ADMIN)


def test_a_customer_is_created_read_updated_and_deleted(client):
    created = client.create({"email": "ada@example.test", "firstname": "Ada", "lastname": "L"}, password="Passw0rd!x")
    customer_id = created.customer["id"]
    assert not created.looked_up
    updated = client.update(customer_id, {"taxvat": "T"})
    assert updated.customer["taxvat"] == "T" and updated.sent == 1
    assert [change.pointer for change in updated.changes] == ["/taxvat"]
    assert client.update(customer_id, {"taxvat": "T"}).sent == 0
    assert client.find("ada@example.test") == client.get(customer_id)
    assert client.delete(customer_id) and not client.delete(customer_id)
    assert client.find("ada@example.test") is None


def test_searches_give_pages_and_scans_give_all(client):
    page = client.search(magewright.Criteria(F.entity_id <= 10).limit(3))
    assert (len(page.items), page.total_count) == (3, 10)
    ids = [customer["id"] for customer in client.scan(page_size=25)]
    assert ids == sorted(ids) and len(ids) == 60
    assert len(list(client.scan("entity_id > 50", parts=2, fields="id"))) == 10


def test_a_scan_may_be_left_in_the_middle(client):
    scan = client.scan(page_size=5)
    assert next(scan)["id"] == 1
    scan.close()


def test_bulk_gives_the_end_of_each_item_in_order(client):
    ends = client.bulk_delete([1, 999_999, 2])
    assert [end.state for end in ends] == ["done", "failed", "done"]


def test_changes_are_fed(client):
    feed = client.changes(polls=1)
    assert sum(len(changed.customers) for changed in feed) == 60


def test_sync_says_what_became_of_each_row(client, tmp_path):
    rows = [
        {"id": 3, "taxvat": "T"},
        {"id": 3, "taxvat": "T"},
        {"email": "new@example.test", "firstname": "N", "lastname": "N"},
        '{"id": 999999, "taxvat": "T"}',
        b"{oops",
    ]
    journal = tmp_path / "journal"
    ends = list(client.sync(iter(rows), journal=journal))
    assert [end.line for end in ends] == [1, 2, 3, 4, 5]
    assert [end.outcome for end in ends] == ["updated", "unchanged", "created", "rejected", "rejected"]
    assert ends[3].reject and "T" not in repr(ends[0])
    assert [end.earlier for end in client.sync(iter(rows), journal=journal)][:3] == [True, True, True]


def test_an_exception_of_the_rows_comes_out(client):
    def rows():
        yield {"id": 4, "taxvat": "T"}
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        list(client.sync(rows()))


def test_a_profile_is_pulled_and_used(client, sandbox):
    profile = client.pull_profile()
    assert "customer_groups" in profile.sections
    assert Client(sandbox.url, ADMIN, profile=profile).get(1)["id"] == 1


def test_refusals_carry_what_the_store_said(client, sandbox):
    with pytest.raises(magewright.NotFound) as caught:
        client.get(999_999)
    assert caught.value.status == 404
    with pytest.raises(magewright.RequestRefused) as caught:
        client.create({"email": "no", "firstname": "A", "lastname": "B"})
    assert (caught.value.status, caught.value.method) == (400, "POST")
    assert '"%fieldName"' in caught.value.template or "email" in caught.value.template
    with pytest.raises(magewright.AuthenticationFailed):
        Client(sandbox.url, Admin("admin", "wrong")).get(1)
    with pytest.raises(magewright.PermissionDenied) as caught:
        Client(sandbox.url).get(1)
    assert caught.value.acl == "Magento_Customer::customer"
    with pytest.raises(magewright.Unplannable):
        client.update(1, {"id": 7})
    with pytest.raises(magewright.MagewrightError):
        client.update(1, "[]")


def test_exceptions_go_to_other_processes(client, sandbox):
    calls = [
        lambda: client.get(999_999),
        lambda: client.create({"email": "no", "firstname": "A", "lastname": "B"}),
        lambda: Client(sandbox.url).get(1),
        lambda: client.update(1, {"id": 7}),
        lambda: Client("http://127.0.0.1:9", ADMIN, connect_timeout=2).get(1),
        lambda: client.update(1, b"\xff"),
    ]
    for call in calls:
        with pytest.raises((magewright.ClientError, magewright.MagewrightError)) as caught:
            call()
        for other in (pickle.loads(pickle.dumps(caught.value)), copy.copy(caught.value), copy.deepcopy(caught.value)):
            assert type(other) is type(caught.value) and str(other) == str(caught.value)
            assert vars(other) == vars(caught.value)


def test_times_that_cannot_be_are_refused(client):
    for named in ({"timeout": -1.0}, {"connect_timeout": float("nan")}):
        with pytest.raises(magewright.MagewrightError) as caught:
            Client("https://shop.example/", ADMIN, **named)
        assert caught.value.pointer == f"/{next(iter(named))}"
    with pytest.raises(magewright.MagewrightError):
        client.bulk_delete([1], patience=-1.0)


def test_a_store_that_is_not_there_is_a_network_error():
    with pytest.raises(magewright.NetworkError) as caught:
        Client("http://127.0.0.1:9", ADMIN, connect_timeout=2).get(1)
    assert not caught.value.sent
    with pytest.raises(magewright.MagewrightError):
        Client("http://shop.example/", ADMIN)


@pytest.fixture
def silent():
    """A port where nobody ever answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_reply_that_does_not_come_times_out(silent):
    with pytest.raises(TimeoutError):
        Client(silent, magewright.Token("t"), timeout=0.2).delete(1)


def test_ctrl_c_ends_a_call_at_once(silent):
    interrupt = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    interrupt.start()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        Client(silent, magewright.Token("t")).get(1)
    assert time.monotonic() - begun < 2


def test_reprs_show_no_secrets(sandbox):
    for who in (ADMIN, magewright.Shopper("ada@example.test", "hunter2"), magewright.Token("hunter2")):
        shown = repr(who) + repr(Client(sandbox.url, who)) + repr(AsyncClient(sandbox.url, who))
        assert "admin123" not in shown and "hunter2" not in shown and "ada@" not in shown


def test_calls_of_asyncio_run_side_by_side(sandbox):
    async def main():
        client = AsyncClient(sandbox.url, ADMIN)
        customers = await asyncio.gather(*(client.get(number) for number in range(1, 21)))
        assert [customer["id"] for customer in customers] == list(range(1, 21))
        assert (await client.update(5, {"taxvat": "T"})).customer["taxvat"] == "T"
        assert [customer["id"] async for customer in client.scan("entity_id <= 3")] == [1, 2, 3]
        assert [row.outcome async for row in client.sync([{"id": 6, "taxvat": "T"}])] == ["updated"]
        with pytest.raises(magewright.NotFound):
            await client.get(999_999)

    asyncio.run(main())


def test_cancelling_a_task_cancels_its_call(silent):
    async def main():
        call = asyncio.create_task(AsyncClient(silent, magewright.Token("t")).get(1))
        await asyncio.sleep(0.1)
        call.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await call
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await AsyncClient(silent, magewright.Token("t")).get(1)

    begun = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - begun < 2


def test_a_sandbox_shows_what_it_has(sandbox):
    assert len(sandbox.customers()) == 60
    with pytest.raises(ValueError):
        Sandbox(faults="nonsense=1")
    with Sandbox(accounts=[{"id": 7, "email": "a@b.test", "website_id": 1}]) as other:
        assert [customer["id"] for customer in other.customers()] == [7]
