// The reply phrases of a case, after desk.js: [data-phrases] is searched by typing; the arrows move through its [role=option],
// Enter or a press puts data-phrase where one wrote last, with its first gap in square brackets selected. The form then tells by
// its fields «phrase» which versions (data-version) were put in. Found are first those with the words in their title, then in
// their text, then in the name of their group; last, by the words of the case, those written for its category (data-own).

import { fold } from "./folding.js";
import { say } from "./page.js";

const WRITABLE = "#componer textarea, #componer form input[type=text]";
const GAP = /\[[^\]]+\]/;
const TOLD = "#caso-hilo .d-msj:not(.d-msj--casa)";
const original = new WeakMap();
let last;
let place;

function visible(field) {
  return field?.isConnected && field.checkVisibility();
}

// Where one wrote last; before that, the end of the first field of the open form. Asked before the dialog opens: a browser
// forgets the cursor of a field over which one stands.
function placeToWrite() {
  if (visible(last)) return { field: last, at: last.selectionStart, end: last.selectionEnd };
  const field = [...document.querySelectorAll(WRITABLE)].find(visible);
  return field && { field, at: field.value.length, end: field.value.length };
}

function put({ field, at, end }, text) {
  const space = /\S$/.test(field.value.slice(0, at)) ? " " : "";
  field.focus();
  field.setSelectionRange(at, end);
  // So that Ctrl Z takes it back; where a browser no longer knows it, the text still goes in.
  if (!document.execCommand("insertText", false, space + text)) {
    field.setRangeText(space + text, at, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const gap = GAP.exec(text);
  const start = at + space.length + (gap?.index ?? 0);
  if (gap) field.setSelectionRange(start, start + gap[0].length);
}

function note(form, version) {
  if ([...form.querySelectorAll("[name=phrase]")].some((kept) => kept.value === version)) return;
  const kept = document.createElement("input");
  Object.assign(kept, { type: "hidden", name: "phrase", value: version });
  form.append(kept);
}

function select(list, option) {
  list.querySelector("[aria-selected=true]")?.removeAttribute("aria-selected");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  const field = list.querySelector("[role=combobox]");
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function shown(list) {
  return [...list.querySelectorAll("[role=option]")].filter((option) => !option.hidden);
}

// The groups with their options, in the order in which they came.
function groupsOf(list) {
  const groups = [...list.querySelectorAll("[role=group]")];
  if (!original.has(list)) {
    original.set(list, groups.map((group) => [group, [...group.querySelectorAll("[role=option]")]]));
  }
  return original.get(list);
}

// 0 is best; Infinity for a phrase that has not all the words.
function rankOf(option, group, words, told) {
  const name = fold(group.firstElementChild.textContent);
  const said = `${fold(option.textContent)} ${name}`;
  const places = [fold(option.querySelector("b").textContent), fold(option.textContent), said];
  if ("own" in option.dataset) places.push(`${said} ${told}`);
  const rank = places.findIndex((place) => words.every((word) => place.includes(word)));
  return rank < 0 ? Infinity : rank;
}

function search(list, typed) {
  const words = fold(typed).split(/\s+/);
  const told = fold([document.title, ...[...document.querySelectorAll(TOLD)].map((entry) => entry.textContent)].join(" "));
  const found = groupsOf(list).map(([group, options]) => {
    const ranks = new Map(options.map((option) => [option, rankOf(option, group, words, told)]));
    for (const [option, rank] of ranks) option.hidden = rank === Infinity;
    group.append(...[...options].sort((one, other) => ranks.get(one) - ranks.get(other) || 0));
    const best = Math.min(...ranks.values());
    group.hidden = best === Infinity;
    return { group, best };
  });
  found.sort((one, other) => one.best - other.best || 0);
  list.querySelector("[role=listbox]").append(...found.map(({ group }) => group));
  list.querySelector("[data-phrases-none]").hidden = shown(list).length > 0;
  select(list, shown(list)[0]);
}

document.addEventListener("focusin", ({ target }) => {
  if (target.matches(WRITABLE)) last = target;
});
document.addEventListener(
  "click",
  ({ target }) => {
    if (target.closest("[data-opens]")) place = placeToWrite();
  },
  true,
);
document.addEventListener("input", ({ target }) => {
  const list = target.closest("[data-phrases]");
  if (list) search(list, target.value);
});
document.addEventListener("keydown", (event) => {
  const list = event.target.closest("[data-phrases]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!list || (!step && event.key !== "Enter") || !event.target.matches("[role=combobox]")) return;
  event.preventDefault();
  const all = shown(list);
  const chosen = list.querySelector("[aria-selected=true]");
  if (!step) chosen?.click();
  else select(list, all[(all.indexOf(chosen) + step + all.length) % all.length] ?? all[0]);
});
// After the dialog was shut by the same press, and gave the focus back to what had opened it.
document.addEventListener("click", ({ target }) => {
  const option = target.closest("[data-phrase]");
  if (!option || !place) return;
  put(place, option.dataset.phrase);
  note(place.field.form, option.dataset.version);
  say(option.dataset.said);
});
