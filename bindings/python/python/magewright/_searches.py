"""Search criteria and the query strings that carry them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ._desk import ask
from ._native import Criteria, Expression, Field, Store
from ._replies import Refusal

CriteriaLike = Criteria | Expression | Mapping[str, Any] | str
"""Criteria, a condition, a mapping in the store's own words, or the text form."""


def made(criteria: CriteriaLike | None) -> Criteria:
    """Criteria in whichever form they are given."""
    return criteria if isinstance(criteria, Criteria) else Criteria(criteria)


class Fields:
    """Fields by name: ``F.email``, or ``F["loyalty_code"]`` for any attribute."""

    def __getattr__(self, name: str) -> Field:
        if name.startswith("__"):
            raise AttributeError(name)
        return Field(name)

    def __getitem__(self, name: str) -> Field:
        return Field(name)

    def __repr__(self) -> str:
        return "F"


F = Fields()
"""Where conditions begin: ``(F.group_id == 1) & (F.email.like("%@x.test") | F.taxvat.is_null())``."""


@dataclass(frozen=True, slots=True)
class Search:
    """A query string as the store reads it."""

    criteria: dict[str, Any] | None
    """The criteria in the store's own words; ``None`` when it refuses."""
    text: str | None
    """Their text form; ``None`` when it refuses."""
    refused: Refusal | None
    """What the store says when it refuses."""


@dataclass(frozen=True, slots=True)
class SearchWarning:
    """One thing about criteria that a store refuses, or answers otherwise than one would think."""

    code: str
    """What kind of thing: stable across versions."""
    severity: Literal["error", "loss"]
    """``error``: the store refuses; ``loss``: it answers otherwise than one would think."""
    pointer: str
    """Where, as a JSON Pointer into the criteria in the store's own words."""
    message: str


def encode_criteria(criteria: CriteriaLike, *, spelling: Literal["camel", "snake"] = "camel") -> str:
    """Criteria as a query string, without ``?``.

    Args:
        criteria: ``Criteria``, a condition, a mapping in the store's own words (``filter_groups``, ``sort_orders``,
            ``page_size``, ``current_page``, ``fields``), or the text form:
            ``group_id = 1 and email like '%@x.test' order by entity_id asc limit 100``.
        spelling: how names are spelled: ``filterGroups`` or ``filter_groups``.

    Raises:
        MagewrightError: what are no criteria, with the place.
    """
    if isinstance(criteria, Criteria | Expression):
        return made(criteria).encode(spelling=spelling)
    query: str = ask("search.encode", {"criteria": criteria, "spelling": spelling})
    return query


def decode_criteria(query: str, *, release: str | None = None, store: Store | None = None) -> Search:
    """A query string as the store reads it.

    Args:
        query: the part of the URL after ``?``.
        release: the store's release, 2.4.7-p3 when left out.
        store: in place of its release the store, whose settings may limit what a search asks for.

    Raises:
        MagewrightError: it is not known what the store makes of the query.
    """
    answer = ask("search.decode", {"query": query} | ({"release": release} if release else {}), store=store)
    refused = answer.get("refused")
    return Search(answer.get("criteria"), answer.get("text"), Refusal(**refused) if refused else None)


def explain_criteria(criteria: CriteriaLike, *, store: Store | None = None) -> dict[str, Any]:
    """Criteria in words (``words``) and as a tree, with what the store makes of them."""
    explained: dict[str, Any] = ask("search.explain", {"criteria": plain(criteria)}, store=store)
    return explained


def check_criteria(criteria: CriteriaLike, *, store: Store | None = None) -> list[SearchWarning]:
    """What a store refuses of criteria, or answers otherwise than one would think."""
    found = ask("search.check", {"criteria": plain(criteria)}, store=store)
    return [SearchWarning(**warning) for warning in found]


def answer_search(criteria: CriteriaLike, *, store: Store | None = None) -> dict[str, Any] | Refusal:
    """The store's reply to a search among the store's ``accounts``, or its refusal.

    Raises:
        MagewrightError: it is not known what the store answers.
    """
    answer: dict[str, Any] = ask("search.answer", {"criteria": plain(criteria)}, store=store)
    return Refusal(**answer["refused"]) if "refused" in answer else answer


def plain(criteria: CriteriaLike) -> Mapping[str, Any] | str:
    """Criteria as the desk takes them."""
    return made(criteria).to_dict() if isinstance(criteria, Criteria | Expression) else criteria
