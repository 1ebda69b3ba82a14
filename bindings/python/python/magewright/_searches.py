"""Search criteria and the query strings that carry them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ._desk import ask
from ._replies import Refusal
from ._store import STOCK, Store


@dataclass(frozen=True, slots=True)
class Search:
    """A query string as the store reads it."""

    criteria: dict[str, Any] | None
    """The criteria in the store's own words; ``None`` when it refuses."""
    text: str | None
    """Their text form; ``None`` when it refuses."""
    refused: Refusal | None
    """What the store says when it refuses."""


def encode_criteria(criteria: Mapping[str, Any] | str, *, spelling: Literal["camel", "snake"] = "camel") -> str:
    """Criteria as a query string, without ``?``.

    Args:
        criteria: a mapping in the store's own words (``filter_groups``, ``sort_orders``,
            ``page_size``, ``current_page``, ``fields``), or the text form:
            ``group_id = 1 and email like '%@x.test' order by entity_id asc limit 100``.
        spelling: how names are spelled: ``filterGroups`` or ``filter_groups``.

    Raises:
        MagewrightError: what are no criteria, with the place.
    """
    return ask("search.encode", {"criteria": criteria, "spelling": spelling})


def decode_criteria(query: str, *, release: str | None = None) -> Search:
    """A query string as the store reads it.

    Raises:
        MagewrightError: it is not known what the store makes of the query.
    """
    answer = ask("search.decode", {"query": query, "release": release})
    refused = answer.get("refused")
    return Search(answer.get("criteria"), answer.get("text"), Refusal(**refused) if refused else None)


def explain_criteria(criteria: Mapping[str, Any] | str, *, store: Store = STOCK) -> dict[str, Any]:
    """Criteria in words (``words``) and as a tree, with what the store makes of them."""
    return ask("search.explain", {"criteria": criteria} | store.request())


def answer_search(criteria: Mapping[str, Any] | str, *, store: Store = STOCK) -> dict[str, Any] | Refusal:
    """The store's reply to a search among ``store.accounts``, or its refusal.

    Raises:
        MagewrightError: it is not known what the store answers.
    """
    answer = ask("search.answer", {"criteria": criteria} | store.request())
    return Refusal(**answer["refused"]) if "refused" in answer else answer
