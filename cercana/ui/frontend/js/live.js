// What htmx brings. A part with data-live (its ETag, or empty) and hx-trigger="every 5s" asks only for what changed: the
// server's 304 leaves the page untouched. It waits while the page is hidden or while someone types or chooses in it.
// Refusals are shown beside what was refused, so that nothing typed is lost.

import { isField, say, warn } from "./page.js";

const tags = new WeakMap();
const OFFLINE = "No hay conexión y no se envió nada. Lo que escribe queda guardado en este equipo: envíelo otra vez.";
const FAILED = "Tuvimos un problema y no se envió. Lo que escribió sigue aquí: inténtelo otra vez en un minuto.";
const SIGNED_OUT = "Su sesión terminó y no se envió. Ingrese en otra pestaña y envíe otra vez: lo que escribió sigue aquí.";
let isOffline = false;

function isInUse(part) {
  const active = document.activeElement;
  return (part.contains(active) && isField(active)) || part.querySelector("dialog[open], details[open]") !== null;
}

function askOnlyForChanges({ detail }) {
  const tag = tags.get(detail.elt) ?? detail.elt.dataset.live;
  if (tag) detail.headers["If-None-Match"] = tag;
}

function rememberTag({ detail }) {
  const tag = [200, 304].includes(detail.xhr.status) && detail.xhr.getResponseHeader("ETag");
  if (tag) tags.set(detail.elt, tag);
}

// Refusals go to the nearest [data-refusals], or to the short messages of the page.
function showRefusal(event) {
  const { detail } = event;
  const text = detail.serverResponse;
  if (/^\s*<!doctype html/i.test(text)) {
    event.preventDefault();
    warn(SIGNED_OUT, { text: "Ingresar", address: "/mesa/" });
  } else if (detail.xhr.status >= 400 && text.includes("data-refusal=")) {
    const source = detail.requestConfig.elt;
    detail.target = source.closest("form, [data-refusals]")?.querySelector("[data-refusals]") ?? document.getElementById("dichos");
    detail.swapOverride = "innerHTML";
  }
}

// A refusal below the fold is none: whoever pressed the button must see why nothing happened.
function leadToRefusal({ detail }) {
  if (!detail.target.matches("[data-refusals]")) return;
  detail.target.tabIndex = -1;
  detail.target.focus({ preventScroll: true });
  detail.target.scrollIntoView({ block: "center" });
}

function clearRefusals() {
  document.querySelectorAll("#dichos > .c-aviso, [data-refusals] > *").forEach((notice) => notice.remove());
}

// [data-offline] is in sight as long as the server is not; its [data-offline-since] tells since when.
function tellOffline() {
  if (isOffline) return;
  isOffline = true;
  warn(OFFLINE);
  for (const notice of document.querySelectorAll("[data-offline]")) {
    notice.hidden = false;
    const options = { hour: "numeric", minute: "2-digit", hour12: true, timeZone: "America/Lima" };
    for (const since of notice.querySelectorAll("[data-offline-since]")) {
      since.textContent = new Date().toLocaleTimeString(document.documentElement.lang, options);
    }
  }
}

function tellOnline({ detail }) {
  if (isOffline || (detail.requestConfig.verb !== "get" && detail.successful)) warn("");
  isOffline = false;
  for (const notice of document.querySelectorAll("[data-offline]")) notice.hidden = true;
}

export function startLive() {
  const onLive = (name, act) =>
    document.addEventListener(name, (event) => event.detail.elt.matches?.("[data-live]") && act(event));
  onLive("htmx:configRequest", askOnlyForChanges);
  onLive("htmx:beforeRequest", (event) => {
    if (document.hidden || isInUse(event.detail.target)) event.preventDefault();
  });
  onLive("htmx:afterRequest", rememberTag);
  // What is asked in the background while somebody types takes away no refusal.
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.requestConfig.verb !== "get" && detail.elt.matches("form, button, a")) clearRefusals();
  });
  document.addEventListener("htmx:beforeSwap", showRefusal);
  document.addEventListener("htmx:afterSwap", leadToRefusal);
  document.addEventListener("htmx:sendError", tellOffline);
  document.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful && tellOnline({ detail }));
  document.addEventListener("htmx:responseError", ({ detail }) => detail.xhr.status >= 500 && warn(FAILED));
  document.addEventListener("said", ({ detail }) => say(detail.value));
}
