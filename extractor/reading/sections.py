"""Headings to sections: what each heading covers and what it stands under."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractor.document import Section
from extractor.reading.headings import ENUMERATOR, is_item
from extractor.reading.layout import Draft

_WHITE_SPACE = re.compile(r"\s+")


def sections_of(text: str, drafts: Sequence[Draft]) -> tuple[Section, ...]:
    """The sections that the headings open, in order."""
    numbers = [number for number, draft in enumerate(drafts) if draft.kind == "heading"]
    titles = [_clean(text, drafts[number]) for number in numbers]
    starts = [drafts[number].block.start for number in numbers]
    ends = [*starts, len(text)][1:]
    return tuple(
        Section(title, level, start, end, path)
        for title, start, end, (level, path) in zip(titles, starts, ends, _paths(titles, numbers), strict=True)
    )


def _clean(text: str, draft: Draft) -> str:
    return _WHITE_SPACE.sub(" ", " ".join(text[start:end] for start, end in draft.pieces)).strip("-=_ ")


def _paths(titles: Sequence[str], numbers: Sequence[int]) -> list[tuple[int, tuple[str, ...]]]:
    """How deep each heading lies, and what it stands under.

    Items of the form come first, then capitals, then title case. Of headings set alike, one that opens directly under
    another ("The Lamps Segment / Overview") makes that one a chapter and lies under it, and so do later headings which
    come back in the filing ("Competition" in each segment).
    """
    count = Counter(title.lower() for title in titles)
    paths: list[tuple[int, tuple[str, ...]]] = []
    above: list[tuple[int, str]] = []
    chapters: dict[int, list[tuple[int, str]]] = {}
    for position, title in enumerate(titles):
        level = _style(title)
        chapters = {style: chapter for style, chapter in chapters.items() if style <= level}
        opens = (
            position > 0 and numbers[position] == numbers[position - 1] + 1 and _style(titles[position - 1]) == level
        )
        if opens and level > 1 and paths[-1][0] == level:
            chapters[level] = list(above)
        if level in chapters and (opens or count[title.lower()] > 1):
            above = list(chapters[level])
            level += 1
        above = [*(entry for entry in above if entry[0] < level), (level, title)]
        paths.append((level, tuple(heading for _, heading in above)))
    return paths


def _style(title: str) -> int:
    """1 for an item, 2 for capitals or "(a) ...", 4 for the rest; the odd levels between are for those under them."""
    if is_item(title):
        return 1
    return 2 if title == title.upper() or ENUMERATOR.match(title) else 4
