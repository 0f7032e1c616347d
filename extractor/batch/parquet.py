"""Parquet, where it is wanted."""

from __future__ import annotations

from typing import Any

from extractor.errors import UsageError


def parquet() -> Any:
    """pyarrow's reader and writer of Parquet; UsageError where it is not installed."""
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError('Parquet needs pyarrow: pip install "itemone[parquet]"') from error
    return pyarrow.parquet
