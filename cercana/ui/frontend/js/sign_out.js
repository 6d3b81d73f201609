// A form with data-forgets-drafts (signing out) leaves no draft: the next person at this desk must not find what a citizen
// told.

import { PREFIX } from "./drafts.js";

function keptKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}

export function startSignOut() {
  document.addEventListener("submit", ({ target }) => {
    if (!target.matches("[data-forgets-drafts]")) return;
    const shown = [...document.querySelectorAll("[data-draft-key]")].map((field) => field.dataset.draftKey);
    const key = [...keptKeys(), ...shown].join(" ");
    document.dispatchEvent(new CustomEvent("draft:clear", { detail: { key } }));
  });
}
