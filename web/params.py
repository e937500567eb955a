"""The query string -> what is asked; the only reader of ``request.args``.

The models below are also what the OpenAPI document says of each parameter.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date as Date
from types import MappingProxyType
from typing import Annotated, NamedTuple, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from werkzeug.datastructures import MultiDict

from indexer.document import well_formed
from indexer.errors import BadRequest
from indexer.request import (
    MAX_QUERY,
    MAX_REACH,
    MAX_SIZE,
    SHOWN,
    TAG,
    SearchRequest,
    Sort,
    requested_language,
)

MAX_ANALYZED = 10_000  #: code points

#: The parameter that chooses the language of the page; ``lang`` is that of documents.
INTERFACE = "ui"

#: Never part of a word, and no page or terminal shows them: U+0000 to U+001F but for white space, DEL.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _whole_number(value: str) -> int:
    if not WHOLE_NUMBER.fullmatch(value):
        raise ValueError(value)
    return int(value)


def _day(value: str) -> Date:
    if not DAY.fullmatch(value):
        raise ValueError(value)
    return Date.fromisoformat(value)


# pydantic alone would read "1.0" as 1, and "0" as a date: the first of January 1970.
WholeNumber = Annotated[int, BeforeValidator(_whole_number)]
Day = Annotated[Date, BeforeValidator(_day)]
#: Checked by `requested_language`, which says what is wrong.
Tag = Annotated[str, WithJsonSchema({"type": "string", "pattern": TAG})]


class SearchParams(BaseModel):
    """The parameters of a search; limits are those of ``SearchRequest``, which says them better."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    q: str = Field("", description="The query.", json_schema_extra={"maxLength": MAX_QUERY})
    lang: Tag | None = Field(
        None, description="Only documents in this language, a BCP 47 tag.", examples=["th"]
    )
    source: str | None = Field(
        None, description="Only documents whose path begins so.", examples=["archive/2024"]
    )
    tag: str | None = Field(None, description="Only documents with this tag.")
    since: Day | None = Field(None, alias="from", description="Only documents of this day or later.")
    until: Day | None = Field(None, alias="to", description="Only documents of this day or earlier.")
    sort: Sort = Field(Sort.RELEVANCE, description="The order of the hits.")
    page: WholeNumber = Field(
        1,
        description="The page of hits, from 1; page × size is at most 10,000.",
        json_schema_extra={"minimum": 1, "maximum": MAX_REACH},
    )
    size: WholeNumber = Field(
        10, description="Hits on a page.", json_schema_extra={"minimum": 1, "maximum": MAX_SIZE}
    )


class DocumentParams(BaseModel):
    """The parameters of a document's page."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    q: str = Field("", description="The query whose matches are marked.")
    part: WholeNumber | None = Field(
        None, description="The part of a very long document, from 1; else the first with a match."
    )


class SuggestParams(BaseModel):
    """The parameters of a suggestion."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    q: str = Field("", description="What has been typed so far.", json_schema_extra={"maxLength": MAX_QUERY})


class AnalyzeParams(BaseModel):
    """The parameters of an analysis."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str = Field("", description="The text to cut.", json_schema_extra={"maxLength": MAX_ANALYZED})
    lang: Tag | None = Field(
        None, description="Its language, a BCP 47 tag; detected when left out.", examples=["th"]
    )


class ExplainParams(BaseModel):
    """The parameters of an explanation."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    q: str = Field("", description="The query.", json_schema_extra={"maxLength": MAX_QUERY})
    id: str = Field(description="The id of the document.", json_schema_extra={"minLength": 1})
    lang: Tag | None = Field(
        None, description="As in a search: only documents in this language, a BCP 47 tag.", examples=["th"]
    )


class Expected(NamedTuple):
    """What a parameter must be, what to do when it is not, and by which key and values the page says so."""

    what: str
    hint: str
    key: str = ""
    values: Mapping[str, str | int] = MappingProxyType({})


_A_DAY = Expected(
    "must be a day as ISO 8601 writes it, such as 2024-06-20",
    "Leave it out for no limit.",
    "day",
    {"example": "2024-06-20"},
)
_ORDERS = ", ".join(Sort)

