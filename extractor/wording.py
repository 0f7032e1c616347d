"""How a fact is worded: subject, predicate, details and items, and the clause that they make together."""

from __future__ import annotations

import re
from dataclasses import dataclass

FIRST_ITEMS = 3  # members of a list that are told before there is room to spare
COMPANY = "the company"  # the subject of a fact about the filing company itself
# Of "the company's largest customer", "its" is the customer's.
OTHER_PARTY = re.compile(
    r"\b(?:customers?|clients?|suppliers?|distributors?|competitors?|partners?|subsidiar(?:y|ies)|lenders?|licensees?|"
    r"franchisees?|employees|members|subscribers)\b"
)

_CONJUNCTION = re.compile(r"^(?:and|or|and/or|as well as)\s+")
_LAST_JOINT = re.compile(r"(?<=\s)(?:and|or)\s+|(?<=\s)as well as\s+")
_MEMBER_WORDS = 9  # a member of a list that can stand as an item; longer ones are clauses
_LEGAL_FORM = re.compile(r", (?:Inc|Ltd|Corp|LLC|L\.P|N\.A)\b\.?(?=,|\s(?:and|or)\b|$)")
_PARENT = re.compile(
    r"(?<=[\w.]), an? (?:[a-z-]+ )?(?:subsidiary|division|unit|affiliate) of [A-Z\d][^,;]*?(?=,|;|\s(?:and|or)\b|$)"
)
_CLAUSE_WORD = re.compile(r"\b(?:which|who|whose|where|whereby|while|it|they|is|are|was|were|has|have|will|may|can)\b")


def split_outside(text: str, separator: str) -> list[str]:
    """`text` split at each `separator` that stands outside parentheses and double quotes."""
    parts, depth, quoted, last = [], 0, False, 0
    for i, char in enumerate(text):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(depth - 1, 0)
        elif char in "“":
            quoted = True
        elif char in "”":
            quoted = False
        elif char == '"':
            quoted = not quoted
        if depth == 0 and not quoted and text.startswith(separator, i) and i >= last:
            parts.append(text[last:i])
            last = i + len(separator)
    parts.append(text[last:])
    return parts


def members(text: str) -> list[str]:
    """The members of a phrase that is one list of at least three, else []: "a, b and c" -> ["a", "b", "c"].

    Companies are named without their legal form and their parent, whose commas would part them from the name.
    """
    text = _PARENT.sub("", _LEGAL_FORM.sub("", text))
    separator = "; " if text.count("; ") >= 2 else ", "
    parts = [part.strip() for part in split_outside(text, separator)]
    if not parts[-1]:
        return []
    last = _CONJUNCTION.sub("", parts[-1])
    if last == parts[-1]:
        joint = list(_LAST_JOINT.finditer(parts[-1]))
        if len(joint) != 1:
            return []
        parts[-1:] = [parts[-1][: joint[0].start()].strip(), parts[-1][joint[0].end() :].strip()]
    else:
        parts[-1] = last
    most = _MEMBER_WORDS if separator == ", " else 2 * _MEMBER_WORDS
    if len(parts) < 3 or not all(_is_member(part, most) for part in parts):
        return []
    return parts


def _is_member(part: str, most: int) -> bool:
    if not part or len(part.split()) > most or part.count("(") != part.count(")") or ": " in part:
        return False
    return not _CLAUSE_WORD.search(part) and not _CONJUNCTION.match(part)


def joined(parts: list[str], conjunction: str = "and") -> str:
    """A list in words: "a", "a and b", "a, b and c"; with semicolons where a member holds a comma."""
    if len(parts) < 2:
        return "".join(parts)
    mark = "; " if any(", " in part for part in parts) else ", "
    before = "; " if mark == "; " else " "
    return mark.join(parts[:-1]) + f"{before}{conjunction} {parts[-1]}"


# Details that go on without a comma: "devices designed to ...", "... in which it has 50%".
_CLOSE_DETAIL = re.compile(
    r"^(?:designed|intended|that|which is|to|in order|because|(?:in|under|through|pursuant to) which|"
    r"(?:at|for|in|of)(?! which)|at which time)\b"
)

# What stands between a predicate's verb and its items: "operated at January 31, 1995", "plans to open in fiscal 1996"
_LAST_PERIOD = re.compile(
    r",? (?P<when>(?:as of|at|in|during|for|on|by) (?:fiscal (?:year )?|the year ended )?"
    r"(?:[A-Z][a-z]+ \d{1,2}, )?\d{4})$"
)
_ASIDE = re.compile(r"\w, (?:in|at|under|on|by|with|among|to) [^,]+$")  # "include, in certain circumstances"
_COUNTS = re.compile(r"(?:its|the|all|these|both)\b(?: (?:two|three|four|five|six|seven|eight|nine|ten)\b| of)")
_IS_ALL = re.compile(r"\b(?:are|is|were|was|compris\w+|consist\w* of)$")
# "focus on three product segments", "has two plants, namely"
_COUNTED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+)(?: [\w-]+){1,3}s"
    r"(?P<told>, (?:namely|being|which are|called))?$"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The parts of one fact's statement.

    `predicate` is a verb phrase in the third person; `details` may follow it in order and be dropped from the end;
    `items` is a list that ends the predicate and may be shortened; `opening` stands before the subject where it limits
    the whole: "within the industrial market".
    """

    subject: str
    predicate: str
    details: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    opening: str | None = None

    @property
    def company(self) -> bool:
        """True where the filing company itself is the subject."""
        return self.subject == COMPANY

    def verb_phrase(self) -> str:
        """The predicate with its items and details: "sells phones, tablets and cases, designed to last"."""
        return verb_phrase(self.predicate, list(self.items), list(self.details))

    def clause(self) -> str:
        """Opening, subject and verb phrase, without a full stop."""
        return opened(self.opening, f"{self.subject} {self.verb_phrase()}")


def opened(opening: str | None, clause: str) -> str:
    """The clause after its opening: "in 2022, the company sold ..."."""
    return f"{opening}, {clause}" if opening else clause


def verb_phrase(predicate: str, items: list[str], details: list[str]) -> str:
    """A predicate with its items and details in words; a period that ends it stands behind the items."""
    phrase = _listing(predicate, items) if items else predicate
    for detail in details:
        phrase += f" {detail}" if _CLOSE_DETAIL.match(detail) else f", {detail}"
    return phrase


def whole_list(predicate: str, details: list[str]) -> bool:
    """True where the items would say something else without the last of them: "has four plants in", "are"."""
    counted = _COUNTED.search(predicate) or (details and _COUNTS.match(details[0]))
    return bool(counted or _IS_ALL.search(predicate))


def _listing(predicate: str, items: list[str]) -> str:
    when = _LAST_PERIOD.search(predicate)
    if when:
        return f"{predicate[: when.start()]} {joined(items)} {when.group('when')}"
    counted = _COUNTED.search(predicate)
    mark = "," if _ASIDE.search(predicate) else ":" if counted and not counted.group("told") else ""
    return f"{predicate}{mark} {joined(items)}"


def sentence(clause: str) -> str:
    """A clause as a sentence: first letter capital, one full stop at the end."""
    text = clause[:1].upper() + clause[1:]
    return text if text.endswith((".", ".”", '."')) else text + "."
