// Sends what the phone carries, in the page and in the service worker alike. One at a time, and each under the key that
// it was given when it was written: however often it is sent, the server makes one case of it.

import { forget, keep, readAll } from "./phone_store.js";

const ADDRESS = "/casos/nuevo/sin-conexion/enviar/";
export const TAG = "cercana-envio";
export const news = new BroadcastChannel("cercana-app");
// What no second attempt would change.
const FINAL = new Set([400, 413, 422]);

async function post(waiting) {
  const { token } = await (await fetch(ADDRESS, { cache: "no-store" })).json();
  // From here on the server may have it, even if its answer is lost: it can no longer be changed, only sent again.
  await keep("pendientes", { ...waiting, tried: true });
  const body = new FormData();
  body.append("csrfmiddlewaretoken", token);
  body.append("clave", waiting.clave);
  for (const [name, value] of waiting.fields) body.append(name, value);
  for (const file of waiting.files) body.append("archivos", file, file.name);
  return fetch(ADDRESS, { method: "POST", body });
}

async function send(waiting) {
  let answer;
  try {
    answer = await post(waiting);
    if (answer.ok) {
      await keep("casos", await answer.json());
      await forget("pendientes", waiting.clave);
      return true;
    }
  } catch {
    // No connection, or it broke off: whether the server has it, the next attempt tells.
    return false;
  }
  if (!FINAL.has(answer.status)) return false;
  const { faults = [] } = await answer.json().catch(() => ({}));
  await keep("pendientes", { ...waiting, state: "refused", faults });
  return true;
}

// Returns how many still wait.
export function sendWaiting() {
  return navigator.locks.request(TAG, async () => {
    let left = 0;
    for (const each of await readAll("pendientes")) if (each.state === "waiting" && !(await send(each))) left += 1;
    news.postMessage("sent");
    return left;
  });
}
