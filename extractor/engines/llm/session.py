"""One filing's exchange with a model: the first answers, the repair of what is refused, a second look."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from typing import TypeVar

from pydantic import BaseModel

from extractor import __version__
from extractor.document import Document
from extractor.engines import Extraction, Judge
from extractor.engines.llm.answer import Answer, AnsweredFact, Mended, MendedFact
from extractor.engines.llm.candidates import Candidate, candidate
from extractor.engines.llm.exchange import Exchange, Messages, UnusableError, tokens_of
from extractor.engines.llm.looking import sentences_missed, silent_areas
from extractor.engines.llm.merging import is_repeat
from extractor.engines.llm.prompts import Prompts, text_of
from extractor.engines.llm.selecting import lines_of, parts_of, shown_sentences
from extractor.engines.llm.settings import Settings
from extractor.engines.llm.usage import SpendingError
from extractor.errors import ModelError, RunStoppedError
from extractor.schema import Fact, ModelEngine, Rejected

log = logging.getLogger(__name__)

T = TypeVar("T", bound=BaseModel)

_MOST_FACTS = 120  # entries of one answer that are looked at: three times what a paragraph can hold
_ANSWER_ROOM = 16_000  # tokens of the model's window that are left to its answer
_LEAST_ROOM = 1_000  # tokens of the filing that a part has, however small the window
_REPAIR_SHARE = 0.14  # of the first request's tokens that a repair may take
_AT_ONCE = 4  # parts of one filing that are asked about at the same time


class Session:
    """What is kept and refused of one filing, step by step."""

    def __init__(
        self, document: Document, judge: Judge, settings: Settings, prompts: Prompts, exchange: Exchange
    ) -> None:
        self._document = document
        self._judge = judge
        self._settings = settings
        self._prompts = prompts
        self._exchange = exchange
        self._found: list[Candidate] = []
        self._kept: list[Fact] = []
        self._first_tokens = 0

    async def extraction(self) -> Extraction:
        """The facts kept and refused. ModelError where the exchange broke off, unless settings keep what is there."""
        partial = None
        try:
            await self._first_look()
            await self._repairs()
            if self._settings.passes > 1:
                await self._second_look()
        except RunStoppedError:
            raise
        except ModelError as error:
            if not (self._settings.partial and self._kept):
                raise self._told(error) from None
            partial = str(error)
        return Extraction(self._kept, self._rejected(), self._info(partial), ordered=True)

    async def _first_look(self) -> None:
        lines = list(lines_of(self._document, shown_sentences(self._document, full_text=self._settings.full_text)))
        constant = tokens_of(self._prompts.filing("", 1, 2), Answer)
        room = max(self._settings.context_tokens - constant - _ANSWER_ROOM, _LEAST_ROOM)
        texts = parts_of(lines, room)
        asked = [self._prompts.filing(text, part, len(texts)) for part, text in enumerate(texts, start=1)]
        self._first_tokens = sum(tokens_of(messages, Answer) for messages in asked)
        log.info("%s: %d sentences in %d requests", self._document.name, len(lines), len(asked))
        gate = asyncio.Semaphore(_AT_ONCE)

        async def ask(part: int) -> Answer:
            async with gate:
                return await self._exchange.ask(asked[part], Answer)

        answers = await asyncio.gather(*(ask(part) for part in range(len(asked))), return_exceptions=True)
        self._take_all(answers)

    def _take_all(self, answers: Iterable[Answer | BaseException]) -> None:
        """Takes every answer that came, and what is whole of those cut, before it tells of the first that did not."""
        failure: BaseException | None = None
        for answer in answers:
            if isinstance(answer, Answer):
                self._take(answer.facts)
                continue
            failure = failure or answer
            if isinstance(answer, UnusableError) and isinstance(answer.salvaged, Answer):
                self._take(answer.salvaged.facts)
        if failure is not None:
            raise failure

    def _take(self, entries: Sequence[AnsweredFact | None]) -> None:
        good = [entry for entry in entries if entry is not None][:_MOST_FACTS]
        if len(good) < len(entries):
            log.info("%d of %d entries are no facts, or beyond the limit", len(entries) - len(good), len(entries))
        self._exchange.usage.malformed += len(entries) - len(good)
        for entry in {entry.model_dump_json(): entry for entry in good}.values():  # each once, in their order
            self._keep(candidate(self._document, self._judge, entry))

    def _keep(self, found: Candidate) -> None:
        if found.fact is None or found.reasons:
            self._found.append(found)
        elif not is_repeat(found.fact, self._kept):
            self._found.append(found)
            self._kept.append(found.fact)

    async def _repairs(self) -> None:
        """Asks for the refused ones anew, as often as settings say, and puts what holds in their places."""
        for _ in range(self._settings.repairs):
            refused = self._repairable()
            if not refused:
                return
            log.info("repair: %d of %d refused facts are asked for anew", len(refused), len(self._refused()))
            answer = await self._asked_besides(self._prompts.repair(self._document, refused), Mended)
            if answer is None:
                return
            self._exchange.usage.repairs += 1
            self._mend(refused, answer.facts)

    def _refused(self) -> list[Candidate]:
        return [entry for entry in self._found if entry.reasons]

    def _repairable(self) -> list[Candidate]:
        """The refused ones, the most important first, as many as a repair has room for."""
        ranked = sorted(
            self._refused(), key=lambda entry: (entry.answered.area != "company", -entry.answered.importance)
        )
        most = int(self._first_tokens * _REPAIR_SHARE)
        low, high = 0, len(ranked)
        while low < high:  # tokens grow with the number of facts
            middle = (low + high + 1) // 2
            fits = tokens_of(self._prompts.repair(self._document, ranked[:middle]), Mended) <= most
            low, high = (middle, high) if fits else (low, middle - 1)
        return ranked[:low]

    def _mend(self, refused: Sequence[Candidate], mended: Iterable[MendedFact | None]) -> None:
        for entry in mended:
            if entry is None or not 1 <= entry.fact <= len(refused):
                self._exchange.usage.malformed += 1
                continue
            old = refused[entry.fact - 1]
            if old not in self._found:  # mended already: one answer to each
                continue
            worded = {
                field: getattr(entry, field) for field in ("subject", "predicate", "items", "details", "passages")
            }
            new = candidate(self._document, self._judge, old.answered.model_copy(update=worded))
            place = self._found.index(old)
            if new.fact is None or new.reasons:
                self._found[place] = new
            elif is_repeat(new.fact, self._kept):
                del self._found[place]
            else:
                self._found[place] = new
                self._kept = [found.fact for found in self._found if found.fact is not None and not found.reasons]

    async def _second_look(self) -> None:
        missed = sentences_missed(self._document, self._kept)
        if not missed:
            return
        areas = [area.replace("_", " ") for area in silent_areas(self._kept)]
        told = [fact.statement for fact in self._kept]
        messages = self._prompts.look(text_of(self._document, missed), told, areas)
        log.info("second look: %d sentences", len(missed))
        answer = await self._asked_besides(messages, Answer)
        if answer is not None:
            self._take(answer.facts)

    async def _asked_besides(self, messages: Messages, model: type[T]) -> T | None:
        """An answer that the facts can do without: None where it would cost too much, or is of no use."""
        try:
            return await self._exchange.ask(messages, model)
        except (SpendingError, UnusableError) as error:
            log.info("left as it is: %s", error)
            return None

    def _rejected(self) -> list[Rejected]:
        return [entry.rejected for entry in self._refused()]

    def _told(self, error: ModelError) -> ModelError:
        """The error, with what `--partial` would have kept."""
        if not self._kept:
            return error
        return ModelError(f"{error}; {len(self._kept)} facts are good: --partial keeps them")

    def _info(self, partial: str | None) -> ModelEngine:
        usage = self._exchange.usage
        return ModelEngine(
            version=__version__,
            model=str(self._settings.model),
            served=usage.served,
            mode=self._exchange.shape,
            requests=usage.requests,
            cached_answers=usage.cached_answers,
            prompt_tokens=usage.prompt_tokens,
            cached_tokens=usage.cached_tokens,
            completion_tokens=usage.completion_tokens,
            retries=usage.retries,
            repairs=usage.repairs,
            malformed=usage.malformed,
            partial=partial,
        )
