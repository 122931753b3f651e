/* The case page: shows the place of a finding on its paper, and settles findings by single keys.
 *
 * A decision is possible only once every place of the finding was shown: in the viewer, or as a cutting beside the value.
 * Text that comes from papers is only ever set as text.
 */
"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const READABLE = 1.7; // pixels for a point: type of 10 points is then 17 pixels high
  const LARGEST = 8;
  const root = document.getElementById("case");
  if (!root) return;
  const stage = document.getElementById("stage");
  const sheet = document.getElementById("sheet");
  const help = document.getElementById("help");
  const said = document.getElementById("said");
  const state = { page: null, scale: 0, fitted: true, turn: 0, marks: [], selected: null, place: 0, words: null, last: null };
  const seen = new Map(); // key of a finding -> the numbers of its places that were shown
  const read = new Map(); // page -> its words, as [text, x0, top, x1, bottom]

  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector, from = document) => from.querySelector(selector);
  const say = (text) => { said.textContent = ""; said.textContent = text; };
  const refuse = (text) => { say(text); said.classList.add("shown"); };
  for (const next of ["keydown", "pointerdown", "case:asked"]) document.addEventListener(next, () => said.classList.remove("shown"), true);
  const decline = (why) => { refuse(why); document.dispatchEvent(new CustomEvent("case:refused")); };
  const text = (name) => root.dataset[name] || "";
  const drawn = (name, attributes) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };

  // ---- the viewer ------------------------------------------------------------------------------------------------

  const pageOf = (id) => one(`[data-paper-page="${CSS.escape(id)}"]`);
  const sized = (button) => [Number(button.dataset.width), Number(button.dataset.height)];

  function show(id, marks = [], { keep = false } = {}) {
    const button = pageOf(id);
    if (!button) return;
    if (state.page !== id) { state.turn = 0; draw(button, id); }
    state.marks = marks;
    mark();
    if (!keep) fit(marks[0]);
    current_page();
    document.getElementById("page-title").textContent = button.dataset.title;
    button.scrollIntoView({ block: "nearest", inline: "nearest" });
    document.dispatchEvent(new CustomEvent("case:page"));
  }

  const current_page = () => all("[data-paper-page]").forEach((other) => other.setAttribute("aria-current", String(other.dataset.paperPage === state.page)));

  function draw(button, id) {
    const [width, height] = sized(button);
    state.page = id;
    const quick = drawn("image", { href: button.dataset.small, width, height, preserveAspectRatio: "none" });
    const large = drawn("image", { href: button.dataset.large, width, height, preserveAspectRatio: "none" });
    const turned = drawn("g", { id: "turned" });
    turned.append(quick, large, drawn("g", { id: "places" }), drawn("g", { id: "words" }));
    sheet.replaceChildren(turned);
    sheet.setAttribute("aria-label", button.dataset.title);
    stage.dataset.state = "loading";
    large.addEventListener("load", () => { stage.dataset.state = "shown"; quick.remove(); reveal(id); });
    large.addEventListener("error", () => { stage.dataset.state = "missing"; refuse(text("noPicture")); });
    turnTo(state.turn);
    if (typing()) words();
  }

  function turnTo(degrees) {
    state.turn = (degrees + 360) % 360;
    const button = pageOf(state.page);
    if (!button) return;
    const [width, height] = sized(button);
    const aside = state.turn % 180 !== 0;
    const moved = { 0: "", 90: `translate(${height} 0) rotate(90)`, 180: `translate(${width} ${height}) rotate(180)`, 270: `translate(0 ${width}) rotate(270)` };
    sheet.setAttribute("viewBox", aside ? `0 0 ${height} ${width}` : `0 0 ${width} ${height}`);
    document.getElementById("turned").setAttribute("transform", moved[state.turn]);
    zoomTo(state.fitted ? widest() : state.scale);
  }

  const across = () => { const [w, h] = sized(pageOf(state.page)); return state.turn % 180 ? h : w; };
  const widest = () => Math.max(0.2, (stage.clientWidth - 2) / across());

  function zoomTo(scale, fitted = state.fitted) {
    if (!state.page) return;
    const middle = [(stage.scrollLeft + stage.clientWidth / 2) / sheet.clientWidth, (stage.scrollTop + stage.clientHeight / 2) / sheet.clientHeight];
    state.scale = Math.min(LARGEST, Math.max(0.2, scale));
    state.fitted = fitted;
    const [, , width, height] = sheet.getAttribute("viewBox").split(" ").map(Number);
    sheet.style.width = `${width * state.scale}px`;
    sheet.style.height = `${height * state.scale}px`;
    stage.scrollTo(middle[0] * sheet.clientWidth - stage.clientWidth / 2, middle[1] * sheet.clientHeight - stage.clientHeight / 2);
  }

  function fit(place) {
    if (!place || !place.box) { zoomTo(widest(), true); stage.scrollTo(0, 0); return; }
    const [x0, top, x1, bottom] = place.box;
    const wanted = Math.min(READABLE, (stage.clientWidth - 48) / Math.max(1, x1 - x0));
    zoomTo(Math.max(widest(), wanted), false);
    const middle = [(x0 + x1) / 2, (top + bottom) / 2];
    stage.scrollTo(middle[0] * state.scale - stage.clientWidth / 2, middle[1] * state.scale - stage.clientHeight / 2);
  }

  function mark() {
    const layer = document.getElementById("places");
    layer.replaceChildren();
    state.marks.filter((place) => place.box).forEach((place, n) => {
      const [x0, top, x1, bottom] = place.box;
      const around = { x: x0 - 2.5, y: top - 1.5, width: x1 - x0 + 5, height: bottom - top + 3, rx: 2 };
      layer.append(drawn("rect", { ...around, class: n ? "mark other" : "mark" }));
    });
  }

  function step(by) {
    const pages = all("[data-paper-page]");
    const at = pages.findIndex((button) => button.dataset.paperPage === state.page);
    const next = pages[Math.min(pages.length - 1, Math.max(0, at + by))];
    if (next) show(next.dataset.paperPage, marksOn(next.dataset.paperPage));
  }

  // ---- findings and their places -----------------------------------------------------------------------------------

  const findings = () => all("[data-finding]");
  const current = () => findings().find((item) => item.dataset.finding === state.selected) || null;
  const isOpen = (item) => item.dataset.holds === "1";
  const placesOf = (item) => all("[data-place]", item);
  const placeOf = (node) => ({ number: Number(node.dataset.place || 0), page: node.dataset.page || "", box: node.dataset.box ? node.dataset.box.split(" ").map(Number) : null });
  const marksOn = (page) => { const item = current(); return item ? placesOf(item).map(placeOf).filter((place) => place.page === page) : []; };

  function select(item, { focus = true, place = 0 } = {}) {
    if (!item) return;
    closePanels();
    findings().forEach((other) => {
      const chosen = other === item;
      other.classList.toggle("selected", chosen);
      one(".finding-head", other).setAttribute("aria-expanded", String(chosen));
      one(".finding-body", other).hidden = !chosen;
    });
    state.selected = item.dataset.finding;
    placesOf(item).forEach(cut);
    go(place);
    gate(item);
    const head = one(".finding-head", item);
    if (focus) head.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }

  function go(number) {
    const item = current();
    if (!item) return;
    const places = placesOf(item);
    if (!places.length) { gate(item); return; }
    state.place = (number + places.length) % places.length;
    const node = places[state.place];
    places.forEach((other) => other.classList.toggle("here", other === node));
    const place = placeOf(node);
    if (place.page) {
      const rest = placesOf(item).map(placeOf).filter((other) => other.page === place.page && other.number !== place.number);
      const same = state.page === place.page && stage.dataset.state !== "loading";
      show(place.page, [place, ...rest]);
      if (same) reveal(place.page);
    }
  }

  /* The cutting of the page beside the value; without a picture the value alone is what can be seen. */
  function cut(node) {
    const crop = one("svg.crop", node);
    const place = placeOf(node);
    const button = place.page && pageOf(place.page);
    if (!place.page) { saw(node); return; }
    if (!button || !place.box || !crop) return;
    if (crop.firstChild) return;
    const [width, height] = sized(button);
    const [x0, top, x1, bottom] = place.box;
    const high = Math.max(bottom - top + 14, 26);
    const wide = Math.max(x1 - x0 + 24, high * 7);
    const left = Math.max(0, Math.min(width - wide, (x0 + x1 - wide) / 2));
    crop.setAttribute("viewBox", `${left} ${(top + bottom - high) / 2} ${wide} ${high}`);
    const image = drawn("image", { href: button.dataset.large, width, height, preserveAspectRatio: "none" });
    image.addEventListener("load", () => { crop.classList.add("loaded"); saw(node); });
    image.addEventListener("error", () => crop.classList.add("missing"));
    crop.append(image, drawn("rect", { x: x0 - 2, y: top - 2, width: x1 - x0 + 4, height: bottom - top + 4, rx: 2, class: "mark" }));
  }

  function reveal(page) {
    const item = current();
    if (item) placesOf(item).filter((node) => node.dataset.page === page && node.classList.contains("here")).forEach(saw);
  }

  function saw(node) {
    const item = node.closest("[data-finding]");
    const key = item.dataset.finding;
    if (!seen.has(key)) seen.set(key, new Set());
    seen.get(key).add(Number(node.dataset.place));
    gate(item);
  }

  const isShown = (item) => placesOf(item).every((node) => (seen.get(item.dataset.finding) || new Set()).has(Number(node.dataset.place)));

  function gate(item) {
    const open = isShown(item);
    item.classList.toggle("shown", open);
    all("[data-decides]", item).forEach((button) => {
      if (button.dataset.refused === undefined) button.setAttribute("aria-disabled", String(!open && button.dataset.decides !== "request"));
    });
    const told = [...(seen.get(item.dataset.finding) || [])].sort((a, b) => a - b).join(" ");
    all("input[name=seen]", item).forEach((input) => { input.value = told; });
  }

  const move = (by) => {
    const items = findings();
    if (!items.length) return;
    const at = items.indexOf(current());
    select(items[(at + by + items.length) % items.length]);
  };

  // ---- deciding -------------------------------------------------------------------------------------------------

  const typing = () => one("[data-panel=correct]:not([hidden])", current() || root);

  function closePanels() {
    all("[data-panel]").forEach((panel) => { panel.hidden = true; });
    const layer = document.getElementById("words");
    if (layer) layer.replaceChildren();
    root.classList.remove("choosing");
  }

  function decide(action) {
    const item = current();
    if (!item) { decline(text("noFinding")); return; }
    const button = one(`[data-decides=${action}]`, item);
    if (!button) { decline(text("settled")); return; }
    if (button.dataset.refused !== undefined) { decline(button.dataset.refused); return; }
    if (!isShown(item) && action !== "request") { decline(text("notShown")); return; }
    const panel = one(`[data-panel=${action}]`, item);
    if (!panel) { submit(one(`form[data-action=${action}]`, item)); return; }
    closePanels();
    panel.hidden = false;
    panel.scrollIntoView({ block: "nearest" });
    const field = one("[data-first]", panel);
    if (field) { field.focus(); if (field.select) field.select(); }
    if (action === "correct") words();
  }

  const submit = (form) => form?.requestSubmit();

  // ---- words of the page, to be clicked into the field ---------------------------------------------------------------

  async function words() {
    const page = state.page;
    const button = page && pageOf(page);
    if (!button || !button.dataset.words) return;
    if (!read.has(page)) {
      const answer = await fetch(button.dataset.words, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) return;
      read.set(page, await answer.json());
    }
    if (state.page !== page || !typing()) return;
    root.classList.add("choosing");
    state.last = null;
    const layer = document.getElementById("words");
    layer.replaceChildren(...read.get(page).map(([word, x0, top, x1, bottom], n) => {
      const rect = drawn("rect", { x: x0 - 1, y: top - 1, width: x1 - x0 + 2, height: bottom - top + 2, class: "word", "data-n": n });
      const title = drawn("title", {});
      title.textContent = word;
      rect.append(title);
      return rect;
    }));
  }

  /* The first word replaces what stands in the field, further ones follow it; with Shift all words up to it. */
  function choose(rect, extend) {
    const panel = typing();
    if (!panel) return;
    const field = one("[data-first]", panel);
    const n = Number(rect.dataset.n);
    const [from, to] = extend && state.last !== null ? [Math.min(n, state.last + 1), Math.max(n, state.last)] : [n, n];
    const taken = read.get(state.page).slice(from, to + 1).map((word) => word[0]);
    field.value = state.last === null ? taken.join(" ") : [field.value, ...taken].join(" ");
    state.last = n;
    all("#words .word").slice(from, to + 1).forEach((other) => other.classList.add("taken"));
    field.focus();
  }

  // ---- keys ------------------------------------------------------------------------------------------------------

  const press = (selector) => { const target = one(selector); if (target && target.getAttribute("aria-disabled") !== "true") target.click(); };
  const KEYS = {
    j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
    n: () => go(state.place + 1),
    a: () => decide("accept"), s: () => decide("suggested"), c: () => decide("correct"), w: () => decide("waive"),
    f: () => decide("forgo_preference"), r: () => decide("request"),
    u: () => press("[data-does=undo]"), m: () => { one("#note-text")?.focus(); }, "]": () => press("[data-does=next]"),
    "+": () => zoomTo(state.scale * 1.25, false), "=": () => zoomTo(state.scale * 1.25, false), "-": () => zoomTo(state.scale / 1.25, false),
    0: () => fit(null), t: () => turnTo(state.turn + 90), ".": () => step(1), ",": () => step(-1),
    "?": () => help.showModal(), Enter: () => askRelease(),
  };

  function askRelease() {
    const button = one("[data-does=release]");
    if (!button) return;
    if (button.getAttribute("aria-disabled") === "true") { refuse(button.dataset.refused || ""); return; }
    const confirm = document.getElementById("confirm");
    const left = findings().filter(isOpen).length;
    one("input[name=step]", confirm).value = document.getElementById("work").dataset.step;
    document.getElementById("still-open").textContent = left ? text("stillOpen").replace("{count}", left) : "";
    confirm.showModal();
    one("[data-first]", confirm).focus();
  }

  const keysAreOn = () => { try { return localStorage.getItem("keys") !== "off"; } catch { return true; } };
  const isField = (node) => node.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : root;
    if (event.key === "Escape") { if (!one("dialog[open]")) { closePanels(); one(".selected .finding-head")?.focus(); } return; }
    if (one("dialog[open]") || isField(target) || !keysAreOn()) return;
    if (numbered(event, target)) return;
    if (/^[1-9]$/.test(event.key)) { event.preventDefault(); decide(`take-${event.key}`); return; }
    const native = (event.key === "Enter" || event.key.startsWith("Arrow")) && target.closest("a, button:not(.finding-head), summary, [data-panel], #stage");
    const does = KEYS[event.key];
    if (!does || native) return;
    event.preventDefault();
    does();
  });

  /* In the panel of a waiver a digit chooses the reason; the text field is next. */
  function numbered(event, target) {
    const panel = target.closest("[data-panel=waive]");
    if (!panel) return false;
    if (event.key === "Enter") { event.preventDefault(); submit(panel.closest("form")); return true; }
    const choice = /^[1-9]$/.test(event.key) && all("input[type=radio]", panel)[Number(event.key) - 1];
    if (!choice) return event.key.length === 1;
    event.preventDefault();
    choice.checked = true;
    choice.focus();
    if (choice.dataset.words === "1") one("input[name=words]", panel).focus();
    return true;
  }

  // ---- mouse and touch -----------------------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const node = event.target instanceof Element ? event.target : null;
    if (!node) return;
    const head = node.closest(".finding-head");
    if (head) { select(head.closest("[data-finding]"), { focus: false }); return; }
    const page = node.closest("[data-paper-page]");
    if (page) { show(page.dataset.paperPage, marksOn(page.dataset.paperPage)); return; }
    const place = node.closest("[data-goes]");
    if (place) { go(Number(place.dataset.goes) - 1); return; }
    const cell = node.closest("[data-cell]");
    if (cell) { const at = placeOf(cell); show(at.page, [at]); return; }
    const word = node.closest(".word");
    if (word) { choose(word, event.shiftKey); return; }
    clicked(node, event);
  });

  function clicked(node, event) {
    const decides = node.closest("[data-decides]");
    if (decides) { event.preventDefault(); select(decides.closest("[data-finding]"), { focus: false, place: state.place }); decide(decides.dataset.decides); return; }
    const does = node.closest("[data-does]");
    if (!does) return;
    const doing = { help: () => help.showModal(), release: askRelease, in: KEYS["+"], out: KEYS["-"], fit: KEYS[0], turn: KEYS.t, cancel: () => { closePanels(); one(".selected .finding-head")?.focus(); }, close: () => node.closest("dialog").close() }[does.dataset.does];
    if (doing) doing();
    else if (does.getAttribute("aria-disabled") === "true") { event.preventDefault(); refuse(does.dataset.refused || ""); }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-action]");
    if (!form || form.dataset.action === "none") return;
    const item = form.closest("[data-finding]");
    if (item && form.dataset.action !== "request" && !isShown(item)) { event.preventDefault(); event.stopImmediatePropagation(); refuse(text("notShown")); }
  }, true);

  let held = null;
  stage.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0 || event.target.closest(".word")) return;
    held = [event.clientX + stage.scrollLeft, event.clientY + stage.scrollTop];
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => { if (held) stage.scrollTo(held[0] - event.clientX, held[1] - event.clientY); });
  stage.addEventListener("pointerup", () => { held = null; });

  // One finger moves the page, as everywhere; two make it larger or smaller about the place between them.
  let pinch = null;
  const between = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  function zoomAbout(x, y, scale) {
    const at = sheet.getBoundingClientRect();
    const part = [(x - at.left) / at.width, (y - at.top) / at.height];
    zoomTo(scale, false);
    const now = sheet.getBoundingClientRect();
    stage.scrollBy(now.left + part[0] * now.width - x, now.top + part[1] * now.height - y);
  }
  stage.addEventListener("touchstart", (event) => {
    pinch = event.touches.length === 2 && state.page ? { apart: between(event.touches), scale: state.scale } : null;
    if (pinch) event.preventDefault();
  }, { passive: false });
  stage.addEventListener("touchmove", (event) => {
    if (!pinch || event.touches.length !== 2) return;
    event.preventDefault();
    const [one, other] = event.touches;
    zoomAbout((one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2, pinch.scale * between(event.touches) / Math.max(1, pinch.apart));
  }, { passive: false });
  stage.addEventListener("touchend", () => { pinch = null; });
  stage.addEventListener("touchcancel", () => { pinch = null; });
  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomTo(state.scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15), false);
  }, { passive: false });

  // ---- answers of the server -------------------------------------------------------------------------------------------

  document.addEventListener("case:asked", () => { state.at = findings().indexOf(current()); });
  document.addEventListener("case:early", () => refuse(text("tooEarly")));
  document.addEventListener("htmx:beforeSwap", (event) => {
    // A refusal is told as a page part too: what is wrong, and what to do.
    if (event.detail.xhr.getResponseHeader("X-Case-Part")) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.addEventListener("htmx:sendError", () => refuse(text("noServer")));
  document.addEventListener("htmx:responseError", (event) => { if (!event.detail.shouldSwap) refuse(text("noServer")); });
  document.addEventListener("case:answered", () => begin(Math.max(0, state.at)));

  /* How many open places each page has, beside its thumbnail. */
  function count() {
    const open = findings().filter(isOpen).flatMap(placesOf).map((node) => node.dataset.page);
    all("[data-paper-page]").forEach((button) => {
      const number = open.filter((page) => page === button.dataset.paperPage).length;
      one(".count", button).hidden = !number;
      one(".number", button).textContent = String(number);
    });
  }

  function begin(from) {
    count();
    current_page();
    const work = document.getElementById("work");
    // What was refused meanwhile is still to be read.
    if (work?.dataset.said) say(said.classList.contains("shown") ? `${said.textContent} ${work.dataset.said}` : work.dataset.said);
    const items = findings();
    const kept = work?.dataset.stay ? items.find((item) => item.dataset.finding === work.dataset.stay) : null;
    const next = kept || items.slice(from).find(isOpen) || items.find(isOpen) || items[Math.min(from, items.length - 1)];
    if (next) select(next);
    if (!state.page) one("[data-paper-page]")?.click();
    if (work?.dataset.page) show(work.dataset.page, marksOn(work.dataset.page));
    if (!items.some(isOpen)) one("[data-does=release]")?.focus({ preventScroll: true });
  }

  const toggle = document.getElementById("keys");
  if (toggle) {
    toggle.checked = keysAreOn();
    toggle.addEventListener("change", () => { try { localStorage.setItem("keys", toggle.checked ? "on" : "off"); } catch { /* the choice lasts for this page */ } });
  }
  new ResizeObserver(() => { if (state.fitted && state.page) zoomTo(widest(), true); }).observe(stage);
  begin(0);
  root.dataset.ready = "1";
})();
