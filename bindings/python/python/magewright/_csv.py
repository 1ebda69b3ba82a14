"""Tables in CSV: a column is a field, with dots for what is inside."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, get_args, get_type_hints

from . import contract
from ._errors import MagewrightError
from ._files import Path, ending

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
"""What may tell columns apart where nobody says so: no name of a field has one of these in it."""

KEYS = {"id", "email"}
"""A row says by one of them whose it is."""

DEEPEST = 8
"""No field of the contract lies deeper."""

MARK = "\ufeff"
"""What Excel begins a file in UTF-8 with, and looks for."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a CSV file, and how the file is written."""

    path: Path
    columns: list[str]
    delimiter: str
    marked: bool = False
    """Whether it begins with a mark, which is no part of its text."""
    line_end: str = "\n"

    @classmethod
    def of(cls, path: Path, delimiter: str | None = None) -> "Table":
        """Reads the first line, which names the columns.

        Raises:
            OSError: the file cannot be read.
            MagewrightError: it does not name columns, or what tells them apart is not sure.
        """
        try:
            with open(path, encoding="utf-8", newline="") as file:
                first = file.readline()
            marked, first = first.startswith(MARK), first.removeprefix(MARK)
            delimiter = delimiter or _delimiter(first, ending(path))
            columns = [name.strip() for name in next(csv.reader([first], delimiter=delimiter, strict=True), [])]
            _check_columns(columns)
        except UnicodeDecodeError:
            raise _refused(path, "not UTF-8: save it in UTF-8") from None
        except (csv.Error, ValueError) as error:
            raise _refused(path, f"line 1: {error}") from None
        except TypeError:
            raise MagewrightError("invalid_member", "give one character as delimiter") from None
        return cls(path, columns, delimiter, marked, "\r\n" if first.endswith("\r\n") else "\n")

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The cells of each row in which anything stands, and the line it begins on.

        Raises:
            MagewrightError: what would be misread, such as a line with more cells than columns.
        """
        line = 1
        try:
            with open(self.path, encoding="utf-8-sig", newline="") as file:
                reader = csv.reader(file, delimiter=self.delimiter, strict=True)
                next(reader, None)
                begins = reader.line_num + 1
                for cells in reader:
                    line, begun, begins = reader.line_num, begins, reader.line_num + 1
                    if any(cells):
                        self._check(cells)
                        yield begun, cells
        except UnicodeDecodeError:
            raise _refused(self.path, f"not UTF-8 after line {line}: save it in UTF-8") from None
        except csv.Error as error:
            raise _refused(self.path, f"after line {line}: {error}") from None
        except ValueError as error:
            raise _refused(self.path, f"line {line}: {error}") from None

    def customer(self, cells: Sequence[str]) -> dict[str, Any]:
        """A row as the object it stands for; a cell with nothing in it is left out."""
        return nested({name: cell for name, cell in zip(self.columns, cells, strict=False) if cell})

    def writer(self, file: IO[str], columns: Sequence[str], delimiter: str) -> Any:
        """A writer of such a file with other columns."""
        if self.marked:
            file.write(MARK)
        writer = csv.writer(file, delimiter=delimiter, lineterminator=self.line_end)
        writer.writerow(columns)
        return writer

    def _check(self, cells: Sequence[str]) -> None:
        if len(cells) > len(self.columns):
            why = f"{len(cells)} cells for {len(self.columns)} columns"
            raise ValueError(f"{why}: put quotes around a text with {DELIMITERS.get(self.delimiter, 'delimiters')} in it")
        if any(cell and not name for name, cell in zip(self.columns, cells, strict=False)):
            raise ValueError("a cell in a column without a name: name it, or leave it out as to_csv(index=False) does")


def _refused(path: Path, why: str) -> MagewrightError:
    return MagewrightError("invalid_member", f"{path}: {why}")


def _delimiter(first: str, ending: str) -> str:
    found = [one for one in DELIMITERS if one in first]
    if ending == ".tsv":
        return "\t"
    if len(found) > 1:
        raise ValueError(f"{' and '.join(DELIMITERS[one] for one in found)}: give `delimiter` to say which tells columns apart")
    return found[0] if found else ","


def _check_columns(names: Sequence[str]) -> None:
    """Each column has a place of its own, and one says whose a row is."""
    names = [name for name in names if name]
    for name in names:
        parts = name.split(".")
        above = {".".join(parts[:length]) for length in range(1, len(parts))}
        if names.count(name) > 1 or above.intersection(names):
            raise ValueError(f"two columns are for `{name}`: leave one out")
        if len(parts) > DEEPEST:
            raise ValueError(f"`{name[:64]}` is no field: nothing lies deeper than {DEEPEST}")
    if not KEYS.intersection(names):
        raise ValueError("no column `id` or `email`: name columns by their fields, such as id,email,addresses.0.city")


def nested(row: dict[str, str]) -> dict[str, Any]:
    """A row with dots in its names as the object it stands for."""
    root: dict[str, Any] = {}
    for name, value in row.items():
        *path, last = name.split(".")
        place = root
        for step in path:
            place = place.setdefault(step, {})
        place[last] = _read(path, last, value)
    return {name: _lists(name, value) for name, value in root.items()}


def _lists(name: str, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if name == "custom_attributes":
        return [{"attribute_code": code, "value": of} for code, of in value.items()]
    if value and all(PLACE.fullmatch(step) for step in value):
        return [_lists("", value[step]) for step in sorted(value, key=int)]
    return {step: _lists(step, of) for step, of in value.items()}


def _kinds(model: Any) -> dict[str, set[type]]:
    hints = get_type_hints(model)
    return {name: _flat(hint) for name, hint in hints.items()}


def _flat(hint: Any) -> set[type]:
    inner = get_args(hint)
    return {hint if isinstance(hint, type) else type(hint)} if not inner else set().union(*(_flat(part) for part in inner if part is not Ellipsis))


CUSTOMER = _kinds(contract.CustomerInput)
ADDRESS = _kinds(contract.AddressInput)
EXTENSION = _kinds(contract.CustomerExtensionInput)

PLACE = re.compile(r"[0-9]{1,9}")

INTEGER = re.compile(r"(-?[0-9]{1,18})(\.0+)?")
"""pandas makes floats of whole numbers as soon as one is missing, and writes ``3.0``."""


def _read(path: list[str], name: str, value: str) -> Any:
    kinds = {"addresses": ADDRESS, "extension_attributes": EXTENSION}.get(path[0], {}) if path else CUSTOMER
    kind = kinds.get(name, set())
    if bool in kind and value.lower() in {"true", "false", "0", "1"}:
        return value.lower() in {"true", "1"}
    if int in kind and (number := INTEGER.fullmatch(value)):
        return int(number[1])
    return value
