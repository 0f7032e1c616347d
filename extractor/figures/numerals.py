"""What number words, scales, currencies and bounds mean."""

from __future__ import annotations

from extractor.schema import Bound

HYPHENS = frozenset("-–‑")
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

UNITS: dict[str, int] = {word: value for value, word in enumerate(_SMALL)}
UNITS |= {word: 10 * value for value, word in enumerate(_TENS, start=2)}
SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
SCALE_FORMS: dict[str, int] = SCALES | {
    "hundreds": 100,
    "thousands": 1_000,
    "millions": 1_000_000,
    "billions": 1_000_000_000,
}
# Suffixes that mean a scale only right behind an amount of money: "$69.8M".
MONEY_SUFFIXES: dict[str, int] = {
    "k": 1_000, "m": 1_000_000, "mm": 1_000_000, "mn": 1_000_000, "b": 1_000_000_000, "bn": 1_000_000_000,
}  # fmt: skip
DOZENS = {"dozen": 12}

# Parts in words, in percentage points.
PARTS: dict[str, float] = {
    "half": 50, "third": 100 / 3, "thirds": 100 / 3, "quarter": 25, "quarters": 25, "fourth": 25, "fourths": 25,
    "fifth": 20, "fifths": 20, "tenth": 10, "tenths": 10,
}  # fmt: skip

CURRENCY_SIGNS: dict[str, str] = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW"}
# Letters before a dollar sign: "CDN$", "A$".
DOLLARS: dict[str, str] = {
    "us": "USD", "u.s.": "USD", "s": "USD", "cdn": "CAD", "cad": "CAD", "c": "CAD", "can": "CAD", "a": "AUD",
    "aud": "AUD", "hk": "HKD", "nt": "TWD", "sg": "SGD", "nz": "NZD", "r": "BRL", "mx": "MXN",
}  # fmt: skip
CURRENCY_CODES: dict[str, str] = {
    code.lower(): code
    for code in "USD EUR GBP JPY CAD AUD HKD TWD SGD NZD CHF CNY SEK NOK DKK BRL MXN INR KRW ILS".split()
} | {"rmb": "CNY"}
CURRENCY_WORDS: dict[str, str] = {
    "dollars": "USD", "dollar": "USD", "euros": "EUR", "euro": "EUR", "yen": "JPY", "pounds": "GBP",
    "francs": "CHF", "rupees": "INR",
}  # fmt: skip

# Words that stand right before a figure and bound it; the longest that fits counts.
BOUNDS_BEFORE: dict[tuple[str, ...], Bound] = {}
_BOUND_PHRASES: dict[Bound, str] = {
    "about": "approximately|about|roughly|around|some|nearly|almost|close to|circa|an estimated|estimated|~|approx|"
    "approx .|approximately the|in the region of|in the neighborhood of|on the order of",
    "over": "over|more than|in excess of|exceeding|exceeded|exceeds|exceed|greater than|above|upwards of|upward of|"
    "well over|just over|excess of|longer than|older than|higher than|larger than|topped|surpassed|surpassing|beyond|"
    "topping|slightly more than|slightly over|passed",
    "at_least": "at least|no less than|not less than|a minimum of|minimum of|no fewer than|not fewer than|>",
    "under": "less than|under|below|fewer than|just under|shorter than|younger than|smaller than|lower than|short of|"
    "slightly less than|slightly under|well under|well below",
    "at_most": "up to|no more than|not more than|at most|as much as|as long as|as many as|a maximum of|maximum of|"
    "not to exceed|not exceed|not exceeding|to a maximum of|as high as|no greater than|upto|aggregate of up to|"
    "total of up to|never more than|not over",
}
for _bound, _phrases in _BOUND_PHRASES.items():
    BOUNDS_BEFORE.update((tuple(phrase.split()), _bound) for phrase in _phrases.split("|"))
BOUNDS_AFTER: dict[tuple[str, ...], Bound] = {
    ("or", "more"): "at_least",
    ("or", "greater"): "at_least",
    ("or", "higher"): "at_least",
    ("or", "less"): "at_most",
    ("or", "fewer"): "at_most",
    ("or", "so"): "about",
    ("+",): "at_least",
}
LONGEST_BOUND = max(map(len, BOUNDS_BEFORE))

# A number right after one of these names a provision, a place or a thing: it counts nothing.
LABELS = frozenset(
    "item items rule rules section sections form forms part note notes no nos exhibit page pages suite regulation "
    "chapter title article schedule highway route box version release series class topic sfas fas fin asu asc level "
    "phase type model iso act statement interpretation figure table paragraph room floor channel generation grade "
    "windows fortune number unit #".split()
)
STREETS = frozenset(
    "street st avenue ave road rd boulevard blvd drive dr lane ln parkway pkwy way court ct place plaza highway hwy "
    "circle square terrace turnpike floor suite broadway".split()
)
MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|"
        "october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
