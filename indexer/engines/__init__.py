"""The engines, by the name that ``--engine`` and ``SERAI_ENGINE`` take."""

from collections.abc import Callable

from indexer.engine import Engine
from indexer.engines.memory import MemoryEngine
from indexer.engines.opensearch import OpenSearchEngine
from indexer.engines.whoosh import WhooshEngine
from indexer.errors import BadRequest
from indexer.settings import Settings

#: One line an engine.
ENGINES: dict[str, Callable[[Settings], Engine]] = {
    "whoosh": lambda settings: WhooshEngine(settings.memory << 20),
    "opensearch": lambda settings: OpenSearchEngine(settings.cluster),
    "memory": lambda _: MemoryEngine(),
}


def engine_for(settings: Settings) -> Engine:
    """The engine that the settings name.

    Raises:
        BadRequest: there is none of that name.
    """
    if settings.engine not in ENGINES:
        raise BadRequest(
            f"there is no engine called {settings.engine!r}",
            hint=f"Choose one of: {', '.join(ENGINES)}.",
        )
    return ENGINES[settings.engine](settings)
