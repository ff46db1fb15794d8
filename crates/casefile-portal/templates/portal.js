// Helps, and is not needed: keys to move with, and a look at whether something changed.
"use strict";
(() => {
  const rows = [...document.querySelectorAll("[data-row]")];
  const move = (step) => {
    if (rows.length === 0) return;
    const here = rows.indexOf(document.activeElement);
    rows[Math.min(rows.length - 1, Math.max(0, here + step))].focus();
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "g") location.assign("/");
    else {
      const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!target) return;
      event.preventDefault();
      target.focus();
    }
  });
  // A list is loaded again while somebody looks at it and types nothing.
  if (rows.length > 0) {
    setInterval(() => {
      if (document.visibilityState === "visible" && !document.activeElement.closest("input, select")) location.reload();
    }, 60000);
  }
})();
