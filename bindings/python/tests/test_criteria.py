import pytest

import magewright
from magewright import Criteria, F


def test_operators_make_groups():
    criteria = Criteria((F.group_id == 1) & (F.email.like("%@x.test") | F.taxvat.is_null()))
    assert str(criteria) == "group_id = 1 and (email like '%@x.test' or taxvat is null)"
    assert criteria == Criteria(str(criteria)) == Criteria(criteria.to_dict())


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (F.a == "x", "a = 'x'"),
        (F.a != 1, "a != 1"),
        (F.a > 1.5, "a > 1.5"),
        (F.a >= -1, "a >= -1"),
        (F.a < "2026-01-01", "a < '2026-01-01'"),
        (F.a <= 1, "a <= 1"),
        (F.a == None, "a is null"),  # noqa: E711
        (F.a != None, "a is not null"),  # noqa: E711
        (F.a == True, "a = 1"),  # noqa: E712
        (F["a"].in_([1, 2]), "a in (1, 2)"),
        (F.a.nin(["x"]), "a not in ('x')"),
        (F.a.not_like("x%"), "a not like 'x%'"),
        (F.a.regexp("^x"), "a regexp '^x'"),
        (F.a.contains(7), "a finset 7"),
        (F.a.compare("ntoa", 3), "a ntoa 3"),
        (~(F.a == 1), "(a != 1 or a is null)"),
        (~F.a.is_null(), "a is not null"),
    ],
)
def test_every_condition_has_its_sign(condition, text):
    assert str(Criteria(condition)) == text


def test_criteria_are_built_step_by_step_and_never_change():
    empty = Criteria()
    made = empty.where(F.group_id == 1).order_by(F.created_at.desc(), "entity_id").page(50, 2).fields("items[id]")
    assert empty == Criteria()
    assert str(made).startswith("group_id = 1 order by created_at desc, entity_id asc")
    assert made.to_dict()["current_page"] == 2


def test_a_query_string_goes_there_and_back():
    made = Criteria(F.email.like("a+b%")).limit(5)
    assert Criteria.decode(made.encode()) == made
    assert Criteria.decode(made.encode(spelling="snake")) == made
    assert made.encode() == magewright.encode_criteria(made)


def test_what_the_store_refuses_is_refused():
    with pytest.raises(magewright.MagewrightError) as caught:
        Criteria.decode("", release="2.4.6-p2")
    assert caught.value.code == "refused"
    with pytest.raises(magewright.MagewrightError):
        Criteria.decode("", release="9")


def test_criteria_are_explained_in_words():
    assert "group_id is equal to 1" in Criteria(F.group_id == 1).explain()["words"]


def test_misuse_is_an_error_that_says_the_way_out():
    with pytest.raises(TypeError, match="&"):
        bool((F.a == 1) and (F.b == 2))
    with pytest.raises(TypeError, match="list"):
        F.a.in_("abc")
    with pytest.raises(TypeError):
        F.a == object()
    with pytest.raises(TypeError):
        Criteria().order_by(7)
    with pytest.raises(magewright.MagewrightError):
        Criteria("group_id =")
    with pytest.raises(magewright.MagewrightError):
        Criteria({"pagesize": 5})
    with pytest.raises(magewright.MagewrightError):
        Criteria(~F.a.compare("finset", 1)).encode(spelling="kebab")


def test_reprs_show_no_values():
    condition = (F.email == "ada@example.test") & ~(F.taxvat == "T")
    assert "ada" not in repr(condition) + repr(Criteria(condition))
    assert repr(F.email) == "F.email"