#: For values that do not parse or are not there.
EXPECTED = {
    "id": Expected("must be the id of a document", "Name the document that is to be explained."),
    "page": Expected("must be a whole number from 1", "Leave it out for the first page.", "page-number"),
    "part": Expected(
        "must be a whole number from 1",
        "Leave it out for the first part in which the query stands.",
        "part-number",
    ),
    "size": Expected(
        f"must be a whole number from 1 to {MAX_SIZE}",
        "Leave it out for 10 hits.",
        "page-size",
        {"most": MAX_SIZE},
    ),
    "from": _A_DAY,
    "to": _A_DAY,
    "sort": Expected(
        f"must be one of {_ORDERS}", "Leave it out for the best first.", "order", {"choices": _ORDERS}
    ),
}

Params = TypeVar("Params", bound=BaseModel)


def search_request(args: MultiDict[str, str]) -> SearchRequest:
    """The search that the query string asks for.

    Raises:
        BadRequest: a parameter does not parse or passes a limit.
    """
    params = _read(SearchParams, args)
    return SearchRequest(
        query=params.q,
        language=params.lang,
        source=params.source,
        tag=params.tag,
        since=params.since,
        until=params.until,
        sort=params.sort,
        page=params.page,
        size=params.size,
    )


def marked_query(args: MultiDict[str, str]) -> tuple[str, int | None]:
    """The query whose matches are to be marked in a document, empty for none; and in which part of it.

    Raises:
        BadRequest: it is too long, or the part is no number.
    """
    params = _read(DocumentParams, args)
    return SearchRequest(params.q).query, params.part


def suggested_query(args: MultiDict[str, str]) -> str:
    """What has been typed so far.

    Raises:
        BadRequest: it is too long.
    """
    return SearchRequest(_read(SuggestParams, args).q).query


def analysis_request(args: MultiDict[str, str]) -> tuple[str, str | None]:
    """The text to analyze, and its language when that is told.

    Raises:
        BadRequest: the text is too long, or the language tag is not well formed.
    """
    params = _read(AnalyzeParams, args)
    text = well_formed(params.text)
    if len(text) > MAX_ANALYZED:
        raise BadRequest(
            f"text has {len(text):,} characters, and {MAX_ANALYZED:,} are allowed",
            hint="Use the command for longer ones: serai analyze",
        )
    return text, requested_language(params.lang) if params.lang else None


def explanation_request(args: MultiDict[str, str]) -> tuple[SearchRequest, str]:
    """The search and the id of the document that are to be explained.

    Raises:
        BadRequest: no id is given, the query is too long, or the language tag is not well formed.
    """
    params = _read(ExplainParams, args)
    return SearchRequest(params.q, language=params.lang), params.id


def typed_query(args: MultiDict[str, str]) -> str:
    """What stands in the search box, whatever else is wrong with the address."""
    return well_formed(CONTROL.sub(" ", args.get("q", "")))


def chosen_interface(args: MultiDict[str, str]) -> str | None:
    """The language of the page that the address asks for, whether there is such a one or not."""
    return args.get(INTERFACE)


def _read(model: type[Params], args: MultiDict[str, str]) -> Params:
    try:
        return model.model_validate(_values(args, names(model)))
    except ValidationError as error:
        mistake = error.errors(include_url=False, include_context=False)[0]
        if mistake["type"] == "missing":
            name = str(mistake["loc"][0])
            raise BadRequest(f"{name} is not given", hint=EXPECTED[name].hint) from None
        raise _bad_request(str(mistake["loc"][0]), str(mistake["input"])) from None


def names(model: type[BaseModel]) -> list[str]:
    """The parameters of a model, as the query string spells them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _values(args: MultiDict[str, str], wanted: Iterable[str]) -> Mapping[str, str]:
    """One value a parameter; an empty one, as a form sends it, counts as left out."""
    values: dict[str, str] = {}
    for name in wanted:
        given = args.getlist(name) or [""]
        if len(set(given)) > 1:
            raise BadRequest(
                f"{name} is given more than once, with different values",
                hint="Give it once.",
                key="repeated",
                name=name,
            )
        if given[0]:
            values[name] = CONTROL.sub(" ", given[0])
    return values


def _bad_request(name: str, value: str) -> BadRequest:
    what, hint, key, values = EXPECTED[name]
    shown = value if len(value) <= SHOWN else value[:SHOWN] + "…"
    return BadRequest(f"{name} {what}, not {shown!r}", hint, key, name=name, value=shown, **values)
