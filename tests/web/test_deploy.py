"""What docs/deploy.md and deploy/ promise, tried: a real nginx in front, backup and restore, the units."""

import base64
import concurrent.futures
import http.client
import json
import re
import shutil
import ssl
import subprocess
import time

import pytest

from indexer import generations
from indexer.settings import Settings
from indexer.verification import verify
from tests.nginx import free_port, hashed, nginx, write_certificate
from tests.tree import ROOT
from tests.web.running import SERAI, built_index, running

DEPLOY = ROOT / "deploy"
LOGIN = {"Authorization": "Basic " + base64.b64encode(b"reader:secret").decode()}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return built_index(tmp_path_factory.mktemp("deploy"))


@pytest.fixture(scope="module")
def proxy(index, tmp_path_factory):
    """Asks nginx, which stands before a server over the seeds."""
    folder = tmp_path_factory.mktemp("nginx")
    write_certificate(folder, "search.example.org")
    (folder / "serai.htpasswd").write_text(f"reader:{hashed('secret')}\n")
    plain, secure = free_port(), free_port()
    with running(index, "--workers", "1") as server:
        changes = {
            "127.0.0.1:8000": f"127.0.0.1:{server.port}",
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
            "/etc/ssl/serai/": f"{folder}/",
            "/etc/nginx/serai.htpasswd": f"{folder}/serai.htpasswd",
        }
        written = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
        for there, here in changes.items():
            assert there in written
            written = written.replace(there, here)
        with nginx(folder, written, secure):
            yield Proxy(plain, secure)


class Proxy:
    """Asks it."""

    def __init__(self, plain, secure):
        self.plain, self.secure = plain, secure

    def ask(self, path, headers=LOGIN):
        # The certificate is the test's own.
        trusting = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("127.0.0.1", self.secure, context=trusting, timeout=30)
        connection.request("GET", path, headers={"Host": "search.example.org", **headers})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body


def test_without_tls_there_is_only_the_way_to_it(proxy):
    connection = http.client.HTTPConnection("127.0.0.1", proxy.plain, timeout=10)
    connection.request("GET", "/search?q=a", headers={"Host": "search.example.org"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://search.example.org/search?q=a")
    connection.close()


def test_a_password_is_asked_for(proxy):
    assert proxy.ask("/", {})[0].status == 401
    assert (
        proxy.ask("/", {"Authorization": "Basic " + base64.b64encode(b"reader:no").decode()})[0].status == 401
    )
    assert proxy.ask("/")[0].status == 200


def test_answers_pass_as_they_are(proxy):
    answer, body = proxy.ask("/api/v1/search?q=%E6%99%AE%E4%BA%AC")
    assert answer.status == 200
    assert json.loads(body)["total"] > 0
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Strict-Transport-Security"]
    assert proxy.ask("/api/v1/search?size=0")[0].headers["Content-Type"] == "application/problem+json"
    longest = "%E6%99%AE" * 1_000
    assert proxy.ask(f"/api/v1/search?q={longest}")[0].status == 200


def test_figures_are_for_this_machine_without_a_password(proxy):
    answer, body = proxy.ask("/metrics", {})
    assert answer.status == 200
    assert b"serai_index_documents 5" in body


def test_who_asks_too_often_is_told_when_to_come_again(proxy):
    time.sleep(4)  # what was asked before is forgotten at ten requests a second
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = [answer for answer, _ in pool.map(lambda _: proxy.ask("/healthz"), range(150))]
    statuses = {answer.status for answer in answers}
    assert statuses == {200, 503}
    busy = next(answer for answer in answers if answer.status == 503)
    assert busy.headers["Retry-After"] == "2"
    assert busy.headers["Content-Type"] == "application/problem+json"
    time.sleep(4)
    assert proxy.ask("/healthz")[0].status == 200


def commands_of(heading):
    """The commands of one section of docs/deploy.md."""
    page = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    section = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [line.strip() for line in section.splitlines() if line.startswith("    ")]


def test_what_is_backed_up_is_restored(index, tmp_path):
    shutil.copytree(index, tmp_path / "index")
    (tmp_path / "index" / "gen-left").mkdir()
    ran = 0
    for command in commands_of("Back up and restore"):
        shell = command.replace("/var/lib/serai", str(tmp_path)).removeprefix("sudo -u serai ")
        if not shell.startswith("systemctl "):  # there is none that would begin our units
            shell = re.sub(r"^serai ", f"{SERAI} ", shell)
            subprocess.run(["sh", "-ec", shell], cwd=tmp_path, check=True, capture_output=True)
            ran += 1
    assert ran > 4
    # What stands there now is what was kept, and no more.
    restored = Settings(index=tmp_path / "index")
    assert verify(restored).faults == ()
    name = generations.current(index).name
    assert generations.current(restored.index).name == name
    assert {path.name for path in restored.index.iterdir()} == {"CURRENT", name}
    assert (tmp_path / "index-before" / name).is_dir()


@pytest.mark.parametrize("unit", ["serai.service", "serai-update.service", "serai-update.timer"])
def test_units_are_what_systemd_reads(unit, tmp_path):
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not installed")
    for path in DEPLOY.glob("serai*"):
        written = path.read_text(encoding="utf-8").replace("/srv/serai/.venv/bin/serai", str(SERAI))
        (tmp_path / path.name).write_text(written, encoding="utf-8")
    told = subprocess.run(
        [analyze, "verify", "--man=no", tmp_path / unit], check=False, capture_output=True, text=True
    )
    assert unit not in told.stderr, told.stderr


def test_the_container_runs_as_nobody_from_the_lock():
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    assert "USER nobody" in lines
    assert lines.index("USER nobody") < min(
        n for n, line in enumerate(lines) if line.startswith("ENTRYPOINT")
    )
    copied = " ".join(line for line in lines if line.startswith("COPY")).split()
    assert {"constraints.txt", "analyzers", "indexer", "web", "setup.cfg", "pyproject.toml"} <= set(copied)
    assert any("-c constraints.txt --no-build-isolation ." in line for line in lines)
