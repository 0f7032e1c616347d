"""Facts to one paragraph within the budget: what is told, in what order, and which facts are left out."""

from __future__ import annotations

from pathlib import Path

from extractor.context import Reader
from extractor.document import Document
from extractor.identity import identify
from extractor.narration.grouping import Group, grouped
from extractor.narration.packing import Telling, packed
from extractor.narration.rendering import Renderer
from extractor.record import located_facts
from extractor.schema import Evidence, Facts, Narrative, NarrativeSentence
from extractor.tokens import DEFAULT_ENCODING, DEFAULT_MAX_TOKENS, count_tokens

__all__ = ["narrate"]


def narrate(
    facts: Facts,
    document: Document,
    *,
    max_tokens: int = DEFAULT_MAX_TOKENS,
    encoding: str = DEFAULT_ENCODING,
    templates: Path | None = None,
    ordered: bool = False,
) -> Narrative:
    """The narrative of `facts`: complete sentences, at most `max_tokens` tokens, each judged against its facts' quotes.

    An area's facts are told in the order of the filing, or where they are `ordered` in their own.

    Raises UsageError where a template of `templates` cannot be used.
    """
    writer = _Writer(facts, document, encoding, templates, ordered)
    tellings = packed(facts, max_tokens, writer.cost, writer.length)
    sentences = writer.sentences(tellings)
    text = " ".join(s for s, _ in sentences)
    told = {id_ for _, ids in sentences for id_ in ids}
    return Narrative(
        text=text,
        tokens=count_tokens(text, encoding),
        max_tokens=max_tokens,
        encoding=encoding,
        sentences=_placed(sentences),
        omitted=[id_ for id_ in writer.ids if id_ not in told],
    )


def _placed(sentences: list[tuple[str, list[str]]]) -> list[NarrativeSentence]:
    placed, start = [], 0
    for text, ids in sentences:
        placed.append(NarrativeSentence(text=text, start=start, end=start + len(text), facts=ids))
        start += len(text) + 1
    return placed


def _has_its_first(group: Group, previous: list[Group]) -> bool:
    """False for "No other customer ..." where the paragraph has told of no customer yet."""
    if not group.subject.startswith("no other "):
        return True
    return bool(previous) and previous[-1].tellings[0].area == group.tellings[0].area


class _Writer:
    """Writes what was chosen, sentence by sentence, and leaves out what grounding refuses."""

    def __init__(self, facts: Facts, document: Document, encoding: str, templates: Path | None, ordered: bool) -> None:
        self.ids = [fact.id for _, fact in located_facts(facts)]
        self._encoding = encoding
        self._place = {id_: place for place, id_ in enumerate(self.ids)} if ordered else {}
        self._renderer = Renderer(identify(document), templates)
        self._reader = Reader.of(document)
        self._verdicts: dict[str, bool] = {}
        self._costs: dict[str, int] = {}

    def cost(self, text: str) -> int:
        """Tokens of a stretch of the paragraph, remembered."""
        if text not in self._costs:
            self._costs[text] = count_tokens(" " + text, self._encoding)
        return self._costs[text]

    def length(self, tellings: list[Telling]) -> int:
        """Tokens of the whole paragraph that `tellings` make."""
        return count_tokens(" ".join(s for s, _ in self.sentences(tellings)), self._encoding)

    def sentences(self, tellings: list[Telling]) -> list[tuple[str, list[str]]]:
        """The paragraph's sentences with the ids of their facts; a merged one that is refused is told in parts."""
        found: list[tuple[str, list[str]]] = []
        previous: list[Group] = []
        for group in grouped(tellings, self._place):
            if not _has_its_first(group, previous):
                continue
            said = " ".join(text for text, _ in found)
            for part, text in self._accepted(group, previous, said):
                found.append((text, [t.fact.id for t in part.tellings]))
                previous.append(part)
        return found

    def _accepted(self, group: Group, previous: list[Group], said: str) -> list[tuple[Group, str]]:
        """The group as a sentence; where that is refused, as many of its tellings as are not, and the rest likewise."""
        whole = self._renderer.sentence(group, previous, said)
        if self._supported(whole, group):
            return [(group, whole)]
        told: list[tuple[Group, str]] = []
        rest = list(group.tellings) if len(group.tellings) > 1 else []
        while rest:
            before, already = [*previous, *(part for part, _ in told)], " ".join([said, *(text for _, text in told)])
            kept: tuple[Group, str] | None = None
            taken: list[Telling] = []
            for telling in rest:
                part = Group((*taken, telling), group.kind if taken else "plain")
                text = self._renderer.sentence(part, before, already)
                if self._supported(text, part):
                    taken, kept = [*taken, telling], (part, text)
            told += [kept] if kept else []
            rest = [t for t in rest if t not in taken] if kept else []
        return told

    def _supported(self, sentence: str, group: Group) -> bool:
        if sentence not in self._verdicts:
            evidence: list[Evidence] = list(dict.fromkeys(e for t in group.tellings for e in t.fact.evidence))
            self._verdicts[sentence] = bool(sentence) and not self._reader.judge(sentence, evidence)
        return self._verdicts[sentence]
