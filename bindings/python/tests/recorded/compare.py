"""Whether two documents are the same, where ids, times and keys may stand as placeholders."""

import json
import re

NUMBERED = re.compile(r"<(?:key|new\d+|[caugt]\d+)>\Z")
KINDS = {
    "<time>": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\Z",
    "<hash>": r"[0-9a-f]{64}\Z",
    "<uuid>": r".{36}\Z",
    "<id>": r"\d+\Z",
    "<a>": r"\d+\Z",
}
UNORDERED = {"operations_list", "custom_attributes"}
"""Lists that the store gives in any order."""


class Bindings:
    """What the numbered placeholders of one scenario stand for so far: one thing each."""

    def __init__(self, bound=()):
        self.bound = dict(bound)

    def filled(self, value):
        """A text or document with every bound placeholder replaced; ids become numbers."""
        match value:
            case str() if re.match(r"<[cag]\d+>\Z", value) and self.bound.get(value, "").isdigit():
                return int(self.bound[value])
            case str():
                return self.text(value)
            case list():
                return [self.filled(item) for item in value]
            case dict():
                return {key: self.filled(item) for key, item in value.items()}
            case _:
                return value

    def text(self, text):
        """A text with every bound placeholder replaced."""
        for name, stands_for in self.bound.items():
            text = text.replace(name, stands_for)
        return text

    def same(self, expected, actual, key=None):
        """Whether what came is what was recorded; binds what is met first."""
        match expected, actual:
            case dict(), dict():
                return expected.keys() == actual.keys() and all(
                    self.same(value, actual[key], key) for key, value in expected.items()
                )
            case list(), list():
                if len(expected) != len(actual):
                    return False
                if key in UNORDERED:
                    actual = self.in_order_of(expected, actual)
                return all(map(self.same, expected, actual))
            case str(), (str() | int()) if not isinstance(actual, bool):
                return expected == actual or self.stands_for(expected, str(actual))
            case _:
                return type(expected) is type(actual) and expected == actual

    def in_order_of(self, expected, actual):
        """The items of a list in the order of those they agree with."""
        left, ordered = list(actual), []
        for item in expected:
            agrees = (at for at, one in enumerate(left) if Bindings(self.bound).same(item, one))
            ordered.append(left.pop(next(agrees, 0)))
        return ordered

    def stands_for(self, expected, actual):
        """Whether a recorded text stands for what came: a placeholder, or JSON in a text."""
        if kind := KINDS.get(expected):
            return re.match(kind, actual) is not None
        if NUMBERED.match(expected):
            if expected in self.bound:
                return self.bound[expected] == actual
            taken = any(name[:2] == expected[:2] and value == actual for name, value in self.bound.items())
            self.bound[expected] = actual
            return not taken
        a, b = nested(expected), nested(actual)
        if a is not None and b is not None:
            return self.same(a, b)
        return self.text(expected) == re.sub(r"webapi-[0-9a-f]+\Z", "webapi-<report>", actual)


def nested(text):
    """The list or object that a text is the JSON of."""
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict | list) else None


def same(expected, actual):
    """Whether two documents are the same, markers being texts like any other."""
    return tidy(expected) == tidy(actual) and json.dumps(tidy(expected), sort_keys=True) == json.dumps(
        tidy(actual), sort_keys=True
    )


def tidy(value):
    """A document whose custom attributes, which come in no fixed order, are sorted."""
    match value:
        case dict():
            made = {key: tidy(item) for key, item in value.items()}
            attributes = made.get("custom_attributes")
            if isinstance(attributes, list) and all(isinstance(one, dict) for one in attributes):
                made["custom_attributes"] = sorted(attributes, key=lambda one: str(one.get("attribute_code")))
            return made
        case list():
            return [tidy(item) for item in value]
        case _:
            return value
