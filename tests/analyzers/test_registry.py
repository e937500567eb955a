"""The registry: whose profile a tag gets, and that nothing registered is left without its table."""

import ast
import re
from importlib.metadata import version

import pytest
import regex

import analyzers
from analyzers import LANGUAGES, analyzer_for, profile_for
from analyzers.characters import UNSEGMENTED
from analyzers.registry import GENERAL, load, segmenting
from tests.analyzers.texts import UNSPACED
from tests.tree import ROOT, named, syntax

EVERY = [*LANGUAGES, GENERAL]
by_code = pytest.mark.parametrize("profile", EVERY, ids=lambda profile: profile.code)


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        *(pytest.param(profile.code, profile.code, id=profile.name) for profile in LANGUAGES),
        pytest.param("zh-Hant", "zh", id="a script"),
        pytest.param("zh-Hant-TW", "zh", id="a script and a region"),
        pytest.param("zh-CN", "zh", id="a region"),
        pytest.param("de-CH-1996", "de", id="a variant"),
        pytest.param("en-US-x-private", "en", id="a private part"),
        pytest.param("und", "und", id="undetermined"),
        pytest.param("nb", "no", id="a standard of Norwegian"),
        pytest.param("nn-NO", "no", id="the other, with a region"),
        pytest.param("ms", "id", id="a language that inflects alike"),
        pytest.param("iw", "he", id="a retired code"),
        pytest.param("sr-Latn", "sr", id="another script"),
        pytest.param("tlh", "und", id="a language without a profile"),
        pytest.param("deu", "und", id="a code that begins like another"),
        pytest.param("", "und", id="nothing"),
    ],
)
def test_profile_of_a_tag(tag, code):
    assert profile_for(tag).code == code
    assert analyzer_for(tag).profile is profile_for(tag)


def test_one_analyzer_a_profile():
    """Analyzers remember what they have cut, so there is one of each."""
    assert analyzer_for("zh-Hant") is analyzer_for("zh")
    assert analyzer_for("tlh") is analyzer_for("und")
    assert analyzer_for("de") is not analyzer_for("en")


def test_no_code_and_no_script_twice():
    codes = [profile.code for profile in EVERY]
    assert len(set(codes)) == len(codes)
    scripts = [script for profile in LANGUAGES if profile.segment for script in profile.scripts]
    # Han alone has two, and `analyzers/registry.py` says which does when the language is another.
    assert sorted(scripts) == sorted([*set(scripts), "Han"]), "two profiles cut one script"


def test_languages_stand_in_order():
    assert [profile.name for profile in LANGUAGES] == sorted(profile.name for profile in LANGUAGES)


@pytest.mark.parametrize("script", UNSEGMENTED.values())
def test_who_cuts_a_script(script):
    wanted = [profile for profile in LANGUAGES if profile.segment and script in profile.scripts]
    assert segmenting(script) in (wanted or [None])


def test_han_alone_is_cut_as_chinese():
    assert segmenting("Han") is profile_for("zh")
    assert segmenting("Kana") is profile_for("ja")


@by_code
def test_a_profile_says_what_it_is(profile):
    assert re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?", profile.code)
    assert profile.name[0].isupper()
    assert profile.endonym
    assert profile.version
    assert all(regex.compile(rf"\p{{Script={script}}}") for script in profile.scripts)


@by_code
def test_libraries_are_installed_under_their_names(profile):
    for library in profile.libraries:
        assert version(library)
    if profile.segment or by_a_library(profile.stem):
        assert profile.libraries, "terms depend on a library, and an index must know its version"


@by_code
def test_loading_changes_no_term_however_often(profile):
    text = "Moor 沼泽 หนอง दलदल 2024"
    terms = list(analyzer_for(profile.code)(text).tokens())
    load([profile.code])
    load([profile.code, "zh-Hant", "xx"])
    profile.load()
    assert list(analyzer_for(profile.code)(text).tokens()) == terms


# ----- completeness: whoever adds a language is told what is missing


@by_code
def test_every_language_has_a_file_of_its_own(profile):
    path = ROOT / "analyzers" / "languages" / f"{module_of(profile)}.py"
    assert path.exists(), f"{named(path)} is missing: a file is named by its language"
    assert re.search(rf'code="{profile.code}"', path.read_text(encoding="utf-8"))


@by_code
def test_every_language_has_a_table_of_tests(profile):
    path = ROOT / "tests" / "analyzers" / f"test_{module_of(profile)}.py"
    assert path.exists(), f"write {named(path)}: rows of text and terms, each with an id"
    tags = [
        ast.literal_eval(node.value)
        for node in syntax(path).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "TAG"
    ]
    assert tags == [profile.code]
    rows = [node for node in ast.walk(syntax(path)) if is_row(node)]
    # What is ours needs more of them than what a library has tables for.
    wanted = 30 if profile.segment else 6 if by_a_library(profile.stem) else 15
    assert len(rows) >= wanted, f"{named(path)} has {len(rows)} rows"
    ids = [row for row in rows if any(keyword.arg == "id" for keyword in row.keywords)]
    assert len(ids) == len(rows), f"{named(path)}: every row has a readable id"


@pytest.mark.parametrize("script", sorted({s for p in LANGUAGES if p.segment for s in p.scripts}))
def test_every_script_that_is_cut_has_an_alphabet_for_random_text(script):
    assert len(UNSPACED.get(script, ())) >= 20, f"add {script} to tests/analyzers/texts.py"


def test_no_file_of_a_language_is_left_unregistered():
    registered = {module_of(profile) for profile in EVERY}
    files = {path.stem for path in (ROOT / "analyzers" / "languages").glob("*.py")} - {"__init__"}
    assert files == registered


def test_the_public_face_is_deliberate():
    assert sorted(analyzers.__all__) == [
        *("Analysis", "Analyzer", "LANGUAGES", "LanguageProfile", "Stream", "Tier", "Token"),
        *("analyzer_for", "detected", "profile_for"),
    ]


def module_of(profile):
    return "general" if profile is GENERAL else profile.name.lower().replace(" ", "_")


def by_a_library(stem):
    return stem is not None and stem.__module__ == "analyzers.stemming"


def is_row(node):
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.param"
