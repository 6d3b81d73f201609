// Says that a text came back from this browser, and takes it away when [data-draft-discard] is pressed; pressed again, it
// brings it back. What nobody came back for in a week is forgotten, whoever wrote it.

import { ALL, A_WEEK, keptKeys } from "./drafts.js";
import { eachPart, matching, memory } from "./page.js";

const discarded = new WeakMap();

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
  notice.append("", discard);
  (field.closest(".c-campo") ?? field).before(notice);
  name(discard, "Recuperamos su borrador · ", "Descartar");
}

function name(button, said, word) {
  button.previousSibling.data = said;
  button.textContent = word;
}

function write(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function discard(button, fields) {
  discarded.set(button, fields.map((field) => [field, field.value]));
  fields.forEach((field) => write(field, field.defaultValue));
  const key = fields.map((field) => field.dataset.draftKey).join(" ");
  document.dispatchEvent(new CustomEvent("draft:clear", { detail: { key } }));
  name(button, "Borrador descartado · ", "Deshacer");
}

function bringBack(button, texts) {
  discarded.delete(button);
  // What was typed since then is worth more than what was thrown away.
  texts.filter(([field]) => field.value === field.defaultValue).forEach(([field, text]) => write(field, text));
  name(button, "Recuperamos su borrador · ", "Descartar");
}

function press(button) {
  const texts = discarded.get(button);
  if (texts) bringBack(button, texts);
  else discard(button, [...button.form.querySelectorAll("[data-draft-key]")]);
}

function forgetOld() {
  for (const key of keptKeys(ALL)) {
    const draft = JSON.parse(memory.read(key) || null);
    if (draft && Date.now() - draft.at > A_WEEK) memory.forget(key);
  }
}

// Begins after the drafts have come back: a field that differs as it appears had one.
export function startDraftNotices() {
  forgetOld();
  eachPart((part) => {
    matching(part, "[data-draft-key]").filter((field) => field.value !== field.defaultValue).forEach(tell);
  });
  document.addEventListener("click", ({ target }) => target.matches("[data-draft-discard]") && press(target));
}
