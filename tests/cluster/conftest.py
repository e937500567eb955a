"""A cluster as others keep it: behind TLS, with a password."""

from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.cluster import free_ports
from tests.nginx import hashed, nginx, write_certificate

USER, PASSWORD = "serai", "correct horse: böse/Ärger@home"
#: A node, as it looks from outside.
SERVER = """
server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/fullchain.pem; ssl_certificate_key {folder}/privkey.pem;
    auth_basic "cluster"; auth_basic_user_file {folder}/htpasswd;
    client_max_body_size 100m;
    location / {{ proxy_pass {node}; }}
}}
"""


class Front(NamedTuple):
    """Where the nodes answer over TLS; ``ca`` is who signed their certificate."""

    hosts: tuple[str, ...]
    ca: Path
    folder: Path

    @property
    def log(self) -> str:
        """What nginx noted of the requests: their first lines, and who asked."""
        return (self.folder / "access.log").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def front(cluster, tmp_path_factory):
    """A server with TLS and a password before each node."""
    folder = tmp_path_factory.mktemp("front")
    ca = write_certificate(folder, "cluster.example.org", "IP:127.0.0.1")
    (folder / "htpasswd").write_text(f"{USER}:{hashed(PASSWORD)}\n", encoding="utf-8")
    first = free_ports(len(cluster.nodes))
    ports = range(first, first + len(cluster.nodes))
    servers = [
        SERVER.format(port=port, folder=folder, node=node.address)
        for port, node in zip(ports, cluster, strict=True)
    ]
    with nginx(folder, "".join(servers), first, f"{folder}/access.log"):
        yield Front(tuple(f"https://127.0.0.1:{port}" for port in ports), ca, folder)
