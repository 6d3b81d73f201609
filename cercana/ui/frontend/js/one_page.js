// The form of everything at once. What is typed and the photos are kept on this phone; sending puts them among those that
// wait, under a key of their own, and leads to where their state is told.

import { startHere } from "./here.js";
import { forget, keep, read } from "./phone_store.js";
import { startPlan } from "./plan.js";
import { TAG, sendWaiting } from "./sending.js";
import { shrink } from "./shrinking.js";

const form = document.getElementById("paso");
const list = document.getElementById("archivos-lista");
const faultBox = document.getElementById("errores");
const MOST_FILES = 10;
const KEY_BYTES = 32;
const WAIT = 300;
let key;
let files = [];
let timer;

const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function keepDraft() {
  clearTimeout(timer);
  return keep("borrador", { clave: key, fields: typed(), files, at: Date.now() }, "actual");
}

function showFiles() {
  list.hidden = !files.length;
  list.replaceChildren(
    ...files.map((file) => {
      const item = document.getElementById("archivo").content.firstElementChild.cloneNode(true);
      item.querySelector("[data-part=name]").textContent = file.name;
      item.querySelector("[data-part=size]").textContent = `${(file.size / 1e6).toLocaleString("es-PE", { maximumFractionDigits: 1 })} MB`;
      item.querySelector("[data-part=remove]").addEventListener("click", () => {
        files = files.filter((each) => each !== file);
        showFiles();
        keepDraft();
      });
      return item;
    }),
  );
}

async function take(chosen) {
  const keepsPlace = form.elements.ubicacion.checked;
  for (const file of chosen) if (files.length < MOST_FILES) files.push(await shrink(file, { keepsPlace }));
  showFiles();
  await keepDraft();
}

function fillIn(fields) {
  const values = Map.groupBy ? Map.groupBy(fields, ([name]) => name) : new Map(fields.map((each) => [each[0], [each]]));
  for (const field of form.elements) {
    const given = values.get(field.name)?.map(([, value]) => value);
    if (!given || field.type === "file") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = given.includes(field.value);
    else field.value = given[0];
  }
  // The step by step form offers cards for the same list.
  const motive = values.get("motivo")?.[0][1];
  if (motive && motive !== "other" && !form.elements.lista.value) form.elements.lista.value = motive;
}

// What the server would ask for, too: [data-missing="field"] holds its sentence, data-if="name=value" when it counts.
function missing() {
  const { elements } = form;
  return [...document.getElementById("faltas").content.querySelectorAll("li")].filter(({ dataset }) => {
    const [name, value] = dataset.if?.split("=") ?? [];
    return (!name || elements[name].value === value) && !elements[dataset.missing].value.trim();
  });
}

function showFaults(items) {
  faultBox.hidden = !items.length;
  faultBox.querySelector("[data-part=faults]").replaceChildren(...items.map((each) => each.cloneNode(true)));
  if (items.length) faultBox.focus();
}

function faultItem([field, sentence]) {
  const item = document.createElement("li");
  const address = form.elements[field] || document.getElementById(field) ? `#${field}` : "#contenido";
  item.append(Object.assign(document.createElement("a"), { href: address, textContent: sentence }));
  return item;
}

// «Hoy» is the day on which it is written, not that on which it is sent.
function settleDay() {
  const { cuando, fecha } = form.elements;
  const back = { hoy: 0, ayer: 1 }[cuando.value];
  if (back === undefined) return;
  fecha.value = new Date(Date.now() - back * 86_400_000).toLocaleDateString("en-CA", { timeZone: "America/Lima" });
  cuando.value = "otro";
}

async function send(event) {
  event.preventDefault();
  const lacking = missing();
  showFaults(lacking);
  if (lacking.length || form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  settleDay();
  await keep("pendientes", { clave: key, fields: typed(), files, at: Date.now(), state: "waiting" });
  clearTimeout(timer);
  await forget("borrador", "actual");
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register(TAG).catch(() => {});
  if (navigator.onLine) await Promise.race([sendWaiting(), new Promise((resolve) => setTimeout(resolve, 8000))]);
  location.assign(form.dataset.then);
}

async function start() {
  const draft = await read("borrador", "actual");
  key = draft?.clave ?? newKey();
  if (draft) {
    fillIn(draft.fields);
    files = draft.files ?? [];
    showFiles();
    showFaults((draft.faults ?? []).map(faultItem));
  }
  form.hidden = false;
  form.dataset.ready = "";
  startHere();
  startPlan();
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(keepDraft, WAIT);
});
form.elements.archivos.addEventListener("change", async ({ target }) => {
  await take([...target.files]);
  target.value = "";
});
form.addEventListener("submit", send);
addEventListener("pagehide", () => timer && keepDraft());
start();
