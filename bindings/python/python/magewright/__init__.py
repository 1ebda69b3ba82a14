"""Knows what a Magento 2 store will do with a customer request before it is sent."""

from ._desk import MagewrightError, ask

__all__ = ["MagewrightError", "ask", "operations"]


def operations() -> list[str]:
    """The names of everything the core can be asked."""
    return ask("operations", {})
