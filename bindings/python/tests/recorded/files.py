"""The files of a folder of cases, and the store they were recorded on."""

import json
from pathlib import Path

import magewright

RECORDED = 1_795_300_000
"""The cases were recorded around this time."""


def lines(file):
    """A document for each line; none when there is no such file."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def reply(folder, name):
    """A reply of the store about itself."""
    return (folder / "store" / name).read_text(encoding="utf-8")


def index(folder):
    """The replies there are, each with its path and file."""
    return json.loads(reply(folder, "index.json"))


def profile(folder, config=None):
    """What the store said of itself, with some settings changed."""
    return magewright.Profile.from_replies(
        websites=reply(folder, "websites.json"),
        store_groups=reply(folder, "storeGroups.json"),
        store_views=reply(folder, "storeViews.json"),
        customer_groups=reply(folder, "customerGroups.json"),
        customer_attributes=reply(folder, "attributeMetadata-customer.json"),
        address_attributes=reply(folder, "attributeMetadata-customerAddress.json"),
        countries=reply(folder, "countries.json"),
        modules=reply(folder, "modules.json"),
        settings=json.loads(reply(folder, "config.json"))["values"] | (config or {}),
    )


def store(folder, accounts, **options):
    """The store with the customers of a file."""
    return magewright.Store(profile=profile(folder), accounts=lines(folder / accounts), now=RECORDED, **options)


def figures(release):
    """How many cases of each suite the core holds, by name, as it is held to."""
    file = Path(__file__).parents[4] / "crates/conformance/figures.txt"
    told = (line.split() for line in file.read_text().splitlines())
    return {name: tuple(map(int, figure.split("/"))) for of, name, figure in told if of == release}


def overlaid(folder, release, name):
    """The cases of a file as that release answers them."""
    changed = {case["id"]: case for case in lines(folder / "releases" / release / f"{name}.jsonl")}
    base = [changed.pop(case["id"], case) for case in lines(folder / f"{name}.jsonl")]
    return base + list(changed.values())
