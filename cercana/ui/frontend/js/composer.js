// The help beside what somebody writes. [data-take="field"] puts data-taken between data-start and data-end of that field,
// [data-take-all] every proposal at once, [data-untake] takes the last of these back. A text that has changed since it was
// read is left alone; a key of the help that has nothing to do says so. [data-help-said] tells in one sentence, once the hands rest, what stands at the side.

import { eachPart, matching, say } from "./page.js";

const REST = 1200;
const NOTHING_TO_UNDO = "No hay ningún cambio que deshacer.";
const before = new WeakMap();
let waiting = null;
let timer;

function valuesOf(form, names) {
  return Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
}

function isStale(form, read) {
  return Object.entries(read).some(([name, text]) => form.elements[name].value !== text);
}

function write(form, texts) {
  for (const [name, text] of Object.entries(texts)) {
    const field = form.elements[name];
    if (field.value === text) continue;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function settle(field, at) {
  field.focus();
  field.setSelectionRange(at, at);
}

function change(form, texts, field, at) {
  before.set(form, [...(before.get(form) ?? []), valuesOf(form, Object.keys(texts))]);
  write(form, texts);
  form.querySelector("[data-untake]").hidden = false;
  settle(field, at ?? field.value.length);
}

function take(button, form) {
  const { take: name, start, end, taken } = button.dataset;
  const field = form.elements[name];
  const text = field.value.slice(0, start) + taken + field.value.slice(end);
  change(form, { [name]: text }, field, Number(start) + taken.length);
  say(`Cambiado: ${taken.trim()}`);
}

function takeAll(form, help) {
  const texts = JSON.parse(help.dataset.all);
  change(form, texts, form.elements[Object.keys(texts)[0]]);
  say("Se aplicaron todos los cambios.");
}

function untake(form) {
  const texts = before.get(form)?.pop();
  if (!texts) return say(NOTHING_TO_UNDO);
  write(form, texts);
  settle(form.elements[Object.keys(texts)[0]], 0);
  say("Se deshizo el último cambio.");
}

// What is said of the text as it is now arrives in a moment; the numbers of single changes may be others then.
function wait(button, form) {
  if (button.matches("[data-take-all]")) waiting = form;
  else say("El texto cambió: espere un momento y vuelva a intentarlo.");
}

function onClick(event) {
  const button = event.target.closest("[data-take], [data-take-all], [data-untake]");
  if (!button) return;
  event.preventDefault();
  const form = button.form;
  const help = form.querySelector("[data-read]");
  if (button.matches("[data-untake]")) untake(form);
  else if (isStale(form, JSON.parse(help.dataset.read))) wait(button, form);
  else if (button.matches("[data-take]")) take(button, form);
  else takeAll(form, help);
}

// What can be taken back is known here, not by the server; and nobody wants to hear about every letter.
function onHelp(help) {
  const form = help.closest("form");
  const undo = help.querySelector("[data-untake]");
  if (undo) undo.hidden = !before.get(form)?.length;
  if (waiting === form && !isStale(form, JSON.parse(help.dataset.read))) {
    waiting = null;
    takeAll(form, help);
  }
  const said = form.querySelector("[data-help-said]");
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (said.textContent !== help.dataset.summary) said.textContent = help.dataset.summary;
  }, REST);
}

// A draft that came back was there before anybody listened to what is typed.
function ask(place) {
  const written = [...place.closest("form").querySelectorAll("[data-draft-key]")].find((field) => field.value);
  if (!place.querySelector("[data-read]")) written?.dispatchEvent(new Event("input", { bubbles: true }));
}

// The keys that found nothing to press: whoever uses them hears why nothing changed.
function onKey(event) {
  const key = event.altKey && !event.defaultPrevented && /^(?:Digit(\d)|KeyZ)$/.exec(event.code);
  if (!key || !event.target.form?.querySelector("[data-help]")) return;
  event.preventDefault();
  if (!key[1]) say(NOTHING_TO_UNDO);
  else say(key[1] === "0" ? "No hay cambios que aplicar." : `No hay un cambio con el número ${key[1]}.`);
}

document.addEventListener("keydown", onKey);
document.addEventListener("htmx:load", ({ detail }) => matching(detail.elt, "[data-help]").forEach(ask));
eachPart((part) => matching(part, "[data-read]").forEach(onHelp));
document.addEventListener("click", onClick);
