"""A contender in Python: pymagento against a store.

usage: client.py URL TOKEN MODE COUNT

Says 0 when it sees as many customers as expected, then answers each line of its
input with the seconds that one round took: a scan of all customers, or
one update of each of so many.
"""
import sys
import time

from magento import Magento

URL, TOKEN, MODE, COUNT = sys.argv[1:]


def scan(client, _):
    return sum(1 for _ in client.get_customers())


def update(client, turn):
    for number in range(1, int(COUNT) + 1):
        customer = client.get_customer(number)
        customer["taxvat"] = f"P{turn}"
        client.put_json_api(f"/V1/customers/{number}", json={"customer": customer})
    return int(COUNT)


def main():
    client = Magento(token=TOKEN, base_url=URL)
    job = {"scan": scan, "update": update}[MODE]
    print(int(COUNT) - job(client, 0), flush=True)
    for turn, _ in enumerate(sys.stdin, 1):
        begun = time.perf_counter()
        job(client, turn)
        print(time.perf_counter() - begun, flush=True)


main()
