"""Recorded OAuth headers: sent as they are, they are answered as recorded; those that a store took are what signing gives."""

import json
import re

import magewright

from .compare import Bindings
from .stage import Stage

CATALOG = ["Magento_Catalog::catalog"]


def integrations():
    """The integrations of the recorded store, as the cases' README names them."""
    states = {"full": ("active", None), "limited": ("active", CATALOG), "inactive": ("inactive", None), "revoked": ("revoked", None)}
    keys = ("fakeconsumerkey", "fakeconsumersecret", "faketoken", "faketokensecret")
    odd = ("odd/key+w=res&chars~", "odd secret+/=&%~", "odd'tok*(en)!", "odd&tok=sec%20")

    def credentials(parts):
        return magewright.Credentials(*(part.ljust(32, "0") for part in parts))

    named = [(credentials(f"{key}{name}" for key in keys), *state) for name, state in states.items()]
    return [*named, (credentials(odd), "active", None)]


class Signatures:
    """The cases of one release, each sent to a store that has seen no other."""

    def __init__(self, folder, cases, release):
        self.folder, self.release = folder, release
        self.cases = {case["id"]: case for case in cases}

    def holds(self, case):
        with Stage(self.folder, accounts="search-data.ndjson", integrations=integrations(), release=self.release) as stage:
            if before := self.cases.get(case.get("after_case")):
                self.send(stage, before)
            status, reply = self.send(stage, case)
        if case["accepted"]:
            return status != 401 and signed_again(case, self.release)
        wanted = case["error"]
        said = reply.strip() == wanted.strip() if isinstance(wanted, str) else Bindings().same(wanted, reply)
        return status == case["status"] and said

    def send(self, stage, case):
        host, _, target = case["url"].removeprefix("http://").partition("/")
        headers = {"Host": host}
        if case["authorization"] is not None:
            headers["Authorization"] = case["authorization"]
        body = case.get("body")
        if body is not None:
            body = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
            headers["Content-Type"] = "application/json"
        return stage.send(case["method"], f"/{target}", body, headers)


def signed_again(case, release):
    """Whether signing the case's own fields gives its header, where they can be signed."""
    if not case["authorization"] or not re.fullmatch(r"\d+", str(case["timestamp"])):
        return True
    sent = parameters(case["authorization"])
    credentials = magewright.Credentials(
        case["consumer_key"], case["consumer_secret"], case["token"], case["token_secret"]
    )
    fixed = {"nonce": case["nonce"], "timestamp": int(case["timestamp"]), "release": release}
    signed = parameters(magewright.sign(case["method"], case["url"], credentials, **fixed))
    return unsigned(sent) != unsigned(signed) or sent == signed


def parameters(header):
    """A header's OAuth parameters; how they are quoted, spaced and escaped is the signer's choice."""
    pairs = (part.strip().partition("=") for part in header.strip()[len("OAuth ") :].split(","))

    def clean(value):
        return value.strip('"').replace("%2B", "+").replace("%2F", "/").replace("%3D", "=")

    return sorted((name, clean(value)) for name, _, value in pairs if name.startswith("oauth_"))


def unsigned(parameters):
    """The same without the signature; a header with others than the usual is not ours to make."""
    return [pair for pair in parameters if pair[0] != "oauth_signature"]
