"""The messages of each request, from the templates in `llm/`: the system part first and always the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.document import Document, Sentence
from extractor.engines.llm.candidates import Candidate
from extractor.engines.llm.exchange import Messages
from extractor.engines.llm.selecting import lines_of
from extractor.templating import load_template, render

_NEAR = 1  # sentences before and after a cited one that a repair is shown


@dataclass(frozen=True)
class Prompts:
    """The prompts, the user's own where the folder `templates` has them."""

    templates: Path | None

    def filing(self, text: str, part: int, parts: int) -> Messages:
        """Asks for the facts of a filing, or of one part of it."""
        return self._messages("system", "filing", text=text, part=part, parts=parts)

    def look(self, text: str, told: Sequence[str], areas: Sequence[str]) -> Messages:
        """Asks for what was missed: of these sentences, and of the `areas` that have no fact yet."""
        return self._messages("system", "look", text=text, told=told, areas=areas)

    def repair(self, document: Document, refused: Sequence[Candidate]) -> Messages:
        """Asks for the refused facts anew, by their number from 1, with the sentences around those they cite."""
        shown = [
            {
                "number": number,
                "statement": entry.statement,
                "cites": [passage.sentence for passage in entry.answered.passages],
                "reasons": [f"{reason.code}: {reason.detail}" for reason in entry.reasons],
            }
            for number, entry in enumerate(refused, start=1)
        ]
        text = text_of(document, _around(document, refused))
        return self._messages("repair_system", "repair", refused=shown, text=text)

    def _messages(self, system: str, user: str, **values: object) -> Messages:
        return [
            {"role": "system", "content": render(load_template(f"llm/{system}.j2", self.templates))},
            {"role": "user", "content": render(load_template(f"llm/{user}.j2", self.templates), **values)},
        ]


def text_of(document: Document, sentences: Iterable[Sentence]) -> str:
    """The sentences as a prompt shows them, numbered, under their headings."""
    return "\n".join(line.text for line in lines_of(document, sentences))


def _around(document: Document, refused: Iterable[Candidate]) -> list[Sentence]:
    """The sentences that refused facts cite, by number or by quote, and those next to them."""
    cited = {p.sentence - 1 for entry in refused for p in entry.answered.passages}
    wanted = {i + step for i in cited for step in range(-_NEAR, _NEAR + 1)}
    return [document.sentences[i] for i in sorted(wanted) if 0 <= i < len(document.sentences)]
