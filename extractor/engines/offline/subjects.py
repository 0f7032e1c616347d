"""Where a clause's subject ends and its verb begins."""

from __future__ import annotations

import re

from extractor.verbs import (
    MODALS,
    PLAIN_VERBS,
    is_adjective,
    is_adverb,
    is_base,
    is_certain_past,
    is_noun,
    is_past,
    is_third,
    verb_lemma,
)

_TOKEN = re.compile(r"\S+")
# Commas of dates and of what stands in parentheses part nothing.
_NOT_A_JOINT = re.compile(r",(?= (?:19|20)\d\d)|\([^()]*\)|, (?:Inc|Ltd|LLC)\b")
_TRIPLE = re.compile(r"^[^,]+, [^,]+ (?:and|or) [^,]+$")  # "lamps, shades and bulbs"
_BE = frozenset("is are was were has have had do does did".split()) | MODALS
_RELATIVE = frozenset("that which who whom whose where".split())
_DETERMINERS = frozenset(
    "the a an its their our his her this these all any each some many most various several both approximately about "
    "more less no primarily mainly directly substantially only not over nearly almost principally one two "
    "three four five six seven eight nine ten".split()
)
_PARTICIPLE_FOLLOWS = frozenset(
    "by to in under through from with at on as for within into upon over using between among of and or without "
    "during".split()
)
# Verbs of business whose third person is a plural noun as well.
_NOUNLIKE_VERBS = frozenset(
    "accounts offers serves markets plans supplies targets focuses uses needs leases finances funds ships "
    "purchases designs "
    "contracts processes licenses competes sells operates holds owns permits features covers stocks rents "
    "sources".split()
)
# With its preposition each is a verb.
_GOVERNED = {"focuses": "on", "accounts": "for", "contracts": "with", "targets": "the"}
_NOUNLIKE_BASES = frozenset("focus target account range contract bear support".split()) | PLAIN_VERBS
_NO_PLURALS = frozenset("its this is was has as us plus".split())
_NO_SUBJECT_END = frozenset("of and or to the by for in".split())
_NO_VERB_AFTER = frozenset("the a an its their of to and or in for by company's our".split())
_LONGEST_SUBJECT = 16  # words; past that the split is a guess


def split_subject(clause: str) -> tuple[str, str] | None:
    """Subject and predicate of a clause without its opening adverbial, or None where no finite verb is found.

    "Skin care products accounted for 44%" -> ("Skin care products", "accounted for 44%"). Verbs of relative clauses
    and participles after their noun ("Products sold through dealers are ...") are passed over.
    """
    tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(clause)]
    words = [re.sub(r"[^\w’'-]", "", token) for token, _ in tokens]
    pending, fallback, depth = 0, None, 0
    for i in range(1, min(len(tokens) - 1, _LONGEST_SUBJECT + 8)):
        depth += tokens[i - 1][0].count("(") - tokens[i - 1][0].count(")")
        word = words[i]
        if depth > 0 or not word:
            continue
        if word.lower() in _RELATIVE:
            pending += 1
            continue
        certainty = _finite(words, tokens, i)
        if certainty == 0:
            continue
        if pending:
            pending -= 1
            continue
        if certainty == 1:
            fallback = fallback if fallback is not None and not is_third(word) else i
            continue
        return _parts(clause, tokens, words, i)
    return _parts(clause, tokens, words, fallback) if fallback is not None else None


def _parts(clause: str, tokens: list[tuple[str, int]], words: list[str], i: int) -> tuple[str, str] | None:
    while i > 1 and is_adverb(words[i - 1]) and words[i - 1].islower():
        i -= 1
    subject, predicate = clause[: tokens[i][1]].strip(), clause[tokens[i][1] :].strip()
    bare = _NOT_A_JOINT.sub("", subject)
    hanging = bare.count(",") == 1 and not subject.endswith(",") and not _TRIPLE.search(bare)
    if len(subject.split()) > _LONGEST_SUBJECT or hanging:
        return None
    if bare.count(",") < 2:
        subject = subject.rstrip(",")
    unbalanced = subject.count("(") != subject.count(")")
    if not subject or unbalanced or subject.split()[-1].lower() in _NO_SUBJECT_END:
        return None
    return subject, predicate


def _finite(words: list[str], tokens: list[tuple[str, int]], i: int) -> int:
    """2 for a finite verb, 1 for a word that may be one, 0 for none."""
    word = words[i]
    if word != word.lower():
        return 0
    if word in _BE:
        return 2
    before = _before(words, tokens, i)
    if word == "like" or before.lower() in _NO_VERB_AFTER or tokens[i][0].endswith((",", ".", ";", ":")):
        return 0
    if is_third(word):
        return _third(words, i, before)
    opens_aside = sum(token.endswith(",") for token, _ in tokens[:i]) % 2 == 1 and before.endswith(",")
    if is_past(word):
        return _past(words, i, opens_aside)
    return 0 if opens_aside else 2 * _plural(words, i, before)


def _before(words: list[str], tokens: list[tuple[str, int]], i: int) -> str:
    """The token before the word, adverbs passed over."""
    b = i - 1
    while b > 0 and is_adverb(words[b]) and words[b].islower():
        b -= 1
    return tokens[b][0]


