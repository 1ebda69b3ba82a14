"""``sync``: rows to a store."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import IO, Any

from .._errors import MagewrightError
from . import _described, _outcomes
from ._output import delimiter, positive, say, show


FINE = {"created", "updated", "unchanged"}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    command = _described.command(commands, "sync", "brings rows to a store and loses nothing")
    command.add_argument("file", help="patches with an id or e-mail in them: .csv, .tsv, .parquet, or lines of JSON; - for lines from the input")
    command.add_argument("--delimiter", type=delimiter, metavar="CHARACTER", help="between columns, or `tab`; what the first line of CSV has when left out")
    command.add_argument("--via", choices=["put", "bulk"], default="put", help="a request for each row, or the store's queue")
    command.add_argument("--batch", type=positive, default=100, metavar="N", help="rows looked up together; %(default)s when left out")
    command.add_argument("--missing", choices=["create", "reject"], default="create", help="accounts that do not exist")
    command.add_argument("--losses", choices=["refuse", "allow"], default="refuse", help="rows that lose something")
    command.add_argument("--dry-run", action="store_true", help="send no update")
    command.add_argument("--journal", metavar="FILE", help="by which a run that was ended is taken up again")
    command.add_argument("--rejects", metavar="FILE", help="rows that are not done and why, to be mended and run again; .csv keeps the cells of CSV, other names lines of JSON")
    command.add_argument("--report", metavar="FILE", help="what became of each row: a table when it is named .csv, else lines of JSON")
    command.add_argument("--json", action="store_true", help="the counts as JSON")
    _described.reach(command)
    command.set_defaults(run=_sync)


def _sync(given: argparse.Namespace) -> int:
    _check_files(given)
    source = _outcomes.Source(given.file, given.delimiter)
    _outcomes.check(source, given.rejects, given.report)
    outcomes = _described.client(given).sync(
        source.rows(),
        via=given.via,
        batch=given.batch,
        missing=given.missing,
        losses=given.losses,
        dry_run=given.dry_run,
        journal=given.journal,
    )
    counts: Counter[str] = Counter()
    talk = _outcomes.Talk(source, quiet=bool(given.rejects))
    try:
        with _file(given.rejects) as rejects, _file(given.report) as report, _progress(source) as told:
            writes = (_outcomes.rejecting(rejects, source), _outcomes.reporting(report, source))
            for row in outcomes:
                counts[row.outcome] += 1
                cells = source.cells(row)
                for write in writes:
                    write(row, cells)
                talk.hear(row)
                told(counts)
    except KeyboardInterrupt:
        say(f"so far {_words(counts)}")
        raise
    finally:
        talk.end()
    if given.json:
        show(counts)
    else:
        print(_words(counts))
    return 3 if counts["failed"] else int(not FINE.issuperset(counts))


def _words(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) or "no rows"


def _check_files(given: argparse.Namespace) -> None:
    """Nothing is written over what is read, or over each other."""
    taken = {_place(given.file): "the file that is read"}
    for option in ("journal", "rejects", "report"):
        if path := getattr(given, option):
            if other := taken.get(_place(path)):
                raise MagewrightError("invalid_member", f"--{option} is {other}: name another file")
            taken[_place(path)] = f"that of --{option}"


def _place(path: str) -> str:
    return os.path.realpath(path)


def _file(path: str | None) -> AbstractContextManager[IO[str] | None]:
    return open(path, "w", encoding="utf-8", newline="") if path else nullcontext()


@contextmanager
def _progress(source: _outcomes.Source) -> Iterator[Callable[[Counter[str]], Any]]:
    """A bar on a terminal, when rich is there; else nothing."""
    if not sys.stderr.isatty():
        yield lambda counts: None
        return
    try:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    except ImportError:
        yield lambda counts: None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=source.count())

        def told(counts: Counter[str]) -> None:
            progress.update(task, completed=counts.total(), description=_words(counts))

        yield told
