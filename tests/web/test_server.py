"""The server as a process: it says where it answers, takes what browsers send, and stops when told."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from indexer.errors import ServerError
from tests.tree import ROOT
from tests.web.running import SERAI, running
from web.server import free_port, reachable


def test_a_port_in_use_is_one_sentence():
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=f"port {port} of 127.0.0.1 is in use") as caught:
            free_port("127.0.0.1", port)
        assert caught.value.hint.endswith(f"serai serve --port {port + 1}")
    assert free_port("127.0.0.1", port) == port


def test_port_zero_is_any_that_is_free():
    assert free_port("127.0.0.1", 0) > 1023


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "not a host"])
def test_an_address_of_another_machine_is_one_sentence(host):
    with pytest.raises(ServerError, match="cannot be listened at"):
        free_port(host, 8000)


@pytest.mark.parametrize(
    ("host", "name"),
    [("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("127.0.0.1", "127.0.0.1"), ("box.local", "box.local")],
)
def test_where_a_server_is_reached(host, name):
    assert reachable(host) == name


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server over an index that is not there: what is asked of it here needs none."""
    with running(tmp_path_factory.mktemp("serve"), "--workers", "2") as server:
        yield server


def asked(address):
    try:
        with urlopen(address, timeout=10) as response:
            return response.status
    except HTTPError as error:
        with error:
            return error.code


@pytest.mark.parametrize("letter", ["x", "ป", "普", "👍"])
def test_a_thousand_letters_of_any_script_fit_the_request_line(server, letter):
    assert asked(f"{server.address}/api/v1/search?q={quote(letter * 1000)}") == 503
    assert asked(f"{server.address}/api/v1/search?q={quote(letter * 1001)}") == 400


@pytest.mark.parametrize(("length", "status"), [(70_000, 414), (1_000_000, 431)])
def test_a_line_without_end_is_not_read(server, length, status):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as client:
        client.sendall(b"GET /?q=" + b"x" * length + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 %d " % status)


@pytest.mark.parametrize(
    "request_head",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xe0\xb8 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused(server, request_head):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as client:
        client.sendall(request_head)
        assert client.recv(100).startswith(b"HTTP/1.1 400 ")


def test_without_an_index_it_is_alive_and_not_ready(server):
    assert asked(f"{server.address}/healthz") == 200
    assert asked(f"{server.address}/readyz") == 503
    assert asked(f"{server.address}/") == 503


def test_a_second_server_at_the_same_port_says_why_it_cannot_start(server):
    command = [SERAI, "serve", "--port", str(server.port)]
    second = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert second.returncode == 1
    assert second.stdout == ""
    assert second.stderr.splitlines() == [
        f"error: port {server.port} of 127.0.0.1 is in use by another program",
        f"hint:  Stop that one, or serve at another port: serai serve --port {server.port + 1}",
    ]


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told_and_says_nothing_more(tmp_path, told):
    with running(tmp_path, "--workers", "1") as server:
        server.process.send_signal(told)
        assert server.process.wait(30) == 0
        assert server.process.stdout.read() == ""
        assert server.said == ""


def test_several_workers_stop_at_once_though_told_as_soon_as_the_first_answers(tmp_path):
    with running(tmp_path, "--workers", "4") as server:
        server.process.terminate()
        # A request under way would get 30 seconds; here there is none.
        assert server.process.wait(15) == 0


FORKING = """
import os, signal, time
from web.server import stop_from_the_start
signal.signal(signal.SIGTERM, lambda *_: None)
stop_from_the_start()
for _ in range(50):
    if not (child := os.fork()):
        time.sleep(60)
        os._exit(1)
    os.kill(child, signal.SIGTERM)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGTERM
os.kill(os.getpid(), signal.SIGTERM)
print("went on")
"""


def test_a_process_hears_that_it_is_to_stop_from_the_moment_it_is_forked():
    done = subprocess.run(
        [sys.executable, "-c", FORKING], cwd=ROOT, capture_output=True, text=True, timeout=50, check=False
    )
    assert (done.stdout, done.stderr) == ("went on\n", "")


def test_it_answers_again_though_a_worker_dies_and_the_next_one_too(tmp_path):
    with running(tmp_path, "--workers", "2") as server:
        for _ in range(2):
            killed = children(server.process.pid)[-1]
            os.kill(killed, signal.SIGKILL)
            eventually(lambda killed=killed: killed not in children(server.process.pid))
        eventually(lambda: answers(server))
        assert server.process.poll() is None


def test_what_cannot_live_says_so_and_ends(tmp_path):
    with running(tmp_path, "--workers", "1") as server:
        while server.process.poll() is None:
            for process in children(server.process.pid):
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            time.sleep(0.05)
        assert server.process.returncode == 1
        error, hint = server.said.splitlines()[-2:]
        assert error == "error: the processes that answer die as soon as they have begun"
        assert hint.startswith("hint:  ")
        assert hint.endswith("Serve with fewer: serai serve --workers 1")


def children(process):
    """The processes that one has begun, the oldest first."""
    path = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in path.read_text().split()]


def answers(server):
    with suppress(OSError):
        return asked(f"{server.address}/healthz") == 200
    return False


def eventually(holds, within=60):
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


@pytest.mark.parametrize("options", [["--port", "70000"], ["--port", "x"], ["--workers", "0"], ["--unknown"]])
def test_wrong_usage_ends_with_two(options):
    run = subprocess.run([SERAI, "serve", *options], capture_output=True, text=True, timeout=30)
    assert run.returncode == 2
    assert options[0] in run.stderr


def test_a_server_told_to_stop_before_it_is_up_leaves_at_once(tmp_path):
    """The first process of a container hears only what it listens for; and nothing of it is left behind."""
    command = [SERAI, "serve", "--index", tmp_path / "index", "--port", "0", "--quiet"]
    with subprocess.Popen(command, env={**os.environ, "TMPDIR": str(tmp_path)}) as process:
        eventually(lambda: list(tmp_path.glob("serai-figures-*")))
        process.terminate()
        assert process.wait(15) == 0
    assert not list(tmp_path.iterdir())
