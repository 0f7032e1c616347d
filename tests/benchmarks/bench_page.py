"""The reviewer's page of a long filing in Chromium: how soon it answers, and that everything on it leads where it says.

Runs with the tests on the longest fixture; `python -m tests.benchmarks.bench_page FOLDER` takes the longest text of a
folder.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extractor import Brief, brief, read, to_html
from extractor.record import all_facts
from tests.benchmarks.bench_speed import FIXTURES, longest
from tests.report.chromium import AXE, chromium, lacking, serious, watch

if TYPE_CHECKING:
    from playwright.sync_api import Page

READY = 1_000  # milliseconds from the request of the page to where it takes a click
ANSWER = 100  # milliseconds from a click to the frame that shows what it did
ROUNDS = 3  # the shortest counts: what else the machine does only ever adds to a time
CLICKED = (".s", ".fact .claim", "#text .m")
EACH = 12

NAVIGATION = "performance.getEntriesByType('navigation')[0].domInteractive"

TIMED = """async ([selector, number]) => {
  const all = [...document.querySelectorAll(selector)];
  const start = performance.now();
  all[Math.floor(number * all.length)].click();
  await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
  return performance.now() - start;
}"""

# Clicks every sentence, fact and mark; [what was clicked, keys that should be shown, those that are, passage in view].
WALK = """() => {
  const box = document.getElementById("source").getBoundingClientRect();
  const solid = (text) => text.replace(/\\s/g, "");
  const keys = () => [...document.querySelectorAll(".fact.chosen:not([hidden])")].map((fact) => fact.id).sort();
  const walked = [];
  const walk = (element, name, facts) => {
    element.click();
    const now = [...document.querySelectorAll("#text .now")];
    const rects = now.map((mark) => mark.getBoundingClientRect());
    const first = rects[0];
    walked.push({
      name, facts: [...new Set(facts)].sort(), chosen: keys(), address: location.hash,
      passage: solid(now.map((mark) => mark.textContent).join("")),
      inView: Boolean(first) && first.top >= box.top && first.top <= box.bottom,
    });
  };
  for (const s of document.querySelectorAll(".s")) walk(s, s.id, s.dataset.facts.split(" "));
  for (const fact of document.querySelectorAll(".fact")) walk(fact.querySelector(".claim"), fact.id, [fact.id]);
  for (const mark of document.querySelectorAll("#text .m")) {
    mark.scrollIntoView({ block: "center" });
    const facts = mark.dataset.k.split(" ").map((key) => key.split(".")[0]);
    walk(mark, mark.dataset.k.replaceAll(" ", "+"), facts);
  }
  return walked;
}"""


def wrong(page: Page, record: Brief) -> list[str]:
    """What does not lead where it says, of everything that can be clicked."""
    quotes = {fact.id: "".join(fact.evidence[0].quote.split()) for fact in all_facts(record.facts)}
    found = []
    for step in page.evaluate(WALK):
        name = step["name"]
        if step["chosen"] != step["facts"] or step["address"] != f"#{name}" or not step["inView"]:
            found.append(f"{name}: {step}")
        elif name in quotes and step["passage"] != quotes[name]:
            found.append(f"{name}: {step['passage']!r} is shown for {quotes[name]!r}")
    return found


def click(page: Page) -> float:
    """Milliseconds of the slowest of many clicks."""
    places = [(selector, number / EACH) for selector in CLICKED for number in range(EACH)]
    return float(max(min(page.evaluate(TIMED, place) for _ in range(ROUNDS)) for place in places))


def faults(source: Path, scratch: Path) -> list[str]:
    """What is too slow or wrong on the page of a filing."""
    document = read(source)
    record = brief(document)
    file = scratch / "brief.html"
    file.write_text(to_html(record, document), encoding="utf-8")
    with chromium() as browser:
        ready = []
        for _ in range(ROUNDS):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            told = watch(page, file)
            page.goto(file.as_uri())
            ready.append(page.evaluate(NAVIGATION))
        answer = click(page)
        print(f"{len(document.text)} characters: ready in {min(ready):.0f} ms, a click answered in {answer:.0f} ms")
        found = [f"ready after {min(ready):.0f} ms"] * (min(ready) > READY)
        found += [f"a click answered after {answer:.0f} ms"] * (answer > ANSWER)
        found += wrong(page, record)
        if page.evaluate("document.getElementById('text').textContent") != document.text:
            found.append("the text in the page is not the document's")
        found += told
        if AXE.is_file():
            page = browser.new_page(bypass_csp=True, reduced_motion="reduce")
            page.goto(file.as_uri())
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found += serious(page)
    return found


def test_a_long_page_answers_at_once_and_leads_where_it_says(tmp_path: Path) -> None:
    if reason := lacking():
        pytest.skip(reason)
    assert faults(longest(FIXTURES), tmp_path) == []


def main(folder: Path) -> int:
    """1 where the page of the folder's longest text is too slow or wrong, or there is no browser to tell."""
    if reason := lacking():
        print(reason)
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        found = faults(longest(folder), Path(scratch))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
