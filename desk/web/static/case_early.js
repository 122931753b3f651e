/* Keys pressed too early: while a decision is on its way, or for a page that the answer has replaced since.
 *
 * Whoever pressed them saw another finding than the one they would act on now. They are not taken, which is said, and neither
 * is what follows them in the same breath: of `w` `2` Enter, a digit alone would decide something else.
 */
"use strict";
(() => {
  const BREATH = 1000; // Milliseconds without a key after which one is pressed anew, for what the page shows.
  const root = document.getElementById("case");
  if (!root) return;
  let work = document.getElementById("work");
  let asked = null; // The request whose answer replaces the findings; others, such as the claim, change nothing below the keys.
  let drawn = 0;
  let last = -Infinity;

  const keysAreOn = () => { try { return localStorage.getItem("keys") !== "off"; } catch { return true; } };
  const acts = (key) => key.length === 1 || key === "Enter" || key.startsWith("Arrow");
  const isEarly = (event) => asked !== null || event.timeStamp < drawn || event.timeStamp - last < BREATH;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !acts(event.key) || !keysAreOn()) return;
    if (document.querySelector("dialog[open]") || !isEarly(event)) return;
    last = Math.max(last, event.timeStamp);
    event.preventDefault();
    event.stopImmediatePropagation();
    document.dispatchEvent(new CustomEvent("case:early"));
  }, true);

  document.addEventListener("pointerdown", () => { last = -Infinity; }, true);

  /* A key that was refused was pressed too early for all that belong to it. */
  document.addEventListener("case:refused", () => { last = performance.now(); });

  // Forms sent with the mouse wait for the answer too: they were made for the case as it was before.
  document.addEventListener("submit", (event) => {
    if (asked === null || !event.target.closest("#case")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    document.dispatchEvent(new CustomEvent("case:early"));
  }, true);

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target.id !== "work") return;
    asked = event.detail.xhr;
    root.classList.add("busy");
    document.dispatchEvent(new CustomEvent("case:asked"));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr !== asked) return;
    asked = null;
    root.classList.remove("busy");
  });
  document.addEventListener("htmx:afterSettle", () => {
    const now = document.getElementById("work");
    if (now === work) return;
    work = now;
    drawn = performance.now();
    document.dispatchEvent(new CustomEvent("case:answered"));
  });
})();
