// The service worker of the portal. It keeps pages that say nothing of anybody, and files whose name changes with their
// content. A page of a case, of a draft or of the staff is never kept, nor answered for except to say that there is no
// connection. «self.kept» comes with the answer of the server: the addresses of the pages and files to keep.

import { clientsClaim } from "workbox-core";
import { ExpirationPlugin } from "workbox-expiration";
import { registerRoute } from "workbox-routing";
import { CacheFirst, NetworkFirst, NetworkOnly } from "workbox-strategies";
import { forget, keep, read } from "./phone_store.js";
import { showPushes } from "./pushes.js";
import { TAG, sendWaiting } from "./sending.js";

const PAGES = "cercana-paginas";
const FILES = "cercana-archivos";
const OFFLINE = "/sin-conexion/";
const ONE_PAGE = "/casos/nuevo/sin-conexion/";
const ON_PHONE = "/casos/en-este-telefono/";
const SHARED = "/casos/nuevo/compartir/";
const STEPS = /^\/casos\/nuevo\/((que-paso|donde-y-cuando|tus-datos)\/)?$/;
const REVIEW = "/casos/nuevo/revisar/";
const START_OVER = "/casos/nuevo/empezar-de-nuevo/";
const CASE = /^\/casos\/([A-Z]{1,4}-\d{4}-\d{6,}-[0-9A-Z])\//;
// Below these stands what is personal, or the staff's: nothing there is kept.
const OF_OTHERS = /^\/(mesa|muro|cuenta|admin|alarma|buzon|static)\//;
const OPEN = new Set(self.kept.pages);
const SLOW_SECONDS = 5;
const HASHED = /^\/static\/.+\.[0-9a-f]{12}\.\w+$/;

self.skipWaiting();
clientsClaim();

const pages = new NetworkFirst({
  cacheName: PAGES,
  networkTimeoutSeconds: SLOW_SECONDS,
  matchOptions: { ignoreSearch: true, ignoreVary: true },
});
const files = new CacheFirst({ cacheName: FILES, plugins: [new ExpirationPlugin({ maxEntries: 80 })] });
const network = new NetworkOnly();

async function keepAll() {
  const [ofPages, ofFiles] = await Promise.all([caches.open(PAGES), caches.open(FILES)]);
  await Promise.all([ofPages.addAll(self.kept.pages), ofFiles.addAll(self.kept.files)]);
}

const keptPage = async (address) => (await caches.match(address, { ignoreVary: true })) ?? Response.error();

// In place of a page that could not be fetched: the form of everything for a step of the registration, what was last
// known for a case that this phone follows, otherwise that there is no connection.
async function insteadOf(url) {
  if (STEPS.test(url.pathname)) return keptPage(ONE_PAGE);
  const number = CASE.exec(url.pathname)?.[1];
  return keptPage(number && (await read("casos", number)) ? ON_PHONE : OFFLINE);
}

async function addToDraft(fields, files = []) {
  const draft = (await read("borrador", "actual")) ?? { fields: [], files: [] };
  const names = new Set(fields.map(([name]) => name));
  const others = draft.fields.filter(([name]) => !names.has(name));
  await keep("borrador", { ...draft, fields: [...others, ...fields], files: [...draft.files, ...files], at: Date.now() }, "actual");
}

const OF_THE_PAGE = new Set(["csrfmiddlewaretoken", "volver", "luego", "language"]);

// A step on its way is kept until the case is sent, so that a lost connection in the middle loses nothing.
async function sendStep({ request, url }) {
  const copy = request.clone();
  const answer = fetch(request);
  const typed = [...(await copy.formData())].filter(([name, value]) => typeof value === "string" && !OF_THE_PAGE.has(name));
  await addToDraft(typed);
  return answer.catch(() => insteadOf(url));
}

async function endDraft({ request, url }) {
  try {
    const answer = await fetch(request);
    if (answer.type === "opaqueredirect") await forget("borrador", "actual");
    return answer;
  } catch {
    return insteadOf(url);
  }
}

async function takeShared({ request }) {
  const shared = await request.formData();
  const text = ["titulo", "texto", "direccion"].map((name) => shared.get(name)).filter(Boolean).join("\n");
  await addToDraft(text ? [["relato", text]] : [], shared.getAll("archivos"));
  return Response.redirect(ONE_PAGE, 303);
}

const isNavigation = ({ request, url, sameOrigin }) =>
  sameOrigin && request.mode === "navigate" && !OF_OTHERS.test(url.pathname);
const fromNetwork = (part) => network.handle(part).catch(() => insteadOf(part.url));

// One worker may hold a scope: the notices of cases come to the one that keeps the portal. Those of the staff have their
// own at the scope of the desk, and so a subscription of their own.
showPushes({});

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("sync", (event) => {
  if (event.tag !== TAG) return;
  // Rejected, the browser tries again by itself, later and later.
  event.waitUntil(sendWaiting().then((left) => (left ? Promise.reject(new Error("waiting")) : undefined)));
});

registerRoute(({ url, sameOrigin }) => sameOrigin && HASHED.test(url.pathname), files);
registerRoute((part) => isNavigation(part) && OPEN.has(part.url.pathname), (part) => pages.handle(part).catch(() => insteadOf(part.url)));
registerRoute(isNavigation, fromNetwork);
registerRoute((part) => isNavigation(part) && STEPS.test(part.url.pathname), sendStep, "POST");
registerRoute((part) => isNavigation(part) && [REVIEW, START_OVER].includes(part.url.pathname), endDraft, "POST");
registerRoute((part) => isNavigation(part) && part.url.pathname === SHARED, takeShared, "POST");
registerRoute(isNavigation, fromNetwork, "POST");
