"""The prose keeps up with the code: paths exist, links lead somewhere, commands are described."""

import re
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt

from tests.test_house import configuration, needed
from tests.tree import LAYERS, ROOT, committed, modules, named
from web.cli import main

PAGES = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
#: A path as prose writes it, perhaps with a name or a line after a colon.
PATH = re.compile(r"(?P<path>\.?[\w-]+(?:[./][\w*-]+)*/?)(?:::?[\w.]+)?")
SUFFIXES = {".py", ".md", ".cfg", ".toml", ".txt", ".json", ".jsonl", ".html", ".css", ".js", ".png"}


def pages():
    return [ROOT / name for name in PAGES] + sorted((ROOT / "docs").glob("**/*.md"))


def inline(page):
    """The inline tokens of a page: text, code spans, links."""
    for block in MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8")):
        yield from block.children or ()


def prose():
    return "\n".join(page.read_text(encoding="utf-8") for page in pages() if page.name != "CHANGELOG.md")


def paths_named(page):
    """The paths of the repository that a page names in its code spans."""
    ours = {path.relative_to(ROOT).parts[0] for path in committed()}
    for token in inline(page):
        match = PATH.fullmatch(token.content) if token.type == "code_inline" else None
        if match and (match["path"].split("/")[0] in ours or Path(match["path"]).suffix in SUFFIXES):
            yield match["path"]


def exists(path):
    """Whether a path names something in the repository; a bare file name may stand anywhere in it."""
    if any(found.is_relative_to(ROOT) for found in ROOT.glob(path)):
        return True
    return "/" not in path and any(found.name == path for found in committed())


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_paths_exist(name):
    paths = set(paths_named(ROOT / name))
    assert paths, f"{name} names no path at all: has its form changed?"
    missing = sorted(path for path in paths if not exists(path))
    assert not missing, f"{name} names what is not there: {missing}"


def test_architecture_walks_through_every_folder():
    walked = {path.rstrip("/") for path in paths_named(ROOT / "ARCHITECTURE.md")}
    folders = {named(path.parent) for path in modules(*LAYERS)}
    missed = {folder for folder in folders if not any(path.startswith(folder) for path in walked)}
    assert not missed, f"ARCHITECTURE.md passes over {sorted(missed)}"


def test_links_lead_somewhere():
    for page in pages():
        for token in inline(page):
            target = str(token.attrGet("href") or token.attrGet("src") or "")
            if target and not re.match(r"\w+:|#", target):
                assert (page.parent / target.partition("#")[0]).exists(), f"{named(page)} links to {target}"


def commands():
    assert isinstance(main, click.Group)
    return main.commands


def options():
    for command in [main, *commands().values()]:
        for parameter in command.params:
            yield from (option for option in parameter.opts if option.startswith("--"))


def test_commands_are_described():
    missing = [name for name in commands() if f"serai {name}" not in prose()]
    assert not missing, f"neither the README nor docs/ says what these do: {missing}"


def test_options_are_described():
    missing = sorted({option for option in options() if f"`{option}" not in prose()})
    assert not missing, f"neither the README nor docs/ says what these do: {missing}"


def test_settings_are_described():
    read = {
        name for path in modules(*LAYERS) for name in re.findall(r"SERAI_[A-Z]+", path.read_text("utf-8"))
    }
    missing = sorted(name for name in read if name not in prose())
    assert not missing, f"neither the README nor docs/ says what these are: {missing}"


def test_every_command_explains_itself():
    assert not [name for name, command in commands().items() if not command.help]


def test_readme_says_why_each_library_was_chosen():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = "\n".join(line for line in readme.splitlines() if line.startswith("|")).lower()
    missing = [wanted.name for wanted in needed().values() if f"`{wanted.name.lower()}`" not in rows]
    assert not missing, f"the README's table of libraries leaves out {missing}"


def test_readme_sends_people_to_the_commands_of_the_makefile():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"make {target}" in readme for target in ["run", "test", "check"])


def test_readme_names_the_licence_and_its_exception():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert configuration()["metadata"]["license"] == "Apache-2.0"
    assert "Apache" in readme
    assert "docs/seeds.md" in readme
