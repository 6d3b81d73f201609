// A form with data-forgets-drafts (signing out) leaves no draft: the next person at this desk must not find what a citizen
// told.

import { PREFIX, keptKeys } from "./drafts.js";

export function startSignOut() {
  document.addEventListener("submit", ({ target }) => {
    if (!target.matches("[data-forgets-drafts]")) return;
    const shown = [...document.querySelectorAll("[data-draft-key]")].map((field) => field.dataset.draftKey);
    const key = [...keptKeys(PREFIX).map((kept) => kept.slice(PREFIX.length)), ...shown].join(" ");
    document.dispatchEvent(new CustomEvent("draft:clear", { detail: { key } }));
  });
}
