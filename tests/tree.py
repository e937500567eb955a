"""The repository as the tests about it see it."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

#: Each layer and the layers it may import.
LAYERS = {"analyzers": set(), "indexer": {"analyzers"}, "web": {"analyzers", "indexer"}}


def modules(*folders: str) -> Iterator[Path]:
    """The Python files below these folders of the repository, in order."""
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


@cache
def syntax(path: Path) -> ast.Module:
    """The syntax tree of one module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> set[str]:
    """The full names of the modules that one module imports or reads a file of, wherever it does so."""
    names = set()
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add("." * node.level + (node.module or ""))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"files", "resources.files"}:
            names.update(str(part.value) for part in node.args if isinstance(part, ast.Constant))
    return names


def packages_imported(path: Path) -> set[str]:
    """The top-level names that one module imports."""
    return {name.partition(".")[0] for name in imported(path)}


@cache
def committed() -> tuple[Path, ...]:
    """The files that are in version control, or will be with the next commit."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone, so which files belong to the repository is unknown")
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    paths = (ROOT / name for name in listing.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def named(path: Path) -> str:
    """A path as a failure message gives it."""
    return path.relative_to(ROOT).as_posix()
