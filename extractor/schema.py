"""The record's contract: Pydantic models of facts, evidence and the brief. Nothing else, and nothing of ours imported.

Every model is strict (no coercion) and closed (no unknown fields). Offsets count code points of the document's text;
`start` is inclusive, `end` exclusive. Amounts are in whole units of the currency ("$69.8 million" is 69800000), shares
in percentage points ("83%" is 83).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = "1"

Number = int | float
Importance = Literal[3, 2, 1]
Area = Literal["company", "revenue_sources", "customer_concentration", "customers", "products", "channels", "financing"]
Bound = Literal["exactly", "about", "over", "at_least", "under", "at_most"]
ReasonCode = Literal[
    "quote_not_found",
    "figure_not_in_quote",
    "unit",
    "period",
    "attribution",
    "name_not_in_quote",
    "scope",
    "polarity",
    "unsupported_content",
]


class Model(BaseModel):
    """Strict, closed and immutable: what every model of the record is."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Evidence(Model):
    """A verbatim passage: `document.text[start:end] == quote`."""

    quote: Annotated[str, Field(min_length=1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _length_is_the_quotes(self) -> Evidence:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"span {self.start}:{self.end} has not the length of its quote ({len(self.quote)})")
        return self


class Period(Model):
    """When a figure holds: "fiscal 2013", "the year ended December 31, 2022", "the third quarter of 2022".

    `year` is the year named, `month` and `day` those of a date or a period's last day where the text names them.
    """

    kind: Literal["year", "fiscal_year", "quarter", "date", "span"]
    text: str
    year: int
    quarter: Annotated[int, Field(ge=1, le=4)] | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None


class _Figure(Model):
    text: str  # as reported: "approximately $69.8 million" gives "$69.8 million"
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    bound: Bound = "exactly"
    period: Period | None = None
    of: str | None = None  # what the figure measures or is a share of: "revenue", "net sales"
    whose: str | None = None  # the segment, product, customer or party that it is given to


class Money(_Figure):
    """An amount of money: "$69.8 million" is 69800000 of USD."""

    kind: Literal["money"] = "money"
    amount: Number
    currency: str  # ISO 4217


class Percent(_Figure):
    """A share or rate in percentage points: "83%", "83 percent", "one-third" (33.33), "a majority" (over 50)."""

    kind: Literal["percent"] = "percent"
    value: Number


class Count(_Figure):
    """A number of things: "1,990 Wal-Mart stores" is 1990 of "Wal-Mart stores"; "three-year" is 3 of "year"."""

    kind: Literal["count"] = "count"
    value: Number
    unit: str | None = None


Figure = Annotated[Money | Percent | Count, Field(discriminator="kind")]


class _Fact(Model):
    """What all facts share: typed for the reviewer, worded for the reader.

    `subject` and `predicate` make a sentence; `details` may follow in order and be dropped from the end; `items` is a
    list that ends the predicate and may be shortened. `opening` stands before the subject where it limits the whole
    ("within the industrial market", "in 2022"). `statement` is all of it, rendered.
    """

    id: str
    importance: Importance
    opening: str | None = None
    subject: str
    predicate: str
    details: list[str] = []
    items: list[str] = []
    statement: str
    evidence: Annotated[list[Evidence], Field(min_length=1)]
    figures: list[Figure] = []


class Company(_Fact):
    """Who files, and what it is: the name as the filing gives it and the aliases that the filing defines for it."""

    name: str
    aliases: list[str] = []
    headquarters: str | None = None
    incorporated_in: str | None = None
    founded: int | None = None


class RevenueSource(_Fact):
    """What brings in money: the total, a segment's or product's share, a fee, a way of charging."""

    kind: Literal["total", "part", "source", "change", "pricing", "backlog", "other"]
    source: str | None = None
    share: Percent | None = None
    amount: Money | None = None
    period: Period | None = None


class CustomerConcentration(_Fact):
    """Dependence on few customers: a named one or a number of them, with their share or amount of revenue."""

    customer: str | None = None
    customer_count: int | None = None
    share: Percent | None = None
    share_of: str | None = None
    amount: Money | None = None
    period: Period | None = None


class CustomerBase(_Fact):
    """Who the customers are or are meant to be: groups, industries, places; customers that the text names."""

    groups: list[str] = []
    named: list[str] = []
    count: Count | None = None


class Product(_Fact):
    """A product, service, brand or line of them."""

    names: list[str] = []
    category: Literal["product", "service", "brand", "loan", "deposit", "manufacturing", "other"] = "product"


class Channel(_Fact):
    """How products reach customers."""

    kind: Literal[
        "direct", "distributor", "reseller", "retailer", "store", "carrier", "online", "branch", "agent", "oem",
        "franchise", "partner", "logistics", "other",
    ]  # fmt: skip
    partners: list[str] = []
    regions: list[str] = []
    share: Percent | None = None


class Financing(_Fact):
    """How the business is paid for, and its result where the text gives it."""

    kind: Literal[
        "credit_facility", "notes", "equity", "deposits", "borrowings", "cash", "net_loss", "net_income", "royalty",
        "dividend", "customer_financed", "assets", "capital", "capital_expenditure", "acquisition", "repurchase",
        "lease", "grant", "other",
    ]  # fmt: skip
    counterparty: str | None = None
    amount: Money | None = None
    period: Period | None = None


Fact = Company | RevenueSource | CustomerConcentration | CustomerBase | Product | Channel | Financing


class Facts(Model):
    """All facts of a brief, by area."""

    company: Company | None = None
    revenue_sources: list[RevenueSource] = []
    customer_concentration: list[CustomerConcentration] = []
    customers: list[CustomerBase] = []
    products: list[Product] = []
    channels: list[Channel] = []
    financing: list[Financing] = []


class Reason(Model):
    """Why a statement does not follow from its quotes: a stable code and one plain line."""

    code: ReasonCode
    detail: str


class Rejected(Model):
    """A fact that failed grounding, kept with its reasons."""

    area: Area
    statement: str
    evidence: list[Evidence]
    reasons: Annotated[list[Reason], Field(min_length=1)]


class Unclaimed(Model):
    """A figure on the focus areas that no fact cites: the sentence it stands in is `quote`."""

    area: Area
    kind: Literal["money", "percent", "count"]
    figure: str
    quote: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]


