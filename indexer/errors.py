"""Every error a user can meet.

SearchError
├── BadRequest            the caller can mend it            (HTTP 400, exit 2)
├── DocumentNotFound      no document has this id           (HTTP 404, exit 1)
├── CorpusError           a document or a file is wrong     (exit 1)
├── IndexBusy             another process is writing        (exit 1)
├── IndexUnavailable      there is nothing to search        (HTTP 503, exit 1)
│   ├── IndexOutdated     built by other analyzers or another version
│   └── ClusterUnavailable the machines that keep it do not answer
├── ServerBusy            too many requests wait            (HTTP 503)
└── ServerError           the server cannot start           (exit 1)
"""

from collections.abc import Mapping
from types import MappingProxyType


class SearchError(Exception):
    """What went wrong, in one sentence; ``hint`` says what to do about it."""

    hint = ""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint or self.hint

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process boundaries during a rebuild; the hint must survive.
        return _restored, (type(self), str(self), self.hint)


def _restored(kind: type[SearchError], message: str, hint: str) -> SearchError:
    error = kind.__new__(kind)
    SearchError.__init__(error, message, hint)
    return error


class BadRequest(SearchError):
    """The caller asked for something that cannot be answered as asked.

    ``key`` and ``values`` let the page say it in another language; without a key it is said as it stands.
    """

    key = ""
    values: Mapping[str, str | int] = MappingProxyType({})

    def __init__(self, message: str, hint: str = "", key: str = "", **values: str | int) -> None:
        super().__init__(message, hint)
        self.key = key
        self.values = values


class DocumentNotFound(SearchError):
    """No document of the index has this id."""

    def __init__(self, id: str) -> None:
        super().__init__(
            f"no document has the id {id!r}",
            hint="It may have been renamed or removed since; search for its words instead.",
        )


class CorpusError(SearchError):
    """A document, or the file that holds it, cannot be read."""


class IndexBusy(SearchError):
    """Another process is writing this index."""

    hint = "Wait for it to finish, then run the command again."


class IndexUnavailable(SearchError):
    """There is nothing to search."""

    hint = "Build the index with: serai rebuild"


class IndexOutdated(IndexUnavailable):
    """The index was built by analyzers, or in a form, that this version does not have."""

    hint = "Its terms would not match, so nothing was searched. Rebuild it with: serai rebuild"


class ClusterUnavailable(IndexUnavailable):
    """The cluster that keeps the index does not answer, or not for all of it.

    ``told`` says so without any address, for those who search.
    """

    hint = "Ask again in a few seconds."
    told = "the cluster that keeps the index does not answer"

    def __init__(self, message: str, hint: str = "", told: str = "") -> None:
        super().__init__(message, hint)
        self.told = told or self.told

    def __reduce__(self) -> tuple[object, ...]:
        return ClusterUnavailable, (str(self), self.hint, self.told)


class ServerBusy(SearchError):
    """So many requests wait already that another one would wait too long."""

    hint = "Ask again in a few seconds."

    def __init__(self) -> None:
        super().__init__("too many requests wait to be answered")


class ServerError(SearchError):
    """The server cannot start."""
