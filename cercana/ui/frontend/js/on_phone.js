// What this phone keeps: what waits to be sent, what has to be mended, and the cases as they were last seen. Everything is
// filled into templates, one for each state; «Olvidar» takes it off the phone. At the address of a case, which the phone
// could not fetch, that case stands first and open.

import { momentWords } from "./moments.js";
import { fill } from "./page.js";
import { amend, forget, forgetOld, read, readAll } from "./phone_store.js";
import { TAG, lockOf, news, sendWaiting, whole } from "./sending.js";

const place = document.getElementById("lista");
const said = document.getElementById("dicho");
const EXCERPT = 120;
const asked = /^\/casos\/([^/]+-\d{4}-[^/]+)\//.exec(location.pathname)?.[1];
let shown;
let turns = 0;
let pressed;

function template(name) {
  return document.getElementById(name).content.firstElementChild.cloneNode(true);
}

function filled(name, texts, acts, key = "") {
  const item = template(name);
  item.dataset.key = key;
  for (const part of item.querySelectorAll("[data-part]")) {
    const text = texts[part.dataset.part];
    if (text === undefined) continue;
    part.textContent = text;
    part.closest("[data-optional]")?.toggleAttribute("hidden", !text);
  }
  for (const button of item.querySelectorAll("[data-act]")) button.addEventListener("click", () => acts[button.dataset.act](button));
  if (key && key === pressed) askAgain(item.querySelector("[data-act=drop]"));
  return item;
}

function told({ fields }) {
  const text = fields.find(([name]) => name === "relato")?.[1] ?? "";
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
}

function askAgain(button) {
  if (button) button.querySelector("span").textContent = button.dataset.sure;
}

// What cannot be had again goes at the second press.
async function drop(button, act) {
  const { key } = button.closest("[data-key]").dataset;
  if (pressed !== key) {
    pressed = key;
    return askAgain(button);
  }
  await act();
  news.postMessage({});
  await show();
}

const dropWaiting = (each) => whole(TAG, (lock) => lock && forget("pendientes", each.clave), { ifAvailable: true });

function stateOf(each, sending) {
  if (sending.has(lockOf(each))) return "enviando";
  if (each.state === "refused") return "por-corregir";
  if (each.state === "mending") return "a-medias";
  if (each.tried) return "sin-confirmar";
  return each.trouble ? "no-recibido" : "por-enviar";
}

function waitingItem(each, state) {
  const item = filled(state, { text: told(each), at: momentWords(each.at) }, {
    send: () => sendWaiting().then(show),
    mend: () => location.assign(`${place.dataset.form}#${each.clave}`),
    drop: (button) => drop(button, () => dropWaiting(each)),
  }, each.clave);
  const why = item.querySelector("[data-part=why]");
  const reasons = each.faults?.length ? each.faults.map(([, sentence]) => sentence) : [place.dataset[each.status === 413 ? "tooBig" : "refused"]];
  why?.append(...reasons.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
  return item;
}

function draftItem(draft) {
  return filled(draft.reviewed ? "sin-respuesta" : "sin-terminar", { text: told(draft), at: momentWords(draft.at) }, {
    drop: (button) => drop(button, () => forget("borrador", "actual")),
  }, "actual");
}

function lines(name, entries) {
  return entries.map(({ at, heading, text }) => filled(name, { at: momentWords(at), heading, text }, {}));
}

function caseItem(each) {
  const { number, title = "", sentence = "", promises = [], code = "", talk = [], story = [] } = each;
  const texts = { number, title, sentence, promises: promises.join("\n"), code, at: each.at ? momentWords(each.at) : "" };
  if (each.until) texts.until = fill(place.dataset.until, { when: momentWords(each.until) });
  const item = filled("caso", { until: "", ...texts }, { drop: (button) => drop(button, () => forget("casos", number)) }, number);
  item.querySelector("[data-part=link]").href = (navigator.onLine && each.link) || `/casos/${number}/`;
  item.querySelector("[data-part=talk]").append(...lines("linea", talk));
  item.querySelector("[data-part=story]").append(...lines("linea", story));
  item.querySelector("[data-part=kept]").hidden = !(talk.length + story.length);
  item.querySelector("[data-part=kept]").open = number === asked;
  return item;
}

// What can be had fresher is: nothing is shown here as if it were.
async function refresh() {
  for (const each of await readAll("casos")) {
    const answer = await fetch(`/casos/${each.number}/en-el-telefono/`, { redirect: "error" }).catch(() => null);
    const fresh = answer?.ok && (await answer.json().catch(() => null));
    if (fresh) await amend("casos", each.number, fresh);
  }
  await show();
}

const byNewest = (one, other) => (other.number === asked) - (one.number === asked) || (other.at ?? "").localeCompare(one.at ?? "");

async function show() {
  const turn = (turns += 1);
  const [waiting, cases, draft, locks] = await Promise.all([readAll("pendientes"), readAll("casos"), read("borrador", "actual"), navigator.locks?.query()]);
  const sending = new Set(locks?.held.map((lock) => lock.name));
  const states = waiting.map((each) => stateOf(each, sending));
  const now = JSON.stringify([waiting.map((each) => each.clave), states, cases, draft?.at, navigator.onLine]);
  // A later look knows better.
  if (turn !== turns || now === shown) return;
  shown = now;
  const { activeElement } = document;
  const key = activeElement.closest("[data-key]")?.dataset.key;
  const act = activeElement.dataset.act;
  const unfinished = draft && told(draft) ? [draftItem(draft)] : [];
  place.replaceChildren(...waiting.map((each, at) => waitingItem(each, states[at])), ...unfinished, ...cases.sort(byNewest).map(caseItem));
  if (key && act) place.querySelector(`[data-key="${key}"] [data-act=${act}]`)?.focus();
  document.getElementById("nada").hidden = place.childElementCount > 0;
}

async function start() {
  await forgetOld();
  await show();
  await refresh();
}

news.addEventListener("message", ({ data }) => {
  if (data.registered) said.textContent = fill(said.dataset.registered, { number: data.registered });
  show();
});
addEventListener("online", refresh);
addEventListener("offline", show);
start().catch(() => (document.getElementById("sin-guardar").hidden = false));
