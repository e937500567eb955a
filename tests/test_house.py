"""The repository itself: what it declares, what it locks, what it ships, what it must not name."""

import configparser
import fnmatch
import hashlib
import re
import sys
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tree import LAYERS, ROOT, committed, modules, named, packages_imported

#: Places on one machine, and the hosts that packages come from: neither means anything to a reader.
MACHINE = re.compile(r"(?<![\w./-])/(?:work|root|home|Users|opt)/\w")
REGISTRY = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|yarnpkg|crates|golang|maven|sonatype|debian)\.(?:org|io|com|net)\b"
)


def configuration():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def requirements(text):
    return {canonicalize_name(Requirement(line).name): Requirement(line) for line in text.split("\n") if line}


def needed():
    """What an installation of Serai brings along."""
    return requirements(configuration()["options"]["install_requires"])


def locked():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pins}


def third_party(*folders):
    """The distributions that the modules of some folders import, with the first module that does."""
    distributions = packages_distributions()
    found = {}
    for path in modules(*folders):
        for name in sorted(
            packages_imported(path) - sys.stdlib_module_names - {*LAYERS, "tests", "benchmarks"}
        ):
            for distribution in distributions.get(name, [name]):
                found.setdefault(canonicalize_name(distribution), f"{name}, imported by {named(path)}")
    return found


def test_every_library_that_is_imported_is_declared():
    undeclared = {name: where for name, where in third_party(*LAYERS).items() if name not in needed()}
    assert not undeclared, f"add to install_requires in setup.cfg: {undeclared}"


def read_as_data(*folders):
    """The distributions whose files are read, without an import."""
    found = (re.findall(r'\bdistribution\("([\w.-]+)"\)', path.read_text()) for path in modules(*folders))
    return {canonicalize_name(name) for names in found for name in names}


def test_every_library_that_is_declared_is_used():
    unused = needed().keys() - third_party(*LAYERS).keys() - read_as_data(*LAYERS)
    assert not unused, f"take out of install_requires in setup.cfg: {sorted(unused)}"


def test_the_extra_for_tests_is_what_the_tests_import():
    extras = configuration()["options.extras_require"]
    extra = {name: wanted for part in ("test", "fuzz") for name, wanted in requirements(extras[part]).items()}
    found = third_party("tests")
    # packaging comes with pytest, which stands on it.
    undeclared = {
        name: where for name, where in found.items() if name not in {*needed(), *extra, "packaging"}
    }
    assert not undeclared, f"add to the extra test (or fuzz) in setup.cfg: {undeclared}"
    unused = extra.keys() - found.keys()
    assert not unused, f"take out of the extra test (or fuzz) in setup.cfg: {sorted(unused)}"


def test_the_lock_holds_every_requirement():
    extras = configuration()["options.extras_require"]
    asked = {**needed(), **{k: v for name in extras for k, v in requirements(extras[name]).items()}}
    asked.pop("serai", None)
    pins = locked()
    loose = sorted(asked.keys() - pins.keys())
    assert not loose, f"not in constraints.txt: {loose}; write it anew with: make lock"
    wrong = [str(wanted) for name, wanted in asked.items() if not wanted.specifier.contains(pins[name])]
    assert not wrong, (
        f"constraints.txt is older than setup.cfg allows: {wrong}; write it anew with: make lock"
    )


def test_the_lock_is_versions_and_nothing_else():
    pin = re.compile(r"(#.*|[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.+!]*)?")
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert pin.fullmatch(line), f"constraints.txt: {line}"


@pytest.mark.parametrize("layer", LAYERS)
def test_data_files_are_installed(layer):
    patterns = [part.strip() for part in configuration()["options.package_data"][layer].split(",")]
    data = [path for path in committed() if path.is_relative_to(ROOT / layer) and path.suffix != ".py"]
    for path in data:
        inside = path.relative_to(ROOT / layer).as_posix()
        # setuptools reads ** as any number of folders, none included; fnmatch lets * cross folders.
        reached = any(fnmatch.fnmatch(f"/{inside}", "/" + p.replace("**/", "*")) for p in patterns)
        assert reached, f"{named(path)} is in no pattern of package_data in setup.cfg"


def test_seeds_are_the_five_articles_byte_for_byte():
    page = (ROOT / "docs" / "seeds.md").read_text(encoding="utf-8")
    digests = {name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (\S+)$", page, re.MULTILINE)}
    assert len(digests) == 5
    files = {path.name: path.read_bytes() for path in (ROOT / "seeds").iterdir()}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in files.items()} == digests
    for name, content in files.items():
        text = content.decode("utf-8")
        row = re.search(rf"`{re.escape(name)}` \| [^|]+ \| ([\d,]+) \| ([\d,]+) \| ([^|]+) \|", page)
        assert row, f"docs/seeds.md has no row for {name}"
        assert [int(number.replace(",", "")) for number in row.groups()[:2]] == [len(content), len(text)]
        assert text.startswith(row[3])


def test_git_leaves_the_seeds_as_they_are():
    assert "seeds/* -text" in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("pattern", [MACHINE, REGISTRY], ids=["machine", "registry"])
def test_no_file_names_a_machine_or_a_registry(pattern):
    for path in committed():
        if path.suffix in {".png", ".gz"} or path.is_relative_to(ROOT / "seeds"):
            continue
        found = pattern.search(path.read_text(encoding="utf-8"))
        assert not found, f"{named(path)} names {found[0]}"


def test_the_changelog_knows_this_version():
    version = configuration()["metadata"]["version"]
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert version in headings


def test_everything_make_offers_is_explained():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split()
    assert phony == re.findall(r"^([a-z]+):.*?  ## ", makefile, re.MULTILINE)
