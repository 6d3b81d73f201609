// What the phone keeps of its owner's cases, in IndexedDB and nowhere else. «borrador»: the form as it stands, under
// «actual». «pendientes»: what waits to be sent, by its key. «casos»: cases as they were last seen, by number.

const STORES = { borrador: undefined, pendientes: "clave", casos: "number" };
let opened;

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open() {
  const request = indexedDB.open("cercana", 1);
  request.onupgradeneeded = () => {
    for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
  };
  return settled(request);
}

async function within(store, mode, act) {
  opened ??= open();
  const transaction = (await opened).transaction(store, mode);
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  const result = await settled(act(transaction.objectStore(store)));
  await done;
  return result;
}

export const read = (store, key) => within(store, "readonly", (each) => each.get(key));
export const readAll = (store) => within(store, "readonly", (each) => each.getAll());
export const keep = (store, value, key) => within(store, "readwrite", (each) => each.put(value, key));
export const forget = (store, key) => within(store, "readwrite", (each) => each.delete(key));
