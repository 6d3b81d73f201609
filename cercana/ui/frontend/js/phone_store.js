// What the phone keeps of its owner's cases, in IndexedDB and nowhere else. «borrador»: the form as it stands, under
// «actual». «pendientes»: what waits to be sent, by its key. «casos»: cases as they were last seen, by number; one with
// «until» (milliseconds) only until then.

const STORES = { borrador: undefined, pendientes: "clave", casos: "number" };
const A_WEEK = 7 * 86_400_000;
let opened;

function settled(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

async function open() {
  const request = indexedDB.open("cercana", 1);
  request.onupgradeneeded = () => {
    for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
  };
  const database = await settled(request);
  // The browser may close it, and a page of another version may need it closed: the next act opens it again.
  database.onclose = () => (opened = undefined);
  database.onversionchange = () => {
    database.close();
    opened = undefined;
  };
  return database;
}

async function within(stores, mode, act) {
  opened ??= open();
  const database = await opened.catch((error) => {
    opened = undefined;
    throw error;
  });
  const transaction = database.transaction(stores, mode);
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  const [result] = await Promise.all([settled(act(transaction)), done]);
  return result;
}

export const read = (store, key) => within([store], "readonly", (each) => each.objectStore(store).get(key));
export const readAll = (store) => within([store], "readonly", (each) => each.objectStore(store).getAll());

// Does all of it or nothing: each act is [store, "put", value, key] or [store, "delete", key].
export function change(...acts) {
  const stores = [...new Set(acts.map(([store]) => store))];
  return within(stores, "readwrite", (transaction) => {
    const requests = acts.map(([store, verb, ...given]) => transaction.objectStore(store)[verb](...given));
    // At once, since the page may be on its way out.
    transaction.commit?.();
    return requests.at(-1);
  });
}

export const keep = (store, value, key) => change([store, "put", value, ...(key === undefined ? [] : [key])]);
export const forget = (store, key) => change([store, "delete", key]);

// Changes what is there; what was forgotten meanwhile stays forgotten.
export function amend(store, key, changes) {
  return within([store], "readwrite", (transaction) => {
    const place = transaction.objectStore(store);
    const request = place.get(key);
    request.addEventListener("success", () => request.result && place.put({ ...request.result, ...changes }));
    return request;
  });
}

// Forgets what its time is over for: the form that nobody finished in a week, and cases that were kept for a while.
export async function forgetOld(now = Date.now()) {
  const draft = await read("borrador", "actual");
  if (draft && now - draft.at > A_WEEK) await forget("borrador", "actual");
  for (const each of await readAll("casos")) if (each.until < now) await forget("casos", each.number);
}
