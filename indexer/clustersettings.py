"""Settings of the engine ``opensearch``: where the cluster is, and who asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from indexer.errors import BadRequest

#: Where nothing listens but what runs on this machine: a password may go there without TLS.
_OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """Where an OpenSearch cluster is, and how indexes lie on it; one environment variable each.

    ``hosts`` are addresses of its nodes, any of which answers for all. ``ca`` is a file of certificates to
    trust instead of the system's. Without ``replicas`` there is one copy of each shard beside the first,
    where the cluster has a second node.
    """

    hosts: tuple[str, ...] = ()
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None
    shards: int = 1
    replicas: int | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """The settings of ``SERAI_OPENSEARCH_URL``, ``_USER``, ``_PASSWORD``, ``_CA``, ``_SHARDS`` and
        ``_REPLICAS``.

        Raises:
            BadRequest: an address is none, or holds a password; or a password would go without TLS.
        """
        user = environ.get("SERAI_OPENSEARCH_USER", "")
        hosts = tuple(map(_host, environ.get("SERAI_OPENSEARCH_URL", "").replace(",", " ").split()))
        bare = [host for host in hosts if user and not _is_safe(host)]
        if bare:
            raise BadRequest(
                f"SERAI_OPENSEARCH_URL names {bare[0]}, where the password would go without TLS",
                hint="Write https:// in place of http://.",
            )
        ca = environ.get("SERAI_OPENSEARCH_CA", "")
        return cls(
            hosts=hosts,
            user=user,
            password=environ.get("SERAI_OPENSEARCH_PASSWORD", ""),
            ca=Path(ca) if ca else None,
            shards=whole(environ, "SERAI_OPENSEARCH_SHARDS") or 1,
            replicas=whole(environ, "SERAI_OPENSEARCH_REPLICAS", least=0),
        )


def _host(address: str) -> str:
    """The address of a node, as it is used.

    Raises:
        BadRequest: it is none, or holds more than scheme, host and port.
    """
    variable, example = "SERAI_OPENSEARCH_URL", 'for example "https://search.example.org:9200"'
    try:
        parts = urlsplit(address)
        host, port, told = parts.hostname, parts.port, parts.username or parts.password
    except ValueError:
        raise BadRequest(f"{variable} holds what is no address", hint=f"Write one, {example}.") from None
    if told:
        # Not repeated: errors are shown and logged.
        raise BadRequest(
            f"{variable} holds a user name or a password, and addresses are shown and logged",
            hint="Leave them out of it: SERAI_OPENSEARCH_USER and SERAI_OPENSEARCH_PASSWORD take them.",
        )
    if parts.scheme not in ("http", "https") or not host or parts.path.strip("/") or parts.query:
        raise BadRequest(
            f"{variable} holds {address!r}, which is no address of a node",
            hint=f"Write scheme, host and port, {example}.",
        )
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}:{port or (443 if parts.scheme == 'https' else 9200)}"


def _is_safe(host: str) -> bool:
    return host.startswith("https:") or urlsplit(host).hostname in _OWN_MACHINE


def whole(environ: Mapping[str, str], variable: str, least: int = 1) -> int | None:
    """The whole number that a variable holds; None, where it is not set.

    Raises:
        BadRequest: it holds something else, or less than the least.
    """
    value = environ.get(variable, "")
    if not value:
        return None
    if not value.isdecimal() or len(value) > 9 or int(value) < least:
        raise BadRequest(
            f"{variable} is {value!r}, and must be a whole number from {least}",
            hint="Unset it for the default.",
        )
    return int(value)
