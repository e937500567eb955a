"""One node of a cluster: a Java process that can be stopped, killed, held up and started again."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.cluster.build import Build

#: Small; native access is what OpenSearch's own start script asks for.
JVM = [
    "-XX:+UseSerialGC",
    "-XX:+ExitOnOutOfMemoryError",
    "--enable-native-access=ALL-UNNAMED",
    "-Dlog4j2.disable.jmx=true",
    "-Dio.netty.noUnsafe=true",
    "-Dopensearch.set.netty.runtime.available.processors=false",
]
#: As its start script has it, too: what a node needs to be as fast as it can.
FAST = ["--add-modules=jdk.incubator.vector"]
#: A node that starts in half the time, and is slower when it runs: for tests, where it has little to do.
QUICK = ["-XX:TieredStopAtLevel=1"]
#: Seconds in which a node must have stopped.
STOPPED = 30
# It stands still a little after it was told to. Whoever holds a process up may be killed; the shell's input
# ends then, and the process goes on.
_HOLD = """
kill -STOP $1
until case $(ps -o stat= -p $1) in T* | "") true ;; *) false ;; esac; do :; done
echo; read _; kill -CONT $1
"""


class Ports(NamedTuple):
    """Where a node listens, on the loopback address."""

    http: int
    transport: int


class Node:
    """A node, whether it runs or not; its data stay in ``folder``."""

    def __init__(
        self,
        build: Build,
        name: str,
        ports: Ports,
        folder: Path,
        jvm: list[str],
        settings: Mapping[str, object],
    ) -> None:
        self.name = name
        self.ports = ports
        self.folder = folder
        self._java = build.java
        self._process: subprocess.Popen[bytes] | None = None
        told = {
            "node.name": name,
            "path.home": folder,
            "network.host": "127.0.0.1",
            "http.port": ports.http,
            "transport.port": ports.transport,
            **settings,
        }
        self._command = [build.java, *jvm, *JVM, "-cp", build.path, "ClusterNode"]
        self._command += [f"{key}={value}" for key, value in told.items()]

    @property
    def address(self) -> str:
        """Where it answers over HTTP."""
        return f"http://127.0.0.1:{self.ports.http}"

    @property
    def log(self) -> Path:
        """What it wrote since it was started first."""
        return self.folder / "log"

    @property
    def running(self) -> bool:
        """Whether its process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process is not None, f"{self.name} was never started"
        return self._process.pid

    @property
    def jcmd(self) -> Path:
        """The JDK's program that asks its process for things."""
        return self._java.with_name("jcmd")

    @property
    def memory(self) -> int:
        """How many bytes it holds in memory; 0 if it does not run."""
        command = ["ps", "-o", "rss=", "-p", str(self.pid)]
        return 1024 * int(subprocess.run(command, check=False, capture_output=True).stdout or 0)

    def start(self) -> None:
        """Begin to start; `Cluster.wait` waits until it takes part."""
        assert not self.running, f"{self.name} runs already"
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            # A group of its own, so that Ctrl-C reaches only the one who stops the nodes in order.
            self._process = subprocess.Popen(
                [*map(str, self._command)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def end(self) -> None:
        """Ask it to stop, without waiting."""
        if self.running:
            assert self._process is not None
            self._process.terminate()

    def stop(self) -> None:
        """Stop it, and wait for that."""
        self.end()
        if self._process is not None:
            try:
                self._process.wait(STOPPED)
            except subprocess.TimeoutExpired:
                self._process.kill()
            self._reaped()

    def kill(self) -> None:
        """End it at once, as a machine does that loses its power."""
        assert self._process is not None
        self._process.kill()
        self._reaped()

    def _reaped(self) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.wait()
        self._process.stdin.close()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Within the block its process stands still: it is there, and does not answer."""
        command = ["sh", "-c", _HOLD, "sh", str(self.pid)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holding:
            try:
                holding.stdout.readline()
                yield
            finally:
                holding.communicate(b"\n")
