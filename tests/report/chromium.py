"""The Chromium that pages are opened in, and why there is none where there is none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")  # Debian's
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
AXE = Path(os.environ.get("ITEMONE_AXE", "no axe-core"))  # the path of axe.min.js


def lacking() -> str | None:
    """What is missing for a browser, and how to get it; None where nothing is."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return 'needs Playwright: pip install -e ".[dev]"'
    return None if CHROMIUM.exists() else f"needs {CHROMIUM}: apt-get install chromium"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; while it is open no other event loop can run in this thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def watch(page: Page, file: Path) -> list[str]:
    """What goes wrong in a page from now on, and what it asks of anything but `file`; the list grows."""
    told: list[str] = []

    def asked(url: str) -> None:
        if url.partition("#")[0] != file.as_uri() and not url.startswith("blob:"):
            told.append(f"request: {url}")

    page.on("console", lambda message: told.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: told.append(f"error: {error}"))
    page.on("dialog", lambda dialog: told.append(f"dialog: {dialog.message}"))
    page.on("request", lambda request: asked(request.url))
    return told


def serious(page: Page) -> list[str]:
    """What axe-core, which the page holds by then, finds serious or critical."""
    found = page.evaluate("axe.run().then((results) => results.violations)")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
