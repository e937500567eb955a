"""Asks an OpenSearch cluster over HTTP: any of its nodes, within a time, again where that can help."""

import base64
import json
import logging
import random
import ssl
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import urllib3
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as TooSlow

from indexer.clustersettings import ClusterSettings
from indexer.errors import BadRequest, ClusterUnavailable

Answer = Mapping[str, Any]

#: Seconds to wait for a connection, and for the answer to a piece of work.
CONNECT, WORK = 1.0, 60.0
#: Seconds for the answer to a question: of each node in turn, and of each once more, if none is so quick.
#: A node that hangs takes connections and says nothing, and so does any that has asked it for its part.
QUESTION = (2.0, 20.0)
#: A node that did not answer is asked last for so many seconds.
_SHUNNED = 30.0
#: A cluster that has too much to do is asked again so often, after so many seconds, doubled each time.
_PATIENCE, _FIRST_WAIT, _LONGEST_WAIT = 8, 0.25, 15.0
#: What a node answers that has too much to do, or that lost its way to others.
BUSY = (429, 502, 503, 504)
#: Connections that are kept open to each node, for the threads that ask.
_CONNECTIONS = 16

# What urllib3 has to say of a connection is said by the errors here; addresses and paths are nobody's log's.
logging.getLogger("urllib3").addHandler(logging.NullHandler())


class Refused(ClusterUnavailable):
    """The cluster answered, and would not do what it was asked."""

    def __init__(self, status: int, kind: str, reason: str, hint: str = "") -> None:
        said = f"the cluster refused: {reason or kind} ({status})"
        super().__init__(said, hint, "the cluster that keeps the index refuses to answer")
        self.status = status
        self.kind = kind

    def __reduce__(self) -> tuple[object, ...]:
        return ClusterUnavailable, (str(self), self.hint, self.told)


class Client:
    """Asks the nodes of one cluster. Safe to use from several threads; may be sent to another process."""

    def __init__(self, settings: ClusterSettings) -> None:
        """Connects when it is first asked.

        Raises:
            BadRequest: there is no address of a cluster, or no file of certificates.
        """
        if not settings.hosts:
            raise BadRequest(
                "the engine opensearch needs the address of a cluster",
                hint="Set SERAI_OPENSEARCH_URL, for example to https://search.example.org:9200.",
            )
        self.settings = settings
        self._shunned: dict[str, float] = {}
        self._pool = _pool(settings)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.settings,)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        timeouts: Sequence[float] = QUESTION,
        patience: int = _PATIENCE,
        **parameters: Any,
    ) -> Answer:
        """What the cluster answers; a ``body`` of bytes is sent as it is, any other as JSON.

        Every question must be one that can be asked twice. ``timeouts`` are seconds for each node that is
        asked, in the first round and in further ones; ``patience`` is how often a cluster that has too much
        to do is asked again.

        Raises:
            Refused: it would not.
            ClusterUnavailable: no node answers, or all have too much to do.
        """
        address = f"{path}?{_query(parameters)}" if parameters else path
        lines = isinstance(body, bytes)
        sent = body if lines or body is None else json.dumps(body, ensure_ascii=False).encode()
        kind = "application/x-ndjson" if lines else "application/json"
        wait = _FIRST_WAIT
        for attempt in range(patience + 1):
            response = self._answered(method, address, sent, kind, timeouts)
            if response.status not in BUSY:
                return _read(response)
            if attempt < patience:
                time.sleep(wait * random.uniform(0.5, 1.0))
                wait = min(2 * wait, _LONGEST_WAIT)
        if (reason := _reason(response)).startswith("all shards failed"):
            raise ClusterUnavailable(
                "the shards of the index do not answer",
                hint="The cluster has lost nodes that no others have copies of; see GET /_cluster/health.",
                told="the shards of the index do not answer",
            )
        raise ClusterUnavailable(
            f"the cluster has too much to do ({reason})",
            hint="Ask again later; if this happens often, the cluster is too small for what it is asked.",
            told="the cluster that keeps the index has too much to do",
        )

    def _answered(
        self, method: str, address: str, body: bytes | None, kind: str, timeouts: Sequence[float]
    ) -> urllib3.BaseHTTPResponse:
        """The answer of the first node that gives one, those last that gave none a while ago."""
        failed: dict[str, str] = {}
        for timeout, host in ((timeout, host) for timeout in timeouts for host in self._in_turn()):
            try:
                response = self._pool.request(
                    method,
                    host + address,
                    body=body,
                    headers={**self._pool.headers, "content-type": kind},
                    timeout=urllib3.Timeout(connect=min(CONNECT, timeout), read=timeout),
                    retries=False,
                    redirect=False,
                )
            except HTTPError as error:
                self._shunned[host] = time.monotonic() + _SHUNNED
                failed[host] = f"{host}: {_told(error, timeout)}"
                continue
            self._shunned.pop(host, None)
            return response
        raise ClusterUnavailable(
            f"the cluster cannot be reached ({'; '.join(failed.values())})",
            hint="See that it runs, and that SERAI_OPENSEARCH_URL and SERAI_OPENSEARCH_CA are right.",
        )

    def _in_turn(self) -> list[str]:
        """The nodes, another one first each time, so that all have something to do; shunned ones last."""
        now = time.monotonic()
        hosts = random.sample(self.settings.hosts, len(self.settings.hosts))
        return sorted(hosts, key=lambda host: max(self._shunned.get(host, 0.0), now))


