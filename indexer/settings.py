"""Settings, read from the environment once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from indexer.clustersettings import ClusterSettings, whole
from indexer.errors import BadRequest

DEFAULT_INDEX = Path("var/index")
#: What the server may log: requests without what was searched for, or with it.
LOGGED = ("requests", "queries")
DEFAULT_SOURCES = (Path("seeds"),)

#: What a browser says a page is from: a scheme and a host, perhaps a port, and nothing behind it.
_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index is and how it is built and served; one environment variable each.

    ``jobs`` and ``workers`` are counts of processes, ``memory`` is in MiB: about how much
    each process of a rebuild holds while it merges posting lists. ``origins`` are the sites whose pages
    may read the API in a browser, ``*`` for all. ``log`` is one of `LOGGED`, or empty for no line a request.
    After ``query_ms`` milliseconds a search of the page or of the API shows what it has; ``queue`` are the
    requests that may wait in each process that answers. ``cluster`` is for the engine ``opensearch``.
    """

    index: Path = DEFAULT_INDEX
    engine: str = "whoosh"
    jobs: int = field(default_factory=_cores)
    memory: int = 400
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = field(default_factory=_cores)
    origins: tuple[str, ...] = ()
    log: str = ""
    query_ms: int = 1_500
    queue: int = 64
    cluster: ClusterSettings = field(default_factory=ClusterSettings)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """The settings of ``SERAI_INDEX``, ``SERAI_ENGINE``, ``SERAI_JOBS``, ``SERAI_MEMORY``,
        ``SERAI_HOST``, ``SERAI_PORT``, ``SERAI_WORKERS``, ``SERAI_CORS_ORIGINS``, ``SERAI_LOG``,
        ``SERAI_QUERY_MS`` and ``SERAI_QUEUE``, and those of `ClusterSettings`.

        Raises:
            BadRequest: a number is not a whole number from 1, an origin is none, or there is no such log.
        """
        settings = cls(
            index=Path(environ.get("SERAI_INDEX") or DEFAULT_INDEX),
            engine=environ.get("SERAI_ENGINE") or "whoosh",
            host=environ.get("SERAI_HOST") or "127.0.0.1",
            origins=_origins(environ.get("SERAI_CORS_ORIGINS", "")),
            log=_log(environ.get("SERAI_LOG", "")),
            cluster=ClusterSettings.from_environment(environ),
        )
        numbers: dict[str, Any] = {
            name: whole(environ, f"SERAI_{name.upper()}")
            for name in ("jobs", "memory", "port", "workers", "query_ms", "queue")
        }
        return replace(settings, **{name: value for name, value in numbers.items() if value})


def _log(name: str) -> str:
    if name and name not in LOGGED:
        raise BadRequest(
            f"SERAI_LOG is {name!r}, and must be one of: {', '.join(LOGGED)}", hint="Unset it for no log."
        )
    return name


def _origins(listed: str) -> tuple[str, ...]:
    """The origins of a list with spaces or commas between, as browsers write them."""
    origins = tuple(origin.rstrip("/").lower() for origin in listed.replace(",", " ").split())
    for origin in origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise BadRequest(
                f"SERAI_CORS_ORIGINS holds {origin!r}, which is no origin",
                hint='Write scheme and host, and the port where there is one: "https://www.example.org"; '
                'or "*" for every site.',
            )
    return origins
