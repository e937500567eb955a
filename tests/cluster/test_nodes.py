"""The cluster that other tests stand on: its nodes can be killed, held up, started again; none is left."""

import os
import signal
import subprocess
import sys
import time
import urllib.error

import pytest

from benchmarks.cluster import build, free_ports
from tests.tree import ROOT


def members(cluster):
    return {row["name"] for row in cluster.ask("GET", "/_cat/nodes?format=json")}


def test_three_nodes_are_one_cluster(cluster):
    assert members(cluster) == {"node-1", "node-2", "node-3"}
    assert len({node.pid for node in cluster}) == 3


def test_a_killed_node_comes_back_with_its_documents(cluster):
    settings = {"number_of_shards": 3, "number_of_replicas": 1}
    cluster.ask("PUT", "/killed", {"settings": settings})
    for number in range(9):
        cluster.ask("PUT", f"/killed/_doc/{number}?refresh=true", {"number": number})
    cluster.wait("green")
    cluster[1].kill()
    # Of this index alone: an index of another test that has no copies is red until the node is back.
    left = "/_cluster/health/killed?wait_for_status=yellow&wait_for_nodes=2&timeout=60s"
    assert not cluster.ask("GET", left, seconds=90)["timed_out"]
    assert members(cluster) == {"node-1", "node-3"}
    assert cluster.ask("GET", "/killed/_count")["count"] == 9
    cluster[1].start()
    cluster.wait("green")
    assert members(cluster) == {"node-1", "node-2", "node-3"}
    assert cluster.ask("GET", "/killed/_count")["count"] == 9
    cluster.ask("DELETE", "/killed")


def test_a_node_that_is_held_up_answers_afterwards(cluster):
    with cluster[0].held(), pytest.raises(TimeoutError):
        cluster.ask("GET", "/", seconds=0.5)
    assert cluster.ask("GET", "/")["name"] == "node-1"


def test_an_error_of_the_cluster_is_raised(cluster):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        cluster.ask("GET", "/nowhere/_count")


STARTED = """
from benchmarks.cluster import cluster
with cluster(1, quick=True) as alone:
    print(alone[0].pid, flush=True)
    input()
"""


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_no_node_outlives_who_started_it(cluster, sent):
    command = [sys.executable, "-c", STARTED]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as starting:
        node = int(starting.stdout.readline())
        starting.send_signal(sent)
    for _ in range(300):
        if not runs(node):
            return
        time.sleep(0.1)
    os.kill(node, signal.SIGKILL)
    pytest.fail("the node outlived the process that had started it")


def runs(pid):
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], check=False, capture_output=True, text=True)
    return bool(told.stdout.strip()) and not told.stdout.startswith("Z")


def test_make_cluster_tells_of_its_nodes_and_stops(cluster, tmp_path):
    first = free_ports(2)
    command = [sys.executable, "-m", "benchmarks.cluster", "--nodes", "1", "--http", first, "--transport"]
    with subprocess.Popen(
        [*map(str, command), str(first + 1), "--folder", tmp_path, "--heap", "256m"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        said = [running.stdout.readline() for _ in range(4)]
        running.terminate()
        said += running.stdout.readlines()
    assert "is green after" in said[1]
    assert f"http://127.0.0.1:{first}" in said[2]
    assert said[-1] == "Stopped.\n"
    assert running.returncode == 0
    assert (tmp_path / "node-1" / "data").is_dir()


def test_a_machine_without_java_is_told_what_it_lacks(monkeypatch):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(build, "FOLDERS", ("/usr/lib/jvm/none-*",))
    assert build.missing().startswith("a JDK of version 21 or newer is needed")
    with pytest.raises(build.Missing, match="JAVA_HOME"):
        build.built()


def test_a_jdk_that_is_too_old_is_passed_over(monkeypatch, tmp_path):
    for name, version in [("old", "17.0.9"), ("new", "21.0.2")]:
        (tmp_path / name / "bin").mkdir(parents=True)
        (tmp_path / name / "bin" / "javac").touch()
        (tmp_path / name / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "old"))
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(build, "FOLDERS", (f"{tmp_path}/*",))
    monkeypatch.setattr(build, "BUILT", tmp_path / "built")
    assert build.missing().startswith("Maven")
    build._folder().mkdir(parents=True)
    assert build.missing() is None
    monkeypatch.setenv("JAVA_HOME", "")
    monkeypatch.setattr(build, "FOLDERS", (f"{tmp_path}/old",))
    assert "21 or newer" in build.missing()
