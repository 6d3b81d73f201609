// Sends what the phone carries, in the page and in the service worker alike. One at a time, and each under the key that
// it was given when it was sent off: however often it travels, the server makes one case of it.

import { change, keep, readAll } from "./phone_store.js";

const ADDRESS = "/casos/nuevo/sin-conexion/enviar/";
export const TAG = "cercana-envio";
export const news = new BroadcastChannel("cercana-app");
// What no second attempt would change; and what the server said before it took anything.
const FINAL = new Set([400, 413, 422]);
const NOT_TAKEN = new Set([403, 429]);
const LONGEST_ASKING = 20_000;
const LONGEST_SENDING = 600_000;

export const whole = (name, act, options = {}) => (navigator.locks ? navigator.locks.request(name, options, act) : act(true));
export const lockOf = (waiting) => `${TAG} ${waiting.clave}`;

function bodyOf(waiting, token) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", token);
  body.append("clave", waiting.clave);
  for (const [name, value] of waiting.fields) body.append(name, value);
  for (const file of waiting.files) body.append("archivos", file, file.name);
  return body;
}

async function post(waiting) {
  const asked = await fetch(ADDRESS, { cache: "no-store", signal: AbortSignal.timeout?.(LONGEST_ASKING) });
  if (!asked.ok) return { status: asked.status, wasTried: waiting.tried };
  const { token } = await asked.json();
  // From here on the server may have it, even if its answer is lost: it can no longer be changed, only sent again.
  await keep("pendientes", { ...waiting, tried: true });
  const answer = await fetch(ADDRESS, { method: "POST", body: bodyOf(waiting, token), signal: AbortSignal.timeout?.(LONGEST_SENDING) });
  const told = answer.ok || FINAL.has(answer.status) ? await answer.json().catch(() => ({})) : {};
  return { status: answer.status, told, wasTried: NOT_TAKEN.has(answer.status) ? waiting.tried : true };
}

// Returns whether no further attempt is needed.
async function send(waiting) {
  news.postMessage({});
  let answer;
  try {
    answer = await post(waiting);
  } catch {
    // No connection, or it broke off: whether the server has it, the next attempt tells.
    return false;
  }
  const { status, told, wasTried } = answer;
  if (told?.number) {
    await change(["casos", "put", { ...told }], ["pendientes", "delete", waiting.clave]);
    news.postMessage({ registered: told.number });
    return true;
  }
  const isOver = FINAL.has(status);
  await keep("pendientes", isOver ? { ...waiting, state: "refused", status, faults: told?.faults ?? [] } : { ...waiting, tried: wasTried, trouble: status });
  return isOver;
}

// Returns how many still wait.
export function sendWaiting() {
  return whole(TAG, async () => {
    let left = 0;
    for (const each of await readAll("pendientes")) {
      if (each.state === "waiting" && !(await whole(lockOf(each), () => send(each)))) left += 1;
      news.postMessage({});
    }
    return left;
  });
}
