// What this phone keeps: what waits to be sent, what has to be mended, and the cases as they were last seen. Everything is
// filled into templates; «Olvidar» takes it off the phone.

import { forget, keep, readAll } from "./phone_store.js";
import { news, sendWaiting } from "./sending.js";

const place = document.getElementById("lista");
const EXCERPT = 120;

const moment = (at) => new Date(at).toLocaleString("es-PE", { dateStyle: "medium", timeStyle: "short", timeZone: "America/Lima" });

function filled(template, texts, acts) {
  const item = document.getElementById(template).content.firstElementChild.cloneNode(true);
  for (const [name, text] of Object.entries(texts)) {
    const part = item.querySelector(`[data-part=${name}]`);
    part.textContent = text;
    part.closest("[data-optional]")?.toggleAttribute("hidden", !text);
  }
  for (const [name, act] of Object.entries(acts)) item.querySelector(`[data-act=${name}]`)?.addEventListener("click", act);
  return item;
}

function told(fields) {
  const text = fields.find(([name]) => name === "relato")?.[1] ?? "";
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
}

async function mend(waiting) {
  await keep("borrador", waiting, "actual");
  await forget("pendientes", waiting.clave);
  location.assign(place.dataset.form);
}

async function drop(store, key) {
  await forget(store, key);
  news.postMessage("sent");
  await show();
}

function waitingItem(each) {
  const item = filled(each.state === "refused" ? "por-corregir" : "por-enviar", { text: told(each.fields), at: moment(each.at) }, {
    send: () => sendWaiting().then(show),
    mend: () => mend(each),
    drop: () => drop("pendientes", each.clave),
  });
  const isSealed = each.tried && each.state === "waiting";
  item.querySelector("[data-act=mend]").hidden = isSealed;
  return item;
}

function caseItem(each) {
  const texts = { number: each.number, title: each.title ?? "", sentence: each.sentence ?? "", promises: (each.promises ?? []).join("\n"), code: each.code ?? "", at: each.at ? moment(each.at) : "" };
  const item = filled("caso", texts, { drop: () => drop("casos", each.number) });
  item.querySelector("[data-part=link]").href = each.link ?? `/casos/${each.number}/`;
  return item;
}

async function show() {
  const [waiting, cases] = await Promise.all([readAll("pendientes"), readAll("casos")]);
  cases.sort((one, other) => (other.at ?? "").localeCompare(one.at ?? ""));
  place.replaceChildren(...waiting.map(waitingItem), ...cases.map(caseItem));
  document.getElementById("nada").hidden = waiting.length + cases.length > 0;
}

news.addEventListener("message", show);
show();
