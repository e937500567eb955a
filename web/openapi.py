"""The OpenAPI document, assembled from the models that read requests and the shapes that answers have."""

from functools import cache
from importlib.metadata import version
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, TypeAdapter

from indexer.reports import ExplanationObject
from indexer.wire import AnalysisObject, DocumentObject, SearchObject, StatusObject, SuggestObject
from web.errors import Problem
from web.params import AnalyzeParams, ExplainParams, SearchParams, SuggestParams

#: Dialect of the schemas, as OpenAPI 3.1 has it by default.
OPENAPI = "3.1.0"
REF = "#/components/schemas/{model}"
JSON = "application/json"
#: Shapes that have ``html`` only over HTTP, and there always.
MARKED = ("TitleObject", "SnippetObject")

Schema = dict[str, Any]


class Operation(NamedTuple):
    """One address, and what it answers: a shape, or a schema where there is no more to say of it."""

    path: str
    id: str
    summary: str
    answer: Any
    params: type[BaseModel] | None = None
    failures: tuple[int, ...] = (400, 503)
    media_type: str = JSON


OPERATIONS = [
    Operation("/api/v1/search", "search", "One page of hits, best first.", SearchObject, SearchParams),
    Operation(
        "/api/v1/suggest",
        "suggest",
        "Completions of what has been typed so far; at most ten, each of which finds something.",
        SuggestObject,
        SuggestParams,
    ),
    Operation("/api/v1/documents/{id}", "document", "One stored document.", DocumentObject, None, (404, 503)),
    Operation(
        "/api/v1/analyze",
        "analyze",
        "How a text is cut into runs and terms.",
        AnalysisObject,
        AnalyzeParams,
    ),
    Operation(
        "/api/v1/explain",
        "explain",
        "Why a document has its rank for a query, or why it is not found.",
        ExplanationObject,
        ExplainParams,
        (400, 404, 503),
    ),
    Operation("/api/v1/status", "status", "What is indexed, by what, when.", StatusObject, None, (503,)),
    Operation("/api/v1/openapi.json", "openapi", "This description.", {"type": "object"}, None, (503,)),
    Operation(
        "/search.rss",
        "rss",
        "The same page of hits as a feed, RSS 2.0.",
        {"type": "string"},
        SearchParams,
        media_type="application/rss+xml",
    ),
    Operation(
        "/search.csv",
        "csv",
        "The same page of hits as a table: UTF-8 with a mark of byte order, no cell a formula.",
        {"type": "string"},
        SearchParams,
        media_type="text/csv",
    ),
    Operation(
        "/opensearch/suggestions",
        "suggestions",
        "Completions as browsers ask for them: what was typed, and a list.",
        {
            "type": "array",
            "items": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
            "minItems": 2,
            "maxItems": 2,
        },
        SuggestParams,
        media_type="application/x-suggestions+json",
    ),
]

FAILURES = {
    400: ("BadRequest", "A parameter does not parse, or passes a limit; `detail` says which and why."),
    404: ("NotFound", "No document has this id."),
    503: ("Unavailable", "There is no index to search, it has to be built anew, or too many requests wait."),
}
#: Said by the server before anything is read; some proxies say so earlier.
TOO_LONG = {
    "414": {"description": "The address is longer than 64 KiB."},
    "431": {"description": "The address is longer than any server reads."},
}
ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "The document's id, percent-encoded; it may hold slashes, as they are or encoded.",
    "schema": {"type": "string", "minLength": 1},
}
HEADERS = {
    "ETag": {
        "description": "Names this answer; send it as If-None-Match, and the same answer is 304 and empty.",
        "schema": {"type": "string"},
    }
}
#: A form sends what was left empty; it counts as left out.
OPTIONAL = {"required": False, "allowEmptyValue": True}
RETRY = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}}


@cache
def description() -> dict[str, Any]:
    """The API's description; the same object each time, not to be altered."""
    answers, schemas = _shapes()
    return {
        "openapi": OPENAPI,
        "info": {
            "title": "Serai",
            "version": version("serai"),
            "description": "Full-text search in many languages. Everything is read with GET; nothing is "
            "written. Marks and offsets count Unicode code points.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {operation.path: {"get": _get(operation, answers)} for operation in OPERATIONS},
        "components": {
            "schemas": schemas,
            "responses": {
                name: _content(meaning, answers["problem"], "application/problem+json")
                | ({"headers": RETRY} if status == 503 else {})
                for status, (name, meaning) in FAILURES.items()
            },
        },
    }


def _shapes() -> tuple[dict[str, Schema], dict[str, Schema]]:
    """The schema of each answer, by the operation's id, and the schemas that these refer to."""
    mode: Literal["serialization"] = "serialization"
    described = {each.id: each.answer for each in OPERATIONS if isinstance(each.answer, dict)}
    shapes = {each.id: each.answer for each in OPERATIONS if each.id not in described} | {"problem": Problem}
    inputs: list[tuple[str, Literal["serialization"], TypeAdapter[Any]]] = [
        (name, mode, TypeAdapter(shape)) for name, shape in shapes.items()
    ]
    answers, definitions = TypeAdapter.json_schemas(inputs, ref_template=REF)
    schemas = definitions["$defs"]
    for name in MARKED:
        schemas[name]["required"].append("html")
    return described | {name: answers[name, mode] for name in shapes}, schemas


def _get(operation: Operation, answers: dict[str, Schema]) -> dict[str, Any]:
    return {
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": _query(operation.params) if operation.params else [ID] if "{" in operation.path else [],
        "responses": dict(sorted(_responses(operation, answers).items())),
    }


def _responses(operation: Operation, answers: dict[str, Schema]) -> dict[str, Any]:
    answer = _content("The answer.", answers[operation.id], operation.media_type) | {"headers": HEADERS}
    unchanged = {"description": "Unchanged since the ETag that the request named."}
    failures = {
        str(status): {"$ref": f"#/components/responses/{FAILURES[status][0]}"}
        for status in operation.failures
    }
    return {"200": answer, "304": unchanged} | failures | (TOO_LONG if operation.params else {})


def _content(meaning: str, schema: Schema, media_type: str) -> dict[str, Any]:
    return {"description": meaning, "content": {media_type: {"schema": schema}}}


def _query(model: type[BaseModel]) -> list[dict[str, Any]]:
    schema = model.model_json_schema(ref_template=REF)
    definitions = schema.get("$defs", {})
    required = schema.get("required", [])
    return [
        _parameter(name, field, definitions) | ({"required": True} if name in required else OPTIONAL)
        for name, field in schema["properties"].items()
    ]


def _parameter(name: str, field: Schema, definitions: dict[str, Schema]) -> dict[str, Any]:
    shape = dict(field)
    if "$ref" in shape:
        shape = definitions[shape.pop("$ref").rsplit("/", 1)[-1]] | shape
    if "anyOf" in shape:  # a parameter is left out, never null
        shape = shape.pop("anyOf")[0] | shape
        del shape["default"]
    return {
        "name": name,
        "in": "query",
        "description": shape["description"],
        "schema": {key: value for key, value in shape.items() if key not in ("title", "description")},
    }
