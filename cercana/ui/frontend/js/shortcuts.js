// The keys of the desk. An element with data-key is pressed by its key, a field (of a legend, its first) gets the focus: "R", "/",
// "?", "Esc", "G B" (one after the other), "Ctrl+Enter", "Alt+1". Single keys never work inside a field and can be switched off
// ([data-keys-switch]); those with Ctrl or Alt always work. [data-key-list] is filled with what the page offers:
// data-key-label or the text of each element, and [data-key-hint] for keys that other modules take.

import { isField, memory } from "./page.js";

const OFF = "cercana:sin-teclas";
const SEQUENCE_WAIT = 1200;
let before = "";
let timer;

export function areKeysOff() {
  return memory.read(OFF) === "1";
}

function nameOf(event) {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  const key = { Escape: "Esc" }[event.key] ?? (event.altKey && digit) ?? event.key;
  const name = (key || event.key).length === 1 ? (key || event.key).toUpperCase() : key || event.key;
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${name}`;
}

function isOffered(element) {
  return element.checkVisibility() && !element.closest("[inert]") && !element.disabled;
}

// Keys belong to the open dialog, if there is one; among several elements, to the form in which one types.
function findTarget(key, from) {
  const scope = document.querySelector("dialog:modal") ?? document;
  const found = [...scope.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(isOffered);
  return found.find((element) => element.form && element.form === from.form) ?? found[0];
}

// The legend of a group stands for the first of its fields.
function fieldOf(element) {
  const fields = element.matches("legend") ? element.parentElement.querySelectorAll("input, select, textarea") : [];
  return [...fields].find(isOffered) ?? element;
}

function press(pressed) {
  const element = fieldOf(pressed);
  if (element !== pressed || isField(element)) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

function onKey(event) {
  const key = nameOf(event);
  const isChord = /^(Ctrl|Alt)\+/.test(key);
  if (event.defaultPrevented || (!isChord && (isField(event.target) || areKeysOff()))) return;
  clearTimeout(timer);
  const target = (before && findTarget(`${before} ${key}`, event.target)) || findTarget(key, event.target);
  before = "";
  if (target) {
    event.preventDefault();
    press(target);
  } else if (!isChord) {
    before = key;
    timer = setTimeout(() => (before = ""), SEQUENCE_WAIT);
  }
}

function labelOf(element) {
  if (element.dataset.keyLabel) return element.dataset.keyLabel;
  if (element.ariaLabel) return element.ariaLabel;
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd").forEach((key) => key.remove());
  return copy.textContent.trim();
}

function fillList(list) {
  const offered = [...document.querySelectorAll("[data-key-hint]"), ...document.querySelectorAll("[data-key]")];
  const rows = new Map();
  for (const element of offered.filter(isOffered)) {
    rows.set(element.dataset.keyHint ?? element.dataset.key, labelOf(element));
  }
  list.replaceChildren();
  for (const [keys, label] of rows) {
    const [term, text] = [document.createElement("dt"), document.createElement("dd")];
    for (const key of keys.split(" ")) {
      const drawn = document.createElement("kbd");
      drawn.className = "kbd";
      drawn.textContent = key;
      term.append(drawn);
    }
    text.textContent = label;
    list.append(term, text);
  }
}

export function startShortcuts() {
  document.addEventListener("keydown", onKey);
  const list = document.querySelector("[data-key-list]");
  const toggle = document.querySelector("[data-keys-switch]");
  if (!list || !toggle) return;
  toggle.checked = !areKeysOff();
  toggle.addEventListener("change", () => (toggle.checked ? memory.forget(OFF) : memory.write(OFF, "1")));
  document.addEventListener("click", ({ target }) => target.closest("[data-opens]") && fillList(list), true);
}
