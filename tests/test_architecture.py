"""The layers and sizes that ARCHITECTURE.md describes, read from the code itself."""

import ast
import sys

import pytest

from tests.tree import LAYERS, ROOT, imported, modules, named, packages_imported, syntax

#: What we aim at, and where a test stops us.
MODULE_LINES, MODULE_LIMIT = 300, 400
FUNCTION_LINES, FUNCTION_LIMIT = 40, 60


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_point_downward(layer):
    for path in modules(layer):
        upward = (packages_imported(path) & {*LAYERS, "tests", "benchmarks"}) - LAYERS[layer] - {layer}
        assert not upward, f"{named(path)} imports {sorted(upward)}, which {layer} must not know of"


def test_only_tests_import_tests():
    for path in modules("benchmarks", *LAYERS):
        assert "tests" not in packages_imported(path), f"{named(path)} imports tests"


def test_imports_are_absolute():
    for path in modules(*LAYERS, "tests", "benchmarks"):
        relative = {name for name in imported(path) if name.startswith(".")}
        assert not relative, f"{named(path)} imports {sorted(relative)}: write the whole name"


@pytest.mark.parametrize("layer", LAYERS)
def test_import_names_are_the_folders(layer):
    __import__(layer)
    assert sys.modules[layer].__file__ == str(ROOT / layer / "__init__.py")


@pytest.mark.parametrize("layer", LAYERS)
def test_every_folder_with_modules_is_a_package(layer):
    """A folder without ``__init__.py`` is left out of an installation."""
    for folder in {path.parent for path in modules(layer)}:
        assert (folder / "__init__.py").exists(), f"{named(folder)} has no __init__.py"


@pytest.mark.parametrize("layer", LAYERS)
def test_modules_fit_on_a_few_screens(layer):
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(layer)}
    over = {name: length for name, length in lengths.items() if length > MODULE_LINES}
    worst = max(lengths.values())
    assert worst <= MODULE_LIMIT, f"{over}: aim at {MODULE_LINES} lines a module, {MODULE_LIMIT} is the limit"


@pytest.mark.parametrize("layer", LAYERS)
def test_functions_fit_on_a_screen(layer):
    lengths = {
        f"{named(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in modules(layer)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    over = {name: length for name, length in lengths.items() if length > FUNCTION_LINES}
    worst = max(lengths.values(), default=0)
    assert worst <= FUNCTION_LIMIT, f"{over}: aim at {FUNCTION_LINES} lines, {FUNCTION_LIMIT} is the limit"


def test_marks_become_html_in_web_alone():
    """Below ``web/`` a match is a text and ranges; only there does it become tags."""
    for path in modules("analyzers", "indexer"):
        assert "<mark" not in path.read_text(encoding="utf-8").lower(), f"{named(path)} writes HTML"


def test_engines_know_no_analyzer():
    """An engine receives terms with positions; it never sees a text or an analyzer."""
    for path in modules("indexer/engines"):
        assert "analyzers" not in packages_imported(path), f"{named(path)} imports analyzers"


def test_no_layer_below_web_speaks_http():
    for path in modules("analyzers", "indexer"):
        http = packages_imported(path) & {"flask", "werkzeug", "markupsafe", "jinja2"}
        assert not http, f"{named(path)} imports {sorted(http)}, which belongs in web/"


def test_public_names_say_what_they_are():
    for path in modules(*LAYERS):
        missing = [
            f"{named(path)}:{getattr(node, 'lineno', 1)} {getattr(node, 'name', '(the module)')}"
            for node in (syntax(path), *public(syntax(path).body))
            if not ast.get_docstring(node)
        ]
        assert not missing, f"no docstring: {missing}"


def public(body):
    """The public classes and functions of a module, and the public methods of its public classes."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name.startswith("_") or overload(node):
                continue
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def overload(node):
    return any("overload" in ast.unparse(decorator) for decorator in node.decorator_list)
