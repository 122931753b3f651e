/* Pages of the case sorted anew: the page that is shown is of another type, begins a paper, goes elsewhere or nowhere.
 *
 * The form is sent anew with each answer of the server, and is therefore looked for each time.
 */
"use strict";
(() => {
  const form = () => document.getElementById("sorting");
  const all = (selector) => [...(form()?.querySelectorAll(selector) || [])];
  const shown = () => document.querySelector('[data-paper-page][aria-current="true"]');
  const opener = () => document.querySelector("[data-sorts]");
  const keysAreOn = () => { try { return localStorage.getItem("keys") !== "off"; } catch { return true; } };
  const isField = (node) => node.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  /* The form speaks of the page that is shown; a page goes best with the paper before its own. */
  function fill() {
    const page = shown();
    if (!page || !form() || form().hidden) return;
    form().elements.sha256.value = page.dataset.sha256;
    form().elements.page.value = page.dataset.number;
    document.getElementById("sorted-page").textContent = page.dataset.title;
    const type = all("input[name=type]").find((input) => input.value === page.dataset.type);
    if (type) type.checked = true;
    const own = Number(page.dataset.paper);
    const options = all("option");
    options.forEach((option) => { option.disabled = paperOf(option) === own; });
    const others = options.filter((option) => !option.disabled);
    const before = others.filter((option) => paperOf(option) < own);
    const best = before[before.length - 1] || others[0];
    if (best) best.selected = true;
    offer();
  }

  const paperOf = (option) => Number(document.querySelector(`[data-paper-page="${CSS.escape(option.dataset.first)}"]`)?.dataset.paper || 0);

  /* What the chosen manner does not need cannot be filled in. */
  function offer() {
    const manner = form().elements.manner.value;
    all("[data-for]").forEach((part) => {
      const needed = part.dataset.for.split(" ").includes(manner);
      part.hidden = !needed;
      part.disabled = !needed;
    });
  }

  function open() {
    if (!form() || !shown()) return;
    form().hidden = false;
    opener()?.setAttribute("aria-expanded", "true");
    fill();
    all("input[name=manner]:checked")[0]?.focus();
  }

  function leave() {
    if (!form() || form().hidden) return;
    form().hidden = true;
    opener()?.setAttribute("aria-expanded", "false");
    opener()?.focus({ preventScroll: true });
  }

  function choose(key) {
    const input = all(`[data-key="${CSS.escape(key)}"]`)[0];
    if (!input || input.closest("fieldset").disabled) return false;
    input.checked = true;
    input.focus();
    offer();
    return true;
  }

  function inside(event, target) {
    if (event.key === "Escape") { event.preventDefault(); leave(); return; }
    if (event.key === "Enter") {
      if (target.closest("button")) return;
      event.preventDefault();
      form().requestSubmit();
      return;
    }
    if (!isField(target) && event.key.length === 1 && choose(event.key)) event.preventDefault();
  }

  /* In the form its own keys count, and none of the page's. */
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest("#sorting")) { event.stopImmediatePropagation(); inside(event, target); return; }
    if (document.querySelector("dialog[open]") || isField(target) || target.closest("[data-panel]") || !keysAreOn()) return;
    if (event.key !== "p") return;
    event.preventDefault();
    open();
  }, true);

  document.addEventListener("click", (event) => {
    const node = event.target instanceof Element ? event.target : null;
    if (node?.closest("[data-sorts]")) { if (form()?.hidden) open(); else leave(); }
    if (node?.closest("[data-leaves]")) leave();
  });
  document.addEventListener("change", (event) => { if (event.target.name === "manner" && form()?.contains(event.target)) offer(); });
  document.addEventListener("case:page", fill);
  document.addEventListener("htmx:afterSettle", () => opener()?.setAttribute("aria-expanded", String(Boolean(form() && !form().hidden))));
})();
