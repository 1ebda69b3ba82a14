"""Runs the Python examples of the readmes and the tutorial, top to bottom, as a reader would type them."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1]
FENCE = re.compile(r"^```python( tables)?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
"""``tables`` marks examples that need pyarrow."""


READMES = {
    "package": PACKAGE / "README.md",
    "tutorial": PACKAGE / "TUTORIAL.md",
    "project": PACKAGE.parents[1] / "README.md",
}


@pytest.mark.parametrize("readme", READMES.values(), ids=READMES)
def test_the_examples_print_what_they_say(readme, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    for tables, example in FENCE.findall(readme.read_text(encoding="utf-8")):
        if tables and not find_spec("pyarrow"):
            continue
        exec(compile(example, readme.name, "exec"), names)
        assert capsys.readouterr().out.splitlines() == re.findall(r"#> ?(.*)$", example, re.MULTILINE)
