"""Options that describe a store, and those that reach one."""

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import Any

from .._client import Client
from .._credentials import Admin, Token, Who
from .._errors import MagewrightError
from .._native import Contract, Profile, Store
from .._request import Credentials
from ._output import positive, seconds

SECRETS = """
Secrets come from the environment: MAGEWRIGHT_TOKEN; or MAGEWRIGHT_USERNAME and MAGEWRIGHT_PASSWORD;
or MAGEWRIGHT_CONSUMER_KEY, _CONSUMER_SECRET, _ACCESS_TOKEN and _ACCESS_TOKEN_SECRET.
A password that is missing is asked for.
"""


def command(commands: Any, name: str, does: str) -> argparse.ArgumentParser:
    """Adds a command that says what it does in the list of commands and in its own help."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
    return made


def describe(command: argparse.ArgumentParser) -> None:
    """Adds the options that describe a store."""
    command.add_argument("--release", help="the store's release; 2.4.7-p3 when left out")
    command.add_argument("--profile", metavar="FILE", help="what the store says of itself, from `profile pull`")
    command.add_argument("--contract", metavar="FILE", help="the shop's own schema, or a contract document")
    command.add_argument("--scope", metavar="CODE", help="the store code in the path")


def reach(command: argparse.ArgumentParser) -> None:
    """Adds the options that reach a store."""
    describe(command)
    command.epilog = SECRETS
    command.add_argument("--url", default=os.environ.get("MAGEWRIGHT_URL"), help="the store; or MAGEWRIGHT_URL")
    command.add_argument("--username", default=os.environ.get("MAGEWRIGHT_USERNAME"), help="an administrator's name")
    command.add_argument("--timeout", type=seconds, default=60.0, metavar="SECONDS", help="for one request; %(default)g when left out")
    command.add_argument("--concurrency", type=positive, default=8, metavar="N", help="requests under way at once; %(default)s when left out")
    command.add_argument("--ca-bundle", metavar="FILE", help="authorities to trust beside the system's, in PEM")
    command.add_argument("--plain-http", action="store_true", help="allow credentials over plain HTTP elsewhere")


def profile(given: argparse.Namespace) -> Profile | None:
    """The profile that is named, with the contract that is named."""
    named = Profile(Path(given.profile).read_bytes()) if given.profile else None
    if given.contract is None:
        return named
    return (named or Profile()).with_contract(Contract(Path(given.contract).read_bytes()))


def store(given: argparse.Namespace) -> Store:
    """The store that is described."""
    return Store(release=given.release, profile=profile(given), scope=given.scope)


def client(given: argparse.Namespace) -> Client:
    """A client of the store that is reached."""
    if not given.url:
        raise MagewrightError("missing_member", "give --url, or set MAGEWRIGHT_URL")
    return Client(
        given.url,
        who(given.username),
        release=given.release,
        scope=given.scope,
        profile=profile(given),
        timeout=given.timeout,
        concurrency=given.concurrency,
        roots=given.ca_bundle,
        plain_http=given.plain_http,
    )


def who(username: str | None) -> Who:
    """Who asks, from the environment and the terminal."""
    if token := os.environ.get("MAGEWRIGHT_TOKEN"):
        return Token(token)
    names = ("CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET")
    keys = [os.environ.get(f"MAGEWRIGHT_{name}") for name in names]
    if all(keys):
        return Credentials(*(key or "" for key in keys))
    if username:
        password = os.environ.get("MAGEWRIGHT_PASSWORD")
        if password is None and sys.stdin.isatty():
            password = getpass.getpass(f"password of {username}: ")
        if password is None:
            raise MagewrightError("missing_member", "set MAGEWRIGHT_PASSWORD")
        return Admin(username, password)
    return None
