"""``python -m tests.web.headers``: the response headers of each kind of page, as a real server sends them."""

import re
import tempfile
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from tests.web.running import built_index, running

ARTICLE = "seeds/004_0445315181c0e30e.txt"
#: Its address changes with what it holds: a page says which it is.
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')


class Kind(NamedTuple):
    """A kind of page: its address, its status, its media type, and for how long who may keep it."""

    name: str
    address: str | re.Pattern[str]
    status: int
    media_type: str
    kept: str


KINDS = [
    Kind("start page", "/", 200, "text/html; charset=utf-8", "no-cache"),
    Kind("results", "/search?q=NATO", 200, "text/html; charset=utf-8", "no-cache"),
    Kind("document", f"/documents/{ARTICLE}?q=NATO", 200, "text/html; charset=utf-8", "no-cache"),
    Kind("refused search", "/search?q=x&page=zero", 400, "text/html; charset=utf-8", "no-store"),
    Kind("nothing there", "/nowhere", 404, "text/html; charset=utf-8", "no-store"),
    Kind("style", STYLE, 200, "text/css; charset=utf-8", "public, max-age=31536000"),
    Kind("API: search", "/api/v1/search?q=NATO", 200, "application/json", "no-cache"),
    Kind("API: suggestions", "/api/v1/suggest?q=NA", 200, "application/json", "no-cache"),
    Kind("API: document", f"/api/v1/documents/{ARTICLE}", 200, "application/json", "no-cache"),
    Kind("API: status", "/api/v1/status", 200, "application/json", "no-cache"),
    Kind("API: description", "/api/v1/openapi.json", 200, "application/json", "no-cache"),
    Kind("API: reference", "/api/v1/docs", 200, "text/html; charset=utf-8", "no-cache"),
    Kind("API: problem", "/api/v1/search?size=0", 400, "application/problem+json", "no-store"),
    Kind("feed", "/search.rss?q=NATO", 200, "application/rss+xml; charset=utf-8", "no-cache"),
    Kind("table", "/search.csv?q=NATO", 200, "text/csv; charset=utf-8; header=present", "no-cache"),
    Kind(
        "OpenSearch",
        "/opensearch.xml",
        200,
        "application/opensearchdescription+xml; charset=utf-8",
        "no-cache",
    ),
    Kind("embedded box", "/embed.js", 200, "text/javascript; charset=utf-8", "public, max-age=3600"),
    Kind("alive", "/healthz", 200, "application/json", "no-store"),
    Kind("ready", "/readyz", 200, "application/json", "no-store"),
    Kind("figures", "/metrics", 200, "text/plain; version=1.0.0; charset=utf-8", "no-store"),
]


class Answer(NamedTuple):
    """What a kind was answered with."""

    status: int
    headers: dict[str, str]
    length: int


def answers(port: int) -> Iterator[tuple[Kind, Answer]]:
    """Each kind with its answer."""
    page = asked(port, "/")[1].decode()
    for kind in KINDS:
        address = kind.address
        if isinstance(address, re.Pattern):
            address = address.search(page)[1]
        yield kind._replace(address=address), asked(port, address)[0]


def asked(port: int, address: str) -> tuple[Answer, bytes]:
    """One answer of a server, and its content."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Accept-Language": "en"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    headers = {name.title(): value for name, value in answer.getheaders()}
    return Answer(answer.status, headers, len(content)), content


def main() -> None:
    """Print them all."""
    with tempfile.TemporaryDirectory(prefix="serai-headers-") as folder:
        index = built_index(Path(folder))
        with running(index, "--workers", "1") as server:
            for kind, answer in answers(server.port):
                print(f"{kind.name}: GET {kind.address}\n{answer.status}, {answer.length:,} bytes")
                for name, value in sorted(answer.headers.items()):
                    print(f"    {name}: {value}")
                print()


if __name__ == "__main__":
    main()
