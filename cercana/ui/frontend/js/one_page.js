// The form of everything at once. What is typed and the photos are kept on this phone; sending puts them among those that
// wait, under a key of their own, and leads to where their state is told. With «#key» it mends one of those that wait.

import { startHere } from "./here.js";
import { fill } from "./page.js";
import { change, keep, read } from "./phone_store.js";
import { startPlan } from "./plan.js";
import { TAG, whole } from "./sending.js";
import { shrink } from "./shrinking.js";

const form = document.getElementById("paso");
const list = document.getElementById("archivos-lista");
const faultBox = document.getElementById("errores");
const keptLine = document.getElementById("guardado");
const fileLine = document.getElementById("archivos-aviso");
const keptText = keptLine.textContent;
const KEY_BYTES = 32;
const WAIT = 300;
const tabs = new BroadcastChannel("cercana-borrador");
const mending = location.hash.slice(1);
let key = newKey();
let files = [];
let timer;
let isTouched = false;
let taking = Promise.resolve();

const typed = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

async function keepDraft() {
  clearTimeout(timer);
  timer = undefined;
  // What is on its way out is no draft any more.
  if (form.ariaBusy === "true") return;
  const draft = { clave: key, fields: typed(), files, at: Date.now() };
  try {
    await (mending ? keep("pendientes", { ...draft, state: "mending" }) : keep("borrador", draft, "actual"));
    keptLine.textContent = keptText;
  } catch {
    // No room left, or not allowed to keep anything.
    keptLine.textContent = keptLine.dataset.full;
  }
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
  const { most, largest, tooMany, tooBig } = fileLine.dataset;
  const keepsPlace = form.elements.ubicacion.checked;
  const refused = [];
  for (const file of chosen) {
    const small = await shrink(file, { keepsPlace });
    if (files.length >= Number(most)) refused.push(tooMany);
    else if (small.size > Number(largest)) refused.push(fill(tooBig, { name: file.name }));
    else files.push(small);
  }
  fileLine.textContent = [...new Set(refused)].join(" ");
  showFiles();
  await keepDraft();
}

function fillIn(fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    const given = values.get(field.name);
    if (!given || field.type === "file") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = given.includes(field.value);
    else field.value = given[0];
  }
  // The step by step form offers cards for the same list.
  const motive = values.get("motivo")?.[0];
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

// A key of its own each time: what another tab has sent already is never taken for this.
async function queue() {
  const waiting = { clave: newKey(), fields: typed(), files, at: Date.now(), state: "waiting" };
  const done = mending ? ["pendientes", "delete", mending] : ["borrador", "delete", "actual"];
  await change(["pendientes", "put", waiting], done);
}

async function send(event) {
  event.preventDefault();
  const lacking = missing();
  showFaults(lacking);
  if (lacking.length || form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  settleDay();
  try {
    // A photo that was chosen goes along, even if it is still being made smaller.
    await taking;
    await queue();
  } catch {
    form.ariaBusy = "false";
    return showFaults([faultItem(["archivos", keptLine.dataset.full])]);
  }
  tabs.postMessage(key);
  await navigator.storage?.persist?.().catch(() => {});
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register(TAG).catch(() => {});
  location.assign(form.dataset.then);
}

// What is being sent at this moment cannot be mended, nor what may have arrived.
async function toMend() {
  const waiting = await read("pendientes", mending);
  const isUnsure = waiting?.tried && waiting.state === "waiting";
  if (!waiting || isUnsure) return undefined;
  await keep("pendientes", { ...waiting, state: "mending" });
  return waiting;
}

async function start() {
  const draft = mending ? await whole(TAG, (lock) => lock && toMend(), { ifAvailable: true }) : await read("borrador", "actual");
  if (mending && !draft) return location.replace(form.dataset.then);
  // What was sent step by step and whose answer was lost is the server's: this begins anew.
  if (draft && !draft.reviewed) {
    key = draft.clave ?? key;
    fillIn(draft.fields);
    files = draft.files ?? [];
    showFiles();
    showFaults((draft.faults ?? []).map(faultItem));
    document.getElementById("de-los-pasos").hidden = !draft.hasSteps;
  }
  form.hidden = false;
  form.dataset.ready = "";
  startHere();
  startPlan();
}

form.addEventListener("input", () => {
  isTouched = true;
  clearTimeout(timer);
  timer = setTimeout(keepDraft, WAIT);
});
form.elements.archivos.addEventListener("change", ({ target }) => {
  isTouched = true;
  const chosen = [...target.files];
  target.value = "";
  taking = taking.then(() => take(chosen));
});
form.addEventListener("submit", send);
addEventListener("pagehide", () => timer && keepDraft());
// A page that came back from the browser's memory has been sent.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
// Another tab has sent the form that this one shows, too.
tabs.addEventListener("message", ({ data }) => {
  if (!isTouched) return location.reload();
  if (data === key) key = newKey();
  keepDraft();
});
start().catch(() => (document.getElementById("sin-guardar").hidden = false));
