"""Recorded OAuth headers: those that a store took are what signing gives."""

import re

import magewright


def holds(case, release):
    """Whether signing the case's own fields gives the header that the store accepted."""
    sent = parameters(case["authorization"] or "")
    credentials = magewright.Credentials(
        case["consumer_key"], case["consumer_secret"], case["token"], case["token_secret"]
    )
    fixed = {"nonce": case["nonce"], "timestamp": int(case["timestamp"]), "release": release}
    signed = parameters(magewright.sign(case["method"], case["url"], credentials, **fixed))
    return unsigned(sent) != unsigned(signed) or sent == signed


def is_ours(case):
    """Whether a store accepted the header, and its fields can be signed."""
    return case["accepted"] and bool(case["authorization"]) and re.fullmatch(r"\d+", str(case["timestamp"]))


def parameters(header):
    """A header's OAuth parameters; how they are quoted, spaced and escaped is the signer's choice."""
    pairs = (part.strip().partition("=") for part in header.strip()[len("OAuth ") :].split(","))

    def clean(value):
        return value.strip('"').replace("%2B", "+").replace("%2F", "/").replace("%3D", "=")

    return sorted((name, clean(value)) for name, _, value in pairs if name.startswith("oauth_"))


def unsigned(parameters):
    """The same without the signature; a header with others than the usual is not ours to make."""
    return [pair for pair in parameters if pair[0] != "oauth_signature"]
