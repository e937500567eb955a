"""``python -m tests.cluster.faults --seed 7``: nodes are killed and held up while Serai writes and reads.

It rebuilds an archive, a node being killed at a moment that is drawn, and counts what the cluster has then;
serves it, asks without a pause, kills another node and starts it again, and then holds one up. Each answer
must be that of before. It prints what was sent and found, requests, failures and latencies.
"""

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.cluster import Cluster, cluster
from benchmarks.corpus import data_folder
from benchmarks.questions import write_questions
from tests.cluster.archive import Archive, Counted, ended, wait_until_written
from tests.cluster.asking import Answer, Clients, Load, answers
from tests.web.running import Running

#: When a node is killed, as shares of the documents that a rebuild sends.
EARLY, LATE = 0.2, 0.7
#: Questions that clients ask by turns.
QUESTIONS = 100


def main() -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.cluster.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--documents", type=Path, default=data_folder() / "bulk", help="a folder of .jsonl.gz"
    )
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=30, help="of each search load")
    parser.add_argument("--heap", default="1g", help="of each node")
    parser.add_argument("--shards", default="3")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="serai-cluster-faults-")))
        nodes = stack.enter_context(cluster(heap=options.heap, folder=folder / "nodes"))
        archive = Archive(nodes, folder / "index", SERAI_OPENSEARCH_SHARDS=options.shards)
        counted = _rebuilt(archive, options.documents, rng)
        asked = write_questions(folder / "questions.json", data_folder()).measured
        questions = [question.text for question in rng.sample(list(asked), QUESTIONS)]
        archive.environment["SERAI_QUERY_MS"] = "60000"
        with archive.served("--workers", "1") as patient:
            expected = answers(patient.address, questions)
        del archive.environment["SERAI_QUERY_MS"]
        server = stack.enter_context(archive.served("--workers", "2"))
        loads = _asked(archive, server, expected, options.clients, options.seconds, rng)
    return 0 if counted.whole and not any(load.failed or load.wrong for load in loads) else 1


def _rebuilt(archive: Archive, documents: Path, rng: random.Random) -> Counted:
    sent = ids_of(documents)
    began = time.monotonic()
    written, victim, process = killed_while_writing(archive, documents, len(sent), rng)
    done = ended(process)
    seconds = _since(began)
    print(f"rebuild, {victim} killed after {written:,} documents: exit code {done.returncode}, {seconds}")
    print(done.stderr, end="")
    counted = archive.counted(sent)
    print(f"  {counted}")
    print(f"  indexes on the cluster: {', '.join(archive.on_cluster)}")
    restart(archive.cluster)
    print(f"  started again: green, {archive.counted(sent)}", flush=True)
    return counted


def ids_of(documents: Path) -> list[str]:
    """The ids that Serai gives the lines of a folder of ``.jsonl.gz``."""
    ids = []
    for path in sorted(documents.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            ids += [f"{documents.name}/{path.name}#{json.loads(line)['id']}" for line in lines]
    return ids


def killed_while_writing(archive: Archive, documents: Path, count: int, rng: random.Random):
    """Begin a rebuild, and kill a node of the cluster once a drawn share has been sent.

    How many documents had been sent, the node's name, and the command, which goes on.
    """
    wanted = int(count * rng.uniform(EARLY, LATE))
    victim = rng.choice(archive.cluster.nodes)
    process = archive.begun("rebuild", documents, "--quiet")
    written = wait_until_written(archive, process, wanted)
    victim.kill()
    return written, victim.name, process


def restart(nodes: Cluster) -> None:
    """Start what was killed, and wait until all is as before."""
    for node in nodes:
        if not node.running:
            node.start()
    nodes.wait("green")


def _asked(
    archive: Archive,
    server: Running,
    expected: dict[str, Answer],
    clients: int,
    seconds: float,
    rng: random.Random,
) -> list[Load]:
    questions = list(expected)
    nodes = archive.cluster
    victim, slow = rng.sample(nodes.nodes, 2)
    loads = []

    def load(name: str, trouble: Callable[[], object], *, held: bool = False) -> None:
        with Clients(server.address, questions, clients) as asking:
            time.sleep(seconds / 3)
            trouble()
            with slow.held() if held else nullcontext():
                time.sleep(2 * seconds / 3)
        loads.append(told := asking.told(expected))
        print(f"{clients} clients, {name}: {told}")
        for each in [*told.failed, *told.wrong][:5]:
            print(f"  {each.status} after {each.seconds:.1f} s: {each.answer}")
        sys.stdout.flush()

    load("nothing happens", lambda: None)
    load(f"{victim.name} killed", victim.kill)
    load(f"{victim.name} started again", victim.start)
    nodes.wait("green")
    load(f"{slow.name} held up", lambda: None, held=True)
    load("afterwards", lambda: None)
    return loads


def _since(began: float) -> str:
    return f"{time.monotonic() - began:.1f} s"


if __name__ == "__main__":
    sys.exit(main())
