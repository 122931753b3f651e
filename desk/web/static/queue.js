// The queue: kept fresh while somebody looks, and worked with j, k, Enter, / and f.
"use strict";

(() => {
  const EVERY = 5000; // Milliseconds between two looks; one that fails makes the next one wait longer.
  const SLOWEST = 60000;
  let wait = EVERY;
  let chosen = null;

  const queue = () => document.getElementById("queue");
  const rows = () => [...document.querySelectorAll("#queue tr[data-row]")];

  function choose(row, { focus = true } = {}) {
    for (const one of rows()) one.classList.toggle("chosen", one === row);
    chosen = row ? row.dataset.row : null;
    if (row && focus) row.querySelector("a[data-open]").focus();
  }

  function move(by) {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((one) => one.dataset.row === chosen);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    choose(all[next]);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/") document.getElementById("search").focus();
    else if (event.key === "f") document.getElementById("severity").focus();
    else if (event.key === "Enter" && chosen && event.target === document.body) {
      const row = rows().find((one) => one.dataset.row === chosen);
      if (!row) return;
      row.querySelector("a[data-open]").click();
    } else return;
    event.preventDefault();
  });

  // Enter in a list of the filters applies them, as it does in a field.
  document.getElementById("filters").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.closest("select")) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });

  // What was left empty has no place in the address.
  document.getElementById("filters").addEventListener("submit", (event) => {
    for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  });
  window.addEventListener("pageshow", () => {
    for (const field of document.getElementById("filters").elements) field.disabled = false;
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest ? event.target.closest("#queue tr[data-row]") : null;
    if (row) choose(row, { focus: false });
  });

  // Whoever reads or works in the list keeps the place: the row that had the focus has it again.
  let focused = false;
  let before = "";
  const listed = () => rows().map((one) => one.dataset.row).join("\n");

  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== queue()) return;
    focused = queue().contains(document.activeElement);
    before = listed();
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    const row = rows().find((one) => one.dataset.row === chosen);
    if (row) choose(row, { focus: focused });
    else if (focused) document.getElementById("content").focus();
    if (before && before !== listed()) {
      htmx.trigger(document.body, "desk:announce", { text: queue().dataset.changed });
    }
    before = "";
    focused = false;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    wait = event.detail.successful ? EVERY : Math.min(wait * 2, SLOWEST);
  });

  function look() {
    if (document.visibilityState === "visible" && queue()) htmx.trigger(queue(), "desk:look");
    setTimeout(look, wait);
  }
  setTimeout(look, wait);
})();
