"""Verb forms: which words can be finite verbs, and the third person singular of a base form ("carry" -> "carries")."""

from __future__ import annotations

from functools import lru_cache

from extractor.lemmas import base_of

_IRREGULAR_THIRD = {
    "are": "is",
    "am": "is",
    "have": "has",
    "do": "does",
    "go": "goes",
    "were": "was",
    "don't": "doesn't",
    "don’t": "doesn’t",
    "haven't": "hasn't",
    "haven’t": "hasn’t",
    "aren't": "isn't",
    "aren’t": "isn’t",
}
MODALS = frozenset("will would may might can could shall should must cannot".split())
AUXILIARIES = frozenset("is are was were has have had does do did be been being".split()) | MODALS
# Adverbs that stand between a subject and its verb, besides those in -ly.
_ADVERBS = frozenset(
    "also now then often always never typically still generally currently presently historically not only further "
    "thus therefore however either both once again sometimes already just ever seldom today each together".split()
)
# Words in -ly that are not adverbs.
_NOT_ADVERBS = frozenset(
    "supply apply rely reply family assembly early daily weekly monthly quarterly italy imply comply".split()
)
# Verbs of business that, where a verb can stand, are verbs, though the dictionary knows most of them as nouns too.
PLAIN_VERBS = frozenset(
    "sell buy operate provide manufacture develop produce distribute own serve maintain acquire employ "
    "generate purchase import export "
    "make offer use hold conduct compete depend rely include consist comprise derive earn pay invest build "
    "create deliver repair "
    "install assemble carry write originate insure".split()
)
# Past tenses without -ed; the dictionary's own table of inflections takes longer to load than a filing to read.
_IRREGULAR_PAST = frozenset(
    "arose ate awoke became began bent bet bid bit bled blew bore bought bound bred broke brought built burnt burst "
    "came cast caught chose clung cost could crept cut dealt did drank drew drove dug dwelt fed fell felt flew "
    "forbade forecast foresaw forgave forgot fought found froze gave got grew ground had heard held hid hit hung hurt "
    "kept knelt knew laid lay led left lent let lit lost made meant met might mistook oversaw overtook paid proved put "
    "quit ran rang read rebuilt repaid resold retook rewrote rid rode rose said sang sank sat saw sent set shone shook "
    "should shot showed shrank shut slept slid sold sought spent split spoke spread sprang spun stole stood stuck "
    "strove struck swept swore swung taught thought threw told took tore underpaid undertook underwrote undid upheld "
    "was went were withdrew withheld withstood woke won would wove wrote".split()
)
# Past forms that differ from their participle: a finite verb for certain.
_IMMEDIATE = frozenset("was were had did began became went grew fell rose chose took gave wrote drove broke".split())


def is_adverb(word: str) -> bool:
    """True for a word that may stand between a subject and its verb: "currently", "also", "not"."""
    lower = word.lower()
    return lower in _ADVERBS or (lower.endswith("ly") and lower not in _NOT_ADVERBS)


@lru_cache(maxsize=50_000)
def verb_lemma(word: str) -> str | None:
    """The base form when the dictionary knows `word` as a form of a verb, else None."""
    return base_of(word.lower(), "verb", "aux")


@lru_cache(maxsize=50_000)
def is_noun(word: str) -> bool:
    """True when the dictionary knows `word` as a noun."""
    return base_of(word.lower(), "noun") is not None


@lru_cache(maxsize=50_000)
def is_adjective(word: str) -> bool:
    """True when the dictionary knows `word` as an adjective."""
    return base_of(word.lower(), "adj") is not None


@lru_cache(maxsize=50_000)
def is_base(word: str) -> bool:
    """True for a verb's base form: "sell", "carry"."""
    return verb_lemma(word) == word.lower()


@lru_cache(maxsize=50_000)
def is_third(word: str) -> bool:
    """True for a third person singular: "sells", "carries"."""
    lower = word.lower()
    if lower in ("is", "has", "does", "was"):
        return True
    lemma = verb_lemma(lower)
    return lower.endswith("s") and not lower.endswith("ss") and lemma is not None and third_person(lemma) == lower


@lru_cache(maxsize=50_000)
def is_past(word: str) -> bool:
    """True for a past tense, of which many are participles too: "sold", "introduced"."""
    lower = word.lower()
    if lower in _IMMEDIATE:
        return True
    lemma = verb_lemma(lower)
    if lemma is None:
        return (
            len(lower) > 4 and lower.endswith("ed") and not is_noun(lower)
        )  # "repurchased", which the dictionary lacks
    return lemma != lower and (lower.endswith("ed") or lower in _IRREGULAR_PAST)


def is_certain_past(word: str) -> bool:
    """True for a past tense that cannot be a participle: "was", "began"."""
    return word.lower() in _IMMEDIATE


def third_person(base: str) -> str:
    """The third person singular: "sell" -> "sells", "carry" -> "carries", "have" -> "has"; case of the rest kept."""
    lower = base.lower()
    if lower in _IRREGULAR_THIRD:
        return _IRREGULAR_THIRD[lower]
    if lower in MODALS:
        return base
    if lower.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"
