// Says that a text came back from this browser, and takes it away when [data-draft-discard] is pressed.

import { eachPart, matching } from "./page.js";

function tell(field) {
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

// Begins after the drafts have come back: a field that differs as it appears had one.
export function startDraftNotices() {
  eachPart((part) => {
    matching(part, "[data-draft-key]").filter((field) => field.value !== field.defaultValue).forEach(tell);
  });
  document.addEventListener("click", ({ target }) => target.matches("[data-draft-discard]") && discard(target));
}
