"""The OpenAPI document, assembled from the models that read requests and the shapes that answers have."""

from functools import cache
from importlib.metadata import version
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter

from indexer.reports import ExplanationObject
from indexer.wire import AnalysisObject, DocumentObject, SearchObject, StatusObject, SuggestObject
from web.errors import Problem
from web.params import AnalyzeParams, ExplainParams, SearchParams, SuggestParams

#: Dialect of the schemas, as OpenAPI 3.1 has it by default.
OPENAPI = "3.1.0"
REF = "#/components/schemas/{model}"
ANSWERS: dict[str, Any] = {
    "search": SearchObject,
    "suggest": SuggestObject,
    "document": DocumentObject,
    "analysis": AnalysisObject,
    "explanation": ExplanationObject,
    "status": StatusObject,
    "problem": Problem,
}
#: Shapes that have ``html`` only over HTTP, and there always.
MARKED = ("TitleObject", "SnippetObject")

ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "The document's id, percent-encoded; it may hold slashes, as they are or encoded.",
    "schema": {"type": "string", "minLength": 1},
}


@cache
def description() -> dict[str, Any]:
    """The API's description; the same object each time, not to be altered."""
    answers, schemas = _shapes()
    return {
        "openapi": OPENAPI,
        "info": {
            "title": "Serai",
            "version": version("serai"),
            "description": "Full-text search in many languages. Marks and offsets count Unicode code points.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/v1/search": _get(
                "search",
                "Search; one page of hits, best first.",
                answers["search"],
                _query(SearchParams),
                [400, 503],
            ),
            "/api/v1/suggest": _get(
                "suggest",
                "Completions of what has been typed so far; at most ten, each of which finds something.",
                answers["suggest"],
                _query(SuggestParams),
                [400, 503],
            ),
            "/api/v1/documents/{id}": _get(
                "document", "One stored document.", answers["document"], [ID], [404, 503]
            ),
            "/api/v1/analyze": _get(
                "analyze",
                "How a text is cut into runs and terms.",
                answers["analysis"],
                _query(AnalyzeParams),
                [400],
            ),
            "/api/v1/explain": _get(
                "explain",
                "Why a document has its rank for a query, or why it is not found.",
                answers["explanation"],
                _query(ExplainParams),
                [400, 404, 503],
            ),
            "/api/v1/status": _get("status", "What is indexed, by what, when.", answers["status"], [], [503]),
            "/api/v1/openapi.json": _get("openapi", "This description.", {"type": "object"}, [], []),
        },
        "components": {
            "schemas": schemas,
            "responses": {
                "Problem": _content("The request failed.", answers["problem"], "application/problem+json")
            },
        },
    }


def _shapes() -> tuple[dict[str, Any], dict[str, Any]]:
    mode: Literal["serialization"] = "serialization"
    inputs: list[tuple[str, Literal["serialization"], TypeAdapter[Any]]] = [
        (name, mode, TypeAdapter(shape)) for name, shape in ANSWERS.items()
    ]
    answers, definitions = TypeAdapter.json_schemas(inputs, ref_template=REF)
    schemas = definitions["$defs"]
    for name in MARKED:
        schemas[name]["required"].append("html")
    return {name: answers[name, mode] for name in ANSWERS}, schemas


def _get(
    operation: str,
    summary: str,
    answer: dict[str, Any],
    parameters: list[dict[str, Any]],
    failures: list[int],
) -> dict[str, Any]:
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": _content("The answer.", answer, "application/json")
                | {"headers": {"ETag": {"schema": {"type": "string"}}}},
                "304": {"description": "Unchanged since the ETag that the request named."},
            }
            | {str(status): {"$ref": "#/components/responses/Problem"} for status in failures},
        }
    }


def _content(meaning: str, schema: dict[str, Any], media_type: str) -> dict[str, Any]:
    return {"description": meaning, "content": {media_type: {"schema": schema}}}


def _query(model: type[BaseModel]) -> list[dict[str, Any]]:
    schema = model.model_json_schema(ref_template=REF)
    definitions = schema.get("$defs", {})
    return [_parameter(name, field, definitions) for name, field in schema["properties"].items()]


def _parameter(name: str, field: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
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
        "allowEmptyValue": True,
        "schema": {key: value for key, value in shape.items() if key not in ("title", "description")},
    }
