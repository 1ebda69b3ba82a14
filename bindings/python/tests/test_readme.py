"""Runs the examples of the readmes and the tutorial, top to bottom, as a reader would type them."""

import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest

from magewright._cli import main

PACKAGE = Path(__file__).parents[1]
FENCE = re.compile(r"^```(python|python tables|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
"""``tables`` marks examples that need pyarrow."""


READMES = {
    "package": PACKAGE / "README.md",
    "tutorial": PACKAGE / "TUTORIAL.md",
    "project": PACKAGE.parents[1] / "README.md",
}


@pytest.mark.parametrize("readme", READMES.values(), ids=READMES)
def test_the_examples_print_what_they_say(readme, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAGEWRIGHT_PASSWORD", "admin123")
    names = {}
    for kind, example in FENCE.findall(readme.read_text(encoding="utf-8")):
        if kind == "console":
            called(example, names, capsys)
        elif kind == "python" or find_spec("pyarrow"):
            exec(compile(example, readme.name, "exec"), names)
            assert capsys.readouterr().out.splitlines() == re.findall(r"#> ?(.*)$", example, re.MULTILINE)


def called(example, names, capsys):
    """Runs the calls of the command line that reach the page's own sandbox."""
    for call, said in re.findall(r"^\$ magewright (.* URL .*)\n((?:[^$].*\n)*)", example, re.MULTILINE):
        main(shlex.split(call.replace("URL", names["sandbox"].url)))
        printed = capsys.readouterr()
        assert printed.err + printed.out == said


def test_the_command_line_of_the_tutorial_is_run():
    assert "$ magewright sync changes.csv --url URL " in READMES["tutorial"].read_text(encoding="utf-8")
