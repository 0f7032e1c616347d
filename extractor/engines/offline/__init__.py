"""The offline engine: facts from the filing's own words, by rule, the same every time; no model and no network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.document import Document, Sentence, Span
from extractor.engines.offline.areas import TYPED
from extractor.engines.offline.clauses import words_of
from extractor.engines.offline.company import company_of, describes_company, says_seat
from extractor.engines.offline.cues import shows_cue
from extractor.engines.offline.draft import Draft, figures_told
from extractor.engines.offline.features import NAMED_IS
from extractor.engines.offline.lists import enumerated
from extractor.engines.offline.owners import owned
from extractor.engines.offline.phrases import AIM, IDLE_HEADING, OUTLOOK, PLAN, PURCHASE, RISK_HEADING
from extractor.engines.offline.pointing import (
    headed,
    named_again,
    of_part,
    of_same_years,
    of_this_market,
    resolved,
)
from extractor.engines.offline.ranking import Ranked, area_of, clause_worth, ranked
from extractor.engines.offline.repeats import merged
from extractor.engines.offline.tables import drafts_of_tables
from extractor.identity import Identity, identify
from extractor.schema import Area, Evidence, Fact, Importance
from extractor.wording import Wording

__all__ = ["extract"]

MOST_FACTS = 60
_SURE_SCORE = 0.256  # in the ranker's units: below it fewer than one fact in four is one of the gold's
_ENOUGH_FACTS = 12  # a short filing keeps what it has
_CANDIDATES = 2 * MOST_FACTS  # sentences that are worded, the best by rank: not each can be, and some repeat others
_WITHIN_3, _WITHIN_2 = (
    12,
    25,
)  # ranks up to which a fact's importance is 3 and 2: what a paragraph of 512 tokens can hold
_OWN = re.compile(
    r"\b(?:the company|bank|partnership|trust|sales|revenues?|income|products?|services?|customers?|clients?|"
    r"members|stores?|clubs|brands?|segments?|"
    r"divisions?|deposits|loans?|backlog|subscribers|patients|backlog|percent|advertising|distribution|"
    r"merchandise|notes|facility|agreement|"
    r"loss(?:es)?|earnings|borrowings|indebtedness|expenditures?|expenses?|assets|equity|costs?|proceeds|"
    r"dividends?|collections|portfolio)\b|\d",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[$€£]\s?\d")
_RIVALS = re.compile(r"\bcompetit", re.IGNORECASE)
_OWN_UNIT = 3  # times that a filing names a unit of its own, at least
_SHARE_OF_OURS = re.compile(r"\b(?:accounted for|represented|contributed)\b|\bthe company\b")
_IS_A = re.compile(r"^(?:is|are) (?:an?|the|our|its)\b")
_PRODUCT_HEADING = re.compile(
    r"\b(?:products?|solutions?|brands?|devices?|services?|platforms?|portfolio|offerings?|segments?|programs?|"
    r"candidates?|pipeline|stores|phones)\b",
    re.IGNORECASE,
)
_NAMED_OFTEN = 2
_PRODUCT_GAIN = 0.9  # in the ranker's units: what a product family is called, a reader asks first
_SENTENCE_PART = 0.6  # of its sentence's worth that a clause has besides its own: together they err less than either
# In the ranker's units, what a clause loses that tells an aim, an outlook or an event, not how the business runs now.
# Both chosen by the narratives of held-out filings: from 0.485 to 0.506 of the gold's importance.
_ASIDES = ((AIM, 0.3), (OUTLOOK, 0.3), (PLAN, 0.2), (PURCHASE, 0.2))
# Share of sentences that show a cue: 0.3 and more in filings, at most 0.25 in licences, manuals and verse.
_LEAST_BUSINESS = 0.25
_OWN_FIGURE = re.compile(r"(?s)^(?=.*\b(?:[Ww]e|[Oo]ur|[Tt]he Company)\b).*(?:[$€£]\s?\d|\d\s?%)")
_MAYBE = re.compile(r"\b(?:may|might|could|would|should)\b")
_SAMPLE = 80  # sentences, evenly spread, that tell what a text speaks of
_LOWER_WORD = re.compile(r"(?<=[a-z,] )[a-z]+")


def extract(document: Document) -> list[Fact]:
    """The facts of a filing, typed and worded but not yet judged, the company first and then the most important.

    [] where the text does not speak of a business.
    """
    if not _speaks_of_business(document):
        return []
    identity = identify(document)
    found = list(drafts_of(document, identity, _candidates(ranked(document, identity.short))))
    rows = drafts_of_tables(document, identity.short)  # which have no sentence of their own: their worth is both parts
    tabled = [replace(draft, score=draft.score * (1 + _SENTENCE_PART)) for draft in rows]
    drafts = sorted([*merged(sorted(found, key=lambda draft: -draft.score)), *tabled], key=lambda draft: -draft.score)
    company = company_of(document, identity, found)
    facts: list[Fact] = [company] if company is not None else []
    told = {e.start for e in company.evidence[:1]} if company else set()
    worthy: set[Area] = set()  # areas with a fact that is surely one; drafts come best first
    for draft in drafts:
        if company and ((draft.evidence[0].start in told and describes_company(draft)) or says_seat(draft)):
            continue
        if len(facts) == MOST_FACTS:
            break
        if draft.score >= _SURE_SCORE or len(facts) < _ENOUGH_FACTS:
            worthy.add(draft.area)
        if draft.area in worthy:
            facts.append(TYPED[draft.area](replace(draft, importance=_importance(len(facts), draft.score))))
    return facts


def _speaks_of_business(document: Document) -> bool:
    sample = document.sentences[:: len(document.sentences) // _SAMPLE + 1]
    return sum(shows_cue(sentence.text) for sentence in sample) > _LEAST_BUSINESS * len(sample)


def _importance(rank: int, score: float) -> Importance:
    if score < _SURE_SCORE:
        return 1
    return 3 if rank < _WITHIN_3 else 2 if rank < _WITHIN_2 else 1


def _candidates(sentences: Sequence[Ranked]) -> list[Ranked]:
    return [r for rank, r in enumerate(sentences) if rank < _CANDIDATES or NAMED_IS in r.context]


def drafts_of(document: Document, identity: Identity, sentences: Iterable[Ranked]) -> Iterator[Draft]:
    """The wordings of sentences, in their order, each with its passage and figures."""
    lower_words = frozenset(_LOWER_WORD.findall(document.text))
    for best in sentences:
        sentence = best.sentence
        if _idle(document, sentence):
            continue
        text, cited = _read_on(document, sentence)
        headings = document.sections[sentence.section].path if sentence.section is not None else ()
        for worded in words_of(text, identity, lower_words):
            wording = owned(worded, headings, document.text)
            if not _of_others(document, wording, sentence):
                yield _draft(document, wording, cited, best)


def _read_on(document: Document, sentence: Sentence) -> tuple[str, tuple[Span, ...]]:
    """The sentence's text, with what a pronoun or a colon in it points to, and the spans that say so."""
    own = Span(sentence.start, sentence.end)
    listed = enumerated(document, sentence)
    if listed is not None:
        return listed
    before = document.sentences[sentence.index - 1] if sentence.index else None
    if before and before.lead_in is not None and sentence.lead_in is None:
        before = document.sentences[before.lead_in]  # behind a list, what introduces it
    opens = before is None or before.section != sentence.section
    above = document.sections[sentence.section].path[-1] if opens and sentence.section is not None else sentence.label
    named = headed(sentence.text, above or "")
    if named:
        return named, (own,)
    part = of_part(sentence.text, sentence.label, document.text) if sentence.label else None
    if part and sentence.label:
        start = document.text.rfind(sentence.label, 0, sentence.start)
        return part, (Span(start, sentence.end),)
    readings = (resolved, of_same_years, of_this_market, named_again) if before else ()
    pointing = next(filter(None, (read(sentence.text, before.text) for read in readings if before)), None)
    return (pointing, (Span(before.start, before.end), own)) if before and pointing else (sentence.text, (own,))


