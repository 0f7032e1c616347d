"""`python -m extractor` is `itemone`."""

from extractor.cli import run

run()
