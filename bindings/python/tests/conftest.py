"""Options of the tests."""

import signal
from pathlib import Path

import pytest

VECTORS = Path(__file__).parents[3] / "schema/vectors"


def pytest_addoption(parser):
    parser.addoption("--cases", metavar="DIR", help="recorded cases to run in place of schema/vectors")


def pytest_configure():
    # What a shell starts with `&` ignores Ctrl-C, and so does all that it starts; tests press it.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def cases(request):
    """The folder of recorded cases."""
    folder = Path(request.config.getoption("--cases") or VECTORS)
    if not folder.is_dir():
        pytest.skip("the recorded cases are not beside the package")
    return folder
