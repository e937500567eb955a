"""Keep a cluster running until Ctrl-C: ``make cluster``, or ``python -m benchmarks.cluster``.

A node that was killed starts again when Enter is pressed.
"""

import argparse
import select
import signal
import sys
import time
from pathlib import Path

from benchmarks.cluster import Cluster, Failed, Missing, cluster
from benchmarks.corpus import ROOT

#: Seconds between two looks at the nodes.
_GLANCE = 0.5


def main() -> int:
    """Start, tell, wait for Ctrl-C or SIGTERM, stop."""
    options = _options()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    began = time.monotonic()
    try:
        print(f"Starting {options.nodes} nodes of OpenSearch, one JVM each", flush=True)
        with cluster(
            options.nodes,
            http=options.http,
            transport=options.transport,
            heap=options.heap,
            folder=options.folder,
            settings=dict(each.split("=", 1) for each in options.set),
        ) as running:
            _tell(running, time.monotonic() - began)
            _watch(running)
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
        return 0
    except (Missing, Failed) as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--http", type=int, default=9200, help="the first node's port")
    parser.add_argument("--transport", type=int, default=9300, help="the first node's port for the others")
    parser.add_argument("--heap", default="512m", help="of each node")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "cluster", help="for data and logs")
    parser.add_argument("--set", action="append", default=[], help="a setting of OpenSearch, key=value")
    return parser.parse_args()


def _tell(running: Cluster, seconds: float) -> None:
    version = running.ask("GET", "/")["version"]["number"]
    print(f"OpenSearch {version} is green after {seconds:.1f} s")
    for node in running:
        print(f"  {node.name}  {node.address}  process {node.pid}  {node.memory / 1e6:.0f} MB  {node.log}")
    print("kill -9 of a process is a node's sudden end, Enter starts it again; Ctrl-C stops all.", flush=True)


def _watch(running: Cluster) -> None:
    """Tell of each node that ends, and start it again when somebody asks for it."""
    ended: set[str] = set()
    listening = True
    while True:
        for node in [node for node in running if not node.running and node.name not in ended]:
            ended.add(node.name)
            print(f"{node.name} ended; {len(running.nodes) - len(ended)} run", flush=True)
        if not listening:
            time.sleep(_GLANCE)
        elif select.select([sys.stdin], [], [], _GLANCE)[0]:
            listening = bool(sys.stdin.readline())
            _start_again(running, ended if listening else set())


def _start_again(running: Cluster, ended: set[str]) -> None:
    for node in [node for node in running if node.name in ended]:
        node.start()
    if ended:
        print(f"green again after {running.wait():.1f} s: {', '.join(sorted(ended))}", flush=True)
    ended.clear()


if __name__ == "__main__":
    sys.exit(main())
