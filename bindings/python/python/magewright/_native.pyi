def call(operation: str, input: str) -> str:
    """Answers one question: JSON text in, JSON text out."""
