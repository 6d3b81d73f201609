// A list worked by keys and in bulk. [data-list] holds rows [data-row="number"], each with [data-row-link] and, if it can
// be chosen, [data-row-check]. J and K move, Enter opens, X chooses, R opens where one answers. [data-bulk] appears while
// rows are chosen, with [data-bulk-count]; [data-bulk-clear] lets them go; the key of one of its acts chooses the row of
// the place if none is chosen yet. Place and choice survive when htmx brings the list again.

import { isField } from "./page.js";
import { areKeysOff } from "./shortcuts.js";

const chosen = new Set();
let place = null;

const rows = () => [...document.querySelectorAll("[data-list] [data-row]")];
const rowOf = (number) => document.querySelector(`[data-list] [data-row="${CSS.escape(number)}"]`);

function go(step) {
  const all = rows();
  const at = all.findIndex((row) => row.dataset.row === place);
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
  next?.querySelector("[data-row-link]").focus();
  next?.scrollIntoView({ block: "nearest" });
}

function draw() {
  for (const row of rows()) {
    const isChosen = chosen.has(row.dataset.row);
    row.classList.toggle("d-fila--elegida", isChosen);
    row.classList.toggle("d-fila--foco", row.dataset.row === place);
    const check = row.querySelector("[data-row-check]");
    if (check) check.checked = isChosen;
  }
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    bar.hidden = chosen.size === 0;
    bar.querySelector("[data-bulk-count]").textContent = `${chosen.size} ${chosen.size === 1 ? "elegido" : "elegidos"}`;
  }
}

// The act itself is pressed by its key, once its bar is in sight.
function chooseFor(key) {
  if (chosen.size || !place || !document.querySelector(`[data-bulk] [data-key="${CSS.escape(key)}"]:not([data-bulk-clear])`)) return;
  chosen.add(place);
  draw();
}

function onKey(event) {
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
  if (hasModifier || isField(event.target) || areKeysOff() || document.querySelector("dialog:modal")) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") go(key === "j" ? 1 : -1);
  else if (key === "x" && place) rowOf(place)?.querySelector("[data-row-check]")?.click();
  else if (key === "r" && place) location.assign(`${rowOf(place).querySelector("[data-row-link]").href}#responder`);
  else return chooseFor(event.key.toUpperCase());
  event.preventDefault();
}

function afterSwap() {
  const present = new Set(rows().map((row) => row.dataset.row));
  for (const number of chosen) if (!present.has(number)) chosen.delete(number);
  draw();
}

export function startRows() {
  if (!document.querySelector("[data-list]")) return;
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", ({ target }) => {
    const row = target.closest("[data-list] [data-row]");
    if (!row || row.dataset.row === place) return;
    place = row.dataset.row;
    draw();
  });
  document.addEventListener("change", ({ target }) => {
    const number = target.matches("[data-row-check]") && target.closest("[data-row]").dataset.row;
    if (!number) return;
    if (target.checked) chosen.add(number);
    else chosen.delete(number);
    draw();
  });
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-bulk-clear]")) return;
    chosen.clear();
    draw();
  });
  document.addEventListener("htmx:beforeSwap", () => {
    const row = document.activeElement?.closest("[data-list] [data-row]");
    const hadCheck = document.activeElement?.matches("[data-row-check]");
    const part = hadCheck ? "[data-row-check]" : "[data-row-link]";
    const back = () => row && rowOf(row.dataset.row)?.querySelector(part)?.focus({ preventScroll: true });
    document.addEventListener("htmx:afterSwap", back, { once: true });
  });
  document.addEventListener("htmx:afterSwap", afterSwap);
  draw();
}
