"""The reviewer's page in Chromium: what a click, a key and a search show, on a small record and on a long one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from extractor import Brief, Document, to_html
from extractor.record import to_json
from tests.report.chromium import serious
from tests.report.conftest import NARROW, TRICKS, Open

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Made = tuple[Brief, Document]

SEEN = """(selector, pane) => {
  const box = document.querySelector(pane).getBoundingClientRect();
  return [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect())
    .some((rect) => rect.height > 0 && rect.top >= box.top && rect.bottom <= box.bottom);
}"""


def seen(page: Page, selector: str, pane: str) -> bool:
    """Whether something of that selector is within what its pane shows."""
    return bool(page.evaluate(f"([selector, pane]) => ({SEEN})(selector, pane)", [selector, pane]))


def address(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def chosen(page: Page) -> list[str]:
    return [str(id_) for id_ in page.eval_on_selector_all(".fact.chosen", "all => all.map((fact) => fact.id)")]


def listed(page: Page) -> list[str]:
    return [str(id_) for id_ in page.eval_on_selector_all(".fact:not([hidden])", "all => all.map((fact) => fact.id)")]


def texts(page: Page, selector: str) -> list[str]:
    """The texts under a selector, on one line each."""
    return [" ".join(text.split()) for text in page.locator(selector).all_text_contents()]


def test_a_sentence_shows_its_facts_and_their_passages(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.click("#s-2")
    assert listed(page) == chosen(page) == ["rev-1", "rev-2"]
    assert texts(page, "#showing span") == ["2 facts of sentence 2."]
    assert texts(page, "#text .now") == ["Lamps accounted for 61%", "of net sales in 2021"]
    assert texts(page, "#text .lit")[-1] == "Net sales were $48.2 million in 2021"
    assert address(page) == "#s-2"


def test_in_a_long_text_the_passage_is_brought_into_view(opened: Open, quillstone: Made) -> None:
    page = opened(*quillstone)
    last = f"#s-{len(quillstone[0].narrative.sentences)}"
    page.click(last)
    assert seen(page, "#text .now", "#source")
    assert seen(page, last, "#narrative")
    for id_ in ("pro-9", "com-1", "fin-6", "unc-3"):
        page.click(f"#{id_} .claim")
        assert (chosen(page), address(page)) == ([id_], f"#{id_}")
        assert seen(page, "#text .now", "#source")
    assert page.evaluate("scrollY") == 0


def test_the_sentence_that_tells_a_fact_is_shown_with_it(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.click("#rev-2 .claim")
    assert texts(page, ".s.chosen") == ["Lamps accounted for 61% of net sales of $48.2 million in 2021."]
    page.click("#pro-1 [data-go=s-1]")
    assert texts(page, ".s.chosen") == ["The company makes lamps from Ohio."]


def test_a_mark_shows_the_facts_that_rest_on_it(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.click("#text .m >> text='Lamps accounted for 61%'")
    assert listed(page) == chosen(page) == ["rev-1", "pro-2"]
    assert texts(page, "#showing span") == ["2 facts of this passage."]
    page.click("#text .m >> text=Net sales were")
    assert chosen(page) == ["rev-2"]
    assert len(listed(page)) == 8
    page.click("#text .m >> text=$12.0 million")
    assert chosen(page) == ["rej-1"]
    page.click("#text .m >> text=1,140 customers")
    assert chosen(page) == ["unc-1"]


def test_a_mark_of_several_passages_starts_with_the_one_clicked(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.click("#text .m >> text='lamps through 14 dealers'")
    assert chosen(page) == ["pro-1", "cha-1"]
    assert texts(page, "#text .now")[-1] == "lamps through 14 dealers"


def test_several_passages_one_after_the_other(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.click("#pro-1 .claim")
    passages = []
    for _ in range(4):
        passages.append((texts(page, "#place")[0], texts(page, "#text .now")))
        page.click("#next")
    assert passages == [
        ("pro-1, passage 1 of 3: Products", ["The Company makes lamps"]),
        ("pro-1, passage 2 of 3: Products", ["Lamps come from Ohio"]),
        ("pro-1, passage 3 of 3: Products", ["lamps through 14 dealers"]),
        ("pro-1, passage 1 of 3: Products", ["The Company makes lamps"]),
    ]
    page.click("#previous")
    assert texts(page, "#text .now") == ["The Company makes lamps"]
    page.click("#pro-1 [data-go='pro-1.3']")
    assert (texts(page, "#text .now"), address(page)) == (["lamps through 14 dealers"], "#pro-1.3")


def test_a_fact_whose_quote_is_lost_says_so(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.click("#fin-1 .claim")
    assert texts(page, "#place") == ["fin-1: no passage in the source"]
    assert texts(page, "#text .lit") == []


@pytest.mark.parametrize(
    ("fragment", "facts"),
    [
        pytest.param("#rev-2", ["rev-2"], id="fact"),
        pytest.param("#s-2", ["rev-1", "rev-2"], id="sentence"),
        pytest.param("#pro-1.2", ["pro-1"], id="passage"),
        pytest.param("#rev-1.1+pro-2.1", ["rev-1", "pro-2"], id="mark"),
        pytest.param("#rev-99", [], id="nothing-of-that-name"),
    ],
)
def test_the_address_opens_at_its_place(opened: Open, lamps: Made, fragment: str, facts: list[str]) -> None:
    page = opened(*lamps, fragment)
    assert (chosen(page), address(page)) == (facts, fragment)


def test_back_goes_to_what_was_chosen_before(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.click("#rev-1 .claim")
    page.click("#cha-1 .claim")
    page.go_back()
    assert (chosen(page), address(page)) == (["rev-1"], "#rev-1")
    page.go_back()
    assert chosen(page) == []


def test_filters(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    everything = listed(page)
    page.click(".chip[data-area=revenue_sources]")
    assert listed(page) == ["rev-1", "rev-2"]
    page.click(".chip[data-area=channels]")
    assert listed(page) == ["rev-1", "rev-2", "cha-1"]
    page.click("#with-figures")
    assert listed(page) == ["rev-1"]
    page.click("#only-rejected")
    assert (listed(page), page.is_visible("#none")) == ([], True)
    page.keyboard.press("Escape")
    assert listed(page) == everything
    page.click(".chip[data-area=customers]")
    assert listed(page) == ["unc-1"]


def test_only_what_was_rejected(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.click("#only-rejected")
    assert (listed(page), page.get_attribute("#only-rejected", "aria-pressed")) == (["rej-1"], "true")
    assert texts(page, "#rej-1 .reasons li") == [
        "It states a figure that its passages do not hold. $21.0 million is not in the quotes figure_not_in_quote"
    ]
    page.click(".chip[data-area=products]")
    assert listed(page) == []
    page.click(".chip[data-area=financing]")
    assert listed(page) == ["rej-1"]


def test_provenance_is_found_whatever_is_filtered(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.click("#only-rejected")
    assert not page.is_visible("#provenance")
    page.click("text=Provenance >> nth=0")
    assert seen(page, "#provenance h2", "#list")


def test_text_can_be_selected_without_choosing_it(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    box = page.locator("#text .m >> text=Net sales were").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 12, steps=4)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()") in lamps[1].text
    assert len(page.evaluate("getSelection().toString()")) > 5
    assert (chosen(page), address(page)) == ([], "")
    page.click("#rev-1 [data-go='rev-1.1']")  # what is selected elsewhere is in nobody's way
    assert chosen(page) == ["rev-1"]


def test_what_is_chosen_is_shown_whatever_the_filters_say(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.click(".chip[data-area=channels]")
    page.click("#s-1")
    assert listed(page) == chosen(page) == ["pro-1"]
    page.click("#all")
    assert len(listed(page)) == 8


def test_search_in_facts_and_source(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.keyboard.press("/")
    page.keyboard.type("sells  LAMPS")
    assert listed(page) == ["cha-1"]
    assert texts(page, "#found") == ["1 fact, 1 place in the source"]  # across the end of a line
    page.keyboard.press("Enter")
    assert texts(page, "#found") == ["place 1 of 1 in the source"]
    assert page.evaluate("[...CSS.highlights.get('here')].map(String)") == ["sells\nlamps"]
    page.fill("#find", "(a+b")
    assert (listed(page), texts(page, "#found")) == ([], ["0 facts, 0 places in the source"])
    page.keyboard.press("Escape")
    assert (page.input_value("#find"), len(listed(page))) == ("", 8)


def test_search_goes_on_to_the_next_place_of_a_long_text(opened: Open, quillstone: Made) -> None:
    page = opened(*quillstone)
    page.fill("#find", "ledger")
    places = page.evaluate("CSS.highlights.get('hit').size")
    assert places == quillstone[1].text.lower().count("ledger")
    tops = set()
    for _ in range(places):
        page.press("#find", "Enter")
        tops.add(page.evaluate("document.getElementById('source').scrollTop"))
    assert len(tops) > 1
    assert texts(page, "#found") == [f"place {places} of {places} in the source"]
    page.press("#find", "Shift+Enter")
    assert texts(page, "#found") == [f"place {places - 1} of {places} in the source"]


def test_the_keyboard_alone(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    for key, place in (("j", ["rev-1"]), ("j", ["rev-2"]), ("j", ["pro-1"]), ("k", ["rev-2"])):
        page.keyboard.press(key)
        assert (chosen(page), page.evaluate("document.activeElement.closest('.fact').id")) == (place, place[0])
    page.keyboard.press("j")
    page.keyboard.press("n")
    assert texts(page, "#text .now") == ["Lamps come from Ohio"]
    page.keyboard.press("p")
    assert texts(page, "#text .now") == ["The Company makes lamps"]
    page.keyboard.press("m")
    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.textContent") == "shades. "
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    assert listed(page) == ["rev-1", "pro-2"]
    assert page.evaluate("document.activeElement.closest('.fact').id") == "rev-1"
    page.keyboard.press("M")
    page.keyboard.press("Escape")
    assert (chosen(page), address(page), len(listed(page))) == ([], "", 8)


def test_tab_reaches_everything_and_the_source_once(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    reached = []
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("(document.activeElement.closest('.fact') ?? document.activeElement).id"))
        if reached[-1] == "source":
            break
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "The Company makes lamps"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body")
    order = [id_ for id_ in dict.fromkeys(reached) if id_]
    assert order[:3] == ["download", "theme", "help"]  # after the links to the facts and the source
    wanted = ["narrative", "s-1", "s-2", "find", "with-figures", "only-rejected", "list", "rev-1", "rej-1", "unc-1"]
    assert [id_ for id_ in order if id_ in wanted] == wanted


def test_the_first_links_skip_to_facts_and_source(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("nav => getComputedStyle(nav).clipPath") == "none"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.fact').id") == "rev-1"


def test_next_fact_stays_within_what_is_shown(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.click("#s-2")
    for place in ("rev-2", "rev-2"):
        page.keyboard.press("j")
        assert (chosen(page), listed(page)) == ([place], ["rev-1", "rev-2"])


def test_the_help_card(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.keyboard.press("?")
    assert page.is_visible("#card")
    assert page.evaluate("document.getElementById('card').contains(document.activeElement)")
    page.uncheck("#keys")
    page.keyboard.press("Escape")
    assert not page.is_visible("#card")
    page.keyboard.press("j")
    assert chosen(page) == []
    page.click("#help")
    page.click("#close")
    assert not page.is_visible("#card")


def test_dark_and_light(opened: Open, lamps: Made) -> None:
    ground = "getComputedStyle(document.querySelector('#source')).backgroundColor"
    light = opened(*lamps)
    dark = opened(*lamps, color_scheme="dark")
    white, black = light.evaluate(ground), dark.evaluate(ground)
    assert white != black
    assert dark.get_attribute("#theme", "aria-pressed") == "true"
    light.click("#theme")
    dark.click("#theme")
    assert (light.evaluate(ground), dark.evaluate(ground)) == (black, white)


def test_a_narrow_screen_has_one_column_with_all_in_view(opened: Open, quillstone: Made) -> None:
    page = opened(*quillstone, "#rev-2", viewport=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    boxes = [page.locator(pane).bounding_box() for pane in ("#narrative", "#facts", "#source")]
    assert all(box and box["width"] == NARROW["width"] for box in boxes)
    assert seen(page, "#rev-2 .claim", "#list")
    assert seen(page, "#text .now", "#source")
    assert seen(page, ".s.chosen", "#narrative")


def test_a_screen_with_little_height_scrolls(opened: Open, quillstone: Made) -> None:
    page = opened(*quillstone, viewport={"width": 320, "height": 256})
    page.click("#rev-2 .claim")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert seen(page, "#text .now", "#source")


def test_on_paper_the_passages_are_numbered_notes_under_the_narrative(opened: Open, lamps: Made) -> None:
    page = opened(*lamps)
    page.click(".chip[data-area=channels]")
    page.emulate_media(media="print")
    assert texts(page, ".prose sup") == ["1, 2, 3", "4, 5"]
    notes = texts(page, ".notes li")
    assert notes[0] == "“The Company makes lamps” pro-1; 28–51"
    assert notes[4] == "“Net sales were $48.2 million in 2021” rev-2; 155–191"
    visible = {id_: page.is_visible(id_) for id_ in (".notes", ".prose sup", "#rev-1", "#source", "#find", "#download")}
    assert visible == {
        ".notes": True, ".prose sup": True, "#rev-1": True, "#source": False, "#find": False, "#download": False,
    }  # fmt: skip
    tops = [page.locator(part).bounding_box() for part in (".prose", ".notes", "#rev-1")]
    assert sorted(tops, key=lambda box: box["y"] if box else 0) == tops
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("made", ["lamps", "hostile"])
def test_the_record_is_downloaded_in_the_same_bytes(opened: Open, made: str, request: pytest.FixtureRequest) -> None:
    record, document = request.getfixturevalue(made)
    page = opened(record, document)
    with page.expect_download() as download:
        page.click("#download")
    assert download.value.path().read_bytes() == to_json(record).encode()
    assert download.value.suggested_filename.endswith(".brief.json")


def test_a_hostile_record_is_text(opened: Open, hostile: Made) -> None:
    record, document = hostile
    page = opened(record, document)
    assert page.evaluate("document.getElementById('text').textContent") == document.text
    assert page.locator("#pro-1 .claim").text_content() == record.facts.products[0].statement
    assert page.locator("#rej-1 .claim").text_content() == " ".join(TRICKS)
    assert page.title() == "itemone: " + re.sub(r"[ \f\r]+", " ", " ".join(TRICKS))
    for claim in page.locator(".claim").all():
        claim.click(position={"x": 3, "y": 3})
    assert page.evaluate("window.tricked") is None
    assert page.locator("h1").count() == 1


def test_what_turns_a_text_around_does_not_turn_the_page(opened: Open, hostile: Made) -> None:
    page = opened(*hostile)
    turned = f"#pro-{1 + next(i for i, trick in enumerate(TRICKS) if trick[0] == chr(0x202E))}"
    key, dots = (page.locator(f"{turned} .meta {part}").bounding_box() for part in ("b", ".dots"))
    assert key is not None
    assert dots is not None
    assert key["x"] < dots["x"]


def test_no_script_and_no_style_but_the_pages_own(browser: Browser, lamps: Made, tmp_path: Path) -> None:
    file = tmp_path / "brief.html"
    file.write_text(to_html(*lamps), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    for attempt in (
        "document.body.setAttribute('onclick', 'window.tricked = 1'); document.body.click()",
        "document.body.innerHTML += '<img src=x onerror=\"window.tricked = 2\">'",
        "location.href = 'javascript:window.tricked = 3'",
        "document.body.append(Object.assign(document.createElement('style'), {textContent: 'h1 {display: none}'}))",
        "document.querySelector('h1').setAttribute('style', 'display: none')",
    ):
        page.evaluate(f"() => {{ try {{ {attempt} }} catch {{ /* refused at once */ }} }}")
    page.wait_for_timeout(50)
    assert page.evaluate("window.tricked") is None
    assert page.is_visible("h1")
    page.close()


def test_without_scripts_links_still_lead_from_one_to_the_other(opened: Open, lamps: Made) -> None:
    page = opened(*lamps, java_script_enabled=False)
    assert not page.is_visible("#find")
    page.click("#text .m >> text=Net sales were")
    assert page.url.endswith("#rev-2")
    page.click("#pro-1 [href='#pro-1.2']")
    assert page.url.endswith("#pro-1.2")


LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": NARROW},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("made", ["lamps", "quillstone", "hostile"])
def test_axe_finds_nothing_serious(
    opened: Open, axe: str, made: str, look: str, request: pytest.FixtureRequest
) -> None:
    page = opened(*request.getfixturevalue(made), "#s-1", bypass_csp=True, reduced_motion="reduce", **LOOKS[look])
    page.evaluate(axe)
    assert serious(page) == []
    page.keyboard.press("?")
    assert serious(page) == []