def _draft(document: Document, wording: Wording, cited: tuple[Span, ...], best: Ranked) -> Draft:
    statement = wording.clause()
    evidence = tuple(Evidence(quote=document.text[s.start : s.end], start=s.start, end=s.end) for s in cited)
    named = _is_named_product(document, wording, best.sentence)
    area: Area = "products" if named else area_of(statement, best.context)
    figures = figures_told(evidence, statement)
    score = clause_worth(wording, area, best.context) + _SENTENCE_PART * best.score + _PRODUCT_GAIN * named
    score -= sum(loss for aside, loss in _ASIDES if aside.search(statement))
    return Draft(wording, evidence, figures, score, 1, area, best.context)


def _of_others(document: Document, wording: Wording, sentence: Sentence) -> bool:
    """True for amounts of a named party that the filing hardly speaks of, or speaks of as a rival."""
    name = wording.subject.removeprefix("the ")
    if _OWN.search(wording.subject) or not name[:1].isupper() or not _AMOUNT.search(wording.predicate):
        return False
    headings = document.sections[sentence.section].path if sentence.section is not None else ()
    rival = any(_RIVALS.search(heading) for heading in headings)
    return rival or (
        document.text.count(name.partition(",")[0]) < _OWN_UNIT and not _SHARE_OF_OURS.search(wording.predicate)
    )


def _is_named_product(document: Document, wording: Wording, sentence: Sentence) -> bool:
    """True for "The XP10 is a smartphone" under a heading of products, where the filing speaks of the XP10 again."""
    name = wording.subject.removeprefix("The ").removeprefix("the ")
    if sentence.section is None or not name[:1].isupper() or not _IS_A.match(wording.predicate):
        return False
    headings = " ".join(document.sections[sentence.section].path)
    return bool(_PRODUCT_HEADING.search(headings)) and document.text.count(name) >= _NAMED_OFTEN


def _idle(document: Document, sentence: Sentence) -> bool:
    """True for rows of tables, which `tables` tells, and for what stands under a heading that promises nothing.

    Among risks, what has been is told with figures: "We lost $10.6 million in 2001".
    """
    if document.blocks[sentence.block].kind == "table":
        return True
    if sentence.section is None:
        return False
    heading = document.sections[sentence.section].path[-1]
    if RISK_HEADING.search(heading):
        return not _OWN_FIGURE.search(sentence.text) or bool(_MAYBE.search(sentence.text))
    return bool(IDLE_HEADING.search(heading))