def _pool(settings: ClusterSettings) -> urllib3.PoolManager:
    try:
        context = ssl.create_default_context(cafile=settings.ca)
    except (OSError, ssl.SSLError) as error:
        raise BadRequest(
            f"SERAI_OPENSEARCH_CA names {settings.ca}, which holds no certificates ({error})",
            hint="Name a file in PEM form, or unset it for the system's certificates.",
        ) from None
    headers = {"accept": "application/json"}
    if settings.user:
        told = base64.b64encode(f"{settings.user}:{settings.password}".encode()).decode()
        headers["authorization"] = f"Basic {told}"
    return urllib3.PoolManager(maxsize=_CONNECTIONS, headers=headers, ssl_context=context)


def _query(parameters: Mapping[str, Any]) -> str:
    written = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in parameters.items()
    }
    return "&".join(f"{name}={quote(value, safe=',*')}" for name, value in written.items())


def _read(response: urllib3.BaseHTTPResponse) -> Answer:
    """What an answer says.

    Raises:
        Refused: it is a refusal.
        ClusterUnavailable: it is nothing that a cluster answers.
    """
    if response.status in (401, 403):
        raise Refused(
            response.status,
            "security",
            "the user name or the password is wrong"
            if response.status == 401
            else "the user may not do this",
            hint="See SERAI_OPENSEARCH_USER and SERAI_OPENSEARCH_PASSWORD, and what the user is allowed.",
        )
    try:
        answer = json.loads(response.data) if response.data else {}
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise ClusterUnavailable(
            f"what answers is no OpenSearch cluster ({response.status})", hint="See SERAI_OPENSEARCH_URL."
        )
    # A question that waited for something is answered so when it has not come: the answer says how far it is.
    if response.status >= 400 and "timed_out" not in answer:
        error = answer.get("error")
        cause = _cause(error) if isinstance(error, dict) else {}
        raise Refused(response.status, str(cause.get("type", "")), str(cause.get("reason", "")))
    return answer


def _cause(error: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is at the root of an error that the cluster tells of."""
    for deeper in (error.get("root_cause"), [error.get("caused_by")]):
        for cause in deeper or ():
            if isinstance(cause, dict) and cause.get("reason"):
                return cause
    return error


def _reason(response: urllib3.BaseHTTPResponse) -> str:
    try:
        return str(_cause(json.loads(response.data)["error"]).get("reason"))[:200]
    except (ValueError, LookupError, TypeError, AttributeError):
        return str(response.status)


def _told(error: HTTPError, timeout: float) -> str:
    """What went wrong with a connection, in few words and without what was sent."""
    if isinstance(error, MaxRetryError) and isinstance(error.reason, HTTPError):
        error = error.reason
    if isinstance(error, SSLError):
        detail = error.args[0] if error.args else error
        if refused := getattr(detail, "verify_message", ""):
            return f"its certificate was refused: {refused}"
        return "it does not speak TLS as it should"
    # urllib3 takes a connection that was refused for one that took too long.
    if isinstance(error, TooSlow) and not isinstance(error, NewConnectionError):
        return f"no answer within {timeout:.3g} s"
    cause = error.__cause__ or error.__context__
    return getattr(cause, "strerror", None) or type(error).__name__
