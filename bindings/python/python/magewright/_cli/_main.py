"""What the command line takes."""

import argparse
import sys
from collections.abc import Sequence
from importlib import metadata
from typing import Any

from .. import _errors, _exceptions
from . import _judge, _search, _store, _sync
from ._output import say


CODES = """exit codes: 0 done and nothing to object to; 1 done, and something was found or refused;
2 called wrongly, or a file that cannot be used; 3 the store or the network failed, run it again; 130 interrupted"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line, and gives its exit code."""
    given = parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except KeyboardInterrupt:
        say("interrupted")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except _exceptions.ClientError as error:
        say(f"magewright: {_here(error)}")
        return 3
    except _errors.MagewrightError as error:
        at = f"{error.pointer}: " if error.pointer else ""
        say(f"magewright: {at}{_here(error)}")
        return 2
    except OSError as error:
        named = f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)
        say(f"magewright: {named}")
        return 2


SETTINGS = {"`plain_http`": "`--plain-http`", "`roots`": "`--ca-bundle`", "`delimiter`": "`--delimiter`"}
"""What messages name, and what it is called here."""


def _here(error: Exception) -> str:
    message = str(error)
    for name, option in SETTINGS.items():
        message = message.replace(name, option)
    return message


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    made = argparse.ArgumentParser(prog="magewright", description="Knows what a Magento 2 store will do.", epilog=CODES)
    made.add_argument("--version", action=_Version, nargs=0, help="say which magewright this is")
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    for part in (_judge, _search, _store, _sync):
        part.add(commands)
    return made


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_given: Any) -> None:
        print(f"magewright {metadata.version('magewright')}")
        parser.exit()
