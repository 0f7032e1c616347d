"""Speed of the offline engine: warm against LexRank, growth with the text's length, cold starts.

Runs with the tests on the fixtures; `python -m tests.benchmarks.bench_speed FOLDER` measures the texts of a folder.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from extractor import Document, brief, document_from_text, read
from tests.timing import command_seconds, seconds

FIXTURES = Path(__file__).parents[2] / "fixtures"
LEXRANK_SHARE = 0.2  # the whole pipeline takes at most this share of LexRank's time on the same sentences
GROWTH = 13  # ten times the text takes at most this many times as long: linear, with room for the clock
COLD_START = 1.5  # seconds from the command to the paragraph, on a text of COLD_LENGTH
COLD_LENGTH = 66_000  # characters: a long Item 1
HELP_SHARE = 3  # --help takes at most this many times as long as importing typer alone
LEXRANK_SENTENCES = 20  # about 512 tokens


class Words:
    """The words of a sentence, for sumy: its own tokenizer would download its tables."""

    def to_words(self, sentence: str) -> Sequence[str]:
        return sentence.split()


def lexrank(document: Document) -> None:
    sentences = [Sentence(sentence.text, Words()) for sentence in document.sentences]
    LexRankSummarizer()(ObjectDocumentModel([Paragraph(sentences)]), LEXRANK_SENTENCES)


def share_of_lexrank(texts: Sequence[Path]) -> float:
    """The time of brief() over the texts, reading included, as a share of LexRank's on them; both warm."""
    documents = [read(text) for text in texts]
    brief(documents[0])
    both = [  # one after the other on each text, so that a busy minute of the machine is both's
        (seconds(brief, [text] * 2), seconds(lexrank, [document] * 2))
        for text, document in zip(texts, documents, strict=True)
    ]
    ours, theirs = map(sum, zip(*both, strict=True))
    print(f"{len(texts)} texts: brief {ours:.2f} s, LexRank {theirs:.2f} s, share {ours / theirs:.3f}")
    return ours / theirs


def longest(folder: Path) -> Path:
    return max(sorted(folder.glob("*.txt")), key=lambda text: text.stat().st_size)


def other_figures(text: str, by: int) -> str:
    """The text with every digit moved on: as long, and no sentence with a figure is one that was met before."""
    return text.translate({ord(str(digit)): str((digit + by) % 10) for digit in range(10)})


def growth(folder: Path) -> float:
    """How many times as long ten times the text takes."""
    text = read(longest(folder)).text
    texts = [other_figures(text, by) for by in range(10)]
    brief_of(text)
    once = seconds(brief_of, texts[1:4])
    ten = seconds(brief_of, ["\n\n".join(texts)])
    print(f"{len(text)} characters {once:.2f} s, ten times that {ten:.2f} s: {ten / once:.1f} times as long")
    return ten / once


def brief_of(text: str) -> object:
    return brief(document_from_text(text))


def cold_start(folder: Path, scratch: Path) -> float:
    """Seconds from the command to the paragraph of a text of COLD_LENGTH."""
    text = read(longest(folder)).text
    filing = scratch / "filing.txt"
    filing.write_text("\n\n".join([text] * (COLD_LENGTH // len(text) + 1))[:COLD_LENGTH], encoding="utf-8")
    took = min(command_seconds("-m", "extractor", "brief", filing) for _ in range(5))
    print(f"cold start on {COLD_LENGTH} characters: {took:.2f} s")
    return took


def help_share() -> float:
    """The time of --help as a share of importing typer."""
    both = [(command_seconds("-m", "extractor", "--help"), command_seconds("-c", "import typer")) for _ in range(12)]
    helped, imported = min(helped for helped, _ in both), min(imported for _, imported in both)
    print(f"--help {helped:.3f} s, import typer {imported:.3f} s, share {helped / imported:.1f}")
    return helped / imported


def test_a_brief_takes_a_fraction_of_lexranks_time(tmp_path: Path) -> None:
    """On a text of a long Item 1's length: short texts, where LexRank's square costs little, say nothing."""
    by_length = sorted(FIXTURES.glob("*.txt"), key=lambda text: text.stat().st_size)
    filing = tmp_path / "filing.txt"
    filing.write_text("\n\n".join(read(text).text for text in by_length[-2:]), encoding="utf-8")
    assert share_of_lexrank([filing]) <= LEXRANK_SHARE


def test_time_grows_with_the_text_and_no_faster() -> None:
    assert growth(FIXTURES) <= GROWTH


def test_a_cold_start_is_quick(tmp_path: Path) -> None:
    assert cold_start(FIXTURES, tmp_path) <= COLD_START


def test_help_is_quick() -> None:
    assert help_share() <= HELP_SHARE


def main(folder: Path) -> int:
    """1 where a bound is not kept on the texts of the folder."""
    with tempfile.TemporaryDirectory() as scratch:
        kept = [
            share_of_lexrank(sorted(folder.glob("*.txt"))) <= LEXRANK_SHARE,
            growth(folder) <= GROWTH,
            cold_start(folder, Path(scratch)) <= COLD_START,
            help_share() <= HELP_SHARE,
        ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
