"""What a filing's running text shows of a table: what it calls a segment, how it writes a name, what it says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from extractor.document import Document
from extractor.figures import find_figures
from extractor.schema import Figure, Money

# "the Home Lighting segment", "its Castings division"
_UNIT = re.compile(r"((?:[A-Z][\w&'’-]*\s+){1,5})(?:segments?|divisions?|groups?|units?|business)\b")
# A word within a sentence, and the one in small letters behind it.
_INNER_WORDS = re.compile(r"(?<=[a-z,;] )(?=([A-Za-z]+(?:[-/][a-z]+)*)( [a-z]+)?)")
_AS_TOLD = 0.001  # how far rounding may take an amount of running text from the table's


@dataclass(frozen=True)
class Usage:
    """The running text of a document, that is all of it but its tables."""

    document: Document

    @cached_property
    def _texts(self) -> list[str]:
        return [s.text for s in self.document.sentences if self.document.blocks[s.block].kind != "table"]

    @cached_property
    def _units(self) -> frozenset[str]:
        names = (match.group(1).split() for text in self._texts for match in _UNIT.finditer(text))
        return frozenset(" ".join(words[n:]) for words in names for n in range(len(words)))

    @cached_property
    def _words(self) -> Counter[str]:
        found = (match.groups("") for text in self._texts for match in _INNER_WORDS.finditer(text))
        return Counter(words for word, behind in found for words in {word, word + behind})

    @cached_property
    def _figures(self) -> list[tuple[str, list[Figure]]]:
        return [(text.lower(), find_figures(text)) for text in self._texts if any(map(str.isdigit, text))]

    def is_unit(self, name: str) -> bool:
        """True for what the filing calls a segment, a division or a group."""
        return name in self._units

    def is_common(self, label: str, otherwise: bool) -> bool:
        """True where sentences write a label's first two words, or else its first, small oftener than large.

        `otherwise` where they do not write the word at all.
        """
        words = label.replace(",", "").split()
        for opening in (" ".join(words[:2]), words[0]):
            large, small = self._words[opening], self._words[opening[0].lower() + opening[1:]]
            if large or small:
                return small > large
        return otherwise

    def says(self, name: str, figures: list[Figure]) -> bool:
        """True where a sentence has one of the amounts, or one of the other figures beside the name."""
        amounts = [f.amount for f in figures if isinstance(f, Money)]
        values = [f.value for f in figures if not isinstance(f, Money)]
        for text, found in self._figures:
            for figure in found:
                if isinstance(figure, Money) and any(abs(figure.amount - a) <= _AS_TOLD * a for a in amounts):
                    return True
                if not isinstance(figure, Money) and figure.value in values and name.lower() in text:
                    return True
        return False
