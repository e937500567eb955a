"""What a node runs on: a JDK, the jars of OpenSearch, and our program, compiled once.

The jars are fetched with Maven; what comes of it lies in ``build/cluster``, and a second start needs neither
Maven nor a network.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.corpus import ROOT

HERE = Path(__file__).parent
SOURCES = [HERE / name for name in ("pom.xml", "ClusterNode.java", "log4j2.properties")]
BUILT = ROOT / "build" / "cluster"
#: The oldest Java that OpenSearch 3 runs on.
OLDEST = 21
#: Where systems keep JDKs that are not on the path.
FOLDERS = (
    "/usr/lib/jvm/*",
    "/usr/local/openjdk-*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
)
#: Seconds for fetching the jars.
FETCHED = 600


class Missing(Exception):
    """What a cluster needs and this machine has not, in one sentence."""


class Build(NamedTuple):
    """A JDK, and what Java calls a class path."""

    java: Path
    path: str


def missing() -> str | None:
    """What keeps this machine from running a cluster, in one sentence; None if nothing is known to."""
    try:
        _jdk()
        if not _folder().exists():
            _maven()
    except Missing as lacking:
        return str(lacking)
    return None


def built() -> Build:
    """The jars and our program, made if they are not there yet.

    Raises:
        Missing: something is not installed, or cannot be fetched.
    """
    jdk, folder = _jdk(), _folder()
    if not folder.exists():
        BUILT.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=BUILT) as half:
            whole = Path(half) / "whole"
            whole.mkdir()
            _fetch(whole)
            _compile(jdk, whole)
            shutil.copy(HERE / "log4j2.properties", whole)
            try:
                whole.rename(folder)
            except OSError:
                if not folder.exists():  # or somebody else was faster, with the same
                    raise
    return Build(jdk / "bin" / "java", _path(folder))


def _folder() -> Path:
    """Where this version of the sources lies when it is built; whole, if it is there."""
    digest = blake2b(b"\0".join(source.read_bytes() for source in SOURCES), digest_size=6)
    return BUILT / digest.hexdigest()


def _path(folder: Path) -> str:
    return os.pathsep.join([str(folder), str(folder / "jars" / "*")])


def _fetch(folder: Path) -> None:
    command = [_maven(), "-q", "-B", "-f", HERE / "pom.xml", "dependency:copy-dependencies"]
    told = f"-DoutputDirectory={folder / 'jars'}"
    try:
        done = subprocess.run([*command, told], check=False, capture_output=True, text=True, timeout=FETCHED)
    except subprocess.TimeoutExpired:
        raise Missing(f"Maven did not fetch OpenSearch's jars in {FETCHED} seconds") from None
    if done.returncode:
        said = re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr).strip().splitlines() or ["nothing"]
        raise Missing(f"Maven could not fetch OpenSearch's jars; it said: {said[0]}")


def _compile(jdk: Path, folder: Path) -> None:
    command = [jdk / "bin" / "javac", "-encoding", "utf-8", "-d", folder, "-cp", _path(folder)]
    done = subprocess.run(
        [*map(str, command), str(HERE / "ClusterNode.java")], check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise Missing(f"ClusterNode.java does not compile with these jars: {done.stderr.strip()}")


def _maven() -> str:
    found = shutil.which("mvn")
    if found is None:
        raise Missing(
            "Maven, which fetches OpenSearch's jars once, is not installed (on Debian: apt install maven)"
        )
    return found


def _jdk() -> Path:
    """The first JDK that is new enough: of JAVA_HOME, of the path, of the usual folders."""
    for home in _homes():
        if (home / "bin" / "javac").exists() and _version(home) >= OLDEST:
            return home
    raise Missing(
        f"a JDK of version {OLDEST} or newer is needed, and neither JAVA_HOME nor PATH nor "
        f"{FOLDERS[0].removesuffix('/*')} has one (on Debian 13: apt install openjdk-21-jdk-headless)"
    )


def _homes() -> Iterator[Path]:
    if told := os.environ.get("JAVA_HOME"):
        yield Path(told)
    if compiler := shutil.which("javac"):
        yield Path(compiler).resolve().parents[1]
    for pattern in FOLDERS:
        whole = Path(pattern).expanduser()
        yield from sorted(Path(whole.anchor).glob(str(whole.relative_to(whole.anchor))))


def _version(home: Path) -> int:
    """The number of a JDK, 0 if it does not say."""
    try:
        said = (home / "release").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', said, re.MULTILINE)
    return int(found[1]) if found else 0
