"""Settings, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from indexer.errors import BadRequest

DEFAULT_INDEX = Path("var/index")
DEFAULT_SOURCES = (Path("seeds"),)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index is and how it is built and served; one environment variable each.

    ``jobs`` and ``workers`` are counts of processes, ``memory`` is in MiB: about how much
    each process of a rebuild holds while it merges posting lists.
    """

    index: Path = DEFAULT_INDEX
    engine: str = "whoosh"
    jobs: int = field(default_factory=_cores)
    memory: int = 400
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = field(default_factory=_cores)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """The settings of ``SERAI_INDEX``, ``SERAI_ENGINE``, ``SERAI_JOBS``, ``SERAI_MEMORY``,
        ``SERAI_HOST``, ``SERAI_PORT`` and ``SERAI_WORKERS``.

        Raises:
            BadRequest: a number is not a whole number from 1.
        """
        settings = cls(
            index=Path(environ.get("SERAI_INDEX") or DEFAULT_INDEX),
            engine=environ.get("SERAI_ENGINE") or "whoosh",
            host=environ.get("SERAI_HOST") or "127.0.0.1",
        )
        numbers: dict[str, Any] = {
            name: _whole(environ, f"SERAI_{name.upper()}") for name in ("jobs", "memory", "port", "workers")
        }
        return replace(settings, **{name: value for name, value in numbers.items() if value})


def _whole(environ: Mapping[str, str], variable: str) -> int | None:
    value = environ.get(variable, "")
    if not value:
        return None
    if not value.isdecimal() or len(value) > 9 or int(value) < 1:
        raise BadRequest(
            f"{variable} is {value!r}, and must be a whole number from 1",
            hint="Unset it for the default.",
        )
    return int(value)
