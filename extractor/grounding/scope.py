"""The rule of scope: some is not all, mostly is not only, the largest four are not the largest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.grounding.analysis import Reading
from extractor.grounding.reasons import reason
from extractor.schema import Reason

_UNIVERSAL = frozenset("all every each entire entirely whole wholly always fully completely everyone everything throughout".split())
_ONLY = frozenset("only solely exclusively sole".split())
_WIDE = frozenset(
    "all every each any entire entirely whole wholly always fully complete completely everyone everything throughout full both"
    " exclusively solely".split()
)


_TIMES = frozenset("year month week day quarter hour season morning night time weekday".split())
_SOFT_ONLY = frozenset("in partial after when if a an at until for with".split())
_LONE = frozenset("one single no not limited exclusively without few only sole solely exclusive alone lone just".split())


def scope_reasons(statement: Reading, passage: Reading) -> Iterator[Reason]:
    """Yield a reason where the statement claims more, or of a wider whole, than the passage."""
    other = _OTHERS.search(passage.text)
    if other and statement.lowers & {"no", "none", "all", "every", "any"} and not statement.lowers & _ELSE:
        yield reason("scope", f'leaves out "other"; the passage says "{other.group()}"')
        return
    if "each" in passage.lowers and statement.lowers & _SUMMED and not passage.lowers & _SUMMED:
        yield reason("scope", 'says "together"; the passage says "each"')
        return
    for word, following in _pairs(statement):
        if word in _UNIVERSAL and not passage.lowers & _WIDE and not _excused(word, following, passage):
            yield reason("scope", f'says "{word}"; the passage does not')
            return
        if word in _ONLY and following not in _SOFT_ONLY and not _LONE & {w.lower for w in passage.words if w.text.islower()}:
            yield reason("scope", f'says "{word}"; the passage does not')
            return


# "No other customer", "none of the other segments": what is left out was said before.
_OTHERS = re.compile(r"\b(?:no|none of the|none of its|none of our|all|every)\s+other\b", re.IGNORECASE)
_ELSE = frozenset("other others else another remaining rest besides apart beyond further except".split())
_SUMMED = frozenset("together combined jointly collectively altogether".split())


def _pairs(statement: Reading) -> Iterator[tuple[str, str]]:
    words = statement.words
    for i, word in enumerate(words):
        yield word.lower, words[i + 1].lower if i + 1 < len(words) else ""


def _excused(word: str, following: str, passage: Reading) -> bool:
    if word in ("each", "every") and (following in _TIMES or word == "each"):
        return True
    return "100%" in passage.text or (word in ("whole", "entire") and bool(passage.lowers & {"one", "single"}))
