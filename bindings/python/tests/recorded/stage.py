"""The sandbox as the store the cases were recorded on, asked over HTTP."""

import http.client
import json
from urllib.parse import urlsplit

import magewright

from .files import index, lines, profile, reply

NOW = 1_800_000_000
"""A moment after everything in the recordings."""

LIMITED = {"limited": ("limited123", ["Magento_Catalog::catalog"])}


class Stage:
    """A store, and one connection to it."""

    def __init__(self, folder, *, config=None, accounts=(), password=None, release=None, integrations=()):
        if isinstance(accounts, str):
            accounts = lines(folder / accounts)
        self.sandbox = magewright.Sandbox(
            profile=profile(folder, config),
            accounts=list(accounts),
            password=password,
            administrators=LIMITED,
            integrations=list(integrations),
            replies={entry["path"]: reply(folder, entry["file"]) for entry in index(folder)},
            release=release,
            now=NOW,
            consumer=False,
            race=0,
        )
        self.release = release
        self.line = http.client.HTTPConnection(urlsplit(self.sandbox.url).netloc)
        self.tokens = {}
        self.nonce = 0

    def __enter__(self):
        return self

    def __exit__(self, *_raised):
        self.line.close()
        self.sandbox.stop()

    def ask(self, asked, bindings=None):
        """Status and body of the answer to a recorded request."""
        filled = bindings.filled if bindings else (lambda value: value)
        method, path = asked.get("method", "GET"), str(filled(asked["path"]))
        body = asked.get("raw_body")
        if body is None and asked.get("body") is not None:
            body = json.dumps(filled(asked["body"]), ensure_ascii=False)
        headers = self.authorization(method, path, filled(asked.get("caller", "guest")))
        kind = asked.get("content_type", "application/json" if body is not None else None)
        if kind is not None:
            headers["Content-Type"] = kind
        return self.send(method, path, body, headers)

    def send(self, method, path, body, headers):
        self.line.request(method, path, None if body is None else body.encode(), headers)
        reply = self.line.getresponse()
        text = reply.read().decode()
        is_json = reply.headers.get("content-type", "").startswith("application/json")
        return reply.status, json.loads(text) if is_json else text

    def authorization(self, method, path, caller):
        if caller == "guest":
            return {}
        if caller == "integration":
            self.nonce += 1
            url = self.sandbox.url + path
            when = {"nonce": f"n{self.nonce}", "timestamp": NOW, "release": self.release}
            return {"Authorization": magewright.sign(method, url, self.sandbox.credentials, **when)}
        if caller in ("admin", "limited") and caller not in self.tokens:
            body = json.dumps({"username": caller, "password": f"{caller}123"})
            told = self.send("POST", "/rest/V1/integration/admin/token", body, {"Content-Type": "application/json"})
            self.tokens[caller] = told[1]
        return {"Authorization": f"Bearer {self.tokens.get(caller, caller)}"}
