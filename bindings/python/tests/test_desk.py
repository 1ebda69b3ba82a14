import pytest

import magewright


def test_the_core_names_its_operations():
    assert "operations" in magewright.operations()


def test_an_unknown_operation_is_an_error_that_names_the_known_ones():
    with pytest.raises(magewright.MagewrightError, match="operations") as caught:
        magewright.ask("valdate", {})
    assert caught.value.code == "unknown_operation"


def test_a_misspelt_member_is_refused_with_its_pointer():
    with pytest.raises(magewright.MagewrightError) as caught:
        magewright.ask("operations", {"releaze": "2.4.7"})
    assert caught.value.pointer == "/releaze"
