// The service worker of the portal. It keeps pages that say nothing of anybody, and files whose name changes with their
// content. A page of a case, of a draft or of the staff is never kept, nor answered for except to say that there is no
// connection. «self.kept» comes with the answer of the server: the addresses of the pages and files to keep.

import { clientsClaim } from "workbox-core";
import { ExpirationPlugin } from "workbox-expiration";
import { registerRoute } from "workbox-routing";
import { CacheFirst, NetworkFirst, NetworkOnly } from "workbox-strategies";
import { showPushes } from "./pushes.js";

const PAGES = "cercana-paginas";
const FILES = "cercana-archivos";
const OFFLINE = "/sin-conexion/";
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

async function offlinePage() {
  return (await caches.match(OFFLINE, { ignoreVary: true })) ?? Response.error();
}

const isNavigation = ({ request, url, sameOrigin }) =>
  sameOrigin && request.mode === "navigate" && !OF_OTHERS.test(url.pathname);

// One worker may hold a scope: the notices of cases come to the one that keeps the portal. Those of the staff have their
// own at the scope of the desk, and so a subscription of their own.
showPushes({});

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

registerRoute(({ url, sameOrigin }) => sameOrigin && HASHED.test(url.pathname), files);
registerRoute((part) => isNavigation(part) && OPEN.has(part.url.pathname), (part) => pages.handle(part).catch(offlinePage));
registerRoute((part) => isNavigation(part), (part) => network.handle(part).catch(offlinePage));
registerRoute((part) => isNavigation(part), (part) => network.handle(part).catch(offlinePage), "POST");
