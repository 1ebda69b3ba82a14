"""Stores over TLS whose authority is one's own."""

import asyncio
import http.server
import ssl
import threading
from pathlib import Path

import pytest

import magewright
from magewright._cli import main

CERTIFICATES = Path(__file__).parent / "certificates"
AUTHORITY = CERTIFICATES / "authority.pem"
TOKEN = magewright.Token("t")


class Store(http.server.BaseHTTPRequestHandler):
    """A store that answers every GET with one page of one customer."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = b'{"items":[{"id":5,"email":"a@b.test"}],"total_count":1,"search_criteria":{},"id":5}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def secure():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "store.pem")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Store) as server:
        server.daemon_threads = True
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"https://localhost:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize("roots", [AUTHORITY, str(AUTHORITY), AUTHORITY.read_bytes()], ids=["path", "str", "bytes"])
def test_an_authority_of_one_s_own_is_trusted_where_it_is_given(secure, roots):
    assert magewright.Client(secure, TOKEN, roots=roots).get(5)["id"] == 5
    client = magewright.AsyncClient(secure, TOKEN, roots=roots)
    assert asyncio.run(client.get(5))["id"] == 5


def test_others_are_not_trusted(secure):
    with pytest.raises(magewright.NetworkError, match="`roots`") as caught:
        magewright.Client(secure, TOKEN).get(5)
    assert not caught.value.sent


@pytest.mark.parametrize("text", [b"", b"a text", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_what_is_no_certificate_is_refused(text, tmp_path):
    with pytest.raises(magewright.MagewrightError, match="BEGIN CERTIFICATE"):
        magewright.Client("https://localhost/", TOKEN, roots=text)
    named = tmp_path / "roots.pem"
    with pytest.raises(FileNotFoundError):
        magewright.Client("https://localhost/", TOKEN, roots=named)
    named.write_bytes(text)
    with pytest.raises(magewright.MagewrightError, match="BEGIN CERTIFICATE"):
        magewright.AsyncClient("https://localhost/", TOKEN, roots=named)


def test_the_command_line_takes_them_and_names_its_own_options(secure, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MAGEWRIGHT_TOKEN", "t")
    scan = ["scan", "entity_id = 5", "--url", secure]
    assert main([*scan, "--ca-bundle", str(AUTHORITY)]) == 0
    assert main(scan) == 3
    assert "`--ca-bundle`" in capsys.readouterr().err
    (tmp_path / "none.pem").write_text("none")
    assert main([*scan, "--ca-bundle", str(tmp_path / "none.pem")]) == 2
    assert "`--ca-bundle` holds no whole certificate" in capsys.readouterr().err
    assert main([*scan, "--ca-bundle", str(tmp_path / "missing.pem")]) == 2
    assert main(["scan", "--url", "http://shop.example/"]) == 2
    assert "`--plain-http`" in capsys.readouterr().err