class NarrativeSentence(Model):
    """A sentence of the narrative: `narrative.text[start:end] == text`, resting on the facts named."""

    text: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    facts: Annotated[list[str], Field(min_length=1)]


class Narrative(Model):
    """The paragraph, its length in tokens of `encoding`, and the ids of the facts left out of it."""

    text: str
    tokens: Annotated[int, Field(ge=0)]
    max_tokens: Annotated[int, Field(ge=1)]
    encoding: str
    sentences: list[NarrativeSentence]
    omitted: list[str]


class DocumentInfo(Model):
    """The document that the spans index: `sha256` is of its text in UTF-8, `length` in code points.

    `part` is what of the file it is ("item 1", "items 1 and 2", "whole"), `pick` which of the filings in it, from 1.
    The rest is what the filing says of itself: `period` is the end of its fiscal year, in ISO form.
    """

    name: str
    sha256: str
    length: Annotated[int, Field(ge=0)]
    encoding: str
    part: str = "whole"
    pick: Annotated[int, Field(ge=1)] | None = None
    note: str | None = None
    company: str | None = None
    cik: str | None = None
    form: str | None = None
    period: str | None = None
    accession: str | None = None


class OfflineEngine(Model):
    """The rules that filled the record: the same text gives the same facts."""

    name: Literal["offline"] = "offline"
    version: str


class ModelEngine(Model):
    """The language model that filled the record, and what it took.

    Tokens are as the server counted them, those of answers that were of no use included. Answers from the cache cost
    no request. `partial` says what is missing where the exchange broke off and `--partial` kept what was there.
    """

    name: Literal["llm"] = "llm"
    version: str
    model: str  # as asked for
    served: str | None = None  # as the server names what answered
    mode: str | None = None  # how the answer's shape was asked for: "json_schema", "tools" or "text"
    requests: Annotated[int, Field(ge=0)] = 0
    cached_answers: Annotated[int, Field(ge=0)] = 0
    prompt_tokens: Annotated[int, Field(ge=0)] = 0
    cached_tokens: Annotated[int, Field(ge=0)] = 0  # those of the prompt that the server had cached
    completion_tokens: Annotated[int, Field(ge=0)] = 0
    retries: Annotated[int, Field(ge=0)] = 0
    repairs: Annotated[int, Field(ge=0)] = 0
    malformed: Annotated[int, Field(ge=0)] = 0  # entries of answers that were no facts at all, or beyond the limit
    partial: str | None = None


EngineInfo = Annotated[OfflineEngine | ModelEngine, Field(discriminator="name")]


class Brief(Model):
    """The whole record."""

    schema_version: Literal["1"] = "1"
    document: DocumentInfo
    engine: EngineInfo
    facts: Facts
    rejected: list[Rejected] = []
    unclaimed: list[Unclaimed] = []
    narrative: Narrative
