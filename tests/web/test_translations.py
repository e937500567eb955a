"""Everything that a page says is said in each of its languages."""

import ast
import re
import string

import pytest
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from tests.tree import ROOT, modules, syntax
from web.catalogue import INTERFACES, TRANSLATIONS, WRITTEN, catalogue_file, locale_of
from web.params import EXPECTED
from web.phrasing import NOTICES, REFUSALS

TEMPLATES = ROOT / "web" / "templates"
TRANSLATED = [code for code in INTERFACES if code != WRITTEN]
PLACEHOLDER = re.compile(r"%\((\w+)\)s|{(\w+)}")
MEND = "bring the catalogues up to date with `make messages`, then translate what is empty or fuzzy"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The messages that the code and the templates hold, found as `make messages` finds them."""
    path = tmp_path_factory.mktemp("messages") / "serai.pot"
    options = ["-F", str(ROOT / "pyproject.toml"), "-k", "msgid", "-o", str(path)]
    CommandLineInterface().run(["pybabel", "-q", "extract", *options, str(ROOT)])
    with path.open("rb") as file:
        return read_po(file)


def catalogue(code):
    with catalogue_file(code).open("rb") as file:
        return read_po(file, locale=locale_of(code))


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_message_is_missing_fuzzy_or_left_over(template, code):
    said = catalogue(code)
    wanted = {message.id for message in template if message.id}
    assert wanted, "no messages were found"
    held = {message.id for message in said if message.id}
    assert wanted - held == set(), f"{code}: {MEND}"
    assert held - wanted == set(), f"{code}: {MEND}"
    assert not said.obsolete, f"{code}: {MEND}"
    for message in said:
        if message.id:
            assert not message.fuzzy, f"{code}: {message.id!r} is fuzzy; {MEND}"
            forms = [message.string] if isinstance(message.string, str) else message.string
            assert all(forms), f"{code}: {message.id!r} is empty; {MEND}"


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_places_of_its_message(code):
    for message in catalogue(code):
        if not message.id:
            continue
        one, *more = [message.id] if isinstance(message.id, str) else message.id
        places = {found.group() for found in PLACEHOLDER.finditer(more[0] if more else one)}
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms:
            found = {place.group() for place in PLACEHOLDER.finditer(form)}
            # Arabic says one and two in words.
            assert found == places or (more and found == places - {"%(count)s"}), f"{code}: {form!r}"
            assert not re.search(r"%(?!\()", form), f"{code}: {form!r}"


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_is_in_its_script(code):
    scripts = {"th": "\u0e00-\u0e7f", "hi": "\u0900-\u097f", "ar": "\u0600-\u06ff", "de": "a-zäöüß"}
    letters = scripts.get(code, "\u3040-\u30ff\u4e00-\u9fff")
    for message in catalogue(code):
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms if message.id else ():
            words = PLACEHOLDER.sub("", form).strip(string.punctuation + string.whitespace + "，、：")
            assert not words or re.search(f"[{letters}]", words), f"{code}: {form!r}"


def test_every_catalogue_is_of_a_language_of_the_page():
    folders = {path.name for path in TRANSLATIONS.iterdir() if path.is_dir()}
    assert folders == {locale_of(code) for code in TRANSLATED}


def test_templates_say_nothing_by_themselves():
    """Between the tags of a template stand expressions, signs, and names that have no translation."""
    names = {"Serai", "Esc", "lang:th", "title", "serai rebuild", "·", "n", "p"}
    # The API's reference is in English, as the API is.
    for path in sorted({*TEMPLATES.glob("*.html")} - {TEMPLATES / "reference.html"}):
        kind = r"{% block kind %}.*?{% endblock %}"  # a class, which nobody reads
        inside = re.compile(rf"{kind}|{{#.*?#}}|{{%.*?%}}|{{{{.*?}}}}", re.DOTALL)
        text = inside.sub("", path.read_text(encoding="utf-8"))
        for words in re.split(r"<[^>]*>|[\w-]+=\"[^\"]*\"|dir=$|\n", text):
            left = words.strip(string.punctuation + string.whitespace + "…×↑↓·")
            assert not left or left in names, f"{path.name} says {left!r} in one language only"


def test_every_notice_of_the_search_is_translated():
    keys = {
        call.args[0].value
        for path in modules("indexer")
        for call in ast.walk(syntax(path))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Notice"
    }
    assert keys
    assert keys <= NOTICES.keys(), "give each a message in web/phrasing.py"


def test_every_refusal_has_words_that_are_translated():
    """Its key stands in a call, or in the table of what a parameter must be."""
    calls = [
        call
        for path in modules("indexer", "web")
        for call in ast.walk(syntax(path))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "BadRequest"
    ]
    keys = {word.value.value for call in calls for word in call.keywords if word.arg == "key"}
    assert len(keys) > 3
    assert keys | {expected.key for expected in EXPECTED.values() if expected.key} == REFUSALS.keys()
