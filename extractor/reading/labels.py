"""Run-in headings: the "Competition." or "Hotel Market -" in front of a paragraph's first sentence."""

from __future__ import annotations

import re

# "Competition. The company", "Hotel Market - The hotel market", "Acme Express: Acme Express Corporation"
_LABEL = re.compile(
    r"""(?P<label>[^\W_a-z][\w&'\u2019/,\u00b7\u00ae\u2122-]*
            (?:\s(?:and|of|the|for|to|in|on|with|by|or|a|&|\(?[^\W_a-z][\w&'\u2019/,\u00b7\u00ae\u2122-]*\)?)){0,9})
        (?:(?P<stop>\.\s)|\s[-\u2013\u0096]{1,2}\s|:\s|\s?[\u2014\u0097]\s?|\s?--\s?)(?=[^\W\d_a-z]|["\u201c\u0093])""",
    re.VERBOSE,
)
# Words whose full stop does not end a label: "Span Co. Ltd.", "Mr. Smith is ..."
_ABBREVIATED = frozenset("co inc corp ltd mr mrs ms dr no nos st messrs jr sr vs fig sec approx".split())
# What a label stands before must say something: "Hotel market: Orrin, Lumo" keeps its label as part of the text.
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|will|can|could|should|would|must|we|our|[a-z]{3,}(?:ed|es|s|ing))\b"
)
_VERB_REACH = 300
"""How far after a label a verb is looked for."""
_PHRASE_WORDS = 6
# What opens or carries a sentence, and so is in no label of a few words ("Ease of use.")
_OPENERS = frozenset("See We It They This These That There He She Refer".split())
_FINITE = frozenset(
    "is are was were be been has have had do does did may will can could should would must not we they it see include"
    " includes rose fell grew sold makes means sells offers provides operates serves began".split()
)


def label_of(text: str) -> tuple[str | None, int]:
    """The run-in heading at a paragraph's start, and where the sentence after it begins: ("Competition", 13)."""
    found = _LABEL.match(text)
    if not found or not _VERB.search(text, found.end(), found.end() + _VERB_REACH):
        return None, 0
    label = found["label"]
    last = label.rsplit(maxsplit=1)[-1]
    if found["stop"] and (len(last) == 1 or last.lower() in _ABBREVIATED):
        return None, 0
    return label, found.end()


def is_phrase(words: str) -> bool:
    """Whether what ends with a full stop is a label ("Ease of use.") and not a sentence: short, and without a verb."""
    found = words.split()
    if not words.endswith(".") or len(found) > _PHRASE_WORDS or found[0] in _OPENERS:
        return False
    return not any(word.rstrip(".,") in _FINITE or word.rstrip(".,").endswith("ed") for word in found)
