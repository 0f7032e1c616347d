"""Words to stems: inflections and common derivations of a word fall together."""

from __future__ import annotations

from functools import lru_cache

# Forms that no suffix rule brings home.
_IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is are was were been being am 's 're 'm",
        "have": "has had having 've",
        "do": "does did done doing",
        "go": "goes went gone going",
        "sell": "sold sale sales seller sellers selling sells",
        "buy": "bought buyer buyers",
        "make": "made maker makers making",
        "build": "built builder builders",
        "buil": "building buildings",
        "hold": "held holder holders",
        "lead": "led",
        "grow": "grew grown growth",
        "rise": "rose risen rising",
        "fall": "fell fallen",
        "give": "gave given giver",
        "take": "took taken",
        "get": "got gotten getting",
        "bring": "brought",
        "come": "came",
        "begin": "began begun beginning",
        "become": "became",
        "know": "knew known",
        "lose": "lost losing loses loser loss losses",
        "spend": "spent",
        "lend": "lent lender lenders",
        "mean": "meant",
        "meet": "met meeting",
        "pay": "paid payor payer payors payers payment payments payable",
        "put": "putting",
        "run": "ran running",
        "say": "said",
        "see": "saw seen",
        "send": "sent",
        "set": "setting",
        "show": "shown",
        "speak": "spoke spoken",
        "stand": "stood",
        "teach": "taught teacher",
        "tell": "told",
        "think": "thought",
        "understand": "understood",
        "win": "won winner",
        "write": "wrote written",
        "choose": "chose chosen choice choices",
        "draw": "drew drawn",
        "drive": "drove driven",
        "feel": "felt",
        "find": "found",
        "keep": "kept",
        "leave": "left",
        "seek": "sought",
        "shrink": "shrank shrunk",
        "wear": "wore worn",
        "break": "broke broken",
        "eat": "ate eaten",
        "bind": "bound",
        "tie": "tied tying",
        "person": "people persons",
        "woman": "women",
        "man": "men",
        "child": "children",
        "foot": "feet",
        "good": "better best",
        "bad": "worse worst",
        "many": "more most",
        "little": "less least",
        "high": "higher highest",
        "low": "lower lowest",
        "big": "bigger biggest",
        "analysis": "analyses analyze analyzes analyzed analyzing analyst analysts",
        "strong": "stronger strongest strength strengths strengthen strengthens strengthened",
        "weak": "weaker weakest weaken weakened weakness",
        "long": "longer longest length lengthen",
        "large": "larger largest",
        "wide": "wider widen width",
        "broad": "broaden broader breadth",
        "true": "truth",
        "choos": "",
        "deliver": "delivery deliveries",
        "discover": "discovery",
        "recover": "recovery recoveries",
        "tax": "taxes taxation",
        "gas": "gases",
        "bus": "buses",
        "lens": "lenses",
        "proceeds": "proceeds",
        "goods": "goods",
        "news": "news",
        "series": "series",
        "business": "businesses business",
        "process": "processes processed processing processor processors process",
        "process ": "",
        "sale": "",
        "compete": "competition competitor competitors competitive competes competing competed",
        "acquire": "acquisition acquisitions acquirer acquired acquires acquiring",
        "expand": "expansion expansions expanding",
        "extend": "extension extensive extensions",
        "divide": "division divisions",
        "decide": "decision decisions",
        "permit": "permission",
        "submit": "submission",
        "receive": "receipt receipts receiving",
        "produce": "production productions producer producers product products produced producing",
        "reduce": "reduction reductions",
        "introduce": "introduction introductory",
        "describe": "description",
        "subscribe": "subscription subscriptions subscriber subscribers",
        "consume": "consumption",
        "assume": "assumption",
        "respond": "response responsive responses",
        "provide": "provision provisions provider providers",
        "intend": "intention intent intent",
        "defend": "defense",
        "maintain": "maintenance",
        "retain": "retention",
        "obtain": "",
        "specify": "specific specification specifications",
        "apply": "application applications applies applied applicant",
        "supply": "supplies supplied supplier suppliers supplying",
        "rely": "relies relied reliance reliant",
        "comply": "compliance compliant",
        "occupy": "occupancy occupation",
        "vary": "varies variety various variation varied variable",
        "carry": "carries carrier carriers carried",
        "identify": "identification",
        "certify": "certification certificate",
        "qualify": "qualification qualified",
        "classify": "classification",
        "modify": "modification",
        "notify": "notification notice",
        "satisfy": "satisfaction",
        "diversify": "diversified diversification diverse diversity",
        "cover": "coverage",
        "own": "owner owners ownership owned owning owns",
        "stock": "",
        "manage": "management manager managers managerial",
        "finance": "financial financially financings financing",
        "invest": "investment investor investors",
        "assist": "assistance assistant",
        "insure": "insurance insurer insurers",
        "perform": "performance",
        "equip": "equipment",
        "ship": "shipment shipments shipping shipped shipper shippers",
        "bank": "banks banking banker",
        "develop": "development developer developers",
        "advertise": "advertisement advertiser advertisers",
        "educate": "education educational",
        "communicate": "communication communications",
        "telecommunication": "telecom telecommunications",
        "technology": "technological technologies tech",
        "health": "healthy",
        "nation": "national nationally nationwide nations",
        "region": "regional",
        "industry": "industrial industries",
        "rent": "rental rentals renter",
        "store": "stores storage",
        "lease": "",
    }.items()
    for form in (forms.split() or [])
}
# Longest first; each needs a stem of at least the number of letters given.
_SUFFIXES: tuple[tuple[str, str, int], ...] = (
    ("izations", "", 4), ("ization", "", 4), ("isations", "", 4), ("isation", "", 4),
    ("fulness", "", 4), ("iveness", "", 4), ("ousness", "", 4),
    ("ational", "", 4), ("ations", "", 4), ("ators", "", 4), ("ities", "", 4),
    ("ation", "", 4), ("ative", "", 4), ("ators", "", 4), ("ments", "", 4), ("ingly", "", 4), ("ively", "", 4),
    ("ously", "", 4), ("ility", "", 4), ("ically", "", 4), ("ional", "", 4),
    ("ator", "", 4), ("ated", "", 4), ("ates", "", 4), ("ting", "t", 4), ("ions", "", 4), ("ment", "", 4), ("ance", "", 5),
    ("ence", "", 5), ("ings", "", 4), ("able", "", 4), ("ible", "", 4), ("ness", "", 4), ("ical", "", 4), ("izes", "", 4),
    ("ized", "", 4), ("izing", "", 4), ("ises", "is", 5), ("ally", "", 4), ("ship", "", 5), ("less", "", 4),
    ("ate", "", 4), ("ive", "", 4), ("ize", "", 4), ("ion", "", 4), ("ing", "", 3), ("ies", "y", 3), ("ity", "", 4), ("ous", "", 4), ("ant", "", 5),
    ("ent", "", 5), ("ers", "", 4), ("ors", "", 4), ("ial", "", 4), ("ful", "", 4), ("ism", "", 4), ("ist", "", 4),
    ("al", "", 4), ("ed", "", 3), ("er", "", 4), ("or", "", 4), ("es", "", 3), ("ly", "", 3), ("ic", "", 4),
    ("e", "", 3), ("s", "", 3),
)  # fmt: skip
_DOUBLED = frozenset("bdgklmnprt")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a folded word: "distributors", "distribution" and "distributes" give "distribut"."""
    word = word.removesuffix("'s").removesuffix("'")
    base = _IRREGULAR.get(word)
    if base is not None:
        return _strip(base)
    if len(word) <= 3 or not word.isascii():
        return word
    return _strip(word)


def _strip(word: str) -> str:
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
        base = _IRREGULAR.get(word)
        if base is not None:
            word = base
    for suffix, replacement, least in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= least:
            word = word[: len(word) - len(suffix)] + replacement
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] in _DOUBLED:
        word = word[:-1]
    if len(word) > 3 and word[-1] in "ey":
        word = word[:-1] if word[-1] == "e" else word[:-1] + "i"
    return word
