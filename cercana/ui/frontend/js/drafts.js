// Unsaved text is never lost. A field with data-draft-key is kept in this browser while it differs from what the
// server gave, and comes back after a closed tab. What arrived is forgotten: by data-draft-clear="key key" on any element
// of the page that says so, or by the answer's HX-Trigger {"draft:clear": {"key": "…"}}.
// [data-draft-status="key"] tells when a text was kept: its data-text has {time}. At the desk a draft is that of whoever
// wrote it (data-owner of the page): another who signs in on the same machine neither sees nor sends it.

import { eachPart, fill, isField, matching, memory } from "./page.js";

export const ALL = "cercana:borrador:";
export const PREFIX = `cercana:borrador:${document.body.dataset.owner ?? ""}`;
export const A_WEEK = 7 * 86_400_000;
const WAIT = 400;
const timers = new Map();
const kept = new WeakMap();
let leaving = false;

function stopTimer(field) {
  clearTimeout(timers.get(field));
  timers.delete(field);
}

function keep(field) {
  const key = field.dataset.draftKey;
  stopTimer(field);
  if (field.value === field.defaultValue) return memory.forget(PREFIX + key);
  const draft = { text: field.value, given: field.defaultValue, at: Date.now() };
  if (!memory.write(PREFIX + key, JSON.stringify(draft))) return;
  kept.set(field, field.value);
  tell(key, draft.at);
}

function tell(key, at) {
  const time = new Date(at).toLocaleTimeString(document.documentElement.lang, {
    hour: "numeric",
    minute: "2-digit",
    hour12: true,
    timeZone: "America/Lima",
  });
  for (const status of document.querySelectorAll(`[data-draft-status="${CSS.escape(key)}"]`)) {
    status.textContent = fill(status.dataset.text, { time });
    status.hidden = false;
  }
}

export function keptKeys(start) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
}

function restore(field) {
  const draft = JSON.parse(memory.read(PREFIX + field.dataset.draftKey));
  // A draft of another text than the server now gives is older than what it gives, as after an error.
  // Nor does it come under the hands of somebody who has begun to type.
  if (!draft || Date.now() - draft.at > A_WEEK || draft.given !== field.value) return;
  field.value = draft.text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function isAtRisk(field, always) {
  return field.value !== field.defaultValue && (always || kept.get(field) !== field.value);
}

function forget(keys) {
  for (const key of keys.split(/\s+/).filter(Boolean)) {
    memory.forget(PREFIX + key);
    for (const field of timers.keys()) if (field.dataset.draftKey === key) stopTimer(field);
  }
}

// With «warns», leaving an unsent text asks first; without, only if the browser could not keep it.
export function startDrafts({ warns = false } = {}) {
  eachPart((part) => {
    for (const element of matching(part, "[data-draft-clear]")) forget(element.dataset.draftClear);
    for (const field of matching(part, "[data-draft-key]")) restore(field);
  });
  document.addEventListener("input", ({ target }) => {
    if (!isField(target) || !target.dataset.draftKey) return;
    clearTimeout(timers.get(target));
    timers.set(target, setTimeout(keep, WAIT, target));
  });
  document.addEventListener("submit", () => (leaving = true));
  document.addEventListener("htmx:afterRequest", () => (leaving = false));
  document.addEventListener("draft:clear", ({ detail }) => forget(detail.value ?? detail.key));
  addEventListener("pagehide", () => [...timers.keys()].forEach(keep));
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("beforeunload", (event) => {
    [...timers.keys()].forEach(keep);
    const fields = [...document.querySelectorAll("[data-draft-key]")];
    if (!leaving && fields.some((field) => isAtRisk(field, warns))) event.preventDefault();
  });
}
