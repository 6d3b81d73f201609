// Says that a text came back from this browser, and takes it away when [data-draft-discard] is pressed. A form with
// data-forgets-drafts (signing out) leaves none: the next person at this desk must not find what a citizen told.

import { PREFIX } from "./drafts.js";

function tell({ target: field }) {
  const form = field.form;
  if (!form || form.querySelector("[data-draft-notice]")) return;
  const [notice, discard] = [document.createElement("p"), document.createElement("button")];
  notice.className = "d-nota-fina";
  notice.dataset.draftNotice = "";
  notice.role = "status";
  discard.type = "button";
  discard.className = "c-enlace";
  discard.dataset.draftDiscard = "";
  discard.textContent = "Descartar";
  notice.append("Recuperamos su borrador · ", discard);
  (field.closest(".c-campo") ?? field).before(notice);
}

function discard(button) {
  const fields = [...button.form.querySelectorAll("[data-draft-key]")];
  for (const field of fields) {
    field.value = field.defaultValue;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  clear(fields.map((field) => field.dataset.draftKey));
  button.parentElement.remove();
  fields[0]?.focus();
}

function clear(keys) {
  document.dispatchEvent(new CustomEvent("draft:clear", { detail: { key: keys.join(" ") } }));
}

function keptKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}

// Begins before the drafts come back.
export function startDraftNotices() {
  document.addEventListener("draft:restored", tell);
  document.addEventListener("click", ({ target }) => target.matches("[data-draft-discard]") && discard(target));
  document.addEventListener("submit", ({ target }) => {
    if (!target.matches("[data-forgets-drafts]")) return;
    const shown = [...document.querySelectorAll("[data-draft-key]")].map((field) => field.dataset.draftKey);
    clear([...keptKeys(), ...shown]);
  });
}
