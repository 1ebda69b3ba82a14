"""Reading customers with pymagento as from a real store; the base URL is the only argument."""

import sys

import magento
import requests

BASE = sys.argv[1]
token = requests.post(
    BASE + "/rest/V1/integration/admin/token", json={"username": "admin", "password": "admin123"}, timeout=10
).json()

client = magento.Magento(token=token, base_url=BASE, scope="all")
emails = [customer["email"] for customer in client.get_customers(limit=30)]
assert len(set(emails)) == 30, emails
assert client.get_customer(1)["email"] in emails
assert "General" in [group["code"] for group in client.get_customer_groups()]
