"""Exceptions."""


class MagewrightError(ValueError):
    """A question the core has no answer to.

    ``code`` is the kind of failure and stable across versions; ``pointer`` is the
    member of the request at fault as a JSON Pointer, or ``None``.
    """

    def __init__(self, code: str, message: str, pointer: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.pointer = pointer

    def __reduce__(self) -> tuple[type["MagewrightError"], tuple[str, str, str | None]]:
        return type(self), (self.code, str(self), self.pointer)
