"""A contender in Python: pymagento's builder, then urlencode.

usage: search.py QUERIES NAME ROUNDS EXPECTED

Says whether its query string holds the same parameters as the expected one (0
when it does), then answers each line of its input with the seconds that so many
encodings took.
"""
import json
import sys
import time
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from magento.queries import make_search_query

QUERIES, NAME, ROUNDS, EXPECTED = sys.argv[1:]


def main():
    query = json.loads(Path(QUERIES).read_text(encoding="utf-8"))[NAME]
    groups = [[tuple(part) for part in group] for group in query["groups"]]
    sort = [tuple(order) for order in query["sort"]]

    def encode():
        return urlencode(
            make_search_query(
                groups, sort_orders=sort, page_size=query["page_size"], current_page=query["page"]
            )
        )

    def comparable(text):
        # Names in either case are the same to the store, and eq is what it assumes.
        pairs = [(name.replace("_", "").lower(), value) for name, value in parse_qsl(text)]
        return sorted(pair for pair in pairs if pair != (pair[0], "eq") or "conditiontype" not in pair[0])

    print(int(comparable(encode()) != comparable(EXPECTED)), flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        for _ in range(int(ROUNDS)):
            encode()
        print(time.perf_counter() - begun, flush=True)


main()
