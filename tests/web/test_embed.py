"""The script for other sites' pages is the one thing that they may load, and it is not kept for long."""


def test_other_sites_may_load_the_script(client):
    with client.get("/embed.js") as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "text/javascript"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.headers["Cache-Control"] == "public, max-age=3600"
        tag = answer.headers["ETag"]
    with client.get("/embed.js", headers={"If-None-Match": tag}) as answer:
        assert answer.status_code == 304


def test_other_sites_may_load_nothing_else(client):
    for address in ("/", "/search?q=x", "/static/serai.js", "/api/v1/search?q=x"):
        with client.get(address) as answer:
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