def _third(words: list[str], i: int, before: str) -> int:
    word = words[i]
    if not is_noun(word) or _opens_object(words, i + 1) or words[i + 1 : i + 2] == [_GOVERNED.get(word)]:
        return 2
    brand = i == 1 and before[:1].isupper() and before.endswith(("'s", "’s"))
    plain = word in _NOUNLIKE_VERBS and before[-1:].isalnum() and (brand or not before.endswith("s"))
    return int(plain and (word != "accounts" or words[i + 1 : i + 2] == ["for"]))


def _past(words: list[str], i: int, opens_aside: bool) -> int:
    word = words[i]
    if is_certain_past(word):
        return 2
    if words[i - 1].lower() in ("recently", "newly", "previously", "most", "more", "least", "less", "very"):
        return 0  # "most recently introduced lamps", "most advanced candidate"
    following = words[i + 1].lower() if i + 1 < len(words) else ""
    if opens_aside:
        return 0  # "facility, located in Memphis, serves"
    return 1 if following in _PARTICIPLE_FOLLOWS and not word.startswith("account") else 2


def _plural(words: list[str], i: int, before: str) -> bool:
    """True for a base form that follows a plural: "products INCLUDE", "The 14 stores opened in 1998 SELL"."""
    word = words[i]
    if not is_base(word):
        return False
    several = any(w.endswith("s") and w.lower() not in _NO_PLURALS for w in words[:i])
    if several and (word in _NOUNLIKE_BASES or not (is_noun(word) or is_adjective(word))):
        return True
    plural = before.rstrip(",").endswith("s") or before.lower() in ("and", "people", "men", "women")
    return plural and (not is_noun(word) or _opens_object(words, i + 1))


def _opens_object(words: list[str], i: int) -> bool:
    if i >= len(words) or not words[i]:
        return False
    return words[i].lower() in _DETERMINERS or words[i][0].isdigit()


# "freezes, cans and otherwise prepares": two forms of verbs side by side
_SERIES = re.compile(r"^\s*(?:[a-z]+ly\s+)?([a-z]+s)(?:,| and)\s+(?:[a-z]+ly\s+)?([a-z]+s)\b")


# ", a firm with its subsidiaries designs" (", makes and sells"): the aside has no comma behind it
_UNCLOSED = re.compile(r"s (?P<verb>[a-z]+s)$")


def _opens_series(rest: str) -> bool:
    match = _SERIES.match(rest)
    return match is not None and is_third(match.group(1)) and verb_lemma(match.group(2)) is not None


def without_aside(rest: str) -> str:
    """What follows a subject, without an aside in commas or parentheses: ", a Delaware corporation, has" -> "has"."""
    rest = rest.strip()
    if not rest.startswith((",", "(")):
        return rest
    end = rest.find("," if rest[0] == "," else ")", 1)
    if end < 0:
        return ""
    unclosed = _UNCLOSED.search(rest[:end])
    return (
        rest[unclosed.start("verb") :]
        if unclosed and _opens_series(rest[unclosed.start("verb") :])
        else rest[end + 1 :].strip()
    )


def governs(rest: str, *, named: bool) -> bool:
    """True where the words after a company's name begin its verb: " also sells phones", not " stores sell phones".

    After a proper name (`named`) a plural noun may look like a verb; it is one where no other finite verb follows.
    """
    rest = without_aside(rest)
    tokens = [re.sub(r"[^\w’'-]", "", t) for t in rest.split()[:8]]
    while tokens and ((is_adverb(tokens[0]) and not is_base(tokens[0])) or not tokens[0]):
        tokens = tokens[1:]
    if not tokens or tokens[0] != tokens[0].lower():
        return False
    word = tokens[0]
    if word in _BE or is_certain_past(word):
        return True
    if not (is_third(word) or is_past(word) or is_base(word)):
        return False
    if not named or not is_noun(word) or _opens_object(tokens, 1) or _opens_series(rest):
        return True
    return split_subject(rest.strip()) is None


# "... and is headquartered in San Diego" / "... and during fiscal 1995, had net sales": a second verb phrase
_SECOND_PREDICATE = re.compile(
    r"(?<!,)\s+and\s+(?P<time>(?:during|in|as of|at|for)\s(?:[^,]|,(?= (?:19|"
    r"20)\d\d)){4,50},\s+)?(?=(?:(?:also|currently|now|presently)\s+)?(?P<verb>[a-z]+)\s)"
)
# A clause that the second verb may belong to: "the lamps which it makes", "the content the company produces"
_RELATIVE_CLAUSE = re.compile(r"\b(?:that|which|who|it)\b|(?<!\bto )(?<!\bby )(?<!\bof )\bthe company [a-z]+s\b")
_SHORTEST_FIRST = 4  # words of a verb phrase that another may follow
_SURE = frozenset("is was has had".split())


def split_predicates(predicate: str) -> list[str]:
    """The verb phrases that one subject has, where the later ones begin with a sure finite verb; else the whole.

    A later one takes its adverbial along: "has grown and in 1995, had sales of $5" gives "had sales of $5 in 1995".
    """
    parts, last, time = [], 0, ""
    for match in _SECOND_PREDICATE.finditer(predicate):
        verb = match.group("verb")
        sure = verb in _SURE or (is_third(verb) and not is_noun(verb)) or (bool(match.group("time")) and is_past(verb))
        before = predicate[last : match.start()]
        long_enough = len(before.split()) >= _SHORTEST_FIRST or bool(match.group("time"))
        if sure and long_enough and not _RELATIVE_CLAUSE.search(before):
            parts.append(before + time)
            last = match.end()
            time = " " + match.group("time").strip(" ,") if match.group("time") else ""
    return [*parts, predicate[last:] + time]
