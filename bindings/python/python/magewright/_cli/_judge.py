"""``validate``, ``plan`` and ``audit``: questions without a store at hand."""

import argparse
import sys
from collections.abc import Iterator
from typing import Any, get_args

from .._errors import MagewrightError
from .._files import form
from .._native import Validator
from .._plan import Unplannable, audit, plan
from .._predict import Caller
from .._reports import Report, Violation
from .._rows import numbered
from .._validate import iter_ndjson, validate, validate_create
from . import _described
from ._output import delimiter, positive, read, say, show


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the commands."""
    command = _described.command(commands, "validate", "what a store will refuse, change or drop of customers")
    command.add_argument("file", help="a customer as JSON, or many in .ndjson, .jsonl, .csv, .tsv or .parquet; - for the input")
    command.add_argument("--ndjson", action="store_true", help="one customer a line, whatever the file's name")
    command.add_argument("--delimiter", type=delimiter, metavar="CHARACTER", help="between columns, or `tab`; what the first line of CSV has when left out")
    command.add_argument("--create", action="store_true", help="bodies of a create, {customer, password}")
    command.add_argument("--threads", type=positive, default=1, metavar="N", help="the most threads to use for lines")
    _finish(command, _validate)
    command = _described.command(commands, "plan", "the update that makes a patch and loses nothing")
    command.add_argument("stored", help="the customer as GET returns it")
    command.add_argument("patch", help="what is to change")
    command.add_argument("--strategy", choices=["auto", "minimal", "full"], default="auto", help="how much is sent")
    _route(command)
    _finish(command, _plan)
    command = _described.command(commands, "audit", "what an update written by hand would really do")
    command.add_argument("stored", help="the customer as GET returns it")
    command.add_argument("body", help="the body of the update")
    _route(command)
    _finish(command, _audit)


def _route(command: argparse.ArgumentParser) -> None:
    command.add_argument("--route", choices=["id", "me", "queue"], default="id", help="where the update is sent")
    command.add_argument("--caller", choices=get_args(Caller), default="admin", help="who sends it")


def _finish(command: argparse.ArgumentParser, run: Any) -> None:
    _described.describe(command)
    command.add_argument("--json", action="store_true", help="answers for programs, a line each")
    command.set_defaults(run=run)


def _validate(given: argparse.Namespace) -> int:
    store = _described.store(given)
    if given.ndjson or form(given.file, given.delimiter):
        return _validate_many(given, store)
    judge = validate_create if given.create else validate
    report = judge(read(given.file), store=store)
    if given.json:
        show(report)
    else:
        _violations(report, "")
        say("accepted" if report.accepted else "refused")
    return int(not report.clean)


def _validate_many(given: argparse.Namespace, store: Any) -> int:
    found = 0
    for line, report in _bad(given, store):
        found += 1
        if given.json:
            show({"line": line, "accepted": report.accepted, "violations": report.violations})
        else:
            _violations(report, f"{line}: ")
    say(f"{found} records are not clean")
    return int(found > 0)


def _bad(given: argparse.Namespace, store: Any) -> Iterator[tuple[int, Report]]:
    """The records that are not clean, by their lines."""
    operation: Any = "create" if given.create else "record"
    if given.ndjson or form(given.file, given.delimiter) == "ndjson":
        source = sys.stdin.buffer if given.file == "-" else given.file
        return iter_ndjson(source, operation=operation, store=store, threads=given.threads)
    if given.create:
        raise MagewrightError("invalid_member", "--create takes JSON: a table has no bodies")
    judge = Validator(store=store).check
    return ((line, report) for line, row in numbered(given.file, given.delimiter) if not (report := judge(row)).clean)


def _violations(report: Report, prefix: str) -> None:
    for violation in report.violations:
        print(f"{prefix}{_line(violation)}")


def _line(violation: Violation) -> str:
    return f"{violation.severity} {violation.pointer or '/'} {violation.code}: {violation.message}"


def _plan(given: argparse.Namespace) -> int:
    try:
        sent = {"route": given.route, "caller": given.caller, "strategy": given.strategy}
        planned = plan(read(given.stored), read(given.patch), store=_described.store(given), **sent)
    except Unplannable as unplannable:
        for reason in unplannable.reasons:
            say(f"{reason.pointer or '/'} {reason.code}: {reason.message}")
        if given.json:
            show({"reasons": unplannable.reasons})
        return 1
    if given.json:
        show(planned)
        return 0
    print(f"{planned.request.method} {planned.request.target}\n{planned.request.body}")
    for change in planned.changes:
        say(f"changes {change.pointer}")
    for warning in planned.warnings:
        say(f"warning {warning}")
    return 0


def _audit(given: argparse.Namespace) -> int:
    sent = {"route": given.route, "caller": given.caller}
    effects = audit(read(given.stored), read(given.body), store=_described.store(given), **sent)
    for effect in effects:
        if given.json:
            show(effect)
        else:
            words = f": {effect.refusal.message}" if effect.refusal else ""
            print(f"{effect.severity or 'as asked'} {effect.pointer or '/'} {effect.kind}{words}")
    return int(any(effect.severity for effect in effects))
