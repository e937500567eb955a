"""The headers of each kind of page, from a real server; `python -m tests.web.headers` prints them."""

import pytest

from tests.web.headers import KINDS, answers
from tests.web.running import built_index, running
from web.security import HEADERS


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    index = built_index(tmp_path_factory.mktemp("headers"))
    with running(index, "--workers", "1") as server:
        return {kind.name: answer for kind, answer in answers(server.port)}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_of_page_has_its_headers(found, kind):
    answer = found[kind.name]
    assert (answer.status, answer.headers["Content-Type"]) == (kind.status, kind.media_type)
    assert answer.headers["Cache-Control"] == kind.kept
    assert answer.headers["Content-Length"] == str(answer.length)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_of_page_is_defended(found, kind):
    headers = found[kind.name].headers
    for name in HEADERS.keys() - {"Cross-Origin-Resource-Policy"}:
        assert headers[name.title()] == HEADERS[name]
    assert "unsafe" not in headers["Content-Security-Policy"]
    # The box alone is for other sites' pages.
    policy = "cross-origin" if kind.name == "embedded box" else "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == policy
    assert "X-Powered-By" not in headers
    assert headers["Server"] == "granian", "of which version is nobody's business"
    assert "Set-Cookie" not in headers, "nothing was chosen"
