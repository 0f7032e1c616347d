"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const list = byId("list"), source = byId("source"), text = byId("text"), find = byId("find");
  const sentences = [...document.querySelectorAll(".s")];
  const facts = [...list.querySelectorAll(".fact")];
  const factOf = new Map(facts.map((fact) => [fact.id, fact]));
  const marks = [...text.querySelectorAll(".m")];
  const marksOf = new Map();
  for (const mark of marks) {
    mark.tabIndex = -1;
    for (const key of mark.dataset.k.split(" ")) marksOf.set(key, [...(marksOf.get(key) ?? []), mark]);
  }
  let stop = marks[0]; // the mark that the Tab key reaches
  if (stop) stop.tabIndex = 0;
  for (const link of document.querySelectorAll("#text .m, .s, .claim")) link.draggable = false; // its text can be selected then
  root.classList.add("on");

  /* What is chosen: facts, their passages, and which of these is the current one. */
  let chosen = { facts: [], passages: [], at: 0 };
  let shown = null; // facts that alone are listed, whatever the filters say

  /** The first of the chosen facts as they are listed. */
  const first = () => facts.find((fact) => chosen.facts.includes(fact));
  const linksOf = (fact) => [...fact.querySelectorAll("[data-go*='.']")];

  /** Everything an address names: "rev-3", "rev-3.2" (its second passage), "s-4" (a sentence), "rev-3.2+fin-1.1". */
  function resolve(address) {
    const sentence = /^s-\d+$/.test(address) ? byId(address) : null;
    const keys = sentence ? sentence.dataset.facts.split(" ") : address.split("+");
    const named = [...new Set(keys.map((key) => factOf.get(key.split(".")[0])).filter(Boolean))];
    if (!named.length) return null;
    const passages = [];
    for (const fact of named) {
      for (const link of linksOf(fact)) {
        const found = marksOf.get(link.dataset.go) ?? [];
        const same = passages.find((p) => p.marks[0] === found[0] && p.marks.at(-1) === found.at(-1));
        if (same) same.keys.push(link.dataset.go);
        else if (found.length) passages.push({ keys: [link.dataset.go], marks: found, link, fact });
      }
    }
    const at = passages.findIndex((p) => p.keys.some((key) => keys.includes(key)));
    return { facts: named, passages, at: Math.max(at, 0), sentence };
  }

  /** Shows what an address names; its facts alone where `narrow` says so and they are several, or a filter hides one. */
  function choose(address, { push = false, narrow = false, keep = false, scroll = true } = {}) {
    const next = resolve(address);
    if (!next) return false;
    toggle(false);
    chosen = next;
    toggle(true);
    if (!keep) {
      const alone = (narrow && next.facts.length > 1) || next.facts.some((fact) => !matches(fact));
      const what = next.sentence ? ` of sentence ${address.slice(2)}` : narrow ? " of this passage" : "";
      show(alone ? new Set(next.facts) : null, `${count(next.facts.length, "fact", "facts")}${what}.`);
    }
    bring(list, first());
    const told = next.sentence ?? sentences.find((s) => s.classList.contains("chosen"));
    if (told) bring(byId("narrative"), told);
    go(next.at, scroll);
    if (location.hash !== `#${address}`) {
      try { history[push ? "pushState" : "replaceState"](null, "", `#${address}`); } catch { /* a page in a frame may not */ }
    }
    return true;
  }

  function toggle(on) {
    for (const fact of chosen.facts) {
      fact.classList.toggle("chosen", on);
      current(fact.querySelector(".claim"), on);
    }
    for (const passage of chosen.passages) {
      for (const mark of passage.marks) {
        mark.classList.toggle("lit", on);
        if (!on) delete mark.dataset.as;
        else mark.dataset.as ??= passage.fact.dataset.kind;
      }
    }
    if (!on) light(chosen.passages[chosen.at], false);
    const keys = chosen.facts.map((fact) => fact.id);
    for (const s of sentences) {
      const told = on && (chosen.sentence ? s === chosen.sentence : keys.some((k) => s.dataset.facts.split(" ").includes(k)));
      s.classList.toggle("chosen", told);
      current(s, told);
    }
  }

  const current = (element, on) => on ? element.setAttribute("aria-current", "true") : element.removeAttribute("aria-current");

  function light(passage, on) {
    if (!passage) return;
    passage.link.classList.toggle("now", on);
    for (const mark of passage.marks) {
      mark.classList.toggle("now", on);
      if (on) mark.dataset.as = passage.fact.dataset.kind;
    }
  }

  /** Makes passage number `at` the current one. */
  function go(at, scroll = true) {
    const { passages } = chosen;
    light(passages[chosen.at], false);
    chosen.at = (at + passages.length) % passages.length || 0;
    const passage = passages[chosen.at];
    light(passage, true);
    byId("previous").disabled = byId("next").disabled = passages.length < 2;
    byId("place").textContent = !chosen.facts.length ? "" : !passage ? `${chosen.facts[0].id}: no passage in the source`
      : `${passage.fact.id}, passage ${chosen.at + 1} of ${passages.length}: ${passage.link.firstElementChild.textContent}`;
    if (!passage) return;
    reach(passage.marks[0]);
    if (scroll) bring(source, spanning(passage.marks[0], passage.marks.at(-1)));
  }

  function spanning(first, last) {
    const range = document.createRange();
    range.setStartBefore(first);
    range.setEndAfter(last);
    return range;
  }

  function reach(mark) {
    stop.tabIndex = -1;
    stop = mark;
    stop.tabIndex = 0;
  }

  /** Scrolls `pane` so that an element or range in it is seen; it stays where it is when that is so already. */
  function bring(pane, target) {
    pane.scrollIntoView({ block: "nearest" });
    const box = pane.getBoundingClientRect(), rect = target.getBoundingClientRect();
    const top = box.top + (pane === source ? source.firstElementChild.offsetHeight : 0) + 6;
    if (rect.top >= top && rect.bottom <= box.bottom - 6) return;
    pane.scrollTop += rect.top - top - Math.max(0, (box.bottom - top - rect.height) / 3);
  }

  function clear() {
    toggle(false);
    chosen = { facts: [], passages: [], at: 0 };
    show(null);
    go(0);
    try { history.replaceState(null, "", location.pathname + location.search); } catch { /* as above */ }
  }

  /* Filters and search. */
  const areas = new Set();
  let withFigures = false, onlyRejected = false, query = "", hits = [], hit = -1;
  const words = new Map();

  const folded = (string) => string.replace(/\s+/g, " ").trim().toLowerCase();
  const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;
  const filtering = () => areas.size > 0 || withFigures || onlyRejected || query !== "";

  function matches(fact) {
    if (areas.size && !areas.has(fact.dataset.area)) return false;
    if (withFigures && !("figures" in fact.dataset)) return false;
    if (onlyRejected && fact.dataset.kind !== "rej") return false;
    if (!query) return true;
    if (!words.has(fact)) words.set(fact, folded(fact.textContent));
    return words.get(fact).includes(query);
  }

  function filter() {
    let seen = 0;
    for (const fact of facts) {
      fact.hidden = !(shown ? shown.has(fact) : matches(fact));
      seen += !fact.hidden;
    }
    for (const group of list.querySelectorAll(".group")) {
      group.hidden = (shown !== null || filtering()) && !group.querySelector(".fact:not([hidden])");
    }
    byId("facts-head").hidden = seen > 0 && !list.querySelector(".group:not([hidden]) h3 .m");
    byId("none").hidden = seen > 0 || facts.length === 0;
    return seen;
  }

  /** Lists these facts alone, whatever the filters say; null: those that match the filters. Returns how many. */
  function show(facts, what = "") {
    shown = facts;
    byId("showing").hidden = !facts;
    byId("showing").firstElementChild.textContent = what;
    return filter();
  }

  function refilter() {
    for (const chip of document.querySelectorAll(".chip[data-area]")) press(chip, areas.has(chip.dataset.area));
    press(byId("with-figures"), withFigures);
    press(byId("only-rejected"), onlyRejected);
    const seen = show(null);
    list.scrollTop = 0;
    const places = hits.length === MOST_HITS ? `${MOST_HITS} or more places` : count(hits.length, "place", "places");
    byId("found").textContent = query ? `${count(seen, "fact", "facts")}, ${places} in the source` : "";
    byId("hit-next").disabled = hits.length === 0;
  }

  const press = (button, on) => button.setAttribute("aria-pressed", String(on));

  const MOST_HITS = 500;
  let nodes = null, starts = null, whole = "";

  function search() {
    query = folded(find.value);
    hits = query ? placesOf(query) : [];
    hit = -1;
    if (globalThis.CSS?.highlights) {
      CSS.highlights.set("hit", new Highlight(...hits));
      CSS.highlights.delete("here");
    }
    refilter();
  }

  function placesOf(sought) {
    if (!nodes) {
      nodes = [];
      starts = [];
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        nodes.push(walker.currentNode);
        starts.push(whole.length);
        whole += walker.currentNode.data;
      }
    }
    const pattern = sought.split(" ").map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("\\s+");
    const found = [];
    for (const match of whole.matchAll(new RegExp(pattern, "giu"))) {
      const range = document.createRange();
      range.setStart(...placeAt(match.index));
      range.setEnd(...placeAt(match.index + match[0].length, true));
      if (found.push(range) === MOST_HITS) break;
    }
    return found;
  }

  /** [node, offset] of an offset in the whole text; at a border, of the node before where `end` says so. */
  function placeAt(offset, end = false) {
    let low = 0, high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] < offset || (!end && starts[middle] === offset)) low = middle;
      else high = middle - 1;
    }
    return [nodes[low], offset - starts[low]];
  }

  function nextHit(step) {
    if (!hits.length) return;
    hit = (hit + step + hits.length) % hits.length;
    if (globalThis.CSS?.highlights) CSS.highlights.set("here", new Highlight(hits[hit]));
    bring(source, hits[hit]);
    byId("found").textContent = `place ${hit + 1} of ${hits.length} in the source`;
  }

  /* Clicks: one listener for the page. */
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const button = event.target.closest("button");
    if (button) return (actions[button.id] ?? (() => pick(button.dataset.area)))();
    const link = event.target.closest("a"), fact = event.target.closest(".fact");
    const selection = getSelection();
    const selecting = event.detail > 0 && !selection.isCollapsed && selection.containsNode(link ?? fact ?? root, true);
    if (link) {
      if (selecting || follow(link, event.detail === 0)) event.preventDefault();
    } else if (fact && !selecting) {
      choose(fact.id, { push: true });
    }
  });

  function follow(link, byKey) {
    if (link.matches(".s")) return choose(link.id, { push: true, narrow: true });
    if (link.matches("#text .m")) {
      const done = choose(link.dataset.k.replaceAll(" ", "+"), { push: true, narrow: true, scroll: byKey });
      if (done && byKey) first().querySelector(".claim").focus({ preventScroll: true });
      return done;
    }
    if (link.matches(".claim")) return choose(link.closest(".fact").id, { push: true });
    if (link.hash === "#provenance") reset(); // filters would hide it
    return link.dataset.go ? choose(link.dataset.go, { push: true, narrow: link.dataset.go.startsWith("s-") }) : false;
  }

  function pick(area) {
    if (!areas.delete(area)) areas.add(area);
    refilter();
  }

  const actions = {
    previous: () => go(chosen.at - 1),
    next: () => go(chosen.at + 1),
    "hit-next": () => nextHit(1),
    "with-figures": () => { withFigures = !withFigures; refilter(); },
    "only-rejected": () => { onlyRejected = !onlyRejected; refilter(); },
    all: reset,
    help: () => byId("card").showModal(),
    close: () => byId("card").close(),
    theme: () => {
      const dark = byId("theme").getAttribute("aria-pressed") !== "true";
      root.dataset.theme = dark ? "dark" : "light";
      press(byId("theme"), dark);
    },
    download: () => {
      const escapes = { "\\u003c": "<", "\\u2028": "\u2028", "\\u2029": "\u2029" };
      const json = byId("record").textContent.replace(/\\(?:u003c|u202[89]|.)/g, (escape) => escapes[escape] ?? escape);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([json], { type: "application/json" }));
      link.download = byId("download").dataset.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    },
  };

  function reset() {
    find.value = "";
    areas.clear();
    withFigures = onlyRejected = false;
    clear();
    search();
  }

  /* Keys. */
  function step(by) {
    const seen = facts.filter((fact) => !fact.hidden);
    if (!seen.length) return;
    const from = document.activeElement.closest(".fact") ?? first();
    const at = seen.indexOf(from);
    const fact = seen[at < 0 ? (by > 0 ? 0 : seen.length - 1) : Math.min(Math.max(at + by, 0), seen.length - 1)];
    choose(fact.id, { keep: true });
    fact.querySelector(".claim").focus({ preventScroll: true });
  }

  function stepMark(by) {
    if (!stop) return;
    if (document.activeElement === stop) reach(marks[(marks.indexOf(stop) + by + marks.length) % marks.length]);
    stop.focus({ preventScroll: true });
    bring(source, stop);
  }

  const letters = {
    j: () => step(1), k: () => step(-1),
    n: () => go(chosen.at + 1), p: () => go(chosen.at - 1),
    m: () => stepMark(1), M: () => stepMark(-1),
    "/": () => find.select(), "?": actions.help,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("card").open) return;
    if (event.key === "Escape") {
      reset();
      find.blur();
    } else if (event.target === find) {
      if (event.key === "Enter") nextHit(event.shiftKey ? -1 : 1);
    } else if (byId("keys").checked && Object.hasOwn(letters, event.key)) {
      event.preventDefault();
      letters[event.key]();
    }
  });

  find.addEventListener("input", search);
  const here = () => location.hash ? choose(location.hash.slice(1)) : clear();
  addEventListener("popstate", here);
  press(byId("theme"), matchMedia("(prefers-color-scheme: dark)").matches);
  if (location.hash) here();
})();
