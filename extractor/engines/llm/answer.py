"""What the model is asked to answer: the shape of its facts, close to the record's, each with its passages.

The schema that is sent asks for every field and no other. What comes back is read kindly: a field that may be empty
may be missing, and an entry that is no fact is set aside without the others.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import from_json

from extractor.schema import Area, Channel, Financing, Product, RevenueSource

_LONGEST_PART = 400  # characters of a subject, predicate, detail or item: a fact is a clause, not a page
_LONGEST_QUOTE = 1_500  # characters: a long sentence
_MOST_PARTS = 30  # members of a list
_OTHER = "other"
# The order that a model writes in: what the text says before what is made of it.
_ASKED_FOR = ("area", "kind", "importance", "passages", "subject", "predicate", "items", "details", "names")

KINDS: dict[Area, tuple[str, ...]] = {
    "revenue_sources": get_args(RevenueSource.model_fields["kind"].annotation),
    "products": get_args(Product.model_fields["category"].annotation),
    "channels": get_args(Channel.model_fields["kind"].annotation),
    "financing": get_args(Financing.model_fields["kind"].annotation),
}
"""The kinds that the record knows, by area; the other areas have none."""
_ALL_KINDS = tuple(dict.fromkeys(kind for kinds in KINDS.values() for kind in kinds))


def _shorter_than(limit: int) -> AfterValidator:
    def check(text: str) -> str:
        if len(text) > limit:
            raise ValueError(f"longer than {limit} characters")
        return " ".join(text.split())

    return AfterValidator(check)


def _few(values: list[Any]) -> list[Any]:
    if len(values) > _MOST_PARTS:
        raise ValueError(f"more than {_MOST_PARTS} entries")
    return values


def _listed(value: object) -> object:
    return [] if value is None else value


def _number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _known_kind(value: object) -> object:
    return value if value in _ALL_KINDS else _OTHER


def _fact_or_none(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    try:
        return handler(value)
    except ValidationError:
        return None


def _place(field: str) -> int:
    return _ASKED_FOR.index(field) if field in _ASKED_FOR else -1


def _lean(schema: dict[str, Any]) -> None:
    """All fields asked for and none besides, without the titles, which cost tokens and tell a model nothing."""
    schema.pop("description", None)
    schema["additionalProperties"] = False
    schema["properties"] = {name: schema["properties"][name] for name in sorted(schema["properties"], key=_place)}
    schema["required"] = list(schema["properties"])
    for field in schema["properties"].values():
        field.pop("title", None)
        field.pop("default", None)


def _lean_part(schema: dict[str, Any]) -> None:
    _lean(schema)
    schema.pop("title", None)


Part = Annotated[str, _shorter_than(_LONGEST_PART)]
Parts = Annotated[list[Part], BeforeValidator(_listed), AfterValidator(_few)]


class Passage(BaseModel):
    """A sentence by its number, and a run of its words."""

    model_config = ConfigDict(frozen=True, json_schema_extra=_lean_part)

    sentence: int
    quote: Annotated[str, _shorter_than(_LONGEST_QUOTE)]


class Worded(BaseModel):
    """A fact as the reader is told it, with what it rests on."""

    model_config = ConfigDict(frozen=True, json_schema_extra=_lean_part)

    subject: Part
    predicate: Part
    items: Parts = []
    details: Parts = []
    passages: Annotated[list[Passage], AfterValidator(_few)]


class AnsweredFact(Worded):
    """A fact of the first answer: besides its words its area, its kind, its weight and the names in it."""

    area: Area
    kind: Annotated[Literal[_ALL_KINDS], BeforeValidator(_known_kind)]  # type: ignore[valid-type]
    importance: Annotated[Literal[3, 2, 1], BeforeValidator(_number)]
    names: Parts = []


class MendedFact(Worded):
    """A fact worded anew: `fact` is the number that it was asked about by."""

    fact: int


class _Asked(BaseModel):
    """An answer's shape, whose schema is made once: each request asks for it, and it takes long."""

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return dict(from_json(_schema(cls))) if not args and not kwargs else super().model_json_schema(*args, **kwargs)


@cache
def _schema(model: type[BaseModel]) -> str:
    return json.dumps(BaseModel.model_json_schema.__func__(model))  # type: ignore[attr-defined]


class Answer(_Asked):
    """The facts of the business model."""

    model_config = ConfigDict(frozen=True, json_schema_extra=_lean)

    facts: list[Annotated[AnsweredFact | SkipJsonSchema[None], WrapValidator(_fact_or_none)]]


class Mended(_Asked):
    """The facts worded anew."""

    model_config = ConfigDict(frozen=True, json_schema_extra=_lean)

    facts: list[Annotated[MendedFact | SkipJsonSchema[None], WrapValidator(_fact_or_none)]]
