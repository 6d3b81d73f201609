// The service worker of the portal. It keeps pages that say nothing of anybody, and files whose name changes with their
// content. A page of a case, of a draft or of the staff is never kept, nor answered for except to say that there is no
// connection, or what this phone last knew of the case, and when. «self.kept» comes with the answer of the server: the
// addresses of the pages and files to keep.

import { clientsClaim } from "workbox-core";
import { ExpirationPlugin } from "workbox-expiration";
import { registerRoute } from "workbox-routing";
import { CacheFirst, NetworkFirst, NetworkOnly } from "workbox-strategies";
import { amend, forget, forgetOld, keep, read, readAll } from "./phone_store.js";
import { showPushes } from "./pushes.js";
import { TAG, sendWaiting } from "./sending.js";
import { shrink } from "./shrinking.js";

const PAGES = "cercana-paginas";
const FILES = "cercana-archivos";
const OFFLINE = "/sin-conexion/";
const ONE_PAGE = "/casos/nuevo/sin-conexion/";
const ON_PHONE = "/casos/en-este-telefono/";
const SHARED = "/casos/nuevo/compartir/";
const STEPS = /^\/casos\/nuevo\/((que-paso|donde-y-cuando|tus-datos)\/)?$/;
const REVIEW = "/casos/nuevo/revisar/";
const START_OVER = "/casos/nuevo/empezar-de-nuevo/";
const REGISTERED = /^\/casos\/[A-Z]{1,4}-\d{4}-\d{6,}-[0-9A-Z]\/registrado\/$/;
const LANGUAGE = "/idioma/";
const LINK = /^\/caso\//;
const CASE = /^\/casos\/([A-Z]{1,4}-\d{4}-\d{6,}-[0-9A-Z])\//;
// These two change what this phone may know of a case.
const LEAVE = /^\/casos\/([A-Z]{1,4}-\d{4}-\d{6,}-[0-9A-Z])\/salir\/$/;
const CODE = /^\/casos\/([A-Z]{1,4}-\d{4}-\d{6,}-[0-9A-Z])\/codigo\/$/;
// Below these stands what is personal, or the staff's: nothing there is kept.
const OF_OTHERS = /^\/(mesa|muro|cuenta|admin|alarma|buzon|static)\//;
const OPEN = new Set(self.kept.pages);
const FRAMES = new Set([OFFLINE, ONE_PAGE, ON_PHONE]);
const MOST_FILES = 10;
const SLOW_SECONDS = 5;
const HASHED = /^\/static\/.+\.[0-9a-f]{12}\.\w+$/;

self.skipWaiting();
clientsClaim();

// A page from this phone says when it was so: the frame of what the phone keeps itself needs no saying.
const marking = {
  cachedResponseWillBeUsed: async ({ request, cachedResponse }) => {
    const at = Date.parse(cachedResponse?.headers.get("date"));
    if (!at || FRAMES.has(new URL(request.url).pathname)) return cachedResponse;
    const text = await cachedResponse.text();
    const headers = new Headers(cachedResponse.headers);
    for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
    return new Response(text.replace("<html", `<html data-kept-at="${at}"`), { headers });
  },
};
const pages = new NetworkFirst({
  cacheName: PAGES,
  networkTimeoutSeconds: SLOW_SECONDS,
  matchOptions: { ignoreSearch: true, ignoreVary: true },
  plugins: [marking],
});
const files = new CacheFirst({ cacheName: FILES, plugins: [new ExpirationPlugin({ maxEntries: 80 })] });
const network = new NetworkOnly();

const keepPages = async () => (await caches.open(PAGES)).addAll(self.kept.pages);
const keepFiles = async () => (await caches.open(FILES)).addAll(self.kept.files);

const keptPage = async (address) => (await caches.match(address, { ignoreVary: true })) ?? Response.error();

// In place of a page that could not be fetched: the form of everything for a step of the registration, what was last
// known for a case that this phone follows, otherwise that there is no connection.
async function insteadOf(url) {
  if (STEPS.test(url.pathname)) return keptPage(ONE_PAGE);
  await forgetOld().catch(() => {});
  const number = CASE.exec(url.pathname)?.[1];
  const isKnown = number ? await read("casos", number) : LINK.test(url.pathname) && (await readAll("casos")).length;
  return keptPage(isKnown ? ON_PHONE : OFFLINE);
}

async function addToDraft(fields, files = [], marks = {}) {
  const draft = (await read("borrador", "actual")) ?? { fields: [], files: [] };
  const names = new Set(fields.map(([name]) => name));
  const others = draft.fields.filter(([name]) => !names.has(name));
  const all = { ...draft, ...marks, fields: [...others, ...fields], files: [...draft.files, ...files].slice(0, MOST_FILES), at: Date.now() };
  await keep("borrador", all, "actual");
}

