"""The engine for those who outgrow one machine: it keeps terms on an OpenSearch cluster, and asks it."""

import fcntl
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from indexer.clustersettings import ClusterSettings
from indexer.engine import Earlier, ForEach
from indexer.engines.opensearch import indices, mapping, order
from indexer.engines.opensearch.asking import Asker
from indexer.engines.opensearch.client import Client
from indexer.engines.opensearch.indices import Record
from indexer.engines.opensearch.lines import Line, averages, lines_of
from indexer.engines.opensearch.searcher import OpenSearchSearcher
from indexer.engines.opensearch.sending import send
from indexer.entries import Entries
from indexer.errors import IndexUnavailable

#: Says in the folder of a build that batches are to be sent as soon as they are prepared.
_BEGUN = "opensearch.begun"


class Prepared(NamedTuple):
    """A batch that was sent, or that lies in a file until the places of its documents are known.

    ``identities`` are the documents' names on the cluster, in order.
    """

    number: int
    identities: Sequence[str]
    path: Path | None


class _Waiting(NamedTuple):
    """A file of documents to be sent from some process, each with its place."""

    client: Client
    name: str
    batch: Prepared
    places: Sequence[int]


class OpenSearchEngine:
    """Builds and opens indexes on a cluster; a folder says which one is its own."""

    name = "opensearch"
    moves = False

    def __init__(self, settings: ClusterSettings) -> None:
        """Nothing is asked of the cluster yet.

        Raises:
            BadRequest: the settings name none.
        """
        self._client = Client(settings)

    def begin(self, directory: Path) -> None:
        """Let whatever is prepared for a new index be sent at once; remove what killed rebuilds left."""
        directory.mkdir(parents=True, exist_ok=True)
        self.settle(directory.parent)
        (directory / _BEGUN).touch()

    def build(self, batches: Iterable[Entries], directory: Path) -> int:
        """Send every entry; how many documents the index holds."""
        self.begin(directory)
        prepared = (self.prepared(entries, directory, number) for number, entries in enumerate(batches))
        return self.assembled(prepared, directory, map)

    def update(
        self, before: Path, batches: Iterable[Entries], deleted: Collection[str], directory: Path
    ) -> int:
        """Make a changed copy of the index that the folder ``before`` names; how many documents it holds.

        Raises:
            IndexUnavailable: that index is missing or damaged.
        """
        indices.read(before)
        prepared = [self.prepared(entries, directory, number) for number, entries in enumerate(batches)]
        return self.assembled(prepared, directory, map, Earlier(before, deleted))

    def prepared(self, entries: Entries, directory: Path, number: int) -> Prepared:
        """Send a batch, or lay it down, if it is for an update.

        Raises:
            IndexUnavailable: the cluster cannot be reached, or takes no more.
        """
        identities = [mapping.identity(document.id) for document in entries.documents]
        lines = lines_of(entries)
        if (directory / _BEGUN).exists():
            record = self._filled(directory, entries)
            places = order.places(number, len(identities))
            send(
                self._client,
                record.index,
                (line.sent(place) for line, place in zip(lines, places, strict=True)),
            )
            return Prepared(number, identities, None)
        directory.mkdir(parents=True, exist_ok=True)
        path = directory / f"batch-{number}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{line.body}\n" for line in lines)
        return Prepared(number, identities, path)

    def assembled(
        self,
        batches: Iterable[Prepared],
        directory: Path,
        for_each: ForEach,
        earlier: Earlier | None = None,
    ) -> int:
        """Seal what was sent, or change a copy of an earlier index; how many documents the index holds.

        Raises:
            IndexUnavailable: the earlier index is missing or damaged, or documents were lost.
        """
        if earlier is not None:
            return self._changed(list(batches), directory, for_each, earlier)
        count, waiting = 0, []
        for batch in batches:
            count += len(batch.identities)
            if batch.path is not None:
                waiting.append(batch)
        record = self._filled(directory, None)
        (directory / _BEGUN).unlink(missing_ok=True)
        places = [list(order.places(batch.number, len(batch.identities))) for batch in waiting]
        self._send_waiting(record, waiting, places, for_each)
        indices.seal(self._client, record, count, directory)
        return count

    def open(self, directory: Path) -> OpenSearchSearcher:
        """Read the index that a folder names.

        Raises:
            IndexUnavailable: it names none, or the cluster has it not.
        """
        record = indices.read(directory)
        if record.documents is None:
            raise IndexUnavailable(f"the index in {directory} is half-written")
        indices.check(self._client, record)
        return OpenSearchSearcher(Asker(self._client, record))

    def elsewhere(self, directory: Path) -> int:
        """The size of an index on the cluster when it was built, in bytes, copies aside."""
        return indices.read(directory).bytes

    def settle(self, home: Path, served: Path | None = None) -> None:
        """Remove the indexes that no generation of a folder names; let the alias name the one that is served.

        Raises:
            IndexUnavailable: the cluster does not answer.
        """
        index = indices.read(served).index if served and (served / indices.NAME).exists() else None
        indices.settle(self._client, home, index)

    def _filled(self, directory: Path, first: Entries | None) -> Record:
        """The index of a folder that is being built; the first batch makes it, for documents like its own."""
        directory.mkdir(parents=True, exist_ok=True)
        with (directory / _BEGUN).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (directory / indices.NAME).exists():
                return indices.read(directory)
            pivots = mapping.pivots(averages([first] if first else []))
            return indices.create(self._client, directory, pivots)

    def _changed(
        self, batches: Sequence[Prepared], directory: Path, for_each: ForEach, earlier: Earlier
    ) -> int:
        before = indices.read(earlier.directory)
        indices.check(self._client, before)
        here = OpenSearchSearcher(Asker(self._client, before)).places()
        added = {one: None for batch in batches for one in batch.identities}
        gone = {mapping.identity(one) for one in earlier.deleted} | added.keys()
        stay = {one: place for one, place in here.items() if one not in gone}
        wanted = (
            [*stay, *added] if earlier.order is None else [mapping.identity(one) for one in earlier.order]
        )
        places = order.placed(wanted, stay)
        self.settle(directory.parent)
        record = indices.copy(self._client, before, directory)
        lost = here.keys() & gone - added.keys()
        send(
            self._client, record.index, (f'{{"delete":{{"_id":"{one}"}}}}\n'.encode() for one in sorted(lost))
        )
        self._send_waiting(
            record, batches, [[places[one] for one in batch.identities] for batch in batches], for_each
        )
        indices.seal(self._client, record, len(stay) + len(added), directory)
        return len(stay) + len(added)

    def _send_waiting(
        self,
        record: Record,
        batches: Sequence[Prepared],
        places: Sequence[Sequence[int]],
        for_each: ForEach,
    ) -> None:
        waiting = [
            _Waiting(self._client, record.index, batch, where)
            for batch, where in zip(batches, places, strict=True)
        ]
        for _ in for_each(_sent, waiting):
            pass


def _sent(waiting: _Waiting) -> int:
    """Send a file of documents, and remove it."""
    path = waiting.batch.path
    assert path is not None, "what was sent already does not wait"
    with path.open(encoding="utf-8") as file:
        rows = zip(file, waiting.batch.identities, waiting.places, strict=True)
        count = send(waiting.client, waiting.name, (_row(*row) for row in rows))
    path.unlink()
    return count


def _row(body: str, identity: str, place: int) -> bytes:
    return Line(identity, body.rstrip("\n")).sent(place)
