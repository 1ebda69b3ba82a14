import magewright


def test_an_error_is_rendered():
    body = {"message": '"%fieldName" is required.', "parameters": {"fieldName": "city"}}
    error = magewright.decode_error(400, body)
    assert error.message == '"city" is required.'
    assert error.causes == []


def test_an_error_is_explained_when_the_call_is_known():
    body = b'{"message":"Request does not match any route."}'
    error = magewright.decode_error(404, body, method="GET", path="/V1/users")
    assert error.causes[0].code == "route_not_in_core"


def test_a_page_from_a_proxy_is_an_error_like_any_other():
    assert magewright.decode_error(502, "<html><title>Bad gateway</title></html>").shape == "html"


def test_fields_are_taken_as_the_store_takes_them():
    assert magewright.select_fields({"id": 5, "email": "a@x.test"}, "id") == {"id": 5}
