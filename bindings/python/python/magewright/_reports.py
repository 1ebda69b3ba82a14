"""What validation finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, Self


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong with a payload."""

    pointer: str
    """Where, as a JSON Pointer into the payload."""
    code: str
    """What kind of violation: stable across versions."""
    severity: Literal["error", "loss"]
    """``error``: the store refuses; ``loss``: the store silently changes or drops."""
    message: str
    """What is wrong and the way out; never holds the field's value."""
    source: str
    """Where the rule comes from."""
    releases: str
    """The releases the rule holds for."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that is to be said about a payload before it is sent."""

    accepted: bool
    """Whether the store takes the payload, be it with losses."""
    violations: tuple[Violation, ...]
    unchecked: tuple[str, ...]
    """Checks that could not be made for want of a profile."""

    @property
    def clean(self) -> bool:
        """Whether nothing was found: the store takes the payload and saves what was sent."""
        return not self.violations

    @classmethod
    def told(cls, told: dict[str, Any]) -> Self:
        violations = tuple(Violation(**violation) for violation in told["violations"])
        return cls(told["accepted"], violations, tuple(told["unchecked"]))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records there were, and how they fared."""

    records: int
    """Lines that are not blank."""
    clean: int
    """Records without a violation."""
    refused: int
    """Records the store refuses."""
    blank: int
    """Blank lines: they count as lines, and are otherwise passed over."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is wrong with many records; iterates over ``(line, report)``."""

    tally: Tally
    reports: tuple[tuple[int, Report], ...]
    """The records that are not clean, each with the number of its line counted from 1."""

    def __iter__(self) -> Iterator[tuple[int, Report]]:
        return iter(self.reports)

    def __repr__(self) -> str:
        return f"Batch({self.tally}, <{len(self.reports)} reports>)"
