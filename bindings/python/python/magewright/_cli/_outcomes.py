"""What became of the rows of a file."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import repeat
from operator import attrgetter
from typing import IO, Any

from .._csv import DELIMITERS, Table
from .._errors import MagewrightError
from .._files import ending, form
from .._results import Row
from .._rows import count_rows, read_rows
from ._output import say

REASON = "$reject"
"""The column, and in a line of JSON the member, that says why a row is not done. Who reads rows leaves it out."""

SAID = 20
"""So many rows that are not done are said one by one."""

REASONS = 10
"""So many problems are said with how often they were met."""

COUNTED = 1000
"""So many problems are counted at most."""

ROUNDED = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+[0-9]+|[0-9]{9,}[.,]0")
"""What becomes of a telephone number that a spreadsheet or a frame took for a number."""

Write = Callable[[Row, list[str]], Any]
"""Writes what became of a row, whose cells are given where it came from CSV."""


class Source:
    """The rows of a file, each in the place of the line it begins on, so that a row is called by its line."""

    def __init__(self, path: str, delimiter: str | None) -> None:
        self.path = path
        self.table = Table.of(path, delimiter) if form(path, delimiter) == "csv" else None
        self._cells: dict[int, list[str]] = {}
        self._doubted: set[int] = set()
        self._delimiter = delimiter
        self._called = "row" if form(path) == "parquet" else "line"
        if self.table and self.table.delimiter not in {delimiter, ",", "\t"}:
            say(f"{path}: {DELIMITERS[self.table.delimiter]} tell its columns apart")

    def rows(self) -> Iterator[Any]:
        """The rows as ``sync`` takes them, which counts blank lines and passes over them."""
        if self.table is None:
            yield from read_rows(self.path)
            return
        at = 0
        for line, cells in self.table.rows():
            self._cells[line] = cells
            self._doubt(line, cells)
            yield from repeat(b"", line - at - 1)
            yield self.table.customer(cells)
            at = line

    def _doubt(self, line: int, cells: list[str]) -> None:
        """Says once of a column that its texts have been numbers on their way: no store can tell."""
        for at, cell in enumerate(cells):
            if ROUNDED.fullmatch(cell) and at not in self._doubted and self.table:
                self._doubted.add(at)
                say(f"line {line}: `{self.table.columns[at]}` holds a number as spreadsheets round it: take it as text from its source")

    def count(self) -> int | None:
        """How many rows there are, at least about, where that can be known."""
        return count_rows(self.path, self._delimiter)

    def cells(self, row: Row) -> list[str]:
        """The cells of a row, which are kept until one knows what became of it."""
        return self._cells.pop(row.line, [])

    def name(self, row: Row) -> str:
        """What a row is called."""
        return f"{self._called} {row.line}"


def check(source: Source, rejects: str | None, report: str | None) -> None:
    """Nothing is written in another form than its name says."""
    for option, path in (("rejects", rejects), ("report", report)):
        if path and form(path) == "parquet":
            raise MagewrightError("invalid_member", f"--{option} is not written as Parquet: name it .ndjson or .csv")
    if rejects and form(rejects) == "csv" and source.table is None:
        raise MagewrightError("invalid_member", "--rejects in CSV are rows that came from CSV: name it .ndjson")


def reporting(file: IO[str] | None, source: Source) -> Write:
    """Keeps what became of each row, as a table or as lines of JSON."""
    if file is None:
        return lambda row, cells: None
    columns = ["line", "id", "outcome", "why", "earlier"]
    told = attrgetter(*columns)
    if form(file.name) == "csv":
        writer = _writer(file, source, columns)
        return lambda row, cells: writer.writerow(told(row))
    return lambda row, cells: file.write(json.dumps(dict(zip(columns, told(row), strict=True))) + "\n")


def rejecting(file: IO[str] | None, source: Source) -> Write:
    """Keeps the rows that are not done and why, to be mended and run again: cells of CSV as they came."""
    if file is None:
        return lambda row, cells: None
    if form(file.name) != "csv" or source.table is None:
        return lambda row, cells: row.reject and file.write(row.reject + "\n")
    columns = source.table.columns
    kept = [at for at, name in enumerate(columns) if name != REASON]
    writer = _writer(file, source, [columns[at] for at in kept] + [REASON])

    def write(row: Row, cells: list[str]) -> None:
        if row.reject:
            whole = cells + [""] * (len(columns) - len(cells))
            writer.writerow([whole[at] for at in kept] + [f"{row.outcome}: {row.why}"])

    return write


def _writer(file: IO[str], source: Source, columns: list[str]) -> Any:
    table = source.table or Table(file.name, columns, ",")
    return table.writer(file, columns, "\t" if ending(file.name) == ".tsv" else table.delimiter)


class Talk:
    """Says what is wrong with rows: the first ones by name, and of many how often each problem was met."""

    def __init__(self, source: Source, quiet: bool) -> None:
        self._source, self._left = source, 0 if quiet else SAID
        self._met: Counter[str] = Counter()
        self._unsaid = 0

    def hear(self, row: Row) -> None:
        """Takes what became of a row."""
        if row.why is None:
            return
        self._met.update(problem for problem in _problems(row) if len(self._met) < COUNTED or problem in self._met)
        if self._left > 0:
            self._left -= 1
            say(f"{self._source.name(row)}: {row.outcome}: {row.why}")
        else:
            self._unsaid += 1

    def end(self) -> None:
        """Says what was met most, when not all was said."""
        if self._unsaid:
            for problem, count in self._met.most_common(REASONS):
                say(f"{count} {'row' if count == 1 else 'rows'} {problem}")


def _problems(row: Row) -> set[str]:
    """What is wrong with a row, problem by problem; items of lists are not told apart."""
    reason = json.loads(row.reject or "{}").get(REASON, {})
    problems = (f"{problem['pointer'] or '/'}: {problem['message']}" for problem in reason.get("problems", []))
    told = {re.sub(r"/[0-9]+(?=[/:])", "/*", problem) for problem in problems} or {str(row.why)}
    return {f"{row.outcome}: {problem}" for problem in told}
