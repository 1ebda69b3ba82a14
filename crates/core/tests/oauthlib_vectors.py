"""Writes schema/vectors/oauthlib.jsonl: requests signed by Python's oauthlib (pip install oauthlib==4.0.1).

    python crates/core/tests/oauthlib_vectors.py > schema/vectors/oauthlib.jsonl

oauthlib follows RFC 5849, a store does not; the requests are such that both agree: array
indexes stay below 10, names are not repeated, every parameter has one `=`, and `+` is escaped.
"""

import json
import random
from urllib.parse import quote

from oauthlib.oauth1 import SIGNATURE_HMAC_SHA256, Client

FIELDS = ["email", "firstname", "entity_id", "created_at", "group_id", "website_id"]
VALUES = ["1,2,3", "Zoë", "O'Brien & Söhne", "a+b@example.test", "50%", "x=y", "2024-01-01 00:00:00", "~-._", "日本", ""]
SECRETS = ["s" * 32, "odd secret+/=&%~", "ключ", "a" * 64]


def search(draw):
    pairs = []
    for group in range(draw.randint(0, 3)):
        for item in range(draw.randint(1, 9)):
            name = f"searchCriteria[filterGroups][{group}][filters][{item}]"
            pairs.append((f"{name}[field]", draw.choice(FIELDS)))
            pairs.append((f"{name}[value]", draw.choice(VALUES)))
            if draw.random() < 0.5:
                pairs.append((f"{name}[conditionType]", draw.choice(["eq", "like", "in", "gteq"])))
    pairs += [("searchCriteria[pageSize]", "100"), ("searchCriteria[currentPage]", str(draw.randint(1, 9)))]
    if draw.random() < 0.5:
        pairs.append(("fields", "items[id,email],total_count"))
    draw.shuffle(pairs)
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)


def main():
    draw = random.Random(5849)
    for number in range(60):
        method = draw.choice(["GET", "GET", "POST", "PUT", "DELETE"])
        path, query = "/rest/V1/customers/search", search(draw)
        if method != "GET":
            path, query = draw.choice([("/rest/all/V1/customers/7", ""), ("/rest/V1/customers", "fields=id")])
        base = draw.choice(["https://shop.example", "http://127.0.0.1:8070", "https://shop.example:8443/sub"])
        url = base + path + ("?" + query if query else "")
        case = {
            "id": f"oauthlib-{number:04}",
            "method": method,
            "url": url,
            "consumer_key": f"key{number:029}",
            "consumer_secret": draw.choice(SECRETS),
            "token": f"token{number:027}",
            "token_secret": draw.choice(SECRETS),
            "nonce": f"{draw.getrandbits(64):016x}",
            "timestamp": 1700000000 + number,
        }
        client = Client(
            case["consumer_key"], case["consumer_secret"], case["token"], case["token_secret"],
            signature_method=SIGNATURE_HMAC_SHA256, nonce=case["nonce"], timestamp=str(case["timestamp"]),
        )
        _, headers, _ = client.sign(url, http_method=method)
        case["authorization"] = headers["Authorization"]
        print(json.dumps(case, ensure_ascii=False))


if __name__ == "__main__":
    main()