const OF_THE_PAGE = new Set(["csrfmiddlewaretoken", "volver", "luego", "language"]);

// A step on its way is kept until the case is sent, so that a lost connection in the middle loses nothing.
async function sendStep({ request, url }) {
  const copy = request.clone();
  const answer = fetch(request);
  const typed = [...(await copy.formData())].filter(([name, value]) => typeof value === "string" && !OF_THE_PAGE.has(name));
  await addToDraft(typed, [], { hasSteps: true, reviewed: false }).catch(() => {});
  return answer.catch(() => insteadOf(url));
}

// Whether the whole of it arrived, the page after sending tells; until then nothing is written anew from it.
async function sendReview({ request, url }) {
  const isSent = !(await request.clone().formData()).has("language");
  try {
    return await fetch(request);
  } catch {
    if (isSent) await addToDraft([], [], { reviewed: true }).catch(() => {});
    return keptPage(isSent ? ON_PHONE : OFFLINE);
  }
}

// What is forgotten here is forgotten at once, with a connection or without.
async function forgetDraft({ request, url }) {
  await forget("borrador", "actual").catch(() => {});
  return fetch(request).catch(() => insteadOf(url));
}

async function showRegistered(part) {
  const answer = await fromNetwork(part);
  if (answer.ok) await forget("borrador", "actual").catch(() => {});
  return answer;
}

async function leaveCase({ request, url }) {
  await forget("casos", LEAVE.exec(url.pathname)[1]).catch(() => {});
  return forgetDraft({ request, url });
}

// The code that this phone knew opens nothing any more.
async function changeCode({ request, url }) {
  const answer = await fetch(request).catch(() => undefined);
  if (!answer) return insteadOf(url);
  if (answer.ok) await amend("casos", CODE.exec(url.pathname)[1], { code: "", link: "" }).catch(() => {});
  return answer;
}

async function changeLanguage({ request, url, event }) {
  const answer = await fetch(request).catch(() => undefined);
  if (!answer) return insteadOf(url);
  event.waitUntil(keepPages().catch(() => {}));
  return answer;
}

async function takeShared({ request }) {
  const shared = await request.formData();
  const text = ["titulo", "texto", "direccion"].map((name) => shared.get(name)).filter(Boolean).join("\n");
  const draft = await read("borrador", "actual").catch(() => undefined);
  const before = draft?.reviewed ? "" : draft?.fields.find(([name]) => name === "relato")?.[1];
  const told = [before, text].filter(Boolean).join("\n");
  const photos = await Promise.all(shared.getAll("archivos").map((file) => shrink(file)));
  if (draft?.reviewed) await forget("borrador", "actual");
  await addToDraft(told ? [["relato", told]] : [], photos).catch(() => addToDraft(told ? [["relato", told]] : []));
  return Response.redirect(ONE_PAGE, 303);
}

const isNavigation = ({ request, url, sameOrigin }) =>
  sameOrigin && request.mode === "navigate" && !OF_OTHERS.test(url.pathname);
const fromNetwork = (part) => network.handle(part).catch(() => insteadOf(part.url));

// One worker may hold a scope: the notices of cases come to the one that keeps the portal. Those of the staff have their
// own at the scope of the desk, and so a subscription of their own.
showPushes({});

self.addEventListener("install", (event) => event.waitUntil(Promise.all([keepPages(), keepFiles()])));
self.addEventListener("sync", (event) => {
  if (event.tag !== TAG) return;
  // Rejected, the browser tries again by itself, later and later.
  event.waitUntil(sendWaiting().then((left) => (left ? Promise.reject(new Error("waiting")) : undefined)));
});

const at = (pattern) => (part) => isNavigation(part) && (typeof pattern === "string" ? part.url.pathname === pattern : pattern.test(part.url.pathname));

registerRoute(({ url, sameOrigin }) => sameOrigin && HASHED.test(url.pathname), files);
registerRoute((part) => isNavigation(part) && OPEN.has(part.url.pathname), (part) => pages.handle(part).catch(() => insteadOf(part.url)));
registerRoute(at(REGISTERED), showRegistered);
registerRoute(isNavigation, fromNetwork);
registerRoute(at(STEPS), sendStep, "POST");
registerRoute(at(REVIEW), sendReview, "POST");
registerRoute(at(START_OVER), forgetDraft, "POST");
registerRoute(at(SHARED), takeShared, "POST");
registerRoute(at(LEAVE), leaveCase, "POST");
registerRoute(at(CODE), changeCode, "POST");
registerRoute(at(LANGUAGE), changeLanguage, "POST");
registerRoute(isNavigation, fromNetwork, "POST");
