"""An archive on a cluster: built and served by the command `serai`, counted by asking the cluster itself."""

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.cluster import Cluster
from indexer.engines.opensearch.indices import owner
from indexer.engines.opensearch.mapping import identity
from tests.tree import ROOT
from tests.web.running import SERAI, Running, running

#: Seconds for one command.
PATIENCE = 1_800
#: Documents that are read from the cluster at a time.
_PAGE = 5_000


class Counted(NamedTuple):
    """Documents that were sent and those that the cluster has, by their ids."""

    sent: int
    found: int
    missing: int
    doubled: int
    strange: int

    @property
    def whole(self) -> bool:
        """Whether each is there, once, and nothing else is."""
        return self.sent == self.found and not (self.missing or self.doubled or self.strange)


class Archive:
    """An index on a cluster; ``index`` is its folder here."""

    def __init__(self, cluster: Cluster, index: Path, **variables: str) -> None:
        self.cluster = cluster
        self.index = index
        addresses = " ".join(cluster.addresses)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SERAI_")}
        told = {"SERAI_ENGINE": "opensearch", "SERAI_OPENSEARCH_URL": addresses, "SERAI_INDEX": str(index)}
        self.environment = kept | told | variables

    def begun(self, *arguments: object) -> subprocess.Popen[str]:
        """A command that runs."""
        return subprocess.Popen(
            [str(SERAI), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
            cwd=ROOT,
        )

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """A command, to its end."""
        return ended(self.begun(*arguments))

    @contextmanager
    def served(self, *options: str) -> Iterator[Running]:
        """`serai serve` over the index."""
        with running(self.index, *options, environment=self.environment) as server:
            yield server

    @property
    def on_cluster(self) -> list[str]:
        """The indexes that the cluster has of this archive, with or without an alias."""
        path = f"/_cat/indices/{self.alias}-*?format=json&h=index&expand_wildcards=all"
        return sorted(row["index"] for row in self.cluster.ask("GET", path))

    @property
    def alias(self) -> str:
        """The name under which the cluster has the published index."""
        return owner(self.index)

    @property
    def written(self) -> int:
        """How many documents have been sent to first shards since these began."""
        told = self.cluster.ask("GET", "/_stats/indexing?filter_path=_all.primaries.indexing.index_total")
        return int(told["_all"]["primaries"]["indexing"]["index_total"]) if told else 0

    def counted(self, sent: Iterable[str]) -> Counted:
        """Compare the ids that were sent with those that the published index holds."""
        wanted = Counter(map(identity, sent))
        assert set(wanted.values()) <= {1}, "an id was sent twice"
        found = Counter(self._ids())
        counted = int(self.cluster.ask("GET", f"/{self.alias}/_count")["count"])
        assert counted == found.total(), f"the cluster counts {counted} and gives {found.total()}"
        return Counted(
            len(wanted),
            found.total(),
            len(wanted.keys() - found.keys()),
            sum(count - 1 for count in found.values()),
            len(found.keys() - wanted.keys()),
        )

    def _ids(self) -> Iterator[str]:
        """The cluster's name of each document, by scrolling, past the engine's own searches."""
        body = {"size": _PAGE, "_source": False, "sort": ["_doc"]}
        page = self.cluster.ask("POST", f"/{self.alias}/_search?scroll=1m", body)
        while hits := page["hits"]["hits"]:
            yield from (hit["_id"] for hit in hits)
            page = self.cluster.ask(
                "POST", "/_search/scroll", {"scroll": "1m", "scroll_id": page["_scroll_id"]}
            )
        self.cluster.ask("DELETE", "/_search/scroll", {"scroll_id": page["_scroll_id"]})


def ended(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    """What a command said, when it has ended."""
    try:
        said, complained = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        said, complained = process.communicate()
        complained += "\nkilled: it did not end"
    return subprocess.CompletedProcess(process.args, process.returncode, said, complained)


def wait_until_written(archive: Archive, process: subprocess.Popen[str], documents: int) -> int:
    """Wait until a rebuild has sent so many documents; how many it had sent then.

    Raises:
        AssertionError: it ended before.
    """
    before = archive.written
    while process.poll() is None:
        written = archive.written - before
        if written >= documents:
            return written
        time.sleep(0.02)
    raise AssertionError(f"the rebuild ended before {documents} documents: {ended(process).stderr}")


def write_archive(folder: Path, count: int) -> list[str]:
    """Documents in five languages by turns, no two alike, in one file; their ids."""
    words = {
        "en": "the harbour storm broke over grey water and small boats",
        "de": "der Sturm im Hafen zerbrach über grauem Wasser und Booten",
        "th": "พายุที่ท่าเรือพัดผ่านน้ำสีเทาและเรือเล็ก",
        "zh": "港口的风暴袭击了灰色的水面和小船",
        "hi": "बंदरगाह का तूफान धूसर पानी और छोटी नावों पर टूटा",
    }
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "archive.jsonl").open("w", encoding="utf-8") as lines:
        for number in range(count):
            language, words_of_it = list(words.items())[number % len(words)]
            text = f"{words_of_it}. " * (8 + number % 40) + f"number{number}"
            row = {"id": str(number), "title": f"Storm {number}", "text": text, "language": language}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    return [f"{folder.name}/archive.jsonl#{number}" for number in range(count)]
