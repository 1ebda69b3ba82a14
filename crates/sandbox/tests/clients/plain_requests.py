"""A customer's life written with requests as for a real store; the base URL is the only argument."""

import sys
import time

import requests

BASE = sys.argv[1] + "/rest/V1"

token = requests.post(
    BASE + "/integration/admin/token", json={"username": "admin", "password": "admin123"}, timeout=10
).json()
shop = requests.Session()
shop.headers["Authorization"] = "Bearer " + token

ada = {"email": "ada@example.test", "firstname": "Ada", "lastname": "Lovelace"}
created = shop.post(BASE + "/customers", json={"customer": ada}).json()
assert created["group_id"] == 1, created

updated = shop.put(f"{BASE}/customers/{created['id']}", json={"customer": {"group_id": 3}}).json()
assert (updated["group_id"], updated["firstname"]) == (3, "Ada"), updated

criteria = {
    "searchCriteria[filterGroups][0][filters][0][field]": "email",
    "searchCriteria[filterGroups][0][filters][0][value]": "ADA@example.test",
}
found = shop.get(BASE + "/customers/search", params=criteria).json()
assert found["total_count"] == 1, found

people = [{"customer": {"email": f"b{i}@example.test", "firstname": "B", "lastname": "K"}} for i in range(20)]
bulk = shop.post(sys.argv[1] + "/rest/all/async/bulk/V1/customers", json=people)
assert bulk.status_code == 202, bulk.text
done = f"{BASE}/bulk/{bulk.json()['bulk_uuid']}/operation-status/1"
for _ in range(100):
    if shop.get(done).json() == len(people):
        break
    time.sleep(0.1)
else:
    raise AssertionError("the queue was not worked")

assert shop.delete(f"{BASE}/customers/{created['id']}").json() is True
assert shop.get(f"{BASE}/customers/{created['id']}").status_code == 404
