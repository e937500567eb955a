"""Lucene, driven through a small Java program: white space analysis, one thread, its own defaults.

``SERAI_LUCENE_JAR`` names the jars of lucene-core and lucene-analysis-common (or a folder of
them); without it they are fetched with Maven, where that is installed.
"""

import os
import re
import shutil
import subprocess
from functools import cached_property
from pathlib import Path

from benchmarks.corpus import ROOT
from benchmarks.protocol import Answer, Inputs, Question, bytes_below

SOURCES = Path(__file__).parent.parent / "lucene"
WORKING = ROOT / "var" / "bench" / "lucene"


class Missing(Exception):
    """What Lucene needs and this machine has not."""


class Lucene:
    """Terms in, ten best out; a Java program builds and answers, and times itself."""

    # The machine compiles what has run often; everyone else is at full speed from the first question on.
    warmups = 6

    def version(self) -> str:
        """The engine and its version.

        Raises:
            Missing: there is no Java, or no Lucene.
        """
        names = {
            match[1]
            for jar in self._class_path.split(os.pathsep)
            if (match := re.match(r"lucene-core-(.+)\.jar", Path(jar).name))
        }
        java = subprocess.run(["java", "-version"], check=True, capture_output=True, text=True).stderr
        return f"Lucene {', '.join(names) or '(unknown)'}, {java.splitlines()[0]}".replace('"', "")

    def build(self, inputs: Inputs, folder: Path) -> None:
        """Index every line."""
        if self._java("build", inputs.terms, folder).wait():
            raise RuntimeError("Lucene could not build its index")

    def size(self, folder: Path) -> int:
        """The bytes of the index; the numbers of passages are all that it stores."""
        return bytes_below(folder)

    def open(self, folder: Path) -> None:
        """Start the program that answers."""
        self._answering = self._java("ask", folder)

    def ask(self, question: Question) -> Answer:
        """Any of the terms."""
        asking, answering = self._answering.stdin, self._answering.stdout
        assert asking is not None
        assert answering is not None
        asking.write(" ".join(question.terms) + "\n")
        asking.flush()
        nanoseconds, *found = map(int, answering.readline().split())
        return Answer(nanoseconds / 1e9, found)

    def _java(self, *arguments: object) -> subprocess.Popen[str]:
        command = ["java", "-Xmx1g", "-cp", self._class_path, "Bench", *map(str, arguments)]
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )

    @cached_property
    def _class_path(self) -> str:
        for program in ("java", "javac"):
            if not shutil.which(program):
                raise Missing(f"{program} is not installed (on Debian: apt install default-jdk-headless)")
        jars = _jars()
        if not jars:
            raise Missing(
                "neither SERAI_LUCENE_JAR nor Maven leads to lucene-core and lucene-analysis-common"
            )
        classes = WORKING / "classes"
        path = os.pathsep.join(map(str, [*jars, classes]))
        command = [
            "javac",
            "-encoding",
            "utf-8",
            "-d",
            str(classes),
            "-cp",
            path,
            str(SOURCES / "Bench.java"),
        ]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            raise Missing(f"Bench.java does not compile with these jars: {done.stderr.strip()}")
        return path


def _jars() -> list[Path]:
    told = os.environ.get("SERAI_LUCENE_JAR", "")
    if told:
        paths = [Path(name) for name in told.split(os.pathsep)]
        return [jar for path in paths for jar in (sorted(path.glob("*.jar")) if path.is_dir() else [path])]
    folder = WORKING / "jars"
    if not list(folder.glob("*.jar")) and shutil.which("mvn"):
        command = ["mvn", "-q", "-B", "-f", SOURCES / "pom.xml", "dependency:copy-dependencies"]
        with_output = [*map(str, command), f"-DoutputDirectory={folder}"]
        subprocess.run(with_output, check=False, capture_output=True, timeout=300)
    return sorted(folder.glob("*.jar"))


RUNNER = Lucene()
