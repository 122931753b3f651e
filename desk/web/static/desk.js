// The status line: what changed is announced, and a desk that does not answer is said once.
"use strict";

(() => {
  const status = document.getElementById("status");

  function announce(text) {
    if (status && status.textContent !== text) status.textContent = text;
  }

  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(name, () => announce(status ? status.dataset.unreachable : ""));
  }
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && status && status.textContent === status.dataset.unreachable) announce("");
  });
  document.body.addEventListener("desk:announce", (event) => announce(String(event.detail.text)));
})();
