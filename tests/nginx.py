"""A real nginx, with the servers of a test, and certificates for it."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

#: What nginx needs around servers, to run as anybody.
AROUND = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; {user}
events {{ }}
http {{
    access_log {log};
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/serai.conf;
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def tool(name: str) -> str:
    """A program of Debian's; without it these tests are skipped, and in CI they fail."""
    path = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{name} is not installed")
    return path


def write_certificate(folder: Path, name: str, *alternatives: str) -> Path:
    """A certificate that is its own authority, and its key; the certificate's file."""
    written = folder / "fullchain.pem"
    key = ["-newkey", "rsa:2048", "-nodes", "-keyout", folder / "privkey.pem", "-subj", f"/CN={name}"]
    names = ["-addext", f"subjectAltName={','.join(alternatives)}"] if alternatives else []
    command = [tool("openssl"), "req", "-x509", "-days", "2", *key, *names, "-out", written]
    subprocess.run(command, check=True, capture_output=True)
    return written


def hashed(password: str) -> str:
    """A password as a file of nginx's has it."""
    command = [tool("openssl"), "passwd", "-apr1", password]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def nginx(folder: Path, servers: str, port: int, log: str = "off") -> Iterator[None]:
    """Runs, and listens at ``port``, until the block ends; its files are in ``folder``."""
    (folder / "serai.conf").write_text(servers, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    around = AROUND.format(folder=folder, user=user, log=log)
    (folder / "nginx.conf").write_text(around, encoding="utf-8")
    command = [tool("nginx"), "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait(process, port)
            yield
        finally:
            process.terminate()
            process.wait(10)


def _wait(process: subprocess.Popen[str], port: int) -> None:
    for _ in range(100):
        if process.poll() is not None:
            raise AssertionError(process.stderr.read())
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nginx does not listen")
