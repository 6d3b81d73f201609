// Unsaved text is never lost. A field with data-draft-key is kept in this browser while it differs from what the
// server gave, and comes back after a closed tab. The page that says «sent» has data-draft-clear="key key" on any
// element. [data-draft-status="key"] tells when it was kept: its data-text has {time}.

import { eachPart, fill, isField, matching, memory } from "./page.js";

const PREFIX = "cercana:borrador:";
const KEPT_DAYS = 7;
const WAIT = 400;
const timers = new Map();
let leaving = false;

function read(key) {
  const kept = memory.read(PREFIX + key);
  if (!kept) return null;
  const { text, at } = JSON.parse(kept);
  return Date.now() - at < KEPT_DAYS * 86_400_000 ? text : null;
}

function keep(field) {
  const key = field.dataset.draftKey;
  clearTimeout(timers.get(field));
  timers.delete(field);
  if (field.value === field.defaultValue) return memory.forget(PREFIX + key);
  const at = Date.now();
  if (memory.write(PREFIX + key, JSON.stringify({ text: field.value, at }))) tell(key, at);
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

function restore(field) {
  const text = read(field.dataset.draftKey);
  // What the server sends back after an error is newer than the draft.
  if (text === null || field.defaultValue) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function hasUnsent() {
  return [...document.querySelectorAll("[data-draft-key]")].some((field) => field.value !== field.defaultValue);
}

function forget(keys) {
  for (const key of keys.split(/\s+/).filter(Boolean)) memory.forget(PREFIX + key);
}

export function startDrafts() {
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
    if (!leaving && hasUnsent()) event.preventDefault();
  });
}
